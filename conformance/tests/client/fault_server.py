"""A raw HTTP server on loopback that answers as scripted, or breaks its answer in the way that a test asks for."""

from __future__ import annotations

import asyncio
import json
import os
import select
import socket
import ssl
import struct
import sys
import threading
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from chaos.listener import Listener

CORPID = "wwcorp"
SECRET = "s3cr3t-of-the-app"
TOKEN_PATH = "/cgi-bin/gettoken"
CREATE_PATH = "/cgi-bin/externalcontact/add_msg_template"


class Seen(NamedTuple):
    """A request as it arrived."""

    method: str
    path: str
    query: dict[str, str]
    head: bytes
    body: bytes

    @property
    def token(self) -> str | None:
        return self.query.get("access_token")


def environment(*, guarded: bool = True) -> dict[str, str]:
    """For a program that a test starts, in whatever folder: it finds the packages that the test has found.

    Args:
        guarded: whether it is kept on this machine as the tests are; needed where it may connect anywhere.
    """
    folders = [folder for folder in sys.path if folder and (guarded or not folder.endswith("loopback_site"))]
    if guarded:
        folders = [*os.environ.get("PYTHONPATH", "").split(os.pathsep), *folders]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(folders)}


async def happens(event: threading.Event) -> None:
    """Wait in a task for what a thread of the server does."""
    assert await asyncio.get_running_loop().run_in_executor(None, event.wait, 30)


class Connection:
    """One connection, with what a handler needs to answer or to break it."""

    def __init__(self, sock: socket.socket, server: FaultServer) -> None:
        self.sock = sock
        self.server = server

    def send(self, data: bytes) -> None:
        self.sock.sendall(data)

    def answer(self, body: bytes | dict[str, Any], status: str = "200 OK", headers: str = "") -> None:
        """A well-formed HTTP answer, whatever the body is."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(raw)}\r\n{headers}\r\n"
        self.send(head.encode("latin-1") + raw)

    def reset(self) -> None:
        """Close with RST."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()

    def close(self) -> None:
        self.sock.close()

    def dribble(self, data: bytes) -> None:
        """Send a byte now and then, each well within any read timeout, until the other side has had enough."""
        for index in range(len(data)):
            if self.server.stopping.wait(0.05):
                return
            self.send(data[index : index + 1])

    def hold(self) -> None:
        """Say nothing until the other side goes or the test is over."""
        while not self.server.stopping.is_set():
            readable, _, _ = select.select([self.sock], [], [], 0.05)
            if readable and not self.sock.recv(65536):
                return


Handler = Callable[[Connection, Seen], None]


class FaultServer(Listener):
    """Serves ``handler``; asks for a token are answered by itself unless ``tokens`` says otherwise.

    Args:
        handler: answers every request that isn't for a token.
        tokens: answers the requests for tokens; by default they get tok-1, tok-2, …
        greet: called for each connection before anything is read; True where that was all.
        tls: wraps each connection.
    """

    def __init__(
        self,
        handler: Handler,
        tokens: Handler | None = None,
        greet: Callable[[Connection], bool] | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._handler = handler
        self._tokens = tokens or self._issue
        self._greet = greet
        self.seen: list[Seen] = []
        super().__init__(tls)

    @property
    def calls(self) -> list[Seen]:
        """The requests that weren't for a token."""
        return [request for request in self.seen if request.path != TOKEN_PATH]

    @property
    def token_requests(self) -> list[Seen]:
        return [request for request in self.seen if request.path == TOKEN_PATH]

    def talk(self, sock: socket.socket) -> None:
        """Greet, and hand each request to a handler until the connection has ended."""
        connection = Connection(sock, self)
        if self._greet is not None and self._greet(connection):
            self.stopping.wait()  # open, unless it was closed, and silent
            return
        buffer = b""
        while True:
            request, buffer = _read(sock, buffer)
            if request is None:
                return
            self.seen.append(request)
            handler = self._tokens if request.path == TOKEN_PATH else self._handler
            handler(connection, request)
            if sock.fileno() < 0:
                return

    def _issue(self, connection: Connection, request: Seen) -> None:
        connection.answer(issued(f"tok-{len(self.token_requests)}"))


def issued(token: str, expires_in: int = 7200) -> dict[str, Any]:
    """An answer of gettoken."""
    return {"errcode": 0, "errmsg": "ok", "access_token": token, "expires_in": expires_in}


def refused(
    code: int, message: str = "refused, hint: [1600000000_1_abcdef], from ip: 127.0.0.1"
) -> dict[str, Any]:
    """A refusal."""
    return {"errcode": code, "errmsg": message}


CREATED: dict[str, Any] = {
    "errcode": 0,
    "errmsg": "ok",
    "fail_list": [],
    "msgid": "msgGCAAAXtWyujaWJHDDGi0mAAAA",
}


def created(connection: Connection, request: Seen) -> None:
    """The handler of a server that takes every call."""
    connection.answer(CREATED)


def _read(sock: socket.socket, buffer: bytes) -> tuple[Seen | None, bytes]:
    while b"\r\n\r\n" not in buffer:
        data = sock.recv(65536)
        if not data:
            return None, b""
        buffer += data
    head, _, buffer = buffer.partition(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            length = int(value)
    while len(buffer) < length:
        data = sock.recv(65536)
        if not data:
            return None, b""
        buffer += data
    method, target, _ = head.split(b"\r\n")[0].decode("latin-1").split(" ")
    parts = urlsplit(target)
    return Seen(method, parts.path, dict(parse_qsl(parts.query)), head, buffer[:length]), buffer[length:]
