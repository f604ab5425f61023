"""A server on a real socket: it does what is asked as the mock does it, keeps a ledger of that, and answers as the
fault says that was drawn for the request."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable
from typing import Any, Final

from wecom_mock import State, handle
from wecom_mock.wire import Request as MockRequest

from .company import company
from .faults import NO_FAULT, Answer, Fault
from .ledger import Ledger
from .wire import Gone, Request, Wire

_PATIENCE: Final = 60.0

Draw = Callable[[str, Request | None], Fault]
"""Chooses a fault: for ``"connect"``, before anything is read, and for ``"answer"``, for a request."""


class ChaosServer:
    """Serves on loopback until it is closed.

    Args:
        draw: chooses the fault of each connection and of each request.
        state: the company; a new one where it is None.
        tls: wraps each connection.
        clock: Unix time in seconds.
    """

    def __init__(
        self,
        draw: Draw,
        state: State | None = None,
        tls: ssl.SSLContext | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._draw = draw
        self.state = State(company()) if state is None else state
        self._tls = tls
        self._clock = clock
        self.ledger = Ledger()
        self.connections = 0
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self._sockets: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._listener.getsockname()[1]
        self.base_url = f"{'http' if tls is None else 'https'}://127.0.0.1:{self.port}"
        self._spawn(self._accept)

    def __enter__(self) -> ChaosServer:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """End every connection and every thread. What a thread was about to do is done or not when this returns."""
        self._stopping.set()
        # Closing a listener doesn't wake the thread that waits on it; a connection does.
        with socket.socket() as waker:
            waker.connect(("127.0.0.1", self.port))
            self._threads[0].join(10)
        self._listener.close()
        with self._lock:
            sockets = list(self._sockets)
        for sock in sockets:
            with contextlib.suppress(OSError):  # it is closed already
                sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)
            assert not thread.is_alive()
        for sock in sockets:
            sock.close()

    def quiet(self) -> None:
        """Wait until the clients have gone and everything that they had asked for is done.

        Raises:
            TimeoutError: one stays.
        """
        ends = time.monotonic() + _PATIENCE
        while any(thread.is_alive() for thread in self._threads[1:]):
            if time.monotonic() > ends:
                raise TimeoutError("a client has not gone")
            time.sleep(0.005)

    def token(self) -> str:
        """A token that is good."""
        return self.state.token_for(self.state.company.apps[0], self._clock())[0]

    def _spawn(self, target: Callable[..., None], *arguments: Any) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            sock, _ = self._listener.accept()
            if self._stopping.is_set():
                sock.close()
                return
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self._sockets.add(sock)
                self.connections += 1
            self._threads = [thread for thread in self._threads if thread.is_alive()]
            self._spawn(self._serve, sock)

    def _serve(self, sock: socket.socket) -> None:
        with contextlib.suppress(OSError, Gone):  # the other side goes when it likes
            try:
                self._talk(sock)
            finally:
                with self._lock:
                    self._sockets.discard(sock)
                sock.close()

    def _talk(self, sock: socket.socket) -> None:
        greeting = self._draw("connect", None)
        if greeting.at == "connect":
            greeting.play(Wire(sock, self._stopping), _NOTHING)
        if self._tls is not None:
            sock = self._tls.wrap_socket(sock, server_side=True)
            with self._lock:
                self._sockets.add(sock)
        wire = Wire(sock, self._stopping)
        for request in wire.requests():
            fault = self._draw("answer", request)
            answer = self._answer(request) if fault.applied == "before" else _NOTHING
            try:
                fault.play(wire, answer)
            finally:
                if fault.applied == "after":
                    self._answer(request)

    def _answer(self, request: Request) -> Answer:
        asked = MockRequest(request.method, request.path, request.query, request.body, request.content_type)
        now = self._clock()
        reply = handle(self.state, asked, now)
        if reply.status == 200:
            self.ledger.note(request.operation, request.body, reply.body)
        return Answer(reply.status, reply.body, now)


_NOTHING = Answer(200, b'{"errcode":0,"errmsg":"ok"}')


def always(fault: Fault) -> Draw:
    """A server that does the same to every call but those for a token."""

    def draw(moment: str, request: Request | None) -> Fault:
        if moment == fault.at == "connect":
            return fault
        if request is None or request.operation == "gettoken":
            return NO_FAULT
        return fault if fault.at == "answer" else NO_FAULT

    return draw
