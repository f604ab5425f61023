"""Makes calls out of an audience, and writes them down before anything is sent."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from attrs import frozen
from sqlalchemy import Connection, delete, func, insert, select, update

from wecom_contract import check
from wecom_openapi.broadcast.audience import Audience, Row
from wecom_openapi.broadcast.calls import CallState
from wecom_openapi.broadcast.duplicates import Seen
from wecom_openapi.broadcast.faults import BroadcastConflict, Fault, invalid
from wecom_openapi.broadcast.kinds import OPERATION, Kind
from wecom_openapi.broadcast.message import Message
from wecom_openapi.broadcast.schema import BROADCASTS, CALLS, RECIPIENTS
from wecom_openapi.journal import Journal

BATCH: Final = 5_000
"""Recipients that are read and written together."""
_CLEARED: Final = 10
"""Calls whose recipients are deleted, or counted, in one transaction: a short one keeps nobody waiting."""
_LONGEST: Final = 256
"""Characters of an id. No page gives a limit; what is longer than this is a line of something else."""
_ID: Final = re.compile(rf"[^\s\x00-\x1f\x7f]{{1,{_LONGEST}}}")
_LONGEST_SENDER: Final = 255


@frozen(kw_only=True)
class Plan:
    """What a broadcast will do.

    Attributes:
        name: of the broadcast.
        chat_type: ``single`` for customers, ``group`` for customer groups.
        recipients: how many there are, each once.
        calls: how many calls that takes.
        senders: how many members are named as the ones to send.
        given: how many recipients were given, duplicates among them.
        duplicates: how many had come before, and are left out: a message goes to a recipient once.
        duplicates_of_another_sender: how many of these had come with another sender. The first one counts.
        resumed: whether the plan was there already.
    """

    name: str
    chat_type: str
    recipients: int
    calls: int
    senders: int
    given: int
    duplicates: int
    duplicates_of_another_sender: int
    resumed: bool = False


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
        self._needs_sender = self._kind.needs_sender and message.sender is None
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
        return batches(self._audience.rows(self._kind))

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

    def _check(self, rows: Sequence[Row]) -> None:
        faults = [fault for row in rows if (fault := self._fault(row)) is not None]
        if faults:
            raise invalid(faults, more=True)
        body = {"chat_type": self._kind.chat_type, self._kind.field: [one for _, one, _ in rows]}
        for start in range(0, len(rows), self._most):
            part = body[self._kind.field][start : start + self._most]
            for broken in check(OPERATION, {**body, "sender": "x", self._kind.field: part, **_ANY}):
                found = re.match(rf"/{self._kind.field}/(\d+)", broken.pointer)
                if broken.severity == "error" and found:
                    number = rows[start + int(found[1])][2]
                    place = self._audience.place(number)
                    raise invalid([Fault(place, broken.message, broken.message_zh)], more=True)

    def _fault(self, row: Row) -> Fault | None:
        sender, one, number = row
        kind = self._kind
        if _ID.fullmatch(one) is None:
            return Fault(self._audience.place(number), *_no_id(one))
        if one.startswith(kind.others):
            en, zh = ("a customer group", "客户群") if kind.chat_type == "single" else ("a customer", "客户")
            return Fault(
                self._audience.place(number),
                f"{one} is the id of {en}, and this message goes to {kind.en}s",
                f"{one} 是{zh}的 id，而这条消息发给{kind.zh}",
            )
        if sender is None:
            if not self._needs_sender:
                return None
            return Fault(
                self._audience.place(number),
                f"{one} has no sender: a message to groups is sent by their owner. Give a sender for all, or for each",
                f"{one} 没有指定发送成员：发给客户群的消息由群主发送。请统一指定 sender，或逐个指定",
            )
        if len(sender) > _LONGEST_SENDER or not sender.isprintable():
            return Fault(
                self._audience.place(number), "its sender is no userid", "其 sender 不是有效的 userid"
            )
        return None

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
                f"broadcast {self._name!r}: another process has begun to plan it. Nothing was sent"
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

    def _conflict(self, en: str, zh: str) -> BroadcastConflict:
        return BroadcastConflict(
            f"broadcast {self._name!r} is planned with {en}, and what is planned is fixed: give the new one another "
            "name. Nothing was sent"
        )


_ANY: Final[Mapping[str, Any]] = {"text": {"content": "x"}}
_FRESH: Final[Mapping[str, Any]] = {
    "size": 0,
    "state": str(CallState.PLANNED),
    "attempts": 0,
    "reason": "",
    "fail_list_known": True,
}


def batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Some thousand rows at a time."""
    iterator = iter(rows)
    while batch := list(islice(iterator, BATCH)):
        yield batch


def read_plan(journal: Journal, name: str, *, resumed: bool = True) -> Plan:
    """The plan of a broadcast as it stands in the journal."""
    with journal.reading() as connection:
        found = connection.execute(select(BROADCASTS).where(BROADCASTS.c.name == name)).one()
        calls, senders = connection.execute(
            select(func.count(), func.count(CALLS.c.sender.distinct())).where(CALLS.c.broadcast == found.id)
        ).one()
    return Plan(
        name=name,
        chat_type=found.chat_type,
        recipients=found.given - found.duplicates,
        calls=calls,
        senders=senders,
        given=found.given,
        duplicates=found.duplicates,
        duplicates_of_another_sender=found.duplicates_of_another_sender,
        resumed=resumed,
    )


def _no_id(text: str) -> tuple[str, str]:
    if not text:
        return "the id is missing", "缺少 id"
    if len(text) > _LONGEST:
        return (
            f"no id: it has {len(text)} characters, and {_LONGEST} are more than any has",
            f"不是 id：有 {len(text)} 个字符，超过 {_LONGEST}",
        )
    return "it has white space or control characters, and so is no id", "含有空白或控制字符，不是 id"
