"""For every test of the repository: nothing leaves this machine, and what is drawn is drawn anew the same way."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TypeVar

import hypothesis
import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the servers beside this file

from servers import NotInstalled, PostgresServer, RedisServer, Server

from wecom_conformance import loopback
from wecom_conformance.budget import SEED, examples

ServerT = TypeVar("ServerT", bound=Server)

loopback.install()

# A shell that runs the tests in the background has them ignore Ctrl-C, and with them all that they start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

hypothesis.settings.register_profile("project", derandomize=True, database=None, deadline=None)
hypothesis.settings.load_profile("project")


def pytest_report_header() -> str:
    """What is needed to draw the same again."""
    hunting = f", WECOM_EXAMPLES={examples(0)}" if examples(0) else ""
    return f"drawn from WECOM_SEED={SEED}{hunting}"


@pytest.fixture(scope="session", autouse=True)
def _guarded_programs() -> Generator[None]:
    """The Python programs that a test starts are kept on this machine too."""
    package = Path(loopback.__file__).parents[1]
    folders = [str(Path(__file__).parent / "loopback_site"), str(package), os.environ.get("PYTHONPATH", "")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(filter(None, folders)))
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None, object, object]:
    """Fail a test that tried to leave, even where the code under test caught the exception."""
    result = yield
    _fail_on_attempts()
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Generator[None, object, object]:
    """The same for what a fixture did, and for what a thread did late."""
    result = yield
    _fail_on_attempts()
    return result


def _fail_on_attempts() -> None:
    if loopback.ATTEMPTS:
        told = "; ".join(dict.fromkeys(loopback.ATTEMPTS))
        loopback.ATTEMPTS.clear()
        pytest.fail(told, pytrace=False)


def _running(server: ServerT) -> Iterator[ServerT]:
    """Where the program is missing the tests are skipped and say so, but not in CI: there they fail."""
    try:
        server.find()
    except NotInstalled as exc:
        if os.environ.get("CI"):
            pytest.fail(str(exc), pytrace=False)
        pytest.skip(str(exc))
    with server:
        yield server


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    """One Redis for all tests of this process. A test that stops it, or lets it hang, starts one of its own."""
    yield from _running(RedisServer())


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One PostgreSQL for all tests of this process."""
    yield from _running(PostgresServer())


@pytest.fixture
def redis_url(redis_server: RedisServer) -> str:
    """A real Redis with nothing in it: ``redis://:password@127.0.0.1:port/0``."""
    assert redis_server.ask("FLUSHALL") == b"+OK"
    return redis_server.url


@pytest.fixture
def own_redis() -> Iterator[RedisServer]:
    """A Redis that a test may stop, start again and let hang."""
    yield from _running(RedisServer())


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> str:
    """A new and empty database of a real PostgreSQL: ``postgresql+psycopg://user:password@127.0.0.1:port/name``."""
    return postgres_server.new_database()
