"""The calls of a broadcast as they stand in the journal's database, and what became of each."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any, Final

from attrs import field, frozen
from sqlalchemy import select, update

from wecom_openapi.broadcast.faults import UnknownBroadcast
from wecom_openapi.broadcast.message import Message
from wecom_openapi.broadcast.schema import BROADCASTS, CALLS, RECIPIENTS
from wecom_openapi.errors import InProgress, OutcomeUnknown, RefusedError, WeComError
from wecom_openapi.journal import Journal
from wecom_openapi.journal.schema import ENTRIES

FAIL_LIST: Final = "fail_list"
_SOME: Final = 1_000
_LONGEST: Final = 500


class CallState(StrEnum):
    """What is known of a call."""

    PLANNED = "planned"
    """Not sent: its turn has not come, or it could not leave."""
    SENDING = "sending"
    """It was about to leave. Where the process has ended since, nobody knows more: running it again finds out."""
    DONE = "done"
    REFUSED = "refused"
    """WeCom said no: nothing happened."""
    UNKNOWN = "unknown"
    """It left, and no answer came that could be read."""


UNSETTLED: Final = (CallState.PLANNED, CallState.SENDING, CallState.UNKNOWN)
"""States of calls that a run takes up. One that is unknown is asked of the journal alone: it is not sent again."""


@frozen(kw_only=True)
class Call:
    """One call of a broadcast.

    Attributes:
        n: its number, from 1.
        sender: the member who is to send; None where each customer's own member is.
        size: how many recipients it has.
        state: what is known of it.
        attempts: how many times it was about to be sent.
        msgid: of the task that it became.
        errcode: of a refusal.
        reason: why it was not sent, was refused, or is unknown.
        fail_list_known: whether it is known whom WeCom left out. Not where the task was found by `WeCom.recover`: only
            the answer, which never came, had it.
    """

    n: int
    sender: str | None
    size: int
    state: CallState
    attempts: int
    msgid: str | None
    errcode: int | None
    reason: str
    fail_list_known: bool


@frozen
class Attempt:
    """A call that is about to be sent."""

    n: int
    number: int
    key: str
    body: dict[str, Any] = field(repr=False)


class Calls:
    """The calls of one broadcast.

    Args:
        journal: where they are.
        name: of the broadcast.

    Raises:
        UnknownBroadcast: there is none of this name, or its planning has not come to its end.
    """

    def __init__(self, journal: Journal, name: str) -> None:
        self._journal = journal
        self._name = name
        with journal.reading() as connection:
            found = connection.execute(select(BROADCASTS).where(BROADCASTS.c.name == name)).first()
        if found is None or not found.planned:
            what = "is not planned" if found is None else "was not planned to its end: plan it again"
            zh = "没有计划" if found is None else "没有计划完：请重新计划"
            raise UnknownBroadcast(
                f"broadcast {name!r} {what}. Nothing was sent", message_zh=f"群发 {name!r} {zh}。没有发送"
            )
        self.id: int = found.id
        self.message = Message(json.loads(found.message))

    def key(self, n: int) -> str:
        """By which the journal knows a call."""
        return f"broadcast/{self._name}/{n}"

    def get(self, n: int) -> Call:
        """One call.

        Raises:
            LookupError: there is no call of this number.
        """
        with self._journal.reading() as connection:
            wanted = select(CALLS).where(CALLS.c.broadcast == self.id, CALLS.c.n == n)
            found = connection.execute(wanted).first()
        if found is None:
            raise LookupError(f"broadcast {self._name!r} has no call {n}")
        return _call(found)

    def all(self) -> Iterator[Call]:
        """Every call, in their order."""
        after = 0
        while True:
            with self._journal.reading() as connection:
                wanted = select(CALLS).where(CALLS.c.broadcast == self.id, CALLS.c.n > after)
                found = connection.execute(wanted.order_by(CALLS.c.n).limit(_SOME)).all()
            if not found:
                return
            after = found[-1].n
            yield from map(_call, found)

    def numbers(self, states: Sequence[CallState]) -> list[int]:
        """The numbers of the calls in some states."""
        wanted = select(CALLS.c.n).where(
            CALLS.c.broadcast == self.id, CALLS.c.state.in_([str(state) for state in states])
        )
        with self._journal.reading() as connection:
            return list(connection.execute(wanted.order_by(CALLS.c.n)).scalars())

    def recipients(self, n: int) -> list[tuple[str, str | None]]:
        """The recipients of a call, each with what is known of it alone."""
        with self._journal.reading() as connection:
            found = connection.execute(
                select(RECIPIENTS.c.recipient, RECIPIENTS.c.result)
                .where(RECIPIENTS.c.broadcast == self.id, RECIPIENTS.c.call == n)
                .order_by(RECIPIENTS.c.position)
            )
            return [(one, result) for one, result in found]

    def begin(self, n: int) -> Attempt | Call:
        """Write down that a call is about to leave.

        Returns:
            What to send; or the call, where it is done already.
        """
        call = self.get(n)
        if call.state is CallState.DONE:
            return call
        body = self.message.body(call.sender, [one for one, _ in self.recipients(n)])
        with self._journal.writing() as connection:
            again = CALLS.c.state != str(CallState.DONE)
            # What is unknown stays so: only the journal may say otherwise, and it is asked by the call itself.
            connection.execute(
                update(CALLS)
                .where(CALLS.c.broadcast == self.id, CALLS.c.n == n, again)
                .values(attempts=CALLS.c.attempts + 1, started=time.time())
            )
            connection.execute(
                update(CALLS)
                .where(
                    CALLS.c.broadcast == self.id,
                    CALLS.c.n == n,
                    CALLS.c.state.in_([str(CallState.PLANNED), str(CallState.REFUSED)]),
                )
                .values(state=str(CallState.SENDING), errcode=None, reason="")
            )
            number = connection.execute(
                select(CALLS.c.attempts).where(CALLS.c.broadcast == self.id, CALLS.c.n == n)
            ).scalar_one()
        return Attempt(n, number, self.key(n), body)

    def done(self, attempt: Attempt, msgid: str, fail_list: Sequence[str]) -> Call:
        """The call became a task. This is the truth, whatever another attempt may say.

        Args:
            attempt: as `begin` gave it.
            msgid: of the task.
            fail_list: whom WeCom left out, as far as the answer said.
        """
        is_known = bool(fail_list) or not self._was_found(attempt)
        with self._journal.writing() as connection:
            connection.execute(
                update(CALLS)
                .where(CALLS.c.broadcast == self.id, CALLS.c.n == attempt.n)
                .values(
                    state=str(CallState.DONE),
                    ended=time.time(),
                    msgid=msgid,
                    errcode=None,
                    reason="",
                    fail_list_known=is_known,
                )
            )
            for start in range(0, len(fail_list), _SOME):
                connection.execute(
                    update(RECIPIENTS)
                    .where(
                        RECIPIENTS.c.broadcast == self.id,
                        RECIPIENTS.c.call == attempt.n,
                        RECIPIENTS.c.recipient.in_(fail_list[start : start + _SOME]),
                    )
                    .values(result=FAIL_LIST)
                )
        return self.get(attempt.n)

    def _was_found(self, attempt: Attempt) -> bool:
        """Whether the task was found by reading: then its answer is lost, and with it what that left out."""
        wanted = select(ENTRIES.c.recovered).where(ENTRIES.c.key == attempt.key)
        with self._journal.reading() as connection:
            return any(connection.execute(wanted).scalars())

    def failed(self, attempt: Attempt, exc: WeComError) -> None:
        """The call ended otherwise."""
        if isinstance(exc, InProgress):
            return  # it is another attempt's, which will tell
        state, errcode = CallState.PLANNED, None
        if isinstance(exc, OutcomeUnknown):
            state = CallState.UNKNOWN
        elif isinstance(exc, RefusedError) and exc.retry == "never":
            state = CallState.REFUSED
        if isinstance(exc, RefusedError):
            errcode = exc.errcode
        with self._journal.writing() as connection:
            connection.execute(
                update(CALLS)
                .where(
                    CALLS.c.broadcast == self.id,
                    CALLS.c.n == attempt.n,
                    CALLS.c.state != str(CallState.DONE),
                    # A later attempt knows better.
                    CALLS.c.attempts == attempt.number,
                )
                .values(state=str(state), ended=time.time(), errcode=errcode, reason=str(exc)[:_LONGEST])
            )


def _call(found: Any) -> Call:
    values = {name: getattr(found, name) for name in _FIELDS}
    return Call(**{**values, "state": CallState(found.state)})


_FIELDS: Final = ("n", "sender", "size", "attempts", "msgid", "errcode", "reason", "fail_list_known")
