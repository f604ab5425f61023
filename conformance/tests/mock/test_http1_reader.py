"""HTTP/1.1 as the mock's own server reads it, without a socket: heads, refusals with their words, and chunks."""

from __future__ import annotations

import pytest

from wecom_mock.http1 import BadRequest, Chunks, Head, parse_head

HOST = b"Host: h\r\n"


def head(line: bytes, *fields: bytes) -> Head:
    return parse_head(line + b"\r\n" + b"".join(one + b"\r\n" for one in fields))


def refused(line: bytes, *fields: bytes) -> tuple[int, str]:
    with pytest.raises(BadRequest) as caught:
        head(line, *fields)
    assert str(caught.value) == caught.value.title
    return caught.value.status, caught.value.title


def test_a_head_as_a_whole() -> None:
    fields = (b"Host: h", b"Content-Type:\t text/plain \t", b"Content-Length: 12", b"X:", b"X: \xe9")
    assert head(b"POST /a%20b%E4%BD%A0?c=%20&d HTTP/1.1", *fields) == Head(
        method="POST",
        path="/a b你",
        query=b"c=%20&d",
        content_type="text/plain",
        length=12,
        keep_alive=True,
        expects=False,
        fields=b"\r\n".join(fields) + b"\r\n",
    )
    assert head(b"POST / HTTP/1.1", *fields).headers() == (
        *(("Host", "h"), ("Content-Type", "text/plain"), ("Content-Length", "12")),
        *(("X", ""), ("X", "é")),
    )


def test_the_least_that_a_head_has() -> None:
    assert head(b"GET / HTTP/1.0") == Head(
        "GET", "/", b"", "", 0, keep_alive=False, expects=False, fields=b""
    )
    assert head(b"GET / HTTP/1.0").headers() == ()
    assert "secret" not in repr(head(b"GET /?secret HTTP/1.1", b"Host: h", b"X: secret"))


@pytest.mark.parametrize(
    ("target", "path", "query"),
    [
        *(
            (b"/", "/", b""),
            (b"/a?b?c", "/a", b"b?c"),
            (b"*", "*", b""),
            (b"/%", "/%", b""),
            (b"//x/y", "//x/y", b""),
        ),
        *((b"http://h/a?b", "/a", b"b"), (b"HTTPS://h", "/", b""), (b"http://h/", "/", b"")),
        *((b"ftp://h/a", "ftp://h/a", b""), (b"http:/a", "http:/a", b""), (b"http://h/a://b", "/a://b", b"")),
    ],
)
def test_targets(target: bytes, path: str, query: bytes) -> None:
    found = head(b"GET " + target + b" HTTP/1.1", b"Host: h")
    assert (found.path, found.query) == (path, query)


@pytest.mark.parametrize(
    "line",
    [
        *(
            b"",
            b"GET /",
            b"GET  / HTTP/1.1",
            b"GET / HTTP/1.1 ",
            b"GET / HTTP/1",
            b"GET / HTTP/1.10",
            b"G@T / HTTP/1.1",
        ),
        *(
            b"GET /\xe9 HTTP/1.1",
            b"GET / a HTTP/1.1",
            b" GET / HTTP/1.1",
            b"GET / http/1.1",
            b"GET /\x7f HTTP/1.1",
        ),
    ],
)
def test_lines_that_are_none(line: bytes) -> None:
    assert refused(line, b"Host: h") == (400, "Bad Request")


@pytest.mark.parametrize("version", [b"0.9", b"2.0", b"3.1"])
def test_other_versions(version: bytes) -> None:
    assert refused(b"GET / HTTP/" + version, b"Host: h") == (505, "HTTP Version Not Supported")


@pytest.mark.parametrize(
    "fields",
    [
        *(
            (),
            (b"Host: h", b"host: h"),
            (b"Host: h", b" folded"),
            (b"Host: h", b"A : b"),
            (b"Host: h", b"nothing"),
        ),
        *(
            (b"Host: h", b"A: \x00"),
            (b"Host: h", b": a"),
            (b"Host: h", b"A: b\x7f"),
            (b"Host: h", b"A: b\rc"),
        ),
        *(
            (b"Host: h", b"Content-Length: -1"),
            (b"Host: h", b"Content-Length: +1"),
            (b"Host: h", b"Content-Length:"),
        ),
        *((b"Host: h", b"Content-Length: 1", b"Content-Length: 1"), (b"Host: h", b"Content-Length: 1, 1")),
        *((b"Host: h", b"Content-Length: " + b"1" * 21), (b"Host: h", b"Content-Length: 1 1")),
        (b"Host: h", b"Content-Length: 1", b"Transfer-Encoding: chunked"),
    ],
)
def test_fields_that_are_none_or_ambiguous(fields: tuple[bytes, ...]) -> None:
    assert refused(b"POST / HTTP/1.1", *fields) == (400, "Bad Request")


def test_two_hosts_are_refused_of_an_old_client_too() -> None:
    assert refused(b"GET / HTTP/1.0", b"Host: h", b"Host: h") == (400, "Bad Request")
    assert head(b"GET / HTTP/1.0", b"Host: h").path == "/"


@pytest.mark.parametrize("codings", [(b"gzip",), (b"gzip, chunked",), (b"chunked", b"chunked"), (b"",)])
def test_codings_that_are_not_known(codings: tuple[bytes, ...]) -> None:
    fields = [b"Transfer-Encoding: " + one for one in codings]
    assert refused(b"POST / HTTP/1.1", b"Host: h", *fields) == (501, "Not Implemented")
    assert refused(b"POST / HTTP/1.0", b"Host: h", *fields) == (400, "Bad Request")


def test_lengths() -> None:
    assert head(b"POST / HTTP/1.1", b"Host: h", b"TRANSFER-encoding: Chunked").length is None
    assert head(b"POST / HTTP/1.1", b"Host: h", b"Content-Length: 007").length == 7
    assert head(b"POST / HTTP/1.1", b"Host: h", b"Content-Length: " + b"9" * 20).length == 10**20 - 1
    assert refused(b"POST / HTTP/1.0", b"Transfer-Encoding: chunked") == (400, "Bad Request")


def test_a_type_given_twice_is_none() -> None:
    twice = (b"Content-Type: a/b", b"Content-Type: a/b")
    assert head(b"POST / HTTP/1.1", b"Host: h", *twice).content_type == ""
    assert head(b"POST / HTTP/1.1", b"Host: h", b"content-TYPE: \xe9/b").content_type == "é/b"


@pytest.mark.parametrize(
    ("version", "connection", "stays"),
    [
        *(
            (b"1.1", [], True),
            (b"1.1", [b"close"], False),
            (b"1.1", [b"a, CLOSE "], False),
            (b"1.1", [b"a", b"close"], False),
        ),
        *(
            (b"1.1", [b"closed"], True),
            (b"1.0", [], False),
            (b"1.0", [b"Keep-Alive"], True),
            (b"1.0", [b"a"], False),
        ),
        *((b"1.0", [b"keep-alive, close"], False), (b"1.1", [b"keep-alive"], True)),
    ],
)
def test_who_goes_on(version: bytes, connection: list[bytes], stays: bool) -> None:
    fields = [b"Connection: " + one for one in connection]
    assert head(b"GET / HTTP/" + version, b"Host: h", *fields).keep_alive is stays


@pytest.mark.parametrize(
    ("version", "expect", "expects"),
    [
        *((b"1.1", [b"100-continue"], True), (b"1.1", [b"100-Continue"], True), (b"1.1", [b"100"], False)),
        *((b"1.1", [b"100-continue", b"100-continue"], False), (b"1.0", [b"100-continue"], False)),
    ],
)
def test_who_waits_before_the_body(version: bytes, expect: list[bytes], expects: bool) -> None:
    fields = [b"Expect: " + one for one in expect]
    assert head(b"POST / HTTP/" + version, b"Host: h", *fields).expects is expects


def read(raw: bytes) -> tuple[bytes, bool, bytes]:
    """The body, whether it has ended, and what was left over."""
    chunks, buffer = Chunks(), bytearray(raw)
    return b"".join(chunks.read(buffer)), chunks.ended, bytes(buffer)


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        *((b"", (b"", False, b"")), (b"3", (b"", False, b"3")), (b"3\r\nab", (b"ab", False, b""))),
        *((b"0\r\n\r\nGET", (b"", True, b"GET")), (b"3\r\nabc\r\n0\r\n\r\n", (b"abc", True, b""))),
        *((b"3\r\nabc\r", (b"abc", False, b"\r")), (b"3\r\nabc\r\n", (b"abc", False, b""))),
        (b"a;x=y\r\n0123456789\r\n00\r\nA: b\r\nC:\r\n\r\n\r\n", (b"0123456789", True, b"\r\n")),
        *((b"1 \t\r\nx\r\n", (b"x", False, b"")), (b"F\r\n" + b"x" * 15, (b"x" * 15, False, b""))),
        (b"0" * 15 + b"1\r\nx\r\n0\r\n\r\n", (b"x", True, b"")),
    ],
)
def test_chunks(raw: bytes, found: tuple[bytes, bool, bytes]) -> None:
    assert read(raw) == found


@pytest.mark.parametrize(
    "raw",
    [
        *(
            b"\r\n",
            b"x\r\n",
            b"-1\r\n",
            b"0x1\r\n",
            b"1_0\r\n",
            b"1 1\r\n",
            b"1;\x00\r\n",
            b"0" * 17 + b"\r\n",
        ),
        *(
            b"1\r\nab\r\n",
            b"1\r\nabc\r\n",
            b"1\r\na\n\n",
            b"0\r\n folded\r\n\r\n",
            b"0\r\nA\r\n\r\n",
            b"0\r\nA: \x00\r\n\r\n",
        ),
    ],
)
def test_what_is_no_chunk(raw: bytes) -> None:
    with pytest.raises(BadRequest) as caught:
        read(raw)
    assert (caught.value.status, caught.value.title) == (400, "Bad Request")


def test_a_line_has_an_end_within_a_kilobyte() -> None:
    fits = b"1;" + b"x" * 1020
    assert read(fits + b"\r\na") == (b"a", False, b"")
    assert read(fits + b"x") == (b"", False, fits + b"x")
    for raw in (fits + b"x\r\na", fits + b"xx"):
        with pytest.raises(BadRequest):
            read(raw)


def test_a_trailer_has_an_end() -> None:
    line = b"A:" + b"x" * 1020  # with a line's end 1024 bytes, 1022 of them counted
    lines = (line + b"\r\n") * 16
    rest = 16 * 1024 - 16 * len(line)
    assert read(b"0\r\n" + lines + b"A:" + b"x" * (rest - 2) + b"\r\n\r\n") == (b"", True, b"")
    with pytest.raises(BadRequest):
        read(b"0\r\n" + lines + b"A:" + b"x" * (rest - 1) + b"\r\n\r\n")
