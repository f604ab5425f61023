"""A caller that holds every answer of the mock against the contract, and a clock that tests set by hand."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from wecom_contract import OPERATIONS, check_response
from wecom_mock.caller import Answer, Caller
from wecom_mock.persistence import open_state
from wecom_mock.state import State

sys.path.insert(0, str(Path(__file__).parent))  # the doors beside this file

_BY_PATH = {operation.path: operation.id for operation in OPERATIONS.values()}


class Clock:
    """Unix time that stands still until a test moves it; starts at 2026-11-22 12:00 in China."""

    def __init__(self) -> None:
        self.now = 1795320000.0

    def __call__(self) -> float:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += seconds


class CheckedCaller(Caller):
    """Fails on any answer that the contract does not allow."""

    clock: Clock

    def send(
        self, method: str, path: str, query: str | bytes = b"", body: bytes = b"", content_type: str = ""
    ) -> Answer:
        answer = super().send(method, path, query, body, content_type)
        assert int(answer.headers["content-length"]) == len(answer.content)
        assert all(text.isascii() and text.isprintable() for text in answer.headers.values())
        if answer.status == 200:
            assert check_response(_BY_PATH[path], dict(answer.body)) == []
            assert answer.headers["content-type"] == "application/json; charset=UTF-8"
            assert answer.headers.get("error-code", "0") == str(answer.errcode)
            is_upload = bool(OPERATIONS[_BY_PATH[path]].parts)
            assert (answer.errcode == 0) == (answer.body["errmsg"] == ("" if is_upload else "ok"))
            assert (answer.errcode == 0) == (answer.rule is None and answer.reason is None)
        return answer


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    """In memory; with ``WECOM_MOCK_STATE=file`` in a file, where every test must pass too."""
    made = open_state(tmp_path / "state.sqlite") if os.environ.get("WECOM_MOCK_STATE") == "file" else State()
    yield made
    made.close()


@pytest.fixture
def mock(state: State, clock: Clock) -> CheckedCaller:
    return CheckedCaller(state, clock)
