"""Every kind of fault, through every door that can do it; what was applied and what was not."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from wecom_mock import InProcessTransport, Settings, State, create_app, demo_company
from wecom_mock.caller import Caller
from wecom_mock.faults import KINDS, Fault
from wecom_mock.scenario import parse_scenario
from wecom_mock.server import MockServer

sys.path.insert(0, str(Path(__file__).parent))  # the doors beside this file

from doors import DOORS, open_door

NOW = 1795320000.0
ADD = "/cgi-bin/externalcontact/add_msg_template"
TASK = json.dumps({"sender": "zhangsan", "text": {"content": "新品上市"}}, ensure_ascii=False).encode()
LOGIN = {"corpid": "wwdemo", "corpsecret": "demo"}
WIRE = ("in-process", "server")
BEFALLS = {
    "connection": "a new connection",
    "request": "any call",
    "limit": "a call with a good token",
    "valid": "a call that would be accepted",
    "success": "an answer with errcode 0",
}
"""Stages of a call, as the page says them."""


def token_of(state: State) -> str:
    return Caller(state, lambda: NOW).token()


@pytest.fixture
def state() -> State:
    return State()


@pytest.fixture(params=DOORS)
def client(request: pytest.FixtureRequest, state: State) -> Iterator[httpx.Client]:
    with open_door(request.param, state, lambda: NOW) as opened:
        yield opened


@pytest.fixture(params=WIRE)
def wired(request: pytest.FixtureRequest, state: State) -> Iterator[httpx.Client]:
    with open_door(request.param, state, lambda: NOW) as opened:
        yield opened


@pytest.fixture
def add(state: State) -> Callable[[httpx.Client], httpx.Response]:
    token = token_of(state)

    def send(client: httpx.Client, **more: Any) -> httpx.Response:
        return client.post(ADD, params={"access_token": token}, content=TASK, **more)

    return send


def test_every_kind_is_tried_here() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    assert [kind for kind in KINDS if text.count(f'"{kind}"') == 0] == []


def test_the_page_about_faults_is_true(capsys: pytest.CaptureFixture[str]) -> None:
    page = (Path(__file__).parents[3] / "docs/faults.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([a-z0-9-]+)` \|", page, re.M) == list(KINDS)
    for kind, how in KINDS.items():
        (row,) = re.findall(rf"^\| `{kind}` \| (.*) \|$", page, re.M)
        told, befalls, fields = row.split(" | ")
        assert told == how.about[0].upper() + how.about[1:]
        assert befalls == BEFALLS[how.stage]
        assert set(re.findall(r"`([a-z_]+)`", fields)) == how.takes
    code, scenario = (
        re.findall(rf"^```{name}\n(.*?)^```", page, re.M | re.S)[0] for name in ("python", "yaml")
    )
    exec(code, {})
    assert capsys.readouterr().out == ("[(1, 'reset-after', 1), (2, 'errcode', None), (3, 'errcode', 2)]\n")
    assert len(parse_scenario(scenario, demo_company()).rules) == 4


class TestAnswers:
    """What the core answers: the same through every door."""

    def test_an_errcode_has_no_effect(self, client: httpx.Client, state: State, add: Any) -> None:
        state.faults.add(Fault("errcode", "add_msg_template", times=2, errcode=-1, errmsg="system busy"))
        for _ in range(2):
            answer = add(client)
            assert (answer.json()["errcode"], answer.headers["error-code"]) == (-1, "-1")
            assert answer.json()["errmsg"].startswith("system busy, hint: [")
            assert answer.headers["x-mock-reason"] == "injected"
        assert state.tasks == {}
        assert add(client).json()["errcode"] == 0

    def test_an_errcode_may_come_after_the_effect(self, client: httpx.Client, state: State, add: Any) -> None:
        state.faults.add(Fault("errcode", times=1, applied=True))
        assert add(client).json()["errcode"] == -1
        assert len(state.tasks) == 1

    def test_a_token_dies_in_mid_flight(self, client: httpx.Client, state: State, add: Any) -> None:
        state.faults.add(Fault("token-dead", "add_msg_template", times=1))
        assert [add(client).json()["errcode"] for _ in range(2)] == [40014, 40014]
        assert (state.tasks, state.tokens) == ({}, {})
        fresh = client.get("/cgi-bin/gettoken", params=LOGIN).json()["access_token"]
        assert client.post(ADD, params={"access_token": fresh}, content=TASK).json()["errcode"] == 0

    def test_a_suite_token_dies_too(self, state: State) -> None:
        caller = Caller(state, lambda: NOW)
        token = caller.suite_token()
        state.faults.add(Fault("token-dead"))
        body = {"auth_corpid": "wwdemo", "permanent_code": "demo-permanent"}
        assert caller.call("get_corp_token", body, token=token).errcode == 40082
        assert state.suites.tokens == {}
        # An operation without a token has none that could die.
        assert caller.call("gettoken", LOGIN).errcode == 0

    @pytest.mark.parametrize(("kind", "status"), [("html-502", 502), ("html-200", 200)])
    @pytest.mark.parametrize("applied", [None, False, True])
    def test_a_page_instead_of_an_answer(
        self, client: httpx.Client, state: State, add: Any, kind: str, status: int, applied: bool | None
    ) -> None:
        state.faults.add(Fault(kind, times=1, applied=applied))
        answer = add(client)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html")
        assert answer.headers["x-mock-fault"] == kind
        assert answer.text.startswith("<html>")
        assert len(state.tasks) == bool(applied)
        assert add(client).json()["errcode"] == 0

    def test_another_content_type(self, client: httpx.Client, state: State, add: Any) -> None:
        state.faults.add(Fault("content-type", times=1))
        state.faults.add(Fault("content-type", times=1, content_type="text/html; charset=GBK"))
        found = [add(client) for _ in range(3)]
        assert [one.headers["content-type"] for one in found] == [
            "text/plain",
            "text/html; charset=GBK",
            "application/json; charset=UTF-8",
        ]
        assert [one.json()["errcode"] for one in found] == [0, 0, 0]

    def test_bytes_that_are_no_utf_8(self, client: httpx.Client, state: State, add: Any) -> None:
        state.faults.add(Fault("invalid-utf-8", times=1))
        content = add(client).content
        with pytest.raises(UnicodeDecodeError):
            content.decode("utf-8")
        assert json.loads(content.decode("utf-8", "replace"))["msgid"] in state.tasks

    def test_an_errcode_twice(self, client: httpx.Client, state: State, add: Any) -> None:
        state.faults.add(Fault("duplicate-keys", times=1))
        pairs = json.loads(add(client).content, object_pairs_hook=list)
        assert [value for name, value in pairs if name == "errcode"] == [-1, 0]
        state.faults.add(Fault("duplicate-keys", times=1))
        refused = client.post(ADD, content=TASK)
        pairs = json.loads(refused.content, object_pairs_hook=list)
        assert [value for name, value in pairs if name == "errcode"] == [0, 41001]

    def test_an_errcode_as_text(self, client: httpx.Client, state: State, add: Any) -> None:
        state.faults.add(Fault("errcode-text", times=2))
        assert add(client).json()["errcode"] == "0"
        assert client.post(ADD, content=TASK).json()["errcode"] == "41001"

    def test_a_warning_beside_errcode_0(self, client: httpx.Client, state: State, add: Any) -> None:
        state.faults.add(Fault("warning", times=1))
        state.faults.add(Fault("warning", times=1, errmsg="ok, but"))
        # A refusal is no success, and uses nothing up.
        assert client.post(ADD, content=TASK).json()["errcode"] == 41001
        found = [add(client).json() for _ in range(3)]
        assert [one["errcode"] for one in found] == [0, 0, 0]
        assert [one["errmsg"] for one in found] == [
            *("ok, warning: some recipients may be limited", "ok, but", "ok")
        ]

    def test_errcode_0_without_the_id(self, client: httpx.Client, state: State, add: Any) -> None:
        state.faults.add(Fault("no-msgid", times=1))
        # An answer that has no id stays as it is.
        assert client.get("/cgi-bin/gettoken", params=LOGIN).json()["errcode"] == 0
        answer = add(client).json()
        assert (answer["errcode"], "msgid" in answer) == (0, False)
        assert len(state.tasks) == 1
        assert "msgid" in add(client).json()

    @pytest.mark.parametrize(
        ("operation", "body", "missing"),
        [
            ("add_moment_task", {"text": {"content": "x"}}, "jobid"),
            ("group_welcome_template_add", {"text": {"content": "x"}}, "template_id"),
            ("media_upload", {"type": "file", "media": {"filename": "a.txt", "filelength": 6}}, "media_id"),
            ("media_uploadimg", {"media": {"filename": "a.jpg", "filelength": 6}}, "url"),
        ],
    )
    def test_whatever_the_id_is_called(self, state: State, operation: str, body: Any, missing: str) -> None:
        caller = Caller(state, lambda: NOW)
        whole = caller.call(operation, body).body
        state.faults.add(Fault("no-msgid", times=1))
        answer = caller.call(operation, body).body
        assert set(whole) - set(answer) == {missing}

    def test_an_oversized_answer(self, client: httpx.Client, state: State, add: Any) -> None:
        state.faults.add(Fault("oversized", times=1, size=3_000_000))
        answer = add(client)
        assert len(answer.content) == 3_000_000 == int(answer.headers["content-length"])
        assert answer.json()["errcode"] == 0

    def test_oversized_is_16_mib_when_nothing_is_said(self, state: State) -> None:
        state.faults.add(Fault("oversized", times=1))
        assert len(Caller(state, lambda: NOW).call("gettoken", LOGIN).content) == 16 * 1024 * 1024


class TestLimits:
    def test_calls_over_the_frequency_are_refused_until_the_window_is_over(
        self, mock: Any, state: State, clock: Any
    ) -> None:
        token = mock.token()
        state.faults.add(Fault("frequency", "add_msg_template", limit=2, seconds=30))
        body = json.loads(TASK)

        def call() -> int:
            code: int = mock.call("add_msg_template", body, token=token).errcode
            return code

        assert [call() for _ in range(4)] == [0, 0, 45009, 45009]
        assert mock.call("get_groupmsg_list_v2", {}, token=token).errcode != 45009
        clock.forward(29.9)
        assert call() == 45009
        clock.forward(0.1)
        assert [call() for _ in range(3)] == [0, 0, 45009]
        state.faults.clear()
        assert call() == 0

    def test_a_frequency_without_a_limit_refuses_all(self, mock: Any, state: State) -> None:
        token = mock.token()
        fault = state.faults.add(Fault("frequency"))
        refused = mock.call("add_msg_template", json.loads(TASK), token=token)
        assert (refused.errcode, refused.reason, state.tasks) == (45009, "frequency.too-often", {})
        assert fault.fired == 1

    def test_a_frequency_counts_each_operation_and_each_limit_by_itself(
        self, mock: Any, state: State, clock: Any
    ) -> None:
        token = mock.token()
        strict = state.faults.add(Fault("frequency", limit=1))
        loose = state.faults.add(Fault("frequency", limit=2, seconds=90))

        def call(operation: str, body: dict[str, Any]) -> bool:
            return bool(mock.call(operation, body, token=token).errcode == 45009)

        assert not call("add_msg_template", json.loads(TASK))
        assert not call("externalcontact_list", {"userid": "lisi"})
        assert [call("add_msg_template", json.loads(TASK)) for _ in range(2)] == [True, True]
        # The second call of it is within the loose limit, the third is not.
        assert (strict.fired, loose.fired) == (2, 1)
        clock.forward(59.9)
        assert call("externalcontact_list", {"userid": "lisi"})
        clock.forward(0.1)
        assert call("add_msg_template", json.loads(TASK))
        clock.forward(60)
        assert not call("add_msg_template", json.loads(TASK))

    def test_a_call_is_refused_whichever_window_is_over(self, clock: Any) -> None:
        for settings in (
            Settings(calls_per_minute=1, calls_per_hour=9),
            Settings(calls_per_minute=9, calls_per_hour=1),
        ):
            caller = Caller(State(settings=settings), clock)
            assert [caller.call("gettoken", LOGIN).errcode for _ in range(2)] == [0, 45009]

    @pytest.mark.parametrize(("setting", "window"), [("calls_per_minute", 60), ("calls_per_hour", 3600)])
    @pytest.mark.parametrize("of_address", [False, True])
    def test_the_documented_windows_are_settings(
        self, clock: Any, setting: str, window: int, of_address: bool
    ) -> None:
        name = setting + "_of_address" if of_address else setting
        state = State(settings=Settings(**{name: 3}))
        caller = Caller(state, clock)
        token = caller.token()
        codes = [caller.call("add_msg_template", json.loads(TASK), token=token).errcode for _ in range(4)]
        assert codes == ([0, 0, 45009, 45009] if of_address else [0, 0, 0, 45009])
        assert caller.call("gettoken", LOGIN).errcode == (45009 if of_address else 0)
        clock.forward(window)
        assert caller.call("add_msg_template", json.loads(TASK), token=token).errcode == 0

    def test_a_window_begins_anew_when_nothing_was_over(self, clock: Any) -> None:
        caller = Caller(State(settings=Settings(calls_per_minute=1)), clock)
        for _ in range(3):
            assert caller.call("gettoken", LOGIN).errcode == 0
            clock.forward(60)

    def test_wrong_secrets_ban_for_an_hour(self, clock: Any) -> None:
        caller = Caller(State(settings=Settings(wrong_secrets_allowed=2)), clock)
        wrong = {"corpid": "wwdemo", "corpsecret": "wrong"}
        assert [caller.call("gettoken", wrong).errcode for _ in range(2)] == [40091, 40091]
        # A right one in between begins the count anew.
        assert caller.call("gettoken", LOGIN).errcode == 0
        assert [caller.call("gettoken", wrong).errcode for _ in range(4)] == [40091, 40091, 40091, 45009]
        assert caller.call("gettoken", LOGIN).reason == "address.banned"
        clock.forward(3599.9)
        assert caller.call("gettoken", LOGIN).errcode == 45009
        clock.forward(0.1)
        assert caller.call("gettoken", LOGIN).errcode == 0

    def test_nobody_is_banned_by_default(self, mock: Any) -> None:
        wrong = {"corpid": "wwdemo", "corpsecret": "wrong"}
        assert {mock.call("gettoken", wrong).errcode for _ in range(50)} == {40091}

    def test_a_ban_as_a_fault(self, mock: Any, state: State, clock: Any) -> None:
        token = mock.token()
        state.faults.add(Fault("ip-ban"))
        # Other calls go on, and don't use it up.
        assert mock.call("add_msg_template", json.loads(TASK), token=token).errcode == 0
        assert [mock.call("gettoken", LOGIN).errcode for _ in range(2)] == [45009, 45009]
        clock.forward(3600)
        assert mock.call("gettoken", LOGIN).errcode == 0
        state.faults.add(Fault("ip-ban"))
        assert mock.call("gettoken", LOGIN).errcode == 45009
        state.faults.clear()
        assert mock.call("gettoken", LOGIN).errcode == 0


class TestOnTheWire:
    """What only a connection can do: the same exceptions in process and over a socket."""

    @pytest.mark.parametrize(("kind", "tasks"), [("reset-before", 0), ("reset-after", 1)])
    def test_a_reset(self, wired: httpx.Client, state: State, add: Any, kind: str, tasks: int) -> None:
        state.faults.add(Fault(kind, "add_msg_template", times=1))
        with pytest.raises(httpx.ReadError):
            add(wired)
        assert len(state.tasks) == tasks
        assert add(wired).json()["errcode"] == 0

    def test_a_reset_on_a_socket_is_one(self, state: State) -> None:
        state.faults.add(Fault("reset-before"))
        with MockServer(state) as mock, socket.create_connection(("127.0.0.1", mock.port), 30) as raw:
            raw.sendall(b"GET /cgi-bin/gettoken HTTP/1.1\r\nHost: x\r\n\r\n")
            with pytest.raises(ConnectionResetError):
                raw.recv(1)

    @pytest.mark.parametrize(("applied", "tasks"), [(None, 1), (True, 1), (False, 0)])
    def test_no_answer(
        self, wired: httpx.Client, state: State, add: Any, applied: bool | None, tasks: int
    ) -> None:
        state.faults.add(Fault("silence", times=1, applied=applied))
        with pytest.raises(httpx.ReadTimeout):
            add(wired, timeout=0.2)
        assert len(state.tasks) == tasks
        assert add(wired).json()["errcode"] == 0

    @pytest.mark.parametrize(("kind", "status"), [("reset-before", 502), ("silence", 504)])
    def test_in_the_log_a_call_without_an_answer_is_one_of_a_gateway(
        self, state: State, kind: str, status: int
    ) -> None:
        state.faults.add(Fault(kind, times=1))
        Caller(state, lambda: NOW).call("gettoken", LOGIN)
        last = state.calls.last
        assert (last.status, last.answer_text, last.headers) == (status, "", ())

    def test_silence_with_an_end(self, wired: httpx.Client, state: State, add: Any) -> None:
        state.faults.add(Fault("silence", times=1, seconds=0.01))
        with pytest.raises(httpx.RemoteProtocolError, match="disconnected without"):
            add(wired)

    @pytest.mark.parametrize("size", [None, 0, 5, 10**6])
    def test_a_body_that_breaks_off(
        self, wired: httpx.Client, state: State, add: Any, size: int | None
    ) -> None:
        state.faults.add(Fault("truncate", times=1, size=size))
        if size == 10**6:
            assert add(wired).json()["errcode"] == 0
            return
        with pytest.raises(httpx.RemoteProtocolError) as caught:
            add(wired)
        told = "" if size is None else f"received {size} bytes"
        assert "incomplete" in str(caught.value) or told in str(caught.value)
        assert len(state.tasks) == 1

    def test_drops(self, wired: httpx.Client, state: State, add: Any) -> None:
        state.faults.add(Fault("slow", times=1, size=50, pause=0.001))
        assert add(wired).json()["msgid"] in state.tasks

    def test_drops_that_are_too_slow(self, wired: httpx.Client, state: State, add: Any) -> None:
        state.faults.add(Fault("slow", times=1, size=200, pause=60))
        with pytest.raises(httpx.ReadTimeout):
            add(wired, timeout=0.2)
        assert len(state.tasks) == 1

    def test_no_connection(self, wired: httpx.Client, state: State, add: Any) -> None:
        assert add(wired).json()["errcode"] == 0
        fault = state.faults.add(Fault("refuse"))
        for _ in range(2):
            with pytest.raises(httpx.ConnectError):
                add(wired)
        state.faults.remove(fault.number)
        assert add(wired).json()["errcode"] == 0
        assert len(state.tasks) == 2

    def test_no_connection_for_a_number_of_times(self, wired: httpx.Client, state: State, add: Any) -> None:
        state.faults.add(Fault("refuse", times=2))
        for _ in range(2):
            # A socket that counts has to take the connection, and resets it: whether the client finds that when
            # it writes or when it reads is chance, and the errors differ.
            with pytest.raises(httpx.TransportError):
                add(wired)
        assert add(wired).json()["errcode"] == 0

    def test_no_connection_for_a_while(self, state: State) -> None:
        with MockServer(state) as mock:
            over = threading.Event()
            state.faults.add(Fault("refuse", seconds=0.05))
            state.faults.listen(over.set)
            assert over.wait(30)
            with socket.create_connection(("127.0.0.1", mock.port), 30):
                assert state.faults.list() == ()

    def test_a_server_may_start_and_stop_while_it_refuses(self, state: State) -> None:
        state.faults.add(Fault("refuse"))
        with MockServer(state) as mock, pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", mock.port), 30)
        state.faults.clear()
        with MockServer(state, port=mock.port) as again:
            socket.create_connection(("127.0.0.1", again.port), 30).close()

    def test_async_clients_meet_the_same(self, state: State) -> None:
        token = token_of(state)

        async def run() -> list[str]:
            found = []
            async with httpx.AsyncClient(
                base_url="http://127.0.0.1", transport=InProcessTransport(state, lambda: NOW)
            ) as client:
                for kind in ("reset-before", "reset-after", "silence", "truncate", "refuse", "slow"):
                    state.faults.add(Fault(kind, times=1))
                    try:
                        answer = await client.post(ADD, params={"access_token": token}, content=TASK)
                        found.append(str(answer.json()["errcode"]))
                    except httpx.TransportError as error:
                        found.append(type(error).__name__)
            return found

        assert asyncio.run(run()) == [
            *("ReadError", "ReadError", "ReadTimeout", "RemoteProtocolError", "ConnectError", "0")
        ]
        assert len(state.tasks) == 4


class TestThroughASGI:
    @pytest.mark.parametrize(("kind", "tasks"), [("reset-before", 0), ("reset-after", 1), ("refuse", 0)])
    def test_what_an_application_can_not_do_it_says(
        self, state: State, add: Any, kind: str, tasks: int
    ) -> None:
        state.faults.add(Fault(kind, times=1))
        with open_door("asgi", state, lambda: NOW) as client:
            answer = add(client)
            assert (answer.status_code, len(state.tasks)) == (500, tasks)
            told = f"{kind}; an ASGI application can't break a connection"
            assert answer.headers["x-mock-fault"] == told
            assert add(client).json()["errcode"] == 0

    def test_what_it_can_it_does(self, state: State, add: Any) -> None:
        with open_door("asgi", state, lambda: NOW) as client:
            state.faults.add(Fault("slow", times=1, pause=0.001))
            assert add(client).json()["errcode"] == 0
            state.faults.add(Fault("truncate", times=1))
            with pytest.raises(httpx.RemoteProtocolError):
                add(client)
            state.faults.add(Fault("silence", times=1))
            with pytest.raises(httpx.ReadTimeout):
                add(client, timeout=0.2)
            assert add(client).json()["errcode"] == 0
            assert len(state.tasks) == 4

    def test_silence_with_an_end_sends_nothing(self, state: State) -> None:
        state.faults.add(Fault("silence", seconds=0.01))
        sent: list[Any] = []

        async def run() -> None:
            gone = asyncio.Event()
            incoming = [{"type": "http.request"}]

            async def receive() -> Any:
                if not incoming:
                    await gone.wait()
                return incoming.pop()

            async def send(message: Any) -> None:
                sent.append(message)

            scope = {
                "type": "http",
                "method": "GET",
                "path": "/cgi-bin/gettoken",
                "query_string": b"",
                "headers": [],
            }
            await create_app(state, lambda: NOW)(scope, receive, send)

        asyncio.run(run())
        assert sent == []


class TestWhichCallMeetsWhich:
    def test_in_the_order_in_which_they_were_added(self, mock: Any, state: State) -> None:
        token = mock.token()
        state.faults.add(Fault("errcode", "get_groupmsg_list_v2", errcode=1))
        state.faults.add(Fault("errcode", "add_msg_template", times=2, errcode=2))
        state.faults.add(Fault("html-502", times=1))
        state.faults.add(Fault("errcode", "add_msg_template", times=1, errcode=3))

        def call() -> int | None:
            code: int | None = mock.call("add_msg_template", json.loads(TASK), token=token).errcode
            return code

        caller = Caller(state, lambda: NOW)
        answers = [caller.call("add_msg_template", json.loads(TASK), token=token) for _ in range(5)]
        assert [(one.status, one.errcode) for one in answers] == [
            *((200, 2), (200, 2), (502, None), (200, 3), (200, 0))
        ]
        assert [one.fired for one in state.faults.list()] == [0]

    def test_a_probability_follows_from_the_seed(self) -> None:
        def codes(seed: int) -> list[int]:
            state = State(seed=seed)
            caller = Caller(state, lambda: NOW)
            state.faults.add(Fault("errcode", probability=0.3, errcode=7))
            return [caller.call("gettoken", LOGIN).errcode or 0 for _ in range(400)]

        first = codes(1)
        assert first == codes(1) != codes(2)
        assert 80 < first.count(7) < 160
        assert set(first) == {0, 7}

    def test_the_ends_of_probability(self, mock: Any, state: State) -> None:
        state.faults.add(Fault("errcode", probability=0))
        assert {mock.call("gettoken", LOGIN).errcode for _ in range(50)} == {0}
        state.faults.add(Fault("errcode", probability=1))
        assert {mock.call("gettoken", LOGIN).errcode for _ in range(50)} == {-1}

    def test_clear_draws_anew(self, mock: Any, state: State) -> None:
        def codes() -> list[int]:
            state.faults.clear()
            state.faults.add(Fault("errcode", probability=0.5))
            return [mock.call("gettoken", LOGIN).errcode for _ in range(50)]

        assert codes() == codes()

    def test_a_path_that_is_no_operation_meets_none(self, state: State) -> None:
        state.faults.add(Fault("html-502"))
        assert Caller(state, lambda: NOW).send("GET", "/cgi-bin/nothing").status == 404

    def test_list_remove_and_reset(self, state: State) -> None:
        first, second = state.faults.add(Fault("slow")), state.faults.add(Fault("truncate", times=3))
        assert [(one.number, one.kind, one.left) for one in state.faults.list()] == [
            *((1, "slow", None), (2, "truncate", 3))
        ]
        state.faults.remove(first.number)
        with pytest.raises(LookupError, match=r"^no fault 1$"):
            state.faults.remove(first.number)
        assert state.faults.list() == (second,)
        state.reset()
        assert state.faults.list() == ()

    @pytest.mark.parametrize("kind", KINDS)
    def test_whatever_the_kind_each_call_is_answered_and_used_up(self, kind: str) -> None:
        state = State()
        times = None if kind == "frequency" else 2
        fault = state.faults.add(Fault(kind, times=times, pause=0 if kind == "slow" else None))
        caller = Caller(state, lambda: NOW)
        if fault.how.stage == "connection":
            assert [state.faults.refuses() for _ in range(3)] == [fault, fault, None]
        else:
            for _ in range(6):
                with InProcess(state) as client:
                    client.get("/cgi-bin/gettoken", params=LOGIN)
            assert state.faults.list() == (() if fault.fired == 2 else (fault,))
            expected = {"token-dead": 0, "no-msgid": 0, "frequency": 6}.get(kind, 2)
            assert fault.fired == expected
        state.faults.clear()
        assert caller.call("gettoken", LOGIN).errcode == 0


class InProcess(httpx.Client):
    """A client to which a broken connection is no matter."""

    def __init__(self, state: State) -> None:
        super().__init__(base_url="http://x", transport=InProcessTransport(state, lambda: NOW))

    def get(self, *arguments: Any, **more: Any) -> httpx.Response:
        try:
            return super().get(*arguments, **more)
        except httpx.TransportError:
            return httpx.Response(599)
