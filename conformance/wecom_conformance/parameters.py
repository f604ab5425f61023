"""Parameters of an operation by path, such as ``attachments[].link.title``: what there is, and what was sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .engine import Contract, resolve

_BRANCHES = ("allOf", "anyOf", "oneOf")
_DEEPEST = 12


def declared(contract: Contract, operation: str) -> list[str]:
    """The paths that the contract has, in its order, each once.

    Raises:
        UnknownOperation: the contract has no such operation.
    """
    contract.validator("request", operation)  # says it in the same words as everybody else
    return list(dict.fromkeys(_declared(contract.document, contract.requests[operation], "", 0)))


def given(value: object, place: str = "", depth: int = 0) -> Iterator[str]:
    """The paths in a request, as often as they stand in it."""
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        for name, child in value.items():
            path = f"{place}.{name}" if place else str(name)
            yield path
            yield from given(child, path, depth + 1)
    elif isinstance(value, list):
        # One is as good as ten thousand: only objects in a list have names of their own.
        for child in value:
            if isinstance(child, dict):
                yield from given(child, f"{place}[]", depth + 1)


def _declared(
    document: Mapping[str, Any], schema: Mapping[str, Any], place: str, depth: int
) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    if "$ref" in schema:
        yield from _declared(document, resolve(document, schema["$ref"]), place, depth + 1)
    for name, child in schema.get("properties", {}).items():
        if child is not False:
            path = f"{place}.{name}" if place else name
            yield path
            yield from _declared(document, child, path, depth + 1)
    if isinstance(schema.get("items"), dict):
        yield from _declared(document, schema["items"], f"{place}[]", depth + 1)
    for word in _BRANCHES:
        for branch in schema.get(word, ()):
            yield from _declared(document, branch, place, depth + 1)
