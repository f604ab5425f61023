"""The console's pages as a whole, in both languages: everything that is read on them, and what links and forms send.

What they must be stands in ``console_pages``, a file for each company and language: where a page is meant to change,
change it there too.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from admin_doors import door
from console_stories import STORIES
from page_text import page_text

FOLDER = Path(__file__).parent / "console_pages"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", STORIES)
def test_all_that_is_read_on_a_page(name: str, language: str) -> None:
    made, paths = STORIES[name]
    state, clock = made()
    shown = []
    with door("in process", state, clock) as send:
        for path in paths:
            answer = send("GET", f"/_mock/{path}", headers={"Accept-Language": language})
            assert answer.status_code == 200
            shown.append(f"==== /_mock/{path}\n{page_text(answer.text)}")
    assert "".join(shown) == (FOLDER / f"{name}.{language}.txt").read_text(encoding="utf-8")
