"""What an answer has to stand: checks of our own, and those of schemathesis that the translation brings to life."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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

from .curl import curl_line, masked
from .engine import Contract
from .findings import Finding
from .judgement import Judgement, Sent, judge
from .suite_schema import operation_id
from .target import NoAnswer, Target
from .verdicts import answer, verdict

Check = Callable[[Any, Response, Case[Any]], bool | None]
STOCK: Mapping[str, Check] = {
    "WC105": status_code_conformance,
    "WC106": content_type_conformance,
    "WC107": response_schema_conformance,
    "WC204": negative_data_rejection,
    "WC205": positive_data_acceptance,
}
"""Checks of schemathesis, by the code of what each finds."""


class Broken(AssertionError):
    """A server broke the contract. The text says how, and ends with a curl line.

    Attributes:
        loose: findings that are about no single exchange; those of one are told to the target's observer.
    """

    def __init__(self, text: str, *loose: Finding) -> None:
        super().__init__(text)
        self.loose = loose


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
        raise unanswered(target, operation_id(case.operation), error, label) from error
    return hold(target, contract, case, response, known=known, label=label)


def hold(
    target: Target,
    contract: Contract,
    case: Case[Any],
    response: Response,
    *,
    known: bool,
    label: str,
    more: Callable[[Judgement], Sequence[Finding]] | None = None,
) -> Judgement:
    """Hold an answer against the contract.

    Args:
        target: the server that gave it.
        contract: as it was read.
        case: what was sent.
        response: the answer, its status translated.
        known: whether every id in the request is one of the company's.
        label: what the case came from.
        more: a further check of the same exchange.

    Raises:
        Broken: at least one check failed.
    """
    name = operation_id(case.operation)
    judgement = judge(contract, name, Sent.of(response.request), target.token_of(name))
    sent = Sent.of(response.request)
    broken = [
        *verdict(judgement, sent, response.status_code, response.content, known=known),
        *answer(contract, judgement.operation, response.content or b""),
        *_stock(judgement.operation, case, response),
        *(more(judgement) if more is not None else ()),
    ]
    target.observe(name, sent, response.content or b"", label, broken)
    if broken:
        raise Broken(broken_text(target, judgement, response, broken, label))
    return judgement


def _stock(operation: str, case: Case[Any], response: Response) -> list[Finding]:
    try:
        case.validate_response(response, checks=list(STOCK.values()))
    except FailureGroup:
        return [found for code in STOCK for found in _stock_finding(code, operation, case, response)]
    return []


def _stock_finding(code: str, operation: str, case: Case[Any], response: Response) -> list[Finding]:
    """What one of the stock checks finds: together they don't say which of them found what."""
    try:
        case.validate_response(response, checks=[STOCK[code]])
    except FailureGroup as group:
        return [Finding(code, operation, f"{one.title}: {one.message}") for one in group.exceptions]
    return []


def broken_text(
    target: Target, judgement: Judgement, response: Response, broken: Sequence[Finding], label: str
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


def unanswered(target: Target, operation: str, error: NoAnswer, label: str) -> Broken:
    """The same where there was no answer at all; told to the observer too."""
    found = Finding("WC102", operation, str(error), type(error.__cause__).__name__)
    target.observe(operation, error.sent, b"", label, [found])
    lines = [f"{operation} ({label})", f"  {found}", f"  again: {curl_line(error.sent)}"]
    return Broken(masked("\n".join(lines), *target.secrets))
