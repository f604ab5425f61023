"""What is different between two contracts: one line for every operation, field and rule."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.rule_table import Rule, rule_table
from pipeline.rules import operations


def changes(old: Mapping[str, Any] | None, new: Mapping[str, Any]) -> Iterator[str]:
    """Lines for a person, operations first, then fields, then rules, then texts in one line.

    Args:
        old: the contract before, or None where there was none.
        new: the contract now.
    """
    if old is None:
        count = len(list(operations(new)))
        yield f"contract: new, {count} operations, {len(rule_table(new))} rules"
        return
    lines = [
        *_compare("operation", _operations(old), _operations(new)),
        *_compare("field", _fields(old), _fields(new)),
        *_compare("rule", _rules(old), _rules(new)),
        *_conditions(old, new),
        *_compare("server", _servers(old), _servers(new)),
    ]
    yield from lines
    if not lines and old != new:
        yield "contract: texts, examples or evidence changed"
    before, after = old["info"]["version"], new["info"]["version"]
    if before != after:
        yield f"version: {before} → {after}"


def _compare(kind: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    for name in [*old, *(name for name in new if name not in old)]:
        if name not in new:
            yield f"{kind} {name}: removed"
        elif name not in old:
            yield f"{kind} {name}: added{f' ({new[name]})' if new[name] else ''}"
        elif old[name] != new[name]:
            yield f"{kind} {name}: {old[name]} → {new[name]}"


def _operations(contract: Mapping[str, Any]) -> dict[str, str]:
    return {operation["operationId"]: f"{method} {path}" for path, method, operation in operations(contract)}


def _servers(contract: Mapping[str, Any]) -> dict[str, str]:
    return {server["url"]: "" for server in contract.get("servers", [])}


def _fields(contract: Mapping[str, Any]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for _, _, operation in operations(contract):
        for parameter in operation.get("parameters", []):
            fields[f"{operation['operationId']}.{parameter['name']}"] = _type(parameter["schema"])
    for name, schema in contract["components"]["schemas"].items():
        for key, child in schema.get("properties", {}).items():
            required = ", required" if key in _required(schema) else ""
            fields[f"{name}.{key}"] = f"{_type(child)}{required}"
    return fields


def _required(schema: Mapping[str, Any]) -> list[str]:
    return [*schema.get("required", []), *schema.get("then", {}).get("required", [])]


def _type(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "items" in schema:
        return f"list of {_type(schema['items'])}"
    kind = schema.get("type", "anything")
    return " or ".join(kind) if isinstance(kind, list) else str(kind)


def _rules(contract: Mapping[str, Any]) -> dict[str, str]:
    return {rule.id: _limit(rule) for rule in rule_table(contract).values()}


def _conditions(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    before, after = rule_table(old), rule_table(new)
    for name, rule in after.items():
        if name in before and before[name].condition != rule.condition:
            yield f"rule {name}: holds under another condition"


def _limit(rule: Rule) -> str:
    if rule.limit is None:
        return rule.en
    return rule.limit if isinstance(rule.limit, str) else json.dumps(rule.limit, ensure_ascii=False)
