"""The bytes of answers and requests, as the fast transports read and write them, and as httpcore's parser does."""

from __future__ import annotations

import gc
import re

import h11
import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wecom_conformance.budget import limits
from wecom_openapi.fast.answer import SILENT, Answer
from wecom_openapi.fast.request import Framing, head_of, server_of

HEAD = b"HTTP/1.1 200 OK\r\n"

UNANSWERED = "Server disconnected without sending a response."  # httpcore's words
CUT_OFF = "the connection ended before the answer did"
FLOOD = f"^{100 * 1024} bytes came that are nothing of a body$"


def read(*pieces: bytes, method: str = "POST") -> Answer:
    answer = Answer(method)
    for piece in pieces:
        answer.feed(piece)
    return answer


def body(answer: Answer) -> bytes:
    return b"".join(answer.take())


def test_an_answer_with_a_length() -> None:
    answer = read(HEAD + b"Content-Length: 5\r\nX: y\r\n\r\nhel")
    assert (answer.status, answer.headers) == (200, [(b"Content-Length", b"5"), (b"X", b"y")])
    assert answer.is_begun
    assert not answer.is_complete
    assert body(answer) == b"hel"
    answer.feed(b"lo")
    assert answer.is_complete
    assert answer.leaves_usable
    assert body(answer) == b"lo"


def test_an_answer_in_chunks_with_a_trailer() -> None:
    answer = read(
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n2;x=y\r\nhe\r\n3\r\nllo\r\n0\r\nT: u\r\n", b"\r\n"
    )
    assert answer.leaves_usable
    assert body(answer) == b"hello"


UPGRADE = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"


@pytest.mark.parametrize("more", [b"\n", b"\r\n", b"x", HEAD + b"Content-Length: 0\r\n\r\n", UPGRADE])
@pytest.mark.parametrize("together", [True, False])
def test_what_comes_behind_an_answer_spoils_its_connection(more: bytes, together: bool) -> None:
    whole = HEAD + b"Content-Length: 2\r\n\r\nhi"
    answer = read(whole + more) if together else read(whole, more)
    assert answer.is_complete
    assert not answer.leaves_usable
    assert body(answer) == b"hi"
    assert answer.headers == [(b"Content-Length", b"2")]
    assert read(whole).leaves_usable


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
        HEAD + b"Connection: close\r\nContent-Length: 0\r\n\r\n",
    ],
    ids=["1.0", "close"],
)
def test_a_server_that_ends_the_connection_is_not_asked_again(head: bytes) -> None:
    answer = read(head)
    assert answer.is_complete
    assert not answer.leaves_usable


def test_interim_answers_are_passed_over() -> None:
    early = b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
    answer = read(b"HTTP/1.1 100 Continue\r\n\r\n", early)
    assert not answer.is_begun
    answer.feed(HEAD + b"Content-Length: 0\r\n\r\n")
    assert (answer.status, answer.headers) == (200, [(b"Content-Length", b"0")])
    assert answer.leaves_usable


@pytest.mark.parametrize("status", [b"099", b"104", b"199"])
def test_an_interim_answer_with_a_body_is_refused(status: bytes) -> None:
    """It would be taken for the beginning of the answer's body, and could fill the memory."""
    early = b"HTTP/1.1 " + status + b" X\r\nContent-Length: %d\r\n\r\n"
    whole = HEAD + b"Content-Length: 2\r\n\r\nhi"
    assert body(read(early % 0 + whole)) == b"hi"
    with pytest.raises(
        httpx.RemoteProtocolError, match=r"^the answer is no HTTP: an interim answer with a body$"
    ):
        read(early % 1 + b"x" + whole)


def test_a_trailer_is_no_header() -> None:
    """Whether it comes with the head in one packet or later."""
    head = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
    for pieces in ([head + b"0\r\nContent-Encoding: gzip\r\n\r\n"], [head, b"0\r\nT: u\r\n\r\n"]):
        answer = read(*pieces)
        assert answer.leaves_usable
        assert answer.headers == [(b"Transfer-Encoding", b"chunked")]


def test_blanks_around_a_value_are_none_of_it() -> None:
    assert read(HEAD + b"Content-Length:\t 0 \t\r\n\r\n").headers == [(b"Content-Length", b"0")]


def test_an_answer_that_was_read_leaves_nothing_to_the_garbage_collector() -> None:
    """Who has turned it off would run out of memory."""
    gc.collect()
    gc.disable()
    try:
        before = sum(type(one) is Answer for one in gc.get_objects())
        assert read(HEAD + b"Content-Length: 2\r\n\r\nhi").leaves_usable
        assert sum(type(one) is Answer for one in gc.get_objects()) == before
    finally:
        gc.enable()


def test_an_answer_to_head_has_no_body() -> None:
    answer = read(HEAD + b"Content-Length: 5\r\n\r\n", method="HEAD")
    assert answer.is_complete
    assert not answer.leaves_usable


def test_a_body_that_ends_with_its_connection() -> None:
    answer = read(HEAD + b"X: y\r\n\r\n", b"hel", b"lo")
    assert not answer.is_complete
    answer.feed(b"")
    assert answer.is_complete
    assert not answer.leaves_usable
    assert body(answer) == b"hello"


@pytest.mark.parametrize(
    ("begun", "says"),
    [
        pytest.param(b"", UNANSWERED, id="nothing"),
        pytest.param(HEAD, UNANSWERED, id="in the head"),
        pytest.param(HEAD + b"Content-Length: 3\r\n\r\nhi", CUT_OFF, id="in the body"),
        pytest.param(HEAD + b"Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n", CUT_OFF, id="between chunks"),
        pytest.param(HEAD + b"Transfer-Encoding: gzip\r\n\r\nhi", CUT_OFF, id="of another encoding"),
    ],
)
def test_an_answer_that_is_cut_off_is_none(begun: bytes, says: str) -> None:
    with pytest.raises(httpx.RemoteProtocolError, match=f"^{re.escape(says)}$"):
        read(*([begun] if begun else []), b"")


@pytest.mark.parametrize(
    "data",
    [
        b"what?",
        b"HTTP/1.1 200 OK\nContent-Length: 0\n\n",
        HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n",
        HEAD + b"Content-Length: x\r\n\r\n",
        HEAD + b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nz\r\n",
        UPGRADE,
    ],
)
def test_what_is_no_http_is_no_answer(data: bytes) -> None:
    """Why is llhttp's to say, in a sentence of its own."""
    with pytest.raises(httpx.RemoteProtocolError, match=r"^the answer is no HTTP: [^:]+ [^:]+$"):
        read(data, b"")


def test_a_server_that_goes_over_to_another_protocol_is_no_http() -> None:
    with pytest.raises(
        httpx.RemoteProtocolError,
        match=r"^the answer is no HTTP: the server went over to another protocol$",
    ):
        read(UPGRADE)


@pytest.mark.parametrize("over", [0, 1])
def test_a_head_is_read_up_to_a_length(over: int) -> None:
    start, end = HEAD + b"X: ", b"\r\nContent-Length: 0\r\n\r\n"
    head = start + b"x" * (SILENT + over - len(start) - len(end)) + end
    pieces = [head[at : at + 1000] for at in range(0, len(head), 1000)]
    if not over:
        assert read(*pieces).is_complete
    else:
        with pytest.raises(httpx.RemoteProtocolError, match=FLOOD):
            read(*pieces)


def test_chunks_without_end_that_hold_nothing_are_ended() -> None:
    """Each has a byte and an extension, or the trailer never ends: no cap on the body would notice the second."""
    answer = read(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
    for _ in range(50):
        answer.feed(b"1;" + b"x" * 4000 + b"\r\ny\r\n")
    assert body(answer) == b"y" * 50
    answer.feed(b"0\r\n")
    for _ in range(25):
        answer.feed(b"X: " + b"x" * 4000 + b"\r\n")
    with pytest.raises(httpx.RemoteProtocolError, match=FLOOD):
        answer.feed(b"X: " + b"x" * 4000 + b"\r\n")


TOKENS = st.text("abcXYZ-", min_size=1, max_size=8).map(str.encode)
VALUES = st.binary(max_size=12).map(lambda value: bytes(b for b in value if b > 32 and b != 127))
BODIES = st.binary(max_size=60)


@st.composite
def answers(draw: st.DrawFn) -> bytes:
    """Answers as servers give them, and some that are cut off."""
    content = draw(BODIES)
    headers = draw(st.lists(st.tuples(TOKENS, VALUES), max_size=3))
    framing = draw(st.sampled_from(["length", "chunks", "end"]))
    if framing == "length":
        headers.append((b"Content-Length", b"%d" % len(content)))
        sent = content
    elif framing == "chunks":
        headers.append((b"Transfer-Encoding", b"chunked"))
        size = draw(st.integers(1, 20))
        pieces = [content[at : at + size] for at in range(0, len(content), size)]
        sent = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
    else:
        sent = content
    status = draw(st.sampled_from([200, 200, 200, 204, 302, 404, 502]))
    lines = b"".join(b"%b: %b\r\n" % pair for pair in headers)
    whole = b"HTTP/1.1 %d X\r\n%b\r\n%b" % (status, lines, sent)
    if draw(st.integers(0, 3)) == 0:
        whole = whole[: draw(st.integers(0, len(whole)))]
    return whole


def by_httpcore(pieces: list[bytes]) -> tuple[int, list[tuple[bytes, bytes]], bytes] | None:
    """What h11, which httpcore reads with, makes of an answer; None where it is none."""
    connection = h11.Connection(h11.CLIENT)
    connection.send(h11.Request(method="POST", target="/", headers=[("Host", "x"), ("Content-Length", "0")]))
    connection.send(h11.EndOfMessage())
    found: tuple[int, list[tuple[bytes, bytes]]] | None = None
    content = b""
    pieces = [*pieces, b""]
    try:
        while True:
            event = connection.next_event()
            if event is h11.NEED_DATA:
                connection.receive_data(pieces.pop(0))
            elif isinstance(event, h11.Response):
                found = event.status_code, list(event.headers.raw_items())
            elif isinstance(event, h11.Data):
                content += bytes(event.data)
            elif isinstance(event, h11.EndOfMessage):
                assert found is not None
                return *found, content
            elif isinstance(event, h11.ConnectionClosed):
                return None
    except h11.RemoteProtocolError:
        return None


def by_llhttp(pieces: list[bytes]) -> tuple[int, list[tuple[bytes, bytes]], bytes] | None:
    answer = Answer("POST")
    try:
        for piece in (*pieces, b""):
            answer.feed(piece)
            if answer.is_complete:
                return answer.status, answer.headers, body(answer)
    except httpx.RemoteProtocolError:
        return None
    raise AssertionError("it is neither whole nor refused")


@limits(100)
@example(HEAD + b"Content-Length: 0\r\n\r\n", 1)
@given(answers(), st.integers(1, 40))
def test_both_parsers_read_the_same(whole: bytes, size: int) -> None:
    pieces = [whole[at : at + size] for at in range(0, len(whole), size)]
    assert by_llhttp(pieces) == by_httpcore(pieces)


UNHOLDABLE = "^a line of the head has a character that it can't hold$"


@pytest.mark.parametrize(
    ("name", "value"),
    [("X", "a\r\nY: b"), ("X", "a\nb"), ("X", "a\rb"), ("X", "a\0b"), ("X Y", "a"), ("X:", "a"), ("", "a")],
)
def test_a_line_of_the_head_can_hold_no_other(name: str, value: str) -> None:
    request = httpx.Request("POST", "http://127.0.0.1/x?y=z", headers={name: value})
    with pytest.raises(httpx.LocalProtocolError, match=UNHOLDABLE):
        head_of(request)


def test_a_method_that_is_none() -> None:
    with pytest.raises(httpx.LocalProtocolError, match=UNHOLDABLE):
        head_of(httpx.Request("POST /x HTTP/1.1\r\n", "http://127.0.0.1/"))


def test_the_head_of_a_request() -> None:
    request = httpx.Request("POST", "http://127.0.0.1:8080/x y?z=新", content=b"hi")
    assert head_of(request) == (
        b"POST /x%20y?z=%E6%96%B0 HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nContent-Length: 2\r\n\r\n"
    )


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("http://a.example/", (b"http", "a.example", 80)),
        ("https://a.example/", (b"https", "a.example", 443)),
        ("https://[::1]:8443/", (b"https", "::1", 8443)),
    ],
)
def test_whom_a_request_goes_to(url: str, server: tuple[bytes, str, int]) -> None:
    assert server_of(httpx.URL(url)) == server


@pytest.mark.parametrize("url", ["ftp://a.example/", "/path", "https:///path"])
def test_a_request_that_goes_nowhere(url: str) -> None:
    with pytest.raises(httpx.UnsupportedProtocol, match=r"^the URL has no http:// or https:// and host$"):
        server_of(httpx.URL(url))


def test_a_body_in_pieces_has_the_length_that_was_said() -> None:
    framing = Framing(httpx.Headers({"Content-Length": "3"}))
    assert (framing.frame(b"ab"), framing.frame(b"c"), framing.end()) == (b"ab", b"c", b"")
    with pytest.raises(httpx.WriteError, match=r"^the body is longer than its Content-Length$"):
        framing.frame(b"d")
    short = Framing(httpx.Headers({"Content-Length": "3"}))
    short.frame(b"ab")
    with pytest.raises(httpx.LocalProtocolError, match=r"^the body is shorter than its Content-Length$"):
        short.end()


def test_a_body_in_chunks() -> None:
    framing = Framing(httpx.Headers({"Transfer-Encoding": "chunked"}))
    assert framing.frame(b"x" * 17) == b"11\r\n" + b"x" * 17 + b"\r\n"
    assert (framing.frame(b""), framing.end()) == (b"", b"0\r\n\r\n")
