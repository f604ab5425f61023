"""The pytest plugin: the fixtures ``wecom_mock``, ``wecom`` and ``async_wecom``, and the marker ``wecom``.

Every run of pytest loads this file where the distribution is installed, so it imports nothing before a fixture
is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
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
    try:
        from .fixture import WeComMock
        from .markers import MarkerError, read

        marks = [(mark.args, mark.kwargs) for mark in request.node.iter_markers("wecom")]
        state, clock = read(marks, request.path.parent)
    except ModuleNotFoundError as error:
        pytest.fail(f"wecom_mock needs {error.name}: pip install 'wecom-openapi[mock]'", pytrace=False)
    except MarkerError as error:
        pytest.fail(f"@pytest.mark.wecom: {error}", pytrace=False)
    with WeComMock(state, clock=clock) as mock:
        yield mock


@pytest.fixture
def wecom(wecom_mock: WeComMock) -> Iterator[WeCom]:
    """A client that calls ``wecom_mock``."""
    try:
        from .plugin_client import sync_client
    except ModuleNotFoundError as error:
        pytest.fail(_no_client("wecom", error.name), pytrace=False)
    yield from sync_client(wecom_mock)


@pytest.fixture
def async_wecom(wecom_mock: WeComMock) -> Iterator[AsyncWeCom]:
    """The same for ``await``, in whichever event loop."""
    try:
        from .plugin_client import async_client
    except ModuleNotFoundError as error:
        pytest.fail(_no_client("async_wecom", error.name), pytrace=False)
    yield from async_client(wecom_mock)


def _no_client(fixture: str, module: str | None) -> str:
    return (
        f"the fixture {fixture} needs the client, and {module} can't be imported here. "
        "wecom_mock does without: give its base_url to the client that you have."
    )
