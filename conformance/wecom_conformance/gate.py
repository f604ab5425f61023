"""What may be sent to a server, which may be a real company's: reads only, or writes that reach given ids only.

What a request that breaks a rule does is up to the server, and the worst is assumed: a field that isn't as it should
be is ignored. So a message goes out only where its recipients are listed, and every one of them is given.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, Literal

from attrs import define, field

from wecom_contract import OPERATIONS, Operation

from .known_ids import KnownIds

Reach = Literal["reads", "given", "everyone"]
WELCOME = "send_welcome_msg"
CREATE = "add_msg_template"
MOMENT = "add_moment_task"


STOPPED = threading.Event()
"""Set by Ctrl-C: an exception that it raises can get lost, where it meets a finaliser."""


class Withheld(Exception):
    """A request was not sent, since it may do more than this run may; the text says what."""


@define
class Gate:
    """Decides about every request before it is sent, and keeps the pace.

    Attributes:
        known: the ids that were given.
        reach: ``reads``: operations that change nothing, called by their own method. ``given``: also those that
            write, where a message reaches no more than the given ids. ``everyone``: all of them.
        operations: only these, and gettoken; empty for all.
        per_second: how many requests a second at most; 0 for no limit.
        note: gets every request that passes, for a list of them.
        dry: whether nothing is sent at all.
    """

    known: KnownIds = field(repr=False)
    reach: Reach = "reads"
    operations: frozenset[str] = frozenset()
    per_second: float = 0.0
    note: Callable[[Operation, str, Mapping[str, Any], Any], object] | None = None
    dry: bool = False
    withheld: Counter[tuple[str, str]] = field(factory=Counter)
    _next: float = 0.0

    def __call__(self, operation: Operation, method: str, query: Mapping[str, Any], body: Any) -> None:
        """Let a request pass, when it is its turn.

        Raises:
            Withheld: it may not be sent.
        """
        if STOPPED.is_set():
            raise KeyboardInterrupt
        if why := self._why_not(operation, method, body):
            self.withheld[operation.id, why] += 1
            raise Withheld(why)
        if self.note is not None:
            self.note(operation, method, query, body)
        if self.dry:
            raise Withheld("a dry run")
        if self.per_second:
            now = time.monotonic()
            self._next = max(self._next, now) + 1 / self.per_second
            threading.Event().wait(self._next - 1 / self.per_second - now)

    def allows(self, operation: str) -> bool:
        """Whether requests of an operation may be sent at all."""
        return self.reach != "reads" or OPERATIONS[operation].effect == "read"

    def _why_not(self, operation: Operation, method: str, body: Any) -> str:
        if self.reach == "everyone":
            return ""
        if not self.allows(operation.id):
            return "it writes (--allow-writes)"
        if method != operation.method:
            return f"{method} on the path of an operation that takes {operation.method} (--allow-everyone)"
        return "" if self.reach == "reads" else self._reaches_others(operation, body)

    def _reaches_others(self, operation: Operation, body: Any) -> str:
        if operation.id == MOMENT:
            return "a moment reaches every customer of a member (--allow-everyone)"
        if operation.id != CREATE:
            return ""
        if not isinstance(body, dict):
            return "a body whose recipients can't be told (--allow-everyone)"
        field, given = "external_userid", self.known.customers
        if body.get("chat_type") == "group":
            field, given = "chat_id_list", self.known.groups
        elif body.get("chat_type", "single") != "single":
            return "a chat_type that isn't known (--allow-everyone)"
        ids = body.get(field)
        if not isinstance(ids, list) or not ids or any(one not in given for one in ids):
            return "its recipients are not all among the given ids (--allow-everyone)"
        if "sender" in body and body["sender"] != self.known.member:
            return "its sender is not the given member (--allow-everyone)"
        return ""

    def narrowed(self, operation: str, body: Any) -> Any:
        """A drawn body of a message, with the first given customer as its only recipient where it must be.

        Args:
            operation: what it is for.
            body: plain data; one that may be sent, or is for another operation, comes back as it is.
        """
        if operation != CREATE or not isinstance(body, dict) or not self._why_not_create(body):
            return body
        kept = {name: value for name, value in body.items() if name not in ("chat_type", "tag_filter")}
        return {**kept, "external_userid": [self.known.customers[0]], "sender": self.known.member}

    def _why_not_create(self, body: Any) -> str:
        return self._why_not(OPERATIONS[CREATE], OPERATIONS[CREATE].method, body)
