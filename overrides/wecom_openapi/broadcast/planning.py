"""Makes calls out of an audience, and writes them down before anything is sent."""

from __future__ import annotations

import hashlib
import time
from collections.abc import AsyncIterable, Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, delete, func, insert, select, update

from wecom_openapi.broadcast.audience import Audience, Row, row
from wecom_openapi.broadcast.calls import CallState
from wecom_openapi.broadcast.checking import Check
from wecom_openapi.broadcast.duplicates import Seen
from wecom_openapi.broadcast.faults import BroadcastConflict, Fault, invalid
from wecom_openapi.broadcast.kinds import Kind
from wecom_openapi.broadcast.message import Message
from wecom_openapi.broadcast.plan import Plan, read_plan
from wecom_openapi.broadcast.schema import BROADCASTS, CALLS, RECIPIENTS
from wecom_openapi.errors import JournalError
from wecom_openapi.journal import Journal
from wecom_openapi.journal.async_recording import in_thread
from wecom_openapi.journal.schema import lock

BATCH: Final = 5_000
"""Recipients that are read and written together."""
_CLEARED: Final = 10
"""Calls whose recipients are deleted, or counted, in one transaction: a short one keeps nobody waiting."""


class Planner:
    """One planning of one broadcast: `begin`, `add` as often as there are rows, `finish`.

    Args:
        journal: where the plan is written.
        name: of the broadcast.
        message: what is sent.
        audience: where the rows come from.
    """

    def __init__(self, journal: Journal, name: str, message: Message, audience: Audience) -> None:
        self._journal = journal
        self._name = name
        self._message = message
        self._kind: Kind = message.kind
        self._audience = audience
        self._sender = message.sender
        self._check = Check(self._kind, audience, message.sender is not None)
        self._most = self._kind.most
        self._digest = hashlib.sha256()
        self._seen = Seen()
        self._id = 0
        self._planned_as: str | None = None
        self._given = self._duplicates = self._of_another = 0
        self._senders: list[str | None] = []
        """Of each call."""
        self._open: dict[str | None, tuple[int, int]] = {}
        """By sender: the call that takes more, and how many it has."""

    @property
    def given(self) -> int:
        """How many rows were added so far."""
        return self._given

    def begin(self) -> None:
        """Take the name.

        Raises:
            BroadcastConflict: a broadcast of this name is planned with another message.
        """
        with self._journal.writing(durable=False) as connection:
            lock(connection)  # of two that begin at the same moment one is the second
            found = connection.execute(select(BROADCASTS).where(BROADCASTS.c.name == self._name)).first()
            if found is not None and found.planned:
                if found.message_digest != self._message.digest:
                    raise self._conflict("another message", "消息")
                self._planned_as = found.audience_digest
                self._id = found.id
                return
            if found is not None:
                # It was left in the middle. Whoever should still be at it finds its number gone.
                connection.execute(delete(BROADCASTS).where(BROADCASTS.c.id == found.id))
            made = connection.execute(
                insert(BROADCASTS).values(
                    name=self._name,
                    chat_type=self._kind.chat_type,
                    message=self._message.text,
                    message_digest=self._message.digest,
                    planned=False,
                    given=0,
                    duplicates=0,
                    duplicates_of_another_sender=0,
                    created=time.time(),
                )
            )
            (self._id,) = made.inserted_primary_key or (0,)
        if found is not None:
            self._clear(found.id)

    def batches(self) -> Iterator[list[Row]]:
        """The rows of the audience, some thousand at a time."""
        rows = iter(self._audience.rows(self._kind))
        while batch := list(islice(rows, BATCH)):
            yield batch

    def add(self, rows: Sequence[Row]) -> None:
        """Take some rows: at most as many as `batches` gives.

        Raises:
            InvalidAudience: one of them can't be sent to.
            BroadcastConflict: somebody else has begun to plan the same broadcast.
        """
        if not rows:
            return
        self._check(rows)
        self._given += len(rows)
        self._digest.update("".join(f"{sender or ''}\0{one}\n" for sender, one, _ in rows).encode())
        if self._planned_as is None:
            self._write(rows)

    def finish(self) -> Plan:
        """The plan is whole: from now on it is fixed.

        Raises:
            InvalidAudience: there was no row.
            BroadcastConflict: a broadcast of this name is planned with another audience.
        """
        if not self._given:
            fault = Fault(self._name, "there is nobody in the audience", "没有任何接收对象")
            raise invalid([fault])
        digest = self._digest.hexdigest()
        if self._planned_as is not None:
            if digest != self._planned_as:
                raise self._conflict("another audience", "接收对象")
        else:
            self._count()
            with self._journal.writing() as connection:
                self._own(connection, planned=True, audience_digest=digest)
        return read_plan(self._journal, self._name, resumed=self._planned_as is not None)

    def close(self) -> None:
        """Give back what planning took."""
        self._seen.close()

    def abandon(self) -> None:
        """Leave nothing of a plan that failed."""
        if self._planned_as is not None or not self._id:
            return
        with self._journal.writing(durable=False) as connection:
            wanted = (BROADCASTS.c.id == self._id) & BROADCASTS.c.planned.is_(False)
            if not connection.execute(delete(BROADCASTS).where(wanted)).rowcount:
                return
        self._clear(self._id)

    def _write(self, rows: Sequence[Row]) -> None:
        seen = self._seen.among([one for _, one, _ in rows])
        fresh: dict[str, int] = {}
        recipients: list[dict[str, Any]] = []
        calls: list[dict[str, Any]] = []
        for given, one, _ in rows:
            sender = given or self._sender
            call = seen.get(one) or fresh.get(one)
            if call is not None:
                self._duplicates += 1
                self._of_another += self._senders[call - 1] != sender
                continue
            call, filled = self._open.get(sender, (0, self._most))
            if filled == self._most:
                self._senders.append(sender)
                call, filled = len(self._senders), 0
                calls.append({"broadcast": self._id, "n": call, "sender": sender, **_FRESH})
            fresh[one] = call
            self._open[sender] = call, filled + 1
            recipients.append({"broadcast": self._id, "call": call, "position": filled, "recipient": one})
        self._seen.add(fresh)
        with self._journal.writing(durable=False) as connection:
            self._own(connection)
            if calls:
                connection.execute(insert(CALLS), calls)
            if recipients:
                connection.execute(insert(RECIPIENTS), recipients)

    def _own(self, connection: Connection, **more: Any) -> None:
        """Write how far it is, and make sure that it is still ours."""
        done = connection.execute(
            update(BROADCASTS)
            .where(BROADCASTS.c.id == self._id, BROADCASTS.c.planned.is_(False))
            .values(
                given=self._given,
                duplicates=self._duplicates,
                duplicates_of_another_sender=self._of_another,
                **more,
            )
        )
        if not done.rowcount:
            raise BroadcastConflict(
                f"broadcast {self._name!r}: another process has begun to plan it. Nothing was sent",
                message_zh=f"群发 {self._name!r}：另一进程已开始计划。没有发送",
            )

    def _count(self) -> None:
        counted = (
            select(func.count())
            .where(RECIPIENTS.c.broadcast == CALLS.c.broadcast, RECIPIENTS.c.call == CALLS.c.n)
            .scalar_subquery()
        )
        for start in range(1, len(self._senders) + 1, _CLEARED):
            with self._journal.writing(durable=False) as connection:
                connection.execute(
                    update(CALLS)
                    .where(CALLS.c.broadcast == self._id, CALLS.c.n.between(start, start + _CLEARED - 1))
                    .values(size=counted)
                )

    def _clear(self, number: int) -> None:
        """Delete what an abandoned plan has written."""
        with self._journal.reading() as connection:
            last = connection.execute(select(func.max(CALLS.c.n)).where(CALLS.c.broadcast == number)).scalar()
        for start in range(1, (last or 0) + 1, _CLEARED):
            end = start + _CLEARED - 1
            with self._journal.writing(durable=False) as connection:
                connection.execute(
                    delete(RECIPIENTS).where(
                        RECIPIENTS.c.broadcast == number, RECIPIENTS.c.call.between(start, end)
                    )
                )
                connection.execute(
                    delete(CALLS).where(CALLS.c.broadcast == number, CALLS.c.n.between(start, end))
                )

    def _conflict(self, what: str, zh: str) -> BroadcastConflict:
        return BroadcastConflict(
            f"broadcast {self._name!r} is planned with {what}, and what is planned is fixed: give the new one another "
            "name. Nothing was sent",
            message_zh=f"群发 {self._name!r} 已按另外的{zh}计划，计划后不可更改：请换一个名称。没有发送",
        )


_FRESH: Final[Mapping[str, Any]] = {
    "size": 0,
    "state": str(CallState.PLANNED),
    "attempts": 0,
    "reason": "",
    "fail_list_known": True,
}


def plan(planner: Planner, progress: Callable[[int], object] | None) -> Plan:
    """Plan a broadcast from beginning to end. What fails leaves nothing."""
    try:
        planner.begin()
        for batch in planner.batches():
            planner.add(batch)
            if progress is not None:
                progress(planner.given)
        return planner.finish()
    except BaseException:
        # Where the journal itself is the trouble, the next plan of this name clears what was written.
        with suppress(JournalError):
            planner.abandon()
        raise
    finally:
        planner.close()


async def plan_async(planner: Planner, audience: AsyncIterable[Any], source: Audience) -> Plan:
    """The same for an audience that comes asynchronously.

    Args:
        planner: of the broadcast.
        audience: ids, or pairs of sender and id.
        source: says where a row stands.
    """
    try:
        await in_thread(planner.begin)
        batch: list[Row] = []
        number = 0
        async for each in audience:
            number += 1
            batch.append(row(each, number, source))
            if len(batch) == BATCH:
                await in_thread(partial(planner.add, batch))
                batch = []
        await in_thread(partial(planner.add, batch))
        return await in_thread(planner.finish)
    except BaseException:
        # Where the journal itself is the trouble, the next plan of this name clears what was written.
        with suppress(JournalError):
            planner.abandon()
        raise
    finally:
        planner.close()
