"""One schema for speed: what it accepts is certainly in order, and nearly every body is accepted by it."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]


def quick(request: Schema, warnings: Schema | None) -> Schema:
    """A schema that accepts no body with an error or a warning, and refuses few others.

    It has none of the contract's own keywords: a validator that may call into Python takes half as long again for
    every string of a body. So a byte limit becomes lengths that are surely within it, and rules and warnings are
    judged in one pass, and of a union the members are tried until one fits, where the rules ask each of them. A body
    that is refused here is judged by the real rules, which may find nothing.
    """
    parts = [request] if warnings is None else [request, warnings]
    definitions = {name: schema for part in parts for name, schema in part.get("$defs", {}).items()}
    roots = [{keyword: value for keyword, value in part.items() if keyword != "$defs"} for part in parts]
    merged: Schema = _plain({"allOf": roots, "$defs": definitions})
    return merged


def _plain(node: Any) -> Any:
    if isinstance(node, list):
        return [_plain(child) for child in node]
    if not isinstance(node, dict):
        return node
    if "x-warning" in node:
        return False
    result = {keyword: _plain(value) for keyword, value in node.items() if keyword != "x-rules"}
    if "anyOf" not in result and _is_choice(node.get("allOf")):
        result["anyOf"] = [{"allOf": [one["if"], one["then"]]} for one in result.pop("allOf")]
    span = result.pop("x-span", None)
    if span is not None:
        # Arithmetic is beyond these keywords: a body that has both times is judged by the rules.
        result["not"] = {"required": [span["from"], span["to"]]}
    limit = result.pop("x-max-bytes", None)
    if isinstance(limit, int):
        # A character takes at most four bytes of UTF-8, one below U+10000 three, one of ASCII one.
        result["anyOf"] = [
            {"maxLength": limit // 4},
            {"maxLength": limit // 3, "pattern": "^[\\u0000-\\uffff]*$"},
            {"maxLength": limit, "pattern": "^[\\u0000-\\u007f]*$"},
        ]
    return result


def _is_choice(parts: Any) -> bool:
    """Whether these are a choice by tag: each ``if`` wants another value of one field, and so excludes the others."""
    if not isinstance(parts, list) or not all(
        isinstance(part, dict) and part.keys() == {"if", "then"} and isinstance(part["if"], dict) for part in parts
    ):
        return False
    tags = [part["if"].get("properties", {}) for part in parts]
    if not all(
        tag.keys() == tags[0].keys()
        and len(tag) == 1
        and part["if"].get("required") == [*tag]
        and [*map(list, tag.values())] == [["const"]]
        for tag, part in zip(tags, parts, strict=True)
    ):
        return False
    values = [constant["const"] for tag in tags for constant in tag.values()]
    return all(isinstance(value, str) for value in values) and len(set(values)) == len(values) > 1
