"""A line to a server that delays each of its answers."""

from __future__ import annotations

import contextlib
import socket
import threading
from types import TracebackType
from typing import Self

HOST = "127.0.0.1"


class SlowLine:
    """A port that leads to another one.

    Args:
        port: where it leads to; None leads nowhere: connections are taken, and nothing comes back.
        delay: seconds before each piece of an answer.

    Attributes:
        reached: set with the first connection.
        asked: set with each piece of a request.
    """

    def __init__(self, port: int | None, delay: float) -> None:
        self.connections = 0
        self.reached = threading.Event()
        self.asked = threading.Event()
        self._target = port
        self.delay = delay
        self._ended = threading.Event()
        self._open: list[socket.socket] = []

    def __enter__(self) -> Self:
        self._listener = socket.create_server((HOST, 0))
        self.port: int = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()
        return self

    def _accept(self) -> None:
        while not self._ended.is_set():
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            self._open.append(near)
            self.connections += 1
            self.reached.set()
            if self._target is not None:
                far = socket.create_connection((HOST, self._target))
                self._open.append(far)
                self._start(near, far, 0)
                self._start(far, near, self.delay)

    def _start(self, source: socket.socket, sink: socket.socket, delay: float) -> None:
        thread = threading.Thread(target=self._copy, args=(source, sink, delay))
        self._threads.append(thread)
        thread.start()

    def _copy(self, source: socket.socket, sink: socket.socket, delay: float) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                self.asked.set()
                self._ended.wait(delay)
                sink.sendall(data)
        with contextlib.suppress(OSError):
            sink.shutdown(socket.SHUT_RDWR)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        for one in (self._listener, *self._open):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        for thread in self._threads:
            thread.join(30)
