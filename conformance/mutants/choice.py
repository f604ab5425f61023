"""Which tests a mutant is shown to: first a few that are quick and about the changed code, then all that touch it."""

from __future__ import annotations

from mutants.mutation import Mutant
from mutants.touched import Touched, function_of

QUICK = 20.0
"""Seconds of tests in the first round, by what each took alone."""
LONG = 240.0
"""The same of the second round."""
CASES = 4
"""Of a test with parameters, so many cases are in the first round."""


def touching(mutant: Mutant, touched: Touched) -> set[str]:
    """The tests that touch the statement of a mutant.

    What stands outside of functions runs when the module is imported, before any test: for it, all that touch
    the module at all. The same where the statement is in a program that was ended before it could tell.
    """
    lines = range(mutant.first, mutant.last + 1)
    found = touched.tests(mutant.file, lines) if mutant.inside else set[str]()
    return found or touched.of_file(mutant.file)


def first_round(tests: set[str], touched: Touched) -> list[str]:
    """Some of the tests: those that touch the fewest files first, for so long as `QUICK` allows."""
    chosen, cases, spent = list[str](), dict[str, int](), 0.0
    for test in sorted(tests, key=lambda one: (touched.breadth.get(one, 0), touched.seconds[one], one)):
        name, seconds = function_of(test), touched.seconds[test]
        if cases.get(name, 0) < CASES and (spent + seconds <= QUICK or not chosen):
            chosen.append(test)
            cases[name] = cases.get(name, 0) + 1
            spent += seconds
    return chosen


def second_round(tests: set[str], touched: Touched) -> list[str]:
    """The test functions of all that touch it, with every case: what a fixture does is put down to the first alone."""
    chosen, spent = list[str](), 0.0
    seconds = dict[str, float]()
    for test in tests:
        seconds[function_of(test)] = seconds.get(function_of(test), 0.0) + touched.seconds[test]
    for name, cost in sorted(seconds.items(), key=lambda pair: (pair[1], pair[0])):
        if spent + cost <= LONG or not chosen:
            chosen.append(name)
            spent += cost
    return chosen
