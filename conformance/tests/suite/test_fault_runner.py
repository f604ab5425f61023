"""The runner of seeded faults, on a small repository of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from wecom_conformance.faults.__main__ import run
from wecom_conformance.faults.matrix import complaints, matrix
from wecom_conformance.faults.table import Change, Fault
from wecom_conformance.faults.verdict import Result, Verdict, judge
from wecom_conformance.faults.workspace import workspace

SECONDS = 60.0


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A package with a limit, and a test on both of its sides."""
    (tmp_path / "overrides").mkdir()
    (tmp_path / "overrides" / "limit.py").write_text(
        "def within(n):\n    return n <= 9\n\n\ndef double(n):\n    return 2 * n\n", encoding="utf-8"
    )
    tests = tmp_path / "conformance" / "tests" / "client"
    tests.mkdir(parents=True)
    (tests / "test_limit.py").write_text(
        "from limit import double, within\n\n\n"
        "def test_limit():\n    assert within(9)\n    assert not within(10)\n\n\n"
        "def test_nothing():\n    assert double(0) == 0\n",
        encoding="utf-8",
    )
    return tmp_path


def fault(old: str, new: str, *tests: str, **other: str) -> Fault:
    caught = [f"conformance/tests/client/test_limit.py{test}" for test in tests]
    change = Change("overrides/limit.py", old, new)
    return Fault("f", "override", "k", "why", [change], [], "b", caught, other.get("equivalent", ""))


def verdict(source: Path, *arguments: str) -> Verdict:
    return judge(fault(*arguments), source, SECONDS).verdict


def test_a_fault_that_a_test_sees_is_killed(source: Path) -> None:
    assert verdict(source, "n <= 9", "n <= 10", "::test_limit") is Verdict.KILLED
    assert verdict(source, "n <= 9", "n < 9", "::test_limit") is Verdict.KILLED


def test_a_fault_that_no_test_sees_survives(source: Path) -> None:
    result = judge(fault("2 * n", "3 * n", ""), source, SECONDS)
    assert result.verdict is Verdict.SURVIVED
    assert "2 passed" in result.detail


def test_a_fault_whose_text_is_not_there_once_does_not_apply(source: Path) -> None:
    assert verdict(source, "n <= 8", "n <= 10", "") is Verdict.GONE
    assert verdict(source, "return", "yield", "") is Verdict.GONE


def test_a_test_that_is_not_there_kills_nothing(source: Path) -> None:
    assert verdict(source, "n <= 9", "n <= 10", "::test_none") is Verdict.BROKEN


def test_a_fault_that_breaks_the_import_kills_nothing(source: Path) -> None:
    """Anything would see it; it says nothing about the test."""
    assert verdict(source, "return n <= 9", "return n <= (", "") is Verdict.BROKEN


def test_a_test_that_hangs_kills_nothing(source: Path) -> None:
    hangs = fault("return n <= 9", "while True: pass", "")
    assert judge(hangs, source, 3.0).verdict is Verdict.BROKEN


def test_an_equivalent_fault_must_apply_too(source: Path) -> None:
    assert (
        judge(fault("2 * n", "n * 2", equivalent="the same"), source, SECONDS).verdict is Verdict.EQUIVALENT
    )
    assert judge(fault("4 * n", "n * 4", equivalent="the same"), source, SECONDS).verdict is Verdict.GONE


def test_the_source_stays_as_it_is(source: Path) -> None:
    before = (source / "overrides/limit.py").read_bytes()
    verdict(source, "n <= 9", "n <= 10", "::test_limit")
    assert (source / "overrides/limit.py").read_bytes() == before


def test_a_copy_is_gone_at_the_end(source: Path) -> None:
    with workspace(source) as copy:
        assert (copy.root / "overrides/limit.py").is_file()
    assert not copy.root.exists()


def test_exit_codes_and_what_is_printed(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    killed = fault("n <= 9", "n <= 10", "::test_limit")
    survivor = fault("2 * n", "3 * n", "::test_nothing")
    assert run([killed], source, 2, SECONDS) == 0
    out = capsys.readouterr().out
    assert "1 of 1 faults killed" in out
    assert "control without a fault: no alarm" in out
    assert run([survivor], source, 1, SECONDS) == 1
    assert "must be seen by: conformance/tests/client/test_limit.py::test_nothing" in capsys.readouterr().out


def test_a_control_with_an_alarm_is_an_alarm(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    test = source / "conformance/tests/client/test_limit.py"
    test.write_text(test.read_text(encoding="utf-8") + "\n\ndef test_always():\n    assert False\n")
    assert run([fault("n <= 9", "n <= 10", "")], source, 1, SECONDS) == 1
    assert "control without a fault: the tests fail" in capsys.readouterr().out


def test_the_matrix() -> None:
    killed = Result(fault("a", "b", ""), Verdict.KILLED, {"client": Verdict.KILLED})
    blind = Result(fault("a", "b", ""), Verdict.SURVIVED, {"client": Verdict.SURVIVED}, "1 passed")
    lines = list(matrix([killed, blind]))
    assert lines[0].split() == ["fault", "client"]
    assert [line.split() for line in lines[1:3]] == [["f", "x"], ["f", "SURVIVED"]]
    assert lines[-1].split() == ["all", "2", "1", "1"]
    assert list(complaints([killed])) == []
    assert next(iter(complaints([blind]))) == "f: survived"
