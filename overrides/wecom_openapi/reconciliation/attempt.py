"""A write whose outcome is unknown, and what was found out about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from attrs import field, frozen

Verdict = Literal["sent", "not sent", "can't tell"]


@frozen
class Attempt:
    """A write that left and got no readable answer: all that is needed to find out what became of it.

    It holds no token and no secret, and can be pickled.

    Attributes:
        operation: the operation, such as ``add_msg_template``.
        body: what was sent, as plain JSON data.
        started: when the call began, in Unix seconds by this machine's clock.
        ended: when it was given up.
    """

    operation: str
    body: Mapping[str, Any] = field(repr=False)
    started: float
    ended: float


@frozen
class Candidate:
    """A task that may be the one of an attempt.

    Attributes:
        msgid: the task.
        create_time: when it was made, in Unix seconds by WeCom's clock.
        why: what speaks for it and what against it.
    """

    msgid: str
    create_time: int
    why: str


@frozen
class Reconciliation:
    """What reading has shown of an attempt.

    Attributes:
        verdict: ``sent``, ``not sent``, or ``can't tell``.
        msgid: the task, where it was sent.
        candidates: the tasks that may be it, where that can't be told.
        reason: how the verdict came about, or what stands in its way.
    """

    verdict: Verdict
    msgid: str | None
    candidates: tuple[Candidate, ...]
    reason: str
