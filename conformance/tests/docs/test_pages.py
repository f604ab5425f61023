"""Every page of the docs can be found from the README, is there in both languages, and links to what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
CHINESE = ".zh-CN.md"
ENGLISH_ONLY = frozenset({"architecture.md"})
"""For those who change the project itself, as CONTRIBUTING.md is."""
READMES = ("README.md", f"README{CHINESE}")
PAGES = sorted(ROOT.glob("docs/*.md"))


def links(page: Path) -> set[str]:
    """The files that a page links to, as it names them."""
    found = re.findall(r"\]\(([^)\s#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    return {link for link in found if "://" not in link and not link.startswith("mailto:")}


def test_every_page_is_there_in_both_languages() -> None:
    names = {page.name for page in PAGES}
    english = {name for name in names if not name.endswith(CHINESE)}
    assert len(english) > 10
    assert names - english == {name.removesuffix(".md") + CHINESE for name in english - ENGLISH_ONLY}


def test_every_page_names_the_other_language_first() -> None:
    for page in PAGES:
        if page.name in ENGLISH_ONLY:
            continue
        chinese = page.name.endswith(CHINESE)
        stem = page.name.removesuffix(CHINESE if chinese else ".md")
        other = f"{stem}.md" if chinese else f"{stem}{CHINESE}"
        assert f"]({other})" in "\n".join(page.read_text(encoding="utf-8").splitlines()[:5]), page.name


@pytest.mark.parametrize("readme", READMES)
def test_every_page_is_linked_from_the_readme(readme: str) -> None:
    chinese = readme.endswith(CHINESE)
    wanted = {
        f"docs/{page.name}"
        for page in PAGES
        if page.name.endswith(CHINESE) is chinese and page.name not in ENGLISH_ONLY
    }
    assert wanted - links(ROOT / readme) == set()
    assert "docs/reference/README.md" in links(ROOT / readme)
    reachable = links(ROOT / "CONTRIBUTING.md") | links(ROOT / "README.md")
    assert {f"docs/{name}" for name in ENGLISH_ONLY} <= reachable


@pytest.mark.parametrize(
    "page",
    [*PAGES, *(ROOT / name for name in (*READMES, "CONTRIBUTING.md", "conformance/faults/README.md"))],
    ids=lambda page: page.name,
)
def test_every_link_leads_somewhere(page: Path) -> None:
    assert [link for link in sorted(links(page)) if not (page.parent / link).exists()] == []
