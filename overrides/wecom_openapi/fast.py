"""Transports that cost a third of httpx's own: the HTTP of pyreqwest (Rust: reqwest, hyper, rustls) under this client.

::

    from wecom_openapi import WeCom
    from wecom_openapi.fast import FastTransport

    with WeCom(corpid, corpsecret, transport=FastTransport()) as wecom: ...

They are never used unasked: another implementation of HTTP and TLS is a choice. All that the client promises holds with
them as well: deadline, cap on an answer, verified certificates, no redirects, no token in an error, and what became of
a request that failed. What differs is said in docs/benchmarks.md.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import AsyncIterator, Awaitable, Iterator, Mapping
from datetime import timedelta
from typing import Any, Final

import anyio.lowlevel
import httpx

from wecom_openapi.deadline import current

try:
    from pyreqwest import exceptions
    from pyreqwest.client import ClientBuilder, SyncClientBuilder
except ImportError as _missing:
    raise ImportError(
        "wecom_openapi.fast needs pyreqwest: pip install 'wecom-openapi[fast]'", name="pyreqwest"
    ) from _missing

CONNECTIONS: Final = 100
"""How many connections there are at once, as with httpx. Who needs another one waits for it."""

_CONNECTING: Final = "client error (Connect)"
"""What hyper says of a connection that never was. pyreqwest's ConnectError alone doesn't: it also stands for a
connection that broke, or took too long, with the request on it."""

_BEFORE: Final[tuple[tuple[type[exceptions.PyreqwestError], type[httpx.TransportError]], ...]] = (
    (exceptions.ConnectTimeoutError, httpx.ConnectTimeout),
    (exceptions.ConnectError, httpx.ConnectError),
)
"""Believed only with `_CONNECTING`: by these a request counts as not sent."""

_ELSE: Final[tuple[tuple[type[exceptions.PyreqwestError], type[httpx.TransportError]], ...]] = (
    (exceptions.PoolTimeoutError, httpx.PoolTimeout),
    (exceptions.BuilderError, httpx.LocalProtocolError),
    (exceptions.WriteTimeoutError, httpx.WriteTimeout),
    (exceptions.WriteError, httpx.WriteError),
    (exceptions.RequestTimeoutError, httpx.ReadTimeout),
    (exceptions.NetworkError, httpx.ReadError),
)

_PHASES: Final = ("connect", "read", "pool")
_KEPT: Final = 8
_FORKED: Final = "this process was forked after"


class _Clients:
    """The clients of one transport: one for each set of limits, because pyreqwest has them by client.

    Args:
        builder: makes a builder.
        certificates: more certificates to trust, as PEM.
    """

    def __init__(
        self, builder: type[SyncClientBuilder] | type[ClientBuilder], certificates: bytes | None
    ) -> None:
        self._builder = builder
        self._certificates = certificates
        self._made: dict[tuple[float | None, ...], Any] = {}
        self._lock = threading.Lock()
        self._process = os.getpid()

    def for_limits(self, timeouts: Mapping[str, float | None], total: float | None) -> Any:
        """The client whose connects, reads and waits for a connection end as ``timeouts`` says.

        A phase that may take all of the time that is left needs no limit of its own: as that time is another one for
        each call, there would be as many clients.
        """
        if os.getpid() != self._process:
            # The thread that does the work has stayed behind, so every call would wait for its deadline.
            raise httpx.UnsupportedProtocol(f"{_FORKED} its transport was made")
        limits = tuple(
            None if seconds is None or (total is not None and seconds >= total) else seconds
            for seconds in map(timeouts.get, _PHASES)
        )
        client = self._made.get(limits)
        if client is None:
            with self._lock:
                client = self._made.get(limits)
                if client is None:
                    if len(self._made) >= _KEPT:
                        # Not closed: a call may be under way. Its connections end with the last of them.
                        self._made.pop(next(iter(self._made)))
                    client = self._made[limits] = self._build(limits)
        return client

    def _build(self, limits: tuple[float | None, ...]) -> Any:
        builder: Any = self._builder()
        # No decompression, because the cap on an answer is held while it is decompressed; no redirects, because the
        # token would go along.
        builder = builder.http1_only().follow_redirects(False).referer(False).max_connections(CONNECTIONS)
        builder = builder.gzip(False).deflate(False).brotli(False).zstd(False)
        builder = builder.pool_max_idle_per_host(CONNECTIONS).pool_idle_timeout(timedelta(seconds=5))
        connect, read, pool = limits
        if connect is not None:
            builder = builder.connect_timeout(timedelta(seconds=connect))
        if read is not None:
            # The wait for the first byte is counted from before the connection was there. Were it cut short at the same
            # moment, nobody could tell a request that never left.
            builder = builder.read_timeout(timedelta(seconds=read + (connect or 0.0)))
        if pool is not None:
            builder = builder.pool_timeout(timedelta(seconds=pool))
        if self._certificates is not None:
            builder = builder.add_root_certificate_pem(self._certificates)
        try:
            return builder.build()
        except RuntimeError:
            # pyreqwest has one worker for the whole process, and says that it isn't in this one.
            raise httpx.UnsupportedProtocol(f"{_FORKED} pyreqwest was used") from None

    def take_all(self) -> list[Any]:
        """All clients, which are forgotten."""
        with self._lock:
            made, self._made = list(self._made.values()), {}
        return made


class FastTransport(httpx.BaseTransport):
    """For `WeCom`, or any ``httpx.Client``. Threads may share it; a forked process may not.

    Args:
        certificates: more certificates of authorities to trust, as PEM, beside those of the system.
    """

    def __init__(self, *, certificates: bytes | None = None) -> None:
        self._clients = _Clients(SyncClientBuilder, certificates)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request. Its body is read by the one who asked for it."""
        failure: httpx.TransportError
        try:
            sent = _prepared(self._clients, request).build_streamed()
            answer = sent.__enter__()
        except exceptions.PyreqwestError as exc:
            failure = _meaning(exc)
        else:
            return _response(answer, _Stream(sent, answer))
        failure.request = request
        raise failure  # here, where it has no context: what pyreqwest raises may quote the URL

    def close(self) -> None:
        """Close the connections. Doing it twice changes nothing."""
        for client in self._clients.take_all():
            client.close()


class AsyncFastTransport(httpx.AsyncBaseTransport):
    """For `AsyncWeCom`, or any ``httpx.AsyncClient``, under asyncio. Arguments as for `FastTransport`."""

    def __init__(self, *, certificates: bytes | None = None) -> None:
        self._clients = _Clients(ClientBuilder, certificates)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request. Its body is read by the one who asked for it."""
        failure: httpx.TransportError
        try:
            sent = _prepared(self._clients, request).build_streamed()
            answer = await _cancellable(sent.__aenter__())
        except exceptions.PyreqwestError as exc:
            failure = _meaning(exc)
        else:
            return _response(answer, _AsyncStream(sent, answer))
        failure.request = request
        raise failure

    async def aclose(self) -> None:
        """Close the connections. Doing it twice changes nothing."""
        for client in self._clients.take_all():
            await client.close()


class _Stream(httpx.SyncByteStream):
    def __init__(self, sent: Any, answer: Any) -> None:
        self._sent = sent
        self._reader = answer.body_reader

    def __iter__(self) -> Iterator[bytes]:
        while True:
            try:
                chunk = self._reader.read_chunk()
            except exceptions.PyreqwestError as exc:
                failure = _meaning(exc)
            else:
                if chunk is None:
                    return
                yield bytes(chunk)
                continue
            raise failure

    def close(self) -> None:
        self._sent.__exit__(None, None, None)


class _AsyncStream(httpx.AsyncByteStream):
    def __init__(self, sent: Any, answer: Any) -> None:
        self._sent = sent
        self._reader = answer.body_reader

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            try:
                chunk = await _cancellable(self._reader.read_chunk())
            except exceptions.PyreqwestError as exc:
                failure = _meaning(exc)
            else:
                if chunk is None:
                    return
                yield bytes(chunk)
                continue
            raise failure

    async def aclose(self) -> None:
        await self._sent.__aexit__(None, None, None)


async def _cancellable(awaitable: Awaitable[Any]) -> Any:
    """Wait, and let a cancellation be what it was: pyreqwest raises one of its own instead, which the scope of anyio
    that it came from doesn't know again."""
    try:
        return await awaitable
    except asyncio.CancelledError:
        await anyio.lowlevel.checkpoint_if_cancelled()
        raise


def _prepared(clients: _Clients, request: httpx.Request) -> Any:
    """pyreqwest's request: all of it, waiting included, ends with the call."""
    exchange = current.get()
    total = None if exchange is None else exchange.clip(None)
    client = clients.for_limits(request.extensions.get("timeout", {}), total)
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in request.headers.raw]
    builder = client.request(request.method, str(request.url)).headers(headers)
    if total is not None:
        builder = builder.timeout(timedelta(seconds=total))
    try:
        return builder.body_bytes(request.content)
    except httpx.RequestNotRead:
        return builder.body_stream(request.stream)


def _response(answer: Any, stream: Any) -> httpx.Response:
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers.items()]
    return httpx.Response(answer.status, headers=headers, stream=stream)


def _meaning(exc: exceptions.PyreqwestError) -> httpx.TransportError:
    """As an exception of httpx. Of its text, which may quote the URL, only the innermost cause is kept."""
    details = getattr(exc, "details", None) or {}
    causes = [str(cause.get("message", "")) for cause in details.get("causes") or []]
    meanings = (*_BEFORE, *_ELSE) if _CONNECTING in causes else _ELSE
    kind = next((ours for theirs, ours in meanings if isinstance(exc, theirs)), httpx.RemoteProtocolError)
    return kind(causes[-1] if causes else exc.message)
