"""Strings near a limit that is counted in bytes of UTF-8, in scripts where bytes and characters differ."""

from __future__ import annotations

import re

from hypothesis import strategies as st

SCRIPTS = (
    "a",  # one byte a character
    "é",  # two
    "标",  # three
    "😀",  # four, and two units of UTF-16
    "e\u0301",  # a letter and a combining mark: two characters, three bytes, one sign to a reader
)
_SHORT = 24


def strings_of(size: int, start: str = "") -> st.SearchStrategy[str]:
    """Strings of exactly ``size`` bytes.

    Args:
        size: bytes of UTF-8; not less than ``start`` has.
        start: what every string begins with.
    """

    def fill(script: str) -> str:
        whole, rest = divmod(size - len(start.encode()), len(script.encode()))
        return start + script * whole + "a" * rest

    return st.sampled_from(SCRIPTS).map(fill)


def strings_up_to(limit: int, pattern: str | None = None) -> st.SearchStrategy[str]:
    """Non-empty strings of at most ``limit`` bytes: short ones of any characters, and such at the limit.

    Args:
        limit: bytes of UTF-8.
        pattern: what every string begins with, as an anchored regular expression.
    """
    starts = st.just("") if pattern is None else st.from_regex(re.compile(pattern, re.ASCII), fullmatch=True)
    starts = starts.filter(lambda start: len(start.encode()) < limit)
    anything = st.text(st.characters(codec="utf-8"), min_size=1, max_size=_SHORT)
    short = st.tuples(starts, anything).map("".join).filter(lambda text: len(text.encode()) <= limit)
    sizes = st.sampled_from([limit, limit - 1, limit - 2])
    long = st.tuples(sizes, starts).flatmap(
        lambda drawn: strings_of(max(drawn[0], len(drawn[1].encode())), drawn[1])
    )
    return short | long
