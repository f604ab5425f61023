"""What can be wrong with a broadcast before anything of it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from attrs import frozen

from wecom_openapi.errors import InvalidRequest

SHOWN: Final = 10


@frozen
class Fault:
    """One thing that is wrong with an audience."""

    place: str
    """Where: ``audience.csv, line 7``."""
    en: str
    zh: str


class InvalidAudience(InvalidRequest):
    """The audience can't be sent to as it is. Nothing was sent, and nothing was planned."""

    faults: Sequence[Fault] = ()
    """What is wrong, and where: the first ones."""

    @property
    def message_zh(self) -> str:
        """The same in Chinese."""
        return "\n".join(f"{fault.place}：{fault.zh}" for fault in self.faults)


class BroadcastConflict(InvalidRequest):
    """There is a broadcast of this name with another message or audience, or somebody else is planning it now."""

    message_zh: str = ""
    """The same in Chinese."""


class UnknownBroadcast(InvalidRequest):
    """The journal has no broadcast of this name that was planned to its end."""

    message_zh: str = ""
    """The same in Chinese."""


def invalid(faults: Sequence[Fault], more: bool = False) -> InvalidAudience:
    """The error for some faults.

    Args:
        faults: at least one.
        more: whether there may be others behind them.
    """
    shown = faults[:SHOWN]
    lines = [f"{fault.place}: {fault.en}" for fault in shown]
    if more or len(faults) > SHOWN:
        lines.append("there may be more behind it")
    return InvalidAudience("\n".join(lines), faults=tuple(shown))
