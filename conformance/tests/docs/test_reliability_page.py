"""What the page on reliability shows runs, its tables are those of the contract, and both languages say the same."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest

from wecom_contract import OPERATIONS, faults
from wecom_mock.faults import Fault
from wecom_mock.server import MockServer
from wecom_openapi import WeCom

DOCS = Path(__file__).resolve().parents[3] / "docs"
ENGLISH, CHINESE = "reliability.md", "reliability.zh-CN.md"
pages = pytest.mark.parametrize("page", [ENGLISH, CHINESE])


def blocks(page: str) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```", (DOCS / page).read_text(encoding="utf-8"), re.M | re.S)


def rows(page: str) -> dict[str, list[str]]:
    """The cells of every row about a fault or a call, by its name."""
    found: dict[str, list[str]] = {}
    for line in (DOCS / page).read_text(encoding="utf-8").splitlines():
        name, *cells = (cell.strip() for cell in line.strip("|").split("|"))
        known = name.strip("`")
        if line.startswith("| `") and (known in faults() or known in OPERATIONS):
            assert known not in found, known
            found[known] = cells
    return found


@pages
def test_every_block_runs(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    customers = ["woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA", "wmqfasd1e1927831123109rBAAAA"]
    with MockServer() as mock, WeCom("wwdemo", "demo", base_url=mock.base_url) as wecom:
        mock.state.faults.add(Fault("reset-after", "add_msg_template", times=1))
        names: dict[str, Any] = {
            "mock": mock,
            "wecom": wecom,
            "customers": customers,
            "now": int(time.time()),
        }
        for number, block in enumerate(blocks(page), 1):
            exec(compile(block, f"{page}, block {number}", "exec"), names)
        names["patient"].close()
        names["never"].close()
        (msgid,) = mock.state.tasks
    told = capsys.readouterr().out
    assert "unknown connection-lost never 1" in told
    assert f"sent {msgid} task {msgid}: the same content; all 2 recipients" in told


@pages
def test_the_tables_are_the_contracts(page: str) -> None:
    shown = rows(page)
    for name, fault in faults().items():
        pause = (
            ""
            if not fault.pause
            else f", after {fault.pause} s"
            if page == ENGLISH
            else f"，{fault.pause} 秒后"
        )
        words = fault.en if page == ENGLISH else fault.zh
        assert shown[name] == [words, fault.outcome, f"{fault.retry}{pause}"]
    for name, operation in OPERATIONS.items():
        if operation.effect == "write":
            repeat = operation.repeat
            words = repeat.en if page == ENGLISH else repeat.zh
            assert shown[name] == ["safe" if repeat.safe else "**unsafe**", words]
        else:
            assert name not in shown


def test_both_languages_show_the_same() -> None:
    assert blocks(ENGLISH) == blocks(CHINESE)
    assert list(rows(ENGLISH)) == list(rows(CHINESE))
    heads = [
        re.findall(r"^#+", (DOCS / page).read_text(encoding="utf-8"), re.M) for page in (ENGLISH, CHINESE)
    ]
    assert heads[0] == heads[1]
