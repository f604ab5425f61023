"""The table of operations, the envelope and the server, as the contract states them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal

from attrs import field, frozen

from wecom_contract.data import load


@frozen
class Frequency:
    """So many calls within so long."""

    calls: int
    seconds: int


@frozen
class Repeat:
    """What becomes of it where a call is made once more, after one of which nobody knows what it did."""

    safe: bool
    """Whether two calls do no more than one."""
    en: str
    """Why, in English."""
    zh: str


@frozen
class Operation:
    """One operation of the contract."""

    id: str
    """The vendor's own name, such as ``add_msg_template``."""
    method: str
    path: str
    effect: Literal["read", "write"]
    """Whether a call may change anything at the vendor's."""
    repeat: Repeat
    """Whether a call may be made again though the first one may have had its effect."""
    auth: str | None
    """The query parameter that carries the token; None where no token is needed."""
    has_body: bool
    """Whether it takes a JSON body."""
    query: tuple[str, ...]
    """Names of the query parameters, the token's not among them."""
    parts: tuple[str, ...]
    """Names of the files that it takes as multipart/form-data."""
    page: str
    """The vendor's page about it."""
    summary: str
    summary_zh: str
    frequency: tuple[Frequency, ...]
    """How often a corp may call it; every limit counts."""
    bare_success: bool = False
    """Whether an answer without the envelope's code is a success."""
    defaults: Mapping[str, Any] = field(factory=dict)
    """What the server takes for a field of the request that is left out; only fields for which that is known."""


@frozen
class Envelope:
    """How an answer says whether it is a success."""

    code: str
    message: str
    ok: int


def success_example(operation: str) -> dict[str, Any]:
    """The contract's example of a success of an operation, a fresh copy; empty where it has none."""
    found: dict[str, Any] = load("examples").get(operation, {})
    return found


_DATA = load("operations")

CONTRACT_VERSION: str = _DATA["version"]
SERVER: str = _DATA["server"]
ENVELOPE = Envelope(**_DATA["envelope"])
OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {
        name: Operation(
            id=name,
            **{
                **entry,
                "query": tuple(entry["query"]),
                "parts": tuple(entry["parts"]),
                "frequency": tuple(Frequency(**limit) for limit in entry["frequency"]),
                "repeat": Repeat(**entry["repeat"]),
            },
        )
        for name, entry in _DATA["operations"].items()
    }
)
