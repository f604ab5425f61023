"""Times as people write them and as they are shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

_UNITS: Final[Mapping[str, int]] = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_DURATION: Final = re.compile(r"(\d{1,9}(?:\.\d{1,3})?)([smhdw]?)")


def seconds(text: str) -> float:
    """``90``, ``90s``, ``30m``, ``12h``, ``7d`` or ``2w`` in seconds.

    Raises:
        ValueError: it is none of these, or not above 0.
    """
    found = _DURATION.fullmatch(text.strip())
    value = float(found[1]) * _UNITS[found[2] or "s"] if found else 0.0
    if value <= 0:
        raise ValueError(f"{text!r} is no length of time; write 90, 90s, 30m, 12h, 7d or 2w")
    return value


def moment(text: str, now: datetime | None = None) -> datetime:
    """A point in time: ``now``, a length of time before it (``7d``), a day, or an ISO date with time.

    Args:
        text: without a zone it is in the zone of this machine.
        now: what counts as now.

    Returns:
        An aware ``datetime``.

    Raises:
        ValueError: it can't be read as a time.
    """
    text = text.strip()
    try:
        if text == "now":
            return now or datetime.now(UTC)
        if text[-1:].isalpha() and _DURATION.fullmatch(text):
            return (now or datetime.now(UTC)) - timedelta(seconds=seconds(text))
        found = datetime.fromisoformat(text)
        return found if found.utcoffset() is not None else found.astimezone()
    except (ValueError, OverflowError, OSError):
        raise ValueError(
            f"{text!r} is no time; write 7d, 2026-11-01, or 2026-11-01T09:30 with or without a zone such as +08:00"
        ) from None


def number(value: Any) -> int | None:
    """A time of an answer in seconds since 1970: some come as text, and some don't come at all."""
    if type(value) is int:
        return value
    return int(value) if isinstance(value, str) and re.fullmatch(r"\d{1,18}", value) else None


def shown(value: Any) -> str:
    """A time of an answer for people, in the zone of this machine; empty where there is none."""
    stamp = number(value)
    if stamp is None:
        return ""
    try:
        return datetime.fromtimestamp(stamp, UTC).astimezone().strftime("%Y-%m-%d %H:%M:%S %z")
    except (ValueError, OverflowError, OSError):
        return str(stamp)


def iso(value: Any) -> str | None:
    """A time of an answer for programs, in UTC; None where there is none."""
    stamp = number(value)
    if stamp is None:
        return None
    try:
        return datetime.fromtimestamp(stamp, UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return None
