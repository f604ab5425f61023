"""Answers on the wire as a whole: a success, a refusal, a page of HTML; and what a header can carry."""

from __future__ import annotations

import pytest

from wecom_mock import App, Request, State, make_company
from wecom_mock.caller import Caller
from wecom_mock.refusal import Refusal
from wecom_mock.wire import Reply, ascii_safe, error, http_date, page, success

NOW = 1795320000.9


def test_a_success() -> None:
    reply = success(State(), {"name": "新", "list": [1, None]}, extra=(("X-More", "1"),))
    body = '{"errcode":0,"errmsg":"ok","name":"新","list":[1,null]}'.encode()
    machine = dict(reply.headers)["X-W-No"]
    assert (reply.status, reply.body) == (200, body)
    assert reply.headers == (
        ("Server", "nginx"),
        ("Content-Type", "application/json; charset=UTF-8"),
        ("Content-Length", str(len(body))),
        ("X-W-No", machine),
        ("X-More", "1"),
    )
    assert success(State(), {"a": 1}, bare=True).body == b'{"a":1}'
    assert success(State(), {"errmsg": "own"}).body == b'{"errcode":0,"errmsg":"own"}'
    assert success(State(), {"half": "\ud800"}, bare=True).body == b'{"half":"?"}'


def test_each_company_and_seed_has_its_machine() -> None:
    other = make_company(corpid="wwother", apps=[App(name="a", secret="s")])
    states = [State(), State(), State(seed=1), State(other)]
    first, again, *others = [dict(success(state, {}).headers)["X-W-No"] for state in states]
    assert first == again
    assert len({first, *others}) == 3
    assert all(0 <= int(one) < 65536 for one in (first, *others))


def test_a_refusal() -> None:
    state = State()
    refusal = Refusal("tag.unknown", errmsg=" 无 ", fields={"list": []})
    reply = error(state, refusal, NOW)
    text = reply.body.decode()
    hint = text.partition("[")[2].partition("]")[0]
    assert hint.startswith("1795320000_1_")
    assert len(hint) == len("1795320000_1_") + 32
    assert text == (
        f'{{"errcode":40068,"errmsg":" 无 , hint: [{hint}], from ip: 127.0.0.1, more info at '
        'https://open.work.weixin.qq.com/devtool/query?e=40068","list":[]}'
    )
    assert reply.headers[-3:] == (
        ("Error-Code", "40068"),
        ("Error-Msg", "%20%E6%97%A0%20"),
        ("X-Mock-Reason", "tag.unknown"),
    )
    rule = error(state, Refusal("a.b", rule=True, path="text.新"), -5)
    assert b"hint: [0_2_" in rule.body
    assert dict(rule.headers)["X-Mock-Rule"] == "a.b; path=text.%E6%96%B0"
    assert b'"errcode":40058,"errmsg":"invalid Request Parameter, hint' in rule.body
    for _ in range(98):
        last = error(state, refusal, NOW)
    assert b"hint: [1795320000_0_" in last.body


def test_a_page() -> None:
    body = (
        b"<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center><h1>404 Not Found</h1></center>\r\n"
        b"<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
    )
    headers = (
        ("Server", "nginx"),
        ("Content-Type", "text/html"),
        ("Content-Length", str(len(body))),
        ("A", "b"),
    )
    assert page(404, "Not Found", ("A", "b")) == Reply(404, headers, body)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        *(
            ("", ""),
            (" ", "%20"),
            ("   ", "%20%20%20"),
            (" a b  ", "%20a b%20%20"),
            ("%", "%25"),
            ("X", "X"),
            ("~!", "~!"),
        ),
        *(
            ("\x1f\x7f", "%1F%7F"),
            ("é", "%C3%A9"),
            ("\ud800", "?"),
            ("a" * 201, "a" * 200),
            ("新" * 201, "%E6%96%B0" * 200),
        ),
    ],
)
def test_text_in_a_header(text: str, safe: str) -> None:
    assert ascii_safe(text) == safe


@pytest.mark.parametrize(
    ("kind", "name", "size", "code", "text"),
    [
        ("nope", "a.png", 10, 40005, "invalid type"),
        ("image", "a.exe", 10, 40004, "invalid media type"),
        ("image", "a.png", 1, 40006, "invalid media size"),
        ("image", "a.png", 10 * 1024 * 1024 + 1, 45001, "media size out of limit"),
        ("image", None, 10, 41005, "media data missing"),
    ],
)
def test_uploads_are_refused_in_words_of_their_own(
    kind: str, name: str | None, size: int, code: int, text: str
) -> None:
    media = {"content_type": "image/png", "filelength": size, "content": bytes(size)}
    named = media if name is None else {**media, "filename": name}
    answer = Caller(State(), lambda: NOW).call("media_upload", {"type": kind, "media": named})
    assert (answer.errcode, answer.errmsg) == (code, text)


@pytest.mark.parametrize(
    ("second", "date"),
    [
        (-1, "Thu, 01 Jan 1970 00:00:00 GMT"),
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
        (1, "Thu, 01 Jan 1970 00:00:01 GMT"),
        (253402300799, "Fri, 31 Dec 9999 23:59:59 GMT"),
        (253402300800, "Fri, 31 Dec 9999 23:59:59 GMT"),
    ],
)
def test_dates(second: int, date: str) -> None:
    assert http_date(second) == date


def test_no_secret_is_shown_of_a_request_or_an_answer() -> None:
    request = Request("POST", "/a", b"access_token=secret", b"secret", "text/plain", (("A", "secret"),))
    assert repr(request) == "Request(method='POST', path='/a', content_type='text/plain')"
    assert repr(Reply(200, (), b"secret")) == "Reply(status=200, headers=(), fault=None)"
