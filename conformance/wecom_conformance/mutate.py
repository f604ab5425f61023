"""Makes faulty contracts out of a right one, each with one change, to see whether a table of vectors notices.

Only what decides over a request is changed: the schemas that an operation's body or query parameters reach.
What a schema tells people or generators (``description``, ``default``, ``discriminator``) makes no verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from wecom_conformance.engine import operations, resolve

LIMITS = ("minLength", "maxLength", "x-max-bytes", "minItems", "maxItems", "minimum", "maximum")
LISTS = ("allOf", "anyOf", "oneOf")
SINGLES = ("items", "not", "if", "then", "else")

Step = str | int
Pointer = tuple[Step, ...]
Schema = Mapping[str, Any]

GONE: Any = object()


@attrs.frozen
class Change:
    """One change of one node: what a keyword holds afterwards.

    Attributes:
        operator: what is done, in a word.
        keyword: the key of the node that gets another value.
        value: the new value; ``GONE`` takes the key away.
        detail: which part of the old value is meant, for the name.
    """

    operator: str
    keyword: str
    value: Any
    detail: Pointer = ()


@attrs.frozen
class Mutant:
    """A document with one fault.

    Attributes:
        operator: what was done, such as ``drop`` or ``+1``.
        pointer: JSON pointer to what was changed.
        operations: ids of the operations whose requests it may concern.
        document: the changed document; it shares what is unchanged with the original.
    """

    operator: str
    pointer: str
    operations: tuple[str, ...]
    document: Mapping[str, Any] = attrs.field(repr=False, eq=False)

    @property
    def name(self) -> str:
        """Operator and pointer: unique among the mutants of one document."""
        return f"{self.operator} {self.pointer}"


def mutants(document: Mapping[str, Any]) -> Iterator[Mutant]:
    """All mutants of the request schemas of an OpenAPI document, which itself is left as it is.

    Args:
        document: an OpenAPI 3.1 document as plain data.

    Raises:
        ContractError: a reference leads nowhere.
    """
    yield from _mutants(document, _reached(document))


def warning_mutants(document: Mapping[str, Any]) -> Iterator[Mutant]:
    """All mutants of the conditions (``when``) of the warnings at the request schemas of a document.

    The argument and the error are those of :func:`mutants`. A mutant warns of other
    things, and its verdicts stay.
    """
    conditions: dict[Pointer, list[str]] = {}
    for place, names in _reached(document).items():
        for index in range(len(_at(document, place).get("x-warnings", ()))):
            for name in names:
                _reach(document, (*place, "x-warnings", index, "when"), name, conditions)
    yield from _mutants(document, conditions)


def _mutants(document: Mapping[str, Any], reached: Mapping[Pointer, list[str]]) -> Iterator[Mutant]:
    for place, names in reached.items():
        node = _at(document, place)
        changes = _of_parameter(node) if _is_parameter(place) else _of_schema(node)
        for change in changes:
            changed = _put(document, (*place, change.keyword), change.value)
            pointer = _text((*place, change.keyword, *change.detail))
            yield Mutant(change.operator, pointer, tuple(names), changed)


# Where the request schemas are.


def _reached(document: Mapping[str, Any]) -> dict[Pointer, list[str]]:
    """Every schema node and query parameter that decides over requests, with its operations."""
    reached: dict[Pointer, list[str]] = {}
    for place, operation in _roots(document):
        _reach(document, place, operation, reached)
    return reached


def _roots(document: Mapping[str, Any]) -> Iterator[tuple[Pointer, str]]:
    """Body schemas and query parameters, each with the operation that has it."""
    for path, method, operation in operations(document):
        base: Pointer = ("paths", path)
        name = operation["operationId"]
        for kind in operation.get("requestBody", {}).get("content", ()):
            yield (*base, method, "requestBody", "content", kind, "schema"), name
        for place in ((*base, "parameters"), (*base, method, "parameters")):
            for index, parameter in enumerate(_at(document, place[:-1]).get("parameters", ())):
                target = _steps(parameter["$ref"]) if "$ref" in parameter else (*place, index)
                if _at(document, target)["in"] == "query":
                    yield target, name


def _reach(
    document: Mapping[str, Any], place: Pointer, operation: str, reached: dict[Pointer, list[str]]
) -> None:
    """Note ``operation`` at every node that it comes to from ``place``."""
    names = reached.setdefault(place, [])
    if operation in names:
        return
    names.append(operation)
    node = _at(document, place)
    for child in _children(node, place):
        _reach(document, child, operation, reached)


def _children(node: Schema, place: Pointer) -> Iterator[Pointer]:
    if _is_parameter(place):
        yield (*place, "schema")
        return
    if "x-part" in node:
        yield (*place, "x-part")  # what describes the file is judged, and not the file
        return
    if "$ref" in node:
        yield _steps(node["$ref"])
    for name in node.get("properties", ()):
        yield (*place, "properties", name)
    for keyword in LISTS:
        for index in range(len(node.get(keyword, ()))):
            yield (*place, keyword, index)
    for keyword in SINGLES:
        if keyword in node:
            yield (*place, keyword)


def _is_parameter(place: Pointer) -> bool:
    return place[-2] == "parameters"


# What can be done to a node.


def _of_parameter(parameter: Mapping[str, Any]) -> Iterator[Change]:
    required = bool(parameter.get("required"))
    yield Change("drop" if required else "add", "required", not required)
    yield Change("rename", "name", f"{parameter['name']}_")
    yield Change("drop", "in", "header", (parameter["name"],))


def _of_schema(node: Schema) -> Iterator[Change]:
    if "x-part" in node:
        return
    for keyword, value in node.items():
        if keyword in LIMITS:
            yield from _limit(keyword, value)
        elif keyword in LISTS:
            yield from _branches(keyword, value)
        elif keyword in ("not", "items", "then", "else", "$ref"):
            yield Change("drop", keyword, GONE)
        elif keyword in _MAKERS:
            yield from _MAKERS[keyword](node)


def _limit(keyword: str, value: Any) -> Iterator[Change]:
    yield Change("drop", keyword, GONE)
    yield Change("+1", keyword, value + 1)
    if value > 0 or keyword in ("minimum", "maximum"):
        yield Change("-1", keyword, value - 1)


def _branches(keyword: str, value: Sequence[Schema]) -> Iterator[Change]:
    for index in range(len(value)):
        yield Change("drop", keyword, _less(value, index), (index,))
    if keyword != "allOf" and len(value) > 1:
        yield Change("drop", keyword, GONE)


def _required(node: Schema) -> Iterator[Change]:
    for index, name in enumerate(node["required"]):
        yield Change("drop", "required", _less(node["required"], index), (name,))


def _properties(node: Schema) -> Iterator[Change]:
    properties, required = node["properties"], node.get("required", [])
    for name, schema in properties.items():
        rest = {other: value for other, value in properties.items() if other != name}
        yield Change("drop", "properties", rest, (name,))
        yield Change("rename", "properties", {**rest, f"{name}_": schema}, (name,))
        if name not in required:
            yield Change("add", "required", [*required, name], (name,))


def _enum(node: Schema) -> Iterator[Change]:
    values = node["enum"]
    yield Change("drop", "enum", GONE)
    for index, value in enumerate(values):
        yield Change("drop", "enum", _less(values, index), (value,))
    for extra in _neighbours(values):
        yield Change("add", "enum", [*values, extra], (extra,))


def _neighbours(values: Sequence[Any]) -> tuple[Any, Any]:
    """Two values of the same type as those of an enum, and like them."""
    if all(isinstance(value, int) for value in values):
        return min(values) - 1, max(values) + 1
    return "", str(values[0]).title()


def _const(node: Schema) -> Iterator[Change]:
    yield Change("drop", "const", GONE)
    yield Change("change", "const", f"{node['const']}_")


def _type(node: Schema) -> Iterator[Change]:
    kinds = [node["type"]] if isinstance(node["type"], str) else node["type"]
    yield Change("drop", "type", GONE)
    yield Change("add null", "type", [*kinds, "null"])


def _additional(node: Schema) -> Iterator[Change]:
    if node["additionalProperties"] is False:
        yield Change("drop", "additionalProperties", GONE)


def _pattern(node: Schema) -> Iterator[Change]:
    yield Change("drop", "pattern", GONE)
    if node["pattern"].startswith("^"):
        yield Change("unanchor", "pattern", node["pattern"][1:])


def _span(node: Schema) -> Iterator[Change]:
    limits = node["x-span"]
    yield Change("drop", "x-span", GONE)
    for operator, more in (("+1", 1), ("-1", -1)):
        yield Change(operator, "x-span", {**limits, "seconds": limits["seconds"] + more}, ("seconds",))
    yield Change("swap", "x-span", {**limits, "from": limits["to"], "to": limits["from"]})


def _if(node: Schema) -> Iterator[Change]:
    yield Change("drop", "if", GONE)
    yield Change("invert", "if", {"not": node["if"]})


_MAKERS: Mapping[str, Callable[[Schema], Iterator[Change]]] = {
    "required": _required,
    "properties": _properties,
    "enum": _enum,
    "const": _const,
    "type": _type,
    "additionalProperties": _additional,
    "pattern": _pattern,
    "if": _if,
    "x-span": _span,
}


def _less(values: Sequence[Any], index: int) -> Any:
    """The list without one item, or nothing: in most places JSON Schema allows no empty list."""
    return [*values[:index], *values[index + 1 :]] or GONE


# Pointers.


def _steps(reference: str) -> Pointer:
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in reference[2:].split("/"))


def _text(pointer: Pointer) -> str:
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in pointer)


def _at(document: Mapping[str, Any], pointer: Pointer) -> Any:
    return resolve(document, "#" + _text(pointer))


def _put(node: Any, pointer: Pointer, value: Any) -> Any:
    """A copy of ``node`` with another value at the pointer; only the way to it is copied."""
    step, rest = pointer[0], pointer[1:]
    if isinstance(node, Mapping):
        copy = dict(node)
        if not rest and value is GONE:
            del copy[str(step)]
        else:
            copy[str(step)] = _put(copy.get(str(step)), rest, value) if rest else value
        return copy
    parts = list(node)
    parts[int(step)] = _put(parts[int(step)], rest, value)
    return parts
