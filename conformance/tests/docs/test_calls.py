"""What the page of all calls shows runs, block after block, and both languages show the same."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from wecom_contract import OPERATIONS
from wecom_mock.server import MockServer
from wecom_openapi import WeCom

DOCS = Path(__file__).resolve().parents[3] / "docs"
PAGES = ("calls.md", "calls.zh-CN.md")


def blocks(page: str) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```", (DOCS / page).read_text(encoding="utf-8"), re.M | re.S)


@pytest.mark.parametrize("page", PAGES)
def test_every_block_runs(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    with MockServer() as mock, WeCom("wwdemo", "demo", base_url=mock.base_url) as wecom:
        names: dict[str, Any] = {"mock": mock, "wecom": wecom}
        for number, block in enumerate(blocks(page), 1):
            exec(compile(block, f"{page}, block {number}", "exec"), names)
        assert len(mock.state.tasks) == 2
        assert mock.state.welcome.sent
        assert mock.state.moments.by_id
    told = capsys.readouterr().out
    for words in ("UNSENT", "41093", "客户一", "SENT", "7200", "41047"):
        assert words in told, words


def test_both_languages_show_the_same_code() -> None:
    english, chinese = (blocks(page) for page in PAGES)
    assert english == chinese


@pytest.mark.parametrize("page", PAGES)
def test_every_call_is_shown(page: str) -> None:
    shown = "\n".join(blocks(page))
    for operation in OPERATIONS:
        short = operation.removeprefix("get_")
        assert f".{operation}(" in shown or f".iter_{short}(" in shown, operation
