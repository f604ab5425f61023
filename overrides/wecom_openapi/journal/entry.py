"""One line of the journal: a call that was about to be sent, and what became of it."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from attrs import field, frozen

from wecom_contract import ENVELOPE


class State(StrEnum):
    """What is known of a call."""

    OPEN = "open"
    """It may be on its way, or was when its process ended."""
    DONE = "done"
    REFUSED = "refused"
    NOT_SENT = "not sent"
    UNKNOWN = "unknown"


@frozen(kw_only=True)
class Entry:
    """A call in the journal. Times are in unix seconds, by the clock of the journal's database."""

    id: int
    account: str
    """The corp."""
    server: str
    """The base URL that it was sent to."""
    operation: str
    key: str
    """Given by the caller, or derived from what was sent."""
    derived: bool
    digest: str = field(repr=False)
    """SHA-256 of what the request means."""
    state: State
    attempts: int
    """How many times it was about to be sent: more than once only where the one before had no effect."""
    created: float
    started: float
    """When the last attempt began."""
    ended: float | None
    """When its outcome was known."""
    deadline: float
    """When the last attempt has ended for sure."""
    boot: str = field(repr=False)
    boot_deadline: float = field(repr=False)
    body: bytes = field(repr=False)
    """What was sent: JSON."""
    answer: bytes | None = field(repr=False)
    """WeCom's answer of a success: JSON."""
    msgid: str | None
    errcode: int | None
    recovered: bool
    """Whether the outcome was found out by reading."""
    reason: str
    """Why it was not sent, was refused, or is unknown."""

    @property
    def data(self) -> Mapping[str, Any]:
        """The body as plain data."""
        data: dict[str, Any] = json.loads(self.body)
        return data

    def is_live(self, now: float) -> bool:
        """Whether the call may still be running, so that its process will write its outcome.

        Args:
            now: by the clock of the journal's database.
        """
        if self.state is not State.OPEN:
            return False
        if self.boot and self.boot == BOOT:
            return time.monotonic() < self.boot_deadline  # whatever somebody sets the clock to
        return now < self.deadline

    def clock_set_since(self) -> float | None:
        """Seconds that the clock of its times was ahead of what this machine's clock says now of the same moments; None
        where nobody can tell, because the machine was another one or has been started anew.
        """
        if not self.boot or self.boot != BOOT:
            return None
        steady = time.monotonic()
        began = self.boot_deadline - (self.deadline - self.started)
        if not 0 < began <= steady:
            return None  # that is no moment of this run of the machine, whatever it says
        return self.deadline - (time.time() + self.boot_deadline - steady)


def answer_of(msgid: str | None) -> bytes:
    """The answer to a call of which only the task is known that it became."""
    task = {} if msgid is None else {"msgid": msgid}
    return json.dumps({ENVELOPE.code: ENVELOPE.ok, ENVELOPE.message: "ok", **task}).encode()


def _boot() -> str:
    """Tells this run of this machine from every other; empty where the system has no such thing."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


BOOT: Final = _boot()
