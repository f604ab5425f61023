"""A change of one constraint, and whom it breaks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Schema = Mapping[str, Any]
Side = Literal["senders", "readers"]
Kind = Literal["added", "changed", "removed"]

UPPER = {
    "maxItems": "items",
    "maxLength": "characters",
    "x-max-bytes": "bytes",
    "x-span": "seconds apart",
    "maximum": "",
    "exclusiveMaximum": "(excluded)",
    "maxProperties": "fields",
}
"""Limits that are stricter when lower."""
LOWER = {
    "minItems": "items",
    "minLength": "characters",
    "minimum": "",
    "exclusiveMinimum": "(excluded)",
    "minProperties": "fields",
}
"""Limits that are stricter when higher."""
EXACT = ("const", "pattern", "format", "uniqueItems", "multipleOf")
"""Constraints that can only be compared as they stand."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference."""

    kind: Kind
    place: str
    what: str
    breaks: tuple[Side, ...]
    """Whom it breaks; empty where nobody."""


def limits(place: str, old: Schema, new: Schema, side: Side) -> Iterator[Change]:
    """Every limit, set of values and pattern that is another one."""
    for keyword, unit in (*UPPER.items(), *LOWER.items()):
        was, now = _limit(old, keyword), _limit(new, keyword)
        if was != now:
            upper = keyword in UPPER
            wider = now is None or (was is not None and (now > was if upper else now < was))
            word = "at most" if upper else "at least"
            what = " → ".join(
                f"{word} {limit} {unit}".strip() if limit is not None else "no limit" for limit in (was, now)
            )
            yield Change("changed", place, what, broken(side, wider=wider))
    was, now = old.get("enum"), new.get("enum")
    if was != now:
        wider = now is None or (was is not None and set(map(json.dumps, was)) <= set(map(json.dumps, now)))
        narrower = was is None or (now is not None and set(map(json.dumps, now)) <= set(map(json.dumps, was)))
        what = " → ".join(
            "any value" if values is None else "|".join(map(str, values)) for values in (was, now)
        )
        yield Change("changed", place, what, broken(side, wider=wider, unsure=not wider and not narrower))
    for keyword in EXACT:
        if old.get(keyword) != new.get(keyword):
            what = f"{keyword} {old.get(keyword, 'none')} → {new.get(keyword, 'none')}"
            yield Change(
                "changed",
                place,
                what,
                broken(side, wider=keyword not in new, unsure=keyword in old and keyword in new),
            )


def _limit(schema: Schema, keyword: str) -> Any:
    value = schema.get(keyword)
    return value["seconds"] if isinstance(value, Mapping) else value


def required(place: str, was: bool, now: bool, side: Side) -> Iterator[Change]:
    """A field that must be there now, or no longer must."""
    if was != now:
        yield Change(
            "changed",
            place,
            "required → optional" if was else "optional → required",
            broken(side, wider=was),
        )


def broken(side: Side, *, wider: bool, unsure: bool = False) -> tuple[Side, ...]:
    """Whom a constraint that became wider or stricter breaks; whoever may be broken counts as broken."""
    return (side,) if unsure or wider is (side == "readers") else ()
