"""How often a call may be made, and what one that failed means: in a few words, the same on every page and line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def later(entry: Mapping[str, Any]) -> str:
    """Whether the same call may be made again, after a fault or an errcode."""
    return f"{entry['retry']}, after {entry['pause']} s" if "pause" in entry else str(entry["retry"])


def meaning(fault: Mapping[str, Any]) -> str:
    """What a fault means for a call."""
    return f"{fault['outcome']}, retry {later(fault)}"


def frequency(limits: Iterable[Mapping[str, Any]]) -> str:
    """So many calls within so long; empty where there is no limit."""
    return ", ".join(f"{limit['calls']:,} in {limit['seconds']:,} s" for limit in limits)
