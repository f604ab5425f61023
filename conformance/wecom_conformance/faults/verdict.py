"""Applies one fault to a copy and says whether the tests that are named see it."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

import attrs

from wecom_conformance.faults.table import BUILD, Fault, FaultError
from wecom_conformance.faults.workspace import Outcome, workspace

SECONDS = 300.0
"""How long one run of tests may take."""


class Verdict(Enum):
    """What became of a fault, or of one part of the suite that should see it."""

    KILLED = "killed"
    SURVIVED = "survived"
    """The tests passed."""
    BROKEN = "broken"
    """They didn't run to a verdict: an error while collecting, a build that failed and was not named, no time left."""
    GONE = "does not apply"
    """The text that it changes is no longer there."""
    EQUIVALENT = "equivalent"


@attrs.frozen
class Result:
    """A fault, and what each part of the suite made of it.

    Attributes:
        fault: the fault.
        verdict: the worst of all.
        cells: by part of the suite.
        detail: the end of what was printed, where the verdict is no good one.
    """

    fault: Fault
    verdict: Verdict
    cells: dict[str, Verdict]
    detail: str = ""


def judge(fault: Fault, source: Path, seconds: float = SECONDS) -> Result:
    """Apply a fault to a copy of ``source`` and run what must see it.

    Every part of the suite that is named must see it: a test that is named in vain would count as proof.
    """
    with workspace(source) as copy:
        try:
            for change in fault.changes:
                change.apply(copy.root)
        except FaultError as error:
            return Result(fault, Verdict.GONE, {}, str(error))
        if fault.equivalent:
            return Result(fault, Verdict.EQUIVALENT, {})
        cells: dict[str, Verdict] = {}
        details: list[str] = []
        for step in fault.steps:
            outcome = copy.step(step, seconds)
            if BUILD in fault.caught_by:
                cells[BUILD] = _of_build(outcome)
            elif outcome.code != 0:
                cells[BUILD] = Verdict.BROKEN
            if BUILD in cells and cells[BUILD] is not Verdict.KILLED:
                details.append(outcome.output)
            if outcome.code != 0:
                break
        for subject, tests in fault.subjects.items():
            if subject == BUILD or cells.get(BUILD) is Verdict.BROKEN:
                continue
            outcome = copy.tests(tests, seconds)
            cells[subject] = _of_tests(outcome)
            if cells[subject] is not Verdict.KILLED:
                details.append(outcome.output)
    return Result(fault, _worst(cells), cells, "\n".join(details))


def _of_tests(outcome: Outcome) -> Verdict:
    if outcome.code == 0:
        return Verdict.SURVIVED
    return Verdict.KILLED if outcome.code == 1 else Verdict.BROKEN


def _of_build(outcome: Outcome) -> Verdict:
    if outcome.code == 0:
        return Verdict.SURVIVED
    # One line that says what is wrong; a traceback is no refusal.
    refused = outcome.code == 1 and "error: " in outcome.output and "Traceback" not in outcome.output
    return Verdict.KILLED if refused else Verdict.BROKEN


def _worst(cells: dict[str, Verdict]) -> Verdict:
    for verdict in (Verdict.BROKEN, Verdict.SURVIVED):
        if verdict in cells.values():
            return verdict
    return Verdict.KILLED if cells else Verdict.SURVIVED
