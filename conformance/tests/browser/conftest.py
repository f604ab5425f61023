"""The console in a real browser: Chromium without a screen, driven by Playwright, in front of the mock's own server.

Playwright brings no browser here; Chromium is the system's (Debian: chromium, and fonts-noto-cjk for Chinese). The
variable WECOM_CHROMIUM names another one. Where there is none the tests are skipped, but not in CI: there they fail.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from wecom_mock import State
from wecom_mock.clock import Clock
from wecom_mock.server import MockServer

SCREENSHOTS = Path(__file__).resolve().parents[3] / "build" / "screenshots"
NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
"""Chromium asks for nothing but what a page asks for."""
HARMLESS = (
    # Of a form that was refused: the page says why.
    *("status of 400", "Response Status Error Code 400"),
    # htmx moves the focus where the attribute wants it.
    "Autofocus processing was blocked",
)
"""What Chromium tells its own console of what is meant to be so."""
WIDE = {"width": 1360, "height": 900}

Open = Callable[..., Page]


def chromium() -> str:
    """The browser; skips where there is none, and fails in CI."""
    named = os.environ.get("WECOM_CHROMIUM")
    found = named or next((path for path in map(shutil.which, NAMES) if path), None)
    if found is None:
        message = "no Chromium here: apt-get install chromium fonts-noto-cjk, or name one in WECOM_CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    # As root, which CI often is, Chromium has no sandbox.
    arguments = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=arguments)
        yield found
        found.close()


@pytest.fixture
def clock() -> Clock:
    """2026-11-22 12:00 in China; stands still until it is moved."""
    return Clock(1795320000)


@pytest.fixture
def server(clock: Clock) -> Iterator[MockServer]:
    with MockServer(State(), clock=clock) as running:
        yield running


@pytest.fixture
def open_page(browser: Browser, server: MockServer) -> Iterator[Open]:
    """Open a page of the console: ``open_page("calls", locale="zh-CN")``.

    Afterwards no page may have asked for anything from outside, nor had an error, a refused script included.
    """
    contexts: list[BrowserContext] = []
    asked: list[str] = []
    complaints: list[str] = []

    def open_one(path: str = "", **options: Any) -> Page:
        context = browser.new_context(**{"viewport": WIDE, "locale": "en-GB", **options})
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
        page.goto(f"{server.base_url}/_mock/{path}")
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert asked
    assert [url for url in asked if not url.startswith(server.base_url + "/")] == []
    assert [text for text in complaints if not any(known in text for known in HARMLESS)] == []


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """Keep a screenshot of the whole page."""

    def keep(page: Page, name: str) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)

    return keep
