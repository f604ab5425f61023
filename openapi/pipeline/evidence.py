"""Evidence: where a correction comes from and how sure it is, carried from the correction to the rule."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pipeline.errors import PipelineError
from pipeline.openapi_document import METHODS
from pipeline.rules import CONDITIONS, WORDS

CONFIDENCE = {
    "V": "read on the vendor's own page",
    "M2": "two or more independent copies or typed SDKs say the same",
    "M1": "one copy or one SDK says so",
    "L": "somebody ran it against a real tenant and wrote the result down",
    "I": "inferred; written nowhere",
}
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def is_date(value: Any) -> bool:
    """Whether ``value`` is the text of a day, YYYY-MM-DD, that there is in the calendar."""
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def check_evidence(where: str, evidence: Any) -> None:
    """Raise PipelineError unless ``evidence`` is a list of at least one {source, date, confidence}."""
    if not isinstance(evidence, list) or not evidence:
        raise PipelineError(where, "x-evidence must be a list of at least one {source, date, confidence}")
    for entry in evidence:
        if not isinstance(entry, dict) or set(entry) - {"note"} != {"source", "date", "confidence"}:
            raise PipelineError(
                where, "x-evidence: each entry has source, date and confidence, and may have a note"
            )
        if not isinstance(entry["source"], str) or not entry["source"].split():
            raise PipelineError(
                where, "x-evidence: source must be the key of a source, or several with spaces between"
            )
        if not isinstance(entry["confidence"], str) or entry["confidence"] not in CONFIDENCE:
            known = ", ".join(f"{letter} ({meaning})" for letter, meaning in CONFIDENCE.items())
            raise PipelineError(where, f"x-evidence: confidence must be one of {known}")
        if not is_date(entry["date"]):
            raise PipelineError(where, "x-evidence: date must be a day, YYYY-MM-DD")
        if not isinstance(entry.get("note", ""), str):
            raise PipelineError(where, "x-evidence: a note must be text")


def stamp(value: Any, location: Sequence[str | int], evidence: Sequence[Mapping[str, str]]) -> Any:
    """A copy of what an action merges in, with the action's evidence at every rule and description in it.

    Args:
        value: the action's ``update``, to be merged at ``location``.
        location: the place in the document.
        evidence: the action's evidence.
    """
    value = copy.deepcopy(value)
    if evidence:
        _stamp(value, tuple(location), evidence)
    return value


def _stamp(value: Any, location: tuple[str | int, ...], evidence: Sequence[Mapping[str, str]]) -> None:
    if isinstance(value, dict):
        for key, child in value.items():
            if key not in ("example", "examples", "when", "if", "not", "anyOf", "x-sources", "x-rules"):
                _stamp(child, (*location, key), evidence)
        if not _takes_evidence(location):
            return
        for rule in _rules_of(value):
            rule.setdefault("evidence", copy.deepcopy(list(evidence)))
        if "description" in value or "when" in value or "discriminator" in value:
            value.setdefault("x-evidence", []).extend(copy.deepcopy(list(evidence)))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            _stamp(child, (*location, index), evidence)


def _rules_of(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The rule entry of every constraint that an update brings, made where it isn't there yet."""
    for keyword in (*WORDS, *CONDITIONS):
        if keyword in schema and not (keyword == "oneOf" and "discriminator" in schema):
            yield schema.setdefault("x-rules", {}).setdefault(keyword, {})
    required = schema.get("required", [])
    if required is True:  # a parameter
        yield schema.setdefault("x-rules", {}).setdefault("required", {})
    elif isinstance(required, list):
        for field in required:
            yield schema.setdefault("x-rules", {}).setdefault("required", {}).setdefault(field, {})


def _takes_evidence(location: tuple[str | int, ...]) -> bool:
    if len(location) < 2:
        return False
    parent, last = location[-2:]
    return (
        parent in ("properties", "schemas", "allOf", "x-warnings", "links", "securitySchemes", "parameters")
        or last in ("items", "then", "else", "schema")
        or (last in METHODS and "paths" in location[-3:-2])
    )


def check_sources(document: Mapping[str, Any]) -> None:
    """Raise PipelineError where the evidence in a contract names a source that ``x-sources`` doesn't have."""
    known = document.get("x-sources", {})
    for where, entry in _entries(document, ""):
        for source in entry["source"].split():
            if source not in known:
                raise PipelineError(
                    where, f"x-evidence names the source {source}, which x-sources doesn't have"
                )


def _entries(node: Any, where: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    if isinstance(node, dict):
        for key, child in node.items():
            if key in ("x-evidence", "evidence"):
                yield from ((where, entry) for entry in child)
            else:
                yield from _entries(child, f"{where}.{key}" if where else key)
    elif isinstance(node, list):
        for index, child in enumerate(node):
            yield from _entries(child, f"{where}[{index}]")
