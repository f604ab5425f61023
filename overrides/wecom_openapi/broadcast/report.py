"""What became of every recipient of a broadcast."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Final

from attrs import asdict, fields, frozen
from sqlalchemy import case, func, literal, null, select, union_all

from wecom_openapi.broadcast.calls import FAIL_LIST, Call, Calls, CallState
from wecom_openapi.broadcast.schema import CALLS, RECIPIENTS
from wecom_openapi.journal import Journal

NOBODY_LEFT: Final = 41048
"""WeCom's code for a call that had nobody left to send to: all of its customers were over their quota, as far as it was
ever observed."""


class Standing(StrEnum):
    """What is known of a recipient."""

    ACCEPTED = "accepted"
    """In a task. The member still has to confirm it; `Broadcast.update_results` asks what came of that."""
    PERHAPS_ACCEPTED = "accepted or in fail_list"
    """In a task that was found by `WeCom.recover`: its ``fail_list`` was in the answer, which never came.
    `Broadcast.update_results` asks what came of it."""
    FAIL_LIST = "fail_list"
    """In a task's ``fail_list``: WeCom leaves it out."""
    OVER_QUOTA = "over quota"
    """Has had as many mass messages as the corp's rule allows, so it gets none."""
    REFUSED = "refused"
    """WeCom refused the call: it gets nothing."""
    UNKNOWN = "unknown"
    """Its call left and no answer came, or its process ended in the midst of it."""
    NOT_SENT = "not sent yet"
    DELIVERED = "delivered"
    NOT_A_FRIEND = "not a friend"
    """Failed: it is no customer of the member any more."""


RESULTS: Final[Mapping[str, Standing]] = {
    FAIL_LIST: Standing.FAIL_LIST,
    "sent": Standing.DELIVERED,
    "no friend": Standing.NOT_A_FRIEND,
    "over quota": Standing.OVER_QUOTA,
}
"""What the table of recipients has, where it isn't what became of the call."""

_BY_STATE: Final[Mapping[CallState, Standing]] = {
    CallState.DONE: Standing.ACCEPTED,
    CallState.REFUSED: Standing.REFUSED,
    CallState.PLANNED: Standing.NOT_SENT,
    CallState.SENDING: Standing.UNKNOWN,
    CallState.UNKNOWN: Standing.UNKNOWN,
}


@frozen(kw_only=True)
class Recipient:
    """One recipient, and what became of it.

    Attributes:
        recipient: external_userid or chat id.
        sender: the member who is to send; None where its own member is.
        standing: what is known.
        call: the number of its call.
        msgid: of the task.
        errcode: of a refusal.
        reason: why it was not sent, was refused, or is unknown.
    """

    recipient: str
    sender: str | None
    standing: Standing
    call: int
    msgid: str | None
    errcode: int | None
    reason: str


@frozen(kw_only=True)
class Summary:
    """How far a broadcast has come.

    Attributes:
        name: of the broadcast.
        recipients: how many there are.
        counts: how many recipients have each standing; those that nobody has are left out.
        calls: how many calls are in each state.
    """

    name: str
    recipients: int
    counts: Mapping[Standing, int]
    calls: Mapping[CallState, int]

    @property
    def is_complete(self) -> bool:
        """Whether the outcome of every call is known, and no call is left to be made."""
        return not {CallState.PLANNED, CallState.SENDING, CallState.UNKNOWN} & set(self.calls)


def standing_of(call: Call, result: str | None) -> Standing:
    """What is known of a recipient of a call.

    Args:
        call: its call.
        result: what the table has beside that.
    """
    standing = _standing(call.state, call.errcode == NOBODY_LEFT, call.fail_list_known)
    return standing if result is None else RESULTS.get(result, standing)


def _standing(state: CallState, nobody_left: bool, fail_list_known: bool) -> Standing:
    if state is CallState.REFUSED and nobody_left:
        return Standing.OVER_QUOTA
    if state is CallState.DONE and not fail_list_known:
        return Standing.PERHAPS_ACCEPTED
    return _BY_STATE[state]


def recipients(calls: Calls) -> Iterator[Recipient]:
    """Every recipient, a call's at a time in memory."""
    for call in calls.all():
        for one, result in calls.recipients(call.n):
            yield Recipient(
                recipient=one,
                sender=call.sender,
                standing=standing_of(call, result),
                call=call.n,
                msgid=call.msgid,
                errcode=call.errcode,
                reason=call.reason,
            )


def summary(journal: Journal, name: str, calls: Calls) -> Summary:
    """How far it has come, counted by the database."""
    nobody = case((CALLS.c.errcode == NOBODY_LEFT, 1), else_=0).label("nobody")
    known = CALLS.c.fail_list_known
    by_state = (
        select(CALLS.c.state, nobody, known, null().label("result"), func.count(), func.sum(CALLS.c.size))
        .where(CALLS.c.broadcast == calls.id)
        .group_by(CALLS.c.state, "nobody", known)
    )
    by_result = (
        select(CALLS.c.state, literal(0), known, RECIPIENTS.c.result, literal(0), func.count())
        .join(CALLS, (CALLS.c.broadcast == RECIPIENTS.c.broadcast) & (CALLS.c.n == RECIPIENTS.c.call))
        .where(RECIPIENTS.c.broadcast == calls.id, RECIPIENTS.c.result.is_not(None))
        .group_by(CALLS.c.state, known, RECIPIENTS.c.result)
    )
    counts = dict.fromkeys(Standing, 0)
    states = dict.fromkeys(CallState, 0)
    # One statement, so that both are of the same moment and every recipient is counted once.
    with journal.reading() as connection:
        found = connection.execute(union_all(by_state, by_result)).all()
    for state, nobody_left, is_known, result, number, size in found:
        standing = _standing(CallState(state), bool(nobody_left), bool(is_known))
        states[CallState(state)] += number
        if result is None:
            counts[standing] += int(size)
        else:
            counts[RESULTS.get(result, standing)] += size
            counts[standing] -= size
    return Summary(
        name=name,
        recipients=sum(counts.values()),
        counts={standing: number for standing, number in counts.items() if number},
        calls={state: number for state, number in states.items() if number},
    )


def write_csv(path: str | os.PathLike[str], rows: Iterator[Recipient]) -> int:
    """Write recipients into a CSV file: UTF-8, with a header. Says how many.

    Raises:
        OSError: it can't be written.
    """
    written = 0
    with Path(path).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([column.name for column in fields(Recipient)])
        for row in rows:
            written += 1
            writer.writerow(row_of(row))
    return written


def row_of(recipient: Recipient) -> list[object]:
    """Its cells in a table."""
    return [_cell(value) for value in asdict(recipient).values()]


def _cell(value: object) -> object:
    """A text that a spreadsheet would take for a formula is written as text."""
    value = str(value) if isinstance(value, StrEnum) else value
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value
