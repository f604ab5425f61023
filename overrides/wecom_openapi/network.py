"""Gives httpx a deadline for the whole call.

httpx's read timeout starts anew with every read, so a server that sends a byte now and then holds a call
for ever. The backends here cut each wait short at the deadline of the call that the thread or task is in.
They sit below TLS and HTTP, in the pools of the client that this package builds; they also see when the
first byte leaves, and send the head and the body of a request in one go.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import anyio
import httpcore
import httpx

from wecom_openapi.deadline import Exchange, KeepsDeadline, current
from wecom_openapi.lookup import addresses
from wecom_openapi.pool import AsyncPool, Pool

# A peer that reads slowly lets one long write through piece by piece, and each piece may take the whole
# timeout.
_PIECE = 32 * 1024


def watch(transport: httpx.BaseTransport | httpx.AsyncBaseTransport) -> bool:
    """Put the deadline below ``transport``, and connections that are kept as in `wecom_openapi.pool`.

    Returns:
        Whether that was possible. It is for httpx's own transports, proxies included, and needless for
        those that keep it themselves; doing it twice changes nothing.
    """
    if isinstance(transport, KeepsDeadline):
        return True
    if not isinstance(transport, (httpx.HTTPTransport, httpx.AsyncHTTPTransport)):
        return False
    # httpx 0.28 has no public way to name a network backend; where the private one is gone, the deadline is
    # still checked between the chunks of an answer.
    pool = getattr(transport, "_pool", None)
    backend = getattr(pool, "_network_backend", None)
    if isinstance(backend, (DeadlineBackend, AsyncDeadlineBackend)):
        return True
    watched: DeadlineBackend | AsyncDeadlineBackend
    if isinstance(backend, httpcore.NetworkBackend):
        watched = DeadlineBackend(backend)
    elif isinstance(backend, httpcore.AsyncNetworkBackend):
        watched = AsyncDeadlineBackend(backend)
    else:
        return False
    setattr(pool, "_network_backend", watched)  # noqa: B010 - unknown to the types
    kind = _KINDS.get(type(pool))
    if pool is not None and kind is not None and not getattr(pool, "_http2", True):
        options = {name: getattr(pool, f"_{name}") for name in _OPTIONS}
        kept: Any = kind(**options)
        kept.create_connection = pool.create_connection  # a proxy's pool knows how
        setattr(transport, "_pool", kept)  # noqa: B010
    return True


_KINDS: Mapping[Any, type[Pool | AsyncPool]] = {
    **dict.fromkeys((httpcore.ConnectionPool, httpcore.HTTPProxy, httpcore.SOCKSProxy), Pool),
    **dict.fromkeys(
        (httpcore.AsyncConnectionPool, httpcore.AsyncHTTPProxy, httpcore.AsyncSOCKSProxy), AsyncPool
    ),
}


_OPTIONS = (
    *("max_connections", "max_keepalive_connections", "keepalive_expiry", "ssl_context", "http1"),
    *("retries", "local_address", "uds", "network_backend", "socket_options"),
)


class DeadlineBackend(httpcore.NetworkBackend):
    """A network backend whose connections know the deadline."""

    def __init__(self, inner: httpcore.NetworkBackend) -> None:
        self._inner = inner

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        exchange = current.get()
        if exchange is None:
            return DeadlineStream(
                self._inner.connect_tcp(host, port, timeout, local_address, socket_options=socket_options)
            )
        # One address at a time: otherwise each address of the host would get the whole timeout.
        failure: Exception = httpcore.ConnectError(f"no address for {host}")
        for address in addresses(host, port, exchange.clip(timeout)):
            _require_time(exchange, httpcore.ConnectTimeout)
            try:
                stream = self._inner.connect_tcp(
                    address, port, exchange.clip(timeout), local_address, socket_options=socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as exc:
                failure = exc
            else:
                return DeadlineStream(stream)
        raise failure

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        exchange = current.get()
        if exchange is not None:
            _require_time(exchange, httpcore.ConnectTimeout)
            timeout = exchange.clip(timeout)
        return DeadlineStream(self._inner.connect_unix_socket(path, timeout, socket_options))

    def sleep(self, seconds: float) -> None:
        # Between the connects of a transport that was told to try again.
        exchange = current.get()
        self._inner.sleep(seconds if exchange is None else exchange.clip(seconds))


class DeadlineStream(httpcore.NetworkStream):
    """A connection whose reads and writes end at the deadline."""

    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner
        self._held = b""

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        exchange = current.get()
        if self._held:
            self._flush(exchange, timeout)
        if exchange is None:
            return self._inner.read(max_bytes, timeout)
        _require_time(exchange, httpcore.ReadTimeout)
        return self._inner.read(max_bytes, exchange.clip(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        # Head and body come in two writes, and a third one without bytes ends the request. Sent as one they
        # are one packet, and one system call. A body that is sent in pieces anyway is not copied for that.
        if buffer and len(self._held) + len(buffer) <= _PIECE:
            self._held += buffer
        else:
            self._flush(current.get(), timeout, buffer)

    def _flush(self, exchange: Exchange | None, timeout: float | None, more: bytes = b"") -> None:
        held, self._held = self._held, b""
        for piece in _pieces(held, more):
            if exchange is None:
                self._inner.write(piece, timeout)
                continue
            _require_time(exchange, httpcore.WriteTimeout)
            exchange.left = True
            self._inner.write(piece, exchange.clip(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        exchange = current.get()
        if exchange is not None:
            _require_time(exchange, httpcore.ConnectTimeout)
            timeout = exchange.clip(timeout)
        return DeadlineStream(self._inner.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class AsyncDeadlineBackend(httpcore.AsyncNetworkBackend):
    """The same for tasks. The deadline itself is a cancel scope there; this tells when the first byte
    leaves."""

    def __init__(self, inner: httpcore.AsyncNetworkBackend) -> None:
        self._inner = inner

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        stream = await self._inner.connect_tcp(host, port, timeout, local_address, socket_options)
        return AsyncDeadlineStream(stream)

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.AsyncNetworkStream:
        return AsyncDeadlineStream(await self._inner.connect_unix_socket(path, timeout, socket_options))

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)


class AsyncDeadlineStream(httpcore.AsyncNetworkStream):
    """A connection that notes when the first byte leaves."""

    def __init__(self, inner: httpcore.AsyncNetworkStream) -> None:
        self._inner = inner
        self._held = b""

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if self._held:
            await self._flush(timeout)
        return await self._inner.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if buffer and len(self._held) + len(buffer) <= _PIECE:
            self._held += buffer
        else:
            await self._flush(timeout, buffer)

    async def _flush(self, timeout: float | None, more: bytes = b"") -> None:
        held, self._held = self._held, b""
        exchange = current.get()
        if exchange is not None and (held or more):
            exchange.left = True
        await self._inner.write(held + more, timeout)

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        try:
            return AsyncDeadlineStream(await self._inner.start_tls(ssl_context, server_hostname, timeout))
        except BaseException:
            # httpcore closes the connection after an error, and leaves it open after a cancellation.
            with anyio.CancelScope(shield=True):
                await self._inner.aclose()
            raise

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _pieces(held: bytes, more: bytes) -> Iterator[bytes]:
    """What was held back and what follows it, in pieces; nothing where there is nothing."""
    room = max(0, _PIECE - len(held))
    first = held + more[:room]
    if first:
        yield first
    for start in range(room, len(more), _PIECE):
        yield more[start : start + _PIECE]


def _require_time(exchange: Exchange, timeout: type[httpcore.TimeoutException]) -> None:
    if exchange.remaining <= 0:
        raise timeout("the deadline of the call has passed")
