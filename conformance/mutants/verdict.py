"""Puts one mutant into a copy of the repository and says who notices."""

from __future__ import annotations

import itertools
import os
from enum import Enum
from pathlib import Path

from attrs import field, frozen

from mutants.choice import ROUNDS, everything, in_the_end, some, touching
from mutants.mutant import Mutant
from mutants.touched import Touched
from wecom_conformance.faults.workspace import Outcome, Workspace

_clock = itertools.count(1_000_000_000)


class Verdict(Enum):
    """What became of a mutant."""

    KILLED = "killed"
    """A test failed, or the module could no longer be imported."""
    HANGS = "hangs"
    """The tests took many times as long as without it, and were stopped."""
    TYPES = "types"
    """No test failed, but the type checker refuses it, which `make test` runs as well."""
    SURVIVED = "survived"
    UNTOUCHED = "untouched"
    """No test touches it."""
    ARGUED = "equivalent"


@frozen
class Result:
    """A mutant, and who noticed.

    Attributes:
        tests: how many tests touch it.
        detail: the end of what the run that decided printed.
    """

    mutant: Mutant
    verdict: Verdict
    tests: int
    detail: str = field(default="", repr=False)


def judge(mutant: Mutant, copy: Workspace, touched: Touched, types: Path, long: float) -> Result:
    """Put the mutant in, run what touches it, and take it out again.

    Args:
        types: where the type checker keeps its cache.
        long: seconds of tests in the last round; 0 for none.
    """
    tests = touching(mutant, touched)
    if not tests:
        return Result(mutant, Verdict.UNTOUCHED, 0)
    path = copy.root / mutant.file
    source = path.read_text(encoding="utf-8")
    _write(path, mutant.text)
    try:
        detail = ""
        for limits in (*ROUNDS, *([None] if long else [])):
            shown = tests if limits else in_the_end(mutant, tests, touched)
            chosen = some(shown, touched, limits) if limits else everything(shown, touched, long)
            names = {test for test in shown if test in chosen or test.partition("[")[0] in chosen}
            outcome = copy.tests(chosen, 60 + 10 * sum(touched.seconds[test] for test in names))
            detail = outcome.output
            if outcome.code != 0:
                verdict = Verdict.HANGS if outcome.code is None else Verdict.KILLED
                return Result(mutant, verdict, len(tests), detail)
        refused = _refused_by_types(mutant.file, copy, types)
        return Result(mutant, Verdict.TYPES if refused else Verdict.SURVIVED, len(tests), detail)
    finally:
        _write(path, source)


def _refused_by_types(file: str, copy: Workspace, types: Path) -> bool:
    outcome: Outcome = copy.run(["-m", "mypy", "--cache-dir", str(types), file], 600)
    if outcome.code not in (0, 1):
        raise SystemExit(f"error: the type checker can't be run\n{outcome.output}")
    return outcome.code == 1


def _write(path: Path, text: str) -> None:
    """Each with a time of its own: Python takes a compiled module for current by time and size."""
    path.write_text(text, encoding="utf-8")
    moment = next(_clock)
    os.utime(path, (moment, moment))
