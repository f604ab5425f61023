"""The words of a violation, in English and Chinese. A rule of the contract may bring its own."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

ABSENT = object()
"""Stands for a value that isn't there."""


class Words(NamedTuple):
    """What is wrong and how to mend it, in two languages."""

    en: str
    zh: str
    fix: str
    fix_zh: str


TYPES = {
    "string": ("a string", "字符串"),
    "integer": ("an integer", "整数"),
    "number": ("a number", "数字"),
    "boolean": ("true or false", "布尔值"),
    "array": ("a list", "数组"),
    "object": ("an object", "对象"),
    "null": ("null", "null"),
}


def type_name(value: object) -> str:
    """The JSON type of a value."""
    for kind, name in (
        (bool, "boolean"),
        (str, "string"),
        (int, "integer"),
        (float, "number"),
        (dict, "object"),
    ):
        if isinstance(value, kind):
            return name
    return "null" if value is None else "array"


def given(value: object) -> str:
    """What was found, without the value itself: a body may hold what doesn't belong into a log."""
    if value is ABSENT:
        return "nothing"
    if isinstance(value, str):
        if not value:
            return "an empty string"
        return f"{_count(size(value), 'byte')} in {_count(len(value), 'character')}"
    if isinstance(value, (list, tuple)):
        return f"a list of {_count(len(value), 'item')}"
    if isinstance(value, dict):
        return f"an object with {_count(len(value), 'field')}"
    if isinstance(value, (bool, type(None))):
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, (int, float)):
        # Python refuses to write out an integer of thousands of digits.
        shown = repr(value) if isinstance(value, float) or abs(value) < 10**18 else "of 19 digits or more"
        return f"{type_name(value)} {shown}"
    return type(value).__name__


def size(text: str) -> int:
    """Bytes of a string in UTF-8."""
    return len(text.encode("utf-8", "surrogatepass"))


def broken(keyword: str, limit: Any, value: Any, rule: Mapping[str, Any]) -> Words:
    """The words for a value that breaks ``keyword``."""
    words = _by_keyword(keyword, limit, value)
    return Words(
        rule.get("en", words.en),
        rule.get("zh", words.zh),
        rule.get("fix", words.fix),
        rule.get("fix-zh", words.fix_zh),
    )


def _by_keyword(keyword: str, limit: Any, value: Any) -> Words:
    match keyword:
        case "type":
            kinds = limit if isinstance(limit, list) else [limit]
            en = " or ".join(TYPES[kind][0] for kind in kinds)
            zh = "或".join(TYPES[kind][1] for kind in kinds)
            is_en, is_zh = TYPES[type_name(value)]
            return Words(
                f"must be {en}, not {is_en}", f"必须是{zh}，而不是{is_zh}", f"give {en}", f"请改为{zh}"
            )
        case "enum" | "const":
            values = limit if isinstance(limit, list) else [limit]
            listed = ", ".join(map(str, values))
            shown = f"{value[:40]!r}" if isinstance(value, str) else type_name(value)
            near = difflib.get_close_matches(value, values, n=1) if isinstance(value, str) else []
            fix, fix_zh = (
                (f"use {near[0]}", f"请改为 {near[0]}")
                if near
                else (f"use one of {listed}", f"可选值：{listed}")
            )
            return Words(f"is {shown}; allowed: {listed}", f"为 {shown}；可选值：{listed}", fix, fix_zh)
        case "minLength" if limit == 1:
            return Words(
                "is an empty string",
                "是空字符串",
                "give a value, or leave the field out",
                "请填写，或不传该字段",
            )
        case "x-max-bytes":
            over = size(value) - limit
            return Words(
                f"has {size(value)} bytes in UTF-8 ({_count(len(value), 'character')}); at most {limit} are allowed",
                f"按 UTF-8 计 {size(value)} 字节（{len(value)} 个字符），最多 {limit} 字节",
                f"shorten it by {_count(over, 'byte')}; a Chinese character takes 3",
                f"请缩短 {over} 字节；一个汉字占 3 字节",
            )
        case "maxLength":
            over = len(value) - limit
            return Words(
                f"has {_count(len(value), 'character')}; at most {limit} are allowed",
                f"有 {len(value)} 个字符，最多 {limit} 个",
                f"shorten it by {_count(over, 'character')}",
                f"请缩短 {over} 个字符",
            )
        case "maxItems":
            over = len(value) - limit
            return Words(
                f"has {len(value)} items; at most {limit} are allowed",
                f"有 {len(value)} 项，最多 {limit} 项",
                f"leave out {over}, or split the call",
                f"请去掉 {over} 项，或分多次调用",
            )
        case "minItems":
            return Words(
                f"has {len(value)} items; at least {limit} needed",
                f"有 {len(value)} 项，至少 {limit} 项",
                f"give at least {limit}",
                f"请至少填写 {limit} 项",
            )
        case "minimum":
            return Words(
                f"must be at least {limit}",
                f"不能小于 {limit}",
                f"use {limit} or more",
                f"请改为不小于 {limit}",
            )
        case "maximum":
            return Words(
                f"must be at most {limit}",
                f"不能大于 {limit}",
                f"use {limit} or less",
                f"请改为不大于 {limit}",
            )
    shown = "" if limit is None else f" {limit}"
    return Words(f"breaks {keyword}{shown}", f"不符合 {keyword}{shown}", "", "")


def span(limits: Mapping[str, Any], value: Mapping[str, Any], rule: Mapping[str, Any]) -> Words:
    """The words for two times that are the wrong way round, or too far apart."""
    start, end, seconds = limits["from"], limits["to"], limits["seconds"]
    days = f"{seconds / 86400:g}"
    if value[end] < value[start]:
        words = Words(
            f"is before {start}", f"早于 {start}", f"exchange {start} and {end}", f"请交换 {start} 与 {end}"
        )
    else:
        words = Words(
            f"is {value[end] - value[start]} seconds after {start}; at most {seconds} ({days} days) are allowed",
            f"比 {start} 晚 {value[end] - value[start]} 秒，最多 {seconds} 秒（{days} 天）",
            "ask for shorter periods, one after the other",
            "请缩短时间范围，分多次查询",
        )
    return Words(
        rule.get("en", words.en),
        rule.get("zh", words.zh),
        rule.get("fix", words.fix),
        rule.get("fix-zh", words.fix_zh),
    )


def missing(name: str, rule: Mapping[str, Any]) -> Words:
    """The words for a field that is required and not there."""
    return Words(
        rule.get("en", "is missing"),
        rule.get("zh", "缺失"),
        rule.get("fix", f"add {name}"),
        rule.get("fix-zh", f"请填写 {name}"),
    )


def unknown_field(
    name: str, rule: Mapping[str, Any], properties: Mapping[str, Any], root: Mapping[str, Any]
) -> Words:
    """The words for a field that the contract doesn't have, with the name that was probably meant."""
    en = rule.get("en", "is no field of this request: WeCom would ignore it without a word")
    zh = rule.get("zh", "不是该请求的字段：企业微信会忽略它且不提示")
    meant = _beside(name, properties)
    if meant is None and "fix" in rule:
        return Words(en, zh, rule["fix"], rule["fix-zh"])
    meant = meant or _deeper(name, root)
    if meant is None:
        return Words(en, zh, f"remove {name[:60]}", f"请删除 {name[:60]}")
    return Words(en, zh, f"did you mean {meant}?", f"是否想写 {meant}？")


def warning(meta: Mapping[str, Any], instance: Any) -> tuple[str, str]:
    """A warning's text in both languages, with ``{field}`` replaced by the body's own value."""
    values = {key: value for key, value in instance.items() if isinstance(value, str)}

    def fill(text: str) -> str:
        for key, value in values.items():
            text = text.replace(f"{{{key}}}", value[:64])
        return text

    return fill(meta["en"]), fill(meta["zh"])


def warning_fix(meta: Mapping[str, Any]) -> tuple[str, str]:
    """What to do about a warning."""
    if "confirm" in meta:
        return f"pass {meta['confirm']}=True if that is what you want", f"确需如此请传 {meta['confirm']}=True"
    return f"leave {meta['field']} out", f"请去掉 {meta['field']}"


def _beside(name: str, properties: Mapping[str, Any]) -> str | None:
    """The field of the same object that was probably meant by ``name``."""
    wanted = _plain(name)
    by_plain = {_plain(known): known for known in properties}
    if wanted in by_plain:
        return by_plain[wanted]
    near = difflib.get_close_matches(wanted, by_plain, n=1, cutoff=0.7) or [
        plain
        for plain in by_plain
        if min(len(plain), len(wanted)) > 3 and (plain in wanted or wanted in plain)
    ]
    return by_plain[near[0]] if near else None


def _deeper(name: str, root: Mapping[str, Any]) -> str | None:
    """The place further down in the request where a field of that name belongs."""
    wanted = _plain(name)
    return next(
        (place for place in _places(root, root, "", ()) if _plain(place.rsplit(".", 1)[-1]) == wanted), None
    )


def _plain(name: str) -> str:
    """A name without case and separators, and without the plural's s: the ways in which keys are mistyped."""
    return name.casefold().replace("_", "").replace("-", "").removesuffix("s")


def _places(
    root: Mapping[str, Any], node: Mapping[str, Any], at: str, seen: tuple[str, ...]
) -> Iterator[str]:
    """The dotted places of every field of a request schema, nearest first within a branch."""
    if "$ref" in node:
        name = node["$ref"].rsplit("/", 1)[-1]
        if name not in seen:
            yield from _places(root, root["$defs"][name], at, (*seen, name))
        return
    for key, child in node.get("properties", {}).items():
        place = f"{at}.{key}" if at else key
        yield place
        yield from _places(root, child, place, seen)
    if "items" in node:
        yield from _places(root, node["items"], f"{at}[]", seen)
    for part in _branches(node):
        yield from _places(root, part, at, seen)


def _branches(node: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    return (part["then"] for part in node.get("allOf", []) if "$ref" in part.get("then", {}))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
