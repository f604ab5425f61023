"""The contract as schemathesis gets to see it: a copy for the tests, in which the envelope shows as a status.

The API answers 200 always, and stock checks go by the status, so most of them are blind to it. Here every
operation may also answer with 400, 401 and 409, and ``translation`` turns an envelope into one of the three. The
published contract has none of this.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.schemas import APIOperation, BaseSchema

from wecom_contract import OPERATIONS

from .byte_limits import strings_up_to
from .engine import Contract, operations, resolve
from .translation import BUSINESS, DENIED, REFUSED, SERVED, translate

# Constants of the mock's source must not leak into the data, and neither must what an earlier run found.
CONFIG: Mapping[str, Any] = {
    "cache": {"enabled": False},
    "analysis": {"constants": {"enabled": False}},
    "generation": {
        "database": "none",
        # The token is added when a case is sent; a query that nobody reads tells nothing.
        "with-security-parameters": False,
        "allow-extra-parameters": False,
    },
    "phases": {
        "coverage": {
            # An answer to HEAD, OPTIONS or TRACE has no body that could hold an envelope.
            "unexpected-methods": ["get", "put", "post", "delete", "patch"],
            "extra-data-sources": {"responses": False},
        },
        "fuzzing": {"error-feedback": {"enabled": False}, "extra-data-sources": {"responses": False}},
        "stateful": {"inference": {"algorithms": []}},
    },
}


LARGE = 10**15
NOT_DRAWN: Mapping[str, str] = {
    name: "a form is judged by what describes its file, and schemathesis would draw the bytes of one"
    for name, known in OPERATIONS.items()
    if known.parts
}
"""Operations for which neither boundaries nor requests are drawn, and why. The table of vectors has theirs, and
what any name and any bytes come to is drawn in tests of their own."""


def suite_document(contract: Contract, *, at_limits: bool = True) -> dict[str, Any]:
    """The copy: statuses for what the envelope says, and byte limits in words that schemathesis knows.

    A string over ``n`` characters is over ``n`` bytes too, so ``maxLength: n`` never refuses what the
    contract accepts. The strings between the two limits are the format's matter, which draws good data at the
    very limit.

    Args:
        contract: as it was read.
        at_limits: whether to name the format. Drawing needs it; enumerating boundaries gains nothing by it
            and takes four times as long.
    """
    document: dict[str, Any] = copy.deepcopy(dict(contract.document))
    for path, method, known in list(operations(document)):
        operation = document["paths"][path][method]
        if at_limits and known["operationId"] in NOT_DRAWN:
            del document["paths"][path][method]
            continue
        served = operation["responses"][str(SERVED)]
        refusal = {key: value for key, value in served.items() if key != "links"}
        operation["responses"] = {str(SERVED): served}
        operation["responses"] |= dict.fromkeys(map(str, (REFUSED, DENIED, BUSINESS)), refusal)
    for schema in _limited(document):
        limit, pattern = schema["x-max-bytes"], schema.get("pattern")
        schema["maxLength"] = limit
        if at_limits:
            schema["format"] = _byte_format(limit, pattern)
    return document


def suite_schema(contract: Contract, seed: int, *, at_limits: bool = True) -> BaseSchema:
    """The copy, loaded, with the envelope translated after every call.

    Args:
        contract: as it was read.
        seed: of everything that is drawn.
        at_limits: see ``suite_document``.
    """
    config = SchemathesisConfig.from_dict({"seed": seed, **CONFIG})
    document = suite_document(contract, at_limits=at_limits)
    spans = dict(_spans(contract))
    schema: BaseSchema = schemathesis.openapi.from_dict(document, config=config)

    @schema.hook
    def after_call(context: schemathesis.HookContext, case: Any, response: Any) -> None:
        translate(response, operation_id(case.operation))

    @schema.hook
    def map_body(context: schemathesis.HookContext, body: Any) -> Any:
        operation = context.operation
        span = None if operation is None else spans.get(operation_id(operation))
        return _within(span, _written_short(body))

    return schema


def _spans(contract: Contract) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The operations whose request has a span of times, each with it."""
    for name in contract.with_body:
        schema = contract.requests[name]
        schema = resolve(contract.document, schema["$ref"]) if "$ref" in schema else schema
        if "x-span" in schema:
            yield name, schema["x-span"]


def _written_short(value: Any) -> Any:
    """The value without integers of many digits, which servers needn't read; what is too large stays too large."""
    if isinstance(value, dict):
        return {key: _written_short(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_written_short(child) for child in value]
    return max(-LARGE, min(value, LARGE)) if type(value) is int else value


def _within(span: Mapping[str, Any] | None, body: Any) -> Any:
    """The body with the second time moved into the span: schemathesis doesn't know the keyword.

    A body that is bad for another reason stays bad, and the edges of the span are in the table of vectors.
    """
    if span is None or not isinstance(body, dict):
        return body
    start, end = (body.get(span[key]) for key in ("from", "to"))
    if type(start) is not int or type(end) is not int:
        return body
    return {**body, span["to"]: start + (end - start) % (span["seconds"] + 1)}


def operation_id(operation: APIOperation[Any, Any, Any, Any]) -> str:
    """The contract's name of an operation of schemathesis."""
    name: str = operation.definition.raw["operationId"]
    return name


def _limited(node: Any) -> Iterator[dict[str, Any]]:
    """Every schema with a byte limit."""
    if isinstance(node, dict):
        if isinstance(node.get("x-max-bytes"), int):
            yield node
        for child in node.values():
            yield from _limited(child)
    elif isinstance(node, list):
        for child in node:
            yield from _limited(child)


@cache
def _byte_format(limit: int, pattern: str | None) -> str:
    """The name of the format of such strings. It is known to the whole process, so it is made once."""
    name = f"utf8-{limit}" if pattern is None else f"utf8-{limit}-{pattern.encode().hex()}"
    schemathesis.openapi.format(name, strings_up_to(limit, pattern))
    return name
