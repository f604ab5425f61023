"""The list of what client and mock share agrees with the faults planted in it, and no test that must see one of them
takes what it expects from the piece itself."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from wecom_conformance.faults.table import REPOSITORY, Fault, load_faults

SHARED = REPOSITORY / "openapi" / "wecom_contract"
PAGES = [REPOSITORY / "docs" / name for name in ("independence.md", "independence.zh-CN.md")]
FAULTS = {fault.id: fault for fault in load_faults() if fault.part == "shared"}

ASKED_BY = {
    "data/schemas.json": {"check", "check_response"},
    "data/operations.json": {"OPERATIONS", "ENVELOPE", "SERVER"},
    "data/errcodes.json": {"errcode"},
    "data/faults.json": {"faults"},
    "data/rules.json": {"rules"},
    "data/examples.json": {"success_example"},
    "data/__init__.py": {"load", "errcode"},
    "validation.py": {"check"},
    "quick.py": {"check"},
    "keywords.py": {"check"},
    "unjudgeable.py": {"check"},
    "texts.py": {"check", "rules"},
    "places.py": {"dotted", "pointer", "walk"},
    "operations.py": {"OPERATIONS", "ENVELOPE", "SERVER"},
    "depth.py": {"is_within"},
    "errcodes.py": {"errcode"},
    "faults.py": {"faults"},
    "rules.py": {"rules"},
}
"""By piece: the names by which a test asks it. What it expects must come from elsewhere, and so from no other name."""

VALUES_ALONE = {"violations.py", "__init__.py"}
"""Pieces that hold names and fields and do nothing, so that there is nothing to break in them."""


def rows(page: Path) -> dict[str, tuple[str, set[str]]]:
    """By piece: the independent check, and the faults."""
    found: dict[str, tuple[str, set[str]]] = {}
    for line in page.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `") and len(cells) == 4:
            found[cells[0].strip("`")] = (cells[2], set(re.findall(r"`(shared\.[\w.-]+)`", cells[3])))
    return found


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def imported(file: Path) -> dict[str, tuple[str, str]]:
    """What a file imports: the name here, the module there and the name there."""
    return {
        alias.asname or alias.name: (("." * node.level) + (node.module or ""), alias.name)
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def used(file: Path, name: str) -> set[str]:
    """The names that a function of a test file uses, and those that they use in turn within the file."""
    top = {
        target: node
        for node in parsed(file).body
        for target in (
            [node.name]
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
            else [
                one.id
                for one in ast.walk(node)
                if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
            ]
        )
    }
    seen, todo = set[str](), [name]
    while todo:
        here = todo.pop()
        if here not in seen:
            seen.add(here)
            if here in top:
                tree = top[here]
                todo += [one.id for one in ast.walk(tree) if isinstance(one, ast.Name)]
                todo += [one.arg for one in ast.walk(tree) if isinstance(one, ast.arg)]
    return seen


def borrowed(test: str) -> set[str]:
    """The names of the shared package that a test uses itself, or by way of a module that it takes its means from."""
    file, name = REPOSITORY / test.split("::")[0], test.split("::")[-1]
    names, found = used(file, name), set[str]()
    for here, (module, there) in imported(file).items():
        if here not in names:
            continue
        if module.split(".")[0] == "wecom_contract":
            found.add(there)
        else:
            found |= {f"{module}: {one}" for one in through(module, file.parent)}
    return found


@cache
def through(module: str, beside: Path) -> frozenset[str]:
    """What of the shared package a module of the proof imports, whatever it imports of the proof among it."""
    parts = module.split(".")
    if parts[0] == "wecom_conformance":
        file = REPOSITORY / "conformance" / Path(*parts).with_suffix(".py")
    else:
        places = [beside / f"{module}.py", beside.parent / "pipeline" / f"{module}.py"]
        file = next((place for place in places if place.is_file()), Path())
    if not file.is_file():
        return frozenset()  # a library, or the client that is under test
    found = set[str]()
    for other, name in imported(file).values():
        full = f"wecom_conformance.{other[1:]}" if other.startswith(".") else other
        if full.split(".")[0] == "wecom_contract":
            found.add(name)
        else:
            found |= through(full, beside)
    return frozenset(found)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_shared_piece_is_listed_with_its_faults(page: Path) -> None:
    pieces = {
        path.relative_to(SHARED).as_posix()
        for path in SHARED.rglob("*")
        if path.suffix in (".py", ".json") and "__pycache__" not in path.parts
    }
    listed = rows(page)
    assert set(listed) == pieces
    assert {fault for _, faults in listed.values() for fault in faults} == set(FAULTS)
    for piece, (check, faults) in listed.items():
        assert bool(faults) == (piece not in VALUES_ALONE), piece
        for fault in faults:
            assert [change.file for change in FAULTS[fault].changes] == [f"openapi/wecom_contract/{piece}"]
        for link in re.findall(r"\]\(([^)]+)\)", check):
            assert (page.parent / link).exists(), link


@pytest.mark.parametrize("piece", sorted(VALUES_ALONE))
def test_what_has_no_fault_has_nothing_that_could_be_wrong(piece: str) -> None:
    tree = parsed(SHARED / piece)
    assert [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Lambda | ast.If)] == []


@pytest.mark.parametrize("fault", FAULTS.values(), ids=list(FAULTS))
def test_what_must_see_a_fault_does_not_stand_on_the_piece(fault: Fault) -> None:
    piece = fault.changes[0].file.removeprefix("openapi/wecom_contract/")
    assert not fault.steps, "it would be built anew without the fault"
    for test in fault.caught_by:
        assert "::" in test
        assert borrowed(test) <= ASKED_BY[piece], test


def test_the_second_engine_and_the_vectors_share_nothing_with_the_piece() -> None:
    for module in ("wecom_conformance.engine", "wecom_conformance.vectors"):
        assert through(module, SHARED) == frozenset()
    # The check itself sees a module that does.
    assert "OPERATIONS" in through("wecom_conformance.phases", SHARED)
    assert borrowed("conformance/tests/contract/test_two_engines.py::test_requests") >= {
        "check",
        "OPERATIONS",
    }
