"""Every rule of a contract as one row of a table: for people, for comparison, for the package."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.errors import PipelineError
from pipeline.openapi_document import operations, schema_name
from pipeline.request import body_schema

SHOWN = frozenset(
    "type enum const minLength maxLength x-max-bytes x-span pattern minItems maxItems uniqueItems "
    "minimum maximum".split()
)
"""Keywords whose value is the rule's limit."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One constraint of a request, or one warning."""

    id: str
    operation: str
    """The first operation of the contract that it belongs to; rules of a shared object belong to several."""
    place: str
    """Schema and property: ``Link.title``."""
    keyword: str
    limit: Any
    """The constraint's value; None where the words of the rule say it all."""
    errcode: int | None
    en: str
    zh: str
    evidence: tuple[Mapping[str, str], ...]
    confirm: str | None = None
    condition: str | None = None
    """For a rule between fields and for a warning: the schema that says it, as JSON."""


def rule_table(contract: Mapping[str, Any]) -> dict[str, Rule]:
    """All rules and warnings by id, in the order of the contract.

    Raises:
        PipelineError: one id stands for two rules.
    """
    table: dict[str, Rule] = {}
    schemas = contract["components"]["schemas"]
    for _, _, operation in operations(contract):
        seen: set[str] = set()
        for rule in _of_operation(operation, schemas, seen):
            known = table.setdefault(rule.id, rule)
            if (known.place, known.keyword) != (rule.place, rule.keyword):
                raise PipelineError(
                    f"rule {rule.id}",
                    f"stands for two rules, {known.keyword} of {known.place} and {rule.keyword} of {rule.place}",
                )
    return table


def _of_operation(operation: Mapping[str, Any], schemas: Mapping[str, Any], seen: set[str]) -> Iterator[Rule]:
    name = operation["operationId"]
    for parameter in operation.get("parameters", []):
        place = f"{name}.{parameter['name']}"
        if parameter.get("required"):
            entry = parameter["x-rules"]["required"]
            yield _rule(entry, name, place, "required", None, parameter)
        yield from _of_schema(parameter["schema"], name, place, schemas, seen, parameter)
    body = body_schema(operation)
    if body is not None:
        yield from _of_schema(body, name, "", schemas, seen)


def _of_schema(
    schema: Mapping[str, Any],
    operation: str,
    place: str,
    schemas: Mapping[str, Any],
    seen: set[str],
    holder: Mapping[str, Any] | None = None,
    condition: str | None = None,
) -> Iterator[Rule]:
    if "x-part" in schema:
        yield from _of_schema(schema["x-part"], operation, place, schemas, seen)
        return
    if "$ref" in schema:
        name = schema_name(schema["$ref"])
        if name not in seen:
            seen.add(name)
            yield from _of_schema(schemas[name], operation, name, schemas, seen)
        return
    for keyword, entry in schema.get("x-rules", {}).items():
        entries = [(None, entry)] if "id" in entry else list(entry.items())
        for key, one in entries:
            here = f"{place}.{key}" if keyword == "required" and key else place
            limit = (
                list(schema["discriminator"]["mapping"])
                if (keyword, key) == ("discriminator", "enum")
                else None
            )
            limit = schema[keyword] if keyword in SHOWN else limit
            yield _rule(one, operation, here, keyword, limit, holder or schema, condition)
    for warning in schema.get("x-warnings", []):
        yield Rule(
            id=warning["id"],
            operation=operation,
            place=place,
            keyword="x-warnings",
            limit=None,
            errcode=None,
            en=warning["en"],
            zh=warning["zh"],
            evidence=tuple(warning.get("x-evidence", schema.get("x-evidence", ()))),
            confirm=warning.get("confirm"),
            condition=_condition(warning["when"]),
        )
    for key, child in schema.get("properties", {}).items():
        yield from _of_schema(child, operation, f"{place}.{key}", schemas, seen, condition=condition)
    if "items" in schema:
        yield from _of_schema(schema["items"], operation, f"{place}[]", schemas, seen)
    for part in schema.get("oneOf", []):
        yield from _of_schema(part, operation, place, schemas, seen)
    for part in schema.get("allOf", []):
        yield from _of_schema(part, operation, place, schemas, seen, condition=_condition(part))
    for keyword in ("then", "else"):
        if keyword in schema:
            yield from _of_schema(schema[keyword], operation, place, schemas, seen, condition=condition)


def _condition(schema: Any) -> str:
    return json.dumps(_bare(schema), ensure_ascii=False, sort_keys=True)


def _bare(node: Any) -> Any:
    if isinstance(node, Mapping):
        return {key: _bare(child) for key, child in node.items() if key not in ("x-rules", "x-evidence")}
    return [_bare(child) for child in node] if isinstance(node, list) else node


def _rule(
    entry: Mapping[str, Any],
    operation: str,
    place: str,
    keyword: str,
    limit: Any,
    schema: Mapping[str, Any],
    condition: str | None = None,
) -> Rule:
    return Rule(
        id=entry["id"],
        operation=operation,
        place=place,
        keyword=keyword,
        limit=limit,
        errcode=entry.get("errcode"),
        en=entry.get("en", ""),
        zh=entry.get("zh", ""),
        evidence=tuple(entry.get("evidence", schema.get("x-evidence", ()))),
        condition=condition,
    )
