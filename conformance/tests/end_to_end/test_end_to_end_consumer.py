"""The tests of a made-up consumer, as its team would run them: with the fixtures, over HTTP, against the container."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
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


@contextlib.contextmanager
def serving(environment: dict[str, str], line: Sequence[str | Path]) -> Iterator[dict[str, str]]:
    """A server of that command line, killed at the end; the environment of tests that go to it."""
    process = subprocess.Popen(line, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    try:
        base_url = process.stdout.readline().removeprefix("WeCom mock on ").strip()
        yield {**environment, "WECOM_BASE_URL": base_url}
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def command_of_the_image(state: Path) -> list[str | Path]:
    """What `docker run IMAGE --state … --company …` of the README starts: the entry point with that behind it.

    The address and port, as a test keeps to loopback, and the places of the two volumes are other ones.
    """
    dockerfile = (ROOT / "deploy/Dockerfile").read_text(encoding="utf-8")
    entry, usual = (
        json.loads(re.findall(rf"^{name} (.+)$", dockerfile, re.M)[0]) for name in ("ENTRYPOINT", "CMD")
    )
    readme = (CONSUMER / "README.md").read_text(encoding="utf-8")
    given = re.findall(r"wecom-mock \\\n +(--.+)$", readme, re.M)[0].split()
    assert given[: len(usual)] == usual, "what a container is told replaces what it is told by default"
    here: dict[str, str | Path] = {
        "wecom-mock": Path(sys.executable).with_name("wecom-mock"),
        "0.0.0.0": "127.0.0.1",
        "8088": "0",
        "/state/wecom.sqlite": state,
        "/company.yaml": CONSUMER / "company.yaml",
    }
    line = [*entry, *given]
    assert set(here) <= set(line)
    return [here.get(part, part) for part in line]


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


def test_the_same_results_with_the_fixtures_over_http_and_in_the_container(
    environment: dict[str, str], tmp_path: Path
) -> None:
    in_process = outcomes(environment)
    assert len(in_process) == len(re.findall(r"^def test_", consumer_sources(), re.M)) >= 14
    assert {outcome for _, outcome in in_process} == {"PASSED"}

    program = [
        sys.executable,
        "-m",
        "wecom_mock",
        "serve",
        "--port",
        "0",
        "--company",
        CONSUMER / "company.yaml",
    ]
    with serving(environment, program) as over_http:
        assert outcomes(over_http) == in_process

    image = command_of_the_image(tmp_path / "wecom.sqlite")
    with serving(environment, image) as in_the_container:
        assert outcomes(in_the_container) == in_process

    refused = subprocess.run(
        [*PYTEST, "-q", "-x"],
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
