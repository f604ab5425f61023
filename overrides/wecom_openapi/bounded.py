"""Reads an answer's body with a cap, so that no answer can fill the memory.

The cap is on what comes out of the decoder, and the decoder stops at it: 486 KB of gzip can hold 500 MB.
"""

from __future__ import annotations

import ssl
import zlib
from collections.abc import AsyncIterator, Iterator
from typing import Final

import httpx

from wecom_openapi.deadline import current
from wecom_openapi.errors import MalformedAnswer

# From the stream of a response down to the state of its connection: a client's, httpx's, a pool's, the connection's.
_LAYERS: Final = 7
_INNER: Final = ("_connection", "_httpcore_stream", "_stream")
# From a connection's stream down to its socket: ours, httpcore's, TLS, anyio's.
_LOWER: Final = ("_inner", "_stream", "transport_stream", "_protocol")


class Reader:
    """Takes the chunks of a body as they come, gives the decoded whole.

    Args:
        encoding: the answer's Content-Encoding.
        limit: how many bytes it may have, on the wire and decoded.
    """

    def __init__(self, encoding: str, limit: int) -> None:
        self._limit = limit
        self._parts: list[bytes] = []
        self._received = self._decoded = 0
        match encoding.strip().lower():
            case "" | "identity":
                self._gzip = None
            case "gzip" | "x-gzip":
                self._gzip = zlib.decompressobj(16 + zlib.MAX_WBITS)
            case _:
                raise malformed("its content encoding is none that was asked for", "too-long")

    def feed(self, chunk: bytes) -> None:
        """Take the next chunk.

        Raises:
            MalformedAnswer: over the cap, or no valid gzip.
        """
        self._received += len(chunk)
        if self._gzip is None:
            self._parts.append(chunk)
        else:
            self._inflate(chunk, self._gzip)
        if self._received > self._limit or self._decoded > self._limit:
            raise malformed(f"it is longer than the {self._limit} bytes that are taken", "too-long")

    def _inflate(self, chunk: bytes, gzip: zlib._Decompress) -> None:
        try:
            # One byte over the limit is enough to know, and the rest stays compressed.
            part = gzip.decompress(chunk, self._limit - self._decoded + 1)
        except zlib.error:
            raise malformed("its gzip encoding is corrupt") from None
        self._decoded += len(part)
        self._parts.append(part)
        if gzip.unused_data:
            raise malformed("something follows the end of its gzip encoding")

    def finish(self) -> bytes:
        """The decoded body.

        Raises:
            MalformedAnswer: the gzip encoding stops before its end.
        """
        if self._gzip is not None and not self._gzip.eof and self._received:
            raise malformed("its gzip encoding is cut off")
        return b"".join(self._parts)


def malformed(reason: str, fault: str = "unreadable") -> MalformedAnswer:
    """An answer that can't be read, not yet tied to an operation.

    Args:
        reason: what is wrong with it, in a few words.
        fault: what the contract calls that.
    """
    return MalformedAnswer(f"the answer can't be read: {reason}", reason=reason, fault=fault)


def read(response: httpx.Response, limit: int) -> bytes:
    """The decoded body of a streamed response; closes it.

    Raises:
        MalformedAnswer: see `Reader`.
        httpx.ReadTimeout: the deadline of the call passed, and there is more to read.
    """
    if response.is_stream_consumed:
        return _capped(response.content, limit)  # somebody's event hook has read it
    stream = response.stream
    assert isinstance(stream, httpx.SyncByteStream)
    try:
        reader = Reader(_encoding(response), limit)
        late = False
        for chunk in stream:
            if late:
                raise httpx.ReadTimeout("the deadline of the call has passed")
            reader.feed(chunk)
            late = _is_late()  # the chunk may be the last one: only another one is too much
        return reader.finish()
    finally:
        try:
            if left_over(response):
                response.extensions["network_stream"].close()
        finally:
            stream.close()


async def aread(response: httpx.Response, limit: int) -> bytes:
    """`read` for a response of an async client."""
    if response.is_stream_consumed:
        return _capped(response.content, limit)
    stream = response.stream
    assert isinstance(stream, httpx.AsyncByteStream)
    try:
        reader = Reader(_encoding(response), limit)
        async for chunk in stream:
            reader.feed(chunk)
        return reader.finish()
    finally:
        try:
            if left_over(response):
                await response.extensions["network_stream"].aclose()
        finally:
            await stream.aclose()


def left_over(response: httpx.Response) -> bool:
    """Whether more has come than the answer, while its connection is still ours.

    httpcore keeps those bytes, and takes them for the answer to whatever is sent next over the connection: a create
    would be told the msgid of another one. So such a connection has to be closed. What comes for a task may also lie
    unread below HTTP, where nobody looks before the next request: as a record of TLS, or as a part of a long packet.
    """
    # httpx 0.28, httpcore 1 and anyio 4 have no public way to ask; a test notices where the private one is gone.
    link: object = response.stream
    for _ in range(_LAYERS):
        state = getattr(link, "_h11_state", None)
        if state is not None:
            return bool(state.trailing_data[0]) or is_unread(response.extensions.get("network_stream"))
        link = _next(link, _INNER)
    return False


def is_unread(link: object) -> bool:
    """Whether something has come over a connection of httpcore's for tasks that lies unread below HTTP."""
    for _ in range(_LAYERS):
        queue = getattr(link, "read_queue", None)
        if link is None or queue is not None:
            return bool(queue)
        tls = getattr(link, "_ssl_object", None)
        if isinstance(tls, ssl.SSLObject) and _has_record(tls):
            return True
        link = _next(link, _LOWER)
    return False


def _has_record(tls: ssl.SSLObject) -> bool:
    """Whether TLS has something that came and was not read: it has no socket of its own to wait for."""
    try:
        tls.read(1)
    except ssl.SSLWantReadError:
        return False
    except ssl.SSLError:
        pass  # the end of the connection
    return True


def _next(link: object, names: tuple[str, ...]) -> object:
    for name in names:
        inner: object = getattr(link, name, None)
        if inner is not None:
            return inner
    return None


def _encoding(response: httpx.Response) -> str:
    found = [value for name, value in response.headers.raw if name.lower() == b"content-encoding"]
    return b",".join(found).decode("latin-1")


def _capped(body: bytes, limit: int) -> bytes:
    reader = Reader("", limit)
    reader.feed(body)
    return reader.finish()


class ReadyStream(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that was read already, handed on to whoever reads the response next."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        yield self._body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._body


def _is_late() -> bool:
    exchange = current.get()
    return exchange is not None and exchange.remaining <= 0
