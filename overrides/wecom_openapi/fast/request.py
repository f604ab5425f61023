"""The bytes of a request: its head, and what frames its body."""

from __future__ import annotations

import re
from typing import Final

import httpx

Server = tuple[bytes, str, int]
"""Scheme, host, port: what a connection is for."""

_PORTS: Final = {b"http": 80, b"https": 443}
_TOKEN: Final = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


def server_of(url: httpx.URL) -> Server:
    """Whom a request goes to.

    Raises:
        httpx.UnsupportedProtocol: the URL has neither http:// nor https://, or no host.
    """
    scheme, host = url.raw_scheme, url.raw_host
    port = _PORTS.get(scheme)
    if port is None or not host:
        raise httpx.UnsupportedProtocol("the URL has no http:// or https:// and host")
    return scheme, host.decode("ascii"), url.port or port


def head_of(request: httpx.Request) -> bytes:
    """The head, with the empty line that ends it.

    Raises:
        httpx.LocalProtocolError: a name or a value would end its line, or begin another request.
    """
    method, target, headers = request.method.encode("ascii"), request.url.raw_path, request.headers.raw
    head = b"".join(
        (b"%b %b HTTP/1.1\r\n" % (method, target), *(b"%b: %b\r\n" % pair for pair in headers), b"\r\n")
    )
    lines = len(headers) + 2
    if (
        head.count(b"\n") != lines
        or head.count(b"\r") != lines
        or b"\0" in head
        or b" " in target
        or not all(_TOKEN.fullmatch(name) for name, _ in headers)
        or not _TOKEN.fullmatch(method)
    ):
        raise httpx.LocalProtocolError("a line of the head has a character that it can't hold")
    return head


class Framing:
    """Frames the pieces of a body that isn't there as a whole.

    Args:
        headers: of the request: they say whether it comes in chunks or has a length.
    """

    def __init__(self, headers: httpx.Headers) -> None:
        self._in_chunks = "transfer-encoding" in headers
        self._missing = 0 if self._in_chunks else int(headers.get("content-length", 0))

    def frame(self, piece: bytes) -> bytes:
        """A piece as it is sent.

        Raises:
            httpx.WriteError: it is more than the length that was said: what the server got may have been all.
        """
        if self._in_chunks:
            return b"%x\r\n%b\r\n" % (len(piece), piece) if piece else b""
        self._missing -= len(piece)
        if self._missing < 0:
            raise httpx.WriteError("the body is longer than its Content-Length")
        return piece

    def end(self) -> bytes:
        """What ends the body.

        Raises:
            httpx.LocalProtocolError: it is less than the length that was said, so nobody can have read all of it.
        """
        if self._missing:
            raise httpx.LocalProtocolError("the body is shorter than its Content-Length")
        return b"0\r\n\r\n" if self._in_chunks else b""


def whole(request: httpx.Request) -> bytes | None:
    """The body, where it is there as a whole."""
    try:
        return request.content
    except httpx.RequestNotRead:
        return None
