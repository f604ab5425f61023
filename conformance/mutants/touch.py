"""A plugin of pytest that tells coverage which test is running, so that each line knows the tests that touch it."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Generator
from pathlib import Path

import coverage
import pytest

from mutants.touched import RUNNING, SECONDS

_seconds: dict[str, float] = {}
_failed: set[str] = set()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Put everything from the first fixture to the last under the name of the test."""
    os.environ[RUNNING] = item.nodeid
    if recorder := coverage.Coverage.current():
        recorder.switch_context(item.nodeid)
    begun = time.monotonic()
    try:
        return (yield)
    finally:
        _seconds[item.nodeid] = round(time.monotonic() - begun, 3)
        if recorder:
            recorder.switch_context("")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember a test that fails without any mutant: it must not be taken for one that sees them."""
    if report.outcome != "passed":
        _failed.add(report.nodeid)


def pytest_sessionfinish() -> None:
    """Write how long each test took that passed."""
    passed = {test: seconds for test, seconds in _seconds.items() if test not in _failed}
    Path(os.environ[SECONDS]).write_text(json.dumps(passed), encoding="utf-8")
