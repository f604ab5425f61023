"""Everything under ``/_mock/``: the admin API for tests, and the console for people."""

from __future__ import annotations

from .guard import header_map, why_not
from .state import State
from .wire import Reply, Request

PREFIX = "/_mock"
_UNDER = PREFIX + "/"
_READS = ("GET", "HEAD")


def is_admin(path: str) -> bool:
    """Whether a path belongs to the mock itself, and is none of the vendor's."""
    return path.startswith(_UNDER) or path == PREFIX


def admin(state: State, request: Request, now: float) -> Reply:
    """Answer a request under ``/_mock/``.

    The API answers JSON and is described by ``/_mock/api/openapi.json``; everything else there is the console,
    which needs Jinja2.

    Args:
        state: the mocked company; changed by a POST.
        request: the request as it came; it must name this machine in its Host header, see :mod:`~wecom_mock.guard`.
        now: Unix time in seconds.

    Returns:
        The reply; there is no request that raises.
    """
    # Only here: a test that never asks for them doesn't pay for them.
    from . import admin_api

    reason = why_not(header_map(request), state.admin_hosts, writes=request.method not in _READS)
    if reason is not None:
        return admin_api.problem(403, reason)
    if len(request.body) > state.settings.max_body_bytes:
        return admin_api.problem(413, f"more than {state.settings.max_body_bytes} bytes")
    with state.lock:
        # What was due by now has happened, whoever looks.
        state.script.run(state, now)
    if request.path == admin_api.BASE or request.path.startswith(admin_api.BASE + "/"):
        return admin_api.answer(state, request, now)
    try:
        from .console import answer
    except ModuleNotFoundError as error:
        return admin_api.problem(501, f"the console needs {error.name}: pip install 'wecom-openapi[mock]'")
    return answer(state, request, now)
