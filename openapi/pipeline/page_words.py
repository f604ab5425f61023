"""The words of the vendor's pages: ``page.toml`` beside the profile."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import PipelineError

NUMBER = r"(?P<n>[0-9][0-9,]{0,15}[%s]?)"
"""What ``{n}`` in a pattern stands for; the units of the page come into it."""

TABLES = ("columns", "required", "sections", "types", "numbers", "patterns", "values")


@dataclass(frozen=True, slots=True)
class Words:
    """How a page of this vendor is read."""

    columns: Mapping[str, Sequence[str]]
    """Head of a column → name, required, type or text, the other way round."""
    required: Mapping[str, Sequence[str]]
    sections: Mapping[str, Sequence[str]]
    types: Mapping[str, Sequence[str]]
    numbers: Mapping[str, int]
    patterns: Mapping[str, Sequence[re.Pattern[str]]]
    lists: Sequence[re.Pattern[str]]
    separator: re.Pattern[str]
    each: Sequence[re.Pattern[str]]

    def number(self, text: str) -> int:
        """The number in what ``{n}`` matched: ``1,000`` or ``1`` with a unit behind it."""
        unit = self.numbers.get(text[-1], 1)
        return int(re.sub(r"[^0-9]", "", text)) * unit


def load_words(root: Path) -> Words:
    """Read ``page.toml``.

    Args:
        root: the folder of the profile.

    Raises:
        PipelineError: it is missing, no TOML, lacks a table, or has a pattern that is none.
    """
    path = root / "page.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PipelineError(str(path), error.strerror or "unreadable") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PipelineError(str(path), f"not TOML: {error}") from None
    if set(data) != set(TABLES) or not all(isinstance(data[table], dict) for table in TABLES):
        raise PipelineError(str(path), f"needs the tables {', '.join(TABLES)}, and no other")
    number = NUMBER % "".join(re.escape(unit) for unit in data["numbers"])
    try:
        return Words(
            columns=data["columns"],
            required=data["required"],
            sections=data["sections"],
            types=data["types"],
            numbers=data["numbers"],
            patterns={key: _compiled(each, number) for key, each in data["patterns"].items()},
            lists=_compiled(data["values"]["lists"], number),
            separator=re.compile("|".join(re.escape(word) for word in data["values"]["separators"])),
            each=_compiled(data["values"]["each"], number),
        )
    except (KeyError, TypeError, re.error) as error:
        raise PipelineError(str(path), f"can't be used: {error}") from None


def _compiled(patterns: Any, number: str) -> list[re.Pattern[str]]:
    return [re.compile(pattern.replace("{n}", number)) for pattern in patterns]
