"""JSON as the wire has it, read without mercy: what two readers could understand differently is no JSON here."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

_ESCAPED = {code: "?" for code in range(0x20) if chr(code) not in "\b\t\n\f\r"}


class NotJSON(ValueError):
    """The bytes are no JSON; the text says why."""


def read_json(raw: bytes) -> Any:
    """The value in ``raw``.

    Raises:
        NotJSON: not UTF-8, broken, a key twice in one object, NaN or Infinity, nested too deeply.
    """
    try:
        return json.loads(raw.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_refuse)
    except RecursionError:
        raise NotJSON("nested too deeply") from None
    except ValueError as error:
        raise NotJSON(str(error)) from None


def write_json(value: object) -> bytes:
    """The value as raw UTF-8: WeCom refuses ``\\u`` escapes with 40033."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def without_escapes(value: Any) -> Any:
    """The value with a question mark for every character that JSON can only write as a ``\\u`` escape.

    It is a character of one byte for another, so no length and no limit of the contract is crossed by it.
    """
    if isinstance(value, dict):
        return {without_escapes(key): without_escapes(child) for key, child in value.items()}
    if isinstance(value, list):
        return [without_escapes(child) for child in value]
    return value.translate(_ESCAPED) if isinstance(value, str) else value


def has_unicode_escape(raw: bytes) -> bool:
    r"""Whether JSON writes a character as ``\uXXXX``. A ``\\u`` is an escaped backslash and a plain u."""
    return any(escape == b"u" for escape in re.findall(rb"\\(.)", raw, re.DOTALL))


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")
