"""The caller that tests without a client use: what it sends, and how it takes an answer apart."""

from __future__ import annotations

import time

import pytest

from wecom_mock import State
from wecom_mock.caller import Answer, Caller, form_of
from wecom_mock.company_file import parse_company

NOW = 1795320000.0
LOGIN = {"corpid": "wwdemo", "corpsecret": "demo"}


@pytest.fixture
def caller() -> Caller:
    return Caller(State(), lambda: NOW)


def test_a_form_byte_by_byte() -> None:
    files = {
        "a": {"filename": "新.txt", "content_type": "text/plain", "content": b"hello", "filelength": 9},
        "b": {"filelength": 3},
        "c": {},
    }
    raw, kind = form_of(files)
    assert kind == "multipart/form-data; boundary=----wecom-mock-caller"
    assert raw == (
        b'------wecom-mock-caller\r\nContent-Disposition: form-data; name="a"; filename="\xe6\x96\xb0.txt"\r\n'
        b"Content-Type: text/plain\r\n\r\nhello\r\n"
        b'------wecom-mock-caller\r\nContent-Disposition: form-data; name="b"\r\n\r\n\0\0\0\r\n'
        b'------wecom-mock-caller\r\nContent-Disposition: form-data; name="c"\r\n\r\n\r\n'
        b"------wecom-mock-caller--\r\n"
    )


def test_a_success_taken_apart(caller: Caller) -> None:
    answer = caller.call("add_msg_template", {"sender": "zhangsan", "text": {"content": "x"}})
    assert (answer.status, answer.errcode, answer.errmsg) == (200, 0, "ok")
    assert (answer.rule, answer.path, answer.reason) == (None, None, None)
    assert answer.warnings == ("audience.everyone-single",)
    assert answer.headers["content-type"] == "application/json; charset=UTF-8"
    assert str(answer.body["msgid"]).encode() in answer.content
    assert "msgid" not in repr(answer)


def test_a_refusal_taken_apart(caller: Caller) -> None:
    answer = caller.call("add_msg_template", {"sender": "zhangsan", "text": {"content": ""}})
    assert (answer.errcode, answer.rule, answer.path) == (40058, "text.content.empty", "text.content")
    assert (answer.reason, answer.warnings) == (None, ())
    assert "hint" not in answer.errmsg
    assert "hint: [" in answer.body["errmsg"]
    answer = caller.call("add_msg_template", {"sender": "nobody", "text": {"content": "x"}})
    assert (answer.rule, answer.path, answer.reason) == (None, None, "sender.unknown")


def test_a_page_taken_apart(caller: Caller) -> None:
    answer = caller.send("GET", "/nothing")
    assert (answer.status, answer.body, answer.errcode, answer.errmsg) == (404, {}, None, "")
    assert (answer.rule, answer.path, answer.reason, answer.warnings) == (None, None, None, ())
    assert answer.content.startswith(b"<html>")


def test_two_warnings_are_two() -> None:
    headers = {"x-mock-warning": "a.b; path=x, c.d; path="}
    assert Answer(200, headers, b"", {}).warnings == ("a.b", "c.d")


def test_what_is_sent(caller: Caller) -> None:
    token = caller.token()
    assert token == caller.token("demo") != caller.token("demo-sales")
    caller.send("GET", "/cgi-bin/gettoken", "corpid=公司", b"", "text/plain")
    last = caller.state.calls.last
    assert (last.method, last.path, last.raw_query, last.content_type, last.at) == (
        *("GET", "/cgi-bin/gettoken", "corpid=公司".encode(), "text/plain", NOW),
    )
    caller.call("add_msg_template", {"sender": "张三"}, token=token)
    last = caller.state.calls.last
    assert (last.raw_query, last.text) == (f"access_token={token}".encode(), '{"sender": "张三"}')
    caller.call("add_msg_template", b"\xff", token="x&y")
    last = caller.state.calls.last
    assert (last.raw_query, last.text) == (b"access_token=x%26y", "\ufffd")


def test_the_token_of_a_suite_that_is_named() -> None:
    company = parse_company(
        "corpid: ww1\napps: [{name: a, secret: s}]\n"
        "suites: [{suite_id: s1, secret: x, ticket: t}, {suite_id: s2, secret: y, ticket: u}]\n"
    )
    caller = Caller(State(company), lambda: NOW)
    for suite_id, expected in ((None, "s1"), ("s1", "s1"), ("s2", "s2")):
        caller.suite_token(suite_id)
        assert caller.state.calls.last.body["suite_id"] == expected


def test_an_upload_sends_what_describes_its_file(caller: Caller) -> None:
    file = {"filename": "a.txt", "filelength": 6, "content_type": "text/plain"}
    assert caller.call("media_upload", {"type": "file", "media": file}).errcode == 0
    last = caller.state.calls.last
    assert last.files == {"media": file}
    assert last.query == "access_token=***&type=file"


def test_without_a_clock_it_is_now() -> None:
    caller = Caller(State())
    before = time.time()
    caller.call("gettoken", LOGIN)
    assert before <= caller.state.calls.last.at <= time.time()
