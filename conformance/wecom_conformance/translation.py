"""What an answer's envelope says, told as an HTTP status, so that checks which go by the status see it.

=====================  ======  ===========================================================================
errcode 0              200     served
the token is no good   401     nobody looked at the request itself
a business error       409     the request keeps the contract; the company's data or the moment is against it
any other errcode      400     the request is refused
status 4xx or 5xx      599     never an answer of this API, so a fault of the server
no envelope            599     the same
=====================  ======  ===========================================================================

Which errcode is a business error is decided by the contract: one that no rule of the operation carries, and
that is no matter of credentials (where the operation takes a token) or of arguments. Some codes of the
category *argument* speak of a value that exists nowhere rather than of a wrong form: those in ``REFERENCES``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from wecom_contract import ENVELOPE, OPERATIONS, errcode, rules

from .strict_json import NotJSON, read_json

if TYPE_CHECKING:
    from schemathesis.core.transport import Response

SERVED, REFUSED, DENIED, BUSINESS, BROKEN = 200, 400, 401, 409, 599

REFERENCES: Mapping[int, str] = {
    40037: "there is no such template",
    41050: "nobody handed out this welcome code, or not now",
    40088: "there is no such job",
    41060: "there is no such moment",
    41061: "the member was not asked to publish this moment",
    41067: "the company did not make this moment",
    60111: "there is no such member",
    50100: "no list handed out this cursor",
}
"""Codes of the category argument that the company's data decide, with what they say."""

_ABOUT_THE_REQUEST = frozenset({"argument", "credential"})


def translate(response: Response, operation: str) -> None:
    """Put the status of the envelope in the place of the HTTP status.

    Args:
        response: changed in place.
        operation: the operation that was called.
    """
    response.status_code = status_of(response.status_code, response.content, operation)


def status_of(status: int, content: bytes | None, operation: str) -> int:
    """The status that the envelope amounts to; see the table above."""
    code = code_of(content, operation)
    if status != SERVED or code is None:
        return BROKEN
    if code == ENVELOPE.ok:
        return SERVED
    if is_business(operation, code):
        return BUSINESS
    return DENIED if errcode(code).category == "credential" and code not in rule_codes(operation) else REFUSED


def code_of(content: bytes | None, operation: str | None = None) -> int | None:
    """The errcode of an answer; None where it is no envelope.

    ``operation``: whose answer it is. That of some is a success where it has no errcode.
    """
    try:
        answer = read_json(content or b"")
    except NotJSON:
        return None
    bare = operation is not None and OPERATIONS[operation].bare_success
    absent = ENVELOPE.ok if bare else None
    code = answer.get(ENVELOPE.code, absent) if isinstance(answer, dict) else None
    # true is an int to Python, and no errcode.
    return code if type(code) is int else None


def is_business(operation: str, code: int) -> bool:
    """Whether ``code`` can answer a request of ``operation`` that keeps the contract."""
    if code == ENVELOPE.ok or code in rule_codes(operation):
        return False
    category = errcode(code).category
    if category == "credential" and OPERATIONS[operation].auth != "access_token":
        return True  # its arguments are the credentials
    return category not in _ABOUT_THE_REQUEST or code in REFERENCES


@cache
def rule_codes(operation: str) -> frozenset[int]:
    """Every errcode that a rule of the operation carries."""
    carried = (rule.errcode for rule in rules().values() if rule.operation == operation)
    return frozenset(code for code in carried if code is not None)
