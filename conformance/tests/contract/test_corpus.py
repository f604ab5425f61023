"""Real bodies: both engines give the verdict that the corpus's index states."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wecom_conformance.corpus import (
    BODIES,
    ELSEWHERE,
    OPERATION_OF,
    OUTSIDE,
    OUTSIDE_FILES,
    CorpusError,
    Entry,
    corpus_folder,
    load_corpus,
)
from wecom_conformance.engine import Contract, accepts, accepts_response, load_contract
from wecom_contract import check, check_response

PRESENT = corpus_folder().is_dir()
ABSENT = (
    f"the corpus of real bodies is not here: {corpus_folder()} (it is kept beside the repository, not in it)"
)
ENTRIES = load_corpus() if PRESENT else []
JUDGED = [entry for entry in ENTRIES if entry.operation is not None]

needs_corpus = pytest.mark.skipif(not PRESENT, reason=ABSENT)


@pytest.fixture(scope="module")
def contract() -> Contract:
    return load_contract()


@needs_corpus
@pytest.mark.parametrize("entry", JUDGED, ids=lambda entry: entry.file)
def test_both_engines_give_the_verdict_of_the_index(contract: Contract, entry: Entry) -> None:
    assert entry.operation is not None
    if entry.direction == "request":
        errors = [
            violation.rule
            for violation in check(entry.operation, entry.body)
            if violation.severity == "error"
        ]
        second = accepts(contract, entry.operation, entry.body)
    else:
        errors = [violation.rule for violation in check_response(entry.operation, entry.body)]
        second = accepts_response(contract, entry.operation, entry.body)

    assert (not errors, second) == (entry.accepted, entry.accepted), errors


@needs_corpus
def test_a_body_that_is_valid_with_a_warning_gets_one() -> None:
    warned = [entry for entry in JUDGED if entry.verdict == "valid-with-warning"]
    assert warned
    for entry in warned:
        assert entry.operation is not None
        assert [violation.severity for violation in check(entry.operation, entry.body)] == ["warning"]


@needs_corpus
def test_no_line_of_the_index_is_dropped(contract: Contract) -> None:
    lines = (corpus_folder() / "index.jsonl").read_text(encoding="utf-8").splitlines()
    outside = [entry for entry in ENTRIES if entry.endpoint in OUTSIDE or entry.file in OUTSIDE_FILES]

    assert len(JUDGED) + len(outside) == len(ENTRIES) == len(lines)
    assert {entry.operation for entry in JUDGED} <= set(contract.requests)
    assert {entry.file for entry in ENTRIES} == {
        path.relative_to(corpus_folder()).as_posix() for path in corpus_folder().glob("*/*.json")
    }


@needs_corpus
def test_the_tables_name_nothing_that_is_not_there(contract: Contract) -> None:
    endpoints = {entry.endpoint for entry in ENTRIES}
    assert set(OUTSIDE) | set(ELSEWHERE) <= endpoints
    assert set(OUTSIDE_FILES) | set(OPERATION_OF) | set(BODIES) <= {entry.file for entry in ENTRIES}
    assert not set(OUTSIDE) & set(contract.requests), "an operation of the contract is judged, not set aside"
    assert {*ELSEWHERE.values(), *OPERATION_OF.values()} <= set(contract.requests)


LINE = {"file": "e/a.json", "endpoint": "e", "direction": "request", "verdict": "valid", "why": ""}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "index.jsonl:2"),
        ("[]", "index.jsonl:2"),
        (json.dumps({k: v for k, v in LINE.items() if k != "verdict"}), "KeyError.'verdict'"),
        (json.dumps({**LINE, "direction": "sideways"}), "'sideways'"),
        (json.dumps({**LINE, "file": "e/missing.json"}), "e/missing.json"),
        (json.dumps({**LINE, "file": "e/broken.json"}), "e/broken.json"),
    ],
)
def test_a_broken_corpus_is_refused_with_the_place(tmp_path: Path, line: str, words: str) -> None:
    (tmp_path / "e").mkdir()
    (tmp_path / "e" / "a.json").write_text("{}", encoding="utf-8")
    (tmp_path / "e" / "broken.json").write_text("{", encoding="utf-8")
    (tmp_path / "index.jsonl").write_text(f"{json.dumps(LINE)}\n{line}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=words):
        load_corpus(tmp_path)


def test_a_missing_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"index\.jsonl"):
        load_corpus(tmp_path)


def test_a_verdict_without_a_decision_is_refused() -> None:
    entry = Entry("e/a.json", "e", "request", "perhaps", "", {})
    with pytest.raises(CorpusError, match="'perhaps' on a request"):
        _ = entry.accepted
