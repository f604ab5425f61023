"""One connection as a fault sees it: send, stall, break."""

from __future__ import annotations

import contextlib
import select
import socket
import struct
import threading
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote, urlsplit

from attrs import field, frozen

DROP_SECONDS: Final = 0.02
"""Between two bytes of a slow answer."""
LONGEST_HEAD: Final = 64 * 1024
_BLOCK: Final = 65536


class Gone(Exception):
    """The other side has closed the connection, or the server is being stopped."""


@frozen
class Request:
    """A request as it arrived."""

    method: str
    path: str
    query: bytes = field(repr=False)
    content_type: str
    body: bytes = field(repr=False)

    @property
    def operation(self) -> str:
        """The last part of its path, which is the name of the operation but for the doors of uploads."""
        return self.path.rpartition("/")[2]


class Wire:
    """One connection.

    Args:
        sock: the socket, under TLS or not.
        stopping: set when the server is to end.
    """

    def __init__(self, sock: socket.socket, stopping: threading.Event) -> None:
        self.sock = sock
        self._stopping = stopping
        self._buffer = b""

    def send(self, data: bytes) -> None:
        """Send all of it."""
        self.sock.sendall(data)

    def dribble(self, data: bytes) -> None:
        """Send a byte now and then, each well within any read timeout, until the other side has had enough."""
        for index in range(len(data)):
            if self._stopping.wait(DROP_SECONDS):
                raise Gone
            self.send(data[index : index + 1])

    def stall(self) -> None:
        """Say nothing until the other side goes or the server ends."""
        while not self._stopping.is_set():
            readable, _, _ = select.select([self.sock], [], [], 0.05)
            if readable and not self.sock.recv(_BLOCK):
                break
        raise Gone

    def reset(self) -> None:
        """Close with RST."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()

    def close(self) -> None:
        """Close, and serve this connection no more."""
        self.sock.close()
        raise Gone

    def read_some(self, count: int) -> None:
        """Read so many bytes of a request and keep them."""
        while len(self._buffer) < count:
            self._more(count - len(self._buffer))

    def requests(self) -> Iterator[Request]:
        """The whole requests, one after the other."""
        while True:
            with contextlib.suppress(Gone):
                yield self._request()
                continue
            return

    def _request(self) -> Request:
        while b"\r\n\r\n" not in self._buffer:
            if len(self._buffer) > LONGEST_HEAD:
                raise Gone
            self._more()
            if not self._buffer[:1].isalpha():  # the beginning of TLS, for one
                self.send(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                raise Gone
        head, _, rest = self._buffer.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        fields = {
            name.strip().lower(): value.strip() for name, _, value in (one.partition(":") for one in lines)
        }
        length = int(fields.get("content-length", "0"))
        self._buffer = rest
        self.read_some(length)
        body, self._buffer = self._buffer[:length], self._buffer[length:]
        method, target, _ = first.split(" ")
        parts = urlsplit(target)
        return Request(
            method, unquote(parts.path), parts.query.encode(), fields.get("content-type", ""), body
        )

    def _more(self, most: int = _BLOCK) -> None:
        data = self.sock.recv(min(most, _BLOCK))
        if not data:
            raise Gone
        self._buffer += data
