"""Keeps connections for httpx's transports: the last one that became free is the next one to be used.

The pool of httpcore 1.0 looks through all connections and asks the system about each idle one, at the beginning and at
the end of every request, so fifty at a time cost many times as much as one; and among threads it may close a connection
that another one is about to use, which of a write leaves the outcome unknown. Connections, HTTP and TLS are httpcore's
here as well.
"""

from __future__ import annotations

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
from wecom_openapi.shelf import Shelf

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


class Pool(httpcore.ConnectionPool):
    """For threads. Arguments as for `httpcore.ConnectionPool`, without HTTP/2."""

    def __init__(
        self, max_connections: int, max_keepalive_connections: int | None = None, **options: Any
    ) -> None:
        super().__init__(
            max_connections=max_connections, max_keepalive_connections=max_keepalive_connections, **options
        )
        self.shelf: Shelf[httpcore.ConnectionInterface] = Shelf(max_connections, max_keepalive_connections)

    def handle_request(self, request: httpcore.Request) -> httpcore.Response:
        """Send a request on a connection that is its own until the answer is closed."""
        origin = _origin(request)
        server = _key(origin)
        self.shelf.wait(_patience(request))
        try:
            connection = self.shelf.take(server) or self.create_connection(origin)
            try:
                answer = connection.handle_request(request)
            except BaseException:
                connection.close()
                raise
        except BaseException:
            self.shelf.leave()
            raise
        return httpcore.Response(
            status=answer.status,
            headers=answer.headers,
            content=_Held(self.shelf, server, connection, answer),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        """Close the connections that nobody uses, and the others when they are given back."""
        self.shelf.close()


class _Held:
    """The body of an answer; its end gives the connection back."""

    def __init__(
        self,
        shelf: Shelf[httpcore.ConnectionInterface],
        server: _Key,
        connection: httpcore.ConnectionInterface,
        answer: httpcore.Response,
    ) -> None:
        self._shelf, self._server, self._connection, self._answer = shelf, server, connection, answer
        self._is_closed = False

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._answer.stream)  # type: ignore[arg-type]

    def close(self) -> None:
        if not self._is_closed:
            self._is_closed = True
            try:
                self._answer.close()
            finally:
                self._shelf.put(self._server, self._connection, usable=self._connection.is_idle())


class _Loop:
    """What one event loop has of a pool: a connection that was made in one is of no use in another."""

    def __init__(self, connections: int) -> None:
        self.free = anyio.Semaphore(connections)
        self.idle: dict[_Key, deque[httpcore.AsyncConnectionInterface]] = {}
        import asyncio  # threads do without it

        self._runs: asyncio.AbstractEventLoop | None = None
        with suppress(RuntimeError):  # trio's is another one, and closes what it leaves behind
            self._runs = asyncio.get_running_loop()

    def has_ended(self) -> bool:
        """Whether nobody can use or close its connections any more. They would hold it for ever."""
        if self._runs is None or not self._runs.is_closed():
            return False
        self.idle.clear()
        self._runs = None
        return True


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
        self._begun: list[_Loop] = []
        self._limit = max_connections
        self._kept = max_connections if max_keepalive_connections is None else max_keepalive_connections

    @property
    def _loop(self) -> _Loop:
        pools = _loops().get(None)
        if pools is None:
            pools = WeakKeyDictionary()
            _loops().set(pools)
        loop = pools.get(self)
        if loop is None:
            loop = pools[self] = _Loop(self._limit)
            self._begun = [one for one in self._begun if not one.has_ended()] + [loop]
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
        """As `Shelf.put`."""
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
