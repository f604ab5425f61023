"""The phases of the suite: each sends the cases of one operation to a server and holds every answer against
the contract."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import hypothesis
from attrs import define, field, frozen
from schemathesis import Case
from schemathesis.schemas import BaseSchema
from schemathesis.transport.serialization import Binary

from wecom_contract import OPERATIONS

from . import cases
from .budget import SEED, limits
from .checks import Broken, verify
from .engine import Contract, load_contract
from .findings import Finding
from .form import FORM, sendable, write_form
from .gate import Withheld
from .judgement import Judgement
from .stateful import Tasks, run_sequences
from .suite_schema import NOT_DRAWN, suite_schema
from .target import Target
from .vectors import Vector, load_vectors

_SHOWN = 5
WRONG_TOKENS: Mapping[str, list[str]] = {"none": [], "an empty one": [""], "a wrong one": ["x" * 400]}


@define
class Tally:
    """How many requests the contract accepted and refused."""

    accepted: int = 0
    refused: int = 0

    def note(self, judgement: Judgement) -> None:
        """Count one more."""
        if judgement.accepted:
            self.accepted += 1
        else:
            self.refused += 1


@define(slots=False)
class Suite:
    """The contract, and what is made of it once for all servers.

    Attributes:
        contract: as it was read.
        seed: of all that is drawn.
    """

    contract: Contract = field(factory=load_contract)
    seed: int = SEED
    _boundaries: dict[str, list[Case[Any]]] = field(init=False, factory=dict, repr=False)

    @cached_property
    def drawing(self) -> BaseSchema:
        """The copy of the contract to draw from."""
        return suite_schema(self.contract, self.seed)

    @cached_property
    def enumerating(self) -> BaseSchema:
        """The copy of the contract to enumerate."""
        return suite_schema(self.contract, self.seed, at_limits=False)

    @cached_property
    def vectors(self) -> list[Vector]:
        """The table of hand-written bodies."""
        return load_vectors()

    def boundaries(self, operation: str) -> list[Case[Any]]:
        """The boundaries of an operation; enumerated once, since that takes seconds."""
        if operation not in self._boundaries:
            self._boundaries[operation] = list(cases.boundaries(self.enumerating, operation))
        return self._boundaries[operation]

    def upload(self, operation: str) -> Mapping[str, Any]:
        """A good upload of few bytes, out of the table."""
        return next(
            row.body
            for row in self.vectors
            if row.operation == operation and row.accepted and sendable(operation, row.body)
        )

    def label(self, phase: str) -> str:
        """What the reader of a failure needs to see it again."""
        return f"{phase}, WECOM_SEED={self.seed}"


@frozen
class Run:
    """One server, and how thoroughly to test it.

    Attributes:
        suite: the contract and its cases.
        target: the server.
        drawn: how many cases to draw for an operation, on a usual day.
        shrink: whether to look for a smaller case once a drawn one has failed.
        only: the operations that sequences may call; all of them where it is absent.
    """

    suite: Suite
    target: Target
    drawn: int = 60
    shrink: bool = True
    only: Collection[str] | None = None

    def examples(self, operation: str) -> Tally:
        """The contract's own examples. Of a form there are none: no document can hold a file."""
        if operation in NOT_DRAWN:
            return Tally()
        return self._all(cases.examples(self.suite.enumerating, operation), "examples")

    def vectors(self, operation: str) -> Tally:
        """The table of hand-written bodies, whose verdicts come from no contract."""
        found = cases.operation_of(self.suite.enumerating, operation)
        tally, broken = Tally(), list[Broken]()
        for row in self.suite.vectors:
            if row.operation != operation:
                continue
            if OPERATIONS[operation].has_body:
                case = found.Case(body=row.body, media_type="application/json")
            elif OPERATIONS[operation].parts and sendable(operation, row.body):
                case = self._upload(operation, row.body)
            elif not OPERATIONS[operation].parts and _is_query(row.body):
                case = found.Case(query=row.body)
            else:
                continue
            judgement = self._one(case, f"vector {row.id}", tally, broken)
            if judgement is not None and judgement.accepted is not row.accepted:
                told = f"vector {row.id}: {row.verdict} by the table, and not by the contract"
                broken.append(Broken(told, Finding("WC206", operation, told, row.id)))
            if broken and not self.shrink:
                break
        return _told(tally, broken, "vectors")

    def boundaries(self, operation: str) -> Tally:
        """Both sides of every boundary that schemathesis finds."""
        if operation in NOT_DRAWN:
            return Tally()
        return self._all(self.suite.boundaries(operation), "boundaries")

    def tokens(self, operation: str) -> Tally:
        """A good request with no token, an empty one, a wrong one, and two."""
        tally, broken = Tally(), list[Broken]()
        if OPERATIONS[operation].auth is None:
            return tally
        if OPERATIONS[operation].parts:
            case = self._upload(operation, self.suite.upload(operation))
        else:
            case = next(iter(cases.examples(self.suite.enumerating, operation)))
        for name, tokens in {**WRONG_TOKENS, "two": [self.target.token_of(operation)] * 2}.items():
            self._one(case, f"token: {name}", tally, broken, tokens)
            if broken and not self.shrink:
                break
        return _told(tally, broken, "tokens")

    def drawings(self, operation: str) -> Tally:
        """Good and bad requests that are drawn."""
        tally = Tally()
        if operation in NOT_DRAWN:
            return tally

        @hypothesis.seed(self.suite.seed)
        @limits(self.drawn, shrink=self.shrink)
        @hypothesis.given(case=cases.drawn(self.suite.drawing, operation))
        def send(case: Case[Any]) -> None:
            with contextlib.suppress(Withheld):
                tally.note(verify(self.target, self.suite.contract, case, self.suite.label("drawn")))

        send()
        return tally

    def sequences(self, usual: int = 25) -> Tasks:
        """Sequences of calls along the contract's links."""
        return run_sequences(
            self.suite.drawing,
            self.target,
            self.suite.contract,
            label=self.suite.label("sequences"),
            settings=limits(usual, shrink=self.shrink, stateful_step_count=8),
            seed=self.suite.seed,
            only=self.only,
        )

    def _upload(self, operation: str, body: Mapping[str, Any]) -> Case[Any]:
        raw, content_type = write_form(operation, body)
        query = {name: value for name, value in body.items() if name not in OPERATIONS[operation].parts}
        found = cases.operation_of(self.suite.enumerating, operation)
        return found.Case(
            query=query, body=Binary(raw), headers={"Content-Type": content_type}, media_type=FORM
        )

    def _all(self, sent: Iterable[Case[Any]], phase: str) -> Tally:
        tally, broken = Tally(), list[Broken]()
        for case in sent:
            self._one(case, self.suite.label(phase), tally, broken)
            if broken and not self.shrink:
                break
        return _told(tally, broken, phase)

    def _one(
        self,
        case: Case[Any],
        label: str,
        tally: Tally,
        broken: list[Broken],
        tokens: Sequence[str] | None = None,
    ) -> Judgement | None:
        """Send one case; None where it failed or may not be sent."""
        try:
            judgement = verify(self.target, self.suite.contract, case, label, tokens=tokens)
        except Withheld:
            return None
        except Broken as failure:
            broken.append(failure)
            return None
        tally.note(judgement)
        return judgement


def _told(tally: Tally, broken: Sequence[Broken], phase: str) -> Tally:
    """The tally, where nothing is broken."""
    if broken:
        shown = "\n".join(str(failure) for failure in broken[:_SHOWN])
        loose = [found for failure in broken for found in failure.loose]
        raise Broken(f"{len(broken)} of the {phase} failed\n{shown}", *loose)
    return tally


def _is_query(body: Any) -> bool:
    """Whether a query string can say it: there are only strings in one."""
    return isinstance(body, dict) and all(isinstance(value, str) for value in body.values())


PHASES: Mapping[str, Callable[[Run, str], Tally]] = {
    "examples": Run.examples,
    "vectors": Run.vectors,
    "boundaries": Run.boundaries,
    "tokens": Run.tokens,
    "drawn": Run.drawings,
}
"""The phases that go operation by operation; sequences go across all of them."""
