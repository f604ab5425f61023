"""Makes text of others fit for a terminal: it may hold anything."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_JOINER: Final = "\u200d"  # holds an emoji of several together
_NOT_PRINTED: Final = re.compile(r"[^\x00-\x7f]")


def printable(text: str) -> str:
    """``text`` as one line: what a terminal would act on is escaped, line breaks included."""
    if text.isprintable():
        return text
    return "".join(c if _harmless(c) else ascii(c)[1:-1] for c in text)


def paragraphs(text: str) -> list[str]:
    """``text`` as lines, each `printable`. A carriage return before the end of a line counts to it."""
    return [printable(line.expandtabs(4)) for line in re.split(r"\r?\n", text)]


def excerpt(text: str, length: int) -> str:
    """The beginning of ``text`` as one line, white space narrowed; cut texts end in an ellipsis."""
    line = printable(" ".join(text.split()))
    return line if len(line) <= length else line[: length - 1] + "…"


def harmless_json(text: str) -> str:
    """JSON text in which what a terminal would act on is written as an escape, which says the same."""
    return _NOT_PRINTED.sub(lambda found: _escaped(found[0]), text).replace("\x7f", "\\u007f")


def _harmless(character: str) -> bool:
    return character.isprintable() or character == _JOINER or unicodedata.category(character) == "Zs"


def _escaped(character: str) -> str:
    if _harmless(character):
        return character
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
