"""Vectors and a task's whole life through every door, with the same results."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from wecom_conformance.vectors import Vector, load_vectors
from wecom_contract import OPERATIONS
from wecom_mock import Settings, State
from wecom_mock.caller import Caller, form_of

sys.path.insert(0, str(Path(__file__).parent))  # the doors beside this file

from doors import DOORS, open_door

NOW = 1795320000.0
POST = "/cgi-bin/externalcontact/"
TASK = {"sender": "zhangsan", "text": {"content": "新品上市"}}
LARGEST = 200_000


@pytest.fixture(params=DOORS)
def door(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


def form_can_have(part: Any) -> bool:
    """Whether there is a part of a form that has this description."""
    types = {"filename": str, "content_type": str, "filelength": int}
    return (
        isinstance(part, dict)
        and all(type(value) is types.get(name) for name, value in part.items())
        and 0 <= part.get("filelength", 0) < LARGEST
        and all(
            str(value) == str(value).strip() and str(value).isprintable() and '"' not in str(value)
            for value in part.values()
        )
    )


def calls(state: State) -> Iterator[tuple[Vector, httpx.Request]]:
    """Every vector of a body that JSON can carry, as the request that it is."""
    caller = Caller(state, lambda: NOW)
    tokens = {"access_token": caller.token(), "suite_access_token": caller.suite_token()}
    for vector in load_vectors():
        known, body = OPERATIONS[vector.operation], vector.body
        query = {known.auth: tokens[known.auth]} if known.auth else {}
        headers, raw = {}, b""
        if known.parts or not known.has_body or known.query:
            if not isinstance(body, dict):
                continue
            beside = {
                name: value
                for name, value in body.items()
                if name not in known.parts and (name in known.query or not known.has_body)
            }
            if not all(isinstance(value, str) for value in beside.values()):
                continue  # an address holds text alone
            query |= beside
            body = {name: value for name, value in body.items() if name not in beside}
        if known.parts:
            if not all(form_can_have(value) for value in body.values()):
                continue
            raw, headers["Content-Type"] = form_of(body)
        elif known.has_body:
            raw = json.dumps(body, ensure_ascii=False).encode()
        if len(raw) < LARGEST:
            url = f"http://127.0.0.1{known.path}?{urlencode(query)}"
            yield vector, httpx.Request(known.method, url, content=raw, headers=headers)


def results(door: str) -> list[tuple[str, int, list[tuple[str, str]], bytes]]:
    state = State(settings=Settings(moments_per_minute=None))
    found = []
    with open_door(door, state, lambda: NOW) as client:
        for vector, request in calls(state):
            request.url = client.base_url.copy_with(raw_path=request.url.raw_path)
            answer = client.send(request)
            headers = [
                one for one in answer.headers.multi_items() if one[0] not in {"date", "connection", "server"}
            ]
            found.append((vector.id, answer.status_code, headers, answer.content))
    return found


@pytest.fixture(scope="module")
def expected() -> list[tuple[str, int, list[tuple[str, str]], bytes]]:
    return results("in-process")


def test_the_vectors_are_there_and_judged(
    expected: list[tuple[str, int, list[tuple[str, str]], bytes]],
) -> None:
    assert len(expected) > 1500
    by_id = {vector.id: vector for vector in load_vectors()}
    for name, status, headers, content in expected:
        rule = dict(headers).get("x-mock-rule", "").partition(";")[0]
        assert status == 200
        assert not rule or rule in by_id[name].rules, name
        assert by_id[name].accepted or json.loads(content)["errcode"] != 0, name
    assert Counter("x-mock-rule" in dict(headers) for _, _, headers, _ in expected)[True] > 700


@pytest.mark.parametrize("other", DOORS[1:])
def test_every_vector_gets_the_same_bytes_through_every_door(
    other: str, expected: list[tuple[str, int, list[tuple[str, str]], bytes]]
) -> None:
    assert results(other) == expected


def test_a_tasks_whole_life(door: str) -> None:
    state, now = State(), [NOW]
    with open_door(door, state, lambda: now[0]) as client:
        login = {"corpid": "wwdemo", "corpsecret": "demo"}
        token = client.get("/cgi-bin/gettoken", params=login).json()["access_token"]

        def call(name: str, body: Any) -> Any:
            raw = json.dumps(body, ensure_ascii=False).encode()
            return client.post(POST + name, params={"access_token": token}, content=raw).json()

        msgid = call("add_msg_template", TASK)["msgid"]
        assert state.tasks[msgid].body == TASK
        assert call("remind_groupmsg_send", {"msgid": msgid})["errcode"] == 0
        now[0] += 60
        state.confirm(msgid, "zhangsan", now[0])
        (member,) = call("get_groupmsg_task", {"msgid": msgid})["task_list"]
        assert member == {"userid": "zhangsan", "status": 2, "send_time": int(NOW) + 60}
        sent = call("get_groupmsg_send_result", {"msgid": msgid, "userid": "zhangsan", "limit": 2})
        assert [row["status"] for row in sent["send_list"]] == [1, 1]
        assert sent["next_cursor"]
        assert call("cancel_groupmsg_send", {"msgid": msgid})["errcode"] == 0
        assert call("cancel_groupmsg_send", {"msgid": "msg"})["errcode"] == 41047
        now[0] += 7200
        assert call("get_groupmsg_task", {"msgid": msgid})["errcode"] == 42001
        state.revoke_tokens()
        assert call("get_groupmsg_task", {"msgid": msgid})["errcode"] == 40014
