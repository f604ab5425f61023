"""What the vendor's error codes mean and what a caller can do about them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

from attrs import frozen

from wecom_contract.data import load

Category = Literal[
    "ok",
    "busy",
    "credential",
    "permission",
    "frequency",
    "argument",
    "audience",
    "media",
    "dispatching",
    "cancelled",
    "configuration",
    "other",
]


@frozen
class ErrorCode:
    """One code of the vendor's table."""

    code: int
    zh: str
    """The vendor's meaning; empty for a code that its table doesn't have."""
    en: str
    category: Category
    effect: Literal["none", "unknown"]
    """Whether the refused request can have had an effect all the same."""
    action: str
    """What to do about it, in English; empty where nothing general can be said."""
    action_zh: str
    renews_token: bool = False
    """Whether it means a dead token: with a new one the same call may do."""


def errcode(code: int) -> ErrorCode:
    """The meaning of a code.

    Args:
        code: the number as the vendor sent it.

    Returns:
        The entry of the table; for a number that it doesn't have, one of category ``other`` with empty texts.
    """
    entry = _table().get(str(code), {})
    return ErrorCode(
        code=code,
        zh=entry.get("zh", ""),
        en=entry.get("en", ""),
        category=entry.get("category", "other"),
        effect=entry.get("effect", "none" if entry.get("category") else "unknown"),
        action=entry.get("action", ""),
        action_zh=entry.get("action_zh", ""),
        renews_token=entry.get("renews_token", False),
    )


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    table: Mapping[str, Mapping[str, Any]] = load("errcodes")
    return table
