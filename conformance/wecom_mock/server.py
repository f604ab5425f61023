"""The mock on a real socket of the loopback interface, in a thread of the test's own process."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from types import TracebackType

import uvicorn

from .asgi import create_app
from .state import State

HOST = "127.0.0.1"
_START_SECONDS = 30.0


def bind(port: int, host: str = HOST) -> socket.socket:
    """Listen on a port of 127.0.0.1, or of another address of this machine; 0 takes a free one.

    Raises:
        OSError: the port is in use, or needs rights that this process lacks; no such address.
    """
    # With the protocol named, asyncio sends at once; without it each answer waits for the kernel to fill a packet.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
    except BaseException:
        listener.close()
        raise
    return listener


def uvicorn_config(state: State, clock: Callable[[], float]) -> uvicorn.Config:
    """Configure uvicorn as the mock wants it.

    No access log, as it would show the token in each URL, and the pure-Python parser, so that every machine
    answers a refused body alike.
    """
    return uvicorn.Config(
        create_app(state, clock),
        access_log=False,
        log_config=None,
        log_level="warning",
        server_header=False,
        http="h11",
        ws="none",
        lifespan="off",
        timeout_graceful_shutdown=1,
    )


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()


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

    Raises:
        OSError: on entry, when the port is in use.
    """

    def __init__(
        self, state: State | None = None, *, clock: Callable[[], float] = time.time, port: int = 0
    ) -> None:
        self.state = state if state is not None else State()
        self.clock = clock
        self.port = port
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def base_url(self) -> str:
        """``http://127.0.0.1:<port>``, without a slash at the end."""
        return f"http://{HOST}:{self.port}"

    def __enter__(self) -> MockServer:
        listener = bind(self.port)
        self.port = listener.getsockname()[1]
        server = self._server = _Server(uvicorn_config(self.state, self.clock))
        self._thread = threading.Thread(
            target=server.run, kwargs={"sockets": [listener]}, name="wecom-mock", daemon=True
        )
        self._thread.start()
        if not server.ready.wait(_START_SECONDS):
            listener.close()
            raise RuntimeError("the mock server did not start")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join()
