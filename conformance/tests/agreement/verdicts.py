"""The verdicts of everybody who judges a body: two engines, the client twice, and the mock."""

from __future__ import annotations

import json
import warnings
from typing import Any

import pytest
from attrs import define, field, frozen
from recording import Client

from wecom_conformance.engine import Contract, accepts
from wecom_conformance.form import LARGEST, read_form, sendable
from wecom_conformance.translation import BUSINESS, SERVED, status_of
from wecom_contract import OPERATIONS, check
from wecom_mock import State
from wecom_mock.caller import Caller
from wecom_openapi import IgnoredFieldWarning, InvalidRequest, RefusedError, WeComError, validate


@frozen
class Verdicts:
    """Who accepts a body. None where somebody has no way to be asked.

    Attributes:
        contract: the compiled validators that client and mock share.
        second_engine: the raw contract, judged by the other engine.
        validate: ``wecom_openapi.validate``.
        client: whether ``WeCom`` lets the body leave.
        mock: whether the mock answers with success or a business error.
    """

    contract: bool
    second_engine: bool
    validate: bool
    client: bool | None
    mock: bool | None

    @property
    def agreed(self) -> bool | None:
        """The verdict, where all agree."""
        given = {self.contract, self.second_engine, self.validate, self.client, self.mock} - {None}
        return given.pop() if len(given) == 1 else None


@define
class Judges:
    """Everybody who judges, set up once.

    Attributes:
        contract: as the second engine reads it.
        client: in front of a transport that records what leaves, and has the mock answer it.
    """

    contract: Contract
    client: Client = field(factory=lambda: Client("sync"))
    _mock: Caller = field(factory=lambda: Caller(State()))
    _tokens: dict[str | None, str] = field(init=False, factory=dict)

    def ask(self, operation: str, body: Any) -> Verdicts:
        """Everybody's verdict on a body, which for an operation without one is its query parameters."""
        errors = [one for one in check(operation, body) if one.severity == "error"]
        return Verdicts(
            contract=not errors,
            second_engine=accepts(self.contract, operation, body),
            validate=not any(one.severity == "error" for one in validate(operation, body)),
            client=self._leaves(operation, body),
            mock=self._answered(operation, body, {one.rule: one.errcode for one in errors}),
        )

    def _leaves(self, operation: str, body: Any) -> bool | None:
        """Whether the client sends the body, and then whether it sends it once and unchanged."""
        if not OPERATIONS[operation].has_body and not _can_be_called(operation, body):
            return None  # Python has no such call
        self.client.recorder.clear()
        if OPERATIONS[operation].has_body and not isinstance(body, dict):
            with pytest.raises(TypeError):
                self.client.call(operation, body)
            return False
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", IgnoredFieldWarning)
            outcome = self.client.outcome(operation, body)
        if isinstance(outcome, InvalidRequest):
            assert self.client.recorder.sent == []
            return False
        # It has left. The mock may have something against it, which is no matter of the client.
        assert isinstance(outcome, RefusedError) or not isinstance(outcome, WeComError)
        if OPERATIONS[operation].has_body:
            [request] = self.client.recorder.sent
            assert exact(json.loads(request.content)) == exact(body)
        for part in OPERATIONS[operation].parts:
            [request] = self.client.recorder.sent
            found = read_form(request.content, request.headers["content-type"])[part]
            assert not any(found.pop("content"))
            assert {**found, **body[part]} == found, "what left is not what was judged"
        return True

    def _answered(self, operation: str, body: Any, rules: dict[str, int | None]) -> bool | None:
        """Whether the mock takes the body; if it doesn't, whether it says why as the contract does."""
        if not OPERATIONS[operation].has_body and not _can_be_sent(operation, body):
            return None  # a query holds strings only
        kind = OPERATIONS[operation].auth
        if kind not in self._tokens:
            suite = kind == "suite_access_token"
            self._tokens[kind] = self._mock.suite_token() if suite else self._mock.token()
        answer = self._mock.call(operation, body, token=self._tokens[kind])
        accepted = status_of(answer.status, answer.content, operation) in (SERVED, BUSINESS)
        if accepted:
            assert answer.rule is None
        elif answer.rule is None:
            # A number with more digits than any field takes, and an escape, are refused before a rule is looked at.
            assert answer.reason in ("body.number", "body.escapes")
            assert answer.errcode in rules.values()
        else:
            assert answer.rule in rules
            assert rules[answer.rule] == answer.errcode
        return accepted


def exact(value: Any) -> str:
    """A value in a form in which 1, 1.0 and true differ, and the order of keys doesn't count."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _can_be_called(operation: str, body: Any) -> bool:
    known = OPERATIONS[operation]
    if not isinstance(body, dict) or body.keys() != {*known.query, *known.parts}:
        return False
    return all(_is_file(body[part]) for part in known.parts)


def _is_file(told: Any) -> bool:
    """Whether a file can be given of which this is told. Its size can't be said, only be had."""
    return (
        isinstance(told, dict)
        and {"filelength"} <= told.keys() <= {"filename", "filelength", "content_type"}
        and None not in told.values()  # to a method that is left out
        and type(told["filelength"]) is int
        and 0 <= told["filelength"] <= LARGEST
    )


def _can_be_sent(operation: str, body: Any) -> bool:
    if OPERATIONS[operation].parts:
        return sendable(operation, body)
    return isinstance(body, dict) and all(isinstance(value, str) for value in body.values())
