"""A call that the contract accepts, on its way to the behaviour of its operation."""

from __future__ import annotations

from typing import Any

from attrs import define, field

from wecom_contract import Operation

from .company import App, Suite
from .state import State


@define
class Call:
    """What a behaviour gets to see.

    Attributes:
        operation: what was called.
        state: the mocked company.
        app: whose token came with the call; ``None`` for an operation without one.
        body: the request body, or the query parameters of an operation without a body; a file in it is the
            data that describes it.
        now: Unix time in seconds.
        suite: whose token came with the call, where it was a suite's.
        files: the bytes of the files.
    """

    operation: Operation
    state: State
    app: App | None
    body: dict[str, Any] = field(repr=False)
    now: float
    suite: Suite | None = None
    files: dict[str, bytes] = field(factory=dict, repr=False)

    def may_use(self, userid: str) -> bool:
        """Whether the member is in the visible range of the calling app."""
        return self.app is None or self.app.sees(userid)
