"""The report of a proof in headless Chromium: light, dark, on a telephone and on paper; screenshots are kept."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

import wecom_conformance
from wecom_conformance.report import data_of
from wecom_conformance.report_html import html_text

API = "http://127.0.0.1/cgi-bin"
SCREENSHOTS = Path(__file__).resolve().parents[3] / "build" / "screenshots"
HEIGHT = 2600
TELEPHONE = {"width": 360, "height": 740}
HOSTILE = "</pre><script>document.body.innerHTML='owned'</script>" + "x" * 3000
PARTS = (
    *("h1", "h1 span", "header p", ".sums b", ".sums li", "h2", "article h3", "article p", "article p.soft"),
    *("article pre", "article .label", "th", "td", "td code", "td.good", "td.bad", "td.soft", "summary"),
)
"""What a reader has to be able to read."""
READABLE = 4.5
"""Contrast of text and background, after WCAG 2.1, level AA."""

CONTRASTS = """(selectors) => {
  const numbers = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((one) => one / 255)
    .map((one) => (one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
    .reduce((sum, one, index) => sum + one * [0.2126, 0.7152, 0.0722][index], 0);
  const behind = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = numbers(getComputedStyle(one).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  return Object.fromEntries(selectors.map((selector) => {
    const found = [...document.querySelectorAll(selector)].filter((one) => one.offsetHeight > 0);
    const least = found.map((one) => {
      const [a, b] = [light(numbers(getComputedStyle(one).color)), light(behind(one))];
      return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    });
    return [selector, found.length ? Math.min(...least) : 0];
  }));
}"""
PAPER = "() => getComputedStyle(document.body).backgroundColor"
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
CUT_OFF = """() => [...document.querySelectorAll('pre, .wide')]
  .filter((one) => one.scrollHeight > one.clientHeight + 1 && getComputedStyle(one).overflowY !== 'visible').length"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report about a client that sends good, bad and hostile requests."""
    recorder = wecom_conformance.record("a client, 某客户端")

    def call(path: str, body: Any, answer: Any) -> None:
        raw = json.dumps(body, ensure_ascii=False).encode() if body is not None else b""
        recorder.note(
            *("GET" if body is None else "POST", f"{API}/{path}", raw, "application/json"),
            status=200, answer=json.dumps(answer, ensure_ascii=False).encode(), answer_type="application/json",
        )  # fmt: skip

    query = "externalcontact/add_msg_template?access_token=abcdefgh"
    good = {"sender": "zhangsan", "external_userid": ["wmA"], "text": {"content": "新品上市"}}
    served = {"errcode": 0, "errmsg": "ok", "fail_list": [], "msgid": "msg1"}
    call(
        "gettoken?corpid=ww&corpsecret=s",
        None,
        {"errcode": 0, "errmsg": "ok", "access_token": "abcdefgh", "expires_in": 7200},
    )
    call(query, good, served)
    call(query, {**good, "text": {"content": "字" * 1334}}, {"errcode": 40058, "errmsg": HOSTILE})
    call(query, {**good, "externalUserid": [HOSTILE]}, served)
    call(query, {"sender": "zhangsan", "text": {"content": "致所有人"}}, served)
    place = tmp_path_factory.mktemp("report") / "report.html"
    place.write_text(html_text(data_of(recorder.summary())), encoding="utf-8")
    return place


@pytest.fixture
def open_report(browser: Browser, report: Path) -> Iterator[Callable[..., Page]]:
    """Open it from the disk, as somebody does who has downloaded it; it may ask for nothing and run nothing."""
    asked: list[str] = []
    contexts = []

    def open_one(**options: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(report.as_uri())
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert set(asked) == {report.as_uri()}


def keep(page: Page, name: str) -> None:
    """A screenshot of the first sheets; the whole is as long as the contract has rules."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    width = page.evaluate("() => document.documentElement.clientWidth")
    clip = {"x": 0, "y": 0, "width": width, "height": HEIGHT}
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True, clip=clip)


def unreadable(page: Page) -> dict[str, float]:
    found: dict[str, float] = page.evaluate(CONTRASTS, list(PARTS))
    assert found.keys() == set(PARTS)
    return {part: round(value, 2) for part, value in found.items() if value < READABLE}


@pytest.mark.parametrize(("scheme", "paper"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(20, 24, 28)")])
def test_it_can_be_read_light_and_dark_wide_and_narrow(
    open_report: Callable[..., Page], scheme: str, paper: str
) -> None:
    for name, viewport in {"wide": {"width": 1280, "height": 900}, "telephone": TELEPHONE}.items():
        page = open_report(color_scheme=scheme, viewport=viewport)
        assert page.evaluate(PAPER) == paper
        assert unreadable(page) == {}
        assert page.evaluate(TOO_WIDE) <= 0
        # What is too wide for a telephone scrolls on its own, in the place of words of one letter a line.
        assert page.locator("#rules ~ .wide table").first.bounding_box()["width"] > 600
        assert page.locator("article").count() >= 3
        assert page.get_by_text("owned").count() > 0  # as text
        keep(page, f"report-{scheme}-{name}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_can_be_printed(open_report: Callable[..., Page], scheme: str) -> None:
    page = open_report(color_scheme=scheme)
    page.emulate_media(media="print", color_scheme=scheme)
    # Ink on white, whatever the screen is; and nothing to scroll.
    assert page.evaluate(PAPER) == "rgb(255, 255, 255)"
    assert unreadable(page) == {}
    assert page.evaluate(CUT_OFF) == 0
    keep(page, f"report-print-{scheme}")
    printed = page.pdf(format="A4")
    assert printed.startswith(b"%PDF-")
    sheets = len(re.findall(rb"/Type\s*/Page\b", printed))
    # The matrix alone takes several.
    assert sheets >= 5


def test_a_colour_that_can_not_be_read_would_be_seen(open_report: Callable[..., Page]) -> None:
    page = open_report(color_scheme="light")
    page.evaluate("() => document.documentElement.style.setProperty('--soft', '#bbb')")
    assert {"article p.soft", "th", "td.soft"} <= unreadable(page).keys()
    page.evaluate("() => { document.querySelector('.wide').style.width = '3000px'; }")
    assert page.evaluate(TOO_WIDE) > 0
    page.emulate_media(media="print")
    page.evaluate(
        "() => { const one = document.querySelector('pre'); one.style.height = '1px'; one.style.overflow = 'auto'; }"
    )
    assert page.evaluate(CUT_OFF) == 1
