"""Every way in which an answer can break, on real sockets: the error that is expected, and nothing sent twice."""

from __future__ import annotations

import gzip
import socket
import zlib
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from fault_server import CREATED, Connection, FaultServer, Handler, Seen

from wecom_openapi import (
    DeadlineExceeded,
    MalformedAnswer,
    NoAnswer,
    NoAnswerInTime,
    NotSent,
    OutcomeUnknown,
    OutcomeUnknownInTime,
)

Serve = Callable[..., FaultServer]
Invoke = Callable[..., Any]

CREATE = {"sender": "zhangsan", "external_userid": ["wmA"], "text": {"content": "新品上市"}}
OK = b'{"errcode":0,"errmsg":"ok","msgid":"m1"}'
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"


class Fault(NamedTuple):
    """A broken answer, and what its reason must say."""

    name: str
    handler: Handler
    reason: str


def answers(body: bytes, status: str = "200 OK", headers: str = "") -> Handler:
    return lambda connection, _: connection.answer(body, status, headers)


def raw(data: bytes, *, close: bool = False) -> Handler:
    def handler(connection: Connection, _: Seen) -> None:
        connection.send(data)
        if close:
            connection.close()

    return handler


def _reset(connection: Connection, _: Seen) -> None:
    connection.reset()


def _close(connection: Connection, _: Seen) -> None:
    connection.close()


def _reset_in_body(connection: Connection, _: Seen) -> None:
    connection.send(HEAD % 100 + b'{"errcode":0,')
    connection.reset()


def chunked(*chunks: bytes, headers: bytes = b"", end: bytes = b"0\r\n\r\n") -> bytes:
    parts = b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in chunks)
    return b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + headers + b"\r\n" + parts + end


def _bytes(data: bytes) -> list[bytes]:
    return [data[index : index + 1] for index in range(len(data))]


GZIP = "Content-Encoding: gzip\r\n"

# The connection breaks before there is an answer.
BROKEN = [
    Fault("reset after reading", _reset, "ReadError"),
    Fault("closed without an answer", _close, "RemoteProtocolError"),
    Fault("reset in the body", _reset_in_body, "ReadError"),
    Fault("cut off by its length", raw(HEAD % 100 + OK, close=True), "RemoteProtocolError"),
    Fault("cut off in its chunks", raw(chunked(OK, end=b""), close=True), "RemoteProtocolError"),
    Fault(
        "two content lengths",
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 40\r\nContent-Length: 41\r\n\r\n" + OK),
        "RemoteProtocolError",
    ),
    Fault(
        "a header of 200 KB",
        raw(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000 + b"\r\n\r\n"),
        "RemoteProtocolError",
    ),
    Fault(
        "101",
        raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
        "RemoteProtocolError",
    ),
    Fault("no HTTP at all", raw(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"), "RemoteProtocolError"),
]

# There is an answer, and it can't be read.
MALFORMED = [
    Fault("502 HTML", answers(b"<html>Bad Gateway</html>", "502 Bad Gateway"), "HTTP status is 502"),
    Fault("500 with a good envelope", answers(OK, "500 Internal Server Error"), "HTTP status is 500"),
    Fault("429", answers(b"slow down", "429 Too Many Requests"), "HTTP status is 429"),
    Fault("302", answers(b"", "302 Found", "Location: https://example.com/\r\n"), "HTTP status is 302"),
    Fault("204", raw(b"HTTP/1.1 204 No Content\r\n\r\n"), "HTTP status is 204"),
    Fault("200 HTML", answers(b" <!doctype html><html></html>"), "HTML"),
    Fault("empty", answers(b""), "it is empty"),
    Fault("blank", answers(b" \r\n"), "it is empty"),
    Fault("trailing garbage", answers(OK + b"x"), "not JSON (Extra data at line 1"),
    Fault("two envelopes", answers(OK + OK), "not JSON (Extra data at line 1"),
    Fault("broken JSON", answers(OK[:-1]), "not JSON"),
    Fault("gzip cut off", answers(gzip.compress(OK)[:-9], headers=GZIP), "gzip encoding is cut off"),
    Fault("gzip corrupt", answers(b"\x1f\x8b\x08\0" + b"\xff" * 40, headers=GZIP), "gzip encoding is corrupt"),
    Fault("gzip, bad checksum", answers(gzip.compress(OK)[:-8] + b"\0" * 8, headers=GZIP), "gzip encoding is corrupt"),
    Fault("gzip and more", answers(gzip.compress(OK) + b"more", headers=GZIP), "follows the end of its gzip"),
    Fault("gzip that isn't", answers(OK, headers=GZIP), "gzip encoding is corrupt"),
    Fault("another encoding", answers(OK, headers="Content-Encoding: deflate\r\n"), "none that was asked for"),
    Fault("invalid UTF-8", answers(b'{"errcode":0,"errmsg":"\xff"}'), "byte 23 is not UTF-8"),
    Fault("GBK", answers('{"errcode":0,"errmsg":"成功","msgid":"m1"}'.encode("gbk")), "is not UTF-8"),
    Fault("duplicate keys", answers(b'{"errcode":40058,"errmsg":"ok","errcode":0,"msgid":"m1"}'), "'errcode' twice"),
    Fault("duplicate keys further in", answers(b'{"errcode":0,"msgid":"m1","x":[{"a":1,"a":1}]}'), "'a' twice"),
    Fault("a number of 5,000 digits", answers(b'{"errcode":' + b"1" * 5000 + b"}"), "thousands of digits"),
    Fault("an array 100,000 deep", answers(b'{"errcode":0,"x":' + b"[" * 100_000), "nested too deeply"),
    Fault("an array 70 deep", answers(OK[:-1] + b',"x":' + b"[" * 70 + b"]" * 70 + b"}"), "nested too deeply"),
    Fault("errcode a string", answers(b'{"errcode":"0","msgid":"m1"}'), "errcode is a string"),
    Fault("errcode a float", answers(b'{"errcode":0.0,"msgid":"m1"}'), "errcode is a number with a decimal point"),
    Fault("errcode an exponent", answers(b'{"errcode":0e0,"msgid":"m1"}'), "errcode is a number with a decimal point"),
    Fault("errcode true", answers(b'{"errcode":true,"msgid":"m1"}'), "errcode is a boolean"),
    Fault("errcode false", answers(b'{"errcode":false,"msgid":"m1"}'), "errcode is a boolean"),
    Fault("errcode null", answers(b'{"errcode":null,"msgid":"m1"}'), "errcode is null"),
    Fault("errcode an array", answers(b'{"errcode":[0],"msgid":"m1"}'), "errcode is an array"),
    Fault("errcode NaN", answers(b'{"errcode":NaN,"msgid":"m1"}'), "NaN"),
    Fault("-Infinity elsewhere", answers(b'{"errcode":0,"msgid":"m1","x":-Infinity}'), "-Infinity"),
    Fault("errcode 2**31", answers(b'{"errcode":2147483648}'), "more than 32 bits"),
    Fault("errcode -2**31-1", answers(b'{"errcode":-2147483649}'), "more than 32 bits"),
    Fault("errcode missing", answers(b'{"errmsg":"ok","msgid":"m1"}'), "no errcode"),
    Fault("an array", answers(b"[" + OK + b"]"), "an array and not an object"),
    Fault("null", answers(b"null"), "null and not an object"),
    Fault("a string", answers(b'"ok"'), "a string and not an object"),
    Fault("a number", answers(b"0"), "a number and not an object"),
]  # fmt: skip

# The envelope says success, and the rest isn't what the contract says of a create.
SHAPELESS = [
    Fault("msgid missing", answers(b'{"errcode":0,"errmsg":"ok"}'), "msgid"),
    Fault("msgid empty", answers(b'{"errcode":0,"errmsg":"ok","msgid":""}'), "msgid"),
    Fault("msgid a number", answers(b'{"errcode":0,"errmsg":"ok","msgid":7}'), "msgid"),
    Fault(
        "fail_list a string",
        answers(b'{"errcode":0,"errmsg":"ok","msgid":"m1","fail_list":"wm1"}'),
        "fail_list",
    ),
    Fault(
        "fail_list of numbers",
        answers(b'{"errcode":0,"errmsg":"ok","msgid":"m1","fail_list":[1]}'),
        "fail_list[0]",
    ),
]


def names(fault: Fault) -> str:
    return fault.name


@pytest.mark.parametrize("fault", BROKEN, ids=names)
def test_a_write_whose_connection_breaks_has_an_unknown_outcome(
    fault: Fault, serve: Serve, invoke: Invoke
) -> None:
    server = serve(fault.handler)
    with pytest.raises(OutcomeUnknown) as caught:
        invoke(server.base_url, "add_msg_template", CREATE)
    error = caught.value
    assert fault.reason in error.reason
    assert error.operation == "add_msg_template"
    assert not isinstance(error, DeadlineExceeded)
    assert error.answer is None
    assert "Do not send it again" in str(error)
    assert len(server.calls) == 1


@pytest.mark.parametrize("fault", BROKEN, ids=names)
def test_a_read_whose_connection_breaks_has_no_answer(fault: Fault, serve: Serve, invoke: Invoke) -> None:
    server = serve(fault.handler)
    with pytest.raises(NoAnswer) as caught:
        invoke(server.base_url, "get_groupmsg_task", msgid="m1")
    assert not isinstance(caught.value, OutcomeUnknown)
    assert fault.reason in caught.value.reason
    assert len(server.calls) == 1


@pytest.mark.parametrize("fault", [*MALFORMED, *SHAPELESS], ids=names)
def test_a_write_whose_answer_is_unreadable_has_an_unknown_outcome(
    fault: Fault, serve: Serve, invoke: Invoke
) -> None:
    server = serve(fault.handler)
    with pytest.raises(OutcomeUnknown) as caught:
        invoke(server.base_url, "add_msg_template", CREATE)
    error = caught.value
    assert fault.reason in error.reason
    assert fault.reason in str(error)
    assert isinstance(error.__cause__, MalformedAnswer)
    assert error.__cause__.operation == "add_msg_template"
    assert error.__cause__.status is not None
    assert len(server.calls) == 1


@pytest.mark.parametrize("fault", MALFORMED, ids=names)
def test_a_read_whose_answer_is_unreadable_is_a_malformed_answer(
    fault: Fault, serve: Serve, invoke: Invoke
) -> None:
    server = serve(fault.handler)
    with pytest.raises(MalformedAnswer) as caught:
        invoke(server.base_url, "get_groupmsg_task", msgid="m1")
    assert fault.reason in caught.value.reason
    assert len(server.calls) == 1


@pytest.mark.parametrize("fault", SHAPELESS[3:], ids=names)
def test_what_could_be_read_of_a_created_task_is_kept(fault: Fault, serve: Serve, invoke: Invoke) -> None:
    with pytest.raises(OutcomeUnknown) as caught:
        invoke(serve(fault.handler).base_url, "add_msg_template", CREATE)
    assert caught.value.answer is not None
    assert caught.value.answer["msgid"] == "m1"
    cause = caught.value.__cause__
    assert isinstance(cause, MalformedAnswer)
    assert [violation.path.startswith("fail_list") for violation in cause.violations] == [True]


# What must still be taken: an open contract, and servers that do things in other ways.
GOOD = [
    ("plain", answers(OK)),
    ("byte order mark", answers(b"\xef\xbb\xbf" + OK)),
    ("another content type", raw(HEAD.replace(b"application/json", b"text/plain") % len(OK) + OK)),
    ("no content type", raw(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(OK), OK))),
    ("gzip", answers(gzip.compress(OK), headers=GZIP)),
    ("gzip in chunks", raw(chunked(*_bytes(gzip.compress(OK)), headers=b"Content-Encoding: GZIP\r\n"))),
    ("chunks", raw(chunked(OK[:7], OK[7:]))),
    ("until closed", raw(b"HTTP/1.1 200 OK\r\n\r\n" + OK, close=True)),
    ("fail_list null", answers(b'{"errcode":0,"errmsg":"ok","msgid":"m1","fail_list":null}')),
    ("fail_list empty", answers(b'{"errcode":0,"errmsg":"ok","msgid":"m1","fail_list":[]}')),
    ("fields of tomorrow", answers(b'{"errcode":0,"errmsg":"ok","msgid":"m1","new":{"a":[1.5,null]}}')),
    ("errmsg missing", answers(b'{"errcode":0,"msgid":"m1"}')),
    ("errmsg empty", answers(b'{"errcode":0,"msgid":"m1","errmsg":""}')),
    ("an array 60 deep", answers(b'{"errcode":0,"msgid":"m1","x":' + b"[" * 60 + b"]" * 60 + b"}")),
    ("100 flat objects", answers(b'{"errcode":0,"msgid":"m1","x":[' + b",".join([b'{"a":[]}'] * 100) + b"]}")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "handler"), GOOD, ids=[name for name, _ in GOOD])
def test_unusual_answers_are_taken(name: str, handler: Handler, serve: Serve, invoke: Invoke) -> None:
    server = serve(handler)
    task = invoke(server.base_url, "add_msg_template", CREATE)
    assert task.msgid == "m1"
    assert task.fail_list == []
    assert len(server.calls) == 1


def test_fields_of_tomorrow_are_kept(serve: Serve, invoke: Invoke) -> None:
    handler = answers(b'{"errcode":0,"errmsg":"ok","msgid":"m1","new":{"a":1}}')
    task = invoke(serve(handler).base_url, "add_msg_template", CREATE)
    assert task.additional_properties == {"new": {"a": 1}}


@pytest.mark.parametrize("encoded", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("over", [0, 1])
def test_an_answer_is_taken_up_to_the_cap(over: int, encoded: bool, serve: Serve, invoke: Invoke) -> None:
    cap = 5000
    start, end = b'{"errcode":0,"errmsg":"ok","msgid":"m1","x":"', b'"}'
    body = start + b"x" * (cap + over - len(start) - len(end)) + end
    handler = answers(gzip.compress(body), headers=GZIP) if encoded else answers(body)
    server = serve(handler)
    settings = {"max_response_bytes": cap}
    if not over:
        assert invoke(server.base_url, "add_msg_template", CREATE, settings=settings).msgid == "m1"
    else:
        with pytest.raises(OutcomeUnknown, match="longer than the 5000 bytes"):
            invoke(server.base_url, "add_msg_template", CREATE, settings=settings)


def test_a_gzip_bomb_is_left_compressed(serve: Serve, invoke: Invoke, peak_memory: Callable[[], int]) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    megabyte = b" " * (1 << 20)
    bomb = b"".join(packer.compress(megabyte) for _ in range(300)) + packer.flush()
    server = serve(answers(bomb, headers=GZIP))
    del packer, megabyte
    before = peak_memory()
    with pytest.raises(OutcomeUnknown, match="longer than the 10485760 bytes"):
        invoke(server.base_url, "add_msg_template", CREATE)
    assert peak_memory() - before < 60 << 20


@pytest.fixture
def peak_memory() -> Callable[[], int]:
    """The most that this process has allocated through Python since the fixture was set up, in bytes."""
    import tracemalloc

    tracemalloc.start()

    def peak() -> int:
        return tracemalloc.get_traced_memory()[1]

    return peak


@pytest.fixture(autouse=True)
def _stop_tracing() -> Any:
    import tracemalloc

    yield
    tracemalloc.stop()


def test_nothing_listens(invoke: Invoke) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with pytest.raises(NotSent) as caught:
        invoke(f"http://127.0.0.1:{port}", "add_msg_template", CREATE)
    assert "ConnectError" in caught.value.reason
    assert not isinstance(caught.value, OutcomeUnknown)


def test_nothing_listens_when_the_token_is_there(invoke: Invoke, warm: Any) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with pytest.raises(NotSent, match="while connecting"):
        invoke(f"http://127.0.0.1:{port}", "add_msg_template", CREATE, settings={"token_store": warm})


def test_a_server_without_tls(serve: Serve, invoke: Invoke, warm: Any) -> None:
    server = serve(answers(OK), greet=lambda connection: connection.answer(b"what?") or True)
    base_url = server.base_url.replace("http:", "https:")
    with pytest.raises(NotSent, match="ConnectError"):
        invoke(base_url, "add_msg_template", CREATE, settings={"token_store": warm})


def test_reset_before_the_request_is_read(serve: Serve, invoke: Invoke, warm: Any) -> None:
    def greet(connection: Connection) -> bool:
        connection.reset()
        return True

    server = serve(answers(OK), greet=greet)
    # The request may or may not have left when the reset arrives; whoever can't tell must not say "not sent".
    with pytest.raises((OutcomeUnknown, NotSent)):
        invoke(server.base_url, "add_msg_template", CREATE, settings={"token_store": warm})
    assert server.calls == []
    assert server.connections == 1


def _silent(connection: Connection, _: Seen) -> None:
    connection.hold()


def _dribbled_head(connection: Connection, _: Seen) -> None:
    connection.dribble(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 5000)


def _dribbled_body(connection: Connection, _: Seen) -> None:
    connection.send(HEAD % 5000)
    connection.dribble(b" " * 5000)


def _dribbled_chunks(connection: Connection, _: Seen) -> None:
    connection.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    connection.dribble(b"1\r\n \r\n" * 1000)


SLOW = [_silent, _dribbled_head, _dribbled_body, _dribbled_chunks]


@pytest.mark.parametrize("handler", SLOW, ids=lambda handler: handler.__name__)
def test_the_deadline_ends_a_write(handler: Handler, serve: Serve, invoke: Invoke, warm: Any) -> None:
    server = serve(handler)
    settings = {"deadline": 1, "timeout": 60, "token_store": warm}
    with pytest.raises(OutcomeUnknownInTime) as caught:
        invoke(server.base_url, "add_msg_template", CREATE, settings=settings)
    assert isinstance(caught.value, TimeoutError)
    assert "the deadline of 1 s passed" in str(caught.value)
    assert len(server.calls) == 1


@pytest.mark.parametrize("handler", [_silent, _dribbled_body], ids=lambda handler: handler.__name__)
def test_the_deadline_ends_a_read(handler: Handler, serve: Serve, invoke: Invoke, warm: Any) -> None:
    server = serve(handler)
    with pytest.raises(NoAnswerInTime):
        invoke(
            server.base_url,
            "get_groupmsg_task",
            msgid="m1",
            settings={"deadline": 1, "timeout": 60, "token_store": warm},
        )


def test_the_read_timeout_ends_a_silent_call_before_the_deadline(
    serve: Serve, invoke: Invoke, warm: Any
) -> None:
    server = serve(_silent)
    with pytest.raises(OutcomeUnknown) as caught:
        invoke(server.base_url, "add_msg_template", CREATE, settings={"timeout": 1, "token_store": warm})
    assert not isinstance(caught.value, DeadlineExceeded)
    assert "ReadTimeout" in caught.value.reason


def test_a_timeout_for_one_call(serve: Serve, invoke: Invoke, warm: Any) -> None:
    server = serve(_silent)
    with pytest.raises(OutcomeUnknown, match="ReadTimeout") as caught:
        invoke(server.base_url, "add_msg_template", CREATE, timeout=1, settings={"token_store": warm})
    assert not isinstance(caught.value, DeadlineExceeded)


def test_no_timeout_for_one_call_leaves_the_deadline(serve: Serve, invoke: Invoke, warm: Any) -> None:
    server = serve(_silent)
    with pytest.raises(OutcomeUnknownInTime):
        invoke(
            server.base_url,
            "add_msg_template",
            CREATE,
            timeout=None,
            settings={"deadline": 1, "token_store": warm},
        )


def test_the_deadline_ends_a_write_that_is_not_read(serve: Serve, invoke: Invoke, warm: Any) -> None:
    def greet(connection: Connection) -> bool:
        connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.server.stopping.wait()
        return True

    server = serve(answers(OK), greet=greet)
    body = {**CREATE, "external_userid": [f"wm{'A' * 900}{index:08}" for index in range(10_000)]}
    with pytest.raises(OutcomeUnknownInTime):
        invoke(
            server.base_url,
            "add_msg_template",
            body,
            settings={"deadline": 2, "timeout": 60, "token_store": warm},
        )
    assert server.calls == []


def test_the_deadline_passes_while_asking_for_the_token(serve: Serve, invoke: Invoke) -> None:
    server = serve(answers(OK), tokens=_silent)
    with pytest.raises(NotSent) as caught:
        invoke(server.base_url, "add_msg_template", CREATE, settings={"deadline": 1, "timeout": 60})
    assert isinstance(caught.value, DeadlineExceeded)
    assert "asking for the access token" in str(caught.value)
    assert server.calls == []


def test_a_redirect_is_not_followed(serve: Serve, invoke: Invoke) -> None:
    other = serve(answers(OK))
    location = f"Location: {other.base_url}/cgi-bin/externalcontact/add_msg_template\r\n"
    server = serve(answers(b"", "307 Temporary Redirect", location))
    with pytest.raises(OutcomeUnknown, match="307"):
        invoke(server.base_url, "add_msg_template", CREATE)
    assert other.seen == []


def test_a_connection_that_breaks_is_not_used_again(serve: Serve) -> None:
    from wecom_openapi import WeCom

    faults = iter([_reset_in_body, answers(OK), _close, answers(b"<html>"), answers(OK)])
    server = serve(lambda connection, request: next(faults)(connection, request))
    outcomes = []
    with WeCom("ww", "secret", base_url=server.base_url) as wecom:
        for _ in range(5):
            try:
                outcomes.append(wecom.add_msg_template(CREATE).msgid)
            except OutcomeUnknown:
                outcomes.append("unknown")
    assert outcomes == ["unknown", "m1", "unknown", "unknown", "m1"]
    assert len(server.calls) == 5


def test_the_fingerprint_is_of_the_body_that_was_sent(serve: Serve, invoke: Invoke) -> None:
    import hashlib

    server = serve(_close)
    with pytest.raises(OutcomeUnknown) as caught:
        invoke(server.base_url, "add_msg_template", CREATE)
    assert caught.value.fingerprint == hashlib.sha256(server.calls[0].body).hexdigest()
    assert CREATED["msgid"] not in str(caught.value)
