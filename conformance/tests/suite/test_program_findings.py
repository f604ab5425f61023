"""Every finding that a check can raise has a code with an explanation, in English and in Chinese."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import wecom_conformance
from wecom_conformance.checks import STOCK
from wecom_conformance.exits import Exit
from wecom_conformance.findings import CODES, Finding
from wecom_conformance.program import main

PACKAGE = Path(str(wecom_conformance.__file__)).parent
CHINESE = re.compile("[\u4e00-\u9fff]")


def raised() -> set[str]:
    """Codes that stand anywhere in the package but in the table."""
    found: set[str] = set()
    for file in PACKAGE.glob("*.py"):
        if file.name == "findings.py":
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                found.update(re.findall(r"^WC\d{3}$", node.value))
    return found


def findings_without_a_literal() -> list[str]:
    """Calls of `Finding` whose code can't be read off; each must take it from one of the places below."""
    found = []
    for file in PACKAGE.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            called = isinstance(node, ast.Call) and ast.unparse(node.func) == "Finding"
            if called and isinstance(node, ast.Call) and not isinstance(node.args[0], ast.Constant):
                found.append(f"{file.name}: {ast.unparse(node.args[0])}")
    return sorted(found)


def test_every_code_that_is_raised_is_in_the_table_and_the_other_way_round() -> None:
    assert raised() == set(CODES)


def test_where_a_code_comes_from_is_known() -> None:
    # Stock checks by STOCK; both severities of a request's violations; the callers of _found name theirs.
    assert findings_without_a_literal() == ["checks.py: code", "client_checks.py: code", "pages.py: code"]
    assert set(STOCK) <= set(CODES)


def test_no_other_code_can_be_made() -> None:
    with pytest.raises(ValueError, match="WC999"):
        Finding("WC999", "gettoken", "x")


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_explained_in_both_languages(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    kind = CODES[code]
    assert re.fullmatch(r"WC[1-5]\d\d", code)
    assert re.fullmatch(r"[a-z-]+", kind.name)
    assert len(kind.en) > 30
    assert not CHINESE.search(kind.en)
    assert CHINESE.search(kind.zh)
    assert kind.example
    assert main(["explain", code.lower()]) == Exit.CONFORMS
    assert kind.en in capsys.readouterr().out
    assert main(["explain", code, "--lang", "zh"]) == Exit.CONFORMS
    assert kind.zh in capsys.readouterr().out


def test_all_codes_in_a_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain"]) == Exit.CONFORMS
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(CODES)
    assert len({kind.name for kind in CODES.values()}) == len(CODES)


@pytest.mark.parametrize(
    ("more", "words"), [(["WC999"], "no such code"), (["WC101", "--lang", "fr"], "no language")]
)
def test_what_cannot_be_explained(more: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", *more]) == Exit.COULD_NOT_RUN
    assert words in capsys.readouterr().err
