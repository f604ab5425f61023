"""One schema that says yes or no, made for speed: the one that nearly every body passes."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]


def quick(request: Schema, warnings: Schema | None) -> Schema:
    """A schema that holds for a body with neither error nor warning.

    It says nothing about what is wrong, so it may be shaped for speed: rules and warnings in one pass, and no call
    into Python for a string that is too short to break a byte limit.
    """
    parts = [request] if warnings is None else [request, warnings]
    definitions = {name: schema for part in parts for name, schema in part.get("$defs", {}).items()}
    roots = [{keyword: value for keyword, value in part.items() if keyword != "$defs"} for part in parts]
    merged: Schema = _short_strings_first({"allOf": roots, "$defs": definitions})
    return merged


def _short_strings_first(node: Any) -> Any:
    if isinstance(node, list):
        return [_short_strings_first(child) for child in node]
    if not isinstance(node, dict):
        return node
    result = {keyword: _short_strings_first(value) for keyword, value in node.items() if keyword != "x-rules"}
    limit = result.pop("x-max-bytes", None)
    if isinstance(limit, int):
        # A character takes at most four bytes.
        result["anyOf"] = [{"maxLength": limit // 4}, {"x-max-bytes": limit}]
    return result
