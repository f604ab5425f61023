"""The mutation tester's own parts: which tests a mutant is shown to, what a sample says, and what is argued away."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import pytest
from attrs import evolve

from mutants.__main__ import CODE
from mutants.argued import EVERY, Argued, ArguedError, load_argued
from mutants.choice import Round, everything, in_the_end, some, touching
from mutants.figures import interval, table
from mutants.mutant import Mutant
from mutants.touched import Touched, function_of
from mutants.verdict import Result, Verdict
from wecom_conformance.faults.table import REPOSITORY

HERE = "conformance/tests/client/test_a.py::test_a"
SLOW = "conformance/tests/client/test_b.py::test_slow"
TABLE = "conformance/tests/client/test_b.py::test_a_table"  # it runs no line of a.py
BROAD = "conformance/tests/mock/test_c.py::test_broad"
CASES = [f"conformance/tests/client/test_a.py::test_cases[{number}]" for number in range(9)]


@pytest.fixture
def touched(tmp_path: Path) -> Touched:
    """Lines 1 to 20 of a.py: what touches which; a broad test touches another file too."""
    lines: Mapping[str, Mapping[str, list[int]]] = {
        HERE: {"a.py": [3, 8, 17]},
        SLOW: {"a.py": [8]},
        BROAD: {"a.py": [3], "b.py": [1]},
        **{case: {"a.py": [9]} for case in CASES},
        "a test that failed": {"a.py": [3]},
    }
    seconds = {HERE: 0.1, SLOW: 30.0, TABLE: 0.01, BROAD: 0.01, **dict.fromkeys(CASES, 0.01)}
    (tmp_path / "client.json").write_text(json.dumps(seconds), encoding="utf-8")
    with sqlite3.connect(tmp_path / "touched") as database:
        database.execute("create table file (id integer primary key, path text)")
        database.execute("create table context (id integer primary key, context text)")
        database.execute("create table line_bits (file_id integer, context_id integer, numbits blob)")
        database.executemany("insert into file values (?, ?)", [(1, "a.py"), (2, "b.py")])
        for number, (test, files) in enumerate(lines.items()):
            database.execute("insert into context values (?, ?)", (number, test))
            for path, found in files.items():
                bits = sum(1 << line for line in found).to_bytes(4, "little")
                row = (1 if path == "a.py" else 2, number, bits)
                database.execute("insert into line_bits values (?, ?, ?)", row)
    return Touched(tmp_path)


def mutant(first: int, last: int, *, inside: bool = True) -> Mutant:
    return Mutant("a.py", 0, first, first, last, inside, "old", "new", "text")


def test_a_constant_is_shown_in_the_end_to_what_touches_a_module_beside(touched: Touched) -> None:
    constant = evolve(mutant(1, 1, inside=False), file="b.py")
    assert touching(constant, touched) == {BROAD}
    assert in_the_end(constant, {BROAD}, touched) == {HERE, SLOW, BROAD, *CASES}
    assert in_the_end(evolve(constant, inside=True), {BROAD}, touched) == {BROAD}


def test_a_mutant_is_shown_to_what_touches_its_statement(touched: Touched) -> None:
    assert touching(mutant(3, 3), touched) == {HERE, BROAD}
    assert touching(mutant(16, 18), touched) == {HERE}
    assert touching(mutant(8, 9), touched) == {HERE, SLOW, *CASES}


def test_what_runs_before_any_test_is_shown_to_all_of_the_file(touched: Touched) -> None:
    everyone = {HERE, SLOW, BROAD, *CASES}
    assert touching(mutant(3, 3, inside=False), touched) == {*everyone, TABLE}
    assert touching(mutant(12, 12), touched) == everyone


def test_of_a_module_without_functions_those_beside_it_are_shown(touched: Touched) -> None:
    beside = Mutant("c.py", 0, 3, 3, 3, False, "old", "new", "text")
    assert touching(beside, touched) == {HERE, SLOW, BROAD, TABLE, *CASES}
    assert touching(evolve(beside, file="elsewhere/c.py"), touched) == set()


def test_a_round_begins_with_the_quick_ones_that_are_about_it(touched: Touched) -> None:
    tests = {HERE, SLOW, BROAD, *CASES}
    assert some(tests, touched, Round(4.0, 3, 2)) == [*CASES[:2], HERE, BROAD]
    assert some(tests, touched, Round(4.0, 1, 1)) == [CASES[0], HERE]
    assert some({SLOW}, touched, Round(4.0, 1, 1)) == [SLOW]
    assert everything(tests, touched, 10.0) == [BROAD, function_of(CASES[0]), HERE]
    assert everything(tests, touched, 60.0)[-1] == SLOW


def test_where_few_touch_it_their_neighbours_are_shown_it_too(touched: Touched) -> None:
    assert everything({HERE}, touched, 60.0) == [function_of(CASES[0]), HERE]


@pytest.mark.parametrize(
    ("hits", "count", "low", "high"),
    # By hand, from the formula: 9 of 10 and 95 of 100 as in any table of Wilson's interval.
    [
        (9, 10, 0.5958, 0.9821),
        (95, 100, 0.8882, 0.9785),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (0, 0, 0, 1),
    ],
)
def test_how_far_a_sample_can_be_off(hits: int, count: int, low: float, high: float) -> None:
    assert interval(hits, count) == pytest.approx((low, high), abs=0.0005)


def test_the_score_leaves_out_what_is_argued_and_counts_what_nobody_touches() -> None:
    found = [
        Result(mutant(1, 1), verdict, 1)
        for verdict in (Verdict.KILLED, Verdict.TYPES, Verdict.HANGS, Verdict.UNTOUCHED, Verdict.ARGUED)
    ]
    (_, line) = table({"contract": found}, {"contract": 500})
    assert line.split() == ["contract", "500", "5", "1", "1", "1", "0", "1", "1", "75.0", "30.1-95.4"]


def test_what_is_argued_stands_in_the_code() -> None:
    for one in load_argued():
        if one.file == EVERY:
            continue
        lines = {line.strip() for line in (REPOSITORY / one.file).read_text(encoding="utf-8").splitlines()}
        assert {line.strip() for line in one.old.strip().splitlines()} <= lines, one.old
        assert one.why.strip()


def test_what_is_argued_for_every_file_is_in_use() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in CODE.values()
        for path in (REPOSITORY / folder).rglob("*.py")
    )
    general = [one for one in load_argued() if one.file == EVERY]
    assert general
    assert [one.old for one in general if one.old.strip() not in code] == []


@pytest.mark.parametrize(
    ("file", "old", "new", "covered"),
    [
        (EVERY, 'f("A"), f("A")', 'f("a"), f("A")', True),
        (EVERY, 'f("A"), f("A")', 'f("A"), f("a")', True),
        (EVERY, 'f("A"), f("A")', 'f("a"), f("a")', False),
        (EVERY, 'f("A"), g()', 'f("a"), h()', False),
        (EVERY, 'g("A")', 'g("a")', False),
        (EVERY, 'f("A")', 'f("a")f("A")', False),
        ("a.py", '  f("A")', '  f("a")', True),
        ("a.py", 'f("A"), 1', 'f("a"), 1', False),
        ("b.py", 'f("A")', 'f("a")', False),
    ],
)
def test_which_mutants_an_entry_is_about(file: str, old: str, new: str, covered: bool) -> None:
    entry = Argued(file, 'f("A")', 'f("a")', "it means the same")
    assert entry.covers(evolve(mutant(1, 1), old=old, new=new)) is covered


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{}", "must be a list"),
        ("- {file: a, old: b, new: c}", "needs file, new, old, why"),
        ("- {file: a, old: '', new: c, why: d}", "each must be text"),
        ("- &a {file: a, old: b, new: c, why: d}\n- *a", "stands twice"),
    ],
)
def test_a_wrong_argument_is_refused(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "argued.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ArguedError, match=words):
        load_argued(tmp_path / "argued.yaml")
