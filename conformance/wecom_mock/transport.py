"""The mock in process, as a transport for httpx clients: no socket, no server."""

from __future__ import annotations

import time
from collections.abc import AsyncIterable, Callable, Iterable

import httpx

from .core import handle, too_large
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

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request of a sync client."""
        assert isinstance(request.stream, Iterable)
        body = b""
        for chunk in request.stream:
            body += chunk
            if len(body) > self.state.settings.max_body_bytes:
                return _response(too_large())
        return self._answer(request, body)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request of an async client."""
        assert isinstance(request.stream, AsyncIterable)
        body = b""
        async for chunk in request.stream:
            body += chunk
            if len(body) > self.state.settings.max_body_bytes:
                return _response(too_large())
        return self._answer(request, body)

    def _answer(self, request: httpx.Request, body: bytes) -> httpx.Response:
        url = request.url
        return _response(handle(self.state, Request(request.method, url.path, url.query, body), self.clock()))


def _response(reply: Reply) -> httpx.Response:
    return httpx.Response(reply.status, headers=list(reply.headers), stream=httpx.ByteStream(reply.body))
