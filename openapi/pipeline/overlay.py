"""Applies OpenAPI Overlay 1.1 documents, strictly.

The specification lets an action that selects nothing succeed. Here it is an error: a correction whose target is gone
corrects nothing, and nobody would notice. Every action says why it is there and what shows that it is right.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import jsonpath_rfc9535 as jsonpath

from pipeline.documents import read_yaml
from pipeline.errors import PipelineError
from pipeline.evidence import check_evidence, is_date, stamp

VERSIONS = ("1.0.0", "1.1.0")
EXTENSIONS = ("x-name", "x-why", "x-evidence", "x-expect", "x-fixed-in")
KINDS = ("update", "remove", "copy")
LIMITS = frozenset(
    "type const default minimum maximum minLength maxLength x-max-bytes pattern minItems maxItems uniqueItems format "
    "additionalProperties".split()
)
"""Keywords whose value a newer page may know better than an older correction."""
SILENT = ("x-rules", "x-evidence")
"""Keywords of ours that no vendor document has: whether an action is still needed is judged without them."""

Location = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """One correction."""

    name: str
    file: str
    target: str
    kind: str
    value: Any
    """What to merge (update), the path of what to merge (copy), or None (remove)."""
    why: str
    evidence: Sequence[Mapping[str, str]]
    expect: int | None
    fixed_in: str | None
    """The capture from which on the vendor's page says it itself."""

    @property
    def where(self) -> str:
        """The correction as an error names it."""
        return self.name if self.name.startswith(f"{self.file} ") else f"{self.file} {self.name}"


class Outcome(Enum):
    """What an action did."""

    APPLIED = "applied"
    UNNECESSARY = "unnecessary"


@dataclass(frozen=True, slots=True)
class Applied:
    """An action and what became of it."""

    action: Action
    outcome: Outcome
    matched: int
    overruled: Sequence[str] = ()
    """What the page says otherwise, where the page is newer than all of the action's evidence."""


def read_overlay(path: Path, *, documented: bool = True) -> list[Action]:
    """The actions of an overlay file.

    Args:
        path: a YAML or JSON file.
        documented: demand ``x-name``, ``x-why`` and ``x-evidence`` of every action, as of a correction.

    Raises:
        PipelineError: unreadable, not an overlay, an unknown key, an action that says nothing or two things at once.
    """
    document = read_yaml(path)
    file = path.name
    if not isinstance(document, dict):
        raise PipelineError(file, "not an overlay: it must be an object")
    for key in document:
        if key not in ("overlay", "info", "extends", "actions") and not key.startswith("x-"):
            raise PipelineError(file, f"unknown key {key}")
    if document.get("overlay") not in VERSIONS:
        raise PipelineError(
            file, f"overlay must be one of {', '.join(VERSIONS)}, not {document.get('overlay')!r}"
        )
    info = document.get("info")
    if not isinstance(info, dict) or not all(isinstance(info.get(key), str) for key in ("title", "version")):
        raise PipelineError(file, "info needs a title and a version")
    for key in info:
        if key not in ("title", "version", "description") and not key.startswith("x-"):
            raise PipelineError(file, f"unknown key info.{key}")
    if not isinstance(document.get("extends", ""), str):
        raise PipelineError(file, "extends must be an address")
    actions = document.get("actions")
    if not isinstance(actions, list) or not actions:
        raise PipelineError(file, "actions must be a list of at least one")
    return [_action(file, index, raw, documented) for index, raw in enumerate(actions)]


def _action(file: str, index: int, raw: Any, documented: bool) -> Action:
    where = f"{file} actions[{index}]"
    if not isinstance(raw, dict):
        raise PipelineError(where, "must be an object")
    where = f"{where} {raw.get('x-name', '')}".rstrip()
    for key in raw:
        if key not in ("target", "description", *KINDS, *EXTENSIONS):
            raise PipelineError(
                where, f"unknown key {key}; known: target, description, {', '.join((*KINDS, *EXTENSIONS))}"
            )
    if not isinstance(raw.get("target"), str):
        raise PipelineError(where, "target must be a JSONPath")
    if not isinstance(raw.get("description", ""), str):
        raise PipelineError(where, "description must be text")
    kinds = [kind for kind in KINDS if kind in raw and not (kind == "remove" and raw["remove"] is False)]
    if len(kinds) != 1:
        raise PipelineError(
            where, f"must have one of update, remove: true and copy, not {' and '.join(kinds) or 'none'}"
        )
    if kinds == ["remove"] and raw["remove"] is not True:
        raise PipelineError(where, "remove must be true or false")
    if kinds == ["copy"] and not isinstance(raw["copy"], str):
        raise PipelineError(where, "copy must be a JSONPath")
    for key, kind in (("x-name", str), ("x-why", str), ("x-fixed-in", str), ("x-expect", int)):
        if key in raw and type(raw[key]) is not kind:
            raise PipelineError(where, f"{key} must be {'text' if kind is str else 'a number'}")
    for key in ("x-name", "x-why"):
        if key in raw and not raw[key].strip():
            raise PipelineError(where, f"{key} is empty")
    if raw.get("x-expect", 1) < 1:
        raise PipelineError(where, "x-expect must be at least 1: a target that matches nothing is an error")
    if "x-fixed-in" in raw:
        _check_fixed_in(where, raw["x-fixed-in"], kinds[0])
    if documented:
        for key in ("x-name", "x-why", "x-evidence"):
            if key not in raw:
                raise PipelineError(where, f"has no {key}")
        check_evidence(where, raw["x-evidence"])
    return Action(
        name=raw.get("x-name", f"{file} actions[{index}]"),
        file=file,
        target=raw["target"],
        kind=kinds[0],
        value=raw.get(kinds[0]) if kinds[0] != "remove" else None,
        why=raw.get("x-why", ""),
        evidence=raw.get("x-evidence", []),
        expect=raw.get("x-expect"),
        fixed_in=raw.get("x-fixed-in"),
    )


def _check_fixed_in(where: str, capture: str, kind: str) -> None:
    if not is_date(capture):
        raise PipelineError(where, "x-fixed-in must be the day of a capture, YYYY-MM-DD")
    if kind == "copy":
        raise PipelineError(where, "x-fixed-in can't stand beside copy: a page has nothing that could say it")


def apply(document: Any, actions: Sequence[Action], capture: str = "") -> tuple[Any, list[Applied]]:
    """Apply actions in their order to a copy of ``document``.

    Args:
        document: the document to correct; it stays as it is.
        actions: the corrections.
        capture: the date of the vendor document, held against ``x-fixed-in``.

    Returns:
        The corrected document, and what each action did.

    Raises:
        PipelineError: a target selects nothing or another number of nodes than ``x-expect``, or nodes of different
            kinds; an update doesn't fit what it meets; a correction that a newer page made unnecessary is needed.
    """
    document = copy.deepcopy(document)
    names: dict[str, str] = {}
    results: list[Applied] = []
    for action in actions:
        if action.name in names:
            raise PipelineError(action.where, f"stands twice under this name, first in {names[action.name]}")
        names[action.name] = action.file
        results.append(_apply_one(document, action, capture))
    return document, results


def _apply_one(document: Any, action: Action, capture: str) -> Applied:
    nodes = _select(document, action.target, action.where)
    if action.fixed_in is not None and capture >= action.fixed_in:
        _check_fixed(nodes, action, capture)
        return Applied(action, Outcome.UNNECESSARY, len(nodes))
    if not nodes:
        raise PipelineError(action.where, f"target {action.target} matches nothing")
    if action.expect is not None and len(nodes) != action.expect:
        raise PipelineError(
            action.where, f"target {action.target} matches {len(nodes)} nodes, x-expect says {action.expect}"
        )
    if action.kind == "remove":
        # The last and the innermost first, so that the locations of the others stay true.
        for location, _ in sorted(nodes, key=_position, reverse=True):
            _remove(document, location, action.where)
        return Applied(action, Outcome.APPLIED, len(nodes))
    if len({_kind(value) for _, value in nodes}) > 1:
        raise PipelineError(action.where, f"target {action.target} matches nodes of different kinds")
    value = action.value if action.kind == "update" else _source(document, action)
    # A copy only moves what has its evidence already, and what a newer page says needs none of ours.
    stamped = action.kind == "update" and action.fixed_in is None
    needed = False
    newer = bool(action.evidence) and all(entry["date"] < capture for entry in action.evidence)
    overruled: list[str] = []
    for location, old in nodes:
        if newer:
            overruled += _differing(old, _plain(value), location)
        new = stamp(value, location, action.evidence) if stamped else value
        needed = needed or not _contains(old, _plain(value))
        # The target itself may be an array that one entry is appended to; inside an update that is an error.
        new = copy.deepcopy([new] if isinstance(old, list) and not isinstance(new, list) else new)
        _put(document, location, _merge(old, new, action.where))
    return Applied(action, Outcome.APPLIED if needed else Outcome.UNNECESSARY, len(nodes), overruled)


def _select(document: Any, path: str, where: str) -> list[tuple[Location, Any]]:
    try:
        found = jsonpath.find(path, document)
    except (jsonpath.JSONPathError, RecursionError) as error:
        raise PipelineError(where, f"{path[:200]} is no JSONPath (RFC 9535): {_said(error)}") from None
    # A path may select a node more than once; it is one node all the same.
    return list({node.location: node.value for node in found}.items())


def _position(node: tuple[Location, Any]) -> list[tuple[int, str]]:
    """Sorts nodes so that an outer one stands before an inner one, and an element before the next."""
    return [(step, "") if isinstance(step, int) else (-1, step) for step in node[0]]


def _said(error: Exception) -> str:
    """What the parser says. At the end of a path it fails to find the token that it wants to show."""
    try:
        return str(error)
    except IndexError:
        return str(error.args[0]) if error.args else type(error).__name__


def _source(document: Any, action: Action) -> Any:
    nodes = _select(document, action.value, action.where)
    if len(nodes) != 1:
        raise PipelineError(action.where, f"copy {action.value} must match one node, not {len(nodes)}")
    return copy.deepcopy(nodes[0][1])


def _check_fixed(nodes: Sequence[tuple[Location, Any]], action: Action, capture: str) -> None:
    if action.kind == "remove":
        if nodes:
            raise PipelineError(
                action.where, f"x-fixed-in {action.fixed_in}, but the page of {capture} needs it again"
            )
        return
    if not nodes or not all(_contains(old, _plain(action.value)) for _, old in nodes):
        raise PipelineError(
            action.where, f"x-fixed-in {action.fixed_in}, but the page of {capture} doesn't say it"
        )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(child) for key, child in value.items() if key not in SILENT}
    return [_plain(child) for child in value] if isinstance(value, list) else value


def _contains(old: Any, new: Any) -> bool:
    """Whether ``old`` says all that ``new`` says."""
    if isinstance(old, dict) and isinstance(new, dict):
        return all(key in old and _contains(old[key], value) for key, value in new.items())
    if isinstance(old, list):
        return all(
            any(_contains(have, want) for have in old) for want in (new if isinstance(new, list) else [new])
        )
    return type(old) is type(new) and bool(old == new)


def _differing(old: Any, new: Any, location: Location) -> Iterator[str]:
    """Each limit that ``old`` has and ``new`` sets to something else, with both values."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in new:
            if key in old:
                yield from _differing(old[key], new[key], (*location, key))
    elif location and location[-1] in LIMITS and not isinstance(new, (dict, list)) and old != new:
        yield f"says {'.'.join(str(step) for step in location[-2:])} {old!r}, newer than the {new!r} of"


def _kind(value: Any) -> str:
    return "object" if isinstance(value, dict) else "array" if isinstance(value, list) else "primitive"


def _merge(old: Any, new: Any, where: str) -> Any:
    """``new`` merged into ``old`` as Overlay 1.1 has it: objects by key, arrays end to end, primitives replaced.

    Any other pair is an error.
    """
    if isinstance(old, dict):
        if not isinstance(new, dict):
            raise PipelineError(where, f"can't merge {_kind(new)} into an object")
        for key, value in new.items():
            old[key] = _merge(old[key], value, where) if key in old else value
        return old
    if isinstance(old, list):
        if not isinstance(new, list):
            raise PipelineError(where, f"can't merge {_kind(new)} into an array")
        old.extend(new)
        return old
    if isinstance(new, (dict, list)):
        raise PipelineError(where, f"can't merge {_kind(new)} into the value {str(old)[:40]!r}")
    return new


def _parent(document: Any, location: Location, where: str) -> Any:
    if not location:
        raise PipelineError(where, "the whole document can't be removed")
    for step in location[:-1]:
        document = document[step]
    return document


def _remove(document: Any, location: Location, where: str) -> None:
    del _parent(document, location, where)[location[-1]]


def _put(document: Any, location: Location, value: Any) -> None:
    if location:
        for step in location[:-1]:
            document = document[step]
        document[location[-1]] = value


def unnecessary(results: Sequence[Applied]) -> Iterator[str]:
    """A line for every correction that the vendor's page made unnecessary, by name."""
    for result in results:
        if result.outcome is Outcome.UNNECESSARY:
            yield f"no longer needed: {result.action.name} ({result.action.file})"


def overruled(results: Sequence[Applied]) -> Iterator[str]:
    """A line for every limit of the page that an older correction replaces: the correction may have had its day."""
    for result in results:
        for what in result.overruled:
            yield f"{what} {result.action.name} ({result.action.file})"
