"""What a seeded fault showed that no other test saw: whose clock counts, and how answers are written."""

from __future__ import annotations

import asyncio
import json
from collections.abc import MutableMapping
from typing import Any

import httpx

from wecom_mock import Settings, State
from wecom_mock.asgi import create_app
from wecom_mock.core import handle
from wecom_mock.transport import InProcessTransport
from wecom_mock.wire import Request, success

PATH = "/cgi-bin/externalcontact/get_groupmsg_task"


def test_the_transport_asks_the_clock_that_it_was_given() -> None:
    now = 1000.0
    state = State()
    app = state.company.apps[0]
    with httpx.Client(transport=InProcessTransport(state, lambda: now), base_url="http://mock") as client:
        query = {"corpid": state.company.corpid, "corpsecret": app.secret}
        token = client.get("/cgi-bin/gettoken", params=query).json()["access_token"]
        body = {"msgid": "none"}
        assert client.post(PATH, params={"access_token": token}, json=body).json()["errcode"] == 41047
        now += 7200
        assert client.post(PATH, params={"access_token": token}, json=body).json()["errcode"] == 42001


def test_answers_are_written_in_raw_utf_8() -> None:
    assert '"name":"王"'.encode() in success(State(), {"name": "王"}).body


def test_a_refusal_is_an_answer_of_http_200() -> None:
    reply = handle(State(), Request("POST", PATH, b"", b"{}"), 0.0)
    assert (reply.status, json.loads(reply.body)["errcode"]) == (200, 41001)


def test_a_query_may_have_64_parameters() -> None:
    def reason(count: int) -> str | None:
        query = "&".join(f"a{number}=1" for number in range(count)).encode()
        return dict(handle(State(), Request("GET", "/cgi-bin/gettoken", query), 0.0).headers).get(
            "X-Mock-Reason"
        )

    assert (reason(64), reason(65)) == (None, "request.query")


def through_asgi(state: State, query: bytes, pieces: list[bytes]) -> tuple[int, bytes]:
    """Status and body of the answer to a body that comes in pieces; those that were asked for are taken away."""
    scope = {"type": "http", "method": "POST", "path": PATH, "query_string": query, "headers": []}
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        piece = pieces.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(pieces)}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    asyncio.run(create_app(state, lambda: 0.0)(scope, receive, send))
    return sent[0]["status"], sent[1]["body"]


def test_pieces_of_a_body_are_put_together_by_the_asgi_app() -> None:
    state = State()
    token, _ = state.token_for(state.company.apps[0], 0.0)
    query = f"access_token={token}".encode()
    status, body = through_asgi(state, query, [b'{"msgid":', b'"none"}'])
    assert (status, json.loads(body)["errcode"]) == (200, 41047)


def test_pieces_of_a_body_count_together_to_the_asgi_app() -> None:
    state = State(settings=Settings(max_body_bytes=20))
    assert through_asgi(state, b"", [b"{}" + b" " * 8, b" " * 10])[0] == 200
    assert through_asgi(state, b"", [b"{}" + b" " * 9, b" " * 10])[0] == 413


def test_the_rest_of_a_body_that_is_too_large_is_not_asked_for_by_the_asgi_app() -> None:
    state = State(settings=Settings(max_body_bytes=20))
    pieces = [b" " * 15, b" " * 10, b" " * 5]
    assert through_asgi(state, b"", pieces)[0] == 413
    assert pieces == [b" " * 5]
