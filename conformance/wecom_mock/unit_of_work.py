"""One call, one transaction: what a call changed is in the file before its answer goes out, or none of it is."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, Protocol, TypeVar

from .refusal import StorageError

_T = TypeVar("_T")


class Tracked(Protocol):
    """Something whose values are handed out, and may have been changed when the call ends."""

    def flush(self) -> None:
        """Write what was changed."""

    def saved(self) -> None:
        """The changes are in the file."""

    def forget(self) -> None:
        """Drop the changes."""


class UnitOfWork(AbstractContextManager["UnitOfWork", None]):
    """The lock of a state, which also begins and ends its transactions.

    It takes the place of the plain lock that a state in memory has: whoever changes a state holds it already,
    so no behaviour has to know of the file. Of every value that was handed out under the lock the text is
    compared with what it was, so a change can't be missed, however it was made.

    Args:
        connection: in autocommit mode, used by one thread at a time.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.tracked: list[Tracked] = []
        self._connection = connection
        self._lock = threading.RLock()
        self._depth = 0

    def __enter__(self) -> UnitOfWork:
        self._lock.acquire()
        self._depth += 1
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._depth == 1:
                # A refusal has effects too, a used-up number for one; a half-done call has none.
                whole = error is None or (
                    isinstance(error, Exception) and not isinstance(error, StorageError)
                )
                self._end(whole=whole)
        finally:
            self._depth -= 1
            self._lock.release()

    def _end(self, *, whole: bool) -> None:
        try:
            if whole:
                for each in self.tracked:
                    each.flush()
                if self._connection.in_transaction:
                    self._run(self._connection.commit)
                for each in self.tracked:
                    each.saved()
            else:
                self.undo()
        except BaseException:
            self.undo()
            raise

    def settle(self) -> None:
        """Write what was changed so far; the lock stays taken. Within another unit it is left to that one."""
        if self._depth == 1:
            self._end(whole=True)

    def undo(self) -> None:
        """Drop what was changed and not written."""
        for each in self.tracked:
            each.forget()
        if self._connection.in_transaction:
            self._run(self._connection.rollback)

    def close(self) -> None:
        """Write what is left to write, and let go of the file; to be called once."""
        with self._lock:
            with self:
                pass
            self._connection.close()

    def read(self, statement: str, values: Sequence[object] = ()) -> list[Any]:
        """All rows that a statement finds."""
        return self._run(lambda: self._connection.execute(statement, values).fetchall())

    def write(self, statement: str, values: Sequence[object] = ()) -> int:
        """Run a statement inside the transaction of the call; the number of rows that it met."""
        if not self._connection.in_transaction:
            self._run(lambda: self._connection.execute("BEGIN IMMEDIATE"))
        return self._run(lambda: self._connection.execute(statement, values).rowcount)

    @staticmethod
    def _run(step: Callable[[], _T]) -> _T:
        try:
            return step()
        except sqlite3.Error as error:
            raise StorageError(str(error)) from None
