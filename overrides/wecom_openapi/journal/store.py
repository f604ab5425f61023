"""`Journal`: what was about to be sent and what became of it, on disk."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from types import TracebackType
from typing import Any, Final, Self, TypeVar

from attrs import frozen
from sqlalchemy import Connection, Engine, MetaData, bindparam, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from wecom_openapi.errors import JournalError
from wecom_openapi.journal.database import explained, open_engine, shown, url_of, write_options
from wecom_openapi.journal.entry import BOOT, Entry, State
from wecom_openapi.journal.group_commit import GroupCommit
from wecom_openapi.journal.schema import ENTRIES, lock, prepare, prepare_journal

ResultT = TypeVar("ResultT")

REPEAT_WINDOW: Final = 24 * 3600.0
"""Seconds for which the same request without a key counts as the same call."""
PATIENCE: Final = 5.0
"""Seconds to wait for a database that somebody else has locked, or that doesn't answer."""

# States in which an attempt has had no effect, so that another one may follow.
_NOTHING_HAPPENED: Final = (State.NOT_SENT, State.REFUSED)
_SETTLED: Final = (State.DONE, State.REFUSED, State.NOT_SENT)
_UNSETTLED: Final = (State.OPEN, State.UNKNOWN)

_COLUMNS: Final = tuple(column.name for column in ENTRIES.columns)
_BY_KEY: Final = select(ENTRIES).where(
    ENTRIES.c.account == bindparam("account"), ENTRIES.c.key == bindparam("key")
)
_BY_DIGEST: Final = (
    select(ENTRIES)
    .where(
        ENTRIES.c.account == bindparam("account"),
        ENTRIES.c.digest == bindparam("digest"),
        ENTRIES.c.derived.is_(True),
    )
    .order_by(ENTRIES.c.id.desc())
    .limit(1)
)
_AGAIN: Final = (
    update(ENTRIES)
    .where(
        ENTRIES.c.id == bindparam("of_id"),
        ENTRIES.c.attempts == bindparam("of_attempts"),
        ENTRIES.c.state.in_([str(state) for state in _NOTHING_HAPPENED]),
    )
    .values(
        {name: bindparam(f"new_{name}") for name in ("state", "attempts", "started", "deadline", "boot")}
        | {name: bindparam(f"new_{name}") for name in ("boot_deadline", "body")}
        | {"ended": None, "errcode": None, "recovered": False, "reason": ""}
    )
)


_SETTLE: Final = (
    update(ENTRIES)
    .where(ENTRIES.c.id == bindparam("of_id"), ENTRIES.c.attempts == bindparam("of_attempts"))
    .values(
        {
            name: bindparam(f"new_{name}")
            for name in ("state", "ended", "answer", "msgid", "errcode", "recovered", "reason")
        }
    )
)
_SETTLE_OPEN: Final = _SETTLE.where(ENTRIES.c.state == str(State.OPEN))
_SETTLE_UNKNOWN: Final = _SETTLE.where(ENTRIES.c.state == str(State.UNKNOWN))


@frozen
class Begun:
    """What the journal says to a call that is about to be sent."""

    entry: Entry
    is_ours: bool
    """Whether the call is to be sent. If not, the entry is another call's with the same key."""
    now: float
    """By the journal's clock."""


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
        self._url = url_of(where)
        self._window = _seconds("repeat_window", repeat_window, least=0.0)
        self._patience = _seconds("patience", patience, least=0.001)
        self._power = survive_power_failure
        self._opening = threading.Lock()
        self._engine: Engine | None = None
        self._process = os.getpid()
        self._group = GroupCommit(self._transact, self._late)
        self._is_closed = False
        dialect: Any = sqlite if self._url.drivername == "sqlite" else postgresql
        self._insert = (
            dialect.insert(ENTRIES)
            .on_conflict_do_nothing(index_elements=["account", "key"])
            .returning(ENTRIES.c.id)
        )

    @property
    def name(self) -> str:
        """Which database it is: without user and password."""
        return shown(self._url)

    def __repr__(self) -> str:
        return f"Journal({self.name!r})"

    @property
    def engine(self) -> Engine:
        """The engine of its database, for tables that stand beside it; see `writing` and `reading`."""
        return self.open()

    def open(self) -> Engine:
        """Connect, and create the tables where they aren't there yet. Doing it twice changes nothing.

        Raises:
            JournalError: it can't be used; says why.
        """
        if self._engine is not None and self._process == os.getpid() and not self._is_closed:
            return self._engine
        with self._opening:
            if self._is_closed:
                raise RuntimeError("this journal is closed")
            if self._engine is not None and self._process != os.getpid():
                # The connections belong to the process that this one was forked from.
                self._engine.dispose(close=False)
                self._engine = None
                self._group = GroupCommit(self._transact, self._late)
            if self._engine is None:
                with self._explaining():
                    engine = open_engine(self._url, self._patience)
                    try:
                        self._prepare(engine, prepare_journal)
                    except BaseException:
                        engine.dispose()
                        raise
                self._process = os.getpid()
                self._engine = engine
            return self._engine

    def add_tables(self, part: str, version: int, metadata: MetaData) -> None:
        """Create tables of others beside the journal's, where they aren't there yet.

        Args:
            part: what they are called together.
            version: that this program knows.
            metadata: the tables.

        Raises:
            JournalError: the database has another version of them.
        """
        engine = self.open()
        with self._explaining():
            self._prepare(engine, lambda connection: prepare(connection, part, version, metadata))

    def _prepare(self, engine: Engine, create: Callable[[Connection], None]) -> None:
        with (
            engine.connect().execution_options(**write_options(self._power)) as connection,
            connection.begin(),
        ):
            create(connection)

    @contextmanager
    def writing(self, *, durable: bool = True) -> Iterator[Connection]:
        """A connection in a transaction that writes, committed at the end.

        Args:
            durable: whether what is committed must survive a power failure.

        Raises:
            JournalError: the database fails; says why.
        """
        engine = self.open()
        options = write_options(durable and self._power)
        with self._explaining(), engine.connect() as plain:
            connection = plain.execution_options(**options)
            with connection.begin():
                yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with; in SQLite it keeps nobody from writing.

        Raises:
            JournalError: the database fails; says why.
        """
        engine = self.open()
        with self._explaining(), engine.connect() as connection:
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
            "derived": key is None,
            "digest": digest,
            "body": body,
        }

        def work(connection: Connection) -> Begun:
            now = self._now(connection)
            fresh = {
                **wanted,
                "state": str(State.OPEN),
                "attempts": 1,
                "created": now,
                "started": now,
                "deadline": now + seconds,
                "boot": BOOT,
                "boot_deadline": time.monotonic() + seconds,
                "recovered": False,
                "reason": "",
            }
            return self._begin(connection, fresh, key, now)

        return self._write(work, durable=True)

    def _begin(self, connection: Connection, fresh: dict[str, Any], key: str | None, now: float) -> Begun:
        number = 0
        while True:
            found = None
            if key is not None:
                fresh["key"] = key
            elif self._window:
                found = _entry(connection.execute(_BY_DIGEST, fresh).first())
                if found is not None and now - found.started >= self._window:
                    number, found = int(found.key.rpartition("#")[2]), None
                fresh["key"] = f"{fresh['digest']}#{number + 1}"
            else:
                fresh["key"] = str(uuid.uuid4())
            if found is None:
                made = connection.execute(self._insert, fresh).scalar()
                if made is not None:
                    return Begun(_made(made, fresh), True, now)
                found = _entry(connection.execute(_BY_KEY, fresh).first())
            if found is None:
                continue  # somebody forgot it in between
            if found.state not in _NOTHING_HAPPENED or not _same(found, fresh):
                return Begun(found, False, now)
            again = {f"new_{name}": fresh[name] for name in _COLUMNS if name in fresh}
            again["new_attempts"] = found.attempts + 1
            again.update(of_id=found.id, of_attempts=found.attempts)
            if connection.execute(_AGAIN, again).rowcount:
                entry = _entry(connection.execute(_BY_KEY, {**fresh, "key": found.key}).first())
                assert entry is not None
                return Begun(entry, True, now)

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
            state: any but open.
            answer: of a success: JSON.
            msgid: of a success.
            errcode: of a refusal.
            reason: why it was not sent, was refused, or is unknown.

        Returns:
            Whether the entry is still there and still this attempt's.

        Raises:
            JournalError: it can't be written. The entry stays open, and is found out later.
        """

        def work(connection: Connection) -> bool:
            values = {
                "of_id": entry.id,
                "of_attempts": entry.attempts,
                "new_state": str(state),
                "new_ended": self._now(connection),
                "new_answer": answer,
                "new_msgid": msgid,
                "new_errcode": errcode,
                "new_recovered": False,
                "new_reason": reason,
            }
            # Somebody may have found out by reading what this call itself doesn't know.
            statement = _SETTLE_OPEN if state is State.UNKNOWN else _SETTLE
            return bool(connection.execute(statement, values).rowcount)

        # Where this is lost the entry is open, and that is the truth as well.
        return self._write(work, durable=False)

    def conclude(
        self,
        entry: Entry,
        state: State,
        *,
        answer: bytes | None = None,
        msgid: str | None = None,
        reason: str,
    ) -> bool:
        """Write down what was found out about a call by reading, where nobody else has by now.

        Args:
            entry: open or unknown, as it was read.
            state: done, not sent, or unknown.
            answer: as far as it is known: JSON.
            msgid: of the task that it became. One that another entry has is not taken.
            reason: why.

        Returns:
            Whether it was written.

        Raises:
            JournalError: it can't be written.
        """

        def work(connection: Connection) -> bool:
            lock(connection)
            if msgid is not None and msgid in self._msgids(connection, entry):
                return False
            values = {
                "of_id": entry.id,
                "of_attempts": entry.attempts,
                "new_state": str(state),
                "new_ended": self._now(connection),
                "new_answer": answer,
                "new_msgid": msgid,
                "new_errcode": entry.errcode,
                "new_recovered": True,
                "new_reason": reason,
            }
            statement = _SETTLE_OPEN if entry.state is State.OPEN else _SETTLE_UNKNOWN
            return bool(connection.execute(statement, values).rowcount)

        return self._write(work, durable=True)

    def _msgids(self, connection: Connection, entry: Entry) -> set[str]:
        """Tasks that other entries of the corp with the same content became."""
        found = connection.execute(
            select(ENTRIES.c.msgid).where(
                ENTRIES.c.account == entry.account,
                ENTRIES.c.msgid.is_not(None),
                ENTRIES.c.id != entry.id,
            )
        )
        return {msgid for (msgid,) in found}

    def entries(
        self,
        *,
        account: str | None = None,
        states: Sequence[State] | None = None,
        key: str | None = None,
        digest: str | None = None,
    ) -> list[Entry]:
        """The entries, the oldest first.

        Args:
            account: only of this corp.
            states: only in these states.
            key: only of this key.
            digest: only of this content.
        """
        wanted = select(ENTRIES).order_by(ENTRIES.c.id)
        if account is not None:
            wanted = wanted.where(ENTRIES.c.account == account)
        if states is not None:
            wanted = wanted.where(ENTRIES.c.state.in_([str(state) for state in states]))
        if key is not None:
            wanted = wanted.where(ENTRIES.c.key == key)
        if digest is not None:
            wanted = wanted.where(ENTRIES.c.digest == digest)
        with self.reading() as connection:
            return [entry for row in connection.execute(wanted) if (entry := _entry(row)) is not None]

    def read(self, number: int) -> Entry:
        """One entry, by its id.

        Raises:
            KeyError: there is none.
        """
        with self.reading() as connection:
            entry = _entry(connection.execute(select(ENTRIES).where(ENTRIES.c.id == number)).first())
        if entry is None:
            raise KeyError(number)
        return entry

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
            ENTRIES.c.state.in_([str(state) for state in _SETTLED]), ENTRIES.c.ended < before.timestamp()
        )
        return self._write(lambda connection: connection.execute(gone).rowcount, durable=False)

    def now(self) -> float:
        """Unix seconds by the clock of the database, which all who share it have in common."""
        if self._url.drivername == "sqlite":
            return time.time()
        with self.reading() as connection:
            return self._now(connection)

    def _now(self, connection: Connection) -> float:
        if connection.dialect.name == "sqlite":
            return time.time()
        return float(connection.execute(_CLOCK).scalar_one())

    def _write(self, work: Callable[[Connection], ResultT], *, durable: bool) -> ResultT:
        self.open()
        if self._url.drivername == "sqlite":
            return self._group.run(work, durable=durable and self._power, patience=self._patience)
        return self._transact([work], durable)[0]

    def _transact(self, works: Sequence[Callable[[Connection], ResultT]], durable: bool) -> list[ResultT]:
        with self.writing(durable=durable) as connection:
            return [work(connection) for work in works]

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        try:
            yield
            return
        except (SQLAlchemyError, sqlite3.Error) as exc:  # SQLAlchemy doesn't wrap what its events raise
            error = explained(exc, self.name, self._patience)
        # Outside of the handler: the exception of the database has frames that hold the URL with its password.
        raise error

    def _late(self) -> JournalError:
        return JournalError(
            f"the journal {self.name} can't be used: it has more to write than it can within {self._patience:g} s"
        )

    def close(self) -> None:
        """Close the connections. Doing it twice changes nothing."""
        with self._opening:
            self._is_closed = True
            if self._engine is not None:
                self._engine.dispose(close=self._process == os.getpid())
                self._engine = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


_CLOCK: Final = select(func.extract("epoch", func.clock_timestamp()))


def _entry(row: Any) -> Entry | None:
    if row is None:
        return None
    values = dict(row._mapping)
    values["state"] = State(values["state"])
    values["body"] = bytes(values["body"])
    if values["answer"] is not None:
        values["answer"] = bytes(values["answer"])
    return Entry(**values)


def _made(number: int, fresh: dict[str, Any]) -> Entry:
    nothing = dict.fromkeys(("ended", "answer", "msgid", "errcode"))
    return Entry(**{**nothing, **fresh, "id": number, "state": State.OPEN})


def _same(entry: Entry, fresh: dict[str, Any]) -> bool:
    """Whether an entry is of the very request."""
    return (entry.digest, entry.operation, entry.server) == (
        fresh["digest"],
        fresh["operation"],
        fresh["server"],
    )


def _seconds(name: str, value: Any, *, least: float) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{name}: a number of seconds is needed, not {type(value).__name__}")
    if not least <= value < float("inf"):
        raise ValueError(f"{name}: a finite number of seconds from {least:g} on is needed, not {value!r}")
    return float(value)
