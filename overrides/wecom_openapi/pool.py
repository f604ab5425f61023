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
from typing import Any

import anyio
import httpcore

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


class Pool(httpcore.ConnectionPool):
    """For threads. Arguments as for `httpcore.ConnectionPool`, without HTTP/2."""

    def __init__(self, max_connections: int, **options: Any) -> None:
        super().__init__(max_connections=max_connections, **options)
        self._is_closed = False
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
        if connection.is_idle() and not self._is_closed:
            self._idle[_key(origin)].append(connection)
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


class AsyncPool(httpcore.AsyncConnectionPool):
    """For tasks. Arguments as for `httpcore.AsyncConnectionPool`, without HTTP/2."""

    def __init__(self, max_connections: int, **options: Any) -> None:
        super().__init__(max_connections=max_connections, **options)
        self._is_closed = False
        self._free: anyio.Semaphore | None = None
        self._limit = max_connections
        self._idle: dict[_Key, deque[httpcore.AsyncConnectionInterface]] = {}

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        """Send a request on a connection that is its own until the answer is closed."""
        origin = _origin(request)
        free = self._free
        if free is None:
            free = self._free = anyio.Semaphore(self._limit)
        try:
            free.acquire_nowait()
        except anyio.WouldBlock:
            with anyio.move_on_after(_patience(request)) as scope:
                await free.acquire()
            if scope.cancelled_caught:
                raise httpcore.PoolTimeout("no connection became free") from None
        try:
            connection = await self._take(origin)
            try:
                answer = await connection.handle_async_request(request)
            except BaseException:
                with anyio.CancelScope(shield=True):
                    await connection.aclose()
                raise
        except BaseException:
            free.release()
            raise
        return httpcore.Response(
            status=answer.status,
            headers=answer.headers,
            content=_AsyncHeld(self, origin, connection, answer),
            extensions=answer.extensions,
        )

    async def _take(self, origin: httpcore.Origin) -> httpcore.AsyncConnectionInterface:
        idle = self._idle.setdefault(_key(origin), deque())
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

    async def give_back(self, origin: httpcore.Origin, connection: httpcore.AsyncConnectionInterface) -> None:
        """As `Pool.give_back`."""
        try:
            if connection.is_idle() and not self._is_closed:
                self._idle[_key(origin)].append(connection)
            else:
                with anyio.CancelScope(shield=True):
                    await connection.aclose()
        finally:
            assert self._free is not None
            self._free.release()

    async def aclose(self) -> None:
        """Close the connections that nobody uses, and the others when they are given back."""
        self._is_closed = True
        for idle in self._idle.values():
            while idle:
                await idle.pop().aclose()


class _AsyncHeld:
    """As `_Held`."""

    def __init__(
        self,
        pool: AsyncPool,
        origin: httpcore.Origin,
        connection: httpcore.AsyncConnectionInterface,
        answer: httpcore.Response,
    ) -> None:
        self._pool, self._origin, self._connection, self._answer = pool, origin, connection, answer
        self._is_closed = False

    def __aiter__(self) -> AsyncIterator[bytes]:
        return aiter(self._answer.stream)  # type: ignore[arg-type]

    async def aclose(self) -> None:
        if not self._is_closed:
            self._is_closed = True
            try:
                await self._answer.aclose()
            finally:
                await self._pool.give_back(self._origin, self._connection)
