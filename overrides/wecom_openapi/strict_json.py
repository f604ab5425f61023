"""Reads a JSON file that people wrote, and says where it is broken."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

LIMIT = 10 * 1024 * 1024
"""Bytes. 10,000 recipients and 9 attachments are about 400 KB."""


class Unreadable(Exception):
    """The input can't be read as JSON; the text says why and where."""


def load(stream: BinaryIO) -> Any:
    """The JSON value in ``stream``.

    Raises:
        Unreadable: not UTF-8, not JSON, a key twice in one object, NaN, nested too deeply, or longer than
            `LIMIT`.
        OSError: it can't be read.
    """
    raw = stream.read(LIMIT + 1)
    if len(raw) > LIMIT:
        raise Unreadable(f"longer than {LIMIT} bytes")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        line = raw.count(b"\n", 0, exc.start) + 1
        raise Unreadable(f"line {line}: byte {exc.start} (0x{raw[exc.start]:02x}) is not UTF-8") from None
    if not text.strip():
        raise Unreadable("empty")
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_constant)
    except json.JSONDecodeError as exc:
        raise Unreadable(f"line {exc.lineno}, column {exc.colno}: {exc.msg}") from None
    except RecursionError:
        raise Unreadable("nested too deeply") from None
    except ValueError as exc:
        # The parser's own text is about Python's limits; ours says what is wrong.
        raise Unreadable(
            str(exc) if isinstance(exc, _Refused) else "a number with thousands of digits"
        ) from None


class _Refused(ValueError):
    """JSON to Python's parser, and not to us."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in pairs:
        if key in result:
            raise _Refused(f"the key {key!a} stands twice in one object")
        result[key] = value
    return result


def _constant(name: str) -> Any:
    raise _Refused(f"{name} is not JSON")
