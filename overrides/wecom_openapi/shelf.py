"""The connections of a pool for threads that nobody uses: the last one that became free is the next one to be used."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Hashable
from contextlib import suppress
from typing import Any, Generic, Protocol, TypeVar
from weakref import WeakSet

import httpcore


class Reusable(Protocol):
    """A connection, as far as a shelf knows it."""

    def has_expired(self) -> bool: ...

    def close(self) -> None: ...


ConnectionT = TypeVar("ConnectionT", bound=Reusable)


class Shelf(Generic[ConnectionT]):
    """Which connections nobody uses, by server, and how many more there may be. For threads.

    Args:
        connections: how many there are at most, those in use included.
        idle: how many to a server are kept that nobody uses; None for all.
    """

    def __init__(self, connections: int, idle: int | None = None) -> None:
        self._connections = connections
        self._kept = connections if idle is None else idle
        self._is_closed = False
        self._begin()
        _SHELVES.add(self)

    def _begin(self) -> None:
        self._free = threading.Semaphore(self._connections)
        self._idle: dict[Hashable, deque[ConnectionT]] = {}

    def start_anew(self) -> None:
        """In a forked process: what is here belongs to the other one too, and would mix up their answers."""
        others = list(self._idle.values())
        self._begin()
        for idle in others:
            for connection in idle:
                with suppress(Exception):
                    connection.close()

    def wait(self, patience: float | None) -> None:
        """Wait until there may be one connection more; whoever did ends with `put` or `leave`.

        Raises:
            httpcore.PoolTimeout: not in as many seconds.
        """
        if not self._free.acquire(timeout=patience):
            raise httpcore.PoolTimeout("no connection became free")

    def take(self, server: Hashable) -> ConnectionT | None:
        """The connection to a server that was used last."""
        idle = self._idle.get(server)
        if idle is None:
            return None
        try:
            while (connection := idle.pop()).has_expired():
                connection.close()
        except IndexError:
            return None
        # The one at the bottom has waited the longest, so one look a call leaves none open for nothing.
        with suppress(IndexError, ValueError):  # another thread was faster
            if (oldest := idle[0]).has_expired():
                idle.remove(oldest)
                oldest.close()
        return connection

    def put(self, server: Hashable, connection: ConnectionT, *, usable: bool) -> None:
        """The answer is closed: what can be used again is kept."""
        try:
            idle = self._idle.setdefault(server, deque())
            if usable and len(idle) < self._kept and not self._is_closed:
                idle.append(connection)
            else:
                connection.close()
        finally:
            self._free.release()

    def leave(self) -> None:
        """There was no connection after all."""
        self._free.release()

    def close(self) -> None:
        """Close the connections that nobody uses, and the others when they are given back."""
        self._is_closed = True
        for idle in list(self._idle.values()):  # a thread may call a server that is new
            while idle:
                idle.pop().close()


_SHELVES: WeakSet[Shelf[Any]] = WeakSet()


def _start_anew() -> None:
    for shelf in _SHELVES:
        shelf.start_anew()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_start_anew)
