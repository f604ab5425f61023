"""What an answer says by itself: whether it is one, and whether its verdict is the contract's."""

from __future__ import annotations

import re

from wecom_contract import check, check_response, errcode

from .engine import Contract, accepts_response
from .findings import Finding
from .judgement import TOKEN_WHY, Judgement, Sent, Unreadable, request_value
from .strict_json import NotJSON, read_json
from .translation import BROKEN, DENIED, REFUSED, SERVED, code_of


def verdict(
    judgement: Judgement, sent: Sent, status: int, content: bytes | None, *, known: bool
) -> list[Finding]:
    """Whether the server's verdict is the contract's.

    Args:
        judgement: the contract's.
        sent: the request.
        status: of the answer, translated.
        content: of the answer.
        known: whether every id in the request is one of the company's.
    """
    name = judgement.operation
    code = code_of(content, name)
    if status == BROKEN:
        told = "the HTTP status is not 200, or there is no envelope with an integer errcode"
        return [Finding("WC101", name, told)]
    if not judgement.accepted:
        if status != SERVED:
            return []
        if judgement.why == TOKEN_WHY:
            return [Finding("WC301", name, judgement.why, "token")]
        return [Finding("WC201", name, judgement.why, broken_rules(name, sent) or judgement.why)]
    if status in (REFUSED, DENIED):
        return [Finding("WC202", name, f"errcode {code}", str(code))]
    # A limit of frequency says nothing about the request; an operation that meets nothing else shows in the sum.
    served = status == SERVED or (code is not None and errcode(code).category == "frequency")
    if known and not served:
        told = f"errcode {code}, though every id in the request is known to the company"
        return [Finding("WC203", name, told, str(code))]
    return []


def broken_rules(operation: str, sent: Sent) -> str:
    """The ids of the rules that a request breaks, with spaces between."""
    try:
        found = check(operation, request_value(operation, sent))
    except Unreadable:
        return ""
    return " ".join(dict.fromkeys(one.rule for one in found if one.severity == "error"))


def answer(contract: Contract, operation: str, content: bytes) -> list[Finding]:
    """Whether both engines find that the answer of an operation keeps the contract."""
    try:
        body = read_json(content)
    except NotJSON as reason:
        return [Finding("WC103", operation, str(reason))]
    found = check_response(operation, body)
    second = accepts_response(contract, operation, body)
    if second is bool(found):
        told = "; ".join(one.message for one in found) or "only the second refuses it"
        return [Finding("WC108", operation, f"about the answer: {told}")]
    return [
        Finding("WC104", operation, one.message, f"{re.sub('[0-9]+', '0', one.pointer)} {one.keyword}")
        for one in found
    ]
