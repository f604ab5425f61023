"""The fast transport for threads."""

from __future__ import annotations

import ssl
import sys
import time
from collections.abc import Iterator, Mapping
from typing import Any, Final

import httpcore
import httpx

from wecom_openapi.deadline import KeepsDeadline, current
from wecom_openapi.driver import LIMITS, certificates
from wecom_openapi.fast.answer import Answer
from wecom_openapi.fast.around import Around
from wecom_openapi.fast.request import Framing, Server, head_of, server_of, whole
from wecom_openapi.network import DeadlineBackend
from wecom_openapi.shelf import Shelf

READ: Final = 64 * 1024
"""Bytes that are read at once."""

_MEANINGS: Final[tuple[tuple[type[Exception], type[httpx.TransportError]], ...]] = (
    (httpcore.ConnectTimeout, httpx.ConnectTimeout),
    (httpcore.ReadTimeout, httpx.ReadTimeout),
    (httpcore.WriteTimeout, httpx.WriteTimeout),
    (httpcore.PoolTimeout, httpx.PoolTimeout),
    (httpcore.ConnectError, httpx.ConnectError),
    (httpcore.ReadError, httpx.ReadError),
    (httpcore.WriteError, httpx.WriteError),
)
_RAISED: Final = tuple(theirs for theirs, _ in _MEANINGS)


class FastTransport(KeepsDeadline, httpx.BaseTransport):
    """For `WeCom`, or any ``httpx.Client``. Threads may share it.

    Args:
        verify: which certificates are trusted; None for what httpx trusts.
        limits: how many connections there may be, and how long one is kept that nobody uses.
    """

    def __init__(self, *, verify: ssl.SSLContext | None = None, limits: httpx.Limits = LIMITS) -> None:
        self._verify = certificates() if verify is None else verify
        self._verify.set_alpn_protocols(["http/1.1"])
        self._keep = limits.keepalive_expiry
        connections = sys.maxsize if limits.max_connections is None else limits.max_connections
        self._shelf: Shelf[_Connection] = Shelf(connections, limits.max_keepalive_connections)
        self._network = DeadlineBackend(httpcore.SyncBackend())
        self._around = Around(httpx.Client, self._verify, limits)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request. Its body is read by the one who asked for it."""
        server = server_of(request.url)
        proxied = self._around.transport(server, request.url)
        if proxied is not None:
            answer: httpx.Response = proxied.handle_request(request)
            return answer
        head = head_of(request)
        timeouts: Mapping[str, float | None] = request.extensions.get("timeout", {})
        try:
            return self._exchange(server, head, request, timeouts)
        except _RAISED as exc:
            raise _meaning(exc, request) from exc

    def _exchange(
        self, server: Server, head: bytes, request: httpx.Request, timeouts: Mapping[str, float | None]
    ) -> httpx.Response:
        exchange, patience = current.get(), timeouts.get("pool")
        self._shelf.wait(patience if exchange is None else exchange.clip(patience))
        try:
            connection = self._shelf.take(server) or self._connect(server, timeouts.get("connect"))
            try:
                answer, sent = connection.begin(head, request, timeouts)
            except BaseException:
                connection.close()
                raise
        except BaseException:
            self._shelf.leave()
            raise
        body = _Body(self._shelf, server, connection, answer, request, sent=sent)
        return httpx.Response(answer.status, headers=answer.headers, stream=body)

    def _connect(self, server: Server, timeout: float | None) -> _Connection:
        scheme, host, port = server
        stream = self._network.connect_tcp(host, port, timeout)
        if scheme == b"https":
            stream = stream.start_tls(self._verify, host, timeout)
        return _Connection(stream, self._keep)

    def close(self) -> None:
        """Close the connections. Doing it twice changes nothing."""
        self._shelf.close()
        if self._around.client is not None:
            self._around.client.close()


class _Connection:
    """One connection, with one request under way at a time."""

    def __init__(self, stream: httpcore.NetworkStream, keep: float | None) -> None:
        self._stream = stream
        self._keep = keep
        self._expires = float("inf")
        self.close = stream.close

    def begin(
        self, head: bytes, request: httpx.Request, timeouts: Mapping[str, float | None]
    ) -> tuple[Answer, bool]:
        """Send a request and read the head of its answer. Also whether all of it was sent."""
        sent = True
        try:
            self._send(head, request, timeouts.get("write"))
        except httpcore.WriteError:
            # Who refuses a request before its end may say why.
            sent = False
        answer = Answer(request.method)
        timeout = timeouts.get("read")
        while not answer.is_begun:
            answer.feed(self._stream.read(READ, timeout))
        return answer, sent

    def _send(self, head: bytes, request: httpx.Request, timeout: float | None) -> None:
        write = self._stream.write
        write(head, timeout)
        body = whole(request)
        if body is not None:
            if body:
                write(body, timeout)
        else:
            framing = Framing(request.headers)
            assert isinstance(request.stream, httpx.SyncByteStream)
            for piece in request.stream:
                if framed := framing.frame(piece):
                    write(framed, timeout)
            if end := framing.end():
                write(end, timeout)
        write(b"", timeout)  # nothing is held back for what might follow

    def read(self, answer: Answer, timeout: float | None) -> None:
        """Read more of an answer."""
        answer.feed(self._stream.read(READ, timeout))

    def rest(self) -> None:
        """Nobody uses it from now on."""
        if self._keep is not None:
            self._expires = time.monotonic() + self._keep

    def has_expired(self) -> bool:
        """Whether it has rested for too long, or the server has closed it or said something unasked."""
        return time.monotonic() > self._expires or bool(self._stream.get_extra_info("is_readable"))


class _Body(httpx.SyncByteStream):
    """The body of an answer; its end gives the connection back."""

    def __init__(
        self,
        shelf: Shelf[_Connection],
        server: Server,
        connection: _Connection,
        answer: Answer,
        request: httpx.Request,
        *,
        sent: bool,
    ) -> None:
        self._shelf, self._server, self._link = shelf, server, connection
        self._answer, self._request, self._sent = answer, request, sent
        self._is_closed = False

    def __iter__(self) -> Iterator[bytes]:
        answer = self._answer
        timeout = self._request.extensions.get("timeout", {}).get("read")
        while True:
            yield from answer.take()
            if answer.is_complete:
                return
            try:
                self._link.read(answer, timeout)
            except _RAISED as exc:
                raise _meaning(exc, self._request) from exc

    def close(self) -> None:
        if not self._is_closed:
            self._is_closed = True
            self._link.rest()
            usable = self._sent and self._answer.leaves_usable
            self._shelf.put(self._server, self._link, usable=usable)


def _meaning(exc: Exception, request: httpx.Request) -> httpx.TransportError:
    """An exception of httpcore as httpx's of the same name."""
    kind: Any = next(ours for theirs, ours in _MEANINGS if isinstance(exc, theirs))
    meaning: httpx.TransportError = kind(str(exc), request=request)
    return meaning
