"""Keywords of the contract's own, one by one: whatever can't be read is one line, and the whole of it is held here."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.errors import PipelineError
from pipeline.shape import KEYWORDS, check_keywords, check_references

EVIDENCE = [{"source": "s", "date": "2026-11-22", "confidence": "I"}]
LIMIT = {"calls": 1, "seconds": 1, "x-evidence": EVIDENCE}
WARNING = {"id": "w", "when": {"required": ["a"]}, "en": "e", "zh": "z"}
NO_SCHEMA = "true and false are no schemas here: nothing can be generated from them"


def keywords(document: Any) -> str:
    with pytest.raises(PipelineError) as caught:
        check_keywords(document)
    return str(caught.value)


def references(document: Any) -> str:
    with pytest.raises(PipelineError) as caught:
        check_references(document)
    return str(caught.value)


def schema(**stated: Any) -> dict[str, Any]:
    return {"components": {"schemas": {"S": {"type": "object", **stated}}}}


def operation(**stated: Any) -> dict[str, Any]:
    return {"paths": {"/p": {"post": {"operationId": "op", **stated}}}}


def test_a_keyword_that_nobody_knows_is_told_with_those_that_there_are() -> None:
    line = keywords(schema(**{"x-max-byte": 5}))
    known = ", ".join(sorted(KEYWORDS))
    assert line == f"contract.components.schemas.S.x-max-byte: unknown keyword x-max-byte; known: {known}"


@pytest.mark.parametrize(
    ("stated", "says"),
    [
        ({"x-subject": 1}, "x-subject: must be text"),
        ({"x-description-zh": None}, "x-description-zh: must be text"),
        ({"x-summary-zh": ["z"]}, "x-summary-zh: must be text"),
        ({"x-effect": True}, "x-effect: must be text"),
        ({"x-max-bytes": 0}, "x-max-bytes: must be a whole number of bytes, at least 1"),
        ({"x-max-bytes": 1.0}, "x-max-bytes: must be a whole number of bytes, at least 1"),
        ({"x-bare-success": 1}, "x-bare-success: must be true, or not be there"),
        (
            {"x-evidence": []},
            "x-evidence: x-evidence must be a list of at least one {source, date, confidence}",
        ),
        ({"x-rules": []}, "x-rules: must be an object"),
        ({"x-rules": {"type": "a"}}, "x-rules.type: must be an object"),
        (
            {"x-rules": {"type": {"ids": "a"}}},
            "x-rules.type: unknown key ids; known: id, errcode, en, zh, fix, fix-zh, evidence",
        ),
        ({"x-rules": {"type": {"errcode": "1"}}}, "x-rules.type.errcode: must be a whole number"),
        (
            {"x-rules": {"type": {"evidence": []}}},
            "x-rules.type.evidence: x-evidence must be a list of at least one {source, date, confidence}",
        ),
        (
            {"x-rules": {"maxLength": {"id": "a"}}},
            "x-rules.maxLength: there is no maxLength beside it that it could speak of",
        ),
        (
            {"maximal": 1, "x-rules": {"maximal": {"id": "a"}}},
            "x-rules.maximal: there is no maximal beside it that it could speak of",
        ),
        (
            {"required": ["a", "b"], "x-rules": {"required": {"c": {"id": "a"}}}},
            "x-rules.required.c: speaks of no rule; there are: a, b",
        ),
        (
            {"discriminator": {}, "x-rules": {"discriminator": {"const": {"id": "a"}}}},
            "x-rules.discriminator.const: speaks of no rule; there are: type, required, enum",
        ),
        (
            {"discriminator": {}, "x-rules": {"discriminator": {"enum": {"name": "a"}}}},
            "x-rules.discriminator.enum: unknown key name; known: id, errcode, en, zh, fix, fix-zh, evidence",
        ),
        ({"required": ["a"], "x-rules": {"required": []}}, "x-rules.required: must be an object"),
        ({"x-warnings": []}, "x-warnings: must be a list of warnings"),
        ({"x-warnings": {}}, "x-warnings: must be a list of warnings"),
        *(
            (
                {"x-warnings": [WARNING, {k: v for k, v in WARNING.items() if k != key}]},
                f"x-warnings[1]: has no {key}",
            )
            for key in WARNING
        ),
        (
            {"x-warnings": [{**WARNING, "fields": "a"}]},
            "x-warnings[0]: unknown key fields; known: id, when, field, confirm, en, zh, x-evidence",
        ),
        ({"x-warnings": [{**WARNING, "field": 1}]}, "x-warnings[0].field: must be a text"),
        ({"x-warnings": [{**WARNING, "confirm": True}]}, "x-warnings[0].confirm: must be a text"),
        (
            {"x-warnings": [{**WARNING, "when": {"x-effects": "read"}}]},
            "x-warnings[0].when.x-effects: unknown keyword x-effects; known: " + ", ".join(sorted(KEYWORDS)),
        ),
        ({"properties": {"a": True}}, f"properties.a: {NO_SCHEMA}"),
        ({"$defs": {"a": False}}, f"$defs.a: {NO_SCHEMA}"),
        *(({key: True}, f"{key}: {NO_SCHEMA}") for key in ("items", "if", "then", "else", "not")),
        *(({key: [{}, False]}, f"{key}[1]: {NO_SCHEMA}") for key in ("allOf", "anyOf", "oneOf")),
        ({"x-frequency": [LIMIT]}, "x-frequency: stands at the root or at an operation"),
    ],
)
def test_what_stands_wrong_at_a_schema(stated: dict[str, Any], says: str) -> None:
    assert keywords(schema(**stated)) == f"contract.components.schemas.S.{says}"


@pytest.mark.parametrize(
    "stated",
    [
        {"x-max-bytes": 1, "x-bare-success": True, "x-subject": "", "x-effect": "read"},
        {"x-rules": {"type": {"id": "a", "errcode": 1, "en": "", "zh": "", "fix": "", "fix-zh": ""}}},
        {"required": ["a"], "x-rules": {"required": {"a": {"id": "a", "evidence": EVIDENCE}}}},
        {"anyOf": [{}], "x-rules": {"anyOf": {"id": "a"}}},
        {"x-warnings": [{**WARNING, "field": "a", "confirm": "sure", "x-evidence": EVIDENCE}]},
        {"properties": {"x-own": {}, "items": {}, "not": {}, "x-rules": {"type": "string"}}},
        {"additionalProperties": False, "uniqueItems": True, "deprecated": True},
        {"example": {"x-any": True, "items": True}, "default": {"x-any": 1}, "const": {"x-any": 1}},
        {"enum": [{"x-any": 1}, True], "examples": [{"x-any": 1}]},
        {"x-sources": {"a": {"title": "t"}, "b": {"title": "t", "url": "u"}}},
    ],
)
def test_what_stands_right_at_a_schema(stated: dict[str, Any]) -> None:
    check_keywords(schema(**stated))


@pytest.mark.parametrize(
    ("stated", "says"),
    [
        ([], ": must be a list of limits"),
        ({}, ": must be a list of limits"),
        ([LIMIT, 1], "[1]: must be an object"),
        *(
            ([LIMIT, {k: v for k, v in LIMIT.items() if k != key}], f"[1]: has no {key}")
            for key in ("calls", "seconds", "x-evidence")
        ),
        *(([{**LIMIT, key: 0}], f"[0].{key}: must be at least 1") for key in ("calls", "seconds")),
        ([{**LIMIT, "calls": "1"}], "[0].calls: must be a whole number"),
        ([{**LIMIT, "days": 1}], "[0]: unknown key days; known: calls, seconds, x-evidence"),
        ([{**LIMIT, "x-evidence": {}}], "[0].x-evidence: must be a list"),
    ],
)
def test_what_stands_wrong_in_a_frequency(stated: Any, says: str) -> None:
    assert keywords(operation(**{"x-frequency": stated})) == f"contract.paths./p.post.x-frequency{says}"


def test_a_frequency_stands_at_the_root_or_at_an_operation() -> None:
    check_keywords({"x-frequency": [LIMIT], "paths": {}})
    check_keywords(operation(**{"x-frequency": [LIMIT, LIMIT]}))


@pytest.mark.parametrize(
    ("stated", "says"),
    [
        ([], ": must be an object"),
        ({"a": "t"}, ".a: must be an object"),
        ({"a": {"url": "u"}}, ".a: has no title"),
        ({"a": {"title": "t", "link": "u"}}, ".a: unknown key link; known: title, url"),
    ],
)
def test_what_stands_wrong_in_the_sources(stated: Any, says: str) -> None:
    assert keywords({"x-sources": stated}) == f"contract.x-sources{says}"


def union(**changed: Any) -> dict[str, Any]:
    def kind(tag: str) -> dict[str, Any]:
        return {"type": "object", "required": ["k"], "properties": {"k": {"const": tag}}}

    either = {
        "oneOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}],
        "discriminator": {
            "propertyName": "k",
            "mapping": {"a": "#/components/schemas/A", "b": "#/components/schemas/B"},
        },
    }
    return {"components": {"schemas": {"U": either, "A": kind("a"), "B": kind("b"), **changed}}}


SAME = "components.schemas.U: oneOf and the mapping of the discriminator must name the same schemas"
REFERENCE = {"$ref": "#/components/schemas/A"}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"U": {"oneOf": [REFERENCE], "discriminator": {"propertyName": "k"}}}, SAME),
        ({"U": {"oneOf": [REFERENCE], "discriminator": {"propertyName": "k", "mapping": {}}}}, SAME),
        ({"U": {"discriminator": {"propertyName": "k", "mapping": {"a": REFERENCE["$ref"]}}}}, SAME),
        (
            {"U": {"oneOf": [{}], "discriminator": {"propertyName": "k", "mapping": {"a": "x"}}}},
            SAME,
        ),
        ({"B": {}}, "components.schemas.B: must be an object that requires k"),
        ({"B": {"type": "object"}}, "components.schemas.B: must be an object that requires k"),
        (
            {"B": {"type": "string", "required": ["k"]}},
            "components.schemas.B: must be an object that requires k",
        ),
        (
            {"B": {"type": "object", "required": ["k"]}},
            "components.schemas.B.k: must be the const b, as components.schemas.U says",
        ),
        (
            {"B": {"type": "object", "required": ["k"], "properties": {"k": {"type": "string"}}}},
            "components.schemas.B.k: must be the const b, as components.schemas.U says",
        ),
        (
            {"B": {"type": "object", "required": ["k"], "properties": {"k": {"const": "a"}}}},
            "components.schemas.B.k: must be the const b, as components.schemas.U says",
        ),
    ],
)
def test_a_union_names_its_kinds_and_they_their_tags(changed: dict[str, Any], says: str) -> None:
    check_keywords(union())
    assert keywords(union(**changed)) == says


@pytest.mark.parametrize(
    ("stated", "says"),
    [
        ({"items": {"$ref": "#/components/schemas/T"}}, ".items: $ref #/components/schemas/T"),
        ({"allOf": [{}, {"$ref": "S"}]}, ".allOf[1]: $ref S"),
        ({"$ref": 7}, ": $ref 7"),
        ({"discriminator": {"mapping": {"a": "T"}}}, ".discriminator.mapping.a: T"),
    ],
)
def test_a_reference_names_a_schema(stated: dict[str, Any], says: str) -> None:
    line = references(schema(**stated))
    assert line == f"contract.components.schemas.S{says} names no schema of this document"


def test_a_reference_in_data_is_none() -> None:
    check_references(schema(example={"$ref": "x"}, items={"$ref": "#/components/schemas/S"}))
    check_references(schema(discriminator={"mapping": {"a": "#/components/schemas/S"}}))
    check_references({})


@pytest.mark.parametrize("components", [None, [], {}, {"schemas": None}])
def test_without_schemas_a_reference_names_none(components: Any) -> None:
    line = references({"components": components, "paths": {"$ref": "#/components/schemas/S"}})
    assert line == "contract.paths: $ref #/components/schemas/S names no schema of this document"
