"""What becomes of a call that breaks, by how it broke."""

from __future__ import annotations

from functools import cache
from typing import Literal

from attrs import frozen

from wecom_contract.data import load


@frozen
class Fault:
    """One way in which a call may break."""

    id: str
    outcome: Literal["not sent", "unknown"]
    """Whether the call had no effect, or may have had it."""
    retry: Literal["never", "later"]
    """Whether another try may do better."""
    en: str
    zh: str
    pause: int = 0
    """Seconds before which another try does no better."""


@cache
def faults() -> dict[str, Fault]:
    """Every fault by its name."""
    return {name: Fault(id=name, **entry) for name, entry in load("faults").items()}
