"""Journals in both kinds of database, and servers that say what a test wants."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from wecom_openapi import Journal

sys.path.insert(0, str(Path(__file__).parents[1] / "client"))  # its server that breaks answers
sys.path.insert(0, str(Path(__file__).parent))  # the program beside this file

from fault_server import FaultServer, Handler


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


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of each kind, with nothing in it."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'journal.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def make(where: str) -> Iterator[Callable[..., Any]]:
    """Journals in the database, closed when the test is over; of a class of the test's, if it wants."""
    made: list[Journal] = []

    def one(kind: type[Journal] = Journal, **options: Any) -> Any:
        made.append(kind(where, **options))
        return made[-1]

    yield one
    for journal in made:
        journal.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a journal of SQLite is to be."""
    return tmp_path / "journal.db"
