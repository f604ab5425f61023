"""The log of calls: parsed, masked, bounded."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from wecom_contract import OPERATIONS
from wecom_mock import Settings, State
from wecom_mock.caller import Caller, form_of
from wecom_mock.calls import CallLog
from wecom_mock.wire import Reply, Request

NOW = 1795320000.0
TASK: dict[str, Any] = {"sender": "zhangsan", "text": {"content": "新品上市"}}
PNG = b"\x89PNG\r\n\x1a\n" + bytes(2000)


@pytest.fixture
def caller(state: State) -> Caller:
    return Caller(state, lambda: NOW)


def test_a_call_is_there_parsed(state: State, caller: Caller) -> None:
    answer = caller.call("add_msg_template", TASK)
    token, task = state.calls
    assert (token.number, token.operation, token.method, token.path) == (
        1,
        "gettoken",
        "GET",
        "/cgi-bin/gettoken",
    )
    assert (token.body, token.text, token.files) == (None, "", {})
    assert (task.number, task.at, task.operation) == (2, NOW, "add_msg_template")
    assert (task.method, task.path) == ("POST", "/cgi-bin/externalcontact/add_msg_template")
    assert (task.body, task.files) == (TASK, {})
    assert (task.status, task.errcode, task.accepted) == (200, 0, True)
    assert task.answer == answer.body
    assert (task.rule, task.path_broken, task.reason) == (None, None, None)
    assert task.warnings == ("audience.everyone-single",)
    assert task.seconds > 0
    assert state.calls.last == task
    assert state.calls.of("add_msg_template") == [task]
    assert state.calls[0] == token
    assert state.calls[-1:] == [task]
    assert repr(task) == "<2: POST /cgi-bin/externalcontact/add_msg_template → errcode 0>"


def test_a_broken_rule_and_a_reason(state: State, caller: Caller) -> None:
    caller.call("add_msg_template", {**TASK, "text": {"content": ""}})
    broken = state.calls.last
    assert (broken.errcode, broken.accepted) == (40058, False)
    assert (broken.rule, broken.path_broken, broken.reason) == ("text.content.empty", "text.content", None)
    caller.call("add_msg_template", {**TASK, "sender": "nobody"})
    refused = state.calls.last
    assert (refused.rule, refused.path_broken, refused.reason) == (None, None, "sender.unknown")


def test_what_is_no_call_of_the_api_is_there_too(state: State, caller: Caller) -> None:
    caller.send("POST", "/cgi-bin/unknown", b"a=1", b"\xff not json")
    unknown = state.calls.last
    assert (unknown.operation, unknown.status, unknown.errcode, unknown.answer) == (None, 404, None, None)
    assert (unknown.body, unknown.text, unknown.query) == (None, "\ufffd not json", "a=1")
    assert not unknown.accepted
    assert repr(unknown) == "<1: POST /cgi-bin/unknown → 404>"


def test_an_upload_is_told_without_its_bytes(state: State, caller: Caller) -> None:
    file = {"filename": "新品.png", "content_type": "image/png", "filelength": len(PNG), "content": PNG}
    caller.call("media_upload", {"type": "image", "media": file})
    upload = state.calls.last
    assert upload.files == {
        "media": {"filename": "新品.png", "content_type": "image/png", "filelength": len(PNG)}
    }
    assert upload.body == {"media": upload.files["media"]}
    assert (upload.text, upload.size, upload.accepted) == ("", 0, True)
    caller.call("gettoken", {"corpid": "wwdemo", "corpsecret": "demo"})
    assert state.calls.last.files == {}
    # Nor of one that is refused, before its form is read or because of it.
    path, token = "/cgi-bin/media/upload", caller.token()
    raw, content_type = form_of({"media": file})
    caller.send("POST", path, "type=image", raw, content_type)
    assert state.calls.last.reason == "token.missing"
    assert (state.calls.last.files, state.calls.last.text) == (upload.files, "")
    caller.send("POST", path, f"type=image&access_token={token}", raw, "text/plain")
    assert (state.calls.last.files, state.calls.last.text) == ({}, "")


def test_a_body_over_the_limit_is_not_kept() -> None:
    state = State(settings=Settings(max_body_bytes=100))
    Caller(state, lambda: NOW).send("POST", "/cgi-bin/externalcontact/add_msg_template", b"", b"x" * 101)
    assert (state.calls.last.status, state.calls.last.size) == (413, 0)


def everything(exchange: Any) -> str:
    """All that an entry tells of itself."""
    names = [name for name in dir(exchange) if not name.startswith("_") and name != "raw_query"]
    return repr(exchange) + repr([getattr(exchange, name) for name in names])


def test_no_token_secret_ticket_or_code_is_told(state: State, caller: Caller) -> None:
    token = caller.token()
    suite = caller.suite_token()
    caller.call("get_corp_token", {"auth_corpid": "wwdemo", "permanent_code": "demo-permanent"})
    corp_token = list(state.tokens)[-1]
    caller.call("add_msg_template", TASK, token=token)
    # In a body that is no JSON, in a path and in a query that were mixed up.
    body = b'{"suite_secret": "demo-suite", "suite_ticket" : "demo-ticket" '
    caller.send("POST", "/cgi-bin/service/get_suite_token", f"x=1&access_token={token}", body)
    caller.send("GET", f"/cgi-bin/gettoken&corpsecret=very-secret&access_token={token}", b"")
    told = "".join(everything(exchange) for exchange in state.calls) + repr(state.calls)
    for secret in (token, suite, corp_token, "demo-suite", "demo-ticket", "demo-permanent", "very-secret"):
        assert secret not in told, secret
    assert "corpsecret=***" in state.calls[0].query
    assert state.calls[0].answer["access_token"] == "***"
    assert state.calls[1].body["suite_secret"] == "***"
    assert json.loads(state.calls[0].answer_text)["access_token"] == "***"


def test_what_is_no_secret_is_not_masked(state: State, caller: Caller) -> None:
    content = "token=1 and secret: ticket"
    caller.call("add_msg_template", {**TASK, "text": {"content": content}})
    assert state.calls.last.body["text"]["content"] == content
    assert "sender" in state.calls.last.text


def test_a_reset_forgets_it(state: State, caller: Caller) -> None:
    caller.token()
    state.reset()
    assert list(state.calls) == []
    with pytest.raises(LookupError, match=r"^there was no call$"):
        assert state.calls.last
    assert repr(state.calls) == "<no calls>"
    caller.token()
    assert [exchange.number for exchange in state.calls] == [1]


def note(log: CallLog, body: bytes) -> None:
    log.add("add_msg_template", Request("POST", "/", b"", body), Reply(200, (), b"{}"), NOW, 0.0)


def test_the_log_keeps_so_many_entries_and_no_more() -> None:
    log = CallLog(limit=3)
    for number in range(3):
        note(log, b"%d" % number)
    assert (len(log), log.forgotten) == (3, 0)
    note(log, b"3")
    assert (len(log), log.forgotten) == (3, 1)
    assert [exchange.number for exchange in log] == [2, 3, 4]
    assert [exchange.text for exchange in log] == ["1", "2", "3"]


def test_the_log_keeps_so_many_bytes_and_no_more() -> None:
    entry = 2048 + 1000 + 2
    log = CallLog(most_bytes=3 * entry)
    for _ in range(3):
        note(log, b"x" * 1000)
    assert log.forgotten == 0
    note(log, b"x" * 1001)
    assert (len(log), log.forgotten) == (2, 2)
    # The last one is kept, however large it is.
    note(log, b"x" * 100_000)
    assert [exchange.size for exchange in log] == [100_000]


def test_a_log_without_room_is_no_log() -> None:
    for arguments in ({"limit": 0}, {"most_bytes": 0}):
        with pytest.raises(ValueError, match=r"^a log of calls keeps at least one entry$"):
            CallLog(**arguments)
    assert (CallLog(limit=1).limit, CallLog(most_bytes=1).most_bytes) == (1, 1)


def test_how_much_a_log_keeps_where_nothing_is_said() -> None:
    log = CallLog()
    for _ in range(10_000):
        note(log, b"")
    assert log.forgotten == 0
    note(log, b"")
    assert (len(log), log.forgotten) == (10_000, 1)
    log, megabyte = CallLog(), b"x" * (1024 * 1024 - 2048 - 2)
    for _ in range(64):
        note(log, megabyte)
    assert log.forgotten == 0
    note(log, b"")
    assert log.forgotten == 1


def test_a_log_tells_its_last_five_calls(state: State, caller: Caller) -> None:
    def told(*numbers: int) -> str:
        return ", ".join(f"<{number}: GET /cgi-bin/gettoken → errcode 0>" for number in numbers)

    for calls in (f"<1 calls: {told(1)}>", f"<2 calls: {told(1, 2)}>"):
        caller.token()
        assert repr(state.calls) == calls
    for _ in range(3):
        caller.token()
    assert repr(state.calls) == f"<5 calls: {told(1, 2, 3, 4, 5)}>"
    caller.token()
    assert repr(state.calls) == f"<6 calls: …, {told(2, 3, 4, 5, 6)}>"


def test_an_answer_without_an_errcode_is_a_success() -> None:
    log = CallLog()
    note(log, b"")
    assert (log.last.errcode, log.last.accepted) == (0, True)


def test_threads_may_read_while_others_write(state: State) -> None:
    caller = Caller(state, lambda: NOW)

    def call(_: int) -> int:
        caller.call("gettoken", {"corpid": "wwdemo", "corpsecret": "demo"})
        return sum(exchange.accepted for exchange in state.calls)

    with ThreadPoolExecutor(8) as pool:
        assert max(pool.map(call, range(200))) == 200
    assert [exchange.number for exchange in state.calls] == list(range(1, 201))


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_operation_is_named(state: State, operation: str) -> None:
    known = OPERATIONS[operation]
    Caller(state, lambda: NOW).send(known.method, known.path)
    assert state.calls.last.operation == operation


class ComingBetween:
    """The lock of a state, with a call that comes as soon as it is free for the first time."""

    def __init__(self, call: Callable[[], object]) -> None:
        self._lock, self._depth, self._call = threading.RLock(), 0, call

    def __enter__(self) -> None:
        self._lock.acquire()
        self._depth += 1

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        self._lock.release()
        if self._depth == 0:
            call, self._call = self._call, lambda: None
            call()


def test_a_call_is_in_the_log_before_the_next_one_begins(state: State, caller: Caller) -> None:
    token = caller.token()
    state.calls.clear()
    state.lock = ComingBetween(lambda: caller.call("add_msg_template", TASK, token=token))
    file = {"filename": "a.txt", "filelength": 2000}
    caller.call("media_upload", {"type": "file", "media": file}, token=token)
    upload, task = state.calls
    assert (upload.operation, upload.files["media"]["filename"], upload.size) == ("media_upload", "a.txt", 0)
    assert (task.operation, task.form, task.body) == ("add_msg_template", None, TASK)
