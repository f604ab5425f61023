"""The mock in process, as a transport for httpx clients: no socket, no server."""

from __future__ import annotations

import time
from collections.abc import AsyncIterable, Callable, Iterable

import httpx

from .core import body_limit, handle, too_large
from .state import State
from .wire import Reply, Request


class InProcessTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Answers requests of ``httpx.Client`` and ``httpx.AsyncClient`` from a state, whatever host they name.

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
        assert isinstance(request.stream, Iterable)
        limit = body_limit(self.state.settings, request.url.path)
        body = bytearray()
        for chunk in request.stream:
            body += chunk
            if len(body) > limit:
                return _response(too_large())
        return self._answer(request, bytes(body))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request of an async client."""
        assert isinstance(request.stream, AsyncIterable)
        limit = body_limit(self.state.settings, request.url.path)
        body = bytearray()
        async for chunk in request.stream:
            body += chunk
            if len(body) > limit:
                return _response(too_large())
        return self._answer(request, bytes(body))

    def _answer(self, request: httpx.Request, body: bytes) -> httpx.Response:
        url, content_type = request.url, request.headers.get("content-type", "")
        headers = tuple(request.headers.multi_items())
        received = Request(request.method, url.path, url.query, body, content_type, headers)
        return _response(handle(self.state, received, self.clock()))


def _response(reply: Reply) -> httpx.Response:
    return httpx.Response(reply.status, headers=list(reply.headers), stream=httpx.ByteStream(reply.body))
