"""One call as the network layer sees it: how long it may still take, and whether the request has begun to
leave."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Literal

Stage = Literal["token", "call"]


class Exchange:
    """The state of one call while it runs.

    Args:
        seconds: how long the whole call may take, token and replay included.
        watched: whether the network below tells when the first byte leaves. Where it can't, a request that
            was handed to the transport counts as having left.
        clock: seconds, monotonic.
    """

    __slots__ = ("_clock", "_ends", "answering", "left", "seconds", "stage", "started", "watched")

    def __init__(self, seconds: float, watched: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._ends = clock() + seconds
        self.started = time.time()
        """Unix seconds by this machine's clock."""
        self.seconds = seconds
        self.watched = watched
        self.stage: Stage = "token"
        self.left = False
        self.answering = False
        """Whether the head of an answer has come."""

    def again(self) -> None:
        """The call is made once more, from its beginning."""
        self.stage = "token"
        self.left = False

    def begin(self, stage: Stage) -> None:
        """A request is about to be handed to the transport."""
        self.stage = stage
        self.left = not self.watched
        self.answering = False

    def answered(self) -> None:
        """The request was answered and refused: it can't have had an effect, and another one follows."""
        self.stage = "token"

    @property
    def may_have_effect(self) -> bool:
        """Whether the operation's own request, not the token's, may have reached WeCom."""
        return self.stage == "call" and self.left

    @property
    def remaining(self) -> float:
        """Seconds until the deadline; negative when it has passed."""
        return self._ends - self._clock()

    @property
    def expired(self) -> bool:
        """Whether the deadline has passed."""
        # A timer may ring a moment early; what it measured was the deadline all the same.
        return self.remaining <= 0.01

    def clip(self, timeout: float | None) -> float:
        """The shorter of ``timeout`` and what remains, never negative."""
        remaining = self.remaining
        if timeout is not None and timeout < remaining:
            return timeout
        return remaining if remaining > 0 else 0.0


current: ContextVar[Exchange | None] = ContextVar("wecom_openapi_exchange", default=None)
"""The call that this thread or task is in. Outside of a call the network layer changes nothing."""


class KeepsDeadline:
    """A transport that ends with the call that `current` names, and tells it when the first byte leaves."""
