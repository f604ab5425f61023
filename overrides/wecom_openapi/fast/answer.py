"""One answer, as llhttp reads it: the parser of Node, by way of httptools."""

from __future__ import annotations

from typing import Any, Final

import httptools
import httpx

SILENT: Final = 100 * 1024
"""How many bytes may come that are nothing of a body: a head, or what frames the pieces of a body. As in httpcore."""

_LENGTHS: Final = frozenset({b"content-length", b"transfer-encoding"})


class Answer:
    """Takes the bytes of a connection; gives status, headers, and the body as it comes.

    Args:
        method: of the request. What answers HEAD has no body, whatever its head says.
    """

    __slots__ = (
        "_chunks",
        "_interim",
        "_keeps",
        "_method",
        "_parser",
        "_silent",
        "_surplus",
        "headers",
        "is_begun",
        "is_complete",
        "status",
    )

    def __init__(self, method: str) -> None:
        self.status = 0
        self.headers: list[tuple[bytes, bytes]] = []
        self.is_begun = False
        """Whether the head is there."""
        self.is_complete = False
        self._method = method
        self._chunks: list[bytes] = []
        self._silent = 0
        self._interim = self._keeps = self._surplus = False
        self._parser: Any = httptools.HttpResponseParser(self)

    def feed(self, data: bytes) -> None:
        """Read what has come; nothing stands for the end of the connection.

        Raises:
            httpx.RemoteProtocolError: it is no answer, or no whole one.
        """
        if self._parser is None:
            self._surplus = True
            return
        if not data:
            self._end()
            return
        before = len(self._chunks)
        try:
            # An answer that is whole before the last byte has something behind it. The parser says so of all but
            # empty lines, which it passes over.
            if len(data) > 1:
                self._parser.feed_data(memoryview(data)[:-1])
            self._surplus = self._surplus or self.is_complete
            self._parser.feed_data(data[-1:])
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as exc:
            if not self.is_complete:
                raise httpx.RemoteProtocolError(f"the answer is no HTTP: {_reason(exc)}") from None
            self._surplus = True
        if self.is_complete:
            self._parser = None  # they hold each other: memory would wait for the garbage collector
        self._silent = 0 if len(self._chunks) > before else self._silent + len(data)
        if self._silent > SILENT:
            raise httpx.RemoteProtocolError(f"{SILENT} bytes came that are nothing of a body")

    def take(self) -> list[bytes]:
        """The pieces of the body that came since the last time."""
        chunks, self._chunks = self._chunks, []
        return chunks

    @property
    def leaves_usable(self) -> bool:
        """Whether the connection may carry another request: the answer is whole, and nothing came behind it."""
        return self.is_complete and self._keeps and not self._surplus

    def _end(self) -> None:
        if not self.is_begun:
            raise httpx.RemoteProtocolError("Server disconnected without sending a response.")
        if any(name.lower() in _LENGTHS for name, _ in self.headers):
            raise httpx.RemoteProtocolError("the connection ended before the answer did")
        self.is_complete, self._keeps = True, False

    # What httptools calls.

    def on_header(self, name: bytes, value: bytes) -> None:
        # What is behind the head is a trailer, or another answer. The parser leaves the blanks behind a value.
        if not self.is_begun:
            self.headers.append((name, value.rstrip(b" \t")))

    def on_headers_complete(self) -> None:
        if self.is_begun:
            return
        self.status = self._parser.get_status_code()
        if self.status < httpx.codes.OK:
            # "Continue" and its like: the answer is still to come.
            self._interim = True
            self.headers = []
            return
        self._keeps = self._parser.should_keep_alive()
        self.is_begun = True
        if self._method == "HEAD":
            self.is_complete, self._keeps = True, False

    def on_body(self, body: bytes) -> None:
        if self._interim:
            raise ValueError  # it can have none, and it would be taken for a part of the answer's
        if not self.is_complete:
            self._chunks.append(body)

    def on_message_complete(self) -> None:
        if self._interim:
            self._interim = False
        else:
            self.is_complete = True


def _reason(exc: Exception) -> str:
    if isinstance(exc, httptools.HttpParserUpgrade):
        return "the server went over to another protocol"
    if isinstance(exc, httptools.HttpParserCallbackError):
        return "an interim answer with a body"
    return str(exc)
