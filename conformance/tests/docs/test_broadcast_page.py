"""What the page about broadcasts shows runs, and prints what it shows, in both languages."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import signal
from pathlib import Path
from typing import Any

import pytest

from wecom_cli.exits import Exit
from wecom_cli.main import main
from wecom_contract import OPERATIONS, rules
from wecom_mock import State
from wecom_mock.server import MockServer
from wecom_openapi.broadcast import Standing

DOCS = Path(__file__).resolve().parents[3] / "docs"
PAGES = {"broadcast.md": "en_US.UTF-8", "broadcast.zh-CN.md": "zh_CN.UTF-8"}
MSGID = re.compile(r"msg[A-Za-z0-9_-]{20,}")
BLOCK = re.compile(r"^```(python|console|json (\S+))\n(.*?)^```", re.M | re.S)


@pytest.mark.parametrize("page", PAGES)
def test_every_block_runs_and_prints_what_the_page_shows(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith(("WECOM_", "LC_"))]:
        monkeypatch.delenv(name)
    before = signal.getsignal(signal.SIGTERM)
    told = io.StringIO()
    with MockServer(State(), clock=lambda: 1_795_330_800.0) as mock:
        names: dict[str, Any] = {"base_url": mock.base_url}
        for name, value in {
            "WECOM_CORPID": "wwdemo",
            "WECOM_CORPSECRET": "demo",
            "WECOM_BASE_URL": mock.base_url,
            "LANG": PAGES[page],
        }.items():
            monkeypatch.setenv(name, value)
        for kind, file, content in BLOCK.findall((DOCS / page).read_text(encoding="utf-8")):
            if file:
                Path(file).write_text(content, encoding="utf-8")
            elif kind == "python":
                with contextlib.redirect_stdout(told):
                    exec(compile(content, page, "exec"), names)
            else:
                # Which of two calls at a time is the first one is not for a page to say.
                assert MSGID.sub("msg…", printed(content)) == MSGID.sub("msg…", content)
        assert len(mock.state.tasks) == 4
        fail_lists = [task.fail_list for task in mock.state.tasks.values()]
    signal.signal(signal.SIGTERM, before)
    assert sum(map(len, fail_lists)) == 2
    for words in ("4 2 1", "2 of 2", "'fail_list': 1", "mixed.csv, line 4", "True []", "done"):
        assert words in told.getvalue(), words


def printed(block: str) -> str:
    """A block of the shell as it is when its commands run."""
    shown = io.StringIO()
    for line in block.splitlines():
        if line.startswith("$ "):
            program, *arguments = shlex.split(line[2:])
            assert program == "wecom"
            shown.write(line + "\n")
            with contextlib.redirect_stdout(shown), contextlib.redirect_stderr(shown):
                assert main(arguments) == Exit.DONE
    return shown.getvalue()


def test_both_languages_show_the_same_code() -> None:
    code = [
        re.findall(r"^```(?:python|json)(?s:.*?)^```|^\$ .*", (DOCS / page).read_text("utf-8"), re.M)
        for page in PAGES
    ]
    assert code[0] == code[1]


@pytest.mark.parametrize("page", PAGES)
def test_every_standing_and_every_limit_is_there(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    for standing in Standing:
        assert f"`{standing}`" in text
    for field in ("external_userid", "chat_id_list"):
        assert f"{rules()[f'{field}.max-items'].limit:,}" in text
    for limit in OPERATIONS["add_msg_template"].frequency:
        assert f"{limit.calls:,}" in text


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    for link in re.findall(r"\]\(([^)#]+)\)", (DOCS / page).read_text(encoding="utf-8")):
        # The page of measurements is written by what measures.
        assert link == "benchmarks.md" or (DOCS / link).exists(), link
