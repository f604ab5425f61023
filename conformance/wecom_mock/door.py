"""The mock's own server: a listener and its connections in an event loop, whoever runs that."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable
from typing import Any

from .connection import Bounds, Connection
from .state import State

HOST = "127.0.0.1"
_BACKLOG = 1024
_CLOSE_SECONDS = 0.25
_REFUSE_SECONDS = 5.0
_RETRY_SECONDS = 0.02
_ROUNDS = 8


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
        listener.listen(_BACKLOG)
    except BaseException:
        listener.close()
        raise
    return listener


class Door:
    """Serves a state on a listening socket.

    Args:
        state: the mocked company.
        clock: Unix time in seconds.
        listener: see :func:`bind`; the door closes it.
        bounds: what a connection may take.
    """

    def __init__(
        self,
        state: State,
        clock: Callable[[], float],
        listener: socket.socket,
        bounds: Bounds | None = None,
    ) -> None:
        self.state, self.clock = state, clock
        state.take_clock(clock)
        self.bounds = Bounds() if bounds is None else bounds
        self.connections: set[Connection] = set()
        self.is_open = False
        self.closing = False
        self._listener: socket.socket | None = listener
        self._port: int = listener.getsockname()[1]
        self._server: asyncio.Server | None = None
        self._timers: set[asyncio.TimerHandle] = set()
        self._reopening: asyncio.TimerHandle | None = None
        self._starting: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Begin to serve."""
        self._loop = asyncio.get_running_loop()
        self._thread = threading.get_ident()
        self._emptied = asyncio.Event()
        self._emptied.set()
        self.time = self._loop.time
        assert self._listener is not None
        await self._listen(self._listener)
        self._unlisten = self.state.faults.listen(self._faults_changed)
        self._apply_refusal()
        self._sweep()
        self.is_open = True

    async def close(self) -> None:
        """Stop: idle connections at once, the others as soon as they have sent what they have."""
        self._unlisten()
        for _ in range(_ROUNDS):
            # Who has connected already gets an end, not a reset.
            await asyncio.sleep(0)
        self.closing = True
        if self._starting is not None:
            await self._starting
        self._close_listener()
        for timer in (*self._timers, self._sweeper, self._reopening):
            if timer is not None:
                timer.cancel()
        for connection in tuple(self.connections):
            connection.transport.close()
        if self.connections:
            self._emptied.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._emptied.wait(), _CLOSE_SECONDS)
            for connection in tuple(self.connections):
                connection.transport.abort()
            await self._emptied.wait()

    def forget(self, connection: Connection) -> None:
        """Note that a connection has ended."""
        self.connections.discard(connection)
        if not self.connections:
            self._emptied.set()

    def later(self, seconds: float, function: Callable[..., object], *arguments: Any) -> None:
        """Call a function after real seconds, if the door is open then."""

        def run() -> None:
            self._timers.discard(timer)
            function(*arguments)

        timer = self._loop.call_later(seconds, run)
        self._timers.add(timer)

    def _sweep(self) -> None:
        now = self.time()
        for connection in tuple(self.connections):
            if connection.deadline <= now:
                connection.timed_out()
        self._sweeper = self._loop.call_later(self.bounds.sweep, self._sweep)

    async def _listen(self, listener: socket.socket) -> None:
        self._server = await self._loop.create_server(
            lambda: Connection(self), sock=listener, backlog=_BACKLOG
        )

    def _close_listener(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    def _faults_changed(self) -> None:
        """Let a change of the faults be true when the call that made it returns."""
        if threading.get_ident() == self._thread:
            self._apply_refusal()
            return
        done = threading.Event()

        def run() -> None:
            self._apply_refusal()
            # Behind the ends of connections, which the loop has put off until now.
            self._loop.call_soon(done.set)

        with contextlib.suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(run)
            done.wait(_REFUSE_SECONDS)

    def _apply_refusal(self) -> None:
        """Close the listener while a fault refuses every connection; else have it open."""
        if self.closing:
            return
        faults = [one for one in self.state.faults.list() if one.how.stage == "connection"]
        if faults:
            # Whoever has a connection would not notice that there are no new ones.
            for connection in tuple(self.connections):
                if connection.idle:
                    connection.transport.close()
        whole = [one for one in faults if one.times is None and one.probability == 1]
        if whole and self._listener is not None:
            self._close_listener()
            for fault in whole:
                if fault.seconds is not None:
                    self.later(fault.seconds, self._over, fault.number)
        elif not whole and self._listener is None:
            self._reopen()

    def _over(self, number: int) -> None:
        with contextlib.suppress(LookupError):
            self.state.faults.remove(number)

    def _reopen(self) -> None:
        try:
            self._listener = bind(self._port)
        except OSError:
            # Somebody else has the port for now.
            self._reopening = self._loop.call_later(_RETRY_SECONDS, self._apply_refusal)
            return
        # Connections wait in the backlog until the server takes them.
        self._starting = self._loop.create_task(self._listen(self._listener))
