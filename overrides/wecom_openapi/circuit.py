"""Leaves something alone for a while after it failed, so that not every call pays for it."""

from __future__ import annotations

import time
from collections.abc import Callable


class Circuit:
    """Whether to try something that may be down.

    After a failure nobody tries for a while; then one does, and the others go on without until that one has
    succeeded. It is not for several threads at once: whoever uses it takes care of that.

    Args:
        rest: seconds that it is left alone after a failure.
        clock: seconds, monotonic.
    """

    def __init__(self, rest: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rest = rest
        self._clock = clock
        self._again: float | None = None

    @property
    def may_try(self) -> bool:
        """Whether it is worth a try now."""
        return self._again is None or self._clock() >= self._again

    def failed(self) -> bool:
        """It failed. Returns whether it had worked until now."""
        fell = self._again is None
        self._again = self._clock() + self._rest
        return fell

    def worked(self) -> bool:
        """It worked. Returns whether it had failed until now."""
        rose = self._again is not None
        self._again = None
        return rose
