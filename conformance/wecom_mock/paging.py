"""Pages of a list, each with the cursor of the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from .call import Call
from .refusal import Refusal

_T = TypeVar("_T")


def _cursor(call: Call, scope: tuple[str, ...], offset: int) -> str:
    return f"{call.state.digest('cursor', *scope, offset).hex()[:24]}{offset:x}"


def page(
    call: Call,
    scope: tuple[str, ...],
    rows: Sequence[_T],
    shown: Callable[[_T], dict[str, Any] | None],
) -> tuple[str, list[dict[str, Any]]]:
    """Take at most a page of rows from the cursor on; with them the cursor of the next page, or "".

    Args:
        call: its body may have ``cursor`` and ``limit``; without a limit the contract's default counts.
        scope: what tells this list from others; a cursor is good for its own list alone.
        rows: all rows.
        shown: a row as it is answered, or None for one that isn't shown.

    The offset counts rows that are not shown too, so pages don't shift when a row comes to be shown between
    two calls.
    """
    start, cursor = 0, call.body.get("cursor", "")
    if cursor:
        # Only a cursor that this very list handed out is taken; its digits are read after it proved to be
        # one.
        digits = cursor[24:]
        if not 0 < len(digits) <= 8 or any(digit not in "0123456789abcdef" for digit in digits):
            raise Refusal("cursor.bad")
        start = int(digits, 16)
        if cursor != _cursor(call, scope, start):
            raise Refusal("cursor.bad")
    limit = int({**call.operation.defaults, **call.body}["limit"])
    found: list[dict[str, Any]] = []
    for offset in range(start, len(rows)):
        row = shown(rows[offset])
        if row is None:
            continue
        if len(found) == limit:
            return _cursor(call, scope, offset), found
        found.append(row)
    return "", found
