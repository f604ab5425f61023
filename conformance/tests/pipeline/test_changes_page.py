"""What docs/changes.md shows is what happens: its commands are run, and its example is followed through."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the means beside this file

from flow import CAPTURE, NEWEST, PROFILE, Flow

ROOT = Path(__file__).resolve().parents[3]
PAGES = ("docs/changes.md", "docs/changes.zh-CN.md")
LIMITS = "openapi/wecom/corrections/50-limits.overlay.yaml"
FIELD = """\
                          {name}:
                            type: string
                            description: at most {bytes} bytes
"""
URL = FIELD.format(name="url", bytes=2048)
AUTHOR = FIELD.format(name="author", bytes=32)


def blocks(page: str) -> list[tuple[str, str]]:
    """Every fenced block, as its language and its text."""
    return re.findall(r"^```(\w+)\n(.*?)^```", (ROOT / page).read_text(encoding="utf-8"), re.M | re.S)


def shown(language: str) -> list[str]:
    return [text for kind, text in blocks(PAGES[0]) if kind == language]


def test_both_languages_show_the_same() -> None:
    assert blocks(PAGES[0]) == blocks(PAGES[1])
    assert [kind for kind, _ in blocks(PAGES[0])] == [
        *("shell", "text", "toml", "shell", "text", "text", "yaml", "text", "text"),
    ]
    headings = [re.findall(r"^#+ ", (ROOT / page).read_text(encoding="utf-8"), re.M) for page in PAGES]
    assert headings[0] == headings[1]


@pytest.mark.parametrize("page", PAGES)
def test_every_path_that_is_named_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#]+)\)", text)
    named = set(re.findall(r"`((?:openapi|conformance|docs)/[\w./-]+)`", text)) - {CAPTURE}
    assert links
    assert len(named) >= 5
    assert [link for link in links if not (ROOT / page).parent.joinpath(link).exists()] == []
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_command_says_what_is_shown() -> None:
    arguments = re.fullmatch(r"make changes FROM=(\S+) TO=(\S+)\n", shown("shell")[0])
    assert arguments
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "changes", "--from", arguments[1], "--to", arguments[2]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == shown("text")[0]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert 'python -m pipeline changes --from "$(FROM)" --to "$(TO)"' in makefile


def test_the_example_is_what_happens(copy: Any) -> None:
    _, compared, wanted, corrected, last = shown("text")
    flow = Flow(copy)
    flow.capture(("maxItems: 9\n", "maxItems: 10\n"), (URL, URL + AUTHOR))
    for line in shown("toml")[0].splitlines():
        assert line in flow.text(PROFILE)
    assert shown("shell")[1] == f"make changes FROM=2025-11-17 TO={NEWEST}\n"
    assert flow.copy.pipeline("changes", "--from", "2025-11-17", "--to", NEWEST).stdout == compared
    assert flow.build() == wanted

    flow.add_correction("99-author.overlay.yaml", shown("yaml")[0])
    assert told(flow.build()) == corrected

    copy.replace(LIMITS, "maxItems: 9\n", "maxItems: 10\n")
    nine = "x-why: Nine attachments at most."
    reason = flow.text(LIMITS).split(nine)[1].split("date: ")[0]
    copy.replace(
        LIMITS, f"{nine}{reason}date: '2025-11-17'", f"x-why: Ten attachments.{reason}date: '{NEWEST}'"
    )
    link = {"msgtype": "link", "link": {"title": "t", "url": "https://a.example"}}
    bodies = [{"sender": "zhangsan", "attachments": [link] * count} for count in (10, 11)]
    for size in (32, 33):
        written = {**link, "link": {**link["link"], "author": "a" * size}}  # type: ignore[dict-item]
        bodies.append({"sender": "zhangsan", "attachments": [written]})
    done = flow.follow(judge=[("add_msg_template", body) for body in bodies])
    assert done.news == last.splitlines()
    rules = [(one["client"], one["mock"]) for one in done.judged]
    assert rules == [
        ([], 0),
        (["attachments.max-items"], 41064),
        ([], 0),
        (["link.author.max-bytes"], 40058),
    ]


def told(output: str) -> str:
    """What a build said, without the corrections that are no longer needed."""
    return "".join(line for line in output.splitlines(keepends=True) if "no longer needed" not in line)
