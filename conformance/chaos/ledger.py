"""What a server has really done, whatever it answered."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import field, frozen

CREATE = "add_msg_template"


@frozen
class Applied:
    """A task that was made."""

    msgid: str
    body: Mapping[str, Any] = field(repr=False)

    @property
    def content(self) -> str:
        """Its text, by which a test tells its tasks apart."""
        return str((self.body.get("text") or {}).get("content", ""))

    @property
    def recipients(self) -> tuple[str, ...]:
        """The customers or groups that it was made for, as they were listed."""
        return tuple(self.body.get("external_userid") or self.body.get("chat_id_list") or ())


class Ledger:
    """Every task in the order in which it was made; threads may write it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._applied: list[Applied] = []
        self.requests: Counter[str] = Counter()
        """How many whole requests there were of each operation."""

    def note(self, operation: str, body: bytes, answer: bytes) -> None:
        """Write down what became of a request."""
        with self._lock:
            self.requests[operation] += 1
            if operation == CREATE:
                told = json.loads(answer)
                if told["errcode"] == 0:
                    self._applied.append(Applied(told["msgid"], json.loads(body)))

    @property
    def applied(self) -> list[Applied]:
        """What was done so far."""
        with self._lock:
            return list(self._applied)

    def of(self, content: str) -> list[Applied]:
        """The tasks with this text."""
        return [one for one in self.applied if one.content == content]

    def twice(self, recipients: Iterable[str] | None = None) -> dict[str, int]:
        """Who is in more than one task, and in how many.

        Args:
            recipients: only these; all where it is None.
        """
        count = Counter(one for applied in self.applied for one in set(applied.recipients))
        wanted = count.keys() if recipients is None else set(recipients)
        return {one: count[one] for one in wanted if count[one] > 1}
