"""Ways around the contract for tests, and nothing of the pipeline in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def at(schemas: Mapping[str, Any], place: str) -> Any:
    """What stands at ``Schema.properties.field``; a number goes into a list."""
    node: Any = schemas
    for step in place.split("."):
        node = node[int(step)] if isinstance(node, list) else node[step]
    return node


def field_at(schemas: Mapping[str, Any], place: str) -> Any:
    """The same for ``Schema:0:then/field/field``: members of allOf, then properties."""
    schema, *fields = place.split("/")
    name, *parts = schema.split(":")
    node: Any = schemas[name]
    for part in parts:
        node = node["allOf"][int(part)] if part.isdigit() else node[part]
    for field in fields:
        node = node["properties"][field]
    return node


def walk(node: Any) -> Iterator[Mapping[str, Any]]:
    """Every object of a document, whatever it is."""
    if isinstance(node, Mapping):
        yield node
        for child in node.values():
            yield from walk(child)
    elif isinstance(node, list):
        for child in node:
            yield from walk(child)


def evidence(rule: Mapping[str, Any]) -> set[tuple[str, str]]:
    return {(entry["source"], entry["confidence"]) for entry in rule["evidence"]}


def evidence_of(node: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [entry for key in ("evidence", "x-evidence") for entry in node.get(key, [])]


def calls(contract: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Every operation by its id."""
    return {op["operationId"]: op for item in contract["paths"].values() for op in item.values()}


def media(holder: Mapping[str, Any]) -> dict[str, Any]:
    """The one body that a request or an answer may have."""
    (content,) = holder["content"].items()
    assert content[0] in ("application/json", "multipart/form-data")
    found: dict[str, Any] = content[1]
    return found
