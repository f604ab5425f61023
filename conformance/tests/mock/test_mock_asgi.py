"""The ASGI application message by message: what it asks for, and what it sends."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

import pytest

from wecom_mock import Settings, State, create_app
from wecom_mock.caller import form_of
from wecom_mock.core import handle
from wecom_mock.faults import Fault
from wecom_mock.wire import Request, page

NOW = 1795320000.0
GETTOKEN, QUERY = "/cgi-bin/gettoken", b"corpid=wwdemo&corpsecret=demo"
CREATE, UPLOAD = "/cgi-bin/externalcontact/add_msg_template", "/cgi-bin/media/upload"
Headers = list[tuple[bytes, bytes]]


def drive(state: State, incoming: list[dict[str, Any]] | None = None, **scope: Any) -> list[Any]:
    """All that is sent in answer; what was asked for is taken from ``incoming``, after which the client has left."""
    sent: list[Any] = []
    left = [{"type": "http.request"}] if incoming is None else incoming

    async def receive() -> Any:
        return left.pop(0) if left else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    whole = {"type": "http", "method": "GET", "path": GETTOKEN, "headers": [], **scope}
    asyncio.run(create_app(state, lambda: NOW)(whole, receive, send))
    return sent


def lower(headers: tuple[tuple[str, str], ...]) -> Headers:
    return [(name.lower().encode(), value.encode()) for name, value in headers]


def test_an_answer_is_two_messages() -> None:
    expected = handle(State(), Request("GET", GETTOKEN, QUERY), NOW)
    start, body = drive(State(), query_string=QUERY)
    headers = lower(expected.headers)
    assert (start["type"], start["status"]) == ("http.response.start", 200)
    assert [one[0] for one in start["headers"]] == [one[0] for one in headers]
    assert dict(start["headers"])[b"content-type"] == b"application/json; charset=UTF-8"
    assert set(body) == {"type", "body"}
    assert (body["type"], json.loads(body["body"])["errcode"]) == ("http.response.body", 0)


def test_a_scope_without_a_query_and_a_body_that_is_left_out() -> None:
    for incoming in ([{"type": "http.request"}], [{"type": "http.request", "body": b"", "more_body": False}]):
        state = State()
        assert json.loads(drive(state, incoming)[1]["body"])["errcode"] == 41002
        assert (incoming, state.calls.last.query, state.calls.last.size) == ([], "", 0)


@pytest.mark.parametrize(
    ("headers", "asked"),
    [
        ([(b"content-length", b"100")], True),
        ([(b"Content-Length", b"101")], False),
        ([(b"content-length", b"9" * 5000)], False),
        ([(b"content-length", b"x")], True),
        ([(b"x-length", b"101")], True),
    ],
)
def test_a_body_that_is_said_to_be_too_large_is_not_asked_for(headers: Headers, asked: bool) -> None:
    state, incoming = State(settings=Settings(max_body_bytes=100)), [{"type": "http.request"}]
    start, body = drive(state, incoming, method="POST", path=CREATE, headers=headers)
    assert (incoming == []) is asked
    assert state.calls.last.operation == "add_msg_template"
    if asked:
        assert start["status"] == 200
    else:
        expected = page(413, "Request Entity Too Large")
        assert (start["status"], start["headers"]) == (413, lower(expected.headers))
        assert (body["body"], state.calls.last.at) == (expected.body, NOW)


@pytest.mark.parametrize(
    ("name", "times", "code"), [(b"content-type", 1, 0), (b"Content-Type", 1, 0), (b"content-type", 2, 41005)]
)
def test_a_form_is_read_by_the_one_content_type_of_its_headers(name: bytes, times: int, code: int) -> None:
    state = State()
    token, _ = state.token_for(state.company.apps[0], NOW)
    raw, kind = form_of({"media": {"filename": "a.txt", "filelength": 6}})
    sent = drive(
        state,
        [{"type": "http.request", "body": raw}],
        method="POST",
        path=UPLOAD,
        query_string=f"access_token={token}&type=file".encode(),
        headers=[(b"accept", b"text/plain"), *[(name, kind.encode())] * times],
    )
    assert json.loads(sent[1]["body"])["errcode"] == code


@pytest.mark.parametrize("name", ["Host", "host"])
def test_headers_reach_the_admin_api(name: str) -> None:
    sent = drive(State(), path="/_mock/api/clock", headers=[(name.encode(), b"127.0.0.1")])
    assert (sent[0]["status"], json.loads(sent[1]["body"])["now"]) == (200, NOW)
    # Bytes beyond ASCII are no reason to fail.
    sent = drive(State(), path="/_mock/api/clock", headers=[(b"h\xff", b"\xff"), (b"host", b"127.0.0.1")])
    assert sent[0]["status"] == 200


@pytest.mark.parametrize("kind", ["refuse", "reset-before", "reset-after"])
def test_it_says_what_it_can_not_break(kind: str) -> None:
    state = State()
    state.faults.add(Fault(kind, times=1))
    told = ("X-Mock-Fault", f"{kind}; an ASGI application can't break a connection")
    expected = page(500, "Internal Server Error", told)
    assert drive(state, query_string=QUERY) == [
        {"type": "http.response.start", "status": 500, "headers": lower(expected.headers)},
        {"type": "http.response.body", "body": expected.body},
    ]


def test_a_slow_answer_comes_in_pieces() -> None:
    body = handle(State(), Request("GET", GETTOKEN, QUERY), NOW).body
    for fault, size, least in (
        (Fault("slow", pause=0), 16, 0.0),
        (Fault("slow", pause=0, size=50), 50, 0.0),
        (Fault("slow", size=100), 100, 0.05 * len(range(0, len(body), 100))),
        (Fault("slow", size=100, pause=0.07), 100, 0.07 * len(range(0, len(body), 100))),
    ):
        state = State()
        state.faults.add(fault)
        begun = time.monotonic()
        start, *pieces, last = drive(state, query_string=QUERY)
        assert time.monotonic() - begun >= least
        assert start["status"] == 200
        assert dict(start["headers"])[b"content-length"] == str(len(body)).encode()
        assert {(one["type"], one["more_body"]) for one in pieces} == {("http.response.body", True)}
        assert [len(one["body"]) for one in pieces] == [
            len(body[at : at + size]) for at in range(0, len(body), size)
        ]
        assert b"".join(one["body"] for one in pieces) == body
        assert last == {"type": "http.response.body", "body": b""}


@pytest.mark.parametrize(("size", "kept"), [(None, 0.5), (0, 0), (10, 10)])
def test_an_answer_that_breaks_off_ends_without_an_end(size: int | None, kept: float) -> None:
    state = State()
    state.faults.add(Fault("truncate", size=size))
    body = handle(State(), Request("GET", GETTOKEN, QUERY), NOW).body
    start, part = drive(state, query_string=QUERY)
    assert start["status"] == 200
    part_size = len(body) // 2 if kept == 0.5 else int(kept)
    assert part == {"type": "http.response.body", "body": body[:part_size], "more_body": True}


def test_silence_lasts_until_the_client_leaves() -> None:
    state = State()
    state.faults.add(Fault("silence"))
    incoming: list[dict[str, Any]] = [{"type": "http.request"}] * 3 + [{"type": "http.disconnect"}] * 2
    assert drive(state, incoming) == []
    assert incoming == [{"type": "http.disconnect"}]


def test_lifespan_is_answered_until_it_ends() -> None:
    incoming = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}, {"type": "lifespan.startup"}]
    assert drive(State(), incoming, type="lifespan") == [
        {"type": "lifespan.startup.complete"},
        {"type": "lifespan.shutdown.complete"},
    ]
    assert len(incoming) == 1


def test_a_websocket_is_closed() -> None:
    incoming = [{"type": "websocket.connect"}]
    assert drive(State(), incoming, type="websocket") == [{"type": "websocket.close", "code": 1000}]
    assert incoming == []


def test_a_client_that_leaves_amid_its_body_gets_nothing_and_changes_nothing() -> None:
    state = State()
    incoming: list[dict[str, Any]] = [
        {"type": "http.request", "body": b"{", "more_body": True},
        {"type": "http.disconnect"},
    ]
    assert drive(state, incoming, method="POST", path=CREATE) == []
    assert len(state.calls) == 0
