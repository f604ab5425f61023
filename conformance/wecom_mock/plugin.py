"""The pytest plugin: the fixtures ``wecom_mock``, ``wecom`` and ``async_wecom``, and the marker ``wecom``.

Every run of pytest loads this file where the distribution is installed, so it imports nothing before a fixture
is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .fixture import WeComMock
    from .plugin_client import AsyncWeCom, WeCom

_MARKER = (
    "wecom(company=…, now=…, seed=…, **settings): how wecom_mock begins: company 'demo', a YAML file beside the test "
    "or a Company; now, the time of its clock; any of wecom_mock.Settings, quota_policy='per-day-1' for one"
)


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line("markers", _MARKER)


@pytest.fixture
def wecom_mock(request: pytest.FixtureRequest) -> Iterator[WeComMock]:
    """A WeCom of this test alone, on a free port of 127.0.0.1; there is nobody in it but who is put there.

    ``wecom_mock.company.member("zhangsan").customer("wmA", tags=["vip"])`` arranges people,
    ``wecom_mock.clock.move(days=3)`` moves the time, ``wecom_mock.confirm(msgid)`` is what a member does,
    ``wecom_mock.assert_sent(to="wmA")`` looks at what came in.
    """
    told = None
    try:
        from .fixture import WeComMock
        from .markers import MarkerError, read

        marks = [(mark.args, mark.kwargs) for mark in request.node.iter_markers("wecom")]
        state, clock = read(marks, request.path.parent)
    except ModuleNotFoundError as error:
        told = f"wecom_mock needs {_package(error)}: pip install 'wecom-openapi[mock]'"
    except MarkerError as error:
        told = f"@pytest.mark.wecom: {error}"
    # Outside of the handlers, so that one line is all that is shown.
    if told:
        pytest.fail(told, pytrace=False)
    with WeComMock(state, clock=clock) as mock:
        yield mock


@pytest.fixture
def wecom(wecom_mock: WeComMock) -> Iterator[WeCom]:
    """A client that calls ``wecom_mock``."""
    yield from _clients("wecom").sync_client(wecom_mock)


@pytest.fixture
def async_wecom(wecom_mock: WeComMock) -> Iterator[AsyncWeCom]:
    """The same for ``await``, in whichever event loop."""
    yield from _clients("async_wecom").async_client(wecom_mock)


def _clients(fixture: str) -> ModuleType:
    absent = ""
    try:
        from . import plugin_client
    except ModuleNotFoundError as error:
        absent = _package(error)
    if absent:
        pytest.fail(
            f"the fixture {fixture} needs the client, and {absent} can't be imported here. "
            "wecom_mock does without: give its base_url to the client that you have.",
            pytrace=False,
        )
    return plugin_client


def _package(error: ModuleNotFoundError) -> str:
    return (error.name or "a package").partition(".")[0]
