"""Ways around an OpenAPI document that every step needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
"""Keys of a path item that are operations."""


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every operation of a document as (path, METHOD, operation object), in the document's order."""
    for path, item in document.get("paths", {}).items():
        for method in METHODS:
            if method in item:
                yield path, method.upper(), item[method]


def schema_name(reference: str) -> str:
    """The component that a ``$ref`` points to."""
    return reference.rsplit("/", 1)[-1]
