"""Bytes behind an answer are no answer to the next call."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpcore
import httpx
import pytest

from chaos.certificate import server_context, trusting_context
from chaos.faults import NO_FAULT, Answer, Fault
from chaos.matrix import body, warm
from chaos.server import ChaosServer
from chaos.wire import Request, Wire
from wecom_openapi import AsyncWeCom, WeCom, WeComError
from wecom_openapi.bounded import is_unread, left_over
from wecom_openapi.fast import AsyncFastTransport, FastTransport
from wecom_openapi.fast.link import FULL, Link
from wecom_openapi.network import watch

Say = Callable[[ChaosServer, list[str]], list[Any]]


def by_thread(
    server: ChaosServer, contents: list[str], transport: httpx.BaseTransport | None = None
) -> list[Any]:
    """What became of creates over the connections of one client: msgids or errors."""
    said: list[Any] = []
    options: Any = {"base_url": server.base_url, "token_store": warm(server), "transport": transport}
    with WeCom("ww", "secret", **options) as wecom:
        for content in contents:
            try:
                said.append(wecom.add_msg_template(body(content)).msgid)
            except WeComError as exc:
                said.append(exc)
    return said


def by_task(
    server: ChaosServer, contents: list[str], transport: type[httpx.AsyncBaseTransport] | None = None
) -> list[Any]:
    """The same with tasks."""

    async def main() -> list[Any]:
        said: list[Any] = []
        options: Any = {"base_url": server.base_url, "token_store": warm(server)}
        async with AsyncWeCom("ww", "secret", **options, transport=transport and transport()) as wecom:
            for content in contents:
                try:
                    said.append((await wecom.add_msg_template(body(content))).msgid)
                except WeComError as exc:
                    said.append(exc)
        return said

    return asyncio.run(main())


def fast_by_thread(server: ChaosServer, contents: list[str]) -> list[Any]:
    """The same over the fast transport, which keeps its connections itself and has another parser."""
    return by_thread(server, contents, FastTransport())


def fast_by_task(server: ChaosServer, contents: list[str]) -> list[Any]:
    """The same with tasks."""
    return by_task(server, contents, AsyncFastTransport)


both = pytest.mark.parametrize(
    "say",
    [by_thread, by_task, fast_by_thread, fast_by_task],
    ids=["sync", "async", "fast sync", "fast async"],
)


def sends_more(more: Callable[[bytes], bytes], framing: Any = "length") -> Callable[..., Fault]:
    """Every answer is followed by what ``more`` makes of its bytes, in the same packet."""

    def play(wire: Wire, answer: Answer) -> None:
        whole = b"".join(answer.wire(framing=framing))
        wire.send(whole + more(whole))

    return lambda *_: Fault("more", "answer", play, "before")


SURPLUS = {
    "the answer once more": lambda whole: whole,
    "a part of it": lambda whole: whole[: len(whole) // 2],
    "one byte": lambda _: b"\n",
    "something else": lambda _: b"HTTP/1.1 200 OK\r\nContent-Length: 41\r\n\r\n"
    b'{"errcode":0,"errmsg":"ok","msgid":"mOld"}',
}


@both
@pytest.mark.parametrize("framing", ["length", "chunks"])
@pytest.mark.parametrize("more", SURPLUS.values(), ids=SURPLUS)
def test_each_call_gets_its_own_answer(say: Say, more: Callable[[bytes], bytes], framing: str) -> None:
    with ChaosServer(sends_more(more, framing)) as server:
        said = say(server, ["one", "two", "three"])
    assert said == [one.msgid for one in server.ledger.applied]
    assert len(set(said)) == 3
    assert server.connections == 3, "a connection with something left in it is not used again"


@both
def test_a_connection_with_nothing_left_is_used_again(say: Say) -> None:
    with ChaosServer(lambda *_: NO_FAULT) as server:
        said = say(server, ["one", "two", "three"])
    assert said == [one.msgid for one in server.ledger.applied]
    assert server.connections == 1


@both
def test_a_failed_answer_with_more_behind_it_spoils_no_other_call(say: Say) -> None:
    def draw(_: str, request: Request | None) -> Fault:
        def twice(wire: Wire, answer: Answer) -> None:
            wire.send(b"".join(Answer(502, b"<html>").wire()) + b"".join(answer.wire()))

        spoilt = request is not None and b'"one"' in request.body
        return Fault("502 and an answer", "answer", twice, "before") if spoilt else NO_FAULT

    with ChaosServer(draw) as server:
        said = say(server, ["one", "two"])
    assert said[0].outcome == "unknown"
    assert said[1] == server.ledger.of("two")[0].msgid


@pytest.mark.parametrize("own", [True, False], ids=["transport", "client"])
def test_the_place_where_httpx_keeps_what_is_left_is_still_there(own: bool) -> None:
    """Where it is gone, the guard sees nothing: this test is what notices."""
    more = sends_more(lambda whole: whole)
    with ChaosServer(more) as server, httpx.HTTPTransport() as transport, httpx.Client() as client:
        request = httpx.Request("GET", f"{server.base_url}/cgi-bin/gettoken", headers={"Host": "x"})
        response = transport.handle_request(request) if own else client.send(request, stream=True)
        assert isinstance(response.stream, httpx.SyncByteStream)
        for _ in response.stream:
            assert left_over(response)
        response.close()


def test_a_client_of_somebody_else_is_guarded_too() -> None:
    with (
        ChaosServer(sends_more(lambda whole: whole)) as server,
        httpx.Client() as client,
        WeCom("ww", "secret", base_url=server.base_url, token_store=warm(server), client=client) as wecom,
    ):
        said = [wecom.add_msg_template(body(content)).msgid for content in ("one", "two")]
    assert said == [one.msgid for one in server.ledger.applied]


def test_an_answer_in_a_record_of_its_own_is_seen(tmp_path: Path) -> None:
    """TLS for tasks has taken it from the system already, and gives it out with the next read only."""
    begun, sent = threading.Event(), threading.Event()

    def play(wire: Wire, answer: Answer) -> None:
        *head, content = answer.wire()
        wire.send(b"".join(head))
        assert begun.wait(30)
        for record in (content, *([b"".join(answer.wire())] if more else [])):
            wire.send(record)
        sent.set()

    async def main() -> bool:
        async with httpx.AsyncHTTPTransport(verify=trusting_context()) as transport:
            assert watch(transport)
            url = f"{server.base_url}/cgi-bin/gettoken"
            response = await transport.handle_async_request(
                httpx.Request("GET", url, headers={"Host": "x"}, extensions={"timeout": {"read": 30}})
            )
            begun.set()
            await asyncio.to_thread(sent.wait, 30)
            assert isinstance(response.stream, httpx.AsyncByteStream)
            assert [chunk async for chunk in response.stream]
            found = left_over(response)
            await response.aclose()
            return found

    for more in (False, True):
        begun.clear()
        sent.clear()
        with ChaosServer(
            lambda *_: Fault("more", "answer", play, "before"), tls=server_context(tmp_path)
        ) as server:
            assert asyncio.run(main()) is more


def test_a_part_of_a_packet_is_seen() -> None:
    """anyio reads more from the system than it was asked for, and keeps the rest."""

    def play(wire: Wire, _: Answer) -> None:
        wire.send(b"0123456789")

    async def main() -> list[bool]:
        stream = await httpcore.AnyIOBackend().connect_tcp("127.0.0.1", server.port)
        await stream.write(b"GET / HTTP/1.1\r\n\r\n")
        found = [is_unread(stream)]
        for size in (4, 6):
            assert len(await stream.read(size, 30)) == size
            found.append(is_unread(stream))
        await stream.aclose()
        return found

    with ChaosServer(lambda *_: Fault("digits", "answer", play, "never")) as server:
        assert asyncio.run(main()) == [False, True, False]


@pytest.mark.parametrize("over", [0, 1])
def test_a_connection_that_was_told_to_wait_is_not_used_again(over: int, tmp_path: Path) -> None:
    """TLS goes on taking bytes for a while when nobody reads: what lies behind an answer would be there unseen."""
    read = threading.Event()

    def play(wire: Wire, _: Answer) -> None:
        wire.send(b"x" * (FULL + over))
        assert read.wait(30)
        wire.send(b"more")

    async def main() -> None:
        loop = asyncio.get_running_loop()
        tls = trusting_context()
        _, link = await loop.create_connection(
            Link, "127.0.0.1", server.port, ssl=tls, server_hostname="127.0.0.1"
        )
        await link.write(b"GET / HTTP/1.1\r\n\r\n", 30)
        while link._size < FULL + over:  # noqa: ASYNC110 - it has no event for that
            await asyncio.sleep(0.002)
        assert len(await link.read(30)) == FULL + over
        assert link.has_expired() is bool(over)
        read.set()
        assert await link.read(30) == b"more"
        assert not link.has_expired()
        link.close()
        await asyncio.sleep(0)

    with ChaosServer(
        lambda *_: Fault("long", "answer", play, "never"), tls=server_context(tmp_path)
    ) as server:
        asyncio.run(asyncio.wait_for(main(), 60))
