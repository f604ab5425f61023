"""Every fault of the contract, made to happen: a caller is told the outcome that the contract states."""

from __future__ import annotations

import copy
import gzip
import io
import pickle
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from fault_server import CREATED, Connection, FaultServer, Seen, refused

from chaos.certificate import server_context
from wecom_client.operations import ADD_MSG_TEMPLATE
from wecom_client.wire import CallOptions
from wecom_contract import OPERATIONS, errcode, faults
from wecom_openapi import (
    NotSent,
    Outcome,
    OutcomeUnknown,
    RefusedError,
    Suite,
    WeCom,
    WeComError,
    errors,
)
from wecom_openapi.call import plan
from wecom_openapi.deadline import Exchange
from wecom_openapi.outcome import failed

Serve = Callable[..., FaultServer]
Client = Callable[..., Any]

CREATE = {"sender": "zhangsan", "external_userid": ["wmA"], "text": {"content": "新品上市"}}
BODIES: dict[str, Any] = {
    "add_msg_template": CREATE,
    "cancel_groupmsg_send": {"msgid": "m"},
    "get_groupmsg_task": {"msgid": "m"},
}
"""A write that is unsafe to repeat, one that is safe, and a read."""
OK = b'{"errcode":0,"errmsg":"ok","msgid":"m1"}'
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"


def says(body: bytes, status: str = "200 OK", headers: str = "") -> Any:
    return lambda connection, _: connection.answer(body, status, headers)


def cut(connection: Connection, _: Seen) -> None:
    connection.send(HEAD % 100 + OK)
    connection.close()


def cut_by_reset(connection: Connection, _: Seen) -> None:
    connection.send(HEAD % 100 + OK)
    connection.reset()


def hold(connection: Connection, _: Seen) -> None:
    connection.hold()


# A server whose answer has the fault, and what the client is told beside.
ANSWERS: dict[str, list[Any]] = {
    "connection-lost": [
        lambda connection, _: connection.reset(),
        lambda connection, _: connection.close(),
    ],
    "truncated": [cut, cut_by_reset],
    "http-429": [says(b"slow down", "429 Too Many Requests"), says(OK, "429 Too Many Requests")],
    "http-5xx": [says(b"", f"{code} x") for code in (500, 502, 503, 504)],
    "http-status": [
        says(OK, "204 No Content"),
        says(b"", "307 x", "Location: http://127.0.0.1:9/\r\n"),
        says(b"", "403 x"),
    ],
    "html": [says(b"<html></html>"), says(b" <?xml version='1.0'?><x/>")],
    "unreadable": [
        says(b""),
        says(OK[:-1]),
        says(b'{"errcode":0,"errmsg":"\xff"}'),
        says(gzip.compress(OK)[:-9], headers="Content-Encoding: gzip\r\n"),
    ],
    "no-envelope": [
        says(b'{"errmsg":"ok","msgid":"m1"}'),
        says(b'{"errcode":40058,"errcode":0,"msgid":"m1"}'),
        says(b'{"errcode":"0","msgid":"m1"}'),
        says(b'{"errcode":' + b"1" * 5000 + b"}"),
        says(b'{"errcode":2147483648}'),
        says(b"[]"),
    ],
    "too-long": [
        says(b" " * 7000 + OK),
        says(gzip.compress(b" " * 7000 + OK), headers="Content-Encoding: gzip\r\n"),
        says(OK[:-1] + b',"x":' + b"[" * 70 + b"]" * 70 + b"}"),
        says(OK, headers="Content-Encoding: br\r\n"),
    ],
    "incomplete": [says(b'{"errcode":0,"errmsg":"ok","fail_list":[]}'), says(b'{"errcode":0,"msgid":7}')],
}


FILE = {"type": "file", "filename": "a.bin"}


class Raises(httpx.BaseTransport):
    """A transport of somebody else's that fails when it has been given a request."""

    def __init__(self, failure: Exception) -> None:
        self.failure = failure

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        raise self.failure


def check(caught: WeComError, fault: str, *, safe: bool, reads: bool) -> None:
    """What an error says is what the contract states of its fault."""
    stated = faults()[fault]
    assert caught.fault == fault
    assert caught.pause == stated.pause
    assert caught.outcome == stated.outcome
    unknown = stated.outcome == "unknown"
    assert caught.retry == (stated.retry if safe or not unknown else "never")
    assert isinstance(caught, NotSent) == (not unknown)
    assert isinstance(caught, OutcomeUnknown) == (unknown and not reads)


@pytest.mark.parametrize(
    ("fault", "handler", "method", "body"),
    [
        pytest.param(fault, handler, method, body, id=f"{method}-{fault}-{number}")
        for fault, several in ANSWERS.items()
        for number, handler in enumerate(several)
        for method, body in BODIES.items()
        # The answer of a cancel has nothing but the envelope.
        if (fault, method) != ("incomplete", "cancel_groupmsg_send")
    ],
)
def test_an_answer_that_breaks(
    fault: str, handler: Any, method: str, body: Any, client: Client, serve: Serve, warm: Any
) -> None:
    server = serve(handler)
    call = client(server.base_url, retries=0, token_store=warm, max_response_bytes=6000)
    with pytest.raises(WeComError) as caught:
        call(method, body)
    operation = OPERATIONS[method]
    check(caught.value, fault, safe=operation.repeat.safe, reads=operation.effect == "read")
    assert len(server.calls) == 1


def refusing() -> str:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return f"http://127.0.0.1:{free.getsockname()[1]}"


def of(fault: str, call: Callable[[], Any], *, safe: bool = False, reads: bool = False) -> WeComError:
    with pytest.raises(WeComError) as caught:
        call()
    check(caught.value, fault, safe=safe, reads=reads)
    return caught.value


def test_name_lookup(client: Client, warm: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.warns(UserWarning, match="unencrypted"):
        call = client("http://no-such-host.invalid", retries=0, token_store=warm)
    of("name-lookup", lambda: call("add_msg_template", CREATE))


def test_connection_refused(client: Client, warm: Any) -> None:
    call = client(refusing(), retries=0, token_store=warm)
    of("connection-refused", lambda: call("add_msg_template", CREATE))


def test_connect_timeout(client: Client, warm: Any) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        # The queue of a listener that accepts nothing: once it is full, a connection gets no answer.
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(full.getsockname())
        timeout = httpx.Timeout(10, connect=0.3)
        call = client(
            f"http://127.0.0.1:{full.getsockname()[1]}", retries=0, token_store=warm, timeout=timeout
        )
        of("connect-timeout", lambda: call("add_msg_template", CREATE))
        for each in waiting:
            each.close()


def test_tls(client: Client, serve: Serve, warm: Any, tmp_path: Path) -> None:
    server = serve(says(OK), tls=server_context(tmp_path))
    call = client(server.base_url, retries=0, token_store=warm)
    of("tls", lambda: call("add_msg_template", CREATE))
    assert server.calls == []


def test_tls_that_nobody_speaks(client: Client, serve: Serve, warm: Any) -> None:
    def greet(connection: Connection) -> bool:
        connection.send(b"SSH-2.0-OpenSSH_9.6\r\n")
        return True

    server = serve(says(OK), greet=greet)
    call = client(server.base_url.replace("http:", "https:"), retries=0, token_store=warm)
    of("tls", lambda: call("add_msg_template", CREATE))


def test_a_handshake_that_is_hung_up_on(client: Client, serve: Serve, warm: Any) -> None:
    def greet(connection: Connection) -> bool:
        connection.sock.recv(10)
        connection.close()
        return True

    server = serve(says(OK), greet=greet)
    call = client(server.base_url.replace("http:", "https:"), retries=0, token_store=warm)
    of("connection-refused", lambda: call("add_msg_template", CREATE))


def test_proxy(serve: Serve, warm: Any) -> None:
    proxy = serve(says(b"", "407 x"))
    transport = httpx.HTTPTransport(proxy=proxy.base_url)
    with WeCom(
        "wwdemo", "demo", base_url="https://wecom.invalid", transport=transport, retries=0, token_store=warm
    ) as wecom:
        of("proxy", lambda: wecom.add_msg_template(CREATE))


def test_no_free_connection(serve: Serve, warm: Any) -> None:
    over = threading.Event()

    def close_later(connection: Connection, _: Seen) -> None:
        over.wait(10)
        connection.close()

    server = serve(close_later)
    transport = httpx.HTTPTransport(limits=httpx.Limits(max_connections=1))
    timeout = httpx.Timeout(10, pool=0.2)
    with WeCom(
        "wwdemo",
        "demo",
        base_url=server.base_url,
        transport=transport,
        timeout=timeout,
        retries=0,
        token_store=warm,
    ) as wecom:
        first: list[WeComError] = []

        def occupy() -> None:
            try:
                wecom.add_msg_template(CREATE)
            except WeComError as exc:
                first.append(exc)

        thread = threading.Thread(target=occupy)
        thread.start()
        while not server.calls:
            thread.join(0.01)
        of("no-free-connection", lambda: wecom.add_msg_template(CREATE))
        over.set()
        thread.join(10)
    assert [type(each) for each in first] == [OutcomeUnknown]


def test_unsendable(client: Client, serve: Serve, warm: Any) -> None:
    server = serve(says(OK))
    with httpx.Client(headers={"X-Bad": "a\nb"}) as bad:
        wecom = WeCom("wwdemo", "demo", base_url=server.base_url, client=bad, retries=0, token_store=warm)
        of("unsendable", lambda: wecom.add_msg_template(CREATE))
    assert server.calls == []


def test_no_token(client: Client, serve: Serve) -> None:
    server = serve(says(OK), tokens=lambda connection, _: connection.reset())
    call = client(server.base_url, retries=0)
    of("no-token", lambda: call("add_msg_template", CREATE))
    assert server.calls == []


def test_a_deadline_while_asking_for_the_token(client: Client, serve: Serve) -> None:
    server = serve(says(OK), tokens=hold)
    call = client(server.base_url, retries=0, deadline=0.3)
    assert isinstance(of("no-token", lambda: call("add_msg_template", CREATE)), errors.NotSentInTime)


def test_no_credential(client: Client, serve: Serve) -> None:
    call = client(serve(says(OK)).base_url)
    of("no-credential", lambda: call("get_corp_token", auth_corpid="ww", permanent_code="x"))


def test_no_ticket(serve: Serve) -> None:
    asked = []

    def ticket() -> None:
        asked.append(1)

    suite = Suite("ww-suite", "s3cret-of-suite", ticket=ticket)
    with WeCom.for_suite(suite, "wwcorp", "code", base_url=serve(says(OK)).base_url) as wecom:
        of("no-ticket", lambda: wecom.add_msg_template(CREATE))
    assert asked == [1]  # not asked again: the next one comes in ten minutes


def test_nothing_written() -> None:
    exchange = Exchange(30, True)
    exchange.begin("call")
    call = plan(ADD_MSG_TEMPLATE, CREATE, frozenset(), CallOptions())
    check(failed(call, exchange, httpx.ReadError("reset")), "nothing-written", safe=False, reads=False)


def test_a_transport_that_cannot_tell_whether_anything_left(warm: Any) -> None:
    transport = Raises(httpx.ReadError("[Errno 104] Connection reset by peer"))
    with WeCom("wwdemo", "demo", base_url="http://127.0.0.1", transport=transport, token_store=warm) as wecom:
        of("connection-lost", lambda: wecom.add_msg_template(CREATE))


def test_write_failed(warm: Any) -> None:
    """httpx's own transports read on after a write that failed, and so come to another fault."""
    transport = Raises(httpx.WriteError("[Errno 32] Broken pipe"))
    with WeCom("wwdemo", "demo", base_url="http://127.0.0.1", transport=transport, token_store=warm) as wecom:
        of("write-failed", lambda: wecom.add_msg_template(CREATE))


def test_a_reset_in_the_middle_of_a_request(client: Client, serve: Serve, warm: Any) -> None:
    def greet(connection: Connection) -> bool:
        connection.sock.recv(1000)
        connection.reset()
        return True

    server = serve(says(OK), greet=greet)
    body = {**CREATE, "external_userid": [f"wm{'A' * 900}{index:08}" for index in range(3000)]}
    call = client(server.base_url, token_store=warm)
    of("connection-lost", lambda: call("add_msg_template", body))
    assert server.connections == 1


def test_no_answer_in_time(client: Client, serve: Serve, warm: Any) -> None:
    call = client(serve(hold).base_url, retries=0, token_store=warm, timeout=0.3)
    of("no-answer-in-time", lambda: call("add_msg_template", CREATE))


def test_deadline(client: Client, serve: Serve, warm: Any) -> None:
    call = client(serve(hold).base_url, retries=0, token_store=warm, deadline=0.3)
    of("deadline", lambda: call("add_msg_template", CREATE))


def test_upload_incomplete(client: Client, serve: Serve, warm: Any) -> None:
    def greet(connection: Connection) -> bool:
        connection.sock.recv(1000)
        connection.reset()
        return True

    server = serve(says(OK), greet=greet)
    call = client(server.base_url, retries=0, token_store=warm)
    of("upload-incomplete", lambda: call("media_upload", media=bytes(9_000_000), **FILE), safe=True)


def test_file_changed(client: Client, serve: Serve, warm: Any) -> None:
    class Shrinks(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            self.truncate(100)
            return super().read(size)

    call = client(serve(says(OK)).base_url, token_store=warm)
    of("file-changed", lambda: call("media_upload", media=Shrinks(bytes(1000)), **FILE), safe=True)


def test_every_fault_of_the_contract_is_made_to_happen() -> None:
    alone = {
        name.removeprefix("test_").replace("_", "-") for name in globals() if name.startswith("test_")
    } & set(faults())
    assert alone | set(ANSWERS) == set(faults())
    assert not alone & set(ANSWERS)


@pytest.mark.parametrize("code", [-1, 40058, 41048, 45009, 45033, 6000, 99999])
@pytest.mark.parametrize("method", BODIES)
def test_a_refusal_has_the_outcome_of_its_code(
    code: int, method: str, client: Client, serve: Serve, warm: Any
) -> None:
    server = serve(lambda connection, _: connection.answer(refused(code)))
    call = client(server.base_url, retries=0, token_store=warm)
    with pytest.raises(RefusedError) as caught:
        call(method, BODIES[method])
    entry = errcode(code, method)
    assert caught.value.outcome is (Outcome.REFUSED if entry.effect == "none" else Outcome.UNKNOWN)
    assert isinstance(caught.value, OutcomeUnknown) == (entry.effect == "unknown")
    assert (caught.value.retry, caught.value.pause) == (entry.retry, entry.pause)
    attempt = getattr(caught.value, "attempt", None)
    assert (attempt is not None) == (entry.effect == "unknown")


@pytest.mark.parametrize("answer", [refused(-1), b"<html>", refused(40091)])
def test_what_is_wrong_with_the_token_is_not_wrong_with_the_call(
    answer: Any, client: Client, serve: Serve
) -> None:
    server = serve(says(OK), tokens=lambda connection, _: connection.answer(answer))
    with pytest.raises(WeComError) as caught:
        client(server.base_url, retries=0)("add_msg_template", CREATE)
    assert caught.value.operation == "gettoken"
    assert caught.value.outcome is Outcome.NOT_SENT
    assert server.calls == []


def test_a_body_that_is_refused_here_was_not_sent(client: Client, serve: Serve) -> None:
    server = serve(says(OK))
    with pytest.raises(errors.InvalidRequest) as caught:
        client(server.base_url)("add_msg_template", {"sender": ""})
    assert caught.value.outcome is Outcome.NOT_SENT
    assert server.seen == []


def test_an_unknown_attempt_can_be_kept(client: Client, serve: Serve, warm: Any) -> None:
    import time

    before = time.time()
    server = serve(lambda connection, _: connection.close())
    with pytest.raises(OutcomeUnknown) as caught:
        client(server.base_url, token_store=warm)("add_msg_template", CREATE)
    for error in (caught.value, copy.copy(caught.value), pickle.loads(pickle.dumps(caught.value))):
        attempt = error.attempt
        assert attempt is not None
        assert (attempt.operation, attempt.body) == ("add_msg_template", CREATE)
        assert before <= attempt.started <= attempt.ended <= time.time()
        assert "wmA" not in repr(attempt)
        assert error.outcome is Outcome.UNKNOWN
    assert b"tok-warm" not in pickle.dumps(caught.value)
    assert CREATED["msgid"] not in str(caught.value)
