"""What the tests of shared state have in common: the mock with a clock that stands still, and stores that are ready."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the programs and helpers beside this file

from wecom_mock import State
from wecom_mock.clock import Clock
from wecom_mock.server import MockServer


@pytest.fixture
def clock() -> Clock:
    """2026-11-22 12:00 in China; stands still until it is moved."""
    return Clock(1795320000)


@pytest.fixture
def mock(clock: Clock) -> Iterator[MockServer]:
    """A real mock server on a real socket."""
    with MockServer(State(), clock=clock) as running:
        yield running
