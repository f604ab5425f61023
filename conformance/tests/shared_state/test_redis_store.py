"""The store on a real Redis. Two stores stand for two processes: they share nothing but the Redis."""

from __future__ import annotations

import asyncio
import logging
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from servers import RedisServer
from slow_line import SlowLine

from wecom_mock.server import MockServer
from wecom_openapi import AsyncWeCom, NotSentInTime, RedisTokenStore, Suite, WeCom, WeComWarning
from wecom_openapi.tokens.store import Claim

KEY = "k" * 64
CORPID, SECRET = "wwdemo", "demo"


def store_at(url: str, **options: Any) -> RedisTokenStore:
    """With times that a busy machine keeps."""
    return RedisTokenStore(url, **{"timeout": 30.0, "lease": 60.0, **options})


@pytest.fixture
def one(redis_url: str) -> RedisTokenStore:
    return store_at(redis_url)


@pytest.fixture
def other(redis_url: str) -> RedisTokenStore:
    return store_at(redis_url)


@pytest.fixture
def client(redis_url: str) -> Any:
    with redis.Redis.from_url(redis_url) as connected:
        yield connected


def until(happens: Callable[[], Any]) -> Any:
    """What a function gives, as soon as that is something."""
    ends = time.monotonic() + 60
    while not (found := happens()):
        assert time.monotonic() < ends
        time.sleep(0.01)
    return found


class TestToken:
    def test_what_one_saves_the_other_loads(self, one: RedisTokenStore, other: RedisTokenStore) -> None:
        assert one.load(KEY) is None
        one.save(KEY, "tok-1", 100)
        assert one.load(KEY) == other.load(KEY) == "tok-1"

    def test_it_ends_in_redis_when_its_time_is_over(self, one: RedisTokenStore, client: Any) -> None:
        one.save(KEY, "tok-1", 100)
        assert 0 < client.pttl(f"wecom:{{{KEY}}}:token") <= 100_000

    def test_it_lives_no_longer_in_memory_than_in_redis(
        self, one: RedisTokenStore, other: RedisTokenStore, redis_url: str
    ) -> None:
        one.save(KEY, "tok-1", 100)
        client = redis.Redis.from_url(redis_url)
        client.pexpire(f"wecom:{{{KEY}}}:token", 50)
        found = other.load(KEY)
        assert found in ("tok-1", None)
        until(lambda: other.load(KEY) is None)
        client.close()

    def test_it_is_discarded_where_it_is_that_one(self, one: RedisTokenStore, other: RedisTokenStore) -> None:
        one.save(KEY, "tok-1", 100)
        other.discard(KEY, "tok-0")
        assert other.load(KEY) == "tok-1"
        other.discard(KEY, "tok-1")
        assert other.load(KEY) is None
        # The first has it in memory still, until WeCom tells it too.
        assert one.load(KEY) == "tok-1"
        one.discard(KEY, "tok-1")
        assert one.load(KEY) is None

    def test_a_late_discard_leaves_the_next_one(self, one: RedisTokenStore, other: RedisTokenStore) -> None:
        one.save(KEY, "tok-1", 100)
        assert other.load(KEY) == "tok-1"
        one.discard(KEY, "tok-1")
        one.save(KEY, "tok-2", 100)
        other.discard(KEY, "tok-1")
        assert other.load(KEY) == one.load(KEY) == "tok-2"

    def test_the_names_of_the_keys_can_be_chosen(self, redis_url: str, client: Any) -> None:
        store_at(redis_url, prefix="app/prod").save(KEY, "tok", 60)
        assert client.keys() == [f"app/prod:{{{KEY}}}:token".encode()]


class TestLease:
    def test_one_asks_and_the_others_wait(
        self, one: RedisTokenStore, other: RedisTokenStore, client: Any
    ) -> None:
        token, lease = one.claim(KEY)
        assert token is None
        assert lease is not None
        assert 0 < client.pttl(f"wecom:{{{KEY}}}:lease") <= 60_000
        assert other.claim(KEY) == Claim(None, None)
        assert lease.save("tok-1", 100) == "tok-1"
        assert other.claim(KEY) == Claim("tok-1", None)

    def test_by_saving_it_ends(self, one: RedisTokenStore, other: RedisTokenStore, client: Any) -> None:
        lease = one.claim(KEY).lease
        assert lease is not None
        lease.save("tok-1", 100)
        assert client.keys() == [f"wecom:{{{KEY}}}:token".encode()]
        other.discard(KEY, "tok-1")
        taken = other.claim(KEY).lease
        assert taken is not None
        lease.release()  # as a flow does in the end: nothing is left to be released
        assert store_at_same(one).claim(KEY) == Claim(None, None)

    def test_one_that_failed_lets_the_next_ask(self, one: RedisTokenStore, other: RedisTokenStore) -> None:
        lease = one.claim(KEY).lease
        assert lease is not None
        lease.release()
        assert other.claim(KEY).lease is not None

    def test_it_ends_by_itself(self, redis_url: str, other: RedisTokenStore, one: RedisTokenStore) -> None:
        late = store_at(redis_url, lease=0.05).claim(KEY).lease
        assert late is not None
        taken = until(lambda: other.claim(KEY).lease)
        # One that comes too late ends no lease but its own,
        late.release()
        assert one.claim(KEY) == Claim(None, None)
        # and overwrites no newer token.
        assert taken.save("tok-new", 100) == "tok-new"
        assert one.load(KEY) == "tok-new"

    def test_who_comes_too_late_takes_the_newer_token(self, redis_url: str, other: RedisTokenStore) -> None:
        slow = store_at(redis_url, lease=0.05)
        late = slow.claim(KEY).lease
        assert late is not None
        until(lambda: other.claim(KEY).lease).save("tok-new", 100)
        assert late.save("tok-old", 100) == "tok-new"
        assert slow.load(KEY) == "tok-new"
        assert store_at(redis_url).load(KEY) == "tok-new"

    def test_it_may_be_lost_with_all_else(self, one: RedisTokenStore, client: Any) -> None:
        lease = one.claim(KEY).lease
        assert lease is not None
        client.flushall()
        assert lease.save("tok-1", 100) == "tok-1"
        assert store_at_same(one).load(KEY) == "tok-1"

    def test_a_process_that_is_killed_stops_nobody_for_long(
        self, redis_url: str, mock: MockServer, client: Any
    ) -> None:
        with WeCom(
            CORPID, SECRET, base_url=mock.base_url, token_store=store_at(redis_url), deadline=120
        ) as wecom:
            (source,) = [auth._source for auth in wecom._driver._auths.values() if hasattr(auth, "_source")]  # type: ignore[attr-defined]
            program = Path(__file__).with_name("holder.py")
            command = [sys.executable, str(program), redis_url, source._key, "0.5"]
            assert subprocess.run(command, check=False, timeout=60).returncode == -9
            wecom.groupchat_list(limit=1)
        assert len(mock.state.calls.of("gettoken")) == 1


def store_at_same(store: RedisTokenStore) -> RedisTokenStore:
    """Another process, at the Redis of a store."""
    made = RedisTokenStore.__new__(RedisTokenStore)
    made.__dict__ |= store.__dict__ | {"_near": type(store._near)()}
    return made


class TestCalls:
    @pytest.mark.parametrize("second", ["sync", "async"])
    @pytest.mark.parametrize("first", ["sync", "async"])
    def test_sync_and_async_share(self, first: str, second: str, mock: MockServer, redis_url: str) -> None:
        call = {"sync": call_once, "async": call_once_as_task}
        call[first](mock, store_at(redis_url))
        call[second](mock, store_at(redis_url))
        assert len(mock.state.calls.of("gettoken")) == 1
        assert len(mock.state.calls.of("groupchat_list")) == 2

    @pytest.mark.parametrize("kind", ["sync", "async"])
    def test_a_call_costs_no_look(self, kind: str, mock: MockServer, redis_url: str, client: Any) -> None:
        store = store_at(redis_url)
        call = {"sync": call_once, "async": call_once_as_task}[kind]
        call(mock, store)
        before = client.info("commandstats")["cmdstat_eval"]["calls"]
        for _ in range(3):
            call(mock, store)
        assert client.info("commandstats")["cmdstat_eval"]["calls"] == before

    @pytest.mark.parametrize("kind", ["sync", "async"])
    def test_a_dead_token_that_was_found_is_renewed(
        self, kind: str, mock: MockServer, redis_url: str
    ) -> None:
        call_once(mock, store_at(redis_url))
        mock.state.revoke_tokens()
        {"sync": call_once, "async": call_once_as_task}[kind](mock, store_at(redis_url))
        assert len(mock.state.calls.of("gettoken")) == 2
        call_once(mock, store_at(redis_url))
        assert len(mock.state.calls.of("gettoken")) == 2

    def test_a_failure_leaves_no_lease(self, mock: MockServer, redis_url: str, client: Any) -> None:
        mock.state.fail_next("gettoken", 40013, times=2)
        for call in (call_once, call_once_as_task):
            with pytest.raises(Exception, match="40013"):
                call(mock, store_at(redis_url))
            assert client.keys() == []

    def test_no_key_holds_the_secret(self, mock: MockServer, redis_url: str, client: Any) -> None:
        call_once(mock, store_at(redis_url))
        (name,) = client.keys()
        assert re.fullmatch(rb"wecom:\{[0-9a-f]{64}\}:token", name)
        (token,) = mock.state.tokens
        assert client.get(name) == token.encode()

    def test_tokens_of_a_suite_are_shared_too(self, mock: MockServer, redis_url: str, client: Any) -> None:
        (suite_id, suite), *_ = mock.state.company.suites.items()
        (authorised,) = suite.corps.values()
        ticket = mock.state.push_ticket(suite_id, mock.clock())
        for _ in range(2):
            app = Suite(suite_id, suite.secret, ticket=ticket)
            with WeCom.for_suite(
                app,
                authorised.corpid,
                authorised.permanent_code,
                base_url=mock.base_url,
                token_store=store_at(redis_url),
            ) as wecom:
                wecom.groupchat_list(limit=1)
        assert len(mock.state.calls.of("get_suite_token")) == len(mock.state.calls.of("get_corp_token")) == 1
        assert len(client.keys()) == 2


def call_once(mock: MockServer, store: RedisTokenStore) -> None:
    with WeCom(CORPID, SECRET, base_url=mock.base_url, token_store=store) as wecom:
        wecom.groupchat_list(limit=1)


def call_once_as_task(mock: MockServer, store: RedisTokenStore) -> None:
    async def main() -> None:
        async with AsyncWeCom(CORPID, SECRET, base_url=mock.base_url, token_store=store) as wecom:
            await wecom.groupchat_list(limit=1)

    asyncio.run(main())


@pytest.mark.parametrize(
    ("write", "why"),
    [
        (
            lambda client, name: client.set(name, "with space", px=60000),
            "what stands under the key is no token",
        ),
        (
            lambda client, name: client.set(name, b"\xff\x00", px=60000),
            "what stands under the key is no token",
        ),
        (
            lambda client, name: client.set(name, "x" * 5000, px=60000),
            "what stands under the key is no token",
        ),
        (lambda client, name: client.rpush(name, "a list"), "WRONGTYPE"),
    ],
    ids=["a space", "bytes", "too long", "a list"],
)
def test_what_is_no_token_is_not_used(
    write: Any, why: str, mock: MockServer, redis_url: str, client: Any
) -> None:
    call_once(mock, store_at(redis_url))
    (name,) = client.keys()
    client.delete(name)
    write(client, name)
    with pytest.warns(WeComWarning, match=f"can't be used: .*\\b(?<!X){why}\\b"):
        call_once(mock, store_at(redis_url))
    assert len(mock.state.calls.of("gettoken")) == 2


def test_without_the_library_it_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['redis'] = None\n"
        "try: from wecom_openapi import RedisTokenStore\n"
        "except ModuleNotFoundError as exc: print(exc)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "RedisTokenStore needs more: pip install 'wecom-openapi[redis]'"


class TestNothingIsLeftHeld:
    """A caller who gives up before WeCom has answered lets the next one ask: its lease would last for an hour."""

    @pytest.fixture
    def silent(self) -> Iterator[SlowLine]:
        with SlowLine(None, 0) as line:
            yield line

    def test_at_the_deadline(self, silent: SlowLine, redis_url: str, client: Any) -> None:
        store = store_at(redis_url, lease=3600)
        base_url = f"http://127.0.0.1:{silent.port}"
        with (
            WeCom(CORPID, SECRET, base_url=base_url, token_store=store, deadline=0.3) as wecom,
            pytest.raises(NotSentInTime),
        ):
            wecom.groupchat_list(limit=1)
        assert silent.connections == 1
        assert client.keys() == []

    def test_where_the_task_is_cancelled(self, silent: SlowLine, redis_url: str, client: Any) -> None:
        store = store_at(redis_url, lease=3600)

        async def main() -> None:
            base_url = f"http://127.0.0.1:{silent.port}"
            async with AsyncWeCom(CORPID, SECRET, base_url=base_url, token_store=store) as wecom:
                call = asyncio.create_task(wecom.groupchat_list(limit=1))
                assert await asyncio.to_thread(silent.reached.wait, 60)
                (held,) = client.keys()
                assert held.endswith(b":lease")
                call.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await call

        asyncio.run(main())
        assert client.keys() == []


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_no_secret_is_logged(
    kind: str, mock: MockServer, redis_url: str, redis_server: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        {"sync": call_once, "async": call_once_as_task}[kind](mock, store_at(redis_url))
    (token,) = mock.state.tokens
    assert "groupchat_list: status 200" in caplog.text
    assert redis_server.password not in caplog.text
    assert token not in caplog.text
    assert f"={SECRET}" not in caplog.text
