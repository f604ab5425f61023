"""Connections are kept, bounded and never shared by two calls."""

from __future__ import annotations

import asyncio
import gc
import os
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable
from typing import Any

import anyio
import httpx
import pytest
from fault_server import CORPID, CREATED, SECRET, Connection, FaultServer, Seen, created, environment

from wecom_openapi import AsyncWeCom, NotSent, OutcomeUnknown, WeCom, WeComError
from wecom_openapi.fast import AsyncFastTransport
from wecom_openapi.pool import AsyncPool, Pool

Serve = Callable[..., FaultServer]

CREATE = {"sender": "zhangsan", "external_userid": ["wmA"], "text": {"content": "新品上市"}}


def test_the_pool_is_the_one_in_use() -> None:
    with WeCom(CORPID, SECRET) as wecom:
        assert type(wecom._driver._transport._pool) is Pool  # type: ignore[union-attr]
    tasks = AsyncWeCom(CORPID, SECRET)
    assert type(tasks._driver._transport._pool) is AsyncPool  # type: ignore[union-attr]


def test_one_connection_serves_one_call_after_the_other(serve: Serve) -> None:
    server = serve(created)
    with WeCom(CORPID, SECRET, base_url=server.base_url) as wecom:
        for _ in range(5):
            wecom.add_msg_template(CREATE)
    assert server.connections == 1


def test_fifty_threads_at_once(serve: Serve) -> None:
    """With httpcore's pool and httpx's limits calls fail here now and then, with the outcome unknown."""
    server = serve(created)
    failed: list[WeComError] = []
    start = threading.Barrier(50)
    with WeCom(CORPID, SECRET, base_url=server.base_url) as wecom:

        def work() -> None:
            try:
                start.wait(30)
                for _ in range(10):
                    wecom.add_msg_template(CREATE)
            except WeComError as exc:
                failed.append(exc)

        threads = [threading.Thread(target=work) for _ in range(50)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    assert failed == []
    assert len(server.calls) == 500
    assert server.connections <= 50


def test_fifty_tasks_at_once(serve: Serve) -> None:
    server = serve(created)

    async def main() -> None:
        async with AsyncWeCom(CORPID, SECRET, base_url=server.base_url) as wecom:

            async def work() -> None:
                for _ in range(4):
                    await wecom.add_msg_template(CREATE)

            await asyncio.gather(*(work() for _ in range(50)))

    asyncio.run(main())
    assert len(server.calls) == 200
    assert server.connections <= 50


class Gate:
    """A handler that answers when it is told to, and knows how many wait."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.waiting = threading.Semaphore(0)

    def __call__(self, connection: Connection, request: Seen) -> None:
        self.waiting.release()
        assert self.open.wait(30)
        connection.answer(CREATED)


def test_who_finds_no_free_connection_waits_and_then_gives_up(serve: Serve, warm: Any) -> None:
    gate = Gate()
    server = serve(gate)
    transport = httpx.HTTPTransport(limits=httpx.Limits(max_connections=1))
    settings: dict[str, Any] = {"base_url": server.base_url, "transport": transport, "token_store": warm}
    with WeCom(CORPID, SECRET, **settings) as wecom:
        first = threading.Thread(target=lambda: wecom.add_msg_template(CREATE))
        first.start()
        assert gate.waiting.acquire(timeout=30)
        with pytest.raises(NotSent, match="PoolTimeout"):
            wecom.add_msg_template(CREATE, timeout=0.2)
        gate.open.set()
        first.join(30)
        assert wecom.add_msg_template(CREATE).msgid
    assert (len(server.calls), server.connections) == (2, 1)


def test_a_task_that_finds_no_free_connection_waits_and_then_gives_up(serve: Serve, warm: Any) -> None:
    gate = Gate()
    server = serve(gate)

    async def main() -> None:
        transport = httpx.AsyncHTTPTransport(limits=httpx.Limits(max_connections=1))
        settings: dict[str, Any] = {"base_url": server.base_url, "transport": transport, "token_store": warm}
        async with AsyncWeCom(CORPID, SECRET, **settings) as wecom:
            first = asyncio.ensure_future(wecom.add_msg_template(CREATE))
            await asyncio.to_thread(gate.waiting.acquire, timeout=30)
            with pytest.raises(NotSent, match=r"PoolTimeout: no connection became free\b"):
                await wecom.add_msg_template(CREATE, timeout=0.2)
            with anyio.move_on_after(0.1) as scope:  # who is cancelled while waiting leaves nothing taken
                await wecom.add_msg_template(CREATE)
            assert scope.cancelled_caught
            gate.open.set()
            await first
            assert (await wecom.add_msg_template(CREATE)).msgid

    asyncio.run(asyncio.wait_for(main(), 60))
    assert (len(server.calls), server.connections) == (2, 1)


@pytest.mark.parametrize(("kept", "connections"), [(0, 3), (1, 1)])
def test_no_more_idle_connections_are_kept_than_were_asked_for(
    serve: Serve, warm: Any, kept: int, connections: int
) -> None:
    limits = httpx.Limits(max_keepalive_connections=kept)
    threads, tasks = serve(created), serve(created)
    transport = httpx.HTTPTransport(limits=limits)
    with WeCom(CORPID, SECRET, base_url=threads.base_url, transport=transport, token_store=warm) as wecom:
        for _ in range(3):
            wecom.add_msg_template(CREATE)

    async def main() -> None:
        options: Any = {"base_url": tasks.base_url, "transport": httpx.AsyncHTTPTransport(limits=limits)}
        async with AsyncWeCom(CORPID, SECRET, token_store=warm, **options) as wecom:
            for _ in range(3):
                await wecom.add_msg_template(CREATE)

    asyncio.run(main())
    assert (threads.connections, tasks.connections) == (connections, connections)


def test_a_client_outlives_its_event_loop(serve: Serve, warm: Any) -> None:
    """A connection that was made in one loop is of no use in the next."""
    server = serve(created)
    limits = httpx.Limits(max_connections=1)  # each loop has its own
    transport = httpx.AsyncHTTPTransport(limits=limits)
    wecom = AsyncWeCom(CORPID, SECRET, base_url=server.base_url, transport=transport, token_store=warm)

    async def main(close: bool) -> None:
        for _ in range(2):
            assert (await wecom.add_msg_template(CREATE)).msgid
        # The loop doesn't end the connections that it leaves behind.
        left = [one for idle in transport._pool._loop.idle.values() for one in idle]  # type: ignore[attr-defined]
        await (wecom.aclose() if close else left[0].aclose())

    for close in (False, False, True):
        asyncio.run(main(close))
    assert (len(server.calls), server.connections) == (6, 3)


def test_a_connection_that_broke_frees_its_place(serve: Serve, warm: Any) -> None:
    server = serve(lambda connection, _: connection.reset())
    transport = httpx.HTTPTransport(limits=httpx.Limits(max_connections=1))
    with WeCom(CORPID, SECRET, base_url=server.base_url, transport=transport, token_store=warm) as wecom:
        for _ in range(3):
            with pytest.raises(OutcomeUnknown):
                wecom.add_msg_template(CREATE)
    assert server.connections == 3


def test_a_connection_that_the_server_has_closed_is_not_used(serve: Serve) -> None:
    closed = threading.Event()

    def once(connection: Connection, _: Seen) -> None:
        connection.answer(CREATED)
        connection.close()
        closed.set()

    server = serve(once)
    with WeCom(CORPID, SECRET, base_url=server.base_url) as wecom:
        for _ in range(5):
            closed.clear()
            assert wecom.add_msg_template(CREATE).msgid
            assert closed.wait(30)
    assert len(server.calls) == 5


def test_closing_ends_the_connections(serve: Serve) -> None:
    gone = threading.Event()

    def watch(connection: Connection, _: Seen) -> None:
        connection.answer(CREATED)
        if not connection.sock.recv(1):
            gone.set()

    server = serve(watch)
    with WeCom(CORPID, SECRET, base_url=server.base_url) as wecom:
        wecom.add_msg_template(CREATE)
    assert gone.wait(30)


@pytest.mark.parametrize("kind", ["httpx", "fast"])
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_an_event_loop_that_ended_takes_its_connections_along(kind: str, serve: Serve, warm: Any) -> None:
    """A client that is used in one loop after the other doesn't keep one open connection more for each."""
    server = serve(created)
    transport = AsyncFastTransport() if kind == "fast" else None
    wecom = AsyncWeCom(CORPID, SECRET, base_url=server.base_url, transport=transport, token_store=warm)
    loops: list[weakref.ref[asyncio.AbstractEventLoop]] = []

    async def main() -> None:
        loops.append(weakref.ref(asyncio.get_running_loop()))
        assert (await wecom.add_msg_template(CREATE)).msgid

    for _ in range(3):
        asyncio.run(main())
    asyncio.run(wecom.aclose())
    gc.collect()
    assert [loop() for loop in loops] == [None] * 3


FORK = """
import os, sys
from wecom_openapi import WeCom
from wecom_openapi.fast import FastTransport
BODY = {"sender": "zhangsan", "external_userid": ["wmA"], "text": {"content": "x"}}
options = {"transport": FastTransport()} if sys.argv[2] == "fast" else {}
with WeCom("ww", "secret", base_url=sys.argv[1], **options) as wecom:
    wecom.add_msg_template(BODY)
    child = os.fork()
    if child == 0:
        wecom.add_msg_template(BODY)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    wecom.add_msg_template(BODY)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.parametrize("transport", ["httpx", "fast"])
@pytest.mark.parametrize("proxied", [False, True], ids=["straight", "proxy"])
def test_a_forked_process_has_connections_of_its_own(transport: str, proxied: bool, serve: Serve) -> None:
    """On a connection of both, one would read what the other was answered. The first process keeps what it has."""
    server = serve(created)
    command = [sys.executable, "-c", FORK, "http://localhost:1" if proxied else server.base_url, transport]
    proxy = {"http_proxy": server.base_url if proxied else "", "no_proxy": "127.0.0.1"}
    done = subprocess.run(
        command, env=environment() | proxy, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (len(server.calls), server.connections) == (3, 2)
