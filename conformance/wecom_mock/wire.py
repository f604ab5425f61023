"""What goes over the wire: requests, replies, the envelope, the wording of errors."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from email.utils import formatdate
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from attrs import field, frozen

from wecom_contract import ENVELOPE, Violation

from .faults import Fault
from .refusal import Refusal
from .state import State

_to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_LAST_DATE = 253402300799
"""The end of the year 9999: as far as the header goes."""
_JSON_TYPE = "application/json; charset=UTF-8"
_TEXT_LIMIT = 200
_PRINTABLE = "".join(chr(code) for code in range(0x20, 0x7F) if chr(code) != "%")
_OF_UPLOADS = {
    40004: "invalid media type",
    40005: "invalid type",
    40006: "invalid media size",
    41005: "media data missing",
    45001: "media size out of limit",
}
_INDEX = re.compile(r"\[\d+\]")


# With a dict, since it is made for every request, and a frozen class with slots takes twice as long to make.
@frozen(slots=False)
class Request:
    """An HTTP request, as far as the mock looks at it.

    Attributes:
        method: ``POST``.
        path: percent-decoded, without the query.
        query: the raw query string without ``?``; may hold a token, so ``repr`` leaves it out.
        body: raw bytes.
        content_type: the header; empty where there was none.
        headers: as they came, in order. Only what stands under ``/_mock/`` is judged by them.
    """

    method: str
    path: str
    query: bytes = field(default=b"", repr=False)
    body: bytes = field(default=b"", repr=False)
    content_type: str = ""
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)


@frozen(slots=False)
class Reply:
    """An HTTP answer; header values are printable ASCII.

    ``fault``: what the door is to do to it; after a reset and with ``silence`` nobody sees the rest.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)
    fault: Fault | None = None


@lru_cache(maxsize=64)
def http_date(second: int) -> str:
    """A moment as the header ``Date`` says it.

    Args:
        second: whole Unix seconds.
    """
    return formatdate(min(max(second, 0), _LAST_DATE), usegmt=True)


def ascii_safe(text: str) -> str:
    """Text as a header value: at most 200 characters, all but printable ASCII percent-encoded.

    A space at either end is encoded too: a header can't carry it.
    """
    safe = quote(text[:_TEXT_LIMIT], safe=_PRINTABLE, errors="replace")
    inner = safe.strip(" ")
    start = len(safe) - len(safe.lstrip(" "))
    return "%20" * start + inner + "%20" * (len(safe) - len(inner) - start)


_machines: dict[tuple[int, str], str] = {}


def _machine(state: State) -> str:
    """Which of the vendor's machines has answered: always the same one."""
    key = (state.seed, state.company.corpid)
    found = _machines.get(key)
    if found is None:
        found = _machines[key] = str(int.from_bytes(state.digest("x-w-no")[:2], "big"))
    return found


def _json_reply(state: State, envelope: Mapping[str, Any], extra: tuple[tuple[str, str], ...]) -> Reply:
    body = _to_json(envelope).encode("utf-8", "replace")
    return Reply(200, _headers(len(body), _machine(state)) + extra, body)


# Most answers have one of a few lengths, and the log holds on to the headers of each.
@lru_cache(maxsize=1024)
def _headers(length: int, machine: str) -> tuple[tuple[str, str], ...]:
    return (
        ("Server", "nginx"),
        ("Content-Type", _JSON_TYPE),
        ("Content-Length", str(length)),
        ("X-W-No", machine),
    )


def success(
    state: State,
    fields: Mapping[str, Any],
    warnings: Sequence[Violation] = (),
    extra: tuple[tuple[str, str], ...] = (),
    *,
    bare: bool = False,
) -> Reply:
    """``errcode 0`` with the fields of the operation; the contract's warnings go into X-Mock-Warning.

    ``bare``: without ``errcode`` and ``errmsg``.
    """
    if warnings:
        told = ", ".join([ascii_safe(f"{one.rule}; path={one.path}") for one in warnings])
        extra = (("X-Mock-Warning", told), *extra)
    envelope = {} if bare else {ENVELOPE.code: ENVELOPE.ok, ENVELOPE.message: "ok"}
    return _json_reply(state, {**envelope, **fields}, extra)


def error(state: State, refusal: Refusal, now: float) -> Reply:
    """An error with the hint that support asks for, as the server words it.

    The diagnosis of the mock stands in a header of its own: ``X-Mock-Rule: <rule id>; path=<path>`` for a
    broken rule of the contract, ``X-Mock-Reason: <reason>`` for anything else.
    """
    number = state.next_number("hint")
    hint = f"{max(0, int(now))}_{number % 100}_{state.digest('hint', number).hex()[:32]}"
    message = (
        f"{refusal.errmsg}, hint: [{hint}], from ip: 127.0.0.1, "
        f"more info at https://open.work.weixin.qq.com/devtool/query?e={refusal.errcode}"
    )
    if refusal.rule:
        diagnosis = ("X-Mock-Rule", f"{refusal.reason}; path={ascii_safe(refusal.path)}")
    else:
        diagnosis = ("X-Mock-Reason", refusal.reason)
    headers = (("Error-Code", str(refusal.errcode)), ("Error-Msg", ascii_safe(refusal.errmsg)), diagnosis)
    envelope = {ENVELOPE.code: refusal.errcode, ENVELOPE.message: message, **refusal.fields}
    return _json_reply(state, envelope, headers)


def page(status: int, title: str, *extra: tuple[str, str]) -> Reply:
    """An HTML error page as nginx writes it, for what never reaches the API."""
    body = (
        f"<html>\r\n<head><title>{status} {title}</title></head>\r\n<body>\r\n"
        f"<center><h1>{status} {title}</h1></center>\r\n"
        "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
    ).encode("ascii")
    headers = (("Server", "nginx"), ("Content-Type", "text/html"), ("Content-Length", str(len(body))), *extra)
    return Reply(status, headers, body)


def refusal_of(violation: Violation) -> Refusal:
    """A broken rule of the contract in the server's words.

    The patterns are recorded ones where a record is known (length, array size, empty string, 40063, unknown
    parameter, wrong JSON type); their paths have no array indexes. Which text the server has for which fault
    of an attachment was not observed.
    """
    code = 40058 if violation.errcode is None else violation.errcode
    return Refusal(
        violation.rule, errcode=code, errmsg=_errmsg(violation, code), rule=True, path=violation.path
    )


def _errmsg(violation: Violation, code: int) -> str:
    path = _INDEX.sub("", violation.path)[:_TEXT_LIMIT]
    if not path:
        named = "invalid Request Parameter"
    elif violation.keyword in {"enum", "const", "minimum", "maximum", "discriminator", "pattern"}:
        named = f"{path} invalid"
    else:
        named = f"invalid param '{path}'"
    match violation.keyword:
        case _ if code == 40063:
            return "some parameters are empty"
        case _ if code == 41046:
            return "missing group msg id"
        case _ if code == 41049:
            return "missing welcome code"
        case _ if code in _OF_UPLOADS:
            return _OF_UPLOADS[code]
        case "x-max-bytes":
            return f"{path} exceed max length {violation.limit}. invalid Request Parameter"
        case "maxItems":
            return f"field `{path}` expect array size in [0, {violation.limit}]. invalid Request Parameter"
        case "minItems":
            return f"field `{path}` expect array size at least {violation.limit}. invalid Request Parameter"
        case "maxLength":
            return f"{path} exceed max length {violation.limit}. invalid Request Parameter"
        case "minLength":
            return f"field {path} unexpected empty string"
        case "type":
            return f"Warning: wrong json format. {named}"
        case "pattern" if code == 45034:
            return f"{path} need protocol header"
        case _:
            return named
