"""Contract, client and mock give the same verdict on every body: drawn, mutated, from the table, from the corpus."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from schemathesis import GenerationMode

from wecom_conformance.budget import drawing
from wecom_conformance.cases import operation_of
from wecom_conformance.corpus import Entry, corpus_folder, load_corpus
from wecom_conformance.engine import Contract
from wecom_conformance.mutations import Vocabulary, mutated
from wecom_conformance.phases import Suite
from wecom_conformance.strict_json import without_escapes
from wecom_conformance.suite_schema import NOT_DRAWN
from wecom_conformance.vectors import Vector, load_vectors
from wecom_contract import OPERATIONS, check

sys.path.insert(0, str(Path(__file__).parent))  # the judges beside this file

from verdicts import Judges, Verdicts

VECTORS = load_vectors()
CORPUS_IS_HERE = corpus_folder().is_dir()
CORPUS = [
    entry
    for entry in (load_corpus() if CORPUS_IS_HERE else [])
    if entry.direction == "request" and entry.operation is not None
]
needs_corpus = pytest.mark.skipif(
    not CORPUS_IS_HERE,
    reason=f"the corpus of real bodies is not here: {corpus_folder()} (it is kept beside the repository, not in it)",
)
_SMALL = 3000


@pytest.fixture(scope="module")
def judges(contract: Contract) -> Judges:
    return Judges(contract)


def agree(judges: Judges, operation: str, body: Any) -> bool:
    """Ask everybody, and fail where they differ."""
    verdicts = judges.ask(operation, body)
    assert verdicts.agreed is not None, f"{verdicts} on {str(body)[:2000]}"
    return verdicts.agreed


@pytest.mark.parametrize("operation", [name for name in OPERATIONS if name not in NOT_DRAWN])
def test_on_drawn_bodies(suite: Suite, judges: Judges, operation: str) -> None:
    seen = Counter[bool]()
    found = operation_of(suite.drawing, operation)
    good, bad = (found.as_strategy(generation_mode=mode) for mode in GenerationMode)

    # One of each at a time: which of two the drawing prefers depends on the modules that are loaded.
    @drawing(150 if operation == "add_msg_template" else 80)
    @given(good, bad)
    def same(one: Any, other: Any) -> None:
        for case in (one, other):
            body = case.body if OPERATIONS[operation].has_body else case.query
            if isinstance(body, (dict, list, str, int, float, bool, type(None))) and not hasattr(
                body, "data"
            ):
                seen[agree(judges, operation, without_escapes(body))] += 1

    same()
    assert min(seen[True], seen[False]) > 10, seen


@pytest.mark.parametrize("operation", OPERATIONS)
def test_on_mutated_bodies(judges: Judges, vocabulary: Vocabulary, operation: str) -> None:
    seen = Counter[bool]()
    start = [
        one.body
        for one in VECTORS
        if one.operation == operation and one.accepted and len(str(one.body)) < _SMALL
    ]

    drawn = mutated(st.sampled_from(start), vocabulary)
    if operation in NOT_DRAWN:
        drawn |= st.sampled_from(start)  # of what describes a file, nearly every change breaks a rule

    @drawing(300 if operation == "add_msg_template" else 120)
    @given(drawn)
    def same(body: Any) -> None:
        seen[agree(judges, operation, body)] += 1

    same()
    assert min(seen[True], seen[False]) > 2, seen


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.id)
def test_on_the_table_of_vectors(judges: Judges, vector: Vector) -> None:
    assert agree(judges, vector.operation, vector.body) is vector.accepted


@needs_corpus
@pytest.mark.parametrize("entry", CORPUS, ids=lambda entry: entry.file)
def test_on_the_corpus(judges: Judges, entry: Entry) -> None:
    assert entry.operation is not None
    assert agree(judges, entry.operation, entry.body) is entry.accepted


@needs_corpus
def test_the_corpus_has_bodies_of_both_verdicts() -> None:
    assert {entry.accepted for entry in CORPUS} == {True, False}


@pytest.mark.parametrize("text", ["\x00", "a\x01b", "\x1b[31m", "\x1f"])
def test_a_control_character_is_refused_by_all(judges: Judges, text: str) -> None:
    """JSON can only escape it, and WeCom refuses escapes with 40033."""
    body = {"external_userid": ["woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA"], "text": {"content": text}}
    assert agree(judges, "add_msg_template", body) is False
    assert [violation.rule for violation in check("add_msg_template", body)] == ["json.escape"]


@pytest.mark.parametrize("text", ["\b\f\n\r\t", "\x7f", "\u2028", "a\\u0001", "\\\\u", "\\"])
def test_what_needs_no_escape_of_its_own_is_accepted_by_all(judges: Judges, text: str) -> None:
    body = {"external_userid": ["woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA"], "text": {"content": text}}
    assert agree(judges, "add_msg_template", body) is True


@pytest.mark.parametrize(
    "verdicts",
    [
        Verdicts(True, False, True, True, True),
        Verdicts(False, False, True, False, False),
        Verdicts(True, True, True, False, None),
        Verdicts(False, False, False, None, True),
    ],
)
def test_a_single_dissenter_is_seen(verdicts: Verdicts) -> None:
    assert verdicts.agreed is None


def test_who_was_not_asked_does_not_dissent() -> None:
    assert Verdicts(True, True, True, None, None).agreed is True
    assert Verdicts(False, False, False, False, None).agreed is False
