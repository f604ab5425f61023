"""Whether the version of a contract was raised as far as its changes mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pipeline.comparison import bump
from pipeline.constraints import Change
from pipeline.errors import PipelineError

_VERSION = re.compile(r"(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})")
PARTS = ("major", "minor")
"""The numbers that a change can ask to be raised."""


def check_version(old: Mapping[str, Any], new: Mapping[str, Any], changes: list[Change]) -> None:
    """Hold ``info.version`` of two contracts against what changed between them.

    Args:
        old: the contract before.
        new: the contract now.
        changes: what `pipeline.comparison.compare` says of them.

    Raises:
        PipelineError: the version went back, stayed, or was raised by less than the changes mean; or one of them
            has no version of three numbers, as a capture of a page has.
    """
    before, after = _version(old, "the older one"), _version(new, "the newer one")
    shown = f"{old['info']['version']} → {new['info']['version']}"
    if after < before:
        raise PipelineError("info.version", f"goes back: {shown}")
    if not changes:
        return
    wanted = bump(changes)
    if after[: PARTS.index(wanted) + 1] > before[: PARTS.index(wanted) + 1]:
        return
    breaking = sum(bool(change.breaks) for change in changes)
    why = f"changes that break somebody: {breaking}" if breaking else f"changes: {len(changes)}"
    raise PipelineError("info.version", f"{shown}; {why}; raise the {wanted} number")


def _version(document: Mapping[str, Any], which: str) -> tuple[int, ...]:
    text = document.get("info", {}).get("version")
    match = _VERSION.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise PipelineError("info.version", f"{which} is {text!r}, and not three numbers like 1.2.3")
    return tuple(int(number) for number in match.groups())
