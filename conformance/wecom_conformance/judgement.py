"""What the contract says of a request as it went over the wire.

The verdict comes from the bytes that were sent, never from what a generator meant to send: "invalid" data can
come out valid once it is serialised, and "valid" data breaks a byte limit that the generator can't count.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import NoneType
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from attrs import field, frozen

from wecom_contract import OPERATIONS, Operation

from .engine import Contract, accepts
from .form import NoForm, read_form
from .strict_json import NotJSON, has_unicode_escape, read_json

if TYPE_CHECKING:
    from requests import PreparedRequest


@frozen
class Sent:
    """A request as it went over the wire.

    Attributes:
        method: the HTTP method.
        url: with its query, the token in it.
        body: the bytes; None where there was no body.
        content_type: the header; None where there was none.
    """

    method: str
    url: str = field(repr=False)
    body: bytes | None = field(default=None, repr=False)
    content_type: str | None = None

    @classmethod
    def of(cls, request: PreparedRequest) -> Sent:
        """What requests sent."""
        body, content_type = request.body, request.headers.get("Content-Type")
        if isinstance(body, str):
            body = body.encode()
        if not isinstance(body, (bytes, NoneType)) or isinstance(content_type, bytes):
            raise TypeError("a request with a streamed body can't be judged")
        return cls(str(request.method), str(request.url), body, content_type)


class Unreadable(ValueError):
    """A request can't be read as what its operation takes."""


TOKEN_WHY = "there is not exactly one token, the one that is good"  # noqa: S105  # words


@frozen
class Judgement:
    """The contract's verdict on one request.

    Attributes:
        operation: the operation that it was meant for.
        accepted: whether it keeps the contract.
        why: the reason of a refusal, in a few words; empty where it is accepted.
    """

    operation: str
    accepted: bool
    why: str = ""


def judge(contract: Contract, operation: str, sent: Sent, token: str) -> Judgement:
    """Judge a request.

    Args:
        contract: as it was read; the independent engine judges by it.
        operation: the operation that the request was meant for.
        sent: the request.
        token: the one that is good.
    """
    known = OPERATIONS[operation]
    query = _query(sent.url)
    why = _address(known, sent, query, token)
    if not why:
        why = _content(contract, known, sent)
    return Judgement(operation, not why, why)


def _query(url: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(urlsplit(url).query, keep_blank_values=True):
        found.setdefault(name, []).append(value)
    return found


def _address(known: Operation, sent: Sent, query: Mapping[str, list[str]], token: str) -> str:
    if urlsplit(sent.url).path != known.path:
        return f"the path is not {known.path}"
    if sent.method != known.method:
        return f"the method is {sent.method}, not {known.method}"
    if known.auth is not None and query.get(known.auth) != [token]:
        return TOKEN_WHY
    return ""


def request_value(operation: str, sent: Sent) -> Any:
    """What a request asks for, as plain data: the body, with the query parameters that belong to it.

    Raises:
        Unreadable: it can't be read, or in two ways; the text says why.
    """
    known = OPERATIONS[operation]
    query = {name: values for name, values in _query(sent.url).items() if name != known.auth}
    raw = sent.body or b""
    value: Any
    if known.parts:
        try:
            value = read_form(raw, sent.content_type or "")
        except NoForm as reason:
            raise Unreadable(str(reason)) from None
        for told in value.values():
            del told["content"]
    elif known.has_body:
        try:
            value = read_json(raw)
        except NotJSON as reason:
            raise Unreadable(f"the body is no JSON: {reason}") from None
        if has_unicode_escape(raw):
            raise Unreadable("the body has a \\u escape, which gives 40033")
        if not known.query or not isinstance(value, dict):
            return value
    else:
        value = {}
    if any(len(values) > 1 for values in query.values()):
        raise Unreadable("a query parameter stands twice")
    return {**value, **{name: values[0] for name, values in query.items()}}


def _content(contract: Contract, known: Operation, sent: Sent) -> str:
    try:
        value = request_value(known.id, sent)
    except Unreadable as reason:
        return str(reason)
    return "" if accepts(contract, known.id, value) else "the contract refuses what it asks for"
