"""From raw bytes to JSON data, strictly, and with no other exception than a refusal."""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

from .refusal import Refusal

_SPACE = " \t\r\n"
#: The deepest body that the contract allows has 5 levels; the rest is slack for better error messages.
MAX_DEPTH = 32
# A string that is never closed runs to the end, so that no text makes the scan start over and over.
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Refusal("body.duplicate-key")
    return found


def _float(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise Refusal("body.number")
    return value


def _int(text: str) -> int:
    # No field takes more than 10 digits; without a bound, Python refuses 4,300 digits with an error of its
    # own.
    if len(text) > 20:
        raise Refusal("body.number")
    return int(text)


def _constant(_: str) -> NoReturn:
    raise Refusal("body.number")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_float=_float, parse_int=_int, parse_constant=_constant
)


def _too_deep(text: str) -> bool:
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return False
    depth = 0
    for match in _TOKEN.finditer(text):
        mark = match.group()
        if mark in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                return True
        elif mark in "]}":
            depth -= 1
    return False


def has_unicode_escape(text: str) -> bool:
    r"""Whether JSON text writes a character as ``\uXXXX``; ``\\u`` is an escaped backslash and a plain u.

    Args:
        text: valid JSON, where a backslash can only stand in a string.
    """
    return "\\" in text and "\\u" in text and any(match.group(1) == "u" for match in _ESCAPE.finditer(text))


def parse_body(raw: bytes, *, escapes_refused: bool) -> object:
    r"""Read a request body.

    Args:
        raw: the bytes as they came.
        escapes_refused: whether ``\uXXXX`` is an error (40033).

    Raises:
        Refusal: empty, not UTF-8, no JSON, a key twice, nested too deeply, a number that is none or too long,
            a ``\uXXXX`` escape, half a surrogate pair.
    """
    try:
        text = raw.decode("utf-8").strip(_SPACE)
    except UnicodeDecodeError:
        raise Refusal("body.encoding") from None
    if not text:
        raise Refusal("body.empty")
    if _too_deep(text):
        raise Refusal("body.depth")
    try:
        value, end = _DECODER.raw_decode(text)
    except ValueError:
        raise Refusal("body.json") from None
    if end != len(text):
        raise Refusal("body.json")
    if has_unicode_escape(text):
        if escapes_refused:
            raise Refusal("body.escapes")
        try:
            json.dumps(value, ensure_ascii=False).encode("utf-8")
        except UnicodeEncodeError:
            raise Refusal("body.encoding") from None
    return value
