"""The program as a process of its own, or inside of this one, against a mock on a real socket."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "client"))  # the server that breaks
sys.path.insert(0, str(Path(__file__).parent))  # the helper beside this file

from fault_server import FaultServer, Handler
from inside import Inside
from program import Cli

from wecom_cli.environment import HELP
from wecom_mock import State
from wecom_mock.server import MockServer


@pytest.fixture
def mock() -> Iterator[MockServer]:
    """The built-in company, served."""
    with MockServer(State()) as running:
        yield running


@pytest.fixture
def cli(mock: MockServer, tmp_path: Path) -> Iterator[Cli]:
    """Runs the program against the mock. At the end nothing that it ever printed may hold a secret or a token."""
    program = Cli(tmp_path, mock.base_url, "demo-secret-0123456789")
    # A secret that isn't a word: the built-in one stands in texts of its own accord.
    from attrs import evolve

    company = mock.state.company
    apps = (evolve(company.apps[0], secret=program.secret), *company.apps[1:])
    mock.state.company = evolve(company, apps=apps)
    yield program
    secrets = [program.secret, *mock.state.tokens]
    for printed in program.printed:
        assert not [secret for secret in secrets if secret in printed]


@pytest.fixture
def inside(cli: Cli, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Inside:
    """Runs the program in this process."""
    return Inside(cli, monkeypatch, capsys)


@pytest.fixture
def save(tmp_path: Path) -> Callable[[str, Any], str]:
    """Writes a file: JSON data, or bytes as they are."""

    def write(name: str, content: Any) -> str:
        raw = content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode()
        (tmp_path / name).write_bytes(raw)
        return name

    return write


@pytest.fixture
def serve() -> Iterator[Callable[..., FaultServer]]:
    """Starts servers that break, and closes them when the test is over."""
    running: list[FaultServer] = []

    def start(handler: Handler, **options: Any) -> FaultServer:
        server = FaultServer(handler, **options)
        running.append(server)
        return server

    yield start
    for server in running:
        server.close()


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [*os.environ]:
        if name.startswith((*HELP, "LC_", "LANG", "_WECOM")):
            monkeypatch.delenv(name)
