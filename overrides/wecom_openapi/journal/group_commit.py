"""Lets writers that come at the same moment share one transaction.

A commit that survives a power failure waits for the disk, and SQLite has one writer. So one of those who wait does the
work of all of them, and commits it once. There is no thread behind it: nothing to stop, nothing to lose in a fork.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection

from wecom_openapi.errors import JournalError

ResultT = TypeVar("ResultT")
Work = Callable[[Connection], ResultT]


class Waiting(Generic[ResultT]):
    """Work that waits for its transaction, and then what came of it."""

    __slots__ = ("durable", "error", "is_done", "leads", "result", "wake", "work")

    def __init__(self, work: Work[ResultT], durable: bool) -> None:
        self.work = work
        self.durable = durable
        self.leads = False
        """Whether it is to do what waits, its own work among it."""
        self.is_done = False
        self.result: ResultT | None = None
        self.error: Exception | None = None
        self.wake = threading.Lock()
        self.wake.acquire()


class GroupCommit:
    """Runs work in transactions, one at a time.

    Args:
        transact: runs each of some works in one transaction and gives their results; raises where it failed.
        late: makes the error for who waited too long.
    """

    def __init__(
        self,
        transact: Callable[[Sequence[Work[Any]], bool], Sequence[Any]],
        late: Callable[[], Exception],
    ) -> None:
        self._transact = transact
        self._late = late
        self._guard = threading.Lock()
        self._queue: list[Waiting[Any]] = []
        self._is_led = False

    def run(self, work: Work[ResultT], *, durable: bool, patience: float) -> ResultT:
        """Do some work in a transaction, and wait until that is committed.

        Args:
            work: what to do. It is done again where the transaction that it shared failed.
            durable: whether it must survive a power failure.
            patience: seconds to wait for a turn.
        """
        one = Waiting(work, durable)
        try:
            self._wait(one, patience)
            if not one.is_done:
                self._lead(one)
        except BaseException:
            self._leave(one)
            raise
        if one.error is not None:
            raise copy.copy(one.error)  # others may raise it too, each with a traceback of its own
        return one.result  # type: ignore[return-value]  # it is done

    def _wait(self, one: Waiting[Any], patience: float) -> None:
        """Wait until some work is done, or is to lead."""
        with self._guard:
            self._queue.append(one)
            one.leads = not self._is_led
            self._is_led = True
        if one.leads or one.wake.acquire(timeout=patience):
            return
        with self._guard:
            waits = one in self._queue
            if waits and not one.leads:
                raise self._late()
        if not waits:
            one.wake.acquire()  # somebody is at it, and what becomes of it must be known

    def _leave(self, one: Waiting[Any]) -> None:
        """Who waits no more, late or interrupted, must not be the one that all others wait for."""
        with self._guard:
            if one not in self._queue:
                return
            self._queue.remove(one)
            if one.leads:
                self._hand_on()

    def _hand_on(self) -> None:
        """Let the next one lead, where there is one. The guard is held."""
        self._is_led = bool(self._queue)
        if self._queue:
            self._queue[0].leads = True
            self._queue[0].wake.release()

    def _lead(self, leader: Waiting[Any]) -> None:
        with self._guard:
            batch, self._queue = self._queue, []
        try:
            self._do(batch)
        finally:
            with self._guard:
                # Where this was interrupted in the midst of it, the others are to be done all the same.
                self._queue[:0] = [one for one in batch if not one.is_done and one is not leader]
                self._hand_on()
            for one in batch:
                if one.is_done and one is not leader:
                    one.wake.release()

    def _do(self, batch: Sequence[Waiting[Any]]) -> None:
        try:
            results = self._transact([one.work for one in batch], any(one.durable for one in batch))
        except JournalError as exc:
            self._fail(batch, exc)  # the database's: it would fail for each of them, after as long a wait
        except Exception as exc:  # noqa: BLE001 - of one of them, and raised where that is waited for
            if len(batch) == 1:
                self._fail(batch, exc)
            else:
                for one in batch:
                    self._do([one])
        else:
            for one, result in zip(batch, results, strict=True):
                one.result = result
                one.is_done = True

    def _fail(self, batch: Sequence[Waiting[Any]], exc: Exception) -> None:
        for one in batch:
            one.error = exc
            one.is_done = True
