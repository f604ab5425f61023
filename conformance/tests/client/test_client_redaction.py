"""Token and secret in no log, no repr, no exception, no traceback."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from fault_server import (
    CORPID,
    CREATE_PATH,
    CREATED,
    SECRET,
    Connection,
    FaultServer,
    Seen,
    created,
    environment,
    issued,
    refused,
)

from wecom_openapi import AsyncWeCom, MalformedAnswer, TokenAuth, WeCom, WeComError, mask_url, redaction
from wecom_openapi.redaction import Secret, install, mask, remember

Serve = Callable[..., FaultServer]
Invoke = Callable[..., Any]

CREATE = {"sender": "zhangsan", "external_userid": ["wmA"], "text": {"content": "新品上市"}}
TOKEN = "t0k3n-nobody-may-see"


class Recorder(logging.Handler):
    """Keeps what is logged, as a handler with a formatter and as one that reads the arguments."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))
        self.lines.append(repr(record.args))
        self.lines.append(repr(record.__dict__))


@pytest.fixture
def log() -> Iterator[Recorder]:
    """All that is logged anywhere, down to DEBUG."""
    handler = Recorder()
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler
    root.removeHandler(handler)
    root.setLevel(level)


def serve_token(connection: Connection, _: Seen) -> None:
    connection.answer(issued(TOKEN))


def clean(text: str) -> bool:
    return TOKEN not in text and SECRET not in text


def test_nothing_is_logged_that_should_not_be(serve: Serve, invoke: Invoke, log: Recorder) -> None:
    server = serve(created, tokens=serve_token)
    invoke(server.base_url, "add_msg_template", CREATE)
    assert server.calls[0].token == TOKEN
    text = "\n".join(log.lines)
    assert "httpcore" in text
    assert "wecom_openapi" in text
    assert clean(text)


def test_what_a_plain_client_logs_is_masked(serve: Serve, log: Recorder) -> None:
    server = serve(created, tokens=serve_token)
    with httpx.Client(auth=TokenAuth(CORPID, SECRET, base_url=server.base_url)) as client:
        client.post(server.base_url + CREATE_PATH, json=CREATE)
    text = "\n".join(log.lines)
    assert "HTTP Request: POST" in text
    assert "access_token=***" in text
    assert "corpsecret=***" in text
    assert clean(text)


def test_a_redirect_that_repeats_the_token_is_masked(serve: Serve, invoke: Invoke, log: Recorder) -> None:
    location = f"Location: https://example.com/?next=https%3A%2F%2Fx%2F%3Faccess_token%3D{TOKEN}&access_token={TOKEN}\r\n"
    server = serve(lambda connection, _: connection.answer(b"", "302 Found", location), tokens=serve_token)
    with pytest.raises(WeComError):
        invoke(server.base_url, "add_msg_template", CREATE)
    text = "\n".join(log.lines)
    assert "example.com" in text
    assert clean(text)


def _reset(connection: Connection, _: Seen) -> None:
    connection.reset()


def _last(connection: Connection, text: str) -> None:
    connection.send(text.encode())
    connection.close()


ENDINGS: dict[str, Callable[[Connection, Seen], None]] = {
    "reset": _reset,
    "close": lambda connection, _: connection.close(),
    "html": lambda connection, _: connection.answer(f"<html>{TOKEN}</html>".encode()),
    "502": lambda connection, _: connection.answer(f"access_token={TOKEN}".encode(), "502 Bad Gateway"),
    "refused": lambda connection, _: connection.answer(
        refused(40058, f"bad access_token={TOKEN} and {TOKEN}")
    ),
    "key twice": lambda connection, _: connection.answer(f'{{"{TOKEN}":1,"{TOKEN}":2}}'.encode()),
    "dead": lambda connection, _: connection.answer(refused(42001, f"{TOKEN} expired")),
    "shapeless": lambda connection, _: connection.answer({"errcode": 0, "errmsg": TOKEN, "x": TOKEN}),
    "bad HTTP": lambda connection, _: _last(connection, f"HTTP/1.1 200 OK\r\nbad {TOKEN}\r\n\r\n"),
    "odd HTTP": lambda connection, _: _last(
        connection, f"HTTP/1.1 200 {TOKEN}\r\nLocation: {TOKEN}\r\n\r\n<"
    ),
}


@pytest.mark.parametrize("operation", ["add_msg_template", "get_groupmsg_task"])
@pytest.mark.parametrize("ending", ENDINGS)
def test_no_error_shows_the_token(
    ending: str, operation: str, serve: Serve, invoke: Invoke, log: Recorder
) -> None:
    server = serve(ENDINGS[ending], tokens=serve_token)
    body: Any = CREATE if operation == "add_msg_template" else {"msgid": "m"}
    with pytest.raises(WeComError) as caught:
        invoke(server.base_url, operation, body)
    assert_clean(caught.value)
    assert clean("\n".join(log.lines))


TOKEN_ENDINGS: dict[str, Callable[[Connection, Seen], None]] = {
    "reset": _reset,
    "html": lambda connection, _: connection.answer(f"<html>{TOKEN} {SECRET}".encode()),
    "cut off": lambda connection, _: connection.answer(f'{{"errcode":0,"access_token":"{TOKEN}"'.encode()),
    "no life": lambda connection, _: connection.answer({"errcode": 0, "access_token": TOKEN}),
    "refused": lambda connection, request: connection.answer(
        refused(40001, f"bad secret {request.query['corpsecret']}")
    ),
}


@pytest.mark.parametrize("ending", TOKEN_ENDINGS)
@pytest.mark.parametrize("operation", ["add_msg_template", "gettoken"])
def test_no_error_shows_the_secret(
    ending: str, operation: str, serve: Serve, invoke: Invoke, log: Recorder
) -> None:
    server = serve(created, tokens=TOKEN_ENDINGS[ending])
    own = {"corpid": CORPID, "corpsecret": SECRET}
    with pytest.raises(WeComError) as caught:
        invoke(server.base_url, operation, **(own if operation == "gettoken" else CREATE))
    assert_clean(caught.value)
    assert clean("\n".join(log.lines))


def test_no_connection_shows_no_secret(invoke: Invoke) -> None:
    with pytest.raises(WeComError) as caught:
        invoke("http://127.0.0.1:1", "add_msg_template", CREATE)
    assert_clean(caught.value)


def assert_clean(error: BaseException) -> None:
    """Text, repr, attributes and traceback, causes and contexts included."""
    assert clean("".join(traceback.format_exception(error)))
    seen: list[BaseException] = []
    todo: list[BaseException | None] = [error]
    while todo:
        link = todo.pop()
        if link is None or link in seen:
            continue
        seen.append(link)
        assert clean(str(link)), link
        assert clean(repr(link))
        shown = {name: value for name, value in link.__dict__.items() if name != "answer"}
        assert clean(repr(shown)), shown
        if isinstance(link, httpx.RequestError):
            assert clean(str(link.request.url))
        todo += [link.__cause__, link.__context__]
    assert seen


def test_nothing_shows_itself(serve: Serve) -> None:
    server = serve(created, tokens=serve_token)
    with WeCom(CORPID, SECRET, base_url=server.base_url) as wecom:
        wecom.add_msg_template(CREATE)
        shown = [repr(wecom), str(wecom), repr(wecom.__dict__), repr(wecom._driver.__dict__)]
    shown += [
        repr(AsyncWeCom(CORPID, SECRET)),
        repr(Secret(SECRET)),
        str(Secret(SECRET)),
        f"{Secret(SECRET)}",
    ]
    assert CORPID in shown[0]
    assert server.base_url in shown[0]
    assert all(clean(text) for text in shown)


def test_a_request_does_not_show_its_url(serve: Serve) -> None:
    shown: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        shown.append(repr(request))
        return httpx.Response(200, json=issued(TOKEN) if request.url.path.endswith("gettoken") else CREATED)

    with WeCom(CORPID, SECRET, transport=httpx.MockTransport(handler)) as wecom:
        wecom.add_msg_template(CREATE)
    assert len(shown) == 2
    assert all(clean(text) for text in shown)


def test_what_was_decoded_of_a_token_answer_is_not_kept(serve: Serve, invoke: Invoke) -> None:
    server = serve(created, tokens=TOKEN_ENDINGS["no life"])
    with pytest.raises(MalformedAnswer) as caught:
        invoke(server.base_url, "add_msg_template", CREATE)
    assert caught.value.answer is None


LONG = """
from wecom_openapi.redaction import mask
for word in ("x", "_", "token"):
    text = word * (200_000 // len(word))
    assert mask(f"{text}1{text}=abc") == f"{text}1{text}=" + ("***" if word == "token" else "abc")
"""


def test_masking_takes_a_time_that_grows_with_the_text_alone() -> None:
    """A server may say what it likes: at the square of its length this would take an hour."""
    subprocess.run([sys.executable, "-c", LONG], env=environment(), check=True, timeout=60)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("https://x/?access_token=abc", "https://x/?access_token=***"),
        ("https://x/?a=1&access_token=abc&b=2", "https://x/?a=1&access_token=***&b=2"),
        ("?suite_access_token=abc", "?suite_access_token=***"),
        ("?provider_access_token=abc", "?provider_access_token=***"),
        ("?corpid=ww&corpsecret=a%20b", "?corpid=ww&corpsecret=***"),
        ("?ACCESS_TOKEN=abc", "?ACCESS_TOKEN=***"),
        ('{"access_token":"abc","expires_in":1}', '{"access_token":"***","expires_in":1}'),
        ('{"suite_secret" : "abc"}', '{"suite_secret" : "***"}'),
        ("{'permanent_code': 'abc'}", "{'permanent_code': '***'}"),
        ('"{\\"suite_ticket\\":\\"abc\\"}"', '"{\\"suite_ticket\\":\\"***\\"}"'),
        ("next=%3Faccess_token%3Dabc", "next=%3Faccess_token%3D***"),
        ("access_token expired", "access_token expired"),
        ("msgid=abc&cursor=abc", "msgid=abc&cursor=abc"),
        ("", ""),
    ],
)
def test_masking(text: str, masked: str) -> None:
    assert mask(text) == masked
    assert mask_url(text) == masked


def test_masking_by_value() -> None:
    assert mask("the abc of it", "abc", "") == "the *** of it"


def test_a_value_is_masked_once_it_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redaction, "_known", ())
    assert mask("x 12345678-unknown x") == "x 12345678-unknown x"
    remember("12345678-unknown")
    remember("12345678-unknown")
    assert mask("x 12345678-unknown x") == "x *** x"
    remember("seven77")
    assert mask("seven77") == "seven77"
    for index in range(255):
        remember(f"another-{index}")
    assert mask("12345678-unknown another-254") == "*** ***"
    remember("one too many")
    assert mask("12345678-unknown another-254") == "12345678-unknown ***"


@pytest.mark.parametrize(
    "name",
    [
        "httpx",
        "httpcore",
        *(f"httpcore.{part}" for part in ("connection", "http11", "http2", "proxy", "socks")),
    ],
)
def test_every_logger_of_the_libraries_masks(name: str, serve: Serve, log: Recorder) -> None:
    with WeCom("ww", "secret", base_url=serve(created).base_url):
        logging.getLogger(name).debug("GET %s", "/cgi-bin/x?access_token=tok-of-another-one&debug=1")
    text = "\n".join(log.lines)
    assert "access_token=***&debug=1" in text
    assert "tok-of-another-one" not in text


def test_installing_twice_filters_once() -> None:
    install()
    before = list(logging.getLogger("httpx").filters)
    install()
    assert logging.getLogger("httpx").filters == before


def test_a_record_that_cannot_be_formatted_passes(log: Recorder) -> None:
    install()
    record = logging.LogRecord("httpx", logging.INFO, __file__, 1, "%d of %s", ("x",), None)
    assert logging.getLogger("httpx").filter(record)
    assert record.args == ("x",)


def test_tasks_mask_too(serve: Serve, log: Recorder) -> None:
    server = serve(created, tokens=serve_token)

    async def main() -> None:
        async with httpx.AsyncClient(auth=TokenAuth(CORPID, SECRET, base_url=server.base_url)) as client:
            await client.post(server.base_url + CREATE_PATH, json=CREATE)

    asyncio.run(main())
    assert "access_token=***" in "\n".join(log.lines)
    assert clean("\n".join(log.lines))
