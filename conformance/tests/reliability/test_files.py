"""Journal, report, HAR, log of calls and the output of the program hold no token and no secret."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from chaos.canary import Canary, Net
from chaos.files import SCRIPTS, leave_files, leave_har, run_program
from chaos.secrets import ALL, WAYS, faults
from chaos.watchers import watching
from wecom_conformance.budget import SEED, examples

FAULTS = faults(WAYS[0])
TEXT = Canary("the message", "canary")
"""What stands in those files by right: a search that doesn't find it finds nothing."""


def some(count: int) -> list[int]:
    """Numbers of some of the answers."""
    return random.Random(SEED).sample(range(len(FAULTS)), min(examples(count), len(FAULTS)))


def test_no_journal_and_no_report_holds_a_secret(tmp_path: Path) -> None:
    net, control = Net(*ALL), Net(TEXT)
    with watching(net) as (loggers, _):
        assert leave_files(net, tmp_path, [FAULTS[number] for number in some(5)]) > 100_000
    assert {"httpcore.http11", "wecom_openapi", "sqlalchemy.engine.Engine"} <= loggers
    assert net.found == []
    for path in tmp_path.iterdir():
        control.throw(path.name, path.read_bytes())
    assert any("0.db" in one for one in control.found)
    assert {path.suffix for path in tmp_path.iterdir()} >= {".db", ".csv"}


def test_no_log_of_the_mock_holds_a_secret(tmp_path: Path) -> None:
    net, control = Net(*ALL), Net(TEXT)
    leave_har(net, tmp_path)
    assert net.found == []
    control.throw("HAR", (tmp_path / "calls.har").read_bytes())
    assert control.found


@pytest.mark.parametrize(
    ("script", "number"),
    [(one, number) for at, one in enumerate(SCRIPTS) for number in some(len(SCRIPTS))[at :: len(SCRIPTS)]],
)
def test_the_program_prints_no_secret(script: str, number: int, tmp_path: Path) -> None:
    net, control = Net(*ALL), Net(TEXT)
    logs = run_program(net, tmp_path, script, FAULTS[number])
    assert net.found == []
    assert b"DEBUG:httpcore." in logs
    if script != "alone":
        control.throw("journal", (tmp_path / "canary.db").read_bytes())
        assert control.found
