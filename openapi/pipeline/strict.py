"""YAML and JSON without their surprises: no key twice, nothing that JSON can't say, no deeper than a person writes."""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

import yaml

MAX_DEPTH = 64
"""No document of an API is nested deeper. The C parser has no limit of its own: a deep enough text ends the process."""

MAX_VALUES = 1_000_000
"""Aliases written out. Ten lines of them can stand for more values than there is memory."""


class Unreadable(ValueError):
    """A text that is no document, or says something else than it seems to."""

    def __init__(self, problem: str, line: int | None = None) -> None:
        self.problem = problem
        self.line = line
        """Counted from 1; None where it isn't known."""
        super().__init__(problem)


_TAG = "tag:yaml.org,2002:"
_PLAIN = {
    "null": (re.compile(r"|~|null"), "write null, or put it in quotes"),
    "bool": (re.compile(r"true|false"), "write true or false, or put it in quotes"),
    "int": (re.compile(r"-?(0|[1-9][0-9]{0,18})"), "write a decimal number, or put it in quotes"),
    "float": (
        re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,2})?"),
        "write a decimal number, or put it in quotes",
    ),
}
"""How a value of each type has to be written. YAML 1.1 takes ``no`` for false, 010 for eight and 1:30 for ninety."""


def load_json(text: str) -> Any:
    """The JSON value in ``text``.

    Raises:
        Unreadable: no JSON, a key twice, NaN or Infinity, too deep.
    """
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
    except json.JSONDecodeError as error:
        raise Unreadable(f"not JSON: {error.msg}", error.lineno) from None
    except Unreadable:
        raise
    except ValueError:  # Python doesn't read an integer of thousands of digits
        raise Unreadable("holds a number that is too long") from None
    except RecursionError:
        raise Unreadable(f"is nested more than {MAX_DEPTH} levels deep") from None
    _check_json(value)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Unreadable(f"key {twice!r} stands twice")
    return result


def _constant(name: str) -> NoReturn:
    raise Unreadable(f"{name} is no JSON")


def _check_json(value: Any, depth: int = 1) -> None:
    if isinstance(value, str) and any("\ud800" <= letter <= "\udfff" for letter in value):
        raise Unreadable("holds half of a surrogate pair, which UTF-8 can't carry")
    if isinstance(value, float) and not math.isfinite(value):
        raise Unreadable("holds a number that is too large")
    if isinstance(value, (dict, list)):
        if depth > MAX_DEPTH:
            raise Unreadable(f"is nested more than {MAX_DEPTH} levels deep")
        for child in [*value, *value.values()] if isinstance(value, dict) else value:
            _check_json(child, depth + 1)


def load_yaml(text: str, *, number_keys: bool = False) -> Any:
    """The one document in ``text`` as plain data. Aliases are written out, so that no two places share a value.

    Args:
        text: YAML.
        number_keys: let a key be a whole number; otherwise every key must be text, as in JSON.

    Raises:
        Unreadable: no YAML, or YAML that means something else than it seems to.
    """
    try:
        _check_depth(text)
        loader = yaml.CSafeLoader(text)
        try:
            node = loader.get_single_node()
            return None if node is None else _Builder(loader, number_keys=number_keys).value(node, 1)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Unreadable(f"not YAML: {error.problem}", mark.line + 1 if mark else None) from None
    except yaml.reader.ReaderError as error:
        raise Unreadable(f"not YAML: {error.reason}", text.count("\n", 0, error.position) + 1) from None


def _check_depth(text: str) -> None:
    """Count brackets before anything is built from them: the events come one by one, whatever the depth."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise _error(event, f"is nested more than {MAX_DEPTH} levels deep")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


class _Builder:
    def __init__(self, loader: yaml.CSafeLoader, *, number_keys: bool) -> None:
        self.loader = loader
        self.number_keys = number_keys
        self.count = 0

    def value(self, node: yaml.Node, depth: int) -> Any:
        self.count += 1
        if self.count > MAX_VALUES:
            raise _error(node, f"holds more than {MAX_VALUES} values when its aliases are written out")
        if depth > MAX_DEPTH + 1:
            raise _error(
                node, f"is nested more than {MAX_DEPTH} levels deep when its aliases are written out"
            )
        if isinstance(node, yaml.MappingNode) and node.tag == f"{_TAG}map":
            return self.mapping(node, depth)
        if isinstance(node, yaml.SequenceNode) and node.tag == f"{_TAG}seq":
            return [self.value(child, depth + 1) for child in node.value]
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node)
        raise _error(node, f"has the tag {node.tag}, which JSON doesn't have")

    def mapping(self, node: yaml.MappingNode, depth: int) -> dict[str | int, Any]:
        result: dict[str | int, Any] = {}
        for key_node, value_node in node.value:
            key = self.scalar(key_node) if isinstance(key_node, yaml.ScalarNode) else None
            if not isinstance(key, str) and not (self.number_keys and type(key) is int):
                raise _error(key_node, "a key must be text; put it in quotes")
            if key in result:
                raise _error(key_node, f"key {key!r} stands twice")
            result[key] = self.value(value_node, depth + 1)
        return result

    def scalar(self, node: yaml.ScalarNode) -> Any:
        kind = node.tag.removeprefix(_TAG)
        if kind in ("str", "timestamp"):  # a date stays the text that was written
            return node.value
        pattern, advice = _PLAIN.get(kind, (None, ""))
        if pattern is None:
            raise _error(node, f"has the tag {node.tag}, which JSON doesn't have; put it in quotes")
        if not pattern.fullmatch(node.value):
            raise _error(node, f"{node.value[:40]!r} can be misread; {advice}")
        return self.loader.construct_object(node)


def _error(at: yaml.Node | yaml.Event, problem: str) -> Unreadable:
    return Unreadable(problem, at.start_mark.line + 1 if at.start_mark else None)
