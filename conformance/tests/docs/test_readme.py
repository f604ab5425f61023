"""What the README shows runs, and both languages show the same."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from wecom_mock.server import MockServer

ROOT = Path(__file__).resolve().parents[3]
PAGES = ("README.md", "README.zh-CN.md")


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", (ROOT / page).read_text(encoding="utf-8"), re.M | re.S)


def code(block: str) -> str:
    """A shell block without what is said about it."""
    return re.sub(r"[ ]+#.*", "", block)


@pytest.mark.parametrize("page", PAGES)
def test_every_python_block_runs(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("audience.csv").write_text("external_userid\nwoAJ2GCAAAXtWyujaWJHDDGi0mACAAAA\n", encoding="utf-8")
    found = blocks(page, "python")
    assert len(found) == 4
    for block in found:
        with MockServer() as mock:
            names: dict[str, Any] = {
                "corpid": "wwdemo",
                "corpsecret": "demo",
                "body": {"sender": ""},
                "print": list_of_prints,
            }
            source = block.replace(
                "WeCom(corpid, corpsecret", f"WeCom(corpid, corpsecret, base_url={mock.base_url!r}"
            )
            exec(compile(source, page, "exec"), names)
            created = len(names.get("mock", mock).state.tasks)  # a block may bring a mock of its own
        assert created == ("add_msg_template(" in block or "broadcast.run(" in block), block


def list_of_prints(*values: object) -> None:
    assert values


def test_both_languages_show_the_same_code() -> None:
    english, chinese = PAGES
    assert [code(block) for block in blocks(english, "shell")] == [
        code(block) for block in blocks(chinese, "shell")
    ]
    python = [
        block.replace("message_zh", "message").replace("fix_zh", "fix") for block in blocks(chinese, "python")
    ]
    assert python == blocks(english, "python")
    assert headings(english) == headings(chinese)


def headings(page: str) -> list[str]:
    return [
        line.split(" ", 1)[0]
        for line in (ROOT / page).read_text(encoding="utf-8").splitlines()
        if re.match(r"#+ ", line)
    ]


@pytest.mark.parametrize("page", [*PAGES, "CONTRIBUTING.md"])
def test_every_link_into_the_repository_leads_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    assert links
    for link in links:
        assert (ROOT / page).parent.joinpath(link).exists(), link


@pytest.mark.parametrize("page", PAGES)
def test_the_number_of_vectors_is_right(page: str) -> None:
    from wecom_conformance.vectors import load_vectors

    assert f"{len(load_vectors())} " in (ROOT / page).read_text(encoding="utf-8")


def test_every_make_target_that_is_named_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for page in (*PAGES, "CONTRIBUTING.md"):
        for target in re.findall(r"\bmake ([a-z][a-z-]+)\b", (ROOT / page).read_text(encoding="utf-8")):
            if target in ("sure", "it"):  # prose
                continue
            assert re.search(rf"^{target}:", makefile, re.M), f"{page}: make {target}"


def test_the_correction_that_contributing_shows_is_the_real_one() -> None:
    shown = blocks("CONTRIBUTING.md", "yaml")
    assert len(shown) == 1
    assert shown[0] in (ROOT / "openapi/wecom/corrections/50-limits.overlay.yaml").read_text(encoding="utf-8")


def test_the_demo_tells_its_story() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "examples/demo.py"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 0, done.stderr
    for words in (
        "created   msg",
        "link.title.max-bytes",
        "did you mean external_userid?",
        "attachments.image.required",
        "to_all=True",
        "fail_list ['wmNoSuchCustomer']",
        "media_id  ",
        "客户一: QUOTA_USED_UP",
        "客户二: SENT",
        "reminded  msg",
        "cancelled errcode 41093",
        "listed    1 time",
    ):
        assert words in done.stdout
