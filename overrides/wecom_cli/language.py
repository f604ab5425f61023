"""English or Chinese."""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import StrEnum


class Language(StrEnum):
    """Of violations, meanings and what a confirmation shows."""

    EN = "en"
    ZH = "zh"

    def pick(self, en: str, zh: str) -> str:
        """The text in this language; English where there is none."""
        return zh if self is Language.ZH and zh else en


def of_the_environment(variables: Mapping[str, str] = os.environ) -> Language:
    """What LC_ALL, LC_MESSAGES or LANG says, the first of them that is set."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := variables.get(name):
            return Language.ZH if value.lower().startswith("zh") else Language.EN
    return Language.EN
