"""The mock in process, as a transport for httpx clients: no socket, no server."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Iterator

import httpx

from .core import body_limit, handle, too_large
from .faults import PAUSE_SECONDS, PIECE_BYTES, Fault
from .state import State
from .wire import Reply, Request, http_date


class InProcessTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Answers requests of ``httpx.Client`` and ``httpx.AsyncClient`` from a state, whatever host they name.

    A fault that is about the connection becomes the exception that httpx has for it. Where a real one would take
    until a timeout, that is raised at once; only the drops of ``slow`` take their real time.

    Args:
        state: the mocked company.
        clock: Unix time in seconds; a test passes its own.
    """

    def __init__(self, state: State, clock: Callable[[], float] = time.time) -> None:
        self.state = state
        self.clock = clock
        state.take_clock(clock)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request of a sync client."""
        self._connect()
        assert isinstance(request.stream, Iterable)
        limit = body_limit(self.state.settings, request.url.path)
        body = bytearray()
        for chunk in request.stream:
            body += chunk
            if len(body) > limit:
                return self._refuse(request)
        return self._answer(request, bytes(body))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request of an async client."""
        self._connect()
        assert isinstance(request.stream, AsyncIterable)
        limit = body_limit(self.state.settings, request.url.path)
        body = bytearray()
        async for chunk in request.stream:
            body += chunk
            if len(body) > limit:
                return self._refuse(request)
        return self._answer(request, bytes(body))

    def _answer(self, request: httpx.Request, body: bytes) -> httpx.Response:
        url, content_type = request.url, request.headers.get("content-type", "")
        headers = tuple(request.headers.multi_items())
        received = Request(request.method, url.path, url.query, body, content_type, headers)
        now = self.clock()
        reply = handle(self.state, received, now)
        if reply.fault is not None:
            return _broken(reply, now, reply.fault, (request.extensions.get("timeout") or {}).get("read"))
        return _response(reply, now, httpx.ByteStream(reply.body))

    def _refuse(self, request: httpx.Request) -> httpx.Response:
        url, content_type = request.url, request.headers.get("content-type", "")
        received = Request(request.method, url.path, url.query, b"", content_type)
        now = self.clock()
        reply = too_large(self.state, received, now)
        return _response(reply, now, httpx.ByteStream(reply.body))

    def _connect(self) -> None:
        if self.state.faults.refuses():
            raise httpx.ConnectError("[Errno 111] Connection refused")


def _broken(reply: Reply, now: float, fault: Fault, patience: float | None) -> httpx.Response:
    """What a client meets that waits so many seconds for each read."""
    match fault.kind:
        case "silence" if fault.seconds is None or (patience is not None and fault.seconds >= patience):
            raise httpx.ReadTimeout("timed out")
        case "silence":
            raise httpx.RemoteProtocolError("Server disconnected without sending a response.")
        case "truncate" | "slow":
            return _response(reply, now, _Broken(reply.body, fault, patience))
        case _:
            raise httpx.ReadError("[Errno 104] Connection reset by peer")


class _Broken(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that breaks off, or comes in drops."""

    def __init__(self, body: bytes, fault: Fault, patience: float | None) -> None:
        self._body, self._fault, self._patience = body, fault, patience
        self._pause = 0.0
        if fault.kind == "slow":
            self._pause = PAUSE_SECONDS if fault.pause is None else fault.pause

    def _pieces(self) -> Iterator[bytes]:
        size = len(self._body)
        if self._fault.kind == "truncate":
            kept = self._fault.kept(size)
            yield self._body[:kept]
            if kept < size:
                raise httpx.RemoteProtocolError(
                    "peer closed connection without sending complete message body "
                    f"(received {kept} bytes, expected {size})"
                )
            return
        step = PIECE_BYTES if self._fault.size is None else self._fault.size
        for start in range(0, size, step):
            yield self._body[start : start + step]

    @property
    def _wait(self) -> float:
        """Real seconds before each piece; the headers have come before the first one."""
        if self._patience is not None and self._pause >= self._patience:
            raise httpx.ReadTimeout("timed out")
        return self._pause

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces():
            time.sleep(self._wait)
            yield piece

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces():
            await asyncio.sleep(self._wait)
            yield piece


def _response(reply: Reply, now: float, stream: httpx.ByteStream | _Broken) -> httpx.Response:
    headers = [*reply.headers, ("Date", http_date(int(now)))]
    return httpx.Response(reply.status, headers=headers, stream=stream)
