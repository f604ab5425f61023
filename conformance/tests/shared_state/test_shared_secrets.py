"""A token that processes share, a secret and the password of the Redis come out nowhere: not by way of the store, not
by the tasks of Celery and a journal in PostgreSQL, and not where somebody interrupts them."""

from __future__ import annotations

import contextlib
import json
import random
import signal
import threading
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
import redis
from celery import Celery
from servers import PostgresServer, RedisServer
from slow_line import SlowLine
from sqlalchemy import MetaData, create_engine, select

from chaos.canary import Canary, Net
from chaos.company import CORPID
from chaos.faults import Answer, Fault, says
from chaos.nursery import audience
from chaos.secrets import ALL, SECRET, TOKEN, WAYS, by_task, by_thread, draw_for, faults
from chaos.server import ChaosServer
from chaos.watchers import show, show_error, watching
from chaos.wire import Wire
from wecom_conformance.budget import SEED, examples
from wecom_openapi import Broadcast, Journal, RedisTokenStore, WeCom
from wecom_openapi.broadcast.celery_tasks import call_task, enqueue
from wecom_openapi.fast import FastTransport

TEXT = Canary("the message", "canary of the tasks")
"""What stands by right where the secrets may not: a search that doesn't find it finds nothing."""
CREATE = WAYS[0]
_HANGS = 3600.0


def some(count: int) -> list[Fault]:
    """An answer that is well, one that is told to the journal and repeats the token, and some more."""
    known = {fault.name: fault for fault in faults(CREATE) if fault.at == "answer"}
    first = [known.pop(name) for name in ("well", "an errmsg of a success with the token")]
    return first + random.Random(SEED).sample([*known.values()], min(examples(count), len(known)))


@pytest.fixture
def net(redis_server: RedisServer) -> Net:
    return Net(*ALL, Canary("password of the Redis", redis_server.password))


@pytest.fixture
def client(redis_url: str) -> Iterator[Any]:
    with redis.Redis.from_url(redis_url) as connected:
        yield connected


def throw_redis(net: Net, client: Any) -> set[bytes]:
    """All that stands in a Redis goes into the net, but a token in its place. Gives the names of those places."""
    places = set()
    for key in client.scan_iter():
        net.throw("the names in Redis", key)
        if key.endswith(b":token"):
            places.add(key)
            continue
        value = client.lrange(key, 0, -1) if client.type(key) == b"list" else client.dump(key)
        net.throw(f"{key!r} in Redis", value)
    return places


def throw_database(net: Net, url: str) -> None:
    """Every row of every table goes into the net."""
    engine, tables = create_engine(url), MetaData()
    with engine.connect() as connection:
        tables.reflect(connection)
        for name, table in tables.tables.items():
            net.throw(f"{name} in PostgreSQL", [tuple(row) for row in connection.execute(select(table))])
    engine.dispose()


def test_nothing_of_a_shared_token_shows_it(
    net: Net, redis_url: str, redis_server: RedisServer, client: Any
) -> None:
    control = Net(TOKEN)
    kept = [way for way in WAYS if way.kept]
    with watching(net) as (loggers, _):
        for number, fault in enumerate(some(5)):
            of_token = number % 3 == 2
            if of_token:
                client.flushall()  # else nobody asks for one
            store = RedisTokenStore(redis_url, timeout=30)
            way = kept[number % len(kept)]
            with ChaosServer(draw_for(fault, of_token)) as server:
                for by in (by_thread, by_task):
                    by(net, f"{way.name}, {fault.name}, over Redis", way, server.base_url, token_store=store)
            show(net, "the store", store)
            show(net, "its link", store._redis)
            for key in throw_redis(net, client):
                control.throw("its place", client.get(key))
    net.throw("the log of Redis", redis_server.log())
    assert net.found == []
    assert control.found
    assert "wecom_openapi" in loggers


def interrupt_when_asked(line: SlowLine) -> None:
    """Ctrl-C in the main thread, while it waits for what it has asked by way of a line."""
    caller = threading.main_thread().ident or 0
    line.asked.clear()

    def wait() -> None:
        assert line.asked.wait(60)
        signal.pthread_kill(caller, signal.SIGINT)

    threading.Thread(target=wait).start()


@pytest.fixture
def net_for_ctrl_c(redis_server: RedisServer) -> Net:
    """It is to catch that one word alone."""
    return Net(*ALL, Canary("password", redis_server.password), Canary("Ctrl-C", "KeyboardInterrupt"))


def caught(net: Net) -> set[str]:
    return {one.partition(" (")[0] for one in net.found}


def test_nothing_of_an_interruption_shows_it(net_for_ctrl_c: Net, redis_server: RedisServer) -> None:
    with SlowLine(redis_server.port, 0) as line:

        def play(wire: Wire, _: Answer) -> None:
            line.delay = _HANGS
            interrupt_when_asked(line)
            says(json.dumps({"errcode": 0, "access_token": TOKEN.value, "expires_in": 7200}).encode())(
                wire, _
            )

        draw = draw_for(Fault("a token for a Redis that hangs", "answer", play, "never"), of_token=True)
        store = RedisTokenStore(redis_server.url_at(line.port), timeout=30)
        with ChaosServer(draw) as server:
            by_thread(net_for_ctrl_c, "while Redis is told", CREATE, server.base_url, token_store=store)
    assert caught(net_for_ctrl_c) == {"Ctrl-C"}


def test_nothing_of_an_interruption_at_the_first_look_shows_the_password(
    net_for_ctrl_c: Net, redis_server: RedisServer
) -> None:
    with SlowLine(redis_server.port, _HANGS) as line:
        interrupt_when_asked(line)
        try:
            RedisTokenStore(redis_server.url_at(line.port), timeout=30)
        except KeyboardInterrupt as exc:
            show_error(net_for_ctrl_c, "while Redis is looked at", exc)
    assert caught(net_for_ctrl_c) == {"Ctrl-C"}


def test_nothing_of_an_interruption_shows_the_password_of_the_journal(
    postgres_server: PostgresServer,
) -> None:
    net = Net(Canary("password", postgres_server.password), Canary("Ctrl-C", "KeyboardInterrupt"))
    there = f":{postgres_server.port}/"
    with (
        SlowLine(postgres_server.port, _HANGS) as line,
        Journal(postgres_server.url("postgres").replace(there, f":{line.port}/")) as journal,
    ):
        interrupt_when_asked(line)
        try:
            journal.open()
        except KeyboardInterrupt as exc:
            show_error(net, "while the journal is opened", exc)
    assert caught(net) == {"Ctrl-C"}


def test_nothing_of_a_task_shows_a_secret(
    net: Net, redis_url: str, postgres_url: str, postgres_server: PostgresServer, client: Any
) -> None:
    """With its results kept in Redis, which Celery does only where it is told to."""
    control = Net(TEXT)
    app = Celery("canary", broker=redis_url, backend=redis_url, set_as_current=False)
    app.conf.update(task_store_eager_result=True, result_extended=True)
    with watching(net) as (loggers, _), Journal(postgres_url) as journal, contextlib.ExitStack() as opened:
        for number, fault in enumerate(some(4)):
            server = opened.enter_context(ChaosServer(draw_for(fault, of_token=number % 3 == 2)))
            if number % 3 == 2:
                client.flushall()  # else nobody asks for one

            def connect(base_url: str = server.base_url) -> WeCom:
                store = RedisTokenStore(redis_url, timeout=30)
                fast = FastTransport()
                return opened.enter_context(
                    WeCom(
                        CORPID,
                        SECRET.value,
                        base_url=base_url,
                        journal=journal,
                        token_store=store,
                        transport=fast,
                        retries=0,
                    )
                )

            task = call_task(app, connect, name=f"call{number}", attempts=2, pause=0.001, ignore_result=False)
            broadcast = Broadcast(journal, f"spring{number}")
            broadcast.plan({"text": {"content": TEXT.value}}, audience(1)[:2])
            assert enqueue(task, broadcast) == 2
            for n in (1, 2):
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    result = task.apply(args=(broadcast.name, n))
                show(net, fault.name, result)
                net.throw(f"{fault.name}: traceback", result.traceback)
                if isinstance(result.result, BaseException):
                    show_error(net, fault.name, result.result)
            throw_redis(net, client)
    for one in (net, control):
        throw_database(one, postgres_url)
    net.throw("the log of PostgreSQL", postgres_server.log())
    assert net.found == []
    assert control.found
    assert {"celery.app.trace", "wecom_openapi"} <= loggers
