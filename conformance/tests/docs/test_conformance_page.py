"""Every block of the page about the program is run, and prints what the page shows, in both languages."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from wecom_conformance.commands import app
from wecom_conformance.exits import Exit
from wecom_conformance.settings import SECRETS
from wecom_mock.server import MockServer

DOCS = Path(__file__).resolve().parents[3] / "docs"
PAGES = ("conformance.md", "conformance.zh-CN.md")
BLOCK = re.compile(r"^```yaml (\S+)\n(.*?)^```|^```python\n(.*?)^```|^```console\n(.*?)^```", re.M | re.S)


def session(page: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Go through a page: each of its console blocks as it is, and as it is when it runs."""
    shims = folder / "bin"
    shims.mkdir()
    for name, module in {
        "wecom-conformance": "wecom_conformance",
        "pytest": "pytest -p wecom_conformance.pytest_plugin -p no:cacheprovider",
    }.items():
        (shims / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" -m {module} "$@"\n', encoding="utf-8")
        (shims / name).chmod(0o755)
    monkeypatch.chdir(folder)
    found = []
    with MockServer() as mock:
        environment = {
            **os.environ,
            "PATH": f"{shims}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": os.pathsep.join([os.environ["PYTHONPATH"], *filter(None, sys.path)]),
            "PYTHONUTF8": "1",
            "WECOM_CORPSECRET": "demo",
            "URL": mock.base_url,
        }
        for file, content, code, block in BLOCK.findall((DOCS / page).read_text(encoding="utf-8")):
            if file:
                (folder / file).write_text(content, encoding="utf-8")
            elif code:
                exec(compile(code, page, "exec"), {"base_url": mock.base_url})
            else:
                lines = []
                for command in [line[2:] for line in block.splitlines() if line.startswith("$ ")]:
                    done = subprocess.run(
                        ["bash", "-c", command],
                        cwd=folder,
                        env=environment,
                        stdout=subprocess.PIPE,
                        stderr=subprocess.STDOUT,
                        stdin=subprocess.DEVNULL,
                        encoding="utf-8",
                        timeout=120,
                        check=False,
                    )
                    lines += [
                        f"$ {command}",
                        done.stdout.replace(mock.base_url, "http://127.0.0.1:8088").rstrip("\n"),
                    ]
                found.append((block, "\n".join(lines) + "\n"))
    return found


@pytest.mark.parametrize("page", PAGES)
def test_every_block_prints_what_the_page_shows(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks = session(page, tmp_path, monkeypatch)
    assert len(blocks) == 6
    for shown, real in blocks:
        assert real == shown
    assert (tmp_path / "report" / "report.html").is_file()


@pytest.mark.parametrize("page", PAGES)
def test_every_command_option_status_and_setting_is_there(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    for command in app.registered_commands:
        assert f"wecom-conformance {command.name}" in text
    for name in SECRETS:
        assert f"`{name}`" in text
    assert re.findall(r"^\| (\d) \|", text, re.M) == [str(int(status)) for status in Exit]
    done = subprocess.run(
        [sys.executable, "-m", "wecom_conformance", "run", "--help"],
        capture_output=True, text=True, check=True, env={**os.environ, "COLUMNS": "200"},
    )  # fmt: skip
    for option in set(re.findall(r"--[a-z-]+", done.stdout)) - {"--help"}:
        assert f"`{option}`" in text, option


def test_both_languages_show_the_same() -> None:
    shown = [
        re.findall(
            r"^\$ .*|^```.*|^#+ ", (DOCS / page).read_text(encoding="utf-8").replace(" --lang zh", ""), re.M
        )
        for page in PAGES
    ]
    assert shown[0] == shown[1]
