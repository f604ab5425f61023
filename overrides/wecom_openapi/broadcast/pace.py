"""Keeps calls under the vendor's frequency limits, which stand in the contract."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence

from wecom_contract import OPERATIONS
from wecom_contract.operations import Frequency


class Pace:
    """How often one operation is called, by all who share this object.

    It counts what it has let go within each limit's time, so that no span of that length has more calls than allowed,
    wherever it begins.

    Args:
        operation: which one.
        share: the part of the limits that is ours, above 0 and up to 1: where four processes call, 0.25 each.
        clock: seconds, monotonic.

    Raises:
        ValueError: a share that is none.
    """

    def __init__(
        self, operation: str, *, share: float = 1.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        if not 0 < share <= 1:
            raise ValueError(f"share: above 0 and up to 1, not {share!r}")
        self._clock = clock
        self._lock = threading.Lock()
        self._held = 0.0
        self._windows = [
            (max(1, int(limit.calls * share)), limit.seconds, deque[float]())
            for limit in OPERATIONS[operation].frequency
        ]

    @property
    def limits(self) -> Sequence[Frequency]:
        """So many calls within so many seconds."""
        return [Frequency(calls, seconds) for calls, seconds, _ in self._windows]

    def reserve(self) -> float:
        """Take the next place.

        Returns:
            Seconds to wait before the call may leave.
        """
        with self._lock:
            now = self._clock()
            at = max(now, self._held)
            for calls, seconds, sent in self._windows:
                if len(sent) == calls:
                    at = max(at, sent[0] + seconds)
            for calls, _, sent in self._windows:
                if len(sent) == calls:
                    sent.popleft()
                sent.append(at)
            return at - now

    def hold(self) -> float:
        """WeCom said that it were too many: let nobody go until its block is over, which lasts for the shortest time.

        Returns:
            For how many seconds.
        """
        seconds = float(min((seconds for _, seconds, _ in self._windows), default=0))
        with self._lock:
            self._held = max(self._held, self._clock() + seconds)
        return seconds
