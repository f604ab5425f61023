"""The admin API: requests held against its own description, ``admin-openapi.json``, then done or refused."""

from __future__ import annotations

import contextlib
import functools
import json
from collections.abc import Callable, Mapping
from importlib import resources
from typing import Any
from urllib.parse import parse_qsl

import jsonschema_rs
from attrs import field, frozen

from . import admin_doings as doings
from .body import parse_body
from .refusal import Refusal
from .state import State
from .wire import Reply, Request

BASE = "/_mock/api"
_TEXT_LIMIT = 300
_PARAMETERS = 16
_DIGITS = 16
_SAFE = (
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)

Handler = Callable[[State, dict[str, Any], float], dict[str, Any]]

HANDLERS: dict[str, Handler] = {
    "getCompany": doings.get_company,
    "changeCompany": doings.change_company,
    "leaveCustomer": doings.leave_customer,
    "listQuota": doings.list_quota,
    "fillQuota": doings.fill_quota,
    "clearQuota": doings.clear_quota,
    "listTasks": doings.list_tasks,
    "getTask": doings.get_task,
    "confirmTask": doings.confirm_task,
    "ignoreTask": doings.ignore_task,
    "refuseTask": doings.refuse_task,
    "listMoments": doings.list_moments,
    "publishMoment": doings.publish_moment,
    "handOutWelcomeCode": doings.hand_out_welcome_code,
    "revokeTokens": doings.revoke_tokens,
    "revokeSuiteTokens": doings.revoke_suite_tokens,
    "pushSuiteTicket": doings.push_suite_ticket,
    "getClock": doings.get_clock,
    "moveClock": doings.move_clock,
    "getSettings": doings.get_settings,
    "changeSettings": doings.change_settings,
    "listCalls": doings.list_calls,
    "listFaults": doings.list_faults,
    "addFault": doings.add_fault,
    "removeFault": doings.remove_fault,
    "clearFaults": doings.clear_faults,
    "reset": doings.reset,
}
"""Operations of the description, by their id."""


class Nonsense(ValueError):
    """A request that is refused.

    Attributes:
        where: JSON pointer of the member at fault, or the name of the query parameter.
        status: of HTTP.
    """

    def __init__(self, why: str, where: str = "", status: int = 400) -> None:
        super().__init__(why)
        self.where = where
        self.status = status


@frozen
class _Endpoint:
    handler: Handler
    schema: dict[str, Any]
    validator: jsonschema_rs.Validator = field(repr=False)
    has_body: bool

    def check(self, arguments: object) -> dict[str, Any]:
        """The arguments, with the defaults of those that are absent.

        Raises:
            Nonsense: they are not as described.
        """
        for error in self.validator.iter_errors(arguments):
            where = "/".join(("", *(str(step) for step in error.instance_path)))
            raise Nonsense(_bounded(error.message), where)
        assert isinstance(arguments, dict)
        properties = self.schema.get("properties", {})
        defaults = {name: one["default"] for name, one in properties.items() if "default" in one}
        return {**defaults, **arguments}


def raw_description() -> bytes:
    """The OpenAPI document as it is shipped."""
    return resources.files("wecom_mock").joinpath("admin-openapi.json").read_bytes()


@functools.cache
def description() -> dict[str, Any]:
    """The OpenAPI document; not to be changed."""
    found: dict[str, Any] = json.loads(raw_description())
    return found


@functools.cache
def _endpoints() -> dict[tuple[str, str], _Endpoint]:
    """By method and path."""
    document = description()
    found: dict[tuple[str, str], _Endpoint] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            has_body = "requestBody" in operation
            schema = _arguments(operation)
            validator = jsonschema_rs.Draft202012Validator({**schema, "components": document["components"]})
            handler = HANDLERS[operation["operationId"]]
            resolved = document["components"]["schemas"].get(
                schema.get("$ref", "").rpartition("/")[2], schema
            )
            found[method.upper(), BASE + path] = _Endpoint(handler, resolved, validator, has_body)
    return found


def _arguments(operation: Mapping[str, Any]) -> dict[str, Any]:
    """What may be asked with a request, as a schema: its body, or its query parameters."""
    if "requestBody" in operation:
        schema: dict[str, Any] = operation["requestBody"]["content"]["application/json"]["schema"]
        return schema
    parameters = operation.get("parameters", [])
    return {
        "type": "object",
        "properties": {one["name"]: one["schema"] for one in parameters},
        "required": [one["name"] for one in parameters if one["required"]],
        "additionalProperties": False,
    }


def perform(state: State, operation: str, arguments: object, now: float) -> dict[str, Any]:
    """Do what an operation of the description says; the console does it by this too.

    Args:
        state: the mocked company.
        operation: its operationId.
        arguments: its body, or its query parameters.
        now: Unix time in seconds.

    Raises:
        Nonsense: the arguments are not as described, or it makes no sense at this time. Nothing was changed.
        KeyError: no such operation.
    """
    handler = HANDLERS[operation]
    endpoint = next(one for one in _endpoints().values() if one.handler is handler)
    checked = endpoint.check(arguments)
    # Moving the clock ends a transaction of its own: a time that can't be kept is taken back before anybody sees it.
    with contextlib.nullcontext() if handler is doings.move_clock else state.lock:
        try:
            return handler(state, checked, now)
        except (LookupError, ValueError) as error:
            raise Nonsense(_bounded(str(error.args[0]))) from None


def _bounded(text: str) -> str:
    # A text about a long value begins with that, and says at its end what is wrong with it.
    half = _TEXT_LIMIT // 2
    return text if len(text) <= _TEXT_LIMIT else f"{text[:half]}…{text[1 - half :]}"


def answer(state: State, request: Request, now: float) -> Reply:
    """Answer a request to the API."""
    if request.path == BASE + "/openapi.json" and request.method in ("GET", "HEAD"):
        return reply(200, raw_description(), "application/json; charset=utf-8")
    method = "GET" if request.method == "HEAD" else request.method
    endpoint = _endpoints().get((method, request.path))
    if endpoint is None:
        allowed = [one for one, path in _endpoints() if path == request.path]
        if allowed:
            return problem(
                405, f"{request.path} takes {', '.join(allowed)}", extra=(("Allow", ", ".join(allowed)),)
            )
        return problem(404, f"there is nothing here; {BASE}/openapi.json says what there is")
    try:
        arguments = _body(request) if endpoint.has_body else _query(request, endpoint.schema)
        operation = next(name for name, handler in HANDLERS.items() if handler is endpoint.handler)
        return _json(200, perform(state, operation, arguments, now))
    except Nonsense as nonsense:
        return problem(nonsense.status, str(nonsense), nonsense.where)


def _body(request: Request) -> object:
    media_type = request.content_type.partition(";")[0].strip().lower()
    if media_type != "application/json" and (request.body or media_type):
        raise Nonsense("the body must be application/json", status=415)
    if not request.body:
        return {}
    try:
        return parse_body(request.body, escapes_refused=False)
    except Refusal as refusal:
        raise Nonsense(f"the body is no good JSON: {refusal.reason}") from None


def _query(request: Request, schema: Mapping[str, Any]) -> dict[str, Any]:
    try:
        pairs = parse_qsl(
            request.query.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=bool(request.query),
            errors="strict",
            max_num_fields=_PARAMETERS,
        )
    except ValueError:
        raise Nonsense("the query is malformed") from None
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise Nonsense("given twice", name)
        wanted = schema["properties"].get(name, {}).get("type")
        number = wanted == "integer" and value.isascii() and value.isdecimal() and len(value) <= _DIGITS
        found[name] = int(value) if number else value
    return found


def reply(status: int, body: bytes, content_type: str, extra: tuple[tuple[str, str], ...] = ()) -> Reply:
    """An answer of the mock itself, which no browser keeps or guesses at."""
    headers = (("Content-Type", content_type), ("Content-Length", str(len(body))), *_SAFE, *extra)
    return Reply(status, headers, body)


def _json(status: int, value: Mapping[str, Any], extra: tuple[tuple[str, str], ...] = ()) -> Reply:
    body = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    return reply(status, body, "application/json; charset=utf-8", extra)


def problem(status: int, why: str, where: str = "", extra: tuple[tuple[str, str], ...] = ()) -> Reply:
    """A refusal in JSON."""
    return _json(status, {"error": why, "field": where}, extra)
