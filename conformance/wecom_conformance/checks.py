"""What an answer has to stand: checks of our own, and those of schemathesis that the translation brings to life."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import schemathesis.openapi.checks  # noqa: F401  # registers the stock checks below
from schemathesis import Case
from schemathesis.core.failures import FailureGroup
from schemathesis.core.transport import Response
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    positive_data_acceptance,
    response_schema_conformance,
    status_code_conformance,
)

from wecom_contract import check_response

from .curl import curl_line, masked
from .engine import Contract, accepts_response
from .judgement import Judgement, Sent, judge
from .strict_json import NotJSON, read_json
from .suite_schema import operation_id
from .target import NoAnswer, Target
from .translation import BROKEN, DENIED, REFUSED, SERVED, code_of

Check = Callable[[Any, Response, Case[Any]], bool | None]
STOCK: Sequence[Check] = (
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
    positive_data_acceptance,
)


class Broken(AssertionError):
    """A server broke the contract. The text says how, and ends with a curl line."""


def verify(
    target: Target, contract: Contract, case: Case[Any], label: str, *, tokens: Sequence[str] | None = None
) -> Judgement:
    """Send a case and hold the answer against the contract.

    Args:
        target: the server.
        contract: as it was read.
        case: what to send.
        label: what the case came from: phase and seed, for the reader of a failure.
        tokens: what to send instead of the good token.

    Raises:
        Broken: at least one check failed; all of them are told.
    """
    try:
        response, known = target.call(case, tokens=tokens)
    except NoAnswer as error:
        raise Broken(unanswered_text(target, operation_id(case.operation), error, label)) from error
    return hold(target, contract, case, response, known=known, label=label)


def hold(
    target: Target, contract: Contract, case: Case[Any], response: Response, *, known: bool, label: str
) -> Judgement:
    """Hold an answer against the contract.

    Args:
        target: the server that gave it.
        contract: as it was read.
        case: what was sent.
        response: the answer, its status translated.
        known: whether every id in the request is one of the company's.
        label: what the case came from.

    Raises:
        Broken: at least one check failed.
    """
    name = operation_id(case.operation)
    judgement = judge(contract, name, Sent.of(response.request), target.token_of(name))
    broken = [
        *_verdict(judgement, response, known=known),
        *_answer(contract, judgement.operation, response),
        *_stock(case, response),
    ]
    if broken:
        raise Broken(broken_text(target, judgement, response, broken, label))
    return judgement


def _verdict(judgement: Judgement, response: Response, *, known: bool) -> list[str]:
    """Whether the server's verdict is the contract's."""
    code = code_of(response.content, judgement.operation)
    if response.status_code == BROKEN:
        return ["not-an-answer: the HTTP status is not 200, or there is no envelope with an integer errcode"]
    if not judgement.accepted:
        if response.status_code == SERVED:
            return [f"accepted-what-the-contract-refuses: {judgement.why}"]
        return []
    if response.status_code in (REFUSED, DENIED):
        return [f"refused-what-the-contract-accepts: errcode {code}"]
    if known and response.status_code != SERVED:
        return [f"nobody-served: errcode {code}, though every id in the request is known to the company"]
    return []


def _answer(contract: Contract, operation: str, response: Response) -> list[str]:
    """Whether both engines find that the answer keeps the contract."""
    try:
        body = read_json(response.content or b"")
    except NotJSON as reason:
        return [f"answer-is-no-json: {reason}"]
    first = [violation.message for violation in check_response(operation, body)]
    second = accepts_response(contract, operation, body)
    if second is bool(first):
        return [f"engines-disagree about the answer: {'; '.join(first) or 'only the second refuses it'}"]
    return [f"answer-breaks-the-contract: {message}" for message in first]


def _stock(case: Case[Any], response: Response) -> list[str]:
    try:
        case.validate_response(response, checks=list(STOCK))
    except FailureGroup as group:
        return [f"{failure.title}: {failure.message}" for failure in group.exceptions]
    return []


def broken_text(
    target: Target, judgement: Judgement, response: Response, broken: Sequence[str], label: str
) -> str:
    """What is wrong with an answer, for a person: the verdict, the faults, the answer, and how to see it again."""
    verdict = "accepts it" if judgement.accepted else f"refuses it: {judgement.why}"
    answer = (response.content or b"")[:500].decode(errors="replace")
    lines = [
        f"{judgement.operation} ({label}); the contract {verdict}",
        *(f"  {one}" for one in broken),
        f"  answer: {answer}",
        f"  again: {curl_line(Sent.of(response.request))}",
    ]
    return masked("\n".join(lines), *target.secrets)


def unanswered_text(target: Target, operation: str, error: NoAnswer, label: str) -> str:
    """The same where there was no answer at all."""
    lines = [f"{operation} ({label})", f"  no-answer: {error}", f"  again: {curl_line(error.sent)}"]
    return masked("\n".join(lines), *target.secrets)
