"""One connection of the mock's own server: both sides of what it takes, and each byte that it sends beside answers."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from raw_connection import connect, talk, to_end

from wecom_mock import State
from wecom_mock.connection import Bounds, encode
from wecom_mock.core import handle
from wecom_mock.faults import Fault
from wecom_mock.server import MockServer
from wecom_mock.wire import Reply, Request

NOW = 1795320000.0
PATH = b"/cgi-bin/externalcontact/add_msg_template"
QUERY = b"corpid=wwdemo&corpsecret=demo"
GET = b"GET /cgi-bin/gettoken?%b HTTP/1.1\r\nHost: x\r\n\r\n" % QUERY
LAST = GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
POST = b"POST %b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" % PATH
QUICK = Bounds(head=0.1, request=0.2, idle=0.1, linger=0.05, sweep=0.01)
LARGEST_HEAD = 64 * 1024


@pytest.fixture
def server() -> Iterator[MockServer]:
    with MockServer(clock=lambda: NOW) as running:
        yield running


def first_lines(answers: bytes) -> list[bytes]:
    return [one.partition(b"\r\n")[0] for one in answers.split(b"HTTP/1.1 ")[1:]]


@pytest.mark.parametrize(
    ("head_only", "close", "raw"),
    [
        (False, True, b"HTTP/1.1 200 OK\r\nA: b\r\nDate: D\r\nConnection: close\r\n\r\nbody"),
        (False, False, b"HTTP/1.1 200 OK\r\nA: b\r\nDate: D\r\nConnection: keep-alive\r\n\r\nbody"),
        (True, False, b"HTTP/1.1 200 OK\r\nA: b\r\nDate: D\r\nConnection: keep-alive\r\n\r\n"),
    ],
)
def test_an_answer_on_the_wire(head_only: bool, close: bool, raw: bytes) -> None:
    reply = Reply(200, (("A", "b"),), b"body")
    assert encode(reply, head_only=head_only, close=close, date=b"D") == raw


def test_a_status_that_only_a_recording_has() -> None:
    raw = encode(Reply(418, (), b""), head_only=False, close=True, date=b"D")
    assert raw == b"HTTP/1.1 418 Unknown\r\nDate: D\r\nConnection: close\r\n\r\n"


def test_the_date_is_the_time_of_the_clock(server: MockServer) -> None:
    whole = handle(State(), Request("GET", "/cgi-bin/gettoken", QUERY), NOW)
    head, _, body = talk(server, LAST).partition(b"\r\n\r\n")
    names = [line.partition(b":")[0].decode() for line in head.split(b"\r\n")[1:]]
    assert names == [*(name for name, _ in whole.headers), "Date", "Connection"]
    assert b"\r\nDate: Sun, 22 Nov 2026 04:00:00 GMT\r\nConnection: close" in head
    assert len(body) == len(whole.body)


def padded(size: int) -> bytes:
    """A head of so many bytes, the empty line at its end counted."""
    start = LAST[:-2] + b"A: "
    return start + b"a" * (size - len(start) - 4) + b"\r\n\r\n"


@pytest.mark.parametrize(
    ("raw", "answers"),
    [
        (padded(LARGEST_HEAD), [b"200 OK"]),
        (padded(LARGEST_HEAD + 1), [b"431 Request Header Fields Too Large"]),
        (padded(LARGEST_HEAD + 10)[:LARGEST_HEAD], [b"431 Request Header Fields Too Large"]),
        (b"\r\n" * 3 + padded(LARGEST_HEAD), [b"200 OK"]),
        (GET + padded(LARGEST_HEAD), [b"200 OK", b"200 OK"]),
    ],
)
def test_the_largest_head(server: MockServer, raw: bytes, answers: list[bytes]) -> None:
    assert first_lines(talk(server, raw)) == answers


def test_a_head_that_may_still_end_is_waited_for() -> None:
    with MockServer(bounds=QUICK) as mock:
        raw = padded(LARGEST_HEAD)[: LARGEST_HEAD - 1]
        assert first_lines(talk(mock, raw)) == [b"408 Request Time-out"]


@pytest.mark.parametrize("expect", [b"100-continue", b"100-Continue"])
def test_who_waits_is_told_to_go_on(expect: bytes, server: MockServer) -> None:
    with connect(server) as connection:
        connection.sendall(POST + b"Expect: " + expect + b"\r\nContent-Length: 2\r\n\r\n")
        told = connection.recv(65536)
        connection.sendall(b"{}")
        assert told == b"HTTP/1.1 100 Continue\r\n\r\n"
        assert first_lines(to_end(connection)) == [b"200 OK"]


@pytest.mark.parametrize(("expect", "body"), [(b"Expect: 100-continue\r\n", b"{"), (b"", b"")])
def test_who_has_begun_or_does_not_wait_is_not_told_to(expect: bytes, body: bytes) -> None:
    with MockServer(bounds=QUICK) as mock:
        told = talk(mock, POST + expect + b"Content-Length: 2\r\n\r\n" + body)
    assert first_lines(told) == [b"408 Request Time-out"]


def test_what_was_answered_goes_out_before_a_client_is_told_to_go_on(server: MockServer) -> None:
    head = POST + b"Expect: 100-continue\r\nContent-Length: 2\r\n\r\n"
    with connect(server) as connection:
        connection.sendall(GET + head)
        found = b""
        while b"100 Continue\r\n\r\n" not in found:
            found += connection.recv(65536)
        connection.sendall(b"{}")
        found += to_end(connection)
    assert first_lines(found) == [b"200 OK", b"100 Continue", b"200 OK"]


def test_requests_behind_a_slow_answer_wait_for_it(server: MockServer) -> None:
    server.state.faults.add(Fault("slow", times=1, size=100, pause=0.001))
    answers = talk(server, GET + GET, LAST)
    assert first_lines(answers) == [b"200 OK"] * 3
    assert [exchange.number for exchange in server.state.calls] == [1, 2, 3]
    server.state.faults.add(Fault("slow", times=1, size=100, pause=0.001))
    assert first_lines(talk(server, LAST + GET)) == [b"200 OK"]


def test_a_slow_answer_reaches_a_client_that_closed_its_side(server: MockServer) -> None:
    server.state.faults.add(Fault("slow", size=100, pause=0.001))
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as connection:
        connection.sendall(LAST)
        connection.shutdown(socket.SHUT_WR)
        assert b'"errcode":0' in to_end(connection)


def test_nothing_is_answered_behind_silence(server: MockServer) -> None:
    server.state.faults.add(Fault("silence", times=1, seconds=0.02))
    assert talk(server, GET + GET, GET) == b""
    assert len(server.state.calls) == 1


@pytest.mark.parametrize(("size", "sent"), [(0, 0), (7, 7), (10**6, None), (None, 0.5)])
def test_where_an_answer_breaks_off(server: MockServer, size: int | None, sent: float | None) -> None:
    whole = talk(server, LAST).partition(b"\r\n\r\n")[2]
    server.state.faults.add(Fault("truncate", size=size))
    kept = {None: len(whole), 0.5: len(whole) // 2}.get(sent, sent)
    assert len(talk(server, GET).partition(b"\r\n\r\n")[2]) == kept


def test_a_refused_connection_is_reset(server: MockServer) -> None:
    server.state.faults.add(Fault("refuse", times=1))
    with pytest.raises((ConnectionResetError, BrokenPipeError)):
        talk(server, GET)
    assert first_lines(talk(server, LAST)) == [b"200 OK"]


def test_who_sends_on_without_end_after_a_refusal_is_cut_off() -> None:
    def send(megabytes: int) -> None:
        head = POST + b"Content-Length: %d\r\n\r\n" % 2**40
        with (
            MockServer(bounds=Bounds(linger=60)) as mock,
            socket.create_connection(("127.0.0.1", mock.port), timeout=60) as connection,
        ):
            connection.sendall(head)
            for _ in range(megabytes):
                connection.sendall(bytes(2**20))

    send(50)
    with pytest.raises((ConnectionResetError, BrokenPipeError)):
        send(100)


def test_how_long_a_connection_may_take_where_nothing_is_said() -> None:
    bounds = Bounds()
    # A head is short, a body may be a file, and what waits for the next request does no harm.
    assert bounds.sweep < bounds.linger < bounds.head < bounds.request < bounds.idle
