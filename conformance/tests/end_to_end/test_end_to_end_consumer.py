"""The tests of a made-up consumer, as its team would run them: with the fixtures, and against a server over HTTP."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))  # the helper above this folder

from plugin_site import ROOT, plugin_path

CONSUMER = ROOT / "examples/consumer"
# What else is installed here takes longer to load than the tests take.
PYTEST = (
    sys.executable,
    "-m",
    "pytest",
    "examples/consumer",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:schemathesis",
)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WECOM_", "PYTEST_"))}
    return {**kept, "PYTHONPATH": plugin_path(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}


@pytest.fixture
def server(environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "wecom_mock", "serve", "--port", "0", "--company", CONSUMER / "company.yaml"],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def outcomes(environment: dict[str, str]) -> set[tuple[str, str]]:
    """Name and outcome of each test of the consumer."""
    done = subprocess.run(
        [*PYTEST, "-v"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    found = set(re.findall(r"^\S*?(test_\w+\.py::\S+) ([A-Z]+)", done.stdout, re.M))
    assert done.returncode == 0, done.stdout + done.stderr
    return found


def test_the_same_results_with_the_fixtures_and_over_http(
    environment: dict[str, str], server: subprocess.Popen[str]
) -> None:
    in_process = outcomes(environment)
    assert len(in_process) == len(re.findall(r"^def test_", consumer_sources(), re.M)) >= 12
    assert {outcome for _, outcome in in_process} == {"PASSED"}

    assert server.stdout is not None
    base_url = server.stdout.readline().removeprefix("WeCom mock on ").strip()
    over_http = {**environment, "WECOM_BASE_URL": base_url}
    assert outcomes(over_http) == in_process
    # Once more against a server that remembers the run before.
    assert outcomes(over_http) == in_process

    server.kill()
    server.wait()
    refused = subprocess.run(
        [*PYTEST, "-q"],
        cwd=ROOT,
        env=over_http,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert refused.returncode == 1, "the tests over HTTP do talk to that server"


def consumer_sources() -> str:
    return "".join(path.read_text(encoding="utf-8") for path in CONSUMER.glob("test_*.py"))
