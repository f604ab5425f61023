"""Servers and callers for the tests of the client. All of them are on loopback."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the helpers beside this file

from fault_server import CORPID, SECRET, FaultServer, Handler

from wecom_openapi import AsyncWeCom, MemoryTokenStore, WeCom


@pytest.fixture
def serve() -> Iterator[Callable[..., FaultServer]]:
    """Starts servers, and closes them when the test is over."""
    running: list[FaultServer] = []

    def start(handler: Handler, **options: Any) -> FaultServer:
        server = FaultServer(handler, **options)
        running.append(server)
        return server

    yield start
    for server in running:
        server.close()


@pytest.fixture(params=["sync", "async"])
def invoke(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """Makes one call with a client of its own: once with `WeCom`, once with `AsyncWeCom`.

    It isn't made again: what is, and when, is the subject of conformance/tests/reliability.

    ``invoke(base_url, "add_msg_template", {...}, settings={"deadline": 1})``
    """

    def sync(base_url: str, operation: str, *args: Any, settings: Any = None, **fields: Any) -> Any:
        with WeCom(CORPID, SECRET, base_url=base_url, **{"retries": 0, **(settings or {})}) as wecom:
            return getattr(wecom, operation)(*args, **fields)

    def with_tasks(base_url: str, operation: str, *args: Any, settings: Any = None, **fields: Any) -> Any:
        async def main() -> Any:
            async with AsyncWeCom(
                CORPID, SECRET, base_url=base_url, **{"retries": 0, **(settings or {})}
            ) as wecom:
                return await getattr(wecom, operation)(*args, **fields)

        return asyncio.run(main())

    return sync if request.param == "sync" else with_tasks


class WarmStore(MemoryTokenStore):
    """A store that has a token for everyone, so that a test of a call has no token request in it."""

    def load(self, key: str) -> str | None:
        return super().load(key) or "tok-warm"


@pytest.fixture
def warm() -> WarmStore:
    """A token store that is never empty."""
    return WarmStore()
