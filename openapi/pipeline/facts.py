"""What the templates need to know of the contract and the generator doesn't tell them.

The generator's templates see no security scheme, no extension keyword, no link to the vendor's page. All of
that is read from the contract here and handed to the templates beside the generator's own data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.config import Envelope
from pipeline.errors import PipelineError
from pipeline.openapi_document import operations, schema_name
from pipeline.projection import PAGINATION, TIME, VALUE_CLASS, schemas_behind
from pipeline.request import JSON, media_type


@dataclass(frozen=True, slots=True)
class Window:
    """A period that is asked for in parts."""

    start: str
    end: str
    seconds: int
    key: str
    """The field of a row that tells rows apart."""


@dataclass(frozen=True, slots=True)
class Pagination:
    """How an operation answers page by page, in the vendor's names of fields."""

    cursor: str
    limit: str
    next: str
    rows: str
    window: Window | None


@dataclass(frozen=True, slots=True)
class NamedValues:
    """A class of numbers that have names, where others may come."""

    name: str
    values: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class OperationFacts:
    """What is known of one operation beside its parameters and models."""

    id: str
    method: str
    path: str
    effect: str
    """``read`` or ``write``: whether a call may change anything at the vendor's."""
    auth: str | None
    """The query parameter that carries the token; None where no token is needed."""
    page: str
    """The vendor's page."""
    summary: str
    """In English, one line."""
    bare_success: bool = False
    """Whether an answer without a code is a success."""
    takes_key: bool = False
    """Whether a call must not be made twice, so that a caller may name it. Uploads have no name: a file is no data."""
    confirms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Flags by which a caller confirms a call of wide reach, each with the rules that ask for it."""
    pagination: Pagination | None = None
    times: frozenset[str] = frozenset()
    """Fields of the request that are times in seconds."""


@dataclass(frozen=True, slots=True)
class ClientFacts:
    """Everything beside the projection that decides the bytes of a generated client."""

    envelope: Envelope
    operations: Mapping[str, OperationFacts]
    secret_fields: frozenset[tuple[str, str]]
    """(schema, property) pairs that no ``repr`` may show."""
    secret_parameters: tuple[str, ...]
    """Query parameters that no log line and no exception may show."""
    values: tuple[NamedValues, ...]
    package: str
    command: str
    """What a person types to make the client anew; stands at the head of every generated file."""


def client_facts(
    contract: Mapping[str, Any], envelope: Envelope, *, package: str, command: str = "make regenerate"
) -> ClientFacts:
    """Read the facts of every operation from the contract.

    A string with ``format: password`` is a secret, and so is a field of an answer that has the name of the
    parameter that carries the token.

    Args:
        contract: the finished contract.
        envelope: how an answer says that it is a success.
        package: name of the client's package.
        command: what a person types to make the client anew.

    Raises:
        PipelineError: a security scheme other than a key in the query, or an operation without ``x-effect``.
    """
    table = {
        operation["operationId"]: _operation(contract, path, method, operation)
        for path, method, operation in operations(contract)
    }
    tokens = {facts.auth for facts in table.values() if facts.auth is not None}
    hidden = {
        parameter["name"]
        for _, _, operation in operations(contract)
        for parameter in operation.get("parameters", [])
        if parameter.get("in") == "query" and parameter.get("schema", {}).get("format") == "password"
    }
    schemas = contract.get("components", {}).get("schemas", {})
    return ClientFacts(
        envelope=envelope,
        operations=table,
        secret_fields=frozenset(
            (name, key)
            for name, schema in schemas.items()
            for key, child in schema.get("properties", {}).items()
            if key in tokens or child.get("format") == "password"
        ),
        secret_parameters=tuple(sorted(tokens | hidden)),
        values=_values(contract),
        package=package,
        command=command,
    )


def _operation(
    contract: Mapping[str, Any], path: str, method: str, operation: Mapping[str, Any]
) -> OperationFacts:
    where = f"{method} {path}"
    effect = operation.get("x-effect")
    if effect not in ("read", "write"):
        raise PipelineError(where, f"x-effect is {effect!r}; it must be read or write")
    return OperationFacts(
        id=operation["operationId"],
        method=method,
        path=path,
        effect=effect,
        auth=_auth(contract, operation, where),
        page=operation.get("externalDocs", {}).get("url", ""),
        summary=" ".join(str(operation.get("summary", "")).split()),
        bare_success="x-bare-success" in operation,
        takes_key=operation.get("x-retry", {}).get("repeat") == "unsafe" and media_type(operation) == JSON,
        confirms=_confirms(contract, operation),
        pagination=_pagination(operation),
        times=frozenset(_times(contract, operation)),
    )


def _pagination(operation: Mapping[str, Any]) -> Pagination | None:
    stated = operation.get(PAGINATION)
    if stated is None:
        return None
    window = stated.get("window")
    return Pagination(
        cursor=stated["cursor"],
        limit=stated["limit"],
        next=stated["next"],
        rows=stated["rows"],
        window=Window(window["from"], window["to"], window["seconds"], window["key"]) if window else None,
    )


def _times(contract: Mapping[str, Any], operation: Mapping[str, Any]) -> Iterator[str]:
    for parameter in operation.get("parameters", []):
        if parameter.get("schema", {}).get("format") == TIME:
            yield parameter["name"]
    for media in operation.get("requestBody", {}).get("content", {}).values():
        schema = media.get("schema", {})
        if "$ref" in schema:
            schema = contract["components"]["schemas"][schema_name(schema["$ref"])]
        for name, child in schema.get("properties", {}).items():
            if child.get("format") == TIME:
                yield name


def _values(contract: Mapping[str, Any]) -> tuple[NamedValues, ...]:
    """Every class of named numbers, by name. Raises PipelineError where one name stands for two of them."""
    found: dict[str, NamedValues] = {}
    for where, schema in _schemas(contract.get("components", {}).get("schemas", {})):
        if VALUE_CLASS in schema:
            stated = schema[VALUE_CLASS]
            values = NamedValues(stated["class"], tuple(stated["values"]))
            if found.setdefault(values.name, values) != values:
                raise PipelineError(where, f"the class {values.name} has other values elsewhere")
    return tuple(found[name] for name in sorted(found))


def _schemas(schemas: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every schema of the components with the place where it stands."""
    todo: list[tuple[str, Any]] = [(f"components.schemas.{name}", each) for name, each in schemas.items()]
    while todo:
        where, schema = todo.pop()
        yield where, schema
        todo += [(f"{where}.{name}", child) for name, child in schema.get("properties", {}).items()]
        todo += [(f"{where}[]", schema["items"])] if "items" in schema else []
        for keyword in ("allOf", "anyOf", "oneOf"):
            todo += [(f"{where}.{keyword}", part) for part in schema.get(keyword, [])]


def _auth(contract: Mapping[str, Any], operation: Mapping[str, Any], where: str) -> str | None:
    schemes = contract.get("components", {}).get("securitySchemes", {})
    names = [name for choice in operation.get("security", contract.get("security", [])) for name in choice]
    if not names:
        return None
    if len(names) > 1:
        raise PipelineError(
            where, f"asks for several security schemes ({', '.join(names)}); the client knows one"
        )
    scheme = schemes.get(names[0])
    if scheme is None:
        raise PipelineError(where, f"security scheme {names[0]} is not among components.securitySchemes")
    if (scheme.get("type"), scheme.get("in")) != ("apiKey", "query"):
        raise PipelineError(
            where, f"security scheme {names[0]} is no apiKey in the query, the only kind supported"
        )
    return str(scheme["name"])


def _confirms(contract: Mapping[str, Any], operation: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    """The flags that warnings anywhere in the request ask for, in the contract's order."""
    request = operation.get("requestBody", {})
    reached = schemas_behind(contract, [request])
    components = contract.get("components", {}).get("schemas", {})
    found: dict[str, tuple[str, ...]] = {}
    for node in (request, *(schema for name, schema in components.items() if name in reached)):
        for warning in _warnings(node):
            if "confirm" in warning:
                flag = warning["confirm"]
                found[flag] = (*found.get(flag, ()), warning["id"])
    return found


def _warnings(node: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(node, Mapping):
        yield from node.get("x-warnings", [])
        for key, child in node.items():
            if key != "x-warnings":
                yield from _warnings(child)
    elif isinstance(node, list):
        for child in node:
            yield from _warnings(child)
