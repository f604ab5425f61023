"""For every test of the repository: nothing leaves this machine, and what is drawn is drawn anew the same way."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import hypothesis
import pytest

from wecom_conformance import loopback
from wecom_conformance.budget import SEED, examples

loopback.install()

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
