"""Pages of HTML for what never reaches the API, and the first line of every answer, as they go over the wire."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from wecom_mock import Settings, State, wire
from wecom_mock.clock import Clock
from wecom_mock.connection import Bounds
from wecom_mock.core import handle
from wecom_mock.faults import Fault
from wecom_mock.persistence import open_state
from wecom_mock.server import MockServer
from wecom_mock.unit_of_work import UnitOfWork
from wecom_mock.wire import Request

NOW = 1795320000.0
DATE = b"Sun, 22 Nov 2026 04:00:00 GMT"
PATH = b"/cgi-bin/externalcontact/add_msg_template"
QUICK = Bounds(head=0.05, request=0.1, idle=0.1, linger=0.05, sweep=0.01)
GETTOKEN = b"GET /cgi-bin/gettoken?corpid=wwdemo&corpsecret=demo"
OWN = b"Host: 127.0.0.1\r\nX-Mock-Admin: 1\r\n"
NEAREST = b"X-Mock-Nearest: get_groupmsg_list_v2; POST /cgi-bin/externalcontact/get_groupmsg_list_v2\r\n"


def talk(state: State, raw: bytes, bounds: Bounds | None = None) -> bytes:
    """All that a server answers until it closes."""
    with (
        MockServer(state, clock=lambda: NOW, bounds=bounds) as mock,
        socket.create_connection(("127.0.0.1", mock.port), timeout=60) as connection,
    ):
        connection.sendall(raw)
        found = b""
        while piece := connection.recv(65536):
            found += piece
    return found


def get(first: bytes, headers: bytes = b"Host: x\r\n") -> bytes:
    return b"%b HTTP/1.1\r\n%bConnection: close\r\n\r\n" % (first, headers)


def page(status: int, title: bytes, more: bytes = b"", reason: bytes = b"") -> bytes:
    told = b"%d %b" % (status, title)
    body = (
        b"<html>\r\n<head><title>%b</title></head>\r\n<body>\r\n<center><h1>%b</h1></center>\r\n"
        b"<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
    ) % (told, told)
    head = b"HTTP/1.1 %d %b\r\nServer: nginx\r\nContent-Type: text/html\r\nContent-Length: %d\r\n%b" % (
        *(status, reason or title, len(body), more),
    )
    return b"%bDate: %b\r\nConnection: close\r\n\r\n%b" % (head, DATE, body)


@pytest.mark.parametrize(
    ("raw", "answer"),
    [
        (get(b"POST /cgi-bin/externalcontact/get_groupmsg_list"), page(404, b"Not Found", NEAREST)),
        (get(b"GET /", b""), page(400, b"Bad Request")),
        (b"GET / HTTP/2.0\r\n\r\n", page(505, b"HTTP Version Not Supported")),
        (b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 11000, page(431, b"Request Header Fields Too Large")),
        (
            b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
            page(501, b"Not Implemented"),
        ),
        (
            get(b"POST " + PATH, b"Host: x\r\nContent-Length: 101\r\n"),
            page(413, b"Request Entity Too Large"),
        ),
        (
            get(b"POST " + PATH, b"Host: x\r\nTransfer-Encoding: chunked\r\n") + b"65\r\n" + b" " * 101,
            page(413, b"Request Entity Too Large"),
        ),
    ],
)
def test_what_never_reaches_the_api(raw: bytes, answer: bytes, caplog: pytest.LogCaptureFixture) -> None:
    assert talk(State(settings=Settings(max_body_bytes=100)), raw) == answer
    # What is no HTTP is told to whoever runs the server, without the bytes that came.
    status, title = answer.partition(b"\r\n")[0].decode().split(" ", 2)[1:]
    told = [] if status in ("404", "413") else [f"Invalid HTTP request: {title}"]
    assert [one.getMessage() for one in caplog.records if one.name == "wecom_mock"] == told


def test_a_head_of_no_request_gets_no_body() -> None:
    whole = page(404, b"Not Found", NEAREST)
    raw = get(b"HEAD /cgi-bin/externalcontact/get_groupmsg_list")
    assert talk(State(), raw) == whole.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    raw = get(b"HEAD " + PATH, b"Host: x\r\nContent-Length: 101\r\n")
    whole = page(413, b"Request Entity Too Large")
    limited = State(settings=Settings(max_body_bytes=100))
    assert talk(limited, raw) == whole.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"


def test_a_request_that_does_not_end() -> None:
    assert talk(State(), b"GET / HTTP/1.1\r\n", QUICK) == page(408, b"Request Time-out")


@pytest.mark.parametrize(
    ("kind", "status", "title", "reason"),
    [("html-502", 502, b"Bad Gateway", b""), ("html-200", 200, b"Maintenance", b"OK")],
)
def test_a_page_that_a_fault_wants(kind: str, status: int, title: bytes, reason: bytes) -> None:
    state = State()
    state.faults.add(Fault(kind))
    marked = b"X-Mock-Fault: %b\r\n" % kind.encode()
    assert talk(state, get(GETTOKEN)) == page(status, title, marked, reason)


def test_what_answers_in_place_of_the_mock_is_given_the_request_and_the_time() -> None:
    state = State()
    state.answering = lambda request, now: wire.page(418, f"{request.method} {request.path} at {now:.0f}")
    reply = handle(state, Request("GET", "/anything"), NOW)
    assert reply == wire.page(418, "GET /anything at 1795320000")
    assert (state.calls.last.status, state.calls.last.at, state.calls.last.operation) == (418, NOW, None)


def test_a_mistake_of_the_mock(caplog: pytest.LogCaptureFixture) -> None:
    state = State()

    def fail(*_: object) -> None:
        raise RuntimeError("a mistake")

    state.answering = fail  # type: ignore[assignment]
    assert talk(state, get(GETTOKEN)) == page(500, b"Internal Server Error")
    (record,) = [one for one in caplog.records if one.name == "wecom_mock"]
    assert (record.getMessage(), record.levelname) == ("the mock failed", "ERROR")
    assert "RuntimeError: a mistake" in caplog.text


def test_what_can_not_be_kept(tmp_path: Path) -> None:
    state = open_state(tmp_path / "state.sqlite")
    assert isinstance(state.lock, UnitOfWork)
    clock = Clock(running=True)
    state.take_clock(clock)
    state.lock.read("PRAGMA query_only = 1")
    told = ("X-Mock-Reason", "state: attempt to write a readonly database")
    expected = wire.page(500, "Internal Server Error", told)
    headers = (("Host", "127.0.0.1"), ("X-Mock-Admin", "1"))
    api = "/_mock/api"
    for request in (
        Request("GET", "/cgi-bin/gettoken", b"corpid=wwdemo&corpsecret=demo"),
        Request("POST", f"{api}/faults", b"", b'{"kind": "slow"}', "application/json", headers),
        Request("POST", f"{api}/clock", b"", b'{"move": 60}', "application/json", headers),
    ):
        reply = handle(state, request, NOW)
        assert (reply.status, reply.headers, reply.body) == (500, expected.headers, expected.body)
    assert (state.faults.list(), state.tokens) == ((), {})
    assert abs(clock.ahead) < 30
    state.lock.read("PRAGMA query_only = 0")
    state.close()


@pytest.mark.parametrize(
    ("first", "headers", "line"),
    [
        (GETTOKEN, b"Host: x\r\n", b"200 OK"),
        (b"GET /_mock/?seen=", OWN, b"200 OK"),
        (b"POST /_mock/do/reset", OWN, b"303 See Other"),
        (b"GET /_mock", OWN, b"308 Permanent Redirect"),
        (b"GET /_mock/?a&a=" + b"&b=" * 2000, OWN, b"400 Bad Request"),
        (b"GET /_mock/", b"Host: x\r\n", b"403 Forbidden"),
        (b"GET /_mock/api/nope", OWN, b"404 Not Found"),
        (b"GET /_mock/do/reset", OWN, b"405 Method Not Allowed"),
        (b"POST /_mock/api/reset", OWN + b"Content-Type: text/plain\r\n", b"415 Unsupported Media Type"),
    ],
)
def test_first_lines(first: bytes, headers: bytes, line: bytes) -> None:
    assert talk(State(), get(first, headers)).partition(b"\r\n")[0] == b"HTTP/1.1 " + line


def test_what_has_not_changed_since_is_no_content() -> None:
    state = State()
    seen = talk(state, get(b"GET /_mock/settings?seen=", OWN)).partition(b"seen=")[2][:16]
    answer = talk(state, get(b"GET /_mock/settings?seen=" + seen, OWN))
    assert answer.partition(b"\r\n")[0] == b"HTTP/1.1 204 No Content"
