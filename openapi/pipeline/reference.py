"""Reference pages of the contract, for people: one an operation, in both languages, and an index."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pipeline.config import Api
from pipeline.errcodes import read_errcodes
from pipeline.openapi_document import operations, schema_name
from pipeline.phrases import frequency, later
from pipeline.request import media_type, query
from pipeline.rule_table import Rule, rule_table

NOTE = "<!-- Built by `make regenerate` from the contract. Don't edit it. -->\n\n"


def reference_pages(contract: Mapping[str, Any], api: Api) -> dict[str, str]:
    """File name → Markdown text."""
    rules = rule_table(contract)
    pages = {
        "README.md": NOTE + _index(contract, rules),
        "errcodes.md": NOTE + _errcodes(api),
        "faults.md": NOTE + _faults(contract),
    }
    for path, method, operation in operations(contract):
        page = "\n\n".join(_operation(contract, rules, path, method, operation))
        pages[f"{operation['operationId']}.md"] = NOTE + page + "\n"
    return pages


def _index(contract: Mapping[str, Any], rules: Mapping[str, Rule]) -> str:
    rows = [
        (
            f"[{op['operationId']}]({op['operationId']}.md)",
            op["summary"],
            op["x-summary-zh"],
            f"`{method} {path}`",
            op["x-effect"],
            op["x-retry"]["repeat"],
        )
        for path, method, op in operations(contract)
    ]
    sources = [
        (f"`{key}`", source["title"], source.get("url", ""))
        for key, source in contract.get("x-sources", {}).items()
    ]
    warnings = sum(rule.keyword == "x-warnings" for rule in rules.values())
    return "\n\n".join(
        [
            f"# Reference of the contract {contract['info']['version']}\n",
            contract["info"]["description"],
            f"{len(rows)} operations, {len(rules) - warnings} rules, {warnings} warnings. "
            "What the vendor's codes mean: [errcodes](errcodes.md). What a call that breaks means: "
            "[faults](faults.md).",
            _table(("operation", "what it does", "说明", "address", "effect", "repeating"), rows),
            "## Sources 来源",
            "Marks: V, read on the vendor's own page; M2, two or more independent copies or SDKs; M1, one; "
            "L, recorded against a real tenant; I, inferred.",
            _table(("key", "source", "address"), sources),
            "",
        ]
    )


def _operation(
    contract: Mapping[str, Any],
    rules: Mapping[str, Rule],
    path: str,
    method: str,
    operation: Mapping[str, Any],
) -> Iterator[str]:
    schemas = contract["components"]["schemas"]
    yield f"# {operation['operationId']}: {operation['summary']} {operation['x-summary-zh']}"
    page = operation["externalDocs"]["url"]
    retry = operation["x-retry"]
    yield (
        f"`{method} {path}` · effect: {operation['x-effect']} · repeating: {retry['repeat']} · "
        f"[the vendor's page]({page})"
    )
    said = frequency([*contract.get("x-frequency", ()), *operation.get("x-frequency", ())])
    if said:
        yield f"Calls of one corp at most 每个企业的调用频率上限: {said}"
    yield f"{operation['description']}\n\n{operation['x-description-zh']}"
    yield (
        f"Repeating it is {retry['repeat']}: {retry['en']}\n\n"
        f"重复调用{'安全' if retry['repeat'] == 'safe' else '不安全'}：{retry['zh']}"
    )
    yield "## Request 请求参数"
    head = ("field 字段", "type", "meaning", "说明")
    rows = [_row(p["name"], p["schema"], p, p.get("required", False)) for p in query(operation)]
    kind = media_type(operation)
    media = operation["requestBody"]["content"][kind] if kind else {}
    if media:
        rows += _fields(schemas, media["schema"], "")
    yield _table(head, rows)
    for example in media.get("examples", {}).values():
        yield f"{example['summary']}:\n\n```json\n{json.dumps(example['value'], ensure_ascii=False, indent=2)}\n```"
    own = _own_rules(contract, rules, operation)
    yield "## Rules 规则"
    yield _table(
        ("rule", "limit", "errcode", "evidence"),
        [
            (f"`{r.id}`", _limit(r), str(r.errcode), _evidence(r.evidence))
            for r in own
            if r.keyword != "x-warnings"
        ],
    )
    warnings = [r for r in own if r.keyword == "x-warnings"]
    if warnings:
        yield "## Warnings 警告"
        yield _table(
            ("warning", "what it says", "说明", "to be confirmed by"),
            [(f"`{r.id}`", r.en, r.zh, f"`{r.confirm}=True`" if r.confirm else "") for r in warnings],
        )
    yield "## Answer 返回结果"
    media = operation["responses"]["200"]["content"]["application/json"]
    yield _table(head, list(_fields(schemas, media["schema"], "")))
    for example in media.get("examples", {}).values():
        yield f"{example['summary']}:\n\n```json\n{json.dumps(example['value'], ensure_ascii=False)}\n```"


def _own_rules(
    contract: Mapping[str, Any], rules: Mapping[str, Rule], operation: Mapping[str, Any]
) -> list[Rule]:
    alone = {**contract, "paths": {"/": {"post": operation}}}
    return [rules[name] for name in rule_table(alone)]


def _fields(schemas: Mapping[str, Any], schema: Mapping[str, Any], at: str) -> Iterator[tuple[str, ...]]:
    if "$ref" in schema:
        yield from _fields(schemas, schemas[schema_name(schema["$ref"])], at)
        return
    required = {*schema.get("required", []), *schema.get("then", {}).get("required", [])}
    for name, child in schema.get("properties", {}).items():
        place = f"{at}.{name}" if at else name
        target = schemas[schema_name(child["$ref"])] if "$ref" in child else child
        yield _row(place, target, target, name in required)
        if "x-part" in child:
            yield from _fields(schemas, child["x-part"], place)
        items = child.get("items", {})
        yield from _fields(
            schemas, items if "items" in child else child, f"{place}[]" if "items" in child else place
        )
    for variant in schema.get("oneOf", []):
        yield from _fields(schemas, variant, at)


def _row(name: str, schema: Mapping[str, Any], words: Mapping[str, Any], required: bool) -> tuple[str, ...]:
    kind = schema.get("type", "")
    kind = " or ".join(kind) if isinstance(kind, list) else kind
    if "x-part" in schema:
        kind = "file"
    elif "const" in schema:
        kind = f"`{schema['const']}`"
    elif "enum" in schema:
        kind = " or ".join(f"`{value}`" for value in schema["enum"])
    return (
        f"`{name}`{' *' if required else ''}",
        kind,
        words.get("description", ""),
        words.get("x-description-zh", ""),
    )


def _limit(rule: Rule) -> str:
    if rule.limit is None:
        return rule.en
    return f"`{json.dumps(rule.limit, ensure_ascii=False)}`"


def _evidence(evidence: Iterable[Mapping[str, str]]) -> str:
    return "; ".join(f"{entry['confidence']} {entry['source'].replace(' ', ', ')}" for entry in evidence)


def _faults(contract: Mapping[str, Any]) -> str:
    rows = [
        (f"`{name}`", fault["en"], fault["zh"], fault["outcome"], later(fault), _evidence(fault["evidence"]))
        for name, fault in contract["x-faults"].items()
    ]
    return "\n\n".join(
        [
            "# Faults of a call 故障",
            "What becomes of a call that meets a fault. not sent: it never left, or can't have been read, and may be "
            "made again whatever it does. unknown: it left, and may have had its effect; only a call that is safe to "
            "repeat may be made again. retry: whether another try may do better.",
            "outcome：not sent 未发出，任何调用均可重发；unknown 已发出且可能已生效，仅可重发重复安全的调用。"
            "retry：重试是否可能成功。",
            _table(("fault", "meaning", "含义", "outcome", "retry", "evidence"), rows),
            "",
        ]
    )


def _errcodes(api: Api) -> str:
    rows = [
        (
            code,
            entry["zh"],
            entry["en"],
            entry["category"],
            entry["effect"],
            _retry(entry),
            entry["action"],
            entry["action_zh"],
            _evidence(entry["evidence"]),
        )
        for code, entry in read_errcodes(api).items()
        if "en" in entry
    ]
    return "\n\n".join(
        [
            "# Error codes of this family 错误码",
            "effect: whether a refused request can have had an effect all the same; one that only reads never has. "
            "retry: whether the same request may be sent again as it is: never, later (after a pause) or now "
            "(at once, with a new token).",
            "effect：请求被拒绝时是否仍可能已生效（查询类请求不会生效）。"
            "retry：能否原样重发同一请求：never 不可、later 稍后可、now 更换凭证后立即可。",
            _table(
                (
                    *("code", "含义", "meaning", "category", "effect", "retry"),
                    *("what to do", "处理建议", "evidence"),
                ),
                rows,
            ),
            "",
        ]
    )


def _retry(entry: Mapping[str, Any]) -> str:
    if entry["effect"] == "unknown" and entry["retry"] != "never":
        return f"{entry['retry']} for a call that is safe to repeat, never for another"
    return later(entry)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(head), *[list(row) for row in rows]]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(str(text).replace("|", "\\|").replace("<", "&lt;").split())
