"""Which tests a mutant is shown to: first a few that are quick and about the changed code, then more, then all that
touch it."""

from __future__ import annotations

from attrs import frozen

from mutants.mutant import Mutant
from mutants.touched import Touched, function_of


@frozen
class Round:
    """How many tests are shown at a time.

    Attributes:
        seconds: of tests, by what each took alone.
        files: of so many files, since collecting a file takes longer than running a test of it.
        cases: of a test with parameters.
    """

    seconds: float
    files: int
    cases: int


ROUNDS = (Round(4.0, 3, 4), Round(20.0, 8, 6))
"""The rounds before the last, which is of everything."""
LONG = 120.0
"""Seconds of tests in the last round, unless it is told otherwise."""
FEW = 3
"""Where no more tests than this touch a mutant, the last round takes all of their files."""


def touching(mutant: Mutant, touched: Touched) -> set[str]:
    """The tests that touch the statement of a mutant.

    What stands outside of functions runs when the module is imported, before any test: for it, all that touch
    the module at all, and those beside them, since who reads a table of a module runs no line of it. The same, but for
    those beside, where the statement is in a program that was ended before it could tell. Of a module without any
    function that is nobody: for it, all that touch one beside it.
    """
    lines = range(mutant.first, mutant.last + 1)
    found = touched.tests(mutant.file, lines) if mutant.inside else set[str]()
    found = found or touched.of_file(mutant.file) or touched.of_folder(mutant.file.rpartition("/")[0])
    return found if mutant.inside else found | touched.beside(found)


def in_the_end(mutant: Mutant, tests: set[str], touched: Touched) -> set[str]:
    """The tests of the last round.

    What stands outside of functions, a table or a help text, is often read by a module beside: whoever reads it touches
    no line of its own file. So for it, all that touch a file of the folder are added.
    """
    return tests if mutant.inside else tests | touched.of_folder(mutant.file.rpartition("/")[0])


def some(tests: set[str], touched: Touched, limits: Round) -> list[str]:
    """Some of the tests: those that touch the fewest files first, for so long as the round allows."""
    chosen, cases, files, spent = list[str](), dict[str, int](), set[str](), 0.0
    for test in sorted(tests, key=lambda one: (touched.breadth.get(one, 0), touched.seconds[one], one)):
        name, seconds, file = function_of(test), touched.seconds[test], test.partition("::")[0]
        if cases.get(name, 0) >= limits.cases or (spent + seconds > limits.seconds and chosen):
            continue
        if file not in files and len(files) >= limits.files:
            continue
        chosen.append(test)
        files.add(file)
        cases[name] = cases.get(name, 0) + 1
        spent += seconds
    return chosen


def everything(tests: set[str], touched: Touched, long: float) -> list[str]:
    """The test functions of all that touch it, with every case: what a fixture does is put down to the first alone.

    Where few tests touch it, the programs that their neighbours start may do so unseen, and all of their files is run.
    """
    files = {test.partition("::")[0] for test in tests}
    if len(tests) <= FEW:
        tests = {test for test in touched.seconds if test.partition("::")[0] in files}
    chosen, spent = list[str](), 0.0
    seconds = dict[str, float]()
    for test in sorted(tests):
        seconds[function_of(test)] = seconds.get(function_of(test), 0.0) + touched.seconds[test]
    for name, cost in sorted(seconds.items(), key=lambda pair: (pair[1], pair[0])):
        if spent + cost <= long or not chosen:
            chosen.append(name)
            spent += cost
    return chosen
