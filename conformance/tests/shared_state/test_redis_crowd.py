"""Many threads, tasks and processes at the moment when their token ends: one of them asks for the next."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from wecom_mock.clock import Clock
from wecom_mock.server import MockServer

PROGRAM = Path(__file__).with_name("crowd.py")
Call = Callable[[], list[str]]


@pytest.fixture(params=[("threads", 1, 64), ("tasks", 1, 64), ("both", 8, 8)], ids=str)
def crowd(request: pytest.FixtureRequest, mock: MockServer, redis_url: str) -> Iterator[Call]:
    """Lets all of a crowd make one call, and says what became of each."""
    kind, processes, each = request.param
    arguments = [mock.base_url, redis_url, str(processes), str(each), kind]
    with subprocess.Popen(
        [sys.executable, str(PROGRAM), *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None

        def call() -> list[str]:
            program.stdin.write("\n")
            program.stdin.flush()
            told: list[str] = json.loads(program.stdout.readline())
            assert len(told) == processes * each
            return told

        yield call
        program.stdin.close()
        assert program.wait(60) == 0


def test_one_of_all_asks_for_the_token(crowd: Call, mock: MockServer, clock: Clock) -> None:
    asked = mock.state.calls.of("gettoken")
    assert asked == []
    # Nobody has one.
    assert set(crowd()) == {"ok"}
    assert len(mock.state.calls.of("gettoken")) == 1
    # It ends: each of them holds it, and is told so by WeCom.
    clock.move(hours=2)
    assert set(crowd()) == {"ok"}
    assert len(mock.state.calls.of("gettoken")) == 2
    # It is revoked before its time.
    mock.state.revoke_tokens()
    assert set(crowd()) == {"ok"}
    assert len(mock.state.calls.of("gettoken")) == 3
    # Nothing happens, and nobody asks.
    assert set(crowd()) == {"ok"}
    assert len(mock.state.calls.of("gettoken")) == 3
