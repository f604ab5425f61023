"""One caller at a time, be it a thread or a task."""

from __future__ import annotations

import threading
from functools import cache
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    import anyio
    from anyio.lowlevel import RunVar


class Turn:
    """Lets one thread, or one task of an event loop, do something while the others wait."""

    def __init__(self) -> None:
        self.thread = threading.Lock()

    def for_tasks(self) -> anyio.Lock:
        """The lock of the event loop that runs. Each loop has its own: one of anyio serves no two."""
        import anyio  # httpx imports it with the first client only, and so do we

        held = _locks().get(None)
        if held is None:
            held = WeakKeyDictionary()
            _locks().set(held)
        lock = held.get(self)
        if lock is None:
            lock = held[self] = anyio.Lock()
        return lock


@cache
def _locks() -> RunVar[WeakKeyDictionary[Turn, anyio.Lock]]:
    from anyio.lowlevel import RunVar

    return RunVar("wecom_openapi_locks")
