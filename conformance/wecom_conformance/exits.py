"""What the program's exit status says."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """0, 1 and 2, as of every checker in a CI."""

    CONFORMS = 0
    VIOLATIONS = 1
    COULD_NOT_RUN = 2
