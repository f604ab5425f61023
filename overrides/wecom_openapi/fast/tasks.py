"""The fast transport for tasks."""

from __future__ import annotations

import asyncio
import socket
import ssl
import sys
from collections import deque
from collections.abc import AsyncIterator, Mapping
from typing import Any
from weakref import WeakKeyDictionary

import httpx

from wecom_openapi.deadline import KeepsDeadline, current
from wecom_openapi.driver import LIMITS, certificates
from wecom_openapi.fast.answer import Answer
from wecom_openapi.fast.around import Around
from wecom_openapi.fast.link import Gone, Link
from wecom_openapi.fast.request import Framing, Server, head_of, server_of, whole
from wecom_openapi.lookup import REFUSED, distinct


class _Loop:
    """What one event loop has: a connection that was made in one is of no use in another."""

    def __init__(self, connections: int) -> None:
        self.free = asyncio.Semaphore(connections)
        self.idle: dict[Server, deque[Link]] = {}


class AsyncFastTransport(KeepsDeadline, httpx.AsyncBaseTransport):
    """For `AsyncWeCom`, or any ``httpx.AsyncClient``, under asyncio. Arguments as for `FastTransport`; the limits are
    each event loop's."""

    def __init__(self, *, verify: ssl.SSLContext | None = None, limits: httpx.Limits = LIMITS) -> None:
        self._verify = certificates() if verify is None else verify
        self._verify.set_alpn_protocols(["http/1.1"])
        self._keep = limits.keepalive_expiry
        self._connections = sys.maxsize if limits.max_connections is None else limits.max_connections
        self._kept = (
            self._connections
            if limits.max_keepalive_connections is None
            else limits.max_keepalive_connections
        )
        self._is_closed = False
        self._loops: WeakKeyDictionary[asyncio.AbstractEventLoop, _Loop] = WeakKeyDictionary()
        self._around = Around(httpx.AsyncClient, self._verify, limits)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request. Its body is read by the one who asked for it."""
        server = server_of(request.url)
        proxied = self._around.transport(server, request.url)
        if proxied is not None:
            answer: httpx.Response = await proxied.handle_async_request(request)
            return answer
        head = head_of(request)
        timeouts: Mapping[str, float | None] = request.extensions.get("timeout", {})
        try:
            return await self._exchange(server, head, request, timeouts)
        except httpx.TransportError as exc:
            exc.request = request
            raise

    async def _exchange(
        self, server: Server, head: bytes, request: httpx.Request, timeouts: Mapping[str, float | None]
    ) -> httpx.Response:
        loop = self._loop()
        await _wait(loop.free, timeouts.get("pool"))
        try:
            link = self._take(loop, server) or await self._connect(server, timeouts.get("connect"))
            try:
                sent = await _send(link, head, request, timeouts.get("write"))
                answer = Answer(request.method)
                while not answer.is_begun:
                    answer.feed(await link.read(timeouts.get("read")))
            except BaseException:
                link.close()
                raise
        except BaseException:
            loop.free.release()
            raise
        body = _Body(self, loop, server, link, answer, request, sent=sent)
        return httpx.Response(answer.status, headers=answer.headers, stream=body)

    def _loop(self) -> _Loop:
        try:
            running = asyncio.get_running_loop()
        except RuntimeError:
            raise httpx.UnsupportedProtocol("the fast transport is for asyncio") from None
        found = self._loops.get(running)
        if found is None:
            # Its connections hold an event loop that has ended, and nobody can use or close them any more.
            for ended in [loop for loop in list(self._loops) if loop.is_closed()]:
                self._loops.pop(ended, None)
            found = self._loops[running] = _Loop(self._connections)
        return found

    def _take(self, loop: _Loop, server: Server) -> Link | None:
        idle = loop.idle.get(server)
        while idle:
            link = idle.pop()
            if not link.has_expired():
                # The one at the bottom has waited the longest.
                if idle and idle[0].has_expired():
                    idle.popleft().close()
                return link
            link.close()
        return None

    async def _connect(self, server: Server, timeout: float | None) -> Link:
        scheme, host, port = server
        loop = asyncio.get_running_loop()
        options: dict[str, Any] = {"ssl": self._verify, "server_hostname": host} if scheme == b"https" else {}
        failure: Exception = httpx.ConnectError(f"no address for {host}")
        try:
            async with asyncio.timeout(timeout):
                found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except TimeoutError as exc:
            raise httpx.ConnectTimeout("the host's name was not found in time") from exc
        except REFUSED as exc:
            raise httpx.ConnectError(str(exc)) from exc
        # One address at a time, as for threads.
        for address in distinct(found):
            try:
                async with asyncio.timeout(timeout):
                    made: tuple[Any, Link] = await loop.create_connection(Link, address, port, **options)
                    return made[1]
            except TimeoutError as exc:
                failure = httpx.ConnectTimeout("no connection in time")
                failure.__cause__ = exc
            except OSError as exc:
                failure = httpx.ConnectError(str(exc))
                failure.__cause__ = exc
        raise failure

    def give_back(self, loop: _Loop, server: Server, link: Link, *, usable: bool) -> None:
        """The answer is closed: what can be used again is kept."""
        idle = loop.idle.setdefault(server, deque())
        if usable and len(idle) < self._kept and not self._is_closed:
            if self._keep is not None:
                link.expires = asyncio.get_running_loop().time() + self._keep
            idle.append(link)
        else:
            link.close()
        loop.free.release()

    async def aclose(self) -> None:
        """Close the connections of this event loop that nobody uses, and the others when they are given back."""
        self._is_closed = True
        for idle in self._loop().idle.values():
            while idle:
                idle.pop().close()
        await asyncio.sleep(0)  # then asyncio closes them
        if self._around.client is not None:
            await self._around.client.aclose()


class _Body(httpx.AsyncByteStream):
    """The body of an answer; its end gives the connection back."""

    def __init__(
        self,
        transport: AsyncFastTransport,
        loop: _Loop,
        server: Server,
        link: Link,
        answer: Answer,
        request: httpx.Request,
        *,
        sent: bool,
    ) -> None:
        self._transport, self._loop, self._server, self._link = transport, loop, server, link
        self._answer, self._request, self._sent = answer, request, sent
        self._is_closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        answer = self._answer
        timeout = self._request.extensions.get("timeout", {}).get("read")
        while True:
            for chunk in answer.take():
                yield chunk
            if answer.is_complete:
                return
            try:
                answer.feed(await self._link.read(timeout))
            except httpx.TransportError as exc:
                exc.request = self._request
                raise

    async def aclose(self) -> None:
        if not self._is_closed:
            self._is_closed = True
            usable = self._sent and self._answer.leaves_usable
            self._transport.give_back(self._loop, self._server, self._link, usable=usable)


async def _wait(free: asyncio.Semaphore, patience: float | None) -> None:
    if not free.locked():
        await free.acquire()  # which is at once
        return
    try:
        async with asyncio.timeout(patience):
            await free.acquire()
    except TimeoutError:
        raise httpx.PoolTimeout("no connection became free") from None


async def _send(link: Link, head: bytes, request: httpx.Request, timeout: float | None) -> bool:
    """Send a request. Gives whether all of it was sent: who refuses it before its end may say why."""
    exchange = current.get()
    if exchange is not None:
        exchange.left = True
    body = whole(request)
    try:
        if body is not None:
            await link.write(head + body, timeout)
            return True
        await link.write(head, timeout)
        framing = Framing(request.headers)
        assert isinstance(request.stream, httpx.AsyncByteStream)
        async for piece in request.stream:
            if framed := framing.frame(piece):
                await link.write(framed, timeout)
        if end := framing.end():
            await link.write(end, timeout)
    except Gone:
        return False
    return True
