"""The three doors of the mock, for tests of what stands under ``/_mock/``."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from wecom_mock import InProcessTransport, State, create_app
from wecom_mock.clock import Clock
from wecom_mock.server import MockServer

Send = Callable[..., httpx.Response]
DOORS = ("in process", "asgi", "socket")


@contextmanager
def door(name: str, state: State, clock: Clock) -> Iterator[Send]:
    """A function that sends a request to a state: ``send(method, path, **as httpx has it)``."""
    if name == "socket":
        with MockServer(state, clock=clock) as server, httpx.Client(base_url=server.base_url) as client:
            yield client.request
    elif name == "in process":
        transport = InProcessTransport(state, clock)
        with httpx.Client(transport=transport, base_url="http://localhost") as client:
            yield client.request
    else:
        application = create_app(state, clock)

        def send(method: str, path: str, **more: Any) -> httpx.Response:
            async def run() -> httpx.Response:
                transport = httpx.ASGITransport(application)
                async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
                    return await client.request(method, path, **more)

            return asyncio.run(run())

        yield send
