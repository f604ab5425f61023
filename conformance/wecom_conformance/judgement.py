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
        why = _content(contract, known, query, sent)
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
        return "there is not exactly one token, the one that is good"
    return ""


def _content(contract: Contract, known: Operation, query: Mapping[str, list[str]], sent: Sent) -> str:
    value: Any
    raw = sent.body or b""
    beside = {name: values for name, values in query.items() if name != known.auth}
    if known.parts:
        try:
            files = read_form(raw, sent.content_type or "")
        except NoForm as reason:
            return str(reason)
        for told in files.values():
            del told["content"]
        if any(len(values) > 1 for values in beside.values()):
            return "a query parameter stands twice"
        value = {**files, **{name: values[0] for name, values in beside.items()}}
    elif known.has_body:
        try:
            value = read_json(raw)
        except NotJSON as reason:
            return f"the body is no JSON: {reason}"
        if has_unicode_escape(raw):
            return "the body has a \\u escape, which gives 40033"
        if known.query and isinstance(value, dict):
            if any(len(values) > 1 for values in beside.values()):
                return "a query parameter stands twice"
            value = {**value, **{name: values[0] for name, values in beside.items()}}
    else:
        if any(len(values) > 1 for values in query.values()):
            return "a query parameter stands twice"
        # The token was judged with the address.
        value = {name: values[0] for name, values in query.items() if name != known.auth}
    return "" if accepts(contract, known.id, value) else "the contract refuses what it asks for"
