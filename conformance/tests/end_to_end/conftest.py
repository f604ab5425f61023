"""The mock on a real socket, and the client in front of it in both its kinds."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from wecom_mock import Settings, State
from wecom_mock.server import MockServer
from wecom_openapi import AsyncWeCom, WeCom

sys.path.insert(0, str(Path(__file__).parent))  # the ids beside this file

from demo_ids import CORPID, SECRET

Invoke = Callable[..., Any]


class Clock:
    """Unix time that stands still until a test moves it; starts at 2026-11-22 12:00 in China."""

    def __init__(self) -> None:
        self.now = 1795320000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def mock(request: pytest.FixtureRequest, clock: Clock) -> Iterator[MockServer]:
    settings = getattr(request, "param", Settings())
    with MockServer(State(settings=settings), clock=clock) as server:
        yield server


@pytest.fixture(params=["sync", "async"])
def wecom(request: pytest.FixtureRequest, mock: MockServer) -> Iterator[Invoke]:
    """``wecom("add_msg_template", …)`` with one client for the whole test, once sync and once async."""
    if request.param == "sync":
        with WeCom(CORPID, SECRET, base_url=mock.base_url) as client:
            yield lambda operation, *args, **fields: getattr(client, operation)(*args, **fields)
    else:
        with asyncio.Runner() as runner:
            tasks = AsyncWeCom(CORPID, SECRET, base_url=mock.base_url)
            yield lambda operation, *args, **fields: runner.run(getattr(tasks, operation)(*args, **fields))
            runner.run(tasks.aclose())
