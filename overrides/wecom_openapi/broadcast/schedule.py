"""Which call of a broadcast is next, and when to stop: without input or output, so that threads and tasks share it."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable
from typing import Final

from wecom_openapi.errors import CredentialError, JournalError, OutcomeUnknown, WeComError

ATTEMPTS: Final = 3
"""How often one run tries a call that could not leave, or was told to come later."""
GIVE_UP_AFTER: Final = 10
"""So many failures in a row, with nothing done between them, end a run: what is wrong there is wrong for all."""

_FOR_ALL: Final = (CredentialError, JournalError)
"""After these no other call can do better. Wrong secrets ban the address from asking for tokens at all."""


class Schedule:
    """The calls of one run.

    Args:
        numbers: of the calls, in their order.
        concurrency: calls at a time.
        attempts: how often a call is tried.
        give_up_after: so many failures in a row end the run.

    Raises:
        ValueError: a number below 1.
    """

    def __init__(self, numbers: Iterable[int], concurrency: int, attempts: int, give_up_after: int) -> None:
        for name, value in [
            ("concurrency", concurrency),
            ("attempts", attempts),
            ("give_up_after", give_up_after),
        ]:
            if type(value) is not int or value < 1:
                raise ValueError(f"{name}: a number from 1 on is needed, not {value!r}")
        self.concurrency = concurrency
        self._waiting = deque(numbers)
        self._attempts = attempts
        self._give_up_after = give_up_after
        self._tried: dict[int, int] = {}
        self._in_a_row = 0
        self._lock = threading.Lock()
        self.stopped = threading.Event()
        """Set when no more calls are to be begun."""
        self.total = len(self._waiting)
        self.settled = 0
        """How many calls this run is through with."""
        self.error: BaseException | None = None
        """Why it ended before its time."""

    def take(self) -> int | None:
        """The next call; None where there is none, or none is to be begun any more."""
        with self._lock:
            if self.stopped.is_set() or not self._waiting:
                return None
            n = self._waiting.popleft()
            self._tried[n] = self._tried.get(n, 0) + 1
            return n

    def put_back(self, n: int) -> None:
        """A call that was taken, and not begun."""
        with self._lock:
            self._waiting.appendleft(n)
            self._tried[n] -= 1

    def succeeded(self, n: int) -> None:
        """A call is done."""
        with self._lock:
            self._in_a_row = 0
            self._tried.pop(n, None)
            self.settled += 1

    def failed(self, n: int, exc: WeComError) -> None:
        """A call is not done. One that may come later is taken again after all others."""
        with self._lock:
            # What somebody else is at, or an earlier run has left unknown, says nothing of now.
            if exc.attempts:
                self._in_a_row += 1
            if isinstance(exc, _FOR_ALL) or self._in_a_row >= self._give_up_after:
                self.error = self.error or exc
                self.stopped.set()
            again = exc.retry == "later" and not isinstance(exc, OutcomeUnknown)
            if again and self._tried[n] < self._attempts:
                self._waiting.append(n)
            else:
                self._tried.pop(n, None)
                self.settled += 1

    def broke(self, exc: BaseException) -> None:
        """Something else went wrong: the run ends with it."""
        with self._lock:
            self.error = self.error or exc
            self.stopped.set()
