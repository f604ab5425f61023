"""The page of benchmarks shows the numbers of one run, in both languages and in the plots, and its code runs."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))  # the benchmarks are no package that is installed

from benchmarks import page  # noqa: E402
from benchmarks.parsing import PAYLOADS, read  # noqa: E402
from benchmarks.parsing import page as listed  # noqa: E402
from benchmarks.peer_clients import ALL_OURS  # noqa: E402
from benchmarks.peer_run import CELLS  # noqa: E402
from benchmarks.peers import AIMS  # noqa: E402

PAGES = ("benchmarks.md", "benchmarks.zh-CN.md")
RESULTS: dict[str, Any] = json.loads(page.RESULTS.read_text(encoding="utf-8"))


def test_pages_and_plots_are_what_the_numbers_give() -> None:
    files = page.rendered(RESULTS)
    assert {path.name for path in files} == {*PAGES, "broadcast.svg", *(f"{name}.svg" for name in CELLS)}
    for path, content in files.items():
        assert path.read_text(encoding="utf-8") == content, path.name


def test_every_cell_is_there_with_ours_and_an_aim_where_there_is_one() -> None:
    assert RESULTS["peers"].keys() == CELLS.keys()
    for name, cell in RESULTS["peers"].items():
        clients = {one["client"] for one in cell}
        assert {*ALL_OURS, "httpx", "lush-wecom"} <= clients, name
    for cell, client in AIMS:
        assert client in {one["client"] for one in RESULTS["peers"][cell]}


def test_plots_are_well_formed() -> None:
    for name in CELLS:
        root = ElementTree.fromstring(
            (ROOT / "docs" / page.PLOTS / f"{name}.svg").read_text(encoding="utf-8")
        )
        bars = list(root.iter("{http://www.w3.org/2000/svg}rect"))
        assert len(bars) == len(RESULTS["peers"][name]) + 1


def test_the_cost_of_a_broadcast_is_shown_up_to_a_million_recipients() -> None:
    assert [row["recipients"] for row in RESULTS["broadcast"]] == [10**3, 10**4, 10**5, 10**6]
    root = ElementTree.fromstring((ROOT / "docs" / page.PLOTS / "broadcast.svg").read_text(encoding="utf-8"))
    lines = list(root.iter("{http://www.w3.org/2000/svg}polyline"))
    assert [len(line.attrib["points"].split()) for line in lines] == [4, 4, 4]


def blocks(name: str) -> list[str]:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    return re.findall(r"^```python\n(.*?)^```", text, re.M | re.S)


@pytest.mark.parametrize("name", PAGES)
def test_what_the_page_shows_runs(name: str) -> None:
    (block,) = blocks(name)
    names: dict[str, Any] = {}
    exec(compile(block, name, "exec"), names)
    names["wecom"].close()
    asyncio.run(names["tasks"].aclose())


def test_both_languages_show_the_same_code() -> None:
    assert blocks(PAGES[0]) == blocks(PAGES[1])


@pytest.mark.parametrize("kind", PAYLOADS)
def test_the_page_that_is_measured_is_a_good_one(kind: str) -> None:
    messages = read(listed(kind)).group_msg_list
    assert len(messages) == 100
    assert all(len(one.attachments) == 9 and one.additional_properties == {} for one in messages)
    assert {type(item).__name__ for one in messages for item in one.attachments} == {
        f"Listed{kind.capitalize()}Attachment"
    }
