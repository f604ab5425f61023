"""Bodies that are no JSON at all, so that no schema can judge them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from wecom_contract.places import dotted, pointer, walk
from wecom_contract.violations import Violation

DEPTH = 100
"""No body of this API is nested deeper; a structure that holds itself is."""
BITS = 8192
"""Python refuses to write integers of more than some 14,000 bits, and no field of this API has one of 64."""


CONTROL = (
    "json.escape",
    "holds a control character; JSON can only write it as an escape, and WeCom refuses escapes",
    "含控制字符；JSON 只能将其写成转义，而企业微信拒绝转义",
)
_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\u")
_CONTROL = re.compile(r"[\x00-\x07\x0b\x0e-\x1f]")


def writable(body: object, *, raw: bool) -> bool:
    """Whether ``body`` can be written as JSON in UTF-8. The validators read of a string only what a rule needs.

    Args:
        body: any data.
        raw: without a ``\\u`` escape, since the vendor refuses those. Control characters can't be written otherwise.
    """
    try:
        text = json.dumps(body, ensure_ascii=False)
        text.encode()
    except (TypeError, ValueError, RecursionError):
        return False  # a lone surrogate is a UnicodeEncodeError, and so a ValueError
    return not (raw and "\\u" in text and _ESCAPE.search(text))


def unjudgeable(body: object, *, raw: bool) -> Iterator[Violation]:
    """Why ``body`` isn't `writable`: one violation a place, at least one in all. Arguments as there."""
    seen = False
    for path, value in walk(body, DEPTH):
        reason = _reason(path, value, raw=raw)
        if reason is not None:
            seen = True
            if len(path) >= DEPTH:
                yield _violation(path[:1], *reason)
                return  # one is enough: a structure within itself would be reported for ever
            yield _violation(path, *reason)
    if not seen:
        yield _violation((), "json.value", "is not plain JSON data", "不是 JSON 数据")


def _reason(path: tuple[str | int, ...], value: object, *, raw: bool) -> tuple[str, str, str] | None:
    if len(path) >= DEPTH:
        return "json.depth", f"is nested more than {DEPTH} levels deep", f"嵌套超过 {DEPTH} 层"
    if isinstance(value, str) and not _encodes(value):
        return (
            "json.unicode",
            "holds half of a surrogate pair, which UTF-8 can't carry",
            "含不成对的代理字符，无法编码为 UTF-8",
        )
    if raw and isinstance(value, str) and _CONTROL.search(value):
        return CONTROL
    if isinstance(value, int) and value.bit_length() > BITS:
        return "json.value", "is an integer of thousands of digits", "整数过长"
    if isinstance(value, dict):
        for key in value:
            if not isinstance(key, str):
                return "json.value", "has a key that is no string", "含非字符串的键"
            if not _encodes(key):
                return "json.unicode", "has a key that UTF-8 can't carry", "含无法编码为 UTF-8 的键"
            if raw and _CONTROL.search(key):
                return "json.escape", "has a key with a control character", "键中含控制字符"
    elif not isinstance(value, (str, int, float, bool, list, tuple, type(None))):
        return (
            "json.value",
            f"is a {type(value).__name__}, which JSON doesn't have",
            f"类型 {type(value).__name__} 不是 JSON 数据",
        )
    return None


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _violation(path: tuple[str | int, ...], rule: str, en: str, zh: str) -> Violation:
    escape = rule == "json.escape"
    place = "".join(c if c.isprintable() and _encodes(c) else "?" for c in dotted(path))
    return Violation(
        rule=rule,
        severity="error",
        path=place,
        pointer="".join(c if _encodes(c) else "?" for c in pointer(path)),
        keyword="json",
        limit=None,
        given="",
        message=f"{place or 'the body'} {en}",
        message_zh=f"{place or '请求体'} {zh}",
        fix="remove it" if escape else "give plain JSON data: dict, list, str, int, float, bool or None",
        fix_zh="请删除" if escape else "请使用 JSON 数据：dict、list、str、int、float、bool 或 None",
        errcode=40033 if escape else 40058,
    )
