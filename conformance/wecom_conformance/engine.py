"""A second engine for the contract, apart from the one that clients and mock run on.

It reads ``contract.yaml`` as it stands (no compiled form, no rule ids) and judges with the Python package
``jsonschema``, so a fault in the compilation or in the first engine shows as a disagreement.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
import jsonschema_rs
import yaml
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend as _untyped_extend

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
JSON = "application/json"
FORM = "multipart/form-data"


class ContractError(ValueError):
    """The contract can't be read or used; the text says which file and why."""


class UnknownOperation(ContractError):
    """The contract has no operation of that id."""


@attrs.frozen(eq=False)
class Contract:
    """The contract document with its operations.

    Attributes:
        document: the OpenAPI document, as it was read.
        requests: operation id → schema of the request, which may refer into the document. Query parameters,
            the fields of a body beside them and the files of a form, as the data that describes them, make
            one object.
        responses: operation id → schema of the answer of status 200.
        with_body: ids of the operations whose request is a JSON body.
    """

    document: Mapping[str, Any] = attrs.field(repr=False)
    requests: Mapping[str, Mapping[str, Any]] = attrs.field(repr=False)
    responses: Mapping[str, Mapping[str, Any]] = attrs.field(repr=False)
    with_body: frozenset[str] = attrs.field(repr=False)
    _validators: dict[tuple[str, str], Validator] = attrs.field(init=False, factory=dict, repr=False)

    def validator(self, direction: str, operation: str) -> Validator:
        """The validator of one request or response schema; made once.

        Raises:
            UnknownOperation: the contract has no such operation.
        """
        key = (direction, operation)
        if key not in self._validators:
            schema = _alone(self, direction, operation)
            self._validators[key] = _Validator(schema)
        return self._validators[key]


def contract_path() -> Path:
    """Where the contract of this project stands: inside this package when installed, else in the checkout."""
    inside = Path(__file__).with_name("contract.yaml")
    return inside if inside.is_file() else Path(__file__).parents[2] / "openapi" / "wecom" / "contract.yaml"


def load_contract(path: Path | None = None) -> Contract:
    """Read a contract document.

    Args:
        path: an OpenAPI 3.1 document in YAML or JSON; by default the contract of this project.

    Raises:
        ContractError: the file is missing, is no YAML, or holds no operations.
    """
    path = path or contract_path()
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=_loader())  # noqa: S506  # a safe loader
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise ContractError(f"{path}: {' '.join(str(error).split())}") from error
    if not isinstance(document, dict) or not isinstance(document.get("paths"), dict):
        raise ContractError(f"{path}: no OpenAPI document with paths")
    return contract_of(document)


def contract_of(document: Mapping[str, Any]) -> Contract:
    """The operations of an OpenAPI document that has been read already.

    Raises:
        ContractError: an operation lacks its id or the schema of its answer.
    """
    requests: dict[str, Mapping[str, Any]] = {}
    responses: dict[str, Mapping[str, Any]] = {}
    for path, method, operation in operations(document):
        try:
            name = operation["operationId"]
            requests[name] = _request(document, path, operation)
            responses[name] = operation["responses"]["200"]["content"][JSON]["schema"]
        except KeyError as error:
            raise ContractError(f"{method} {path}: lacks {error}") from error
    with_body = frozenset(
        op["operationId"]
        for _, _, op in operations(document)
        if JSON in op.get("requestBody", {}).get("content", {})
    )
    return Contract(document, requests, responses, with_body)


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Every operation of a document as (path, method, operation object)."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def resolve(document: Mapping[str, Any], reference: str) -> Any:
    """What a local reference (``#/components/…``) stands for.

    Raises:
        ContractError: it leads nowhere, or out of the document.
    """
    if not reference.startswith("#/"):
        raise ContractError(f"the reference {reference!r} leaves the document")
    node: Any = document
    for step in reference[2:].split("/"):
        try:
            name = step.replace("~1", "/").replace("~0", "~")
            node = node[int(name)] if isinstance(node, list) else node[name]
        except (KeyError, IndexError, TypeError, ValueError) as error:
            raise ContractError(f"the reference {reference!r} leads nowhere") from error
    return node


def accepts(contract: Contract, operation: str, body: Any) -> bool:
    """Whether a request body (or the query parameters of an operation without one) keeps the contract.

    Args:
        contract: as :func:`load_contract` gives it.
        operation: the operation's id.
        body: plain JSON data.

    Raises:
        UnknownOperation: the contract has no such operation.
    """
    # In an address, where an operation without a body has its values, every character can be written.
    sendable = _is_json(body) and not (operation in contract.with_body and _needs_an_escape(body))
    return sendable and contract.validator("request", operation).is_valid(body)


def accepts_response(contract: Contract, operation: str, body: Any) -> bool:
    """Whether the body of an answer keeps the contract; the arguments are those of :func:`accepts`."""
    return _is_json(body) and contract.validator("response", operation).is_valid(body)


def warnings(contract: Contract, operation: str, body: object) -> frozenset[str]:
    """Ids of the warnings that a request earns, read from ``x-warnings`` of the raw contract.

    The arguments are those of :func:`accepts`; the body may be one that the contract refuses.
    """
    if operation not in contract.requests:
        raise UnknownOperation(
            f"the contract has no operation {operation!r}, only {', '.join(contract.requests)}"
        )
    return frozenset(_warnings(contract.document, contract.requests[operation], body))


def fast_judge(contract: Contract, operation: str) -> Callable[[Any], bool]:
    """Judge requests of one operation by the raw contract with jsonschema-rs.

    It says the same as :func:`accepts`, some hundred times faster: for the many mutants of a document.

    Raises:
        UnknownOperation: the contract has no such operation.
    """
    schema = _alone(contract, "request", operation)
    return jsonschema_rs.Draft202012Validator(
        schema, keywords={"x-max-bytes": _MaxBytes, "x-span": _Span}
    ).is_valid


def _warnings(document: Mapping[str, Any], schema: Mapping[str, Any], value: object) -> Iterator[str]:
    """Walk body and schema side by side; of a union, only into the kind that the tag names."""
    if "$ref" in schema:
        yield from _warnings(document, resolve(document, schema["$ref"]), value)
    if isinstance(value, list) and "items" in schema:
        for item in value:
            yield from _warnings(document, schema["items"], item)
    if not isinstance(value, dict):
        return
    for warning in schema.get("x-warnings", ()):
        if jsonschema_rs.is_valid(warning["when"], value):
            yield warning["id"]
    for name, child in schema.get("properties", {}).items():
        if name in value:
            yield from _warnings(document, child, value[name])
    if "discriminator" in schema:
        tag = value.get(schema["discriminator"]["propertyName"])
        kinds = schema["discriminator"]["mapping"]
        if isinstance(tag, str) and tag in kinds:
            yield from _warnings(document, {"$ref": kinds[tag]}, value)


def _loader() -> Any:
    """The safe loader, in C where libyaml is there: ten times as fast."""
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _request(document: Mapping[str, Any], path: str, operation: Mapping[str, Any]) -> Mapping[str, Any]:
    content = operation.get("requestBody", {}).get("content", {})
    parameters = [
        resolve(document, parameter["$ref"]) if "$ref" in parameter else parameter
        for parameter in (*document["paths"][path].get("parameters", ()), *operation.get("parameters", ()))
    ]
    query = [parameter for parameter in parameters if parameter["in"] == "query"]
    if JSON in content and not query:
        schema: Mapping[str, Any] = content[JSON]["schema"]
        return schema
    body: Mapping[str, Any] = {"type": "object", "additionalProperties": False}
    if content:
        body = content[JSON if JSON in content else FORM]["schema"]
        body = resolve(document, body["$ref"]) if "$ref" in body else body
    fields = {name: child.get("x-part", child) for name, child in body.get("properties", {}).items()}
    needed = [parameter["name"] for parameter in query if parameter.get("required")]
    return {
        **body,
        "properties": {**{parameter["name"]: parameter["schema"] for parameter in query}, **fields},
        "required": [*needed, *body.get("required", ())],
    }


def _alone(contract: Contract, direction: str, operation: str) -> dict[str, Any]:
    """One schema with the components that it may refer to, under the pointer by which it does."""
    schemas = contract.requests if direction == "request" else contract.responses
    if operation not in schemas:
        raise UnknownOperation(f"the contract has no operation {operation!r}, only {', '.join(schemas)}")
    components = contract.document.get("components", {}).get("schemas", {})
    return {**schemas[operation], "components": {"schemas": components}}


def _is_json(body: object) -> bool:
    """Whether the data can be sent as UTF-8 JSON: a lone surrogate, NaN and endless nesting can't."""
    try:
        json.dumps(body, ensure_ascii=False, allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError):
        return False
    return True


_ESCAPED = re.compile("[\x00-\x07\x0b\x0e-\x1f]")


def _needs_an_escape(value: object) -> bool:
    """Whether a string in it holds a control character that JSON has no short form for: it can't be sent raw."""
    if isinstance(value, str):
        return _ESCAPED.search(value) is not None
    if isinstance(value, dict):
        return any(_needs_an_escape(key) or _needs_an_escape(child) for key, child in value.items())
    return isinstance(value, list) and any(_needs_an_escape(child) for child in value)


def _max_bytes(_: object, limit: int, value: object, __: object) -> Iterator[ValidationError]:
    if isinstance(value, str) and len(value.encode()) > limit:
        yield ValidationError(f"longer than {limit} bytes of UTF-8")


def _span(_: object, limits: Mapping[str, Any], value: object, __: object) -> Iterator[ValidationError]:
    if not _in_span(limits, value):
        yield ValidationError(f"{limits['to']} is not within {limits['seconds']} s after {limits['from']}")


def _in_span(limits: Mapping[str, Any], value: object) -> bool:
    times = (
        [value[key] for key in (limits["from"], limits["to"]) if key in value]
        if isinstance(value, dict)
        else []
    )
    if len(times) < 2 or any(isinstance(time, bool) or not isinstance(time, int | float) for time in times):
        return True
    return bool(times[0] <= times[1] <= times[0] + limits["seconds"])


_extend: Any = _untyped_extend
_Validator = _extend(Draft202012Validator, {"x-max-bytes": _max_bytes, "x-span": _span})


class _MaxBytes:
    """``x-max-bytes`` for jsonschema-rs."""

    def __init__(self, _parent: object, limit: int, _path: object) -> None:
        self.limit = limit

    def validate(self, value: object) -> None:
        if isinstance(value, str) and len(value.encode()) > self.limit:
            raise ValueError(f"longer than {self.limit} bytes of UTF-8")


class _Span:
    """``x-span`` for jsonschema-rs."""

    def __init__(self, _parent: object, limits: Mapping[str, Any], _path: object) -> None:
        self.limits = limits

    def validate(self, value: object) -> None:
        if not _in_span(self.limits, value):
            raise ValueError("not within the span")
