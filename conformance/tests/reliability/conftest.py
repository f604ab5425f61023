"""Servers that break, the mock, and the client in front of them in both its kinds. All of them are on loopback."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from wecom_mock import State
from wecom_mock.server import MockServer
from wecom_openapi import AsyncWeCom, MemoryTokenStore, WeCom

sys.path.insert(0, str(Path(__file__).parents[1] / "client"))  # the server that breaks its answers
sys.path.insert(0, str(Path(__file__).parent))  # the company beside this file

from fault_server import FaultServer, Handler

Client = Callable[..., Any]


class WarmStore(MemoryTokenStore):
    """A store that has a token for everyone, so that a test of a call has no token request in it."""

    def load(self, key: str) -> str | None:
        return super().load(key) or "tok-warm"


@pytest.fixture
def warm() -> WarmStore:
    return WarmStore()


@pytest.fixture
def serve() -> Iterator[Callable[..., FaultServer]]:
    """Starts servers, and closes them when the test is over."""
    running: list[FaultServer] = []

    def start(handler: Handler, **options: Any) -> FaultServer:
        running.append(FaultServer(handler, **options))
        return running[-1]

    yield start
    for server in running:
        server.close()


@pytest.fixture
def mock() -> Iterator[MockServer]:
    """The mock on a socket, by the real time."""
    with MockServer(State()) as server:
        yield server


@pytest.fixture(params=["sync", "async"])
def client(request: pytest.FixtureRequest) -> Iterator[Client]:
    """Opens clients, of one kind and of the other: ``client(base_url, retries=0)("add_msg_template", …)``."""
    with asyncio.Runner() as runner:
        opened: list[Any] = []

        def sync(base_url: str, **settings: Any) -> Client:
            wecom = WeCom("wwdemo", "demo", base_url=base_url, **settings)
            opened.append(wecom)
            return lambda method, *args, **fields: getattr(wecom, method)(*args, **fields)

        def tasks(base_url: str, **settings: Any) -> Client:
            wecom = AsyncWeCom("wwdemo", "demo", base_url=base_url, **settings)
            opened.append(wecom)

            async def call(method: str, *args: Any, **fields: Any) -> Any:
                return await getattr(wecom, method)(*args, **fields)

            return lambda method, *args, **fields: runner.run(call(method, *args, **fields))

        yield sync if request.param == "sync" else tasks
        for wecom in opened:
            if isinstance(wecom, WeCom):
                wecom.close()
            else:
                runner.run(wecom.aclose())
