"""The doors of the mock, each as an httpx client: in process, ASGI on uvicorn, the mock's own server."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import uvicorn

from wecom_mock import InProcessTransport, State, create_app
from wecom_mock.server import MockServer, bind

DOORS = ("in-process", "asgi", "server")
ON_A_SOCKET = ("asgi", "server")


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: object = None) -> None:
        await super().startup(sockets)  # type: ignore[arg-type]
        self.ready.set()


@contextmanager
def uvicorn_of(state: State, clock: Callable[[], float]) -> Iterator[str]:
    """The ASGI application on uvicorn, in a thread."""
    listener = bind(0)
    config = uvicorn.Config(
        create_app(state, clock),
        access_log=False,
        log_config=None,
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=1,
    )
    server = _Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    assert server.ready.wait(60)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def open_door(kind: str, state: State, clock: Callable[[], float]) -> Iterator[httpx.Client]:
    """A client behind one of the doors."""
    if kind == "in-process":
        with httpx.Client(
            base_url="http://127.0.0.1", transport=InProcessTransport(state, clock), timeout=30
        ) as client:
            yield client
    elif kind == "asgi":
        with (
            uvicorn_of(state, clock) as base_url,
            httpx.Client(base_url=base_url, trust_env=False, timeout=30) as client,
        ):
            yield client
    else:
        with (
            MockServer(state, clock=clock) as mock,
            httpx.Client(base_url=mock.base_url, trust_env=False, timeout=30) as client,
        ):
            yield client
