"""The shape of our own keywords, and the references: checked before anything reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from keyword import iskeyword
from typing import Any

from pipeline.errors import PipelineError, kind_of
from pipeline.evidence import check_evidence
from pipeline.rules import CONDITIONS, WORDS

ENTRY = {"id": str, "errcode": int, "en": str, "zh": str, "fix": str, "fix-zh": str, "evidence": list}
"""The keys of a rule's entry in ``x-rules``."""

WARNING = {"id": str, "when": dict, "field": str, "confirm": str, "en": str, "zh": str, "x-evidence": list}
"""The keys of a warning in ``x-warnings``."""

SOURCE = {"title": str, "url": str}
"""The keys of a source in ``x-sources``."""

SPAN = {"from": str, "to": str, "seconds": int}
"""The keys of ``x-span``: two times in seconds, and how far the second may be after the first."""

VALUES = {"class": str, "values": list}
"""The keys of ``x-values``: numbers of an answer that have a name, where others may come."""

VALUE = {"value": int, "name": str, "en": str, "zh": str}
"""The keys of one such number."""

CLASS = re.compile("[A-Z][A-Za-z0-9]*")
VALUE_NAME = re.compile("[A-Z][A-Z0-9_]*")
"""How such a class and its members may be called: an enum takes some names with underscores for its own."""

PAGINATION = {"cursor": str, "next": str, "rows": str, "limit": str, "window": dict}
"""The keys of ``x-pagination``: fields of the request (cursor, limit) and of the answer (next, rows)."""

FREQUENCY = {"calls": int, "seconds": int, "x-evidence": list}
"""The keys of a limit in ``x-frequency``: so many calls within so long. At the root they hold for the calls of each
operation, at an operation for its own calls beside those."""

WINDOW = {"from": str, "to": str, "seconds": int, "key": str}
"""The keys of a pagination's window: the fields of a period that is asked for in parts this long, and the field of a
row that tells rows apart, so that one on the border of two parts comes once."""

RETRY = {"repeat": str, "en": str, "zh": str, "evidence": list}
"""The keys of ``x-retry``: whether a call may be made again after one of which nobody knows what became, and why."""

FAULT = {"outcome": str, "retry": str, "pause": int, "en": str, "zh": str, "evidence": list}
"""The keys of a fault in ``x-faults``: what became of a call that met it, whether another try may do better,
and before how many seconds it can't."""

FAULT_NAME = re.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*")

TEXTS = frozenset({"x-subject", "x-description-zh", "x-summary-zh", "x-effect"})
KEYWORDS = TEXTS | {
    "x-max-bytes",
    "x-span",
    "x-values",
    "x-pagination",
    "x-frequency",
    "x-bare-success",
    "x-retry",
    "x-faults",
    "x-part",
    "x-rules",
    "x-warnings",
    "x-evidence",
    "x-sources",
}
"""Every extension keyword that a contract may have. Another one is a slip of the pen, and would be passed over."""

DATA = frozenset({"example", "examples", "default", "const", "enum"})
"""Keywords whose value is data, or has nothing of ours in it."""

NAMED = frozenset({"properties", "schemas", "$defs"})
"""Keywords whose value has names for keys, and schemas for values."""

SCHEMAS = frozenset({"items", "schema", "if", "then", "else", "not"})
"""Keywords whose value is a schema."""

NO_SCHEMA = "true and false are no schemas here: nothing can be generated from them"

Node = Mapping[str, Any]


def check_references(document: Node) -> None:
    """Raise PipelineError unless every ``$ref`` names a schema of the document."""
    components = document.get("components", {})
    schemas = components.get("schemas") if isinstance(components, dict) else None
    _references(document, "contract", {f"#/components/schemas/{name}" for name in schemas or ()})


def check_keywords(document: Node) -> None:
    """Raise PipelineError unless every extension keyword is known and has the shape that its readers expect.

    The document is OpenAPI, and its references are right.
    """
    _keywords(document, "contract")
    for name, schema in document.get("components", {}).get("schemas", {}).items():
        if "discriminator" in schema:
            _check_union(schema, f"components.schemas.{name}", document["components"]["schemas"])


def _keywords(node: Any, where: str, *, names: bool = False) -> None:
    """``names``: the keys of this mapping are names of fields or schemas, and no keywords."""
    if isinstance(node, list):
        for index, child in enumerate(node):
            if isinstance(child, bool) and where.endswith((".allOf", ".anyOf", ".oneOf")):
                raise PipelineError(f"{where}[{index}]", NO_SCHEMA)
            _keywords(child, f"{where}[{index}]")
    if not isinstance(node, dict):
        return
    for key, value in node.items():
        here = f"{where}.{key}"
        if not names and key.startswith("x-"):
            _check_keyword(key, value, node, here)
        if isinstance(value, bool) and (names or key in SCHEMAS):
            raise PipelineError(
                here, "true and false are no schemas here: nothing can be generated from them"
            )
        if names or key not in DATA | KEYWORDS:
            _keywords(value, here, names=not names and key in NAMED)


def _references(node: Any, where: str, schemas: Set[str]) -> None:
    if isinstance(node, list):
        for index, child in enumerate(node):
            _references(child, f"{where}[{index}]", schemas)
    if not isinstance(node, dict):
        return
    for key, value in node.items():
        if key == "$ref" and not (isinstance(value, str) and value in schemas):
            raise PipelineError(where, f"$ref {value} names no schema of this document")
        if key == "mapping" and isinstance(value, dict):
            for name, reference in value.items():
                if reference not in schemas:
                    raise PipelineError(
                        f"{where}.mapping.{name}", f"{reference} names no schema of this document"
                    )
        if key not in DATA:
            _references(value, f"{where}.{key}", schemas)


def _check_keyword(key: str, value: Any, holder: Node, where: str) -> None:
    if key not in KEYWORDS:
        raise PipelineError(where, f"unknown keyword {key}; known: {', '.join(sorted(KEYWORDS))}")
    if key in TEXTS and not isinstance(value, str):
        raise PipelineError(where, "must be text")
    if key == "x-max-bytes" and (type(value) is not int or value < 1):
        raise PipelineError(where, "must be a whole number of bytes, at least 1")
    if key == "x-bare-success" and value is not True:
        raise PipelineError(where, "must be true, or not be there")
    if key == "x-evidence":
        check_evidence(where, value)
    if key == "x-rules":
        for name, entry in _mapping(value, where).items():
            for place, one in _entries(name, entry, holder, f"{where}.{name}"):
                _check_shape(one, ENTRY, (), place)
    if key == "x-warnings":
        if not isinstance(value, list) or not value:
            raise PipelineError(where, "must be a list of warnings")
        for index, warning in enumerate(value):
            _check_shape(warning, WARNING, ("id", "when", "en", "zh"), f"{where}[{index}]")
            _keywords(warning["when"], f"{where}[{index}].when", names=False)
    if key == "x-span":
        _check_span(value, holder, where)
    if key == "x-values":
        _check_values(value, holder, where)
    if key == "x-part":
        _check_part(value, holder, where)
    if key == "x-pagination":
        _check_pagination(value, holder, where)
    if key == "x-frequency":
        _check_frequency(value, holder, where)
    if key == "x-retry":
        _check_retry(value, holder, where)
    if key == "x-faults":
        _check_faults(value, holder, where)
    if key == "x-sources":
        for name, source in _mapping(value, where).items():
            _check_shape(source, SOURCE, ("title",), f"{where}.{name}")


def _check_span(value: Any, holder: Node, where: str) -> None:
    _check_shape(value, SPAN, tuple(SPAN), where)
    if value["seconds"] < 1:
        raise PipelineError(f"{where}.seconds", "must be at least 1")
    for key in ("from", "to"):
        if value[key] not in holder.get("properties", {}):
            raise PipelineError(f"{where}.{key}", f"there is no property {value[key]} beside it")


def _check_pagination(value: Any, holder: Node, where: str) -> None:
    _check_shape(value, PAGINATION, ("cursor", "next", "rows", "limit"), where)
    if "operationId" not in holder:
        raise PipelineError(where, "stands at an operation")
    if "window" in value:
        _check_shape(value["window"], WINDOW, tuple(WINDOW), f"{where}.window")
        if value["window"]["seconds"] < 1:
            raise PipelineError(f"{where}.window.seconds", "must be at least 1")


def _check_frequency(value: Any, holder: Node, where: str) -> None:
    if "operationId" not in holder and "paths" not in holder:
        raise PipelineError(where, "stands at the root or at an operation")
    if not isinstance(value, list) or not value:
        raise PipelineError(where, "must be a list of limits")
    for index, limit in enumerate(value):
        _check_shape(limit, FREQUENCY, tuple(FREQUENCY), f"{where}[{index}]")
        for key in ("calls", "seconds"):
            if limit[key] < 1:
                raise PipelineError(f"{where}[{index}].{key}", "must be at least 1")


def _check_retry(value: Any, holder: Node, where: str) -> None:
    _check_shape(value, RETRY, tuple(RETRY), where)
    if "operationId" not in holder:
        raise PipelineError(where, "stands at an operation")
    _check_word(value, "repeat", ("safe", "unsafe"), where)


def _check_faults(value: Any, holder: Node, where: str) -> None:
    if "openapi" not in holder:
        raise PipelineError(where, "stands at the contract itself")
    for name, fault in _mapping(value, where).items():
        if not FAULT_NAME.fullmatch(str(name)):
            raise PipelineError(
                f"{where}.{name}", "must have a name of small letters, with hyphens between words"
            )
        _check_shape(fault, FAULT, tuple(key for key in FAULT if key != "pause"), f"{where}.{name}")
        _check_word(fault, "outcome", ("not sent", "unknown"), f"{where}.{name}")
        _check_word(fault, "retry", ("never", "later"), f"{where}.{name}")
        if "pause" in fault and (fault["pause"] < 1 or fault["retry"] != "later"):
            raise PipelineError(f"{where}.{name}.pause", "must be at least 1 second, and retry later")


def _check_word(value: Node, key: str, words: tuple[str, ...], where: str) -> None:
    if value[key] not in words:
        raise PipelineError(f"{where}.{key}", f"must be {' or '.join(words)}")


def _check_part(value: Any, holder: Node, where: str) -> None:
    """``x-part`` names the object by which a file of a form is judged: its name, its size, its content type."""
    if (holder.get("type"), holder.get("format")) != ("string", "binary"):
        raise PipelineError(where, "stands at a string with the format binary: the file of a form")
    if not isinstance(value, dict) or set(value) != {"$ref"}:
        raise PipelineError(where, "must be a $ref to the object that describes the file")


def _check_values(value: Any, holder: Node, where: str) -> None:
    _check_shape(value, VALUES, tuple(VALUES), where)
    if holder.get("type") != "integer":
        raise PipelineError(where, "stands at an integer")
    if not CLASS.fullmatch(value["class"]) or iskeyword(value["class"]) or not value["values"]:
        raise PipelineError(where, "needs the name of a class, and values")
    for index, one in enumerate(value["values"]):
        _check_shape(one, VALUE, tuple(VALUE), f"{where}.values[{index}]")
        if not VALUE_NAME.fullmatch(one["name"]):
            raise PipelineError(f"{where}.values[{index}].name", "must be an identifier in capitals")
    for key in ("value", "name"):
        if len({one[key] for one in value["values"]}) != len(value["values"]):
            raise PipelineError(where, f"has a {key} twice")


def _entries(keyword: str, entry: Any, holder: Node, where: str) -> Iterator[tuple[str, Any]]:
    """The entries under one keyword of x-rules: one for each field of a list of required ones, else one alone."""
    if keyword not in (*WORDS, *CONDITIONS, "required", "discriminator") or keyword not in holder:
        raise PipelineError(where, f"there is no {keyword} beside it that it could speak of")
    if keyword != "discriminator" and not (keyword == "required" and isinstance(holder["required"], list)):
        yield where, entry
        return
    known = ("type", "required", "enum") if keyword == "discriminator" else tuple(holder["required"])
    for name, one in _mapping(entry, where).items():
        if name not in known:
            raise PipelineError(f"{where}.{name}", f"speaks of no rule; there are: {', '.join(known)}")
        yield f"{where}.{name}", one


def _mapping(value: Any, where: str) -> Node:
    if not isinstance(value, dict):
        raise PipelineError(where, "must be an object")
    return value


def _check_shape(value: Any, keys: Mapping[str, type], required: tuple[str, ...], where: str) -> None:
    for key, one in _mapping(value, where).items():
        if key not in keys:
            raise PipelineError(where, f"unknown key {key}; known: {', '.join(keys)}")
        if type(one) is not keys[key]:
            raise PipelineError(f"{where}.{key}", f"must be {kind_of(keys[key])}")
        if key in ("evidence", "x-evidence"):
            check_evidence(f"{where}.{key}", one)
    for key in required:
        if key not in value:
            raise PipelineError(where, f"has no {key}")


def _check_union(schema: Node, where: str, schemas: Node) -> None:
    tag = schema["discriminator"]["propertyName"]
    mapping = schema["discriminator"].get("mapping", {})
    if not mapping or [one.get("$ref") for one in schema.get("oneOf", [])] != list(mapping.values()):
        raise PipelineError(where, "oneOf and the mapping of the discriminator must name the same schemas")
    for value, reference in mapping.items():
        name = reference.rsplit("/", 1)[-1]
        variant = schemas[name]
        if variant.get("type") != "object" or tag not in variant.get("required", []):
            raise PipelineError(f"components.schemas.{name}", f"must be an object that requires {tag}")
        if variant.get("properties", {}).get(tag, {}).get("const") != value:
            raise PipelineError(
                f"components.schemas.{name}.{tag}", f"must be the const {value}, as {where} says"
            )
