"""The mock's own server on real sockets: HTTP in pieces and in heaps, what is no HTTP, and who takes too long."""

from __future__ import annotations

import json
import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import h11
import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from raw_connection import connect, talk, to_end

from wecom_mock import Settings, State
from wecom_mock.caller import Caller
from wecom_mock.connection import Bounds
from wecom_mock.http1 import BadRequest, Chunks, parse_head
from wecom_mock.server import MockServer

NOW = 1795320000.0
PATH = b"/cgi-bin/externalcontact/add_msg_template"
GET = b"GET /cgi-bin/gettoken?corpid=wwdemo&corpsecret=demo HTTP/1.1\r\nHost: x\r\n\r\n"
LAST = GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")


@pytest.fixture
def server() -> Iterator[MockServer]:
    with MockServer(clock=lambda: NOW) as running:
        yield running


def post(token: str, body: bytes, more: bytes = b"Connection: close\r\n") -> bytes:
    head = b"POST %b?access_token=%b HTTP/1.1\r\nHost: x\r\n%bContent-Length: %d\r\n\r\n"
    return head % (PATH, token.encode(), more, len(body)) + body


def task(number: int = 0) -> bytes:
    return json.dumps(
        {"sender": "zhangsan", "text": {"content": f"新品 {number}"}}, ensure_ascii=False
    ).encode()


class TestConnections:
    def test_an_answer_has_the_headers_that_it_needs(self, server: MockServer) -> None:
        head, _, body = talk(server, LAST).partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        assert lines[0] == b"HTTP/1.1 200 OK"
        names = [line.partition(b":")[0].lower() for line in lines[1:]]
        assert len(names) == len(set(names))
        assert {b"server", b"date", b"content-type", b"content-length", b"connection"} <= set(names)
        assert f"Content-Length: {len(body)}".encode() in lines
        assert b"Connection: close" in lines

    def test_a_request_may_come_in_any_two_pieces(self, server: MockServer) -> None:
        raw = post(Caller(server.state, lambda: NOW).token(), task())
        for cut in range(1, len(raw), 7):
            assert b'"errcode":0' in talk(server, raw[:cut], raw[cut:])
        assert len(server.state.tasks) == len(range(1, len(raw), 7))

    def test_a_request_may_come_byte_by_byte(self, server: MockServer) -> None:
        raw = post(Caller(server.state, lambda: NOW).token(), task())
        assert b'"errcode":0' in talk(server, *(raw[at : at + 1] for at in range(len(raw))))

    def test_requests_on_one_connection_are_answered_in_their_order(self, server: MockServer) -> None:
        token = Caller(server.state, lambda: NOW).token()
        heap = b"".join(post(token, task(number), b"") for number in range(300))
        answer = talk(server, heap + LAST)
        assert answer.count(b"HTTP/1.1 200 OK\r\n") == 301
        contents = [one.body["text"]["content"] for one in server.state.tasks.values()]
        assert contents == [f"新品 {number}" for number in range(300)]
        at = [answer.index(msgid.encode()) for msgid in server.state.tasks]
        assert at == sorted(at)

    def test_a_client_that_reads_late_gets_all_its_answers(self, server: MockServer) -> None:
        many, long = 10_000, GET.replace(b"\r\n\r\n", b"\r\nA: %b\r\n\r\n" % (b"a" * 2000))
        with connect(server) as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
            sender = threading.Thread(target=connection.sendall, args=(long * many + LAST,))
            sender.start()
            connection.recv(1, socket.MSG_PEEK)
            answer = to_end(connection)
            sender.join()
        assert answer.count(b"HTTP/1.1 200 OK\r\n") == many + 1

    def test_after_the_last_request_nothing_is_answered(self, server: MockServer) -> None:
        assert talk(server, LAST + GET + GET).count(b"HTTP/1.1") == 1

    def test_a_client_may_close_its_side_after_the_request(self, server: MockServer) -> None:
        with connect(server) as connection:
            connection.sendall(GET)
            connection.shutdown(socket.SHUT_WR)
            assert b'"errcode":0' in to_end(connection)

    @pytest.mark.parametrize(
        ("first", "more", "closed"),
        [
            (b"HTTP/1.1", b"", False),
            (b"HTTP/1.1", b"Connection: Close\r\n", True),
            (b"HTTP/1.1", b"Connection: foo, close\r\n", True),
            (b"HTTP/1.0", b"", True),
            (b"HTTP/1.0", b"Connection: Keep-Alive\r\n", False),
        ],
    )
    def test_who_goes_on(self, server: MockServer, first: bytes, more: bytes, closed: bool) -> None:
        one = GET.replace(b"HTTP/1.1", first).replace(b"\r\n\r\n", b"\r\n" + more + b"\r\n")
        assert talk(server, one + LAST).count(b"HTTP/1.1 200") == (1 if closed else 2)

    def test_100_continue(self, server: MockServer) -> None:
        token = Caller(server.state, lambda: NOW).token()
        raw = post(token, task(), b"Connection: close\r\nExpect: 100-continue\r\n")
        head, end, body = raw.partition(b"\r\n\r\n")
        with connect(server) as connection:
            connection.sendall(head + end)
            assert connection.recv(25, socket.MSG_WAITALL) == b"HTTP/1.1 100 Continue\r\n\r\n"
            connection.sendall(body)
            assert b'"errcode":0' in to_end(connection)

    def test_nobody_is_asked_for_a_body_that_is_too_large(self, server: MockServer) -> None:
        head = (
            b"POST %b HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 99999999\r\n\r\n" % PATH
        )
        assert talk(server, head).startswith(b"HTTP/1.1 413 ")

    def test_the_target_may_name_the_host(self, server: MockServer) -> None:
        assert b'"errcode":0' in talk(server, LAST.replace(b"GET /", b"GET http://x:1/"))
        assert b"HTTP/1.1 404 " in talk(server, LAST.replace(GET.split()[1], b"HTTP://x"))

    def test_what_goes_wrong_inside_is_a_500_and_the_connection_goes_on(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        times = iter([NOW])
        with MockServer(clock=lambda: next(times)) as mock:
            answer = talk(mock, GET + LAST)
        assert [one[:3] for one in answer.split(b"HTTP/1.1 ")[1:]] == [b"200", b"500"]
        assert "StopIteration" in caplog.text


class TestBodies:
    @pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
    def test_chunks_of_any_size(self, server: MockServer, size: int) -> None:
        token, body = Caller(server.state, lambda: NOW).token(), task()
        head = b"POST %b?access_token=%b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
        chunks = b"".join(
            b"%X;name=value\r\n%b\r\n" % (len(part), part)
            for part in (body[at : at + size] for at in range(0, len(body), size))
        )
        raw = head % (PATH, token.encode()) + chunks + b"0\r\nTrailer: x\r\n\r\n"
        assert b'"errcode":0' in talk(server, raw)
        assert b'"errcode":0' in talk(server, *(raw[at : at + 1] for at in range(len(raw))))
        assert {one.body["text"]["content"] for one in server.state.tasks.values()} == {"新品 0"}

    def test_a_body_in_chunks_ends_where_it_ends(self, server: MockServer) -> None:
        raw = b"POST %b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: Chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n" % PATH
        assert talk(server, raw + raw + LAST).count(b"HTTP/1.1 200") == 3

    def test_both_sides_of_the_limit(self) -> None:
        with MockServer(State(settings=Settings(max_body_bytes=100))) as mock:
            assert b"41001" in talk(mock, post("", b" " * 100))
            assert talk(mock, post("", b" " * 101)).startswith(b"HTTP/1.1 413 ")
            head = (
                b"POST %b HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                % PATH
            )
            assert b"41001" in talk(mock, head + b"64\r\n" + b" " * 100 + b"\r\n0\r\n\r\n")
            assert talk(mock, head + b"65\r\n" + b" " * 101).startswith(b"HTTP/1.1 413 ")
            assert talk(mock, head + b"FFFFFFFFFFFFFFFF\r\n" + b" " * 101).startswith(b"HTTP/1.1 413 ")

    def test_who_sends_on_after_a_refusal_still_reads_it(self, server: MockServer) -> None:
        with httpx.Client(base_url=server.base_url, trust_env=False) as client:
            for _ in range(3):
                assert client.post(PATH.decode(), content=bytes(8_000_000)).status_code == 413


BAD = {
    "no words": (b"\0\0\0\r\n\r\n", 400),
    "one word": (b"GET\r\n\r\n", 400),
    "no version": (b"GET /\r\nHost: x\r\n\r\n", 400),
    "HTTP/2": (b"GET / HTTP/2.0\r\nHost: x\r\n\r\n", 505),
    "the preface of HTTP/2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
    "TLS": (b"\x16\x03\x01\x00\xa5\x01\x00\r\n\r\n", 400),
    "no host": (b"GET / HTTP/1.1\r\n\r\n", 400),
    "two hosts": (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
    "two spaces": (b"GET  / HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    "a target beyond ASCII": ("GET /你 HTTP/1.1\r\nHost: x\r\n\r\n".encode(), 400),
    "a space before the colon": (b"GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400),
    "a line that goes on": (b"GET / HTTP/1.1\r\nHost: x\r\n y\r\n\r\n", 400),
    "a NUL in a value": (b"GET / HTTP/1.1\r\nHost: x\0\r\n\r\n", 400),
    "a bare LF": (b"GET / HTTP/1.1\nHost: x\r\n\r\n", 400),
    "a bare CR": (b"GET / HTTP/1.1\r\nHost: x\rA: b\r\n\r\n", 400),
    "length is a word": (b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n", 400),
    "length with a sign": (b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n\r\n", 400),
    "length of many digits": (b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: %b\r\n\r\n" % (b"0" * 21), 400),
    "two lengths": (b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
    "length and chunks": (
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        400,
    ),
    "another coding": (b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501),
    "chunks of HTTP/1.0": (b"GET / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
    "a chunk of no size": (b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n\r\n", 400),
    "a chunk of size -1": (b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", 400),
    "a chunk that is longer": (
        b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n",
        400,
    ),
    "a chunk's line without end": (
        b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1;" + b"a" * 1100,
        400,
    ),
    "a bad trailer": (
        b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nno colon\r\n\r\n",
        400,
    ),
    "trailers without end": (
        b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + b"a: b\r\n" * 5000,
        400,
    ),
    "a head without end": (b"GET / HTTP/1.1\r\nHost: x\r\n" + b"a: b\r\n" * 11000, 431),
}


@pytest.mark.parametrize(("more", "status"), [(0, b"200"), (1, b"431")])
def test_a_head_as_large_as_it_may_be_and_one_byte_more(server: MockServer, more: int, status: bytes) -> None:
    head = LAST.removesuffix(b"\r\n\r\n") + b"\r\nA: "
    raw = head + b"a" * (65536 - len(head) - 4 + more) + b"\r\n\r\n"
    assert talk(server, raw).split(b" ", 2)[:2] == [b"HTTP/1.1", status]


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_http_is_refused_and_the_server_goes_on(server: MockServer, name: str) -> None:
    raw, status = BAD[name]
    assert talk(server, raw).startswith(b"HTTP/1.1 %d " % status)
    # What came before it on the same connection is answered.
    assert talk(server, GET + raw).count(b"HTTP/1.1 ") == 2
    assert b'"errcode":0' in talk(server, LAST)


def test_empty_lines_before_a_request_are_let_pass(server: MockServer) -> None:
    assert talk(server, b"\r\n\r\n", LAST).startswith(b"HTTP/1.1 200 ")


class TestWhoTakesTooLong:
    QUICK = Bounds(head=0.05, request=0.1, idle=0.1, linger=0.05, sweep=0.01)

    @pytest.mark.parametrize("raw", [b"G", GET[:-2], post("", b"{}")[:-1]])
    def test_a_request_that_does_not_end(self, raw: bytes) -> None:
        with MockServer(bounds=self.QUICK) as mock:
            assert talk(mock, raw).startswith(b"HTTP/1.1 408 ")

    def test_drops_do_not_prolong_it(self) -> None:
        stop = threading.Event()

        def drip(connection: socket.socket) -> None:
            try:
                while not stop.wait(0.005):
                    connection.sendall(b"a")
            except OSError:
                pass

        with MockServer(bounds=self.QUICK) as mock, connect(mock) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nA: ")
            dripping = threading.Thread(target=drip, args=(connection,))
            dripping.start()
            try:
                assert connection.recv(13, socket.MSG_WAITALL) == b"HTTP/1.1 408 "
            finally:
                stop.set()
                dripping.join()

    def test_an_idle_connection_is_closed_without_a_word(self) -> None:
        with MockServer(bounds=self.QUICK) as mock:
            assert talk(mock) == b""
            assert talk(mock, GET).count(b"HTTP/1.1 ") == 1

    def test_the_others_are_served_meanwhile(self, server: MockServer) -> None:
        slow = [connect(server) for _ in range(50)]
        for connection in slow:
            connection.sendall(GET[:20])
        assert b'"errcode":0' in talk(server, LAST)
        for connection in slow:
            connection.sendall(LAST[20:])
            assert b'"errcode":0' in to_end(connection)
            connection.close()


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="counts the open files of Linux")
def test_a_thousand_connections_leave_nothing_behind() -> None:
    def open_files() -> int:
        return len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - a Path for each is not wanted

    before, threads = open_files(), threading.active_count()
    left: list[socket.socket] = []
    with MockServer() as mock:
        for _ in range(4):
            connections = [connect(mock) for _ in range(250)]
            for number, connection in enumerate(connections):
                connection.sendall((b"", GET, GET[:30], b"\0\r\n\r\n")[number % 4])
            for connection in connections[1::2]:
                assert connection.recv(8, socket.MSG_WAITALL) in (b"HTTP/1.1", b"")
            for connection in connections[:200]:
                connection.close()
            # The rest is left to the end of the server.
            del connections[:200]
            left += connections
        assert b'"errcode":0' in talk(mock, LAST)
    for connection in left:
        connection.close()
    assert (open_files(), threading.active_count()) == (before, threads)


def test_many_servers_one_after_the_other() -> None:
    state = State()
    for _ in range(30):
        with MockServer(state) as mock:
            assert b'"errcode":0' in talk(mock, LAST)
    assert state.faults._listeners == []


def heads() -> st.SearchStrategy[bytes]:
    name = st.sampled_from(
        [b"Host", b"host", b"Content-Length", b"Transfer-Encoding", b"Connection", b"A", b"A b", b""]
    )
    value = st.sampled_from(
        [b"x", b"", b"1", b" 2 ", b"chunked", b"close", b"keep-alive", b"a\tb", b"\0", b"a\nb", b"\xff"]
    )
    line = st.tuples(name, st.sampled_from([b": ", b":", b" :", b""]), value).map(b"".join)
    method = st.sampled_from([b"GET", b"POST", b"get", b"G(T", b""])
    target = st.sampled_from([b"/", b"/a?b=c", b"*", b"/ ", b"/\x7f", b"http://x/y", b"/%e4"])
    version = st.sampled_from([b"HTTP/1.1", b"HTTP/1.0", b"HTTP/2.0", b"HTTP/1", b""])
    first = st.tuples(method, target, version).map(b" ".join)
    return st.tuples(first, st.lists(line, max_size=4)).map(
        lambda one: b"\r\n".join([one[0], *one[1]]) + b"\r\n"
    )


@given(heads())
@example(b"GET / HTTP/1.1\r\nHost: x\r\n")
def test_what_is_taken_h11_takes_too_and_reads_the_same(raw: bytes) -> None:
    try:
        head = parse_head(raw)
    except BadRequest:
        return
    other = h11.Connection(h11.SERVER)
    other.receive_data(raw + b"\r\n")
    event = other.next_event()
    assert isinstance(event, h11.Request)
    assert event.method.decode() == head.method
    found = dict(event.headers)
    assert (b"transfer-encoding" in found) is (head.length is None)
    assert int(found.get(b"content-length", 0)) == (head.length or 0)
    if head.length == 0:
        assert isinstance(other.next_event(), h11.EndOfMessage)
        assert head.keep_alive is (other.their_state is h11.DONE)


@given(st.binary(max_size=60), st.lists(st.integers(1, 20), min_size=1, max_size=5))
@example(b"5\r\nhello\r\n0\r\n\r\nrest", [3])
@example(b"0\r\n\r\n", [1])
def test_no_bytes_break_the_reader_of_chunks(raw: bytes, sizes: list[int]) -> None:
    def read(pieces: Iterator[bytes]) -> tuple[bytes, bool, bytes] | None:
        chunks, buffer, found = Chunks(), bytearray(), b""
        try:
            for piece in pieces:
                buffer += piece
                found += b"".join(chunks.read(buffer))
        except BadRequest:
            return None
        return found, chunks.ended, bytes(buffer)

    def cut() -> Iterator[bytes]:
        at, number = 0, 0
        while at < len(raw):
            size = sizes[number % len(sizes)]
            yield raw[at : at + size]
            at, number = at + size, number + 1

    whole, pieces = read(iter([raw])), read(cut())
    assert pieces == whole
