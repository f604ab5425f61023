"""Mutants that change nothing anybody could notice, each with the reason; kept by their text, not by their line.

Most are one change of one place. What means the same wherever it stands, such as the name of an encoding in
capitals, is kept once, for every file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from attrs import frozen

from mutants.mutant import Mutant

FILE = Path(__file__).with_name("argued.yaml")
EVERY = "*"
"""The file of an entry that is for all of them: its texts are parts of a line."""
_KEYS = {"file", "old", "new", "why"}


class ArguedError(ValueError):
    """The file can't be read, or an entry makes no sense; the text says which."""


@frozen
class Argued:
    """One mutant that is equivalent.

    Attributes:
        file: where it is, from the root of the repository, or ``EVERY``.
        old, new: the changed lines before and after, without the space around them; for ``EVERY`` only what of them
            differs, with as much around it as says what it is.
        why: why no caller and no test can tell.
    """

    file: str
    old: str
    new: str
    why: str

    @property
    def key(self) -> tuple[str, str, str]:
        return self.file, self.old.strip(), self.new.strip()

    def covers(self, mutant: Mutant) -> bool:
        """Whether it is about this mutant: the very change, or for every file this one and no other in the lines."""
        if self.file != EVERY:
            return self.key == (mutant.file, mutant.old.strip(), mutant.new.strip())
        _, old, new = self.key
        pieces = mutant.old.split(old)
        cuts = range(1, len(pieces))
        return any(old.join(pieces[:cut]) + new + old.join(pieces[cut:]) == mutant.new for cut in cuts)


def load_argued(file: Path = FILE) -> list[Argued]:
    """The entries.

    Raises:
        ArguedError: no list of objects with the four keys, or one twice.
    """
    raw: Any = yaml.safe_load(file.read_text(encoding="utf-8"))
    if not isinstance(raw, list):
        raise ArguedError(f"{file.name}: must be a list")
    found: list[Argued] = []
    for index, entry in enumerate(raw):
        if not isinstance(entry, dict) or set(entry) != _KEYS:
            raise ArguedError(f"{file.name}[{index}]: needs {', '.join(sorted(_KEYS))}, and nothing else")
        if not all(isinstance(entry[key], str) and (entry[key].strip() or key == "new") for key in _KEYS):
            raise ArguedError(f"{file.name}[{index}]: each must be text")
        found.append(Argued(**entry))
    if len({one.key for one in found}) != len(found):
        raise ArguedError(f"{file.name}: a mutant stands twice")
    return found
