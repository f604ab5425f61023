"""The table of vectors against the contract's two engines, and the table against itself."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from wecom_conformance.engine import Contract, accepts, load_contract, warnings
from wecom_conformance.vectors import Vector, VectorError, expand, load_vectors, vectors_folder
from wecom_contract import check

VECTORS = load_vectors()
BY_ID = {vector.id: vector for vector in VECTORS}
RULES_THAT_COME_TOGETHER = {
    "link.url.empty": "an empty url has no scheme either",
}


DISAGREEMENT = (
    "the contract and this row of conformance/vectors disagree: if a correction is wrong, mend the correction; "
    "if the contract was changed on purpose, change the row too, by hand and from the source"
)


@pytest.fixture(scope="module")
def contract() -> Contract:
    return load_contract()


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.id)
def test_check_finds_exactly_the_rules_of_the_row(vector: Vector) -> None:
    found = check(vector.operation, vector.body)
    errors = [violation for violation in found if violation.severity == "error"]
    told = frozenset(violation.rule for violation in found if violation.severity == "warning")

    assert frozenset(violation.rule for violation in errors) == vector.rules, DISAGREEMENT
    if vector.warnings is not None:
        assert told == vector.warnings
    if vector.errcode is not None:
        assert {violation.errcode for violation in errors} == {vector.errcode}
    assert all(isinstance(violation.errcode, int) for violation in errors)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.id)
def test_the_second_engine_gives_the_verdict_of_the_row(contract: Contract, vector: Vector) -> None:
    assert accepts(contract, vector.operation, vector.body) is vector.accepted, DISAGREEMENT
    if vector.warnings is not None:
        assert warnings(contract, vector.operation, vector.body) == vector.warnings


def test_every_rule_of_the_contract_is_broken_alone_by_some_row(contract: Contract) -> None:
    rules, _ = _ids(contract)
    alone = {rule for vector in VECTORS if len(vector.rules) == 1 for rule in vector.rules}
    together = {rule for vector in VECTORS for rule in vector.rules}

    assert rules - alone == set(RULES_THAT_COME_TOGETHER)
    assert together == rules, "the table names a rule that the contract lacks, or the other way round"


def test_every_warning_of_the_contract_is_earned_by_an_accepted_row(contract: Contract) -> None:
    _, ids = _ids(contract)
    assert {warning for vector in VECTORS if vector.accepted for warning in vector.warnings or ()} == ids


def test_every_operation_has_rows_of_both_verdicts(contract: Contract) -> None:
    assert {(vector.operation, vector.verdict) for vector in VECTORS} == {
        (operation, verdict) for operation in contract.requests for verdict in ("accept", "reject")
    }


@pytest.mark.parametrize(
    "subject", ["text.content", "link.title", "link.desc", "link.picurl", "link.url", "miniprogram.title"]
)
@pytest.mark.parametrize("script", ["ascii", "chinese", "emoji", "combining"])
def test_a_byte_limit_has_both_sides_in_every_script(subject: str, script: str) -> None:
    pattern = re.compile(rf"{re.escape(subject)}\.(\d+)-bytes-{script}")
    sizes = {int(match[1]): BY_ID[match[0]] for match in map(pattern.fullmatch, BY_ID) if match}
    widest = max(size for size, vector in sizes.items() if vector.accepted)

    assert not sizes[widest + 1].accepted
    for size, vector in sizes.items():
        assert len(_string(vector, subject).encode()) == size


@pytest.mark.parametrize(
    "vector", [v for v in VECTORS if v.id.endswith("-combining")], ids=lambda vector: vector.id
)
def test_combining_marks_have_survived_every_editor(vector: Vector) -> None:
    text = json.dumps(vector.body, ensure_ascii=False)
    assert unicodedata.normalize("NFC", text) != text


def test_every_source_is_explained() -> None:
    readme = (vectors_folder() / "README.md").read_text(encoding="utf-8")
    sources = {
        vector.source if vector.source.startswith("decision:") else vector.source.split(":")[0]
        for vector in VECTORS
    }
    assert not [source for source in sorted(sources) if f"`{source}`" not in readme]


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ({"$repeat": "标", "times": 2}, "标标"),
        ({"first": "a", "$repeat": "b", "times": 3, "then": "c"}, "abbbc"),
        ({"$items": 2, "of": "wm{n}"}, ["wm1", "wm2"]),
        (
            {"$items": 2, "of": {"k": ["{n}", {"$repeat": "{n}", "times": 2}], "same": 5}},
            [{"k": [n, n + n], "same": 5} for n in "12"],
        ),
        ([{"x": {"$repeat": "a", "times": 1}}, None, 1.5, True], [{"x": "a"}, None, 1.5, True]),
    ],
)
def test_the_short_notation(short: Any, long: Any) -> None:
    assert expand(short) == long


@pytest.mark.parametrize(
    "wrong",
    [
        {"$repeat": "a"},
        {"$repeat": "a", "times": 0},
        {"$repeat": "a", "times": True},
        {"$repeat": "a", "times": 1, "than": "b"},
        {"$repeat": 5, "times": 1},
        {"$repeat": "a", "times": 1, "then": None},
        {"$items": 1},
        {"$items": 0, "of": "a"},
        {"$items": "2", "of": "a"},
        {"$items": 2, "of": "a", "then": []},
    ],
)
def test_a_wrong_notation_is_refused(wrong: Any) -> None:
    with pytest.raises(VectorError):
        expand({"deep": [wrong]})


ROW: Mapping[str, Any] = {
    "id": "a", "operation": "gettoken", "verdict": "accept", "rules": [], "warnings": [], "errcode": None,
    "body": {}, "source": "s", "checked": "2026-11-22",
}  # fmt: skip


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({k: v for k, v in ROW.items() if k != "body"}, "lacks body"),
        ({**ROW, "notes": "x"}, "unknown key notes"),
        ({**ROW, "rules": ["r"]}, "doesn't fit 1 broken rules"),
        ({**ROW, "verdict": "reject"}, "doesn't fit 0 broken rules"),
        ({**ROW, "verdict": "maybe"}, "doesn't fit"),
        ({**ROW, "errcode": 40058}, "has no errcode"),
        ({**ROW, "warnings": None}, "states its warnings"),
        ({**ROW, "warnings": "w"}, "warnings must be a list"),
        ({**ROW, "verdict": "reject", "rules": ["r", "r"]}, "twice"),
        ({**ROW, "verdict": "reject", "rules": ["r"], "errcode": True}, "errcode must be"),
        ({**ROW, "checked": "yesterday"}, "checked must be a date"),
        ({**ROW, "source": ""}, "source must be a text"),
        ([], "not an object"),
    ],
)
def test_a_wrong_row_is_refused_with_its_place(tmp_path: Path, row: Any, words: str) -> None:
    (tmp_path / "t.json").write_text(json.dumps([row]), encoding="utf-8")
    with pytest.raises(VectorError, match=r"t\.json: row 1") as caught:
        load_vectors(tmp_path)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{}", "not a list"),
        ("[", "Expecting"),
        ('[{"a": 1, "a": 2}]', "stands twice"),
        (json.dumps([ROW, ROW]), "'a' stands twice"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "t.json").write_text(text, encoding="utf-8")
    with pytest.raises(VectorError, match=words):
        load_vectors(tmp_path)


def test_a_folder_without_a_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VectorError, match=r"no \*\.json file"):
        load_vectors(tmp_path)


def _ids(contract: Contract) -> tuple[set[str], set[str]]:
    """Rule ids and warning ids that stand in the contract's request schemas and query parameters."""
    rules: set[str] = set()
    told: set[str] = set()
    for node in _nodes(contract.document):
        for entry in node.get("x-rules", {}).values():
            rules.update(
                [entry["id"]] if isinstance(entry.get("id"), str) else [each["id"] for each in entry.values()]
            )
        told.update(warning["id"] for warning in node.get("x-warnings", ()))
    # Stated nowhere: a query isn't a schema of its own.
    bodyless = {name for name, schema in contract.requests.items() if "$ref" not in schema}
    rules.update(f"{name}.body.{word}" for name in bodyless for word in ("type", "unknown-field"))
    return rules, told


def _nodes(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, dict):
        yield value
        for child in value.values():
            yield from _nodes(child)
    elif isinstance(value, list):
        for child in value:
            yield from _nodes(child)


def _string(vector: Vector, subject: str) -> str:
    holder, field = subject.split(".")
    body = vector.body
    value = (body["text"] if holder == "text" else body["attachments"][0][holder])[field]
    assert isinstance(value, str)
    return value
