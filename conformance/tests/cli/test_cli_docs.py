"""Every shell block of the page about the program is run, and prints what the page shows, in both languages."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from fault_server import environment

from wecom_cli.app import app
from wecom_cli.environment import HELP
from wecom_cli.exits import Exit
from wecom_mock import State
from wecom_mock.server import MockServer

DOCS = Path(__file__).resolve().parents[3] / "docs"
PAGES = {"cli.md": "en_US.UTF-8", "cli.zh-CN.md": "zh_CN.UTF-8"}
NOW = 1_795_330_800.0  # 2026-11-22 15:00 in Shanghai
BLOCK = re.compile(r"^<!-- (\w+) confirms -->$|^```json (\S+)\n(.*?)^```|^```console\n(.*?)^```", re.M | re.S)


def session(page: str, folder: Path) -> list[tuple[list[str], list[str]]]:
    """Go through a page: each of its console blocks as it is, and as it is when it runs."""
    shim = folder / "bin" / "wecom"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m wecom_cli "$@"\n', encoding="utf-8")
    shim.chmod(0o755)
    (folder / "poster.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 100)
    found = []
    with MockServer(State(), clock=lambda: NOW) as mock:
        settings = {
            "PATH": f"{shim.parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONIOENCODING": "utf-8",
            "TZ": "Asia/Shanghai",
            "LANG": PAGES[page],
            "WECOM_CORPID": "wwdemo",
            "WECOM_CORPSECRET": "demo",
            "WECOM_BASE_URL": mock.base_url,
        }
        for member, file, content, block in BLOCK.findall((DOCS / page).read_text(encoding="utf-8")):
            if member:
                mock.state.confirm([*mock.state.tasks][-1], member, NOW + 60)
            elif file:
                (folder / file).write_text(content, encoding="utf-8")
            else:
                commands = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
                lines = []
                for command in commands:
                    done = subprocess.run(
                        ["bash", "-c", command],
                        cwd=folder,
                        env={**environment(), **settings},
                        stdout=subprocess.PIPE,
                        stderr=subprocess.STDOUT,
                        stdin=subprocess.DEVNULL,
                        encoding="utf-8",
                        timeout=60,
                        check=False,
                    )
                    lines += [f"$ {command}", *done.stdout.splitlines()]
                found.append((block.splitlines(), lines))
    return found


@pytest.mark.parametrize("page", PAGES)
def test_every_block_prints_what_the_page_shows(page: str, tmp_path: Path) -> None:
    blocks = session(page, tmp_path)
    assert len(blocks) >= 8
    for shown, real in blocks:
        assert real == shown


def test_both_languages_show_the_same_commands() -> None:
    commands = [
        re.findall(r"^\$ .*|^```json.*|^<!--.*|^#+ ", (DOCS / page).read_text(encoding="utf-8"), re.M)
        for page in PAGES
    ]
    assert commands[0] == commands[1]


@pytest.mark.parametrize("page", PAGES)
def test_every_command_every_status_and_every_setting_is_there(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    for command in app.registered_commands:
        assert command.callback is not None
        assert f"wecom {command.name or command.callback.__name__}" in text
    for name in HELP:
        assert f"| `{name}` |" in text
    rows = re.findall(r"^\| (\d+) \|", text, re.M)
    assert rows == [str(int(status)) for status in Exit]


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    for link in re.findall(r"\]\(([^)#]+)\)", (DOCS / page).read_text(encoding="utf-8")):
        assert "://" in link or (DOCS / link).exists(), link
