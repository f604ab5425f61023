"""The end of a run, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_WIDTH = 300


def lines(data: dict[str, Any]) -> Iterator[str]:
    """The lines, without colours.

    Args:
        data: as `report.data_of` makes it.
    """
    yield from failure_lines(data)
    cover, withheld = data["coverage"], sum(one["count"] for one in data["withheld"])
    yield (
        f"{data['requests']} requests; operations served: {cover['operations_served']} of "
        f"{len(cover['operations'])}; rules broken one by one: {cover['rules_seen']} of {cover['rules']}; "
        f"parameters sent: {cover['parameters_sent']} of {cover['parameters']}"
    )
    skipped = sum(1 for one in cover["operations"] if one["skipped"])
    if skipped or withheld:
        yield f"not tested: {skipped} operations; not sent: {withheld} requests that this run may not send"
    if data["interrupted"]:
        yield "stopped before its end: what is missing was not tested"
    errors = sum(1 for one in data["failures"] if one["severity"] == "error")
    more = len(data["failures"]) - errors
    yield f"{data['verdict']}: {errors} violations" + (f", {more} warnings" if more else "")


def failure_lines(data: dict[str, Any]) -> Iterator[str]:
    """Only the lines about what was found."""
    for one in data["failures"]:
        yield f"{one['code']} {one['name']} [{one['operation'] or '-'}] ×{one['count']}: {_short(one['detail'])}"
        for rule in one["rules"]:
            yield f"  rule: {rule['id']} ({'; '.join(rule['evidence'])})"
        if one.get("body"):
            yield f"  body: {_short(one['body'])}"
        if one.get("answer"):
            yield f"  answer: {_short(one['answer'])}"
        if one.get("curl"):
            yield f"  again: {_short(one['curl'])}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"
