"""One connection of the mock's own server: reads requests within bounds, writes answers, breaks them where asked."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import socket
import struct
import time
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from attrs import frozen

from . import wire
from .admin import is_admin
from .core import body_limit, handle, too_large
from .faults import PAUSE_SECONDS, PIECE_BYTES, Fault
from .http1 import HEAD_BYTES, BadRequest, Chunks, Head, parse_head
from .wire import Reply, Request

if TYPE_CHECKING:
    from .door import Door

_log = logging.getLogger("wecom_mock")
_REASONS = {
    200: b"OK",
    204: b"No Content",
    303: b"See Other",
    308: b"Permanent Redirect",
    400: b"Bad Request",
    403: b"Forbidden",
    404: b"Not Found",
    405: b"Method Not Allowed",
    408: b"Request Time-out",
    413: b"Request Entity Too Large",
    415: b"Unsupported Media Type",
    431: b"Request Header Fields Too Large",
    500: b"Internal Server Error",
    501: b"Not Implemented",
    502: b"Bad Gateway",
    505: b"HTTP Version Not Supported",
}
_OUT_BYTES = 64 * 1024
_LINGER_BYTES = 64 * 1024 * 1024


@frozen(kw_only=True)
class Bounds:
    """What a connection may take, in seconds.

    Attributes:
        head: from the first byte of a request to the end of its headers.
        request: for the body of a request, and for a client to go on reading its answers.
        idle: between two requests, and before the first one.
        linger: after an answer to a request that was not read to its end.
        sweep: how often all that is looked after.
    """

    head: float = 10.0
    request: float = 60.0
    idle: float = 75.0
    linger: float = 2.0
    sweep: float = 0.5


def encode(reply: Reply, *, head_only: bool, close: bool, date: bytes) -> bytes:
    """An answer as it goes over the wire."""
    return b"%bDate: %b\r\nConnection: %b\r\n\r\n%b" % (
        _head(reply.status, reply.headers),
        date,
        b"close" if close else b"keep-alive",
        b"" if head_only else reply.body,
    )


# Most answers begin like one of those before.
@lru_cache(maxsize=1024)
def _head(status: int, headers: tuple[tuple[str, str], ...]) -> bytes:
    fields = "".join([f"{name}: {value}\r\n" for name, value in headers])
    return b"HTTP/1.1 %d %b\r\n%b" % (status, _REASONS.get(status, b"Unknown"), fields.encode("ascii"))


def _date(now: float) -> bytes:
    return wire.http_date(int(now)).encode("ascii")


def reset(transport: asyncio.Transport) -> None:
    """Close a connection with RST."""
    found = transport.get_extra_info("socket")
    if found is not None:
        with contextlib.suppress(OSError):
            found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


class Connection(asyncio.Protocol):
    """One connection, from its first byte to its end."""

    __slots__ = (
        "_body",
        "_buffer",
        "_chunks",
        "_door",
        "_dropping",
        "_full",
        "_head",
        "_lingering",
        "_occupied",
        "_out",
        "_thrown",
        "deadline",
        "transport",
    )

    def __init__(self, door: Door) -> None:
        self._door = door
        self._buffer = bytearray()
        self._body = bytearray()
        self._out = bytearray()
        """Answers to requests that came together, and go together."""
        self._head: Head | None = None
        self._chunks: Chunks | None = None
        self._full = False
        """Whether the client does not take its answers."""
        self._occupied = False
        """Whether an answer is under way that takes its time, or never comes."""
        self._dropping = False
        """Whether it comes in drops."""
        self._lingering = False
        self._thrown = 0
        self.deadline = math.inf
        """When the connection is to be closed, by the clock of the loop."""

    @property
    def idle(self) -> bool:
        """Whether nothing is under way."""
        return not (self._buffer or self._head or self._occupied)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin; or refuse, where a fault wants so."""
        self.transport = cast(asyncio.Transport, transport)
        if self._door.closing or self._door.state.faults.refuses():
            reset(self.transport)
            return
        self._door.connections.add(self)
        self.deadline = self._door.time() + self._door.bounds.idle

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self._door.forget(self)
        self._occupied = True
        self._buffer.clear()

    def pause_writing(self) -> None:
        """Read no more requests from a client that does not read its answers."""
        self._full = True
        self.deadline = self._door.time() + self._door.bounds.request
        self.transport.pause_reading()

    def resume_writing(self) -> None:
        """Go on."""
        self._full = False
        self.deadline = self._door.time() + self._door.bounds.head
        self.transport.resume_reading()
        self._go_on()

    def eof_received(self) -> bool:
        """Answer what came before a client that closed its side; an answer that takes its time goes on."""
        return self._full or self._dropping

    def data_received(self, data: bytes) -> None:
        """Take bytes."""
        if self._lingering:
            self._thrown += len(data)
            if self._thrown > _LINGER_BYTES:
                self.transport.abort()
            return
        if self._occupied and not self._dropping:
            return  # nobody will ever answer it
        if not self._buffer and self._head is None and not self._occupied:
            # A request begins; the bound of its head ends with it.
            self.deadline = self._door.time() + self._door.bounds.head
        self._buffer += data
        if self._occupied or self._full:
            if len(self._buffer) > HEAD_BYTES:
                self.transport.pause_reading()
            return
        self._go_on()

    def timed_out(self) -> None:
        """Close a connection that took too long; one amid a request is told so."""
        if self._lingering or self._full:
            self.transport.abort()
        elif self._occupied or self.idle:
            self.transport.close()
        else:
            self._refuse(wire.page(408, "Request Time-out"), self._now())

    def _go_on(self) -> None:
        self._work()
        self._flush()

    def _flush(self) -> None:
        if self._out:
            out, self._out = self._out, bytearray()
            self.transport.write(out)

    def _work(self) -> None:
        try:
            while (self._buffer or self._head is not None) and not (
                self._occupied or self._full or self._lingering or self.transport.is_closing()
            ):
                if not self._step():
                    return
        except BadRequest as error:
            # Not what came: it may hold a token.
            _log.warning("Invalid HTTP request: %s", error.title)
            self._refuse(wire.page(error.status, error.title), self._now())

    def _step(self) -> bool:
        """Read a request and answer it; whether there was enough for it."""
        head = self._read_head() if self._head is None else self._head
        return head is not None and self._read_body(head)

    def _read_head(self) -> Head | None:
        buffer = self._buffer
        # Empty lines before a request are old clients' and are to be ignored.
        while buffer.startswith(b"\r\n"):
            del buffer[:2]
        end = buffer.find(b"\r\n\r\n", 0, HEAD_BYTES)
        if end < 0:
            if len(buffer) >= HEAD_BYTES:
                raise BadRequest(431, "Request Header Fields Too Large")
            return None
        head = parse_head(bytes(buffer[: end + 2]))
        del buffer[: end + 4]
        self._head = head
        if head.length is None:
            self._chunks = Chunks()
        elif head.length > body_limit(self._door.state.settings, head.path):
            self._refuse_body(head)
            return None
        if head.length is None or len(buffer) < head.length:
            self.deadline = self._door.time() + self._door.bounds.request
            if head.expects and not buffer:
                self._flush()
                self.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        return head

    def _read_body(self, head: Head) -> bool:
        buffer = self._buffer
        if self._chunks is not None:
            limit = body_limit(self._door.state.settings, head.path)
            for piece in self._chunks.read(buffer):
                self._body += piece
                if len(self._body) > limit:
                    self._refuse_body(head)
                    return False
            if not self._chunks.ended:
                return False
            body, self._body, self._chunks = bytes(self._body), bytearray(), None
        else:
            assert head.length is not None
            if len(buffer) < head.length:
                return False
            body = bytes(buffer[: head.length])
            del buffer[: head.length]
        self._head = None
        self._answer(head, body)
        return True

    def _answer(self, head: Head, body: bytes) -> None:
        door = self._door
        try:
            now = door.clock()
            headers = head.headers() if is_admin(head.path) else ()
            request = Request(head.method, head.path, head.query, body, head.content_type, headers)
            reply = handle(door.state, request, now)
        except Exception:  # noqa: BLE001 - a mistake of ours is an answer too, and the connection goes on
            _log.exception("the mock failed")
            reply, now = wire.page(500, "Internal Server Error"), self._now()
        self.deadline = door.time() + (door.bounds.head if self._buffer else door.bounds.idle)
        close = not head.keep_alive or door.closing
        raw = encode(reply, head_only=head.method == "HEAD", close=close, date=_date(now))
        if reply.fault is not None:
            self._break(reply.fault, raw, len(reply.body), close)
            return
        self._out += raw
        if close:
            self._flush()
            self.transport.close()
        elif len(self._out) > _OUT_BYTES:
            self._flush()

    def _refuse_body(self, head: Head) -> None:
        request = Request(head.method, head.path, head.query, b"", head.content_type)
        now = self._door.clock()
        self._refuse(too_large(self._door.state, request, now), now)

    def _now(self) -> float:
        """For a Date where nothing else asks for the time: no clock of a test may be what stops the sweep."""
        try:
            return self._door.clock()
        except Exception:  # noqa: BLE001 - whatever a clock may raise
            return time.time()

    def _refuse(self, reply: Reply, now: float) -> None:
        """Answer, and take what still comes for a while: a reset would cost the client the answer."""
        head_only = self._head is not None and self._head.method == "HEAD"
        self._flush()
        self.transport.write(encode(reply, head_only=head_only, close=True, date=_date(now)))
        self._buffer.clear()
        self._body.clear()
        self._lingering = True
        self.deadline = self._door.time() + self._door.bounds.linger
        if self.transport.can_write_eof():
            self.transport.write_eof()

    def _break(self, fault: Fault, raw: bytes, size: int, close: bool) -> None:
        self._occupied = True
        self.deadline = math.inf
        self._flush()
        match fault.kind:
            case "silence":
                if fault.seconds is not None:
                    self._door.later(fault.seconds, self.transport.close)
            case "truncate":
                self.transport.write(raw[: len(raw) - size + fault.kept(size)])
                self.transport.close()
            case "slow":
                self._dropping = True
                self._drop(fault, raw, 0, close)
            case _:
                reset(self.transport)

    def _drop(self, fault: Fault, raw: bytes, start: int, close: bool) -> None:
        """Write a piece, and the rest later."""
        if self.transport.is_closing():
            return
        end = start + (PIECE_BYTES if fault.size is None else fault.size)
        self.transport.write(raw[start:end])
        if end < len(raw):
            pause = PAUSE_SECONDS if fault.pause is None else fault.pause
            self._door.later(pause, self._drop, fault, raw, end, close)
        elif close:
            self.transport.close()
        else:
            self._occupied = self._dropping = False
            self.deadline = self._door.time() + self._door.bounds.idle
            self.transport.resume_reading()
            self._go_on()
