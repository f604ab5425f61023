"""`Journal`: what was about to be sent and what became of it, on disk."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from types import TracebackType
from typing import Any, Final, Self

from sqlalchemy import Connection, Engine, MetaData, delete

from wecom_openapi.journal.beginning import Beginning, Begun
from wecom_openapi.journal.database import Database, clock
from wecom_openapi.journal.entry import Entry, State, answer_of
from wecom_openapi.journal.limits import PATIENCE, REPEAT_WINDOW, seconds_of
from wecom_openapi.journal.schema import ENTRIES, lock
from wecom_openapi.journal.statements import SETTLED, end, every, is_taken

_VERDICTS: Final = (State.DONE, State.NOT_SENT, State.UNKNOWN)


class Journal:
    """What was about to be sent and what became of it, on disk.

    ::

        with Journal("journal.db") as journal, WeCom(corpid, corpsecret, journal=journal) as wecom:
            wecom.recover()
            wecom.add_msg_template(key="spring-2027/1", sender="zhangsan", text="新品上市", …)

    Threads, processes and, with PostgreSQL, machines may share one. It is opened when it is first used. It holds the
    requests as they were sent, so whom a message went to, but no token and no secret.

    Args:
        where: a path, ``sqlite:///PATH``, or ``postgresql+psycopg://USER:PASSWORD@HOST/NAME``. A file is created where
            there is none, for its owner alone to read.
        repeat_window: seconds for which a call without ``key=`` counts as a repetition of one with the same content;
            0 for never.
        survive_power_failure: whether SQLite waits for the disk before a call leaves. What was written survives the
            end of the process in any case; this is for the end of the machine.
        patience: seconds to wait for a database that is locked or doesn't answer.

    Raises (from whatever uses it):
        JournalError: it can't be used; says why. Nothing was sent.
    """

    def __init__(
        self,
        where: str | os.PathLike[str],
        *,
        repeat_window: float = REPEAT_WINDOW,
        survive_power_failure: bool = True,
        patience: float = PATIENCE,
    ) -> None:
        self._window = seconds_of("repeat_window", repeat_window, least=0.0)
        self._database = Database(
            where,
            survive_power_failure=survive_power_failure,
            patience=seconds_of("patience", patience, least=0.001),
        )

    @property
    def name(self) -> str:
        """Which database it is: without user and password."""
        return self._database.name

    def __repr__(self) -> str:
        return f"Journal({self.name!r})"

    @property
    def engine(self) -> Engine:
        """The engine of its database, for tables that stand beside it; see `writing` and `reading`."""
        return self._database.open()

    def open(self) -> None:
        """Connect, and create the tables where they aren't there yet. Doing it twice changes nothing.

        Raises:
            JournalError: it can't be used; says why.
        """
        self._database.open()

    def add_tables(self, part: str, version: int, metadata: MetaData) -> None:
        """Create tables of others beside the journal's, where they aren't there yet.

        Args:
            part: what they are called together.
            version: that this program knows.
            metadata: the tables.

        Raises:
            JournalError: the database has another version of them.
        """
        self._database.add_tables(part, version, metadata)

    @contextmanager
    def writing(self, *, durable: bool = True) -> Iterator[Connection]:
        """A connection in a transaction that writes, committed at the end.

        Args:
            durable: whether what is committed must survive a power failure.

        Raises:
            JournalError: the database fails; says why.
        """
        with self._database.writing(durable=durable) as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with; it keeps nobody from writing.

        Raises:
            JournalError: the database fails; says why.
        """
        with self._database.reading() as connection:
            yield connection

    def begin(
        self,
        *,
        account: str,
        server: str,
        operation: str,
        body: bytes,
        digest: str,
        key: str | None,
        seconds: float,
    ) -> Begun:
        """Write down that a call is about to be sent; on disk when this returns.

        Args:
            account: the corp.
            server: the base URL.
            operation: which one.
            body: what is to be sent: JSON.
            digest: of what it means, see `wecom_openapi.journal.keys.digest`.
            key: the caller's; None for one that is derived from the digest.
            seconds: after which the call has ended for sure.

        Returns:
            Whether it is to be sent, and if not, the entry of the call with the same key.

        Raises:
            JournalError: it can't be written, so the call must not be sent.
        """

        wanted = {
            "account": account,
            "server": server,
            "operation": operation,
            "body": body,
            "digest": digest,
        }
        beginning = Beginning(wanted, key=key, seconds=seconds, window=self._window)
        return self._database.write(
            lambda connection: beginning.write(connection, self._now(connection)), durable=True
        )

    def settle(
        self,
        entry: Entry,
        state: State,
        *,
        answer: bytes | None = None,
        msgid: str | None = None,
        errcode: int | None = None,
        reason: str = "",
    ) -> bool:
        """Write down what became of an attempt, by whoever made it.

        Args:
            entry: as `begin` gave it.
            state: any but open. Unknown doesn't replace what somebody else has found out.
            answer: of a success: JSON.
            msgid: of a success.
            errcode: of a refusal.
            reason: why it was not sent, was refused, or is unknown.

        Returns:
            Whether the entry is still there and still this attempt's.

        Raises:
            JournalError: it can't be written. The entry stays open, and is found out later.
        """
        ending = {"state": str(state), "answer": answer, "msgid": msgid, "errcode": errcode, "reason": reason}
        only = State.OPEN if state is State.UNKNOWN else None

        def work(connection: Connection) -> bool:
            return end(
                connection, entry, only, {**ending, "ended": self._now(connection), "recovered": False}
            )

        # Where this is lost the entry is open, and that is the truth as well.
        return self._database.write(work, durable=False)

    def conclude(self, entry: Entry, state: State, *, msgid: str | None = None, reason: str) -> bool:
        """Write down what was found out about a call by looking, unless it has an outcome by now.

        `WeCom.recover` does this for what can be found out by reading; a person may do it for the rest.

        Args:
            entry: open or unknown, as it was read.
            state: done, not sent, or unknown.
            msgid: of the task that it became. One that another entry has is not taken.
            reason: how that is known, or why it is not.

        Returns:
            Whether it was written.

        Raises:
            ValueError: another state: these are not found out by looking.
            JournalError: it can't be written.
        """
        if state not in _VERDICTS:
            raise ValueError(f"state: one of {', '.join(_VERDICTS)} is needed, not {state!r}")
        if entry.state in SETTLED:
            return False
        found: dict[str, Any] = {"state": str(state), "msgid": msgid, "reason": reason, "recovered": True}
        found |= {"errcode": entry.errcode, "answer": answer_of(msgid) if state is State.DONE else None}

        def work(connection: Connection) -> bool:
            lock(connection)
            if msgid is not None and is_taken(connection, entry, msgid):
                return False
            # When it ended is what it is looked for by, so that looking must not change it.
            known = entry.deadline if entry.ended is None else entry.ended
            ended = known if state is State.UNKNOWN else self._now(connection)
            return end(connection, entry, entry.state, {**found, "ended": ended})

        return self._database.write(work, durable=True)

    def entries(
        self,
        *,
        account: str | None = None,
        states: Sequence[State] | None = None,
        key: str | None = None,
        digest: str | None = None,
        msgid: str | None = None,
    ) -> list[Entry]:
        """The entries, the oldest first.

        Args:
            account: only of this corp.
            states: only in these states.
            key: only of this key.
            digest: only of this content.
            msgid: only of the call that became this task.
        """
        given = {"account": account, "key": key, "digest": digest, "msgid": msgid}
        wanted = [ENTRIES.c[name] == value for name, value in given.items() if value is not None]
        if states is not None:
            wanted.append(ENTRIES.c.state.in_([str(state) for state in states]))
        with self.reading() as connection:
            return every(connection, *wanted)

    def forget(self, *, before: datetime) -> int:
        """Delete what was settled before a moment. What is open or unknown stays: it is still to be found out.

        A key that is forgotten is new again: a call with it is sent.

        Args:
            before: with a time zone.

        Returns:
            How many entries were deleted.
        """
        if before.utcoffset() is None:
            raise ValueError(
                "before: a datetime with a time zone is needed, such as datetime.now(timezone.utc)"
            )
        gone = delete(ENTRIES).where(
            ENTRIES.c.state.in_([str(state) for state in SETTLED]), ENTRIES.c.ended < before.timestamp()
        )
        return self._database.write(lambda connection: connection.execute(gone).rowcount, durable=False)

    def now(self) -> float:
        """Unix seconds by the clock of the database, which all who share it have in common."""
        return self._database.now()

    def _now(self, connection: Connection) -> float:
        return clock(connection)

    def close(self) -> None:
        """Close the connections. Doing it twice changes nothing."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
