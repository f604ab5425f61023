"""What the page of the journal shows runs, block after block, and both languages show the same."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from wecom_client.operations import OPERATIONS
from wecom_mock.server import MockServer
from wecom_openapi.journal import State
from wecom_openapi.journal.keys import digest

DOCS = Path(__file__).resolve().parents[3] / "docs"
PAGES = ("journal.md", "journal.zh-CN.md")


def text_of(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


def blocks(page: str) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```", text_of(page), re.M | re.S)


@pytest.mark.parametrize("page", PAGES)
def test_every_block_runs(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with MockServer() as mock:
        names: dict[str, Any] = {"mock": mock}
        first, *rest = blocks(page)
        exec(compile(first, f"{page}, block 1", "exec"), names)
        assert len(mock.state.tasks) == 1
        with names["wecom"], names["journal"] as journal:
            body = {"msgid": "m1"}
            journal.begin(
                account="wwdemo",
                server=mock.base_url,
                operation="remind_groupmsg_send",
                body=b'{"msgid": "m1"}',
                digest=digest("remind_groupmsg_send", body),
                key="reminder",
                seconds=0.0,
            )
            for number, block in enumerate(rest, 2):
                exec(compile(block, f"{page}, block {number}", "exec"), names)
            assert [entry.state for entry in journal.entries()] == [State.DONE, State.NOT_SENT]
    assert "reminder can't tell None" in capsys.readouterr().out


def test_both_languages_show_the_same_code() -> None:
    english, chinese = (blocks(page) for page in PAGES)
    assert english == chinese
    assert len(english) == 4


@pytest.mark.parametrize("page", PAGES)
def test_the_calls_that_are_written_down_are_named(page: str) -> None:
    for name, operation in OPERATIONS.items():
        assert (f"`{name}`" in text_of(page)) is operation.takes_key, name


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    for link in re.findall(r"\]\(([^)#]+)\)", text_of(page)):
        assert (DOCS / link).exists(), link
