"""What a field leaves behind when it is renamed or removed: conditions, warnings and examples that still name it.

A rule about a field that is gone holds for nobody, or for everybody, and no validator would complain.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.errors import PipelineError
from pipeline.openapi_document import operations, schema_name

Node = Mapping[str, Any]


def check_leftovers(contract: Node) -> None:
    """Raise PipelineError where a request's schema or example names a field that its object doesn't have."""
    schemas = contract["components"]["schemas"]
    beside = _beside(contract)
    for name, schema in schemas.items():
        if schema.get("additionalProperties") is False:
            properties = {**schema.get("properties", {}), **beside.get(name, {})}
            for what, field in _named({**schema, "properties": properties}, schemas):
                raise PipelineError(f"components.schemas.{name}", f"{what} names {field}, which is no field")
    for path, method, operation in operations(contract):
        for media in operation.get("requestBody", {}).get("content", {}).values():
            for name, example in media.get("examples", {}).items():
                for place in _unknown(example["value"], media["schema"], schemas, ""):
                    raise PipelineError(f"{method} {path}", f"example {name} has {place}, which is no field")


def _beside(contract: Node) -> dict[str, dict[str, Any]]:
    """By the schema of a body, the query parameters beside it: its conditions may speak of them too."""
    found: dict[str, dict[str, Any]] = {}
    for _, _, operation in operations(contract):
        for media in operation.get("requestBody", {}).get("content", {}).values():
            parameters = {one["name"]: one["schema"] for one in operation.get("parameters", [])}
            found.setdefault(schema_name(media["schema"].get("$ref", "")), {}).update(parameters)
    return found


def _named(schema: Node, schemas: Node) -> Iterator[tuple[str, str]]:
    """What names a field that ``schema`` doesn't have, and the field."""
    for keyword in ("required", "allOf", "anyOf", "if", "then", "else", "not"):
        if keyword in schema:
            yield from ((keyword, field) for field in _fields({keyword: schema[keyword]}, schema, schemas))
    for warning in schema.get("x-warnings", []):
        own: dict[str, Any] = {warning["field"]: {}} if "field" in warning else {}
        part = {"allOf": [{"properties": own}, warning.get("when", {})]}
        yield from ((str(warning.get("id", "a warning")), field) for field in _fields(part, schema, schemas))


def _fields(condition: Any, schema: Node, schemas: Node) -> Iterator[str]:
    """Every field of ``schema`` that a condition names and ``schema`` lacks, at any depth."""
    if not isinstance(condition, Mapping):
        return
    schema = _resolved(schema, schemas)
    known = schema.get("properties") if schema.get("additionalProperties") is False else None
    if known is not None:
        yield from (name for name in condition.get("required", []) if name not in known)
    for name, child in condition.get("properties", {}).items():
        if known is not None and name not in known:
            yield name
        else:
            yield from _fields(child, (schema.get("properties") or {}).get(name, {}), schemas)
    yield from _fields(condition.get("items"), schema.get("items", {}), schemas)
    for keyword in ("allOf", "anyOf", "oneOf"):
        parts: Sequence[Any] = condition.get(keyword, [])
        for part in parts:
            yield from _fields(part, schema, schemas)
    for keyword in ("if", "then", "else", "not"):
        yield from _fields(condition.get(keyword), schema, schemas)


def _unknown(value: Any, schema: Node, schemas: Node, at: str) -> Iterator[str]:
    """The places of an example that its schema doesn't know."""
    schema = _resolved(schema, schemas)
    if "discriminator" in schema and isinstance(value, dict):
        tag = value.get(schema["discriminator"]["propertyName"])
        variant = schema["discriminator"].get("mapping", {}).get(tag)
        schema = _resolved({"$ref": variant}, schemas) if variant else {}
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        for name, child in value.items():
            place = f"{at}.{name}" if at else name
            if name in properties:
                yield from _unknown(child, properties[name], schemas, place)
            elif schema.get("additionalProperties") is False:
                yield place
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _unknown(child, schema.get("items", {}), schemas, f"{at}[{index}]")


def _resolved(schema: Node, schemas: Node) -> Node:
    while "$ref" in schema or "x-part" in schema:
        # A file is judged by the object that describes it.
        schema = schemas[schema_name(schema["$ref"])] if "$ref" in schema else schema["x-part"]
    return schema
