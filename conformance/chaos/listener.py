"""A socket on loopback with a thread for each connection; all of them end when it is closed."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable
from typing import Any, Self

from .wire import Gone


class Listener:
    """Takes connections until it is closed; a subclass serves them.

    Args:
        tls: wraps each connection.

    Attributes:
        base_url: where it listens, with its ``port``.
        connections: how many it has taken.
        stopping: set when it is to end; whoever waits in a connection waits for this too.
    """

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        self.stopping = threading.Event()
        self.connections = 0
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._sockets: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._listener.getsockname()[1]
        self.base_url = f"{'http' if tls is None else 'https'}://127.0.0.1:{self.port}"
        self._spawn(self._accept)

    def begin(self, sock: socket.socket) -> None:
        """What is done with a connection before TLS."""

    def talk(self, sock: socket.socket) -> None:
        """Serve one connection, which is closed afterwards. The other side may go when it likes: an ``OSError``."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """End every connection and every thread. What a thread was about to do is done or not when this returns."""
        self.stopping.set()
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

    @property
    def busy(self) -> bool:
        """Whether a connection is still served."""
        return any(thread.is_alive() for thread in self._threads[1:])

    def _spawn(self, target: Callable[..., None], *arguments: Any) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            sock, _ = self._listener.accept()
            if self.stopping.is_set():
                sock.close()
                return
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self._sockets.add(sock)
                self.connections += 1
            self._threads = [thread for thread in self._threads if thread.is_alive()]
            self._spawn(self._serve, sock)

    def _serve(self, sock: socket.socket) -> None:
        try:
            with contextlib.suppress(OSError, Gone):
                self.begin(sock)
                if self._tls is not None:
                    with (
                        self._lock
                    ):  # whoever closes sees the one or the other, and no handshake is waited for
                        self._sockets.discard(sock)
                        sock = self._tls.wrap_socket(sock, server_side=True, do_handshake_on_connect=False)
                        self._sockets.add(sock)
                    sock.do_handshake()
                self.talk(sock)
        finally:
            with self._lock:
                self._sockets.discard(sock)
            sock.close()
