"""A Redis that is down, hangs, is slow or was flushed: each process goes on alone, says so once, and comes back."""

from __future__ import annotations

import asyncio
import logging
import time
import warnings
from collections.abc import Callable
from typing import Any

import pytest
import redis
from servers import RedisServer
from slow_line import SlowLine

from wecom_mock.server import MockServer
from wecom_openapi import AsyncWeCom, NotSentInTime, RedisTokenStore, WeCom, WeComWarning

CORPID, SECRET = "wwdemo", "demo"
NEVER = 3600.0
"""Seconds: Redis is left alone for longer than a test takes."""

Invoke = Callable[[MockServer, RedisTokenStore], None]


def sync(mock: MockServer, store: RedisTokenStore) -> None:
    with WeCom(CORPID, SECRET, base_url=mock.base_url, token_store=store) as wecom:
        wecom.groupchat_list(limit=1)


def as_task(mock: MockServer, store: RedisTokenStore) -> None:
    async def main() -> None:
        async with AsyncWeCom(CORPID, SECRET, base_url=mock.base_url, token_store=store) as wecom:
            await wecom.groupchat_list(limit=1)

    asyncio.run(main())


@pytest.fixture(params=[sync, as_task], ids=["sync", "async"])
def invoke(request: pytest.FixtureRequest) -> Any:
    return request.param


def again(invoke: Invoke, mock: MockServer, stores: list[RedisTokenStore], *, revoked: bool = False) -> None:
    """Three calls with each store."""
    for store in stores * 3:
        if revoked:
            mock.state.revoke_tokens()
        invoke(mock, store)


def asked(mock: MockServer) -> int:
    return len(mock.state.calls.of("gettoken"))


def test_down_from_the_beginning(own_redis: RedisServer, mock: MockServer, invoke: Invoke) -> None:
    own_redis.kill()
    with pytest.warns(WeComWarning, match="each process has tokens of its own") as told:
        stores = [RedisTokenStore(own_redis.url, rest=NEVER) for _ in range(2)]
    assert len(told) == 2
    assert own_redis.password not in str(told[0].message)
    again(invoke, mock, stores)
    # One for each that stands for a process; the mock hands out the same again, as WeCom does.
    assert asked(mock) == 2


def test_down_in_the_middle(own_redis: RedisServer, mock: MockServer, invoke: Invoke) -> None:
    stores = [RedisTokenStore(own_redis.url, timeout=30, rest=NEVER) for _ in range(2)]
    for store in stores:
        invoke(mock, store)
    assert asked(mock) == 1
    own_redis.kill()
    # What a process has it keeps.
    for store in stores:
        invoke(mock, store)
    assert asked(mock) == 1
    mock.state.revoke_tokens()
    with pytest.warns(WeComWarning, match="ConnectionError") as told:
        again(invoke, mock, stores)
    assert len(told) == len(stores)
    assert asked(mock) == 1 + len(stores)


def test_flushed(own_redis: RedisServer, mock: MockServer, invoke: Invoke) -> None:
    stores = [RedisTokenStore(own_redis.url, timeout=30) for _ in range(3)]
    for store in stores[:2]:
        invoke(mock, store)
    assert own_redis.ask("FLUSHALL") == b"+OK"
    for store in stores[:2]:
        invoke(mock, store)
    assert asked(mock) == 1
    # One who had none asks, and the others find it where theirs ends.
    invoke(mock, stores[2])
    assert asked(mock) == 2
    mock.state.revoke_tokens()
    for store in stores:
        invoke(mock, store)
    assert asked(mock) == 3


def test_it_comes_back(own_redis: RedisServer, mock: MockServer, invoke: Invoke, caplog: Any) -> None:
    store = RedisTokenStore(own_redis.url, timeout=30, rest=0.02)
    own_redis.kill()
    with pytest.warns(WeComWarning, match="can't be used"):
        invoke(mock, store)
    own_redis.again()
    client = redis.Redis.from_url(own_redis.url)
    ends = time.monotonic() + 60
    with caplog.at_level(logging.INFO, "wecom_openapi.redis"):
        while not client.keys("*token"):
            assert time.monotonic() < ends
            mock.state.revoke_tokens()
            invoke(mock, store)
    assert "answers again" in caplog.text
    # What it keeps serves the next process.
    before = asked(mock)
    invoke(mock, RedisTokenStore(own_redis.url, timeout=30))
    assert asked(mock) == before
    client.close()


def test_the_second_time_it_is_a_line_in_the_log(
    own_redis: RedisServer, mock: MockServer, caplog: Any
) -> None:
    store = RedisTokenStore(own_redis.url, timeout=30, rest=0.02)
    own_redis.kill()
    with pytest.warns(WeComWarning, match="can't be used"):
        assert store.load("k") is None
    own_redis.again()
    ends = time.monotonic() + 60
    with warnings.catch_warnings(action="error"), caplog.at_level(logging.INFO, "wecom_openapi.redis"):
        while "answers again" not in caplog.text:
            assert time.monotonic() < ends
            store.load("k")
        assert [record.levelname for record in caplog.records] == ["INFO"]
        own_redis.kill()
        store.load("k")
        assert [record.levelname for record in caplog.records] == ["INFO", "WARNING"]
    assert own_redis.password not in caplog.text


def test_one_that_hangs_is_asked_once(own_redis: RedisServer, mock: MockServer, invoke: Invoke) -> None:
    store = RedisTokenStore(own_redis.url, timeout=1, rest=NEVER)
    invoke(mock, store)
    own_redis.pause()
    mock.state.revoke_tokens()
    started = time.monotonic()
    with pytest.warns(WeComWarning, match="TimeoutError") as told:
        invoke(mock, store)
    assert time.monotonic() - started < 30  # without an end of its own it would be for ever
    for _ in range(5):
        mock.state.revoke_tokens()
        invoke(mock, store)
    assert len(told) == 1
    assert asked(mock) == 7
    own_redis.go_on()


def test_a_crowd_pays_once_for_one_that_hangs(own_redis: RedisServer, mock: MockServer) -> None:
    with SlowLine(own_redis.port, delay=0) as line:
        url = own_redis.url.replace(str(own_redis.port), str(line.port))
        store = RedisTokenStore(url, timeout=1, rest=NEVER)
        as_task(mock, store)
        made = line.connections
        own_redis.pause()
        mock.state.revoke_tokens()

        async def main() -> None:
            async with AsyncWeCom(CORPID, SECRET, base_url=mock.base_url, token_store=store) as wecom:
                await asyncio.gather(*(wecom.groupchat_list(limit=1) for _ in range(32)))

        with pytest.warns(WeComWarning, match="TimeoutError") as told:
            asyncio.run(main())
        assert len(told) == 1
        assert line.connections == made + 1
        own_redis.go_on()
    assert asked(mock) == 2


def test_one_that_is_slow_is_left_alone(own_redis: RedisServer, mock: MockServer) -> None:
    # Each single answer comes in time. On a machine that is very busy one may not, and the end is the same.
    with SlowLine(own_redis.port, delay=0.28) as line:
        url = own_redis.url.replace(str(own_redis.port), str(line.port))
        store = RedisTokenStore(url, timeout=0.5, rest=NEVER)
        made = line.connections
        with pytest.warns(WeComWarning, match=r"took \d|TimeoutError") as told:
            again(sync, mock, [store], revoked=True)
        assert len(told) == 1
        assert line.connections == made + 1
    assert asked(mock) == 3


def test_who_waits_for_another_goes_on_where_redis_goes_down(
    own_redis: RedisServer, mock: MockServer, invoke: Invoke
) -> None:
    store = RedisTokenStore(own_redis.url, timeout=30, rest=NEVER)
    held = [RedisTokenStore(own_redis.url, timeout=30, lease=NEVER)]
    waiting = WaitingStore(store, lambda: own_redis.kill())
    with WeCom(CORPID, SECRET, base_url=mock.base_url) as wecom:
        key = wecom._driver._auths["access_token"]._source._key  # type: ignore[attr-defined]
    assert held[0].claim(key).lease is not None
    with pytest.warns(WeComWarning, match="can't be used"):
        invoke(mock, waiting)
    assert waiting.refused >= 1
    assert asked(mock) == 1


class WaitingStore(RedisTokenStore):
    """A store that tells when a claim of it was not granted."""

    def __init__(self, store: RedisTokenStore, refused: Callable[[], object]) -> None:
        self.__dict__ |= store.__dict__
        self.refused = 0
        self._tell = refused

    def claim(self, key: str) -> Any:
        claimed = super().claim(key)
        if claimed.lease is None and claimed.token is None:
            self.refused += 1
            self._tell()
        return claimed


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_waiting_for_another_process_ends_at_the_deadline(
    kind: str, mock: MockServer, redis_url: str
) -> None:
    holder = RedisTokenStore(redis_url, timeout=30, lease=NEVER)
    store = RedisTokenStore(redis_url, timeout=30)
    options: dict[str, Any] = {"base_url": mock.base_url, "token_store": store, "deadline": 0.3}

    def one() -> None:
        with WeCom(CORPID, SECRET, **options) as wecom:
            wecom.groupchat_list(limit=1)

    async def as_task() -> None:
        async with AsyncWeCom(CORPID, SECRET, **options) as wecom:
            await wecom.groupchat_list(limit=1)

    with WeCom(CORPID, SECRET, **options) as wecom:
        assert holder.claim(wecom._driver._auths["access_token"]._source._key).lease is not None  # type: ignore[attr-defined]
    with pytest.raises(NotSentInTime, match="deadline"):
        one() if kind == "sync" else asyncio.run(as_task())
    assert asked(mock) == 0
