"""Decodes the answer's envelope, strictly.

The vendor answers HTTP 200 with an ``errcode``; by that alone a call is a success or not. So it must be
beyond doubt: one JSON object in UTF-8, each key once, an errcode that is an integer of 32 bits.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import Any, Final

from jiter import from_json

from wecom_contract import ENVELOPE
from wecom_contract.depth import is_within
from wecom_openapi.bounded import malformed
from wecom_openapi.redaction import mask

Answer = dict[str, Any]

CODE: Final = ENVELOPE.code
OK: Final = ENVELOPE.ok

DEPTH: Final = 64
"""No answer of this API is nested deeper than 8 levels. Whatever reads the answer after us may recurse."""

_BOM: Final = b"\xef\xbb\xbf"


def decode(body: bytes, *, bare: bool = False) -> Answer:
    """The answer as a dict, with an ``errcode`` that is an integer.

    Args:
        body: the decoded body of a response with status 200. A UTF-8 byte order mark is taken.
        bare: whether the operation's success may come without an errcode: then 0 is filled in, and else nothing ever.

    Raises:
        MalformedAnswer: it is anything but such an envelope. The error isn't tied to an operation yet.
    """
    answer = _read(body.removeprefix(_BOM))
    if not isinstance(answer, dict):
        raise malformed(f"it is JSON, but {_NAMES[type(answer)]} and not an object", "no-envelope")
    if bare:
        answer.setdefault(CODE, OK)
    if CODE not in answer:
        raise malformed(f"it has no {CODE}", "no-envelope")
    code = answer[CODE]
    # A bool is an int to Python, and true is no error code.
    if type(code) is not int:
        raise malformed(f"its {CODE} is {_NAMES[type(code)]} and not an integer", "no-envelope")
    if not -(2**31) <= code < 2**31:
        raise malformed(f"its {CODE} has more than 32 bits", "no-envelope")
    if not is_within(answer, DEPTH):
        raise malformed("it is nested too deeply", "too-long")
    return answer


def _read(body: bytes) -> Any:
    """The JSON value in ``body``, strictly."""
    # It finds a key that stands twice by itself; Python's own has to be given a function for each object, and takes
    # twice as long. What it refuses is refused below as well, where it is said why.
    with suppress(ValueError):
        return from_json(body, allow_inf_nan=False, catch_duplicate_keys=True, cache_mode="keys")
    try:
        text = body.decode()
    except UnicodeDecodeError as exc:
        raise malformed(f"byte {exc.start} is not UTF-8") from None
    if not text or text.isspace():
        raise malformed("it is empty")
    try:
        value = _DECODER.decode(text)
        if _SURROGATE.search(text) is not None:
            json.dumps(value, ensure_ascii=False).encode()
    except json.JSONDecodeError as exc:
        if text.lstrip().startswith("<"):
            raise malformed(
                "it is HTML or XML, so it comes from something in between, such as a proxy", "html"
            ) from None
        raise malformed(f"it is not JSON ({exc.msg} at line {exc.lineno}, column {exc.colno})") from None
    except RecursionError:
        raise malformed("it is nested too deeply", "too-long") from None
    except UnicodeEncodeError:
        raise malformed(
            "a text in it has half of a surrogate pair, which is no character", "no-envelope"
        ) from None
    except _Refused as exc:
        raise malformed(str(exc), "no-envelope") from None
    except ValueError:
        raise malformed("it holds a number with thousands of digits", "no-envelope") from None
    return value


class _Refused(ValueError):
    """JSON to Python's parser, and not to us."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                # Which of the two counts is a guess: `errcode 40058 … errcode 0` is a success to some
                raise _Refused(f"it has {_short(key)} twice in one object")
            seen.add(key)
    return result


def _constant(name: str) -> Any:
    raise _Refused(f"it holds {name}, which JSON doesn't have")


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_constant)

_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")
"""An escape that brings a surrogate, or half of one; no other way does in UTF-8."""

_NAMES: Final[dict[type, str]] = {
    bool: "a boolean",
    int: "a number",
    float: "a number with a decimal point or an exponent",
    str: "a string",
    list: "an array",
    dict: "an object",
    type(None): "null",
}


def _short(key: str) -> str:
    key = mask(key)  # it may be anything, the token too
    return f"{key!a}" if len(key) <= 40 else f"{key[:40]!a}…"
