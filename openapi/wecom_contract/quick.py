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
    merged: Schema = _plain({"allOf": roots, "$defs": definitions}, definitions)
    return merged


def _plain(node: Any, definitions: Schema) -> Any:
    if isinstance(node, list):
        return [_plain(child, definitions) for child in node]
    if not isinstance(node, dict):
        return node
    if "x-warning" in node:
        return False
    result = {keyword: _plain(value, definitions) for keyword, value in node.items() if keyword != "x-rules"}
    if "anyOf" not in result and _is_choice(node.get("allOf"), definitions):
        result["anyOf"] = [one["then"] for one in result.pop("allOf")]
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


def _is_choice(parts: Any, definitions: Schema) -> bool:
    """Whether these are a choice by tag: each ``if`` wants another value of one field, and its ``then`` wants it too.

    So what fits one ``then`` fits the ``if`` of that one and of no other.
    """
    if not isinstance(parts, list) or len(parts) < 2:
        return False
    wanted = set()
    for part in parts:
        if not isinstance(part, dict) or part.keys() != {"if", "then"}:
            return False
        asked, member = part["if"], part["then"]
        if isinstance(member.get("$ref"), str):
            member = definitions.get(member["$ref"].removeprefix("#/$defs/"), {})
        tags = asked.get("properties", {})
        if len(tags) != 1 or asked.keys() - {"type", "required", "properties"}:
            return False
        ((tag, value),) = tags.items()
        given = member.get("properties", {}).get(tag)
        if value.keys() != {"const"} or not isinstance(value["const"], str) or not isinstance(given, dict):
            return False
        if given.get("const") != value["const"] or tag not in member.get("required", []):
            return False
        wanted.add((tag, value["const"]))
    return len(wanted) == len(parts) and len({tag for tag, _ in wanted}) == 1
