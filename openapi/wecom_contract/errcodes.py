"""What the vendor's error codes mean and what a caller can do about them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

from attrs import frozen

from wecom_contract.data import load
from wecom_contract.operations import OPERATIONS
from wecom_contract.rules import Evidence

Category = Literal[
    "ok",
    "busy",
    "credential",
    "permission",
    "frequency",
    "argument",
    "audience",
    "no-customers",
    "media",
    "dispatching",
    "task-unknown",
    "cancelled",
    "configuration",
    "other",
]
Effect = Literal["none", "unknown"]
Retry = Literal["never", "now", "later"]


@frozen
class ErrorCode:
    """One code of the vendor's table."""

    code: int
    zh: str
    """The vendor's meaning; empty for a code that its table doesn't have."""
    en: str
    category: Category
    effect: Effect
    """Whether the refused request can have had an effect all the same."""
    retry: Retry
    """Whether the same request may be sent again as it is. ``never``: it would give the same, or may have had an
    effect that a second one would double; ``later``: after a pause; ``now``: at once, with a new token."""
    action: str
    """What to do about it, in English; empty where nothing general can be said."""
    action_zh: str
    renews_token: str | None = None
    """The query parameter whose token is dead: with a new one the same call may do. None where no token is."""
    pause: int = 0
    """Seconds before which the same call gets the same answer."""
    evidence: tuple[Evidence, ...] = ()
    """Where the meaning was read; empty for a code outside of this family."""


def errcode(code: int, operation: str | None = None) -> ErrorCode:
    """The meaning of a code.

    Args:
        code: the number as the vendor sent it.
        operation: the operation that answered it. Where it is not given the code is taken as the answer to a write: one
            that only reads has no effect whatever the code, and may be repeated sooner.

    Returns:
        The entry of the table; for a number that it doesn't have, one of category ``other`` with empty texts.
    """
    entry = _table().get(str(code), {})
    known = OPERATIONS.get(operation) if operation is not None else None
    effect: Effect = entry.get("effect", "none" if entry.get("category") else "unknown")
    if known is not None and known.effect == "read":
        effect = "none"
    retry: Retry = entry.get("retry", "never")
    other = retry == "now" and known is not None and known.auth != entry["renews_token"]
    safe = known is not None and known.repeat.safe
    if (effect == "unknown" and not safe) or other:
        retry = "never"  # nobody knows what the first one did; or it is not the token of this call
    return ErrorCode(
        code=code,
        zh=entry.get("zh", ""),
        en=entry.get("en", ""),
        category=entry.get("category", "other"),
        effect=effect,
        retry=retry,
        action=entry.get("action", ""),
        action_zh=entry.get("action_zh", ""),
        renews_token=entry.get("renews_token"),
        pause=entry.get("pause", 0),
        evidence=tuple(Evidence(**one) for one in entry.get("evidence", ())),
    )


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    table: Mapping[str, Mapping[str, Any]] = load("errcodes")
    return table
