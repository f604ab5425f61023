"""The mock itself: a request and a moment in, a reply out, no input or output of its own."""

from __future__ import annotations

from functools import lru_cache
from time import perf_counter
from urllib.parse import parse_qsl

from wecom_contract import Operation, check

from . import broken, wire
from .admin import admin, is_admin
from .body import parse_body
from .call import Call
from .company import App, Suite
from .doubts import as_meant, excused, refused
from .faults import Fault
from .media import read_upload
from .refusal import Refusal, StorageError
from .routes import BEHAVIOURS, BY_PATH, from_example, nearest
from .settings import Settings
from .state import State
from .third_party import SUITE_TOKEN, suite_of
from .tokens import app_of
from .wire import Reply, Request

MAX_PARAMETERS = 64
_CONTACT = "/cgi-bin/externalcontact/"


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
    started = perf_counter()
    operation = BY_PATH.get(request.path)
    if operation is None and is_admin(request.path):
        try:
            return admin(state, request, now)
        except StorageError as error:
            return _not_kept(error)
    with state.lock:
        try:
            answering = state.answering
            reply = answering(request, now) if answering else _reply(state, operation, request, now)
            state.settle()
        except StorageError as error:
            # Only now is it known that the call has had no effect, whatever it would have answered.
            state.undo()
            reply = _not_kept(error)
        # Under the lock too, so that the log has the calls in the order of their effects.
        if operation is not None and operation.parts:
            state.calls.leave_out_files(operation, request)
        state.calls.add(operation.id if operation else None, request, reply, now, perf_counter() - started)
        return reply


def _not_kept(error: StorageError) -> Reply:
    return wire.page(500, "Internal Server Error", ("X-Mock-Reason", wire.ascii_safe(f"state: {error}")))


def _reply(state: State, operation: Operation | None, request: Request, now: float) -> Reply:
    if len(request.body) > _body_limit(state.settings, operation):
        return _too_large()
    if operation is None:
        near = nearest(request.path)
        return wire.page(404, "Not Found", ("X-Mock-Nearest", f"{near.id}; {near.method} {near.path}"))
    state.script.run(state, now)
    fault = state.faults.meet(operation.id)
    if fault is None:
        return _judged(state, operation, request, now)
    if fault.how.stage == "request":
        return broken.meet_request(state, fault, lambda: _judged(state, operation, request, now), now)
    reply = _judged(state, operation, request, now, fault)
    return broken.meet_success(state, fault, reply) if fault.how.stage == "success" else reply


def _judged(
    state: State, operation: Operation, request: Request, now: float, fault: Fault | None = None
) -> Reply:
    try:
        return _answer(state, operation, request, now, fault)
    except Refusal as refusal:
        return wire.error(state, refusal, now)


def body_limit(settings: Settings, path: str) -> int:
    """How many bytes a request to a path may have: more where it takes a file."""
    return _body_limit(settings, BY_PATH.get(path))


def _body_limit(settings: Settings, operation: Operation | None) -> int:
    is_upload = operation is not None and operation.parts
    return settings.max_upload_bytes if is_upload else settings.max_body_bytes


def too_large(state: State, request: Request, now: float) -> Reply:
    """The answer to a body over the limit, of which a door has not read the rest; it stands in the log.

    Args:
        state: the mocked company.
        request: the request, its body left out.
        now: Unix time in seconds.
    """
    reply = _too_large()
    if not is_admin(request.path):
        operation = BY_PATH.get(request.path)
        with state.lock:
            state.calls.add(operation.id if operation else None, request, reply, now, 0.0)
    return reply


def _too_large() -> Reply:
    return wire.page(413, "Request Entity Too Large")


def _answer(state: State, operation: Operation, request: Request, now: float, fault: Fault | None) -> Reply:
    if request.method != operation.method:
        raise Refusal("request.method")
    parameters = _parameters(request.query)
    app: App | None = None
    suite: Suite | None = None
    if operation.auth == SUITE_TOKEN:
        suite = suite_of(state, parameters.get(operation.auth, []), now)
    elif operation.auth is not None:
        contact = operation.path.startswith(_CONTACT)
        app = app_of(state, parameters.get(operation.auth, []), now, customer_contact=contact)
    broken.check_frequency(state, operation.id, now)
    body, files = _body(state, operation, request, parameters)
    body = as_meant(state.settings, body)
    # What was read from a body without escapes can be written as one.
    written = (
        operation.has_body and not (operation.parts or operation.query) and state.settings.escapes_refused
    )
    found = [
        violation
        for violation in check(operation.id, body, written=written)
        if not excused(state.settings, violation, body)
    ]
    for violation in found:
        if violation.severity == "error" or refused(state.settings, violation):
            raise wire.refusal_of(violation)
    # An object is the first thing that the contract asks for.
    assert isinstance(body, dict)
    token = parameters[operation.auth][0] if operation.auth else None
    if fault is not None and fault.how.stage == "valid" and not fault.takes_effect:
        broken.meet_valid(state, fault, token)
    behaviour = BEHAVIOURS.get(operation.id)
    if behaviour is None:
        return wire.success(state, from_example(operation.id), found, (("X-Mock-Example", operation.id),))
    fields = behaviour(Call(operation, state, app, body, now, suite, files))
    if state.script.rules:
        state.script.note(state, operation.id, body, fields, now)
    if fault is not None and fault.how.stage == "valid":
        broken.meet_valid(state, fault, token)
    return wire.success(state, fields, found, bare=operation.bare_success and state.settings.bare_success)


def _body(
    state: State, operation: Operation, request: Request, parameters: dict[str, list[str]]
) -> tuple[object, dict[str, bytes]]:
    """The request as the contract judges it, and the bytes of its files."""
    beside: dict[str, str] = {}
    if operation.parts or operation.query or not operation.has_body:
        # The token stands beside the parameters of a call, and is none of them.
        beside = _single_values(
            {name: values for name, values in parameters.items() if name != operation.auth}
        )
    if operation.parts:
        described, files = read_upload(operation, request.body, request.content_type)
        state.calls.describe_form(described)
        return {**described, **beside}, files
    if not operation.has_body:
        return beside, {}
    body = parse_body(request.body, escapes_refused=state.settings.escapes_refused)
    return ({**body, **beside} if beside and isinstance(body, dict) else body), {}


# A client sends the same token again and again. Nobody changes what comes from here.
@lru_cache(maxsize=256)
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
