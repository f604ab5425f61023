"""Follows a task until everybody is done: without input or output, so that sync and async share it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from wecom_client.values import GroupmsgSendStatus, GroupmsgTaskStatus
from wecom_openapi.errors import (
    Busy,
    FrequencyLimited,
    MalformedAnswer,
    NoAnswer,
    NotSent,
    ResultsNotReady,
    TaskDispatching,
    TaskNotFound,
    WeComError,
)

if TYPE_CHECKING:
    from wecom_client.models import GroupmsgSendResult, GroupmsgTask

GRACE: Final = 120.0
"""Seconds after the start in which an unknown id counts as one that is still being dispatched: field notes have that
answer for a task that was just created."""

_PASSING: Final = (TaskDispatching, Busy, FrequencyLimited, NoAnswer, NotSent, MalformedAnswer)
"""What may be gone when it is asked again. All that is done here only reads."""


@frozen
class TaskResults:
    """How far a task has come.

    Attributes:
        msgid: the task.
        members: the members who are asked to send, with the status of each.
        recipients: what became of the customers or groups of the members who have confirmed.
    """

    msgid: str
    members: Sequence[GroupmsgTask]
    recipients: Sequence[GroupmsgSendResult]

    @property
    def waiting(self) -> list[str]:
        """userid of every member who has not confirmed yet."""
        return [member.userid for member in self.members if member.status == GroupmsgTaskStatus.UNSENT]

    @property
    def counts(self) -> dict[GroupmsgSendStatus, int]:
        """How many recipients have each status."""
        return dict(Counter(recipient.status for recipient in self.recipients))

    @property
    def is_complete(self) -> bool:
        """Whether every member has confirmed and no recipient is left unsent."""
        return not self.waiting and not self.counts.get(GroupmsgSendStatus.UNSENT)


@frozen
class AskMembers:
    """Wants the members of the task, all pages."""

    msgid: str


@frozen
class AskRecipients:
    """Wants the recipients of one member, all pages."""

    msgid: str
    userid: str


@frozen
class Pause:
    """Wants to wait so many seconds."""

    seconds: float


Step = AskMembers | AskRecipients | Pause
Progress = Callable[[TaskResults], object]
Follow = Generator[Step, Any, TaskResults]


def follow(
    msgid: str,
    *,
    deadline: float,
    interval: float,
    longest_interval: float,
    progress: Progress | None,
    clock: Callable[[], float] = time.monotonic,
) -> Follow:
    """What to do to follow a task, step by step: expects the rows that a step asked for, or its `WeComError`.

    Arguments, result and errors as for `wecom_openapi.WeCom.wait_for_results`.
    """
    for name, value in (
        ("deadline", deadline),
        ("interval", interval),
        ("longest_interval", longest_interval),
    ):
        if not value > 0:
            raise ValueError(f"{name}: seconds above 0 are needed, not {value!r}")
    return _follow(msgid, deadline, interval, max(interval, longest_interval), progress, clock)


def _follow(
    msgid: str,
    deadline: float,
    pause: float,
    longest: float,
    progress: Progress | None,
    clock: Callable[[], float],
) -> Follow:
    started = clock()
    settled: dict[str, list[GroupmsgSendResult]] = {}
    results = TaskResults(msgid, (), ())
    while True:
        failure: WeComError | None = None
        try:
            results = yield from _look(msgid, settled)
        except _PASSING as exc:
            if isinstance(exc, TaskNotFound) and clock() - started > GRACE:
                raise
            failure = exc
        else:
            if progress is not None:
                progress(results)
            if results.is_complete:
                return results
        left = deadline - (clock() - started)
        if left <= 0:
            waiting = results.waiting
            why = f"{len(waiting)} of {len(results.members)} members have not confirmed"
            raise ResultsNotReady(
                f"task {msgid} is not done after {deadline:g} s: {failure if failure is not None else why}",
                operation="get_groupmsg_task",
                results=results,
            ) from failure
        yield Pause(min(pause, left))
        pause = min(pause * 1.5, longest)


def _look(msgid: str, settled: dict[str, list[GroupmsgSendResult]]) -> Follow:
    """One look at the task. Members whose recipients are all done are not asked about again."""
    members: list[GroupmsgTask] = yield AskMembers(msgid)
    recipients: list[GroupmsgSendResult] = []
    for member in members:
        if member.status == GroupmsgTaskStatus.UNSENT:
            continue
        rows = settled.get(member.userid)
        if rows is None:
            rows = yield AskRecipients(msgid, member.userid)
            if all(row.status != GroupmsgSendStatus.UNSENT for row in rows):
                settled[member.userid] = rows
        recipients += rows
    return TaskResults(msgid, tuple(members), tuple(recipients))
