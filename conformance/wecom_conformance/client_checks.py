"""What a client sends, call by call, and what it does after an answer that it should heed."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from attrs import define, evolve, field

from wecom_contract import OPERATIONS, Operation, check, errcode

from .engine import Contract, accepts, load_contract
from .exchange import Exchange
from .findings import Finding
from .judgement import Sent, Unreadable, judge, request_value
from .translation import DENIED, code_of, status_of
from .verdicts import answer, verdict

_BY_PATH = {known.path: name for name, known in OPERATIONS.items()}
_API = "/cgi-bin/"
_DEAD = frozenset({40014, 42001})


@define
class ClientChecks:
    """Holds the calls of one client against the contract, in the order in which they were made.

    Attributes:
        contract: as it was read.
    """

    contract: Contract = field(factory=load_contract)
    _dead: dict[str, float] = field(factory=dict, repr=False)
    _unknown: set[tuple[str, bytes]] = field(factory=set, repr=False)

    def judged(self, exchange: Exchange) -> Exchange | None:
        """The exchange with its operation and all findings; None where it is about another API."""
        path = urlsplit(exchange.sent.url).path
        name = _BY_PATH.get(path, "")
        if not name:
            if not path.startswith(_API):
                return None
            told = f"{exchange.sent.method} {path}"
            return evolve(exchange, findings=(Finding("WC508", "", told, told),))
        found = [*self._request(name, exchange), *self._answer(name, exchange)]
        return evolve(exchange, operation=name, findings=(*exchange.findings, *found))

    def _request(self, name: str, exchange: Exchange) -> Iterator[Finding]:
        known, sent = OPERATIONS[name], exchange.sent
        if sent.method != known.method:
            yield Finding("WC502", name, f"{sent.method}, not {known.method}")
            return
        yield from self._token(known, exchange)
        if any(one.code == "WC109" for one in exchange.findings):
            return
        yield from self._body(known, sent)
        yield from self._repeated(known, exchange)

    def _token(self, known: Operation, exchange: Exchange) -> Iterator[Finding]:
        if known.auth is None:
            return
        tokens = _tokens(known, exchange.sent)
        if len(tokens) != 1 or not tokens[0]:
            told = "an empty one" if len(tokens) == 1 else f"{len(tokens)} tokens"
            yield Finding("WC503", known.id, f"{told} in the query as {known.auth}", told)
        elif exchange.began > self._dead.get(tokens[0], exchange.began):
            yield Finding("WC506", known.id, "the answer to an earlier call said that the token is dead")
        masked = not tokens or set(tokens[0]) <= {"*"}  # as in a report of this program
        if code_of(exchange.answer) in _DEAD and len(tokens) == 1 and not masked:
            self._dead.setdefault(tokens[0], exchange.began + exchange.seconds)

    def _body(self, known: Operation, sent: Sent) -> Iterator[Finding]:
        try:
            value = request_value(known.id, sent)
        except Unreadable as reason:
            yield Finding("WC504", known.id, str(reason), str(reason)[:40])
            return
        found = check(known.id, value)
        for one in found:
            code = "WC501" if one.severity == "error" else "WC505"
            yield Finding(code, known.id, f"{one.message} [{one.rule}]", one.rule)
        if accepts(self.contract, known.id, value) is any(one.severity == "error" for one in found):
            yield Finding("WC108", known.id, "about the request")

    def _repeated(self, known: Operation, exchange: Exchange) -> Iterator[Finding]:
        if known.repeat.safe or known.parts:  # a file that came twice is no message that did
            return
        key = known.id, exchange.sent.body or b""
        if key in self._unknown:
            yield Finding("WC507", known.id, "the same body again, after an outcome that nobody knows")
        code = code_of(exchange.answer, known.id) if exchange.status else None
        if code is None or errcode(code).effect == "unknown":
            self._unknown.add(key)

    def _answer(self, name: str, exchange: Exchange) -> list[Finding]:
        if any(one.code in ("WC102", "WC109") for one in exchange.findings):
            return []
        if not exchange.status:
            return [Finding("WC102", name, "the connection ended without one")]
        known = OPERATIONS[name]
        tokens = _tokens(known, exchange.sent) if known.auth is not None else []
        judgement = judge(self.contract, name, exchange.sent, tokens[0] if tokens and tokens[0] else "?")
        status = status_of(exchange.status, exchange.answer, name)
        # A token may have come to its end, and whether it has is for the server to say.
        own = (
            []
            if status == DENIED
            else verdict(judgement, exchange.sent, status, exchange.answer, known=False)
        )
        if any(one.code == "WC101" for one in own) and code_of(exchange.answer, name) is None:
            return own
        return [*own, *answer(self.contract, name, exchange.answer)]


def _tokens(known: Operation, sent: Sent) -> list[str]:
    return parse_qs(urlsplit(sent.url).query, keep_blank_values=True).get(known.auth or "", [])
