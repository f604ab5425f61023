"""The mock itself: a request and a moment in, a reply out, no input or output of its own."""

from __future__ import annotations

from urllib.parse import parse_qsl

from wecom_contract import Operation, Violation, check

from . import wire
from .body import parse_body
from .call import Call
from .company import App
from .refusal import Refusal
from .routes import BEHAVIOURS, BY_PATH, from_example, nearest
from .state import State
from .tokens import app_of
from .wire import Reply, Request

MAX_PARAMETERS = 64
_SENDER_RULE = "sender.required-for-group"


def handle(state: State, request: Request, now: float) -> Reply:
    """Answer one request.

    The order is: size of the body (413), path (404), method, token, bytes of the body, contract, behaviour.
    Any answer of the API is HTTP 200 with an envelope. The vendor's table names 40058 for GET where POST is
    due; other wrong methods get the same here.

    Args:
        state: the mocked company; changed by the call.
        request: the request as it came.
        now: Unix time in seconds.

    Returns:
        The reply; there is no request that raises.
    """
    if len(request.body) > state.settings.max_body_bytes:
        return too_large()
    operation = BY_PATH.get(request.path)
    if operation is None:
        near = nearest(request.path)
        return wire.page(404, "Not Found", ("X-Mock-Nearest", f"{near.id}; {near.method} {near.path}"))
    with state.lock:
        try:
            return _answer(state, operation, request, now)
        except Refusal as refusal:
            return wire.error(state, refusal, now)


def too_large() -> Reply:
    """The answer to a body over the limit."""
    return wire.page(413, "Request Entity Too Large")


def _answer(state: State, operation: Operation, request: Request, now: float) -> Reply:
    if request.method != operation.method:
        raise Refusal("request.method")
    parameters = _parameters(request.query)
    app: App | None = None
    if operation.auth is not None:
        app = app_of(state, parameters.get(operation.auth, []), now)
    if operation.has_body:
        body = parse_body(request.body, escapes_refused=state.settings.escapes_refused)
    else:
        body = _single_values(parameters)
    found = [violation for violation in check(operation.id, body) if not _excused(state, violation, body)]
    for violation in found:
        if violation.severity == "error":
            raise wire.refusal_of(violation)
    # An object is the first thing that the contract asks for.
    assert isinstance(body, dict)
    injected = state.take_injected(operation.id)
    if injected is not None:
        raise Refusal("injected", errcode=injected.errcode, errmsg=injected.errmsg)
    behaviour = BEHAVIOURS.get(operation.id)
    if behaviour is None:
        return wire.success(state, from_example(operation.id), found, (("X-Mock-Example", operation.id),))
    return wire.success(state, behaviour(Call(state, app, body, now)), found)


def _parameters(query: bytes) -> dict[str, list[str]]:
    try:
        pairs = parse_qsl(
            query.decode("utf-8", "replace"),
            keep_blank_values=True,
            errors="replace",
            max_num_fields=MAX_PARAMETERS,
        )
    except ValueError:
        raise Refusal("request.query") from None
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def _single_values(parameters: dict[str, list[str]]) -> dict[str, str]:
    if any(len(values) > 1 for values in parameters.values()):
        raise Refusal("request.query")
    return {name: values[0] for name, values in parameters.items()}


def _excused(state: State, violation: Violation, body: object) -> bool:
    return (
        violation.rule == _SENDER_RULE
        and state.settings.group_sender_absent == "owner"
        and isinstance(body, dict)
        and bool(body.get("chat_id_list"))
    )
