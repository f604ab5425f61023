"""HTTP/1.1 as the mock's own server reads it: bytes in, requests out, strict and without input or output.

Written here, so that every machine refuses the same bytes and no package is needed. What is ambiguous is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote

from attrs import define, field, frozen

HEAD_BYTES = 64 * 1024
_LINE_BYTES = 1024
_TRAILER_BYTES = 16 * 1024
_TOKEN = rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
_REQUEST_LINE = re.compile(rb"(%s) ([!-~]+) HTTP/(\d)\.(\d)\Z" % _TOKEN)
# A line that goes on in the next one is old and ambiguous, so it matches neither.
_FIELDS = re.compile(rb"(?:%s:[\t\x20-\x7e\x80-\xff]*\r\n)*\Z" % _TOKEN)
_READ = frozenset(
    {b"host", b"content-length", b"transfer-encoding", b"connection", b"expect", b"content-type"}
)
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,16})[ \t]*(?:;[\t\x20-\x7e\x80-\xff]*)?\Z")


class BadRequest(Exception):
    """Bytes that are no request; the connection can not go on.

    Args:
        status: the HTTP status to answer.
        title: its words.
    """

    def __init__(self, status: int, title: str) -> None:
        super().__init__(title)
        self.status, self.title = status, title


@frozen
class Head:
    """Request line and headers, as far as the mock looks at them.

    Attributes:
        method: ``POST``.
        path: percent-decoded, without the query.
        query: raw, without ``?``.
        content_type: empty where there is none, or more than one.
        length: bytes of the body; ``None`` where it comes in chunks.
        keep_alive: whether the client wants to go on after the answer.
        expects: whether it waits for ``100 Continue``.
        fields: the headers as they came; see :meth:`headers`.
    """

    method: str
    path: str
    query: bytes = field(repr=False)
    content_type: str
    length: int | None
    keep_alive: bool
    expects: bool
    fields: bytes = field(default=b"", repr=False)

    def headers(self) -> tuple[tuple[str, str], ...]:
        """All headers, in order. Most requests are judged without most of them, so they are read when asked for."""
        return tuple(
            (name.decode("ascii"), value.decode("latin-1")) for name, value in _name_and_value(self.fields)
        )


def _name_and_value(lines: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The fields of lines that were found to be some."""
    for line in lines.split(b"\r\n")[:-1]:
        name, _, value = line.partition(b":")
        yield name, value.strip(b" \t")


# A client sends the same head again and again.
@lru_cache(maxsize=256)
def parse_head(raw: bytes) -> Head:
    """Read a head.

    Args:
        raw: from the request line to the empty line, that one left out; each line with its end.

    Raises:
        BadRequest: it is none.
    """
    line, _, rest = raw.partition(b"\r\n")
    found = _REQUEST_LINE.match(line)
    if found is None or _FIELDS.match(rest) is None:
        raise BadRequest(400, "Bad Request")
    method, target, major, minor = found.groups()
    if major != b"1":
        raise BadRequest(505, "HTTP Version Not Supported")
    fields: dict[bytes, list[bytes]] = {}
    for name, value in _name_and_value(rest):
        lower = name.lower()
        if lower in _READ:
            fields.setdefault(lower, []).append(value)
    modern = minor != b"0"
    hosts = fields.get(b"host", ())
    if len(hosts) > 1 or (modern and not hosts):
        raise BadRequest(400, "Bad Request")
    path, _, query = _origin(target).partition(b"?")
    types = fields.get(b"content-type", ())
    text = path.decode("ascii")
    return Head(
        method.decode("ascii"),
        unquote(text) if "%" in text else text,
        query,
        types[0].decode("latin-1") if len(types) == 1 else "",
        _length(fields, modern),
        _keep_alive(fields, modern),
        modern and [one.lower() for one in fields.get(b"expect", ())] == [b"100-continue"],
        rest,
    )


def _origin(target: bytes) -> bytes:
    """A target without the scheme and the host, which a client that takes the mock for a proxy sends."""
    if target.startswith(b"/"):
        return target
    scheme, mark, rest = target.partition(b"://")
    if mark and scheme.lower() in (b"http", b"https"):
        _, slash, path = rest.partition(b"/")
        return slash + path if slash else b"/"
    return target


def _length(fields: dict[bytes, list[bytes]], modern: bool) -> int | None:
    lengths = fields.get(b"content-length", ())
    codings = fields.get(b"transfer-encoding", ())
    if codings:
        # Both together, or chunks of HTTP/1.0, are how one request is smuggled in another.
        if lengths or not modern:
            raise BadRequest(400, "Bad Request")
        if [one.lower() for one in codings] != [b"chunked"]:
            raise BadRequest(501, "Not Implemented")
        return None
    if not lengths:
        return 0
    if len(lengths) > 1 or not lengths[0].isdigit() or len(lengths[0]) > 20:
        raise BadRequest(400, "Bad Request")
    return int(lengths[0])


def _keep_alive(fields: dict[bytes, list[bytes]], modern: bool) -> bool:
    options = {one.strip().lower() for value in fields.get(b"connection", ()) for one in value.split(b",")}
    return b"close" not in options and (modern or b"keep-alive" in options)


@define
class Chunks:
    """Reads a body that comes in chunks."""

    _left: int = 0
    _state: str = "size"
    _trailer: int = 0

    @property
    def ended(self) -> bool:
        """Whether the last chunk and all that follows it were read."""
        return self._state == "end"

    def read(self, buffer: bytearray) -> Iterator[bytes]:
        """Take from the buffer what can be read of it, and yield the pieces of the body.

        Raises:
            BadRequest: it is no body in chunks.
        """
        while buffer and self._state != "end":
            if self._state == "data":
                piece = bytes(buffer[: self._left])
                del buffer[: self._left]
                self._left -= len(piece)
                if not self._left:
                    self._state = "crlf"
                yield piece
                continue
            line = self._line(buffer)
            if line is None:
                return
            self._next(line)

    def _line(self, buffer: bytearray) -> bytes | None:
        end = buffer.find(b"\r\n", 0, _LINE_BYTES)
        if end < 0:
            if len(buffer) >= _LINE_BYTES or (self._state == "crlf" and len(buffer) > 1):
                raise BadRequest(400, "Bad Request")
            return None
        line = bytes(buffer[:end])
        del buffer[: end + 2]
        return line

    def _next(self, line: bytes) -> None:
        if self._state == "size":
            found = _CHUNK.match(line)
            if found is None:
                raise BadRequest(400, "Bad Request")
            self._left = int(found.group(1), 16)
            self._state = "data" if self._left else "trailer"
        elif self._state == "crlf":
            if line:
                raise BadRequest(400, "Bad Request")
            self._state = "size"
        elif not line:
            self._state = "end"
        else:
            self._trailer += len(line)
            if self._trailer > _TRAILER_BYTES or _FIELDS.match(line + b"\r\n") is None:
                raise BadRequest(400, "Bad Request")
