"""Keeps connections for httpx's transports: the last one that became free is the next one to be used.

The pool of httpcore 1.0 looks through all connections and asks the system about each idle one, at the beginning and at
the end of every request, so fifty at a time cost many times as much as one; and among threads it may close a connection
that another one is about to use, which of a write leaves the outcome unknown. Connections, HTTP and TLS are httpcore's
here as well.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

import anyio
import httpcore
from anyio.lowlevel import RunVar

from wecom_openapi.deadline import current

_SCHEMES = (b"http", b"https")


_Key = tuple[bytes, bytes, int]


def _key(origin: httpcore.Origin) -> _Key:
    return origin.scheme, origin.host, origin.port


def _origin(request: httpcore.Request) -> httpcore.Origin:
    if request.url.scheme not in _SCHEMES:
        raise httpcore.UnsupportedProtocol("the URL has neither http:// nor https://")
    return request.url.origin


def _patience(request: httpcore.Request) -> float | None:
    """Seconds to wait for a connection; None for as long as it takes."""
    timeout: float | None = request.extensions.get("timeout", {}).get("pool")
    exchange = current.get()
    return timeout if exchange is None else exchange.clip(timeout)


def _kept(connections: int, idle: int | None) -> int:
    """How many connections to a server are kept that nobody uses."""
    return connections if idle is None else idle


class Pool(httpcore.ConnectionPool):
    """For threads. Arguments as for `httpcore.ConnectionPool`, without HTTP/2."""

    def __init__(
        self, max_connections: int, max_keepalive_connections: int | None = None, **options: Any
    ) -> None:
        super().__init__(
            max_connections=max_connections, max_keepalive_connections=max_keepalive_connections, **options
        )
        self._is_closed = False
        self._kept = _kept(max_connections, max_keepalive_connections)
        self._free = threading.Semaphore(max_connections)
        self._idle: dict[_Key, deque[httpcore.ConnectionInterface]] = {}

    def handle_request(self, request: httpcore.Request) -> httpcore.Response:
        """Send a request on a connection that is its own until the answer is closed."""
        origin = _origin(request)
        if not self._free.acquire(timeout=_patience(request)):
            raise httpcore.PoolTimeout("no connection became free")
        try:
            connection = self._take(origin)
            try:
                answer = connection.handle_request(request)
            except BaseException:
                connection.close()
                raise
        except BaseException:
            self._free.release()
            raise
        return httpcore.Response(
            status=answer.status,
            headers=answer.headers,
            content=_Held(self, origin, connection, answer),
            extensions=answer.extensions,
        )

    def _take(self, origin: httpcore.Origin) -> httpcore.ConnectionInterface:
        idle = self._idle.setdefault(_key(origin), deque())
        try:
            while (connection := idle.pop()).has_expired():
                connection.close()
        except IndexError:
            return self.create_connection(origin)
        # The one at the bottom has waited the longest, so one look a call leaves none open for nothing.
        with suppress(IndexError, ValueError):  # another thread was faster
            if (oldest := idle[0]).has_expired():
                idle.remove(oldest)
                oldest.close()
        return connection

    def give_back(self, origin: httpcore.Origin, connection: httpcore.ConnectionInterface) -> None:
        """The answer is closed: what can be used again is kept."""
        idle = self._idle[_key(origin)]
        if connection.is_idle() and len(idle) < self._kept and not self._is_closed:
            idle.append(connection)
        else:
            connection.close()
        self._free.release()

    def close(self) -> None:
        """Close the connections that nobody uses, and the others when they are given back."""
        self._is_closed = True
        for idle in self._idle.values():
            while idle:
                idle.pop().close()


class _Held:
    """The body of an answer; its end gives the connection back."""

    def __init__(
        self,
        pool: Pool,
        origin: httpcore.Origin,
        connection: httpcore.ConnectionInterface,
        answer: httpcore.Response,
    ) -> None:
        self._pool, self._origin, self._connection, self._answer = pool, origin, connection, answer
        self._is_closed = False

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._answer.stream)  # type: ignore[arg-type]

    def close(self) -> None:
        if not self._is_closed:
            self._is_closed = True
            try:
                self._answer.close()
            finally:
                self._pool.give_back(self._origin, self._connection)


class _Loop:
    """What one event loop has of a pool: a connection that was made in one is of no use in another."""

    def __init__(self, connections: int) -> None:
        self.free = anyio.Semaphore(connections)
        self.idle: dict[_Key, deque[httpcore.AsyncConnectionInterface]] = {}


@cache
def _loops() -> RunVar[WeakKeyDictionary[AsyncPool, _Loop]]:
    return RunVar("wecom_openapi_pools")


class AsyncPool(httpcore.AsyncConnectionPool):
    """For tasks. Arguments as for `httpcore.AsyncConnectionPool`, without HTTP/2; the limits are each event loop's."""

    def __init__(
        self, max_connections: int, max_keepalive_connections: int | None = None, **options: Any
    ) -> None:
        super().__init__(
            max_connections=max_connections, max_keepalive_connections=max_keepalive_connections, **options
        )
        self._is_closed = False
        self._limit = max_connections
        self._kept = _kept(max_connections, max_keepalive_connections)

    @property
    def _loop(self) -> _Loop:
        pools = _loops().get(None)
        if pools is None:
            pools = WeakKeyDictionary()
            _loops().set(pools)
        loop = pools.get(self)
        if loop is None:
            loop = pools[self] = _Loop(self._limit)
        return loop

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        """Send a request on a connection that is its own until the answer is closed."""
        origin = _origin(request)
        loop = self._loop
        try:
            loop.free.acquire_nowait()
        except anyio.WouldBlock:
            with anyio.move_on_after(_patience(request)) as scope:
                await loop.free.acquire()
            if scope.cancelled_caught:
                raise httpcore.PoolTimeout("no connection became free") from None
        try:
            connection = await self._take(loop, origin)
            try:
                answer = await connection.handle_async_request(request)
            except BaseException:
                with anyio.CancelScope(shield=True):
                    await connection.aclose()
                raise
        except BaseException:
            loop.free.release()
            raise
        return httpcore.Response(
            status=answer.status,
            headers=answer.headers,
            content=_AsyncHeld(self, loop, origin, connection, answer),
            extensions=answer.extensions,
        )

    async def _take(self, loop: _Loop, origin: httpcore.Origin) -> httpcore.AsyncConnectionInterface:
        idle = loop.idle.setdefault(_key(origin), deque())
        while idle:
            connection = idle.pop()
            if not connection.has_expired():
                break
            await connection.aclose()
        else:
            return self.create_connection(origin)
        if idle and idle[0].has_expired():
            await idle.popleft().aclose()
        return connection

    async def give_back(
        self, loop: _Loop, origin: httpcore.Origin, connection: httpcore.AsyncConnectionInterface
    ) -> None:
        """As `Pool.give_back`."""
        try:
            idle = loop.idle[_key(origin)]
            if connection.is_idle() and len(idle) < self._kept and not self._is_closed:
                idle.append(connection)
            else:
                with anyio.CancelScope(shield=True):
                    await connection.aclose()
        finally:
            loop.free.release()

    async def aclose(self) -> None:
        """Close the connections of this event loop that nobody uses, and the others when they are given back."""
        self._is_closed = True
        for idle in self._loop.idle.values():
            while idle:
                await idle.pop().aclose()


class _AsyncHeld:
    """As `_Held`."""

    def __init__(
        self,
        pool: AsyncPool,
        loop: _Loop,
        origin: httpcore.Origin,
        connection: httpcore.AsyncConnectionInterface,
        answer: httpcore.Response,
    ) -> None:
        self._pool, self._loop, self._origin = pool, loop, origin
        self._connection, self._answer = connection, answer
        self._is_closed = False

    def __aiter__(self) -> AsyncIterator[bytes]:
        return aiter(self._answer.stream)  # type: ignore[arg-type]

    async def aclose(self) -> None:
        if not self._is_closed:
            self._is_closed = True
            try:
                await self._answer.aclose()
            finally:
                await self._pool.give_back(self._loop, self._origin, self._connection)
