"""What is said of a file that hasn't the column that is looked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from wecom_openapi.broadcast.faults import Fault

_SHOWN: Final = 20
_LONGEST: Final = 60


def column_missing(place: str, wanted: str, names: Sequence[str]) -> Fault:
    """The fault, with the names of the columns that are there. A file may hold anything, so these are cut short."""
    shown = ", ".join(repr(name[:_LONGEST]) for name in names[:_SHOWN])
    more = ", …" if len(names) > _SHOWN else ""
    return Fault(
        place,
        f"there is no column {wanted!r}; the columns there: {shown}{more}. Say which one has the ids",
        f"没有名为 {wanted!r} 的列；现有列：{shown}{more}。请指定 id 所在的列",
    )


def column_twice(place: str, name: str) -> Fault:
    """The fault of a header that has a name twice."""
    return Fault(place, f"the column {name!r} is there more than once", f"列 {name!r} 出现多次")
