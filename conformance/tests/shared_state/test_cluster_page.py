"""What the page about more than one machine shows runs, and both languages show the same."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from wecom_mock.server import MockServer
from wecom_openapi.broadcast import CallState

DOCS = Path(__file__).resolve().parents[3] / "docs"
PAGES = ("cluster.md", "cluster.zh-CN.md")


def blocks(page: str) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```", (DOCS / page).read_text(encoding="utf-8"), re.M | re.S)


def test_every_block_runs(
    redis_url: str, postgres_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REDIS_URL", redis_url)
    monkeypatch.setenv("JOURNAL_URL", postgres_url)
    with MockServer() as mock:
        names: dict[str, Any] = {"corpid": "wwdemo", "corpsecret": "demo", "base_url": mock.base_url}
        for number, block in enumerate(blocks(PAGES[0]), 1):
            exec(compile(block, f"{PAGES[0]}, block {number}", "exec"), names)
        assert len(mock.state.calls.of("gettoken")) == 1
    assert "not sent yet" in capsys.readouterr().out
    with names["connect"]() as wecom:
        broadcast = names["Broadcast"](wecom.journal, "spring-2027")
        assert [call.state for call in broadcast.calls()] == [CallState.PLANNED] * 2
    with names["app"].connection_for_read() as connection:
        assert connection.default_channel.queue_declare("celery", passive=True).message_count == 2


def test_both_languages_show_the_same() -> None:
    english, chinese = ((DOCS / page).read_text(encoding="utf-8") for page in PAGES)
    for pattern in (r"^```\w+\n(.*?)^```", r"^(#+) ", r"^(\|)", r"^(-) ", r"`(\w+=)`"):
        flags = re.M | re.S
        assert sorted(re.findall(pattern, english, flags)) == sorted(re.findall(pattern, chinese, flags)), (
            pattern
        )


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", (DOCS / page).read_text(encoding="utf-8"))
    assert len(links) == 2
    assert all((DOCS / link).exists() for link in links)
