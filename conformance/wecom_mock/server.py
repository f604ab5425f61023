"""The mock on a real socket of the loopback interface, in a thread of the test's own process."""

from __future__ import annotations

import asyncio
import gc
import signal
import socket
import threading
import time
from collections.abc import Callable
from types import TracebackType

from .connection import Bounds
from .door import HOST, Door, bind
from .state import State

__all__ = ["HOST", "MockServer", "bind", "run"]


def run(state: State, clock: Callable[[], float], listener: socket.socket) -> None:
    """Serve in this thread, the main one, until SIGINT or SIGTERM. The process is the server's own."""
    # What a mock keeps, it keeps for good: to look through all of it again and again finds nothing. What is new is
    # looked through in portions that the processor's cache holds: ones of some MB cost a third of its time.
    gc.freeze()
    gc.set_threshold(1_000, 10, 2_000)
    asyncio.run(_until_signal(state, clock, listener))


async def _until_signal(state: State, clock: Callable[[], float], listener: socket.socket) -> None:
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        # Not of the loop's own kind, which there is not on Windows.
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    await _serve(Door(state, clock, listener), stop)


async def _serve(door: Door, stop: asyncio.Event, ready: Callable[[], object] = lambda: None) -> None:
    await door.open()
    try:
        ready()
        await stop.wait()
    finally:
        await door.close()


class MockServer:
    """A running mock.

    ```python
    with MockServer() as mock:
        httpx.get(mock.base_url + "/cgi-bin/gettoken", params={"corpid": "wwdemo", "corpsecret": "demo"})
    ```

    Args:
        state: the mocked company; the built-in one when absent.
        clock: Unix time in seconds; a test passes its own.
        port: 0 takes a free one.
        bounds: what a connection may take.

    Raises:
        OSError: on entry, when the port is in use.
    """

    def __init__(
        self,
        state: State | None = None,
        *,
        clock: Callable[[], float] = time.time,
        port: int = 0,
        bounds: Bounds | None = None,
    ) -> None:
        self.state = state if state is not None else State()
        self.clock = clock
        self.port = port
        self._bounds = bounds
        self._thread: threading.Thread | None = None

    @property
    def base_url(self) -> str:
        """``http://127.0.0.1:<port>``, without a slash at the end."""
        return f"http://{HOST}:{self.port}"

    def __enter__(self) -> MockServer:
        listener = bind(self.port)
        self.port = listener.getsockname()[1]
        ready = threading.Event()
        self._door = Door(self.state, self.clock, listener, self._bounds)
        self._thread = threading.Thread(target=self._run, args=(ready,), name="wecom-mock", daemon=True)
        self._thread.start()
        ready.wait()
        if not self._door.is_open:
            listener.close()
            self._thread.join()
            raise RuntimeError("the mock server did not start")
        return self

    def _run(self, ready: threading.Event) -> None:
        async def serve() -> None:
            self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
            await _serve(self._door, self._stop, ready.set)

        try:
            asyncio.run(serve())
        finally:
            ready.set()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._thread is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join()
