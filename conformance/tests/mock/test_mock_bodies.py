"""From bytes to data: what counts as a body, and what each kind of broken one is answered."""

from __future__ import annotations

import json
from typing import Any

import pytest

from wecom_contract import OPERATIONS
from wecom_mock import Request, Settings, State, handle
from wecom_mock.body import MAX_DEPTH, has_unicode_escape
from wecom_mock.caller import Caller

PATH = OPERATIONS["add_msg_template"].path
GOOD = '{"sender":"zhangsan","text":{"content":"新品上市 🎉"}}'


def post(mock: Any, raw: bytes | str) -> Any:
    return mock.call("add_msg_template", raw.encode() if isinstance(raw, str) else raw)


@pytest.mark.parametrize("raw", [GOOD, f" \r\n\t{GOOD}\n", GOOD.replace(",", " , ").replace(":", ": ")])
def test_raw_utf8_json_is_taken(mock: Any, raw: str) -> None:
    assert post(mock, raw).errcode == 0


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "body.empty"),
        (b" \r\n", "body.empty"),
        (b"{", "body.json"),
        (b"{}}", "body.json"),
        (b"{} {}", "body.json"),
        (b"sender=zhangsan", "body.json"),
        (b"<html></html>", "body.json"),
        (b"{'sender':'zhangsan'}", "body.json"),
        (b'{"sender":"zhangsan",}', "body.json"),
        (b'{"sender":"zhang\nsan"}', "body.json"),
        (b'{"sender":"\\x41"}', "body.json"),
        (b'{"sender":"unclosed \\u4f60', "body.json"),
        (b"\xef\xbb\xbf{}", "body.json"),
        ('{"sender":"张三"}'.encode("gbk"), "body.encoding"),
        ('{"sender":"a"}'.encode("utf-16"), "body.encoding"),
        (b'{"sender":"\xed\xa0\x80"}', "body.encoding"),
        (b'{"sender":"\xc0\xaf"}', "body.encoding"),
        (b"\x1f\x8b\x08\x00", "body.encoding"),
        (b'{"sender":"a","sender":"a"}', "body.duplicate-key"),
        (b'{"text":{"content":"a","content":"b"}}', "body.duplicate-key"),
        (b'{"allow_select":NaN}', "body.number"),
        (b'{"allow_select":-Infinity}', "body.number"),
        (b'{"allow_select":1e999}', "body.number"),
        (b'{"allow_select":' + b"9" * 5000 + b"}", "body.number"),
    ],
)
def test_what_is_no_json_is_40058(mock: Any, raw: bytes, reason: str) -> None:
    answer = post(mock, raw)
    assert (answer.errcode, answer.reason) == (40058, reason)


@pytest.mark.parametrize("raw", ["null", "true", "0", '""', "[]", f"[{GOOD}]"])
def test_json_that_is_no_object_breaks_the_contract(mock: Any, raw: str) -> None:
    answer = post(mock, raw)
    assert (answer.errcode, answer.rule, answer.path) == (40058, "body.type", "")


def test_an_integer_of_twenty_characters_is_read_and_a_longer_one_refused(mock: Any) -> None:
    read = mock.call("get_groupmsg_task", b'{"msgid":"m","limit":' + b"9" * 20 + b"}")
    assert read.rule == "get_groupmsg_task.limit.max"
    refused = mock.call("get_groupmsg_task", b'{"msgid":"m","limit":' + b"9" * 21 + b"}")
    assert refused.reason == "body.number"


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        (r"{'sender':'zhangsan','text':{'content':'\u4f60'}}", True),
        (r"{'sender':'zhangsan','text':{'content':'\u0041'}}", True),
        (r"{'sender':'zhangsan','text':{'content':'a\\\u4f60'}}", True),
        (r"{'sende\u0072':'zhangsan','text':{'content':'a'}}", True),
        (r"{'sender':'zhangsan','text':{'content':'\\u4f60'}}", False),
        (r"{'sender':'zhangsan','text':{'content':'\\\\u4f60'}}", False),
        (r"{'sender':'zhangsan','text':{'content':'C:\\users \n\t\/'}}", False),
        (r"{'sender':'zhangsan','text':{'content':'u4f60'}}", False),
    ],
)
def test_unicode_escapes_are_40033_and_escaped_backslashes_are_not(
    mock: Any, text: str, refused: bool
) -> None:
    answer = post(mock, text.replace("'", '"'))
    assert (answer.errcode, answer.reason) == ((40033, "body.escapes") if refused else (0, None))


def test_what_python_writes_by_default_is_refused_and_raw_utf8_is_not(mock: Any) -> None:
    body = json.loads(GOOD)
    assert post(mock, json.dumps(body)).errcode == 40033
    assert post(mock, json.dumps(body, ensure_ascii=False)).errcode == 0


@pytest.mark.parametrize("text", ["", "u", "\\\\u", '"\\n"', '"\\\\\\\\u0041"'])
def test_no_escape_is_seen_where_none_is(text: str) -> None:
    assert not has_unicode_escape(text)


def test_escapes_can_be_allowed_but_never_half_a_character() -> None:
    caller = Caller(State(settings=Settings(escapes_refused=False)))
    pair = rb'{"sender":"zhangsan","text":{"content":"\ud83c\udf89"}}'
    assert caller.call("add_msg_template", pair).errcode == 0
    assert [task.body["text"]["content"] for task in caller.state.tasks.values()] == ["🎉"]
    for half in (rb"\ud83c", rb"\udf89\ud83c"):
        answer = caller.call("add_msg_template", pair.replace(rb"\ud83c\udf89", half))
        assert (answer.errcode, answer.reason) == (40058, "body.encoding")
    in_key = rb'{"sender":"zhangsan","text":{"content":"a"},"\ud83c":1}'
    assert caller.call("add_msg_template", in_key).reason == "body.encoding"


def test_depth_is_bounded(mock: Any) -> None:
    def nested(levels: int) -> bytes:
        return b"[" * levels + b"]" * levels

    assert MAX_DEPTH == 32
    assert post(mock, nested(MAX_DEPTH)).rule == "body.type"
    assert post(mock, nested(MAX_DEPTH + 1)).reason == "body.depth"
    assert post(mock, nested(200_000)).reason == "body.depth"
    assert post(mock, b"[" * 200_000).reason == "body.depth"


@pytest.mark.parametrize(
    "before", [b"", b"[],", b"[[{}]],{}," * 50, b'"a",' * 50, b'"]]]",' * 50, b'"[{",' * 50]
)
def test_depth_is_what_is_open_at_once_whatever_stands_before(mock: Any, before: bytes) -> None:
    def nested(levels: int) -> bytes:
        return b"[" + before + b"[" * (levels - 1) + b"]" * levels

    assert post(mock, nested(MAX_DEPTH)).rule == "body.type"
    assert post(mock, nested(MAX_DEPTH + 1)).reason == "body.depth"


def test_brackets_in_a_string_that_is_none_are_no_depth(mock: Any) -> None:
    # A line break behind a backslash: no JSON, and still within the string.
    assert post(mock, '{"a":"\\\n' + "[" * 40 + '"}').reason == "body.json"


def test_brackets_in_strings_and_side_by_side_are_no_depth(mock: Any) -> None:
    body = json.loads(GOOD)
    body["text"]["content"] = '[{"\\' * 100
    body["tag_filter"] = {"group_list": [{"tag_list": ["eteDemoTagOfNobodyAAAAAAA"]} for _ in range(100)]}
    body["external_userid"] = ["woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA"]
    assert mock.call("add_msg_template", body).errcode == 0


@pytest.mark.parametrize(
    "raw", [b'"' + b'\\"' * 400_000, b"[" * 33 + b'"' + b'\\"' * 400_000, b'"\\' * 400_000]
)
def test_an_unclosed_string_is_read_once(mock: Any, raw: bytes) -> None:
    # A scan that starts over at every quote would take hours for these.
    assert post(mock, raw).reason in {"body.json", "body.depth"}


def test_a_body_may_have_so_many_bytes_and_not_one_more() -> None:
    state = State(settings=Settings(max_body_bytes=len(GOOD.encode()) + 3))
    caller = Caller(state)
    assert caller.call("add_msg_template", GOOD.encode() + b"   ").errcode == 0
    answer = caller.call("add_msg_template", GOOD.encode() + b"    ")
    assert answer.status == 413
    assert b"413 Request Entity Too Large" in answer.content


def test_the_largest_audience_fits_the_default_size(mock: Any) -> None:
    ids = [f"wm{number:062d}" for number in range(9_999)]
    body = json.loads(GOOD) | {"external_userid": ["woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA", *ids]}
    answer = mock.call("add_msg_template", body)
    assert answer.errcode == 0
    assert answer.body["fail_list"] == ids
    answer = mock.call("add_msg_template", body | {"external_userid": ["wm", *body["external_userid"]]})
    assert answer.rule == "external_userid.max-items"
    assert (
        answer.errmsg == "field `external_userid` expect array size in [0, 10000]. invalid Request Parameter"
    )


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "post", "", "💥"])
def test_another_method_on_a_known_path_is_40058(mock: Any, method: str) -> None:
    answer = mock.send(method, PATH, f"access_token={mock.token()}", GOOD.encode())
    assert (answer.status, answer.errcode, answer.reason) == (200, 40058, "request.method")


def test_gettoken_is_a_get(mock: Any) -> None:
    answer = mock.send("POST", "/cgi-bin/gettoken", "corpid=wwdemo&corpsecret=demo", b"{}")
    assert (answer.errcode, answer.reason) == (40058, "request.method")


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("/cgi-bin/externalcontact/add_msg_templates", "add_msg_template"),
        ("/cgi-bin/externalcontact/add_msg_template/", "add_msg_template"),
        ("/cgi-bin/getToken", "gettoken"),
        ("/cgi-bin/externalcontact/get_groupmsg_send_results", "get_groupmsg_send_result"),
    ],
)
def test_an_unknown_path_is_a_page_that_names_the_nearest_operation(mock: Any, path: str, near: str) -> None:
    answer = mock.send("POST", path)
    assert answer.status == 404
    assert answer.headers["content-type"] == "text/html"
    assert answer.content.startswith(b"<html>")
    known = OPERATIONS[near]
    assert answer.headers["x-mock-nearest"] == f"{near}; {known.method} {known.path}"


@pytest.mark.parametrize("path", ["", "/", "//", "/" + "a" * 1_000_000, "/\ud800", "/\r\nX-Evil: 1", "*"])
def test_any_path_is_answered(path: str) -> None:
    reply = handle(State(), Request("GET", path), 0.0)
    assert reply.status == 404
    assert all("\r" not in value and "\n" not in value for _, value in reply.headers)
