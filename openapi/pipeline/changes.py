"""What is different between two contracts: one line for every operation, field and rule."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.openapi_document import operations, schema_name
from pipeline.phrases import frequency, meaning
from pipeline.rule_table import Rule, rule_table

TEXTS = frozenset(
    "title summary description externalDocs example examples license evidence note en zh fix fix-zh "
    "x-description-zh x-summary-zh x-evidence x-sources".split()
)
"""Keywords that are written for people: nothing behaves in another way when they change."""

NAMED = frozenset("properties schemas paths content responses links securitySchemes x-faults".split())
"""Keywords whose value has names for keys."""


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
        *_compare("errcode of", _errcodes(old), _errcodes(new), both=True),
        *_conditions(old, new),
        *_compare("repeating", _repeating(old), _repeating(new), both=True),
        *_compare("fault", _faults(old), _faults(new)),
        *_compare("frequency of", _frequencies(old), _frequencies(new)),
        *_compare("server", _servers(old), _servers(new)),
    ]
    before, after = old["info"]["version"], new["info"]["version"]
    if before != after:
        lines.append(f"version: {before} → {after}")
    yield from lines or _others(old, new)


def _others(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    """One line where no operation, field or rule is another, and the contract is."""
    if place := _difference(_bare(old), _bare(new), "contract"):
        yield f"{place}: changed"
    elif old != new:
        yield "contract: texts, examples or evidence changed"


def _bare(node: Any, *, names: bool = False) -> Any:
    """``node`` without what is written for people alone. ``names``: its keys are names, and no keywords."""
    if isinstance(node, Mapping):
        kept = node if names else {key: value for key, value in node.items() if key not in TEXTS}
        return {key: _bare(value, names=not names and key in NAMED) for key, value in kept.items()}
    return [_bare(child) for child in node] if isinstance(node, list) else node


def _difference(old: Any, new: Any, at: str) -> str | None:
    """The first place in which two documents are not the same."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in [*old, *(key for key in new if key not in old)]:
            if key not in old or key not in new:
                return f"{at}.{key}"
            if place := _difference(old[key], new[key], f"{at}.{key}"):
                return place
        return None
    return at if old != new else None


def _compare(
    kind: str, old: Mapping[str, str], new: Mapping[str, str], *, both: bool = False
) -> Iterator[str]:
    """A line for each name that came, went or means something else. ``both``: only for those in both."""
    for name in [*old, *(name for name in new if name not in old)]:
        if both and (name not in new or name not in old):
            continue
        if name not in new:
            yield f"{kind} {name}: removed"
        elif name not in old:
            yield f"{kind} {name}: added{f' ({new[name]})' if new[name] else ''}"
        elif old[name] != new[name]:
            yield f"{kind} {name}: {old[name]} → {new[name]}"


def _operations(contract: Mapping[str, Any]) -> dict[str, str]:
    return {operation["operationId"]: f"{method} {path}" for path, method, operation in operations(contract)}


def _repeating(contract: Mapping[str, Any]) -> dict[str, str]:
    return {
        operation["operationId"]: operation["x-retry"]["repeat"]
        for _, _, operation in operations(contract)
        if "x-retry" in operation
    }


def _faults(contract: Mapping[str, Any]) -> dict[str, str]:
    return {name: meaning(fault) for name, fault in contract.get("x-faults", {}).items()}


def _frequencies(contract: Mapping[str, Any]) -> dict[str, str]:
    found = {"each operation": frequency(contract.get("x-frequency", ()))}
    for _, _, operation in operations(contract):
        found[operation["operationId"]] = frequency(operation.get("x-frequency", ()))
    return {name: said for name, said in found.items() if said}


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
            default = f", default {json.dumps(child['default'])}" if "default" in child else ""
            fields[f"{name}.{key}"] = f"{_type(child)}{required}{default}"
    return fields


def _required(schema: Mapping[str, Any]) -> list[str]:
    return [*schema.get("required", []), *schema.get("then", {}).get("required", [])]


def _type(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return schema_name(schema["$ref"])
    if "items" in schema:
        return f"list of {_type(schema['items'])}"
    kind = schema.get("type", "anything")
    return " or ".join(kind) if isinstance(kind, list) else str(kind)


def _rules(contract: Mapping[str, Any]) -> dict[str, str]:
    return {rule.id: _limit(rule) for rule in rule_table(contract).values()}


def _errcodes(contract: Mapping[str, Any]) -> dict[str, str]:
    return {rule.id: str(rule.errcode) for rule in rule_table(contract).values()}


def _conditions(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    before, after = rule_table(old), rule_table(new)
    for name, rule in after.items():
        if name in before and before[name].condition != rule.condition:
            yield f"rule {name}: holds under another condition"


def _limit(rule: Rule) -> str:
    if rule.limit is None:
        return rule.en
    return rule.limit if isinstance(rule.limit, str) else json.dumps(rule.limit, ensure_ascii=False)
