"""What a run has seen so far: every kind of failure with its smallest request, and what was covered.

It stays small however long a run is, and two of them add up to one, so that a run may be spread over processes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from attrs import define, evolve, field

from wecom_contract import ENVELOPE, OPERATIONS, check, errcode

from .exchange import Exchange
from .findings import Finding
from .judgement import Unreadable, request_value
from .parameters import given
from .strict_json import NotJSON, read_json

KEPT_EXCHANGES = 2000
KEPT_BYTES = 64 * 1024
REFUSED, OTHER, SERVED, SENT = "refused", "refused with another code", "served", "sent"

Key = tuple[str, str, str]


@define
class Failure:
    """Findings that are the same but for the request.

    Attributes:
        finding: of the smallest request.
        exchange: the smallest request that shows it; None where it is about no single one.
        count: how often it was found.
        rules: ids of the rules that it is about.
    """

    finding: Finding
    exchange: Exchange | None = None
    count: int = 1
    rules: tuple[str, ...] = ()


@define
class Ledger:
    """The sum of the exchanges.

    Attributes:
        failures: by code, operation and what they are about.
        sent: how many requests of each operation.
        served: how many of them were served.
        codes: errcode by operation; None where there was no envelope.
        rules: rule → what became of requests that broke it and no other.
        parameters: operation → the paths that were sent.
        unknown: paths of requests that are no operation.
        exchanges: the first ones, for a HAR.
        dropped: how many more there were.
    """

    failures: dict[Key, Failure] = field(factory=dict)
    sent: Counter[str] = field(factory=Counter)
    served: Counter[str] = field(factory=Counter)
    codes: dict[str, Counter[int | None]] = field(factory=dict)
    rules: dict[str, Counter[str]] = field(factory=dict)
    parameters: dict[str, set[str]] = field(factory=dict)
    unknown: Counter[str] = field(factory=Counter)
    exchanges: list[Exchange] = field(factory=list)
    dropped: int = 0

    def add(self, exchange: Exchange) -> None:
        """Take one more exchange into account."""
        self._keep(exchange)
        for finding in exchange.findings:
            self._fail(finding, exchange)
        name = exchange.operation
        if not name:
            return
        self.sent[name] += 1
        code = _code(name, exchange.answer) if exchange.status else None
        self.served[name] += code == ENVELOPE.ok
        self.codes.setdefault(name, Counter())[code] += 1
        try:
            value = request_value(name, exchange.sent)
        except Unreadable:
            return
        self.parameters.setdefault(name, set()).update(given(value))
        broken = {one.rule: one.errcode for one in check(name, value) if one.severity == "error"}
        if len(broken) == 1:
            [(rule, expected)] = broken.items()
            self.rules.setdefault(rule, Counter())[_became(code, expected)] += 1

    def add_loose(self, finding: Finding, last: Exchange | None = None) -> None:
        """Take a finding into account that is about several exchanges, of which ``last`` is the last."""
        self._fail(finding, last)

    def merge(self, other: Ledger) -> None:
        """Add what another one has seen."""
        for key, failure in other.failures.items():
            mine = self.failures.get(key)
            self.failures[key] = failure if mine is None else _both(mine, failure)
        self.sent.update(other.sent)
        self.served.update(other.served)
        self.unknown.update(other.unknown)
        for name, codes in other.codes.items():
            self.codes.setdefault(name, Counter()).update(codes)
        for rule, became in other.rules.items():
            self.rules.setdefault(rule, Counter()).update(became)
        for name, paths in other.parameters.items():
            self.parameters.setdefault(name, set()).update(paths)
        room = KEPT_EXCHANGES - len(self.exchanges)
        self.exchanges += other.exchanges[:room]
        self.dropped += other.dropped + max(0, len(other.exchanges) - room)

    def errors(self) -> list[Failure]:
        """The failures that make a run fail, by code."""
        return [one for one in self.sorted() if one.finding.kind.severity == "error"]

    def sorted(self) -> list[Failure]:
        """All failures: errors before warnings, then by code, operation and subject."""
        found = sorted(self.failures.items())
        return [one for _, one in sorted(found, key=lambda item: item[1].finding.kind.severity != "error")]

    def kept(self) -> list[Exchange]:
        """The first exchanges, and the smallest of every failure where it isn't one of them."""
        seen = {id(one) for one in self.exchanges}
        others = (one.exchange for one in self.sorted())
        return [*self.exchanges, *(one for one in others if one is not None and id(one) not in seen)]

    def _keep(self, exchange: Exchange) -> None:
        if len(self.exchanges) >= KEPT_EXCHANGES:
            self.dropped += 1
            return
        self.exchanges.append(_cut(exchange))

    def _fail(self, finding: Finding, exchange: Exchange | None) -> None:
        key = (finding.code, finding.operation, finding.about)
        new = Failure(finding, exchange, 1, _rules_of(finding))
        mine = self.failures.get(key)
        self.failures[key] = new if mine is None else _both(mine, new)


def _both(one: Failure, other: Failure) -> Failure:
    smaller = one
    if other.exchange is not None and (one.exchange is None or other.exchange.size < one.exchange.size):
        smaller = other
    return evolve(smaller, count=one.count + other.count)


def _cut(exchange: Exchange) -> Exchange:
    """The exchange with no more of its bodies than a HAR gets, and one byte that shows that there was more."""
    sent, most = exchange.sent, KEPT_BYTES + 1
    if len(sent.body or b"") <= most and len(exchange.answer) <= most:
        return exchange
    body = None if sent.body is None else sent.body[:most]
    return evolve(exchange, sent=evolve(sent, body=body), answer=exchange.answer[:most])


def _code(operation: str, answer: bytes) -> int | None:
    """The errcode of an answer; None where there is no envelope."""
    try:
        body: Any = read_json(answer)
    except NotJSON:
        return None
    absent = ENVELOPE.ok if OPERATIONS[operation].bare_success else None
    code = body.get(ENVELOPE.code, absent) if isinstance(body, Mapping) else None
    return code if type(code) is int else None


def _became(code: int | None, expected: int | None) -> str:
    if code is None:
        return SENT
    if code == ENVELOPE.ok:
        return SERVED
    if errcode(code).category == "credential" and code != expected:
        return SENT  # nobody looked at the request itself
    return REFUSED if expected is None or code == expected else OTHER


def _rules_of(finding: Finding) -> tuple[str, ...]:
    from wecom_contract import rules

    return tuple(rule for rule in finding.about.split() if rule in rules())
