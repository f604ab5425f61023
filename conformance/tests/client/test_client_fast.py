"""The fast transports: whatever breaks, what is reported is as true as with httpx's own."""

from __future__ import annotations

import asyncio
import gzip
import logging
import os
import socket
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from fault_server import (
    CORPID,
    CREATED,
    SECRET,
    Connection,
    FaultServer,
    Handler,
    Seen,
    created,
    happens,
    issued,
)
from test_client_faults import BROKEN, GOOD, GZIP, MALFORMED, OK, SHAPELESS, SLOW, Fault, answers, names

from chaos.certificate import server_context, trusting_context
from wecom_openapi import (
    AsyncWeCom,
    DeadlineExceeded,
    MalformedAnswer,
    NoAnswer,
    NotSent,
    OutcomeUnknown,
    OutcomeUnknownInTime,
    WeCom,
    WeComError,
)
from wecom_openapi.fast import AsyncFastTransport, FastTransport
from wecom_openapi.fast.link import Link

Serve = Callable[..., FaultServer]
Invoke = Callable[..., Any]

CREATE = {"sender": "zhangsan", "external_userid": ["wmA"], "text": {"content": "新品上市"}}
TOKEN = "t0k3n-nobody-may-see"


@pytest.fixture(params=["sync", "async"])
def fast(request: pytest.FixtureRequest) -> Invoke:
    """As `invoke`, with the fast transports."""

    def sync(
        base_url: str, operation: str, *args: Any, settings: Any = None, trust: Any = None, **fields: Any
    ) -> Any:
        transport = FastTransport(verify=trust)
        with WeCom(
            CORPID, SECRET, base_url=base_url, transport=transport, **{"retries": 0, **(settings or {})}
        ) as wecom:
            return getattr(wecom, operation)(*args, **fields)

    def task(
        base_url: str, operation: str, *args: Any, settings: Any = None, trust: Any = None, **fields: Any
    ) -> Any:
        async def main() -> Any:
            transport = AsyncFastTransport(verify=trust)
            async with AsyncWeCom(
                CORPID, SECRET, base_url=base_url, transport=transport, **{"retries": 0, **(settings or {})}
            ) as wecom:
                return await getattr(wecom, operation)(*args, **fields)

        return asyncio.run(main())

    return sync if request.param == "sync" else task


# What hyper takes and httpcore doesn't ends with the deadline or as an answer that can't be read.
SETTINGS = {"deadline": 2}


@pytest.mark.parametrize("fault", BROKEN, ids=names)
def test_a_write_whose_connection_breaks_has_an_unknown_outcome(
    fault: Fault, serve: Serve, fast: Invoke
) -> None:
    server = serve(fault.handler)
    with pytest.raises(OutcomeUnknown) as caught:
        fast(server.base_url, "add_msg_template", CREATE, settings=SETTINGS)
    assert caught.value.operation == "add_msg_template"
    assert "tok-" not in str(caught.value)
    assert len(server.calls) == 1


@pytest.mark.parametrize("fault", BROKEN[:3], ids=names)
def test_a_read_whose_connection_breaks_has_no_answer(fault: Fault, serve: Serve, fast: Invoke) -> None:
    server = serve(fault.handler)
    with pytest.raises(NoAnswer) as caught:
        fast(server.base_url, "get_groupmsg_task", msgid="m1")
    assert not isinstance(caught.value, OutcomeUnknown)
    assert len(server.calls) == 1


@pytest.mark.parametrize("fault", [*MALFORMED, *SHAPELESS], ids=names)
def test_a_write_whose_answer_is_unreadable_has_an_unknown_outcome(
    fault: Fault, serve: Serve, fast: Invoke
) -> None:
    server = serve(fault.handler)
    with pytest.raises(OutcomeUnknown) as caught:
        fast(server.base_url, "add_msg_template", CREATE, settings=SETTINGS)
    assert fault.reason in caught.value.reason
    assert isinstance(caught.value.__cause__, MalformedAnswer)
    assert len(server.calls) == 1


@pytest.mark.parametrize(("name", "handler"), GOOD, ids=[name for name, _ in GOOD])
def test_unusual_answers_are_taken(name: str, handler: Handler, serve: Serve, fast: Invoke) -> None:
    server = serve(handler)
    assert fast(server.base_url, "add_msg_template", CREATE).msgid == "m1"
    assert len(server.calls) == 1


@pytest.mark.parametrize("encoded", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("over", [0, 1])
def test_an_answer_is_taken_up_to_the_cap(over: int, encoded: bool, serve: Serve, fast: Invoke) -> None:
    start, end = b'{"errcode":0,"errmsg":"ok","msgid":"m1","x":"', b'"}'
    body = start + b"x" * (5000 + over - len(start) - len(end)) + end
    server = serve(answers(gzip.compress(body), headers=GZIP) if encoded else answers(body))
    settings = {"max_response_bytes": 5000}
    if not over:
        assert fast(server.base_url, "add_msg_template", CREATE, settings=settings).msgid == "m1"
    else:
        with pytest.raises(OutcomeUnknown, match="longer than the 5000 bytes"):
            fast(server.base_url, "add_msg_template", CREATE, settings=settings)


def test_nothing_listens(fast: Invoke, warm: Any) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        with pytest.raises(NotSent) as caught:
            fast(f"http://127.0.0.1:{port}", "add_msg_template", CREATE, settings={"token_store": warm})
    assert not isinstance(caught.value, OutcomeUnknown)
    assert "ConnectError" in caught.value.reason


def test_nobody_accepts(fast: Invoke, warm: Any) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        fill = []
        try:
            for _ in range(4):  # until the queue is full
                waiting = socket.socket()
                waiting.setblocking(False)
                waiting.connect_ex(listener.getsockname())
                fill.append(waiting)
            settings = {"timeout": 0.5, "deadline": 10, "token_store": warm}
            with pytest.raises(NotSent) as caught:
                fast(
                    f"http://127.0.0.1:{listener.getsockname()[1]}",
                    "add_msg_template",
                    CREATE,
                    settings=settings,
                )
            assert caught.value.reason in (
                "ConnectTimeout: timed out",
                "ConnectTimeout: no connection in time",
            )
        finally:
            for waiting in fill:
                waiting.close()


@pytest.mark.parametrize("handler", SLOW, ids=lambda handler: handler.__name__)
def test_the_deadline_ends_a_write(handler: Handler, serve: Serve, fast: Invoke, warm: Any) -> None:
    server = serve(handler)
    settings = {"deadline": 0.5, "timeout": 60, "token_store": warm}
    with pytest.raises(OutcomeUnknownInTime):
        fast(server.base_url, "add_msg_template", CREATE, settings=settings)
    assert len(server.calls) == 1


def test_the_read_timeout_ends_a_silent_call_before_the_deadline(
    serve: Serve, fast: Invoke, warm: Any
) -> None:
    server = serve(SLOW[0])
    with pytest.raises(OutcomeUnknown) as caught:
        fast(server.base_url, "add_msg_template", CREATE, settings={"timeout": 0.3, "token_store": warm})
    # httpcore's words where threads wait, and ours where tasks do.
    assert caught.value.reason in ("ReadTimeout: timed out", "ReadTimeout: nothing came in time")
    assert not isinstance(caught.value, DeadlineExceeded)


def test_what_comes_in_pieces_before_it_is_read_is_read_at_once() -> None:
    async def main() -> bytes:
        link = Link()
        for piece in (b"HTTP/1.1 ", b"200 ", b"OK"):
            link.data_received(piece)
        return await link.read(30)

    assert asyncio.run(main()) == b"HTTP/1.1 200 OK"


def test_the_write_timeout_ends_a_call_whose_bytes_nobody_takes(
    serve: Serve, fast: Invoke, warm: Any
) -> None:
    def hold(connection: Connection) -> bool:
        connection.server.stopping.wait(30)
        return True

    server = serve(created, greet=hold)
    with pytest.raises(NotSent) as caught:
        fast(
            server.base_url,
            "media_upload",
            type="file",
            media=bytes(20 * 1024 * 1024),
            filename="a",
            settings={"timeout": 0.3, "token_store": warm},
        )
    assert caught.value.reason in ("WriteTimeout: timed out", "WriteTimeout: the server takes no more bytes")


def test_a_timeout_for_one_call(serve: Serve, fast: Invoke, warm: Any) -> None:
    server = serve(SLOW[0])
    with pytest.raises(OutcomeUnknown, match="ReadTimeout") as caught:
        fast(server.base_url, "add_msg_template", CREATE, timeout=0.3, settings={"token_store": warm})
    assert not isinstance(caught.value, DeadlineExceeded)


def test_a_connection_that_the_server_closed_in_the_meantime(serve: Serve) -> None:
    """It may be noticed before the request is written, or after; in no case is the request sent twice."""
    told: list[Seen] = []

    def once(connection: Connection, request: Seen) -> None:
        told.append(request)
        connection.answer(CREATED)
        connection.close()

    server = serve(once)
    done = 0
    with WeCom(CORPID, SECRET, base_url=server.base_url, transport=FastTransport()) as wecom:
        for _ in range(20):
            try:
                wecom.add_msg_template(CREATE)
                done += 1
            except (OutcomeUnknown, NotSent):
                pass
    assert done <= len(told) <= 20


def test_a_redirect_is_not_followed(serve: Serve, fast: Invoke) -> None:
    elsewhere = serve(created)
    server = serve(answers(b"", "307 Temporary Redirect", f"Location: {elsewhere.base_url}/x\r\n"))
    with pytest.raises(OutcomeUnknown, match="HTTP status is 307"):
        fast(server.base_url, "add_msg_template", CREATE)
    assert elsewhere.seen == []


def test_no_cookie_is_kept(serve: Serve) -> None:
    server = serve(answers(OK, headers="Set-Cookie: a=b\r\n"))
    with WeCom(CORPID, SECRET, base_url=server.base_url, transport=FastTransport()) as wecom:
        wecom.add_msg_template(CREATE)
        wecom.add_msg_template(CREATE)
    assert all(b"cookie" not in request.head.lower() for request in server.seen)


def test_certificates_are_checked(serve: Serve, fast: Invoke, tmp_path: Path, warm: Any) -> None:
    server = serve(created, tls=server_context(tmp_path))
    with pytest.raises(NotSent, match="ConnectError"):
        fast(server.base_url, "add_msg_template", CREATE, settings={"token_store": warm})
    assert server.calls == []
    assert (
        fast(server.base_url, "add_msg_template", CREATE, trust=trusting_context()).msgid == CREATED["msgid"]
    )
    with pytest.raises(NotSent, match="ConnectError"):  # it is for 127.0.0.1 alone
        fast(
            server.base_url.replace("127.0.0.1", "localhost"),
            *("add_msg_template", CREATE),
            trust=trusting_context(),
            settings={"token_store": warm},
        )


def test_a_server_without_tls(serve: Serve, fast: Invoke, warm: Any) -> None:
    server = serve(created, greet=lambda connection: connection.answer(b"what?") or True)
    with pytest.raises(NotSent, match="ConnectError"):
        fast(
            server.base_url.replace("http:", "https:"),
            "add_msg_template",
            CREATE,
            settings={"token_store": warm},
        )


def test_fifty_threads_share_a_transport(serve: Serve) -> None:
    server = serve(created)
    failed: list[WeComError] = []
    with WeCom(CORPID, SECRET, base_url=server.base_url, transport=FastTransport()) as wecom:

        def work() -> None:
            try:
                for _ in range(4):
                    wecom.add_msg_template(CREATE)
            except WeComError as exc:
                failed.append(exc)

        threads = [threading.Thread(target=work) for _ in range(50)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    assert failed == []
    assert (len(server.calls), len(server.token_requests)) == (200, 1)


def test_a_file_is_streamed(serve: Serve, fast: Invoke) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + os.urandom(300_000)
    server = serve(answers(b'{"errcode":0,"errmsg":"ok","url":"http://p.qpic.cn/0"}'))
    fast(server.base_url, "media_uploadimg", media=picture, filename="a.png", content_type="image/png")
    (seen,) = server.calls
    assert picture in seen.body
    assert b"chunked" not in seen.head.lower()


def test_a_file_whose_connection_breaks_is_not_read_to_its_end(
    serve: Serve, fast: Invoke, caplog: Any
) -> None:
    """Nobody has got all of it, whatever was handed to a connection that was gone."""

    def refuse(connection: Connection) -> bool:
        if b"gettoken" in connection.sock.recv(1 << 16):
            connection.answer(issued(TOKEN), headers="Connection: close\r\n")
            connection.close()
        else:
            connection.reset()
        return True

    server = serve(created, greet=refuse)
    with pytest.raises(NotSent) as caught:
        fast(server.base_url, "media_upload", type="file", media=bytes(20_000_000), filename="a.bin")
    assert caught.value.fault == "upload-incomplete"
    assert caplog.text == ""


def test_a_server_that_answers_early_and_reads_on(serve: Serve, fast: Invoke) -> None:
    """It says that it will say no more, and takes the file all the same."""

    def refuse(connection: Connection) -> bool:
        if b"gettoken" in connection.sock.recv(1 << 16):
            connection.answer(issued(TOKEN), headers="Connection: close\r\n")
        else:
            connection.answer(b"no", status="413 Content Too Large", headers="Connection: close\r\n")
            connection.sock.shutdown(socket.SHUT_WR)
            while connection.sock.recv(1 << 16):
                pass
        connection.close()
        return True

    server = serve(created, greet=refuse)
    with pytest.raises(OutcomeUnknown, match="its HTTP status is 413"):
        fast(server.base_url, "media_upload", type="file", media=bytes(20_000_000), filename="a.bin")


@pytest.mark.parametrize("fault", [*BROKEN[:5], *MALFORMED[:3]], ids=names)
def test_neither_token_nor_secret_shows(fault: Fault, serve: Serve, fast: Invoke, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG)
    server = serve(fault.handler, tokens=lambda connection, _: connection.answer(issued(TOKEN)))
    with pytest.raises(WeComError) as caught:
        fast(server.base_url, "add_msg_template", CREATE)
    links: list[BaseException | None] = [caught.value]
    shown = caplog.text + "".join(traceback.format_exception(caught.value))
    while links:
        link = links.pop()
        if link is not None:
            shown += repr(link) + repr(link.__dict__) + str(link.args)
            links += [link.__cause__, link.__context__]
    assert TOKEN not in shown
    assert SECRET not in shown


def test_a_closed_transport_closes_its_connections(serve: Serve) -> None:
    gone = threading.Event()

    def watch(connection: Connection, request: Seen) -> None:
        connection.answer(CREATED)
        if not connection.sock.recv(1):
            gone.set()

    server = serve(watch)
    with WeCom(CORPID, SECRET, base_url=server.base_url, transport=FastTransport()) as wecom:
        wecom.add_msg_template(CREATE)
        assert not gone.is_set()
    assert gone.wait(30)


def test_without_asyncio_it_says_so() -> None:
    call = AsyncFastTransport().handle_async_request(httpx.Request("GET", "http://127.0.0.1:9"))
    with pytest.raises(httpx.UnsupportedProtocol, match=r"^the fast transport is for asyncio$"):
        call.send(None)


def test_a_proxy_of_the_environment_is_asked(
    serve: Serve, fast: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = serve(created)
    monkeypatch.setenv("http_proxy", proxy.base_url)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    fast("http://localhost:1", "add_msg_template", CREATE)
    assert proxy.calls[0].head.startswith(
        b"POST http://localhost:1/cgi-bin/externalcontact/add_msg_template?"
    )
    straight = serve(created)
    fast(straight.base_url, "add_msg_template", CREATE)
    assert straight.calls[0].head.startswith(b"POST /cgi-bin/")


def test_a_broken_connection_to_a_proxy_is_no_less_true(
    serve: Serve, fast: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = serve(BROKEN[0].handler)
    monkeypatch.setenv("http_proxy", proxy.base_url)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with pytest.raises(OutcomeUnknown):
        fast("http://localhost:1", "add_msg_template", CREATE)
    assert len(proxy.calls) == 1


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_who_finds_no_free_connection_waits_and_then_gives_up(kind: str, serve: Serve, warm: Any) -> None:
    """A call that gave up has left no connection taken for ever."""
    answer = threading.Event()
    waiting = threading.Event()

    def hold(connection: Connection, request: Seen) -> None:
        waiting.set()
        assert answer.wait(30)
        connection.answer(CREATED)

    server = serve(hold)
    one = httpx.Limits(max_connections=1)
    settings: dict[str, Any] = {"base_url": server.base_url, "token_store": warm}

    def threads() -> None:
        with WeCom(CORPID, SECRET, transport=FastTransport(limits=one), **settings) as wecom:
            first = threading.Thread(target=lambda: wecom.add_msg_template(CREATE))
            first.start()
            assert waiting.wait(30)
            with pytest.raises(NotSent, match=r"PoolTimeout: no connection became free, while connecting\."):
                wecom.add_msg_template(CREATE, timeout=0.2)
            answer.set()
            first.join(30)
            assert wecom.add_msg_template(CREATE).msgid

    async def tasks() -> None:
        async with AsyncWeCom(CORPID, SECRET, transport=AsyncFastTransport(limits=one), **settings) as wecom:
            first = asyncio.ensure_future(wecom.add_msg_template(CREATE))
            await happens(waiting)
            with pytest.raises(NotSent, match=r"PoolTimeout: no connection became free, while connecting\."):
                await wecom.add_msg_template(CREATE, timeout=0.2)
            answer.set()
            await first
            assert (await wecom.add_msg_template(CREATE)).msgid

    threads() if kind == "sync" else asyncio.run(tasks())
    assert (len(server.calls), server.connections) == (2, 1)


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_body_that_is_longer_than_was_said_ends_its_request(kind: str, serve: Serve) -> None:
    """At once, and not with the answer that the server still waits to give; the connection is not used again."""
    server = serve(created)
    head = {"Content-Length": "3"}

    def threads() -> None:
        with httpx.Client(transport=FastTransport(), timeout=30) as client:
            with pytest.raises(httpx.WriteError, match=r"^the body is longer than its Content-Length$"):
                client.post(f"{server.base_url}/x", content=iter([b"ab", b"cd"]), headers=head)
            assert client.post(f"{server.base_url}/x", content=b"{}").json() == CREATED

    async def pieces() -> Any:
        yield b"ab"
        yield b"cd"

    async def tasks() -> None:
        async with httpx.AsyncClient(transport=AsyncFastTransport(), timeout=30) as client:
            with pytest.raises(httpx.WriteError, match=r"^the body is longer than its Content-Length$"):
                await client.post(f"{server.base_url}/x", content=pieces(), headers=head)
            assert (await client.post(f"{server.base_url}/x", content=b"{}")).json() == CREATED

    threads() if kind == "sync" else asyncio.run(asyncio.wait_for(tasks(), 60))
    assert server.connections == 2


def test_a_client_outlives_its_event_loop(serve: Serve, warm: Any) -> None:
    """As of httpx's own: each loop has its own connections, and its own limit."""
    server = serve(created)
    transport = AsyncFastTransport(limits=httpx.Limits(max_connections=1))
    wecom = AsyncWeCom(CORPID, SECRET, base_url=server.base_url, transport=transport, token_store=warm)

    async def main(close: bool) -> None:
        for _ in range(2):
            assert (await wecom.add_msg_template(CREATE)).msgid
        if close:
            await wecom.aclose()
        else:
            (left,) = [link for idle in transport._loop().idle.values() for link in idle]
            left.close()  # the loop doesn't end the connections that it leaves behind
            await asyncio.sleep(0)

    for close in (False, False, True):
        asyncio.run(main(close))
    assert (len(server.calls), server.connections) == (6, 3)


def test_a_cancelled_call_is_cancelled_and_no_failure(serve: Serve, warm: Any) -> None:
    """By a scope of anyio's, by asyncio's timeout, and by the task's own cancel."""
    import anyio

    arrived = threading.Event()
    calls: list[Seen] = []

    def silent(connection: Connection, request: Seen) -> None:
        calls.append(request)
        if len(calls) == 3:
            arrived.set()
        connection.hold()

    server = serve(silent)

    async def main() -> None:
        async with AsyncWeCom(
            CORPID, SECRET, base_url=server.base_url, transport=AsyncFastTransport(), token_store=warm
        ) as wecom:
            with anyio.move_on_after(0.2) as scope:
                await wecom.add_msg_template(CREATE)
            assert scope.cancelled_caught
            with pytest.raises(TimeoutError) as caught:
                async with asyncio.timeout(0.2):
                    await wecom.add_msg_template(CREATE)
            assert not isinstance(caught.value, WeComError)
            task = asyncio.ensure_future(wecom.add_msg_template(CREATE))
            await happens(arrived)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert task.cancelled()

    asyncio.run(asyncio.wait_for(main(), 60))


# Transports of others, as their own pages say to use them. Both say "could not connect" of a connection that was reset
# with the request on it.


def test_a_transport_that_misnames_a_broken_connection_is_not_believed(serve: Serve, warm: Any) -> None:
    from pyreqwest.compatibility.httpx import SyncHttpxTransport

    server = serve(BROKEN[0].handler)
    settings: dict[str, Any] = {"base_url": server.base_url, "token_store": warm}
    with (
        WeCom(CORPID, SECRET, transport=SyncHttpxTransport(), **settings) as wecom,
        pytest.raises(OutcomeUnknown),
    ):
        wecom.add_msg_template(CREATE)
    with (
        httpx.Client(transport=SyncHttpxTransport()) as client,
        WeCom(CORPID, SECRET, client=client, **settings) as wecom,
        pytest.raises(OutcomeUnknown),
    ):
        wecom.add_msg_template(CREATE)
    assert len(server.calls) == 2


@pytest.mark.parametrize("kind", ["pyreqwest", "aiohttp"])
def test_an_async_one_is_not_believed_either(kind: str, serve: Serve, warm: Any) -> None:
    from httpx_aiohttp import AiohttpTransport
    from pyreqwest.compatibility.httpx import HttpxTransport

    server = serve(BROKEN[1].handler)

    async def main() -> None:
        transport: httpx.AsyncBaseTransport = AiohttpTransport() if kind == "aiohttp" else HttpxTransport()
        async with AsyncWeCom(
            CORPID, SECRET, base_url=server.base_url, transport=transport, token_store=warm
        ) as wecom:
            with pytest.raises(OutcomeUnknown):
                await wecom.add_msg_template(CREATE)

    asyncio.run(main())
    assert len(server.calls) == 1
