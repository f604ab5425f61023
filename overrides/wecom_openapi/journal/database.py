"""The database of a journal: opened once for each process, its transactions, and what is wrong with it."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final, TypeVar

from sqlalchemy import Connection, Engine, MetaData, func, select
from sqlalchemy.exc import SQLAlchemyError

from wecom_openapi.errors import JournalError
from wecom_openapi.journal.engine import open_engine, shown, url_of, write_options
from wecom_openapi.journal.group_commit import GroupCommit
from wecom_openapi.journal.schema import prepare, prepare_journal
from wecom_openapi.journal.trouble import explained, strip

ResultT = TypeVar("ResultT")

_CLOCK: Final = select(func.extract("epoch", func.clock_timestamp()))


class Database:
    """Where a journal is kept. Threads may share one, and it survives a fork.

    Args:
        where: a path or a URL.
        survive_power_failure: whether SQLite waits for the disk where it matters.
        patience: seconds to wait for a database that is locked or doesn't answer.
    """

    def __init__(
        self, where: str | os.PathLike[str], *, survive_power_failure: bool, patience: float
    ) -> None:
        self._url = url_of(where)
        self._power = survive_power_failure
        self._patience = patience
        self._opening = threading.Lock()
        self._engine: Engine | None = None
        self._process = os.getpid()
        self._group = GroupCommit(self._transact, self._late)
        self._is_closed = False

    @property
    def name(self) -> str:
        """Which database it is: without user and password."""
        return shown(self._url)

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file of SQLite's."""
        return self._url.drivername == "sqlite"

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
        """See `wecom_openapi.journal.Journal.add_tables`."""
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
    def writing(self, *, durable: bool) -> Iterator[Connection]:
        """See `wecom_openapi.journal.Journal.writing`."""
        engine = self.open()
        options = write_options(durable and self._power)
        with self._explaining(), engine.connect() as plain:
            connection = plain.execution_options(**options)
            with connection.begin():
                yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """See `wecom_openapi.journal.Journal.reading`."""
        engine = self.open()
        with self._explaining(), engine.connect() as connection:
            yield connection

    def write(self, work: Callable[[Connection], ResultT], *, durable: bool) -> ResultT:
        """Do some work in a transaction of its own, or of it and others in SQLite.

        Args:
            work: what to do. It may be done again where its transaction fails.
            durable: whether it must survive a power failure.
        """
        self.open()
        if self.is_sqlite:
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
            strip(exc)
        raise error from None

    def _late(self) -> JournalError:
        return JournalError(
            f"the journal {self.name} can't be used: it has more to write than it can within {self._patience:g} s"
        )

    def now(self) -> float:
        """Unix seconds by the clock that all who share the database have in common."""
        if self.is_sqlite:
            return time.time()
        with self.reading() as connection:
            return clock(connection)

    def close(self) -> None:
        """Close the connections. Doing it twice changes nothing."""
        with self._opening:
            self._is_closed = True
            if self._engine is not None:
                self._engine.dispose(close=self._process == os.getpid())
                self._engine = None


def clock(connection: Connection) -> float:
    """`Database.now` within a transaction."""
    return (
        time.time() if connection.dialect.name == "sqlite" else float(connection.execute(_CLOCK).scalar_one())
    )
