"""What the page of the mock shows runs, and both languages show the same."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))  # the helper above this folder

from plugin_site import ROOT, plugin_path

PAGES = ("docs/mock.md", "docs/mock.zh-CN.md")


def blocks(page: str, language: str = "python") -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", (ROOT / page).read_text(encoding="utf-8"), re.M | re.S)


def headings(page: str) -> list[str]:
    return re.findall(r"^(#+) ", (ROOT / page).read_text(encoding="utf-8"), re.M)


@pytest.mark.parametrize("page", PAGES)
def test_the_blocks_that_are_tests_pass(page: str, tmp_path: Path) -> None:
    tests = [block for block in blocks(page) if "def test_" in block]
    assert len(tests) == 5
    for number, block in enumerate(tests):
        (tmp_path / f"test_block_{number}.py").write_text(block, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --strict-markers\nfilterwarnings = error\n")
    site = tmp_path / "site"
    site.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:schemathesis", tmp_path],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": plugin_path(site)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    number = sum(block.count("def test_") for block in tests)
    assert f"{number} passed" in done.stdout


@pytest.mark.parametrize("page", PAGES)
def test_the_other_blocks_run(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    scripts = [block for block in blocks(page) if "def test_" not in block]
    for number, block in enumerate(scripts):
        names: dict[str, Any] = {}
        exec(compile(block, f"{page}, block {number}", "exec"), names)
        if "client" in names:
            names["client"].close()
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "0"
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+ wwtest test-secret", lines[1])
    assert lines[2:] == ["True", "True", "per-day-1 owner"]


@pytest.mark.parametrize("pages", [PAGES, ("docs/faults.md", "docs/faults.zh-CN.md")])
def test_both_languages_show_the_same(pages: tuple[str, str]) -> None:
    english, chinese = pages
    assert blocks(english) == blocks(chinese)
    assert blocks(english, "shell") == blocks(chinese, "shell")
    assert headings(english) == headings(chinese)


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    assert len(links) >= 4
    for link in links:
        assert ((ROOT / page).parent / link).exists(), link


@pytest.mark.parametrize("page", PAGES)
def test_the_message_that_is_shown_is_the_real_one(page: str) -> None:
    from wecom_mock import WeComMock
    from wecom_openapi import WeCom

    text = (ROOT / page).read_text(encoding="utf-8")
    (shown,) = re.findall(r"^```\n(AssertionError.*?)^```$", text, re.M | re.S)
    with WeComMock() as mock, WeCom(mock.corpid, mock.secret, base_url=mock.base_url) as wecom:
        mock.company.member("zhangsan").customer("wmA").customer("wmB")
        wecom.add_msg_template(sender="zhangsan", text="新品", external_userid=["wmA"])
        with pytest.raises(AssertionError) as caught:
            mock.assert_sent(to=["wmA", "wmB"], text="新品上市")
    assert shown == f"AssertionError: {caught.value}\n"
