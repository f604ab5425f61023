"""The limits of a journal that is told nothing else."""

from __future__ import annotations

from typing import Any, Final

REPEAT_WINDOW: Final = 24 * 3600.0
"""Seconds for which the same request without a key counts as the same call."""
PATIENCE: Final = 5.0
"""Seconds to wait for a database that somebody else has locked, or that doesn't answer."""


def seconds_of(name: str, value: Any, *, least: float) -> float:
    """A number of seconds, finite and not below ``least``.

    Raises:
        TypeError, ValueError: it is none; says which argument.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{name}: a number of seconds is needed, not {type(value).__name__}")
    if not least <= value < float("inf"):
        raise ValueError(f"{name}: a finite number of seconds from {least:g} on is needed, not {value!r}")
    return float(value)
