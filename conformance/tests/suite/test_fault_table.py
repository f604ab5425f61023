"""The table of seeded faults is whole, and each entry still means something. That they are seen is `make faults`."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from wecom_conformance.faults.__main__ import chosen, main
from wecom_conformance.faults.table import (
    BUILD,
    FOLDER,
    PARTS,
    REPOSITORY,
    Fault,
    FaultError,
    load_faults,
)

FAULTS = load_faults()
BUILD_STEPS = {"contract", "regenerate"}

KINDS = {
    *("limit off by one", "bytes counted as characters", "conditional dropped", "required dropped"),
    *("enum value lost", "tag dispatched wrongly", "pic_url and picurl swapped", "media_id precedence"),
    *("fail_list dropped or renamed", "errcode compared as string", "errcode ignored", "page misread"),
    *("unknown field let through", "optional sent as null or empty", "\\u escapes", "token in a log"),
    *("token never refreshed", "token refreshed twice", "token refreshed for ever", "timeout lost"),
    *("sent twice", "outcome misreported"),
    *("retry of an unknown outcome", "cursor repeated", "page dropped", "quota off by one"),
    *("confirm not needed", "cancel recalls", "clock ignored", "golden bytes regenerated blindly"),
    *("a correction that matches nothing let through", "a test deleted", "page mended in its transcription"),
    "both sides wrong together",
}
"""Every kind of mistake that the table must have."""


@cache
def functions_of(file: str) -> frozenset[str]:
    """The tests and classes of a file."""
    tree = ast.parse((REPOSITORY / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef))


def named() -> set[str]:
    return {test for fault in FAULTS for test in fault.caught_by if test != BUILD}


def test_there_are_enough() -> None:
    assert len(FAULTS) - sum(bool(fault.equivalent) for fault in FAULTS) >= 120


def test_every_part_has_faults() -> None:
    assert {fault.part for fault in FAULTS} == set(PARTS)
    assert [part for part in PARTS if sum(fault.part == part for fault in FAULTS) < 5] == []


def test_every_kind_is_there() -> None:
    assert {fault.kind for fault in FAULTS} == KINDS


def test_every_fault_applies() -> None:
    wrong: list[str] = []
    for fault in FAULTS:
        texts: dict[str, str] = {}
        for change in fault.changes:
            path = REPOSITORY / change.file
            text = texts.get(change.file) or (path.read_text(encoding="utf-8") if path.is_file() else "")
            if text.count(change.old) != 1:
                wrong.append(f"{fault.id}: {change.file} has the text {text.count(change.old)} times")
            texts[change.file] = text.replace(change.old, change.new)
    assert wrong == []


def test_a_fault_in_what_is_built_from_is_built() -> None:
    """Else the fault would meet the files that were made before it."""
    sources = ("openapi/wecom/corrections/", "openapi/wecom/errcodes.yaml")
    for fault in FAULTS:
        if any(change.file.startswith(sources) for change in fault.changes):
            assert BUILD_STEPS & set(fault.steps), fault.id
        assert BUILD not in fault.caught_by or fault.steps, fault.id


def test_every_test_that_is_named_is_there() -> None:
    for test in named():
        file, *names = test.split("::")
        assert (REPOSITORY / file).is_file(), test
        assert {name.partition("[")[0] for name in names} <= functions_of(file), test


def test_nothing_is_skipped_or_expected_to_fail() -> None:
    """A fault that is seen by a test which doesn't run is not seen."""
    escape = re.compile(r"pytest\.(skip|xfail|importorskip)|mark\.(skip\b(?!if)|xfail)")
    for file in {test.split("::")[0] for test in named()}:
        assert not escape.search((REPOSITORY / file).read_text(encoding="utf-8")), file


def test_every_limit_goes_either_way() -> None:
    ways: dict[str, set[str]] = {}
    for fault in load_faults():
        stem, _, way = fault.id.rpartition(".")
        if way in ("one-more", "one-less"):
            ways.setdefault(stem, set()).add(way)
    assert len(ways) >= 40
    assert {stem for stem, found in ways.items() if len(found) != 2} == set()


def test_a_slice_is_a_tenth_of_every_part_and_the_same_for_a_seed() -> None:
    first = chosen(FAULTS, [], None, 10, 7)
    assert first == chosen(FAULTS, [], None, 10, 7)
    assert first != chosen(FAULTS, [], None, 10, 8)
    assert {fault.part for fault in first} == set(PARTS)
    assert len(FAULTS) / 10 <= len(first) <= len(FAULTS) / 10 + len(PARTS)


def test_faults_are_chosen_by_name_and_part() -> None:
    some = chosen(FAULTS, ["token."], None, None, 0)
    assert len(some) > 10
    assert {fault.part for fault in some} == {"token flow"}
    assert chosen(FAULTS, ["no such fault"], None, None, 0) == []
    assert {fault.part for fault in chosen(FAULTS, [], "proof", None, 0)} == {"proof"}


ENTRY = """
part: proof
faults:
  - id: one
    kind: a test deleted
    why: somebody deletes it
    file: README.md
    old: a
    new: b
    behaviour: none
    caught_by: [conformance/tests/suite/test_fault_table.py]
"""


@pytest.fixture
def table(tmp_path: Path) -> Callable[[str], list[Fault]]:
    def load(text: str) -> list[Fault]:
        (tmp_path / "one.yaml").write_text(text, encoding="utf-8")
        return load_faults(tmp_path)

    return load


def test_an_entry(table: Callable[[str], list[Fault]]) -> None:
    (fault,) = table(ENTRY)
    assert (fault.id, fault.part, [change.file for change in fault.changes]) == (
        "one",
        "proof",
        ["README.md"],
    )
    assert fault.subjects == {"suite": ["conformance/tests/suite/test_fault_table.py"]}


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("part: proof", "part: roof", "part must be one of"),
        ("part: proof", "part: [proof", "can't be read"),
        ("part: proof", "x: 1", "needs part and faults"),
        ("    kind: a test deleted\n", "", "has no kind"),
        ("    kind: ", "    colour: red\n    kind: ", "unknown key colour"),
        ("why: somebody deletes it", "why: 1", "why must be text"),
        ("new: b", "new: a", "another one than new"),
        ("old: a", "old: ''", "old must be some text"),
        ("caught_by: [conformance", "caught_by: [/etc", "is no test of"),
        ("caught_by: [conformance/tests/suite/test_fault_table.py]", "caught_by: []", "or a reason why"),
        ("behaviour: none", "behaviour: none\n    equivalent: it is", "or a reason why"),
        ("behaviour: none", "behaviour: none\n    steps: [deploy]", "steps may be"),
    ],
)
def test_an_entry_that_makes_no_sense(
    old: str, new: str, why: str, table: Callable[[str], list[Fault]]
) -> None:
    assert old in ENTRY
    with pytest.raises(FaultError, match=why):
        table(ENTRY.replace(old, new))


def test_a_name_stands_once(table: Callable[[str], list[Fault]]) -> None:
    with pytest.raises(FaultError, match="one: stands twice"):
        table(ENTRY + ENTRY.partition("faults:\n")[2])


def test_a_folder_without_a_table(tmp_path: Path) -> None:
    with pytest.raises(FaultError, match="holds no faults"):
        load_faults(tmp_path)


def test_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list", "--part", "proof"]) == 0
    assert "proof.test-deleted" in capsys.readouterr().out


def test_no_fault_of_that_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nobody"]) == 2
    assert "no fault of that name" in capsys.readouterr().err


def test_the_format_is_told() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    for word in (*PARTS, *KINDS, "caught_by", "behaviour", "equivalent", "steps"):
        assert word in text, word
