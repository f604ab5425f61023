"""The mock's time: it stands still until it is moved, or runs with an offset."""

from __future__ import annotations

import math
import threading
import time
from datetime import datetime

#: Further on, the calendar of the quotas could not follow.
LAST_SECOND = 2.0**32
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


class Clock:
    """Callable that gives Unix time in seconds.

    ::

        clock = Clock(1795320000)
        clock.move(days=3)
        clock()  # 1795579200.0

    Args:
        start: Unix time in seconds, or an aware datetime; the real time when absent.
        running: whether time passes by itself. Otherwise it passes only when it is moved.

    Raises:
        ValueError: no such time: a naive datetime, not finite, before 1970 or after 2106.
    """

    def __init__(self, start: float | datetime | None = None, *, running: bool = False) -> None:
        self.running = running
        self._lock = threading.Lock()
        self._offset = 0.0
        if start is not None or not running:
            self.set(time.time() if start is None else start)

    def __call__(self) -> float:
        """Unix time in seconds."""
        return time.time() + self._offset if self.running else self._offset

    def __repr__(self) -> str:
        return f"Clock({self()!r}{', running=True' if self.running else ''})"

    @property
    def now(self) -> float:
        """Unix time in seconds."""
        return self()

    @property
    def ahead(self) -> float:
        """Seconds that a running clock is ahead of the machine's: 0.0 until it is moved or set."""
        return self._offset if self.running else 0.0

    def move(self, seconds: float = 0, *, minutes: float = 0, hours: float = 0, days: float = 0) -> float:
        """Let time pass; a negative time goes back.

        Returns:
            The new time, Unix seconds.

        Raises:
            ValueError: that would not be a time; it stays as it was.
        """
        by = seconds + minutes * _MINUTE + hours * _HOUR + days * _DAY
        with self._lock:
            return self._put(self() + by)

    def set(self, unix: float | datetime) -> float:
        """Go to a time, forward or back.

        Args:
            unix: Unix time in seconds, or an aware datetime.

        Returns:
            The new time, Unix seconds.

        Raises:
            ValueError: no such time; it stays as it was.
        """
        if isinstance(unix, datetime):
            if unix.utcoffset() is None:
                raise ValueError(
                    f"{unix.isoformat()} names no time zone: say which, datetime.now(UTC) for one"
                )
            unix = unix.timestamp()
        with self._lock:
            return self._put(unix)

    def _put(self, unix: float) -> float:
        if not math.isfinite(unix) or not 0 <= unix < LAST_SECOND:
            raise ValueError(f"no time of this clock: {unix!r} (Unix seconds from 0 to {LAST_SECOND:.0f})")
        self._offset = unix - time.time() if self.running else float(unix)
        return float(unix)
