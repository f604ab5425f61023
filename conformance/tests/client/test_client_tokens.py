"""The access token on real sockets: fetched once, renewed once, never in an endless loop, for threads and tasks."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fault_server import (
    CREATE_PATH,
    CREATED,
    Connection,
    FaultServer,
    Seen,
    created,
    happens,
    issued,
    refused,
)

from wecom_openapi import (
    AsyncWeCom,
    CredentialError,
    FrequencyLimited,
    MalformedAnswer,
    MemoryTokenStore,
    NotSent,
    RefusedError,
    TokenAuth,
    WeCom,
    WeComError,
)
from wecom_openapi.tokens.store import Claim

Serve = Callable[..., FaultServer]
Invoke = Callable[..., Any]

CREATE = {"sender": "zhangsan", "external_userid": ["wmA"], "text": {"content": "新品上市"}}
MANY = 32


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Dead:
    """Refuses the tokens in ``dead``, takes all others."""

    def __init__(self, *dead: str, code: int = 42001) -> None:
        self.dead = set(dead)
        self.code = code

    def __call__(self, connection: Connection, request: Seen) -> None:
        connection.answer(refused(self.code) if request.token in self.dead else CREATED)


def test_a_token_is_asked_for_as_the_call_itself_is(serve: Serve, invoke: Invoke) -> None:
    """With the caller's own name, and in the one encoding whose length is bounded while it is read."""
    server = serve(created)
    invoke(server.base_url, "add_msg_template", CREATE)
    (asked,), (call,) = server.token_requests, server.calls
    heads = [
        {
            line.partition(b":")[0].lower(): line.partition(b":")[2].strip()
            for line in one.head.split(b"\r\n")[1:]
        }
        for one in (asked, call)
    ]
    assert heads[0][b"accept-encoding"] == heads[1][b"accept-encoding"] == b"gzip"
    assert heads[0][b"user-agent"] == heads[1][b"user-agent"]
    assert heads[0][b"user-agent"].startswith(b"wecom-openapi/")
    assert b"content-type" not in heads[0]


def test_one_token_serves_all_calls(serve: Serve) -> None:
    server = serve(created)
    with WeCom("ww", "secret", base_url=server.base_url) as wecom:
        for _ in range(3):
            wecom.add_msg_template(CREATE)
        wecom.remind_groupmsg_send(msgid="m1")
    assert len(server.token_requests) == 1
    assert server.token_requests[0].query == {"corpid": "ww", "corpsecret": "secret"}
    assert server.token_requests[0].method == "GET"
    assert [request.token for request in server.calls] == ["tok-1"] * 4


@pytest.mark.parametrize("code", [40001, 40014, 42001])
def test_a_dead_token_is_renewed_once_and_the_call_replayed(code: int, serve: Serve, invoke: Invoke) -> None:
    server = serve(Dead("tok-old", code=code))
    store = Preset("tok-old")
    assert invoke(server.base_url, "add_msg_template", CREATE, settings={"token_store": store}).msgid
    assert [request.token for request in server.calls] == ["tok-old", "tok-1"]
    assert server.calls[0].body == server.calls[1].body
    assert len(server.token_requests) == 1
    assert store.held == "tok-1"


class Preset(MemoryTokenStore):
    """A store that starts with a token under every key."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self.held: str | None = token

    def load(self, key: str) -> str | None:
        return self.held

    def save(self, key: str, token: str, seconds: float) -> None:
        self.held = token

    def discard(self, key: str, token: str) -> None:
        if self.held == token:
            self.held = None


def test_a_token_that_dies_between_two_calls(serve: Serve) -> None:
    handler = Dead()
    server = serve(handler)
    with WeCom("ww", "secret", base_url=server.base_url) as wecom:
        wecom.add_msg_template(CREATE)
        handler.dead.add("tok-1")
        wecom.add_msg_template(CREATE)
        wecom.add_msg_template(CREATE)
    assert [request.token for request in server.calls] == ["tok-1", "tok-1", "tok-2", "tok-2"]
    assert len(server.token_requests) == 2


def test_a_new_token_that_is_dead_too_ends_the_call(serve: Serve, invoke: Invoke) -> None:
    server = serve(Dead("tok-old", "tok-1", "tok-2", "tok-3"))
    with pytest.raises(CredentialError) as caught:
        invoke(server.base_url, "add_msg_template", CREATE, settings={"token_store": Preset("tok-old")})
    assert caught.value.errcode == 42001
    assert caught.value.operation == "add_msg_template"
    assert caught.value.effect == "none"
    assert [request.token for request in server.calls] == ["tok-old", "tok-1"]
    assert len(server.token_requests) == 1


def test_a_first_token_that_is_dead_ends_the_call(serve: Serve, invoke: Invoke) -> None:
    server = serve(Dead("tok-1", "tok-2", "tok-3"))
    with pytest.raises(CredentialError):
        invoke(server.base_url, "add_msg_template", CREATE)
    assert len(server.calls) == 1
    assert len(server.token_requests) == 1


def test_the_same_dead_token_again_ends_the_call(serve: Serve, invoke: Invoke) -> None:
    def same(connection: Connection, request: Seen) -> None:
        connection.answer(issued("tok-old"))

    server = serve(Dead("tok-old"), tokens=same)
    store = Preset("tok-old")
    with pytest.raises(CredentialError):
        invoke(server.base_url, "add_msg_template", CREATE, settings={"token_store": store})
    assert len(server.calls) == 1
    assert len(server.token_requests) == 1
    assert store.held is None


@pytest.mark.parametrize("code", [40013, 40058, 41001, 301002, 48002, -1, 2147483647, -2147483648])
def test_no_other_code_renews_the_token(code: int, serve: Serve, invoke: Invoke) -> None:
    server = serve(Dead("tok-1", code=code))
    with pytest.raises(RefusedError) as caught:
        invoke(server.base_url, "add_msg_template", CREATE)
    assert caught.value.errcode == code
    assert len(server.calls) == 1
    assert len(server.token_requests) == 1


def test_the_token_is_renewed_before_it_ends(serve: Serve) -> None:
    clock = Clock()
    server = serve(created)
    with WeCom("ww", "secret", base_url=server.base_url, token_store=MemoryTokenStore(clock)) as wecom:
        wecom.add_msg_template(CREATE)
        clock.now += 7200 - 60 - 0.001
        wecom.add_msg_template(CREATE)
        assert len(server.token_requests) == 1
        clock.now += 0.001
        wecom.add_msg_template(CREATE)
    assert [request.token for request in server.calls] == ["tok-1", "tok-1", "tok-2"]


def test_the_system_clock_has_no_say(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    server = serve(created)
    with WeCom("ww", "secret", base_url=server.base_url) as wecom:
        now = time.time()
        for skew in (0, 3600, -3600):
            monkeypatch.setattr(time, "time", lambda skew=skew: now + skew)
            wecom.add_msg_template(CREATE)
    assert len(server.token_requests) == 1


def test_a_token_near_its_end_is_not_fetched_for_every_call(serve: Serve) -> None:
    # WeCom hands out the same token until it ends, with the time that is left.
    clock = Clock()

    def same(connection: Connection, request: Seen) -> None:
        connection.answer(issued("tok-same", max(1, int(8200 - clock.now))))

    server = serve(created, tokens=same)
    with WeCom("ww", "secret", base_url=server.base_url, token_store=MemoryTokenStore(clock)) as wecom:
        wecom.add_msg_template(CREATE)
        for _ in range(200):
            clock.now += 36
            wecom.add_msg_template(CREATE)
            if clock.now > 8190:
                break
    assert len(server.calls) > 190
    assert len(server.token_requests) <= 5


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (refused(40001), CredentialError),
        (refused(40013), CredentialError),
        (refused(45009), FrequencyLimited),
        (b"<html>", MalformedAnswer),
        (b'{"errcode":0,"errmsg":"ok"}', MalformedAnswer),
        (b'{"errcode":0,"errmsg":"ok","access_token":"t"}', MalformedAnswer),
        (b'{"errcode":0,"errmsg":"ok","access_token":"","expires_in":7200}', MalformedAnswer),
        (b'{"errcode":0,"errmsg":"ok","access_token":7,"expires_in":7200}', MalformedAnswer),
        (b'{"errcode":0,"errmsg":"ok","access_token":"t","expires_in":"7200"}', MalformedAnswer),
        (b'{"errcode":0,"errmsg":"ok","access_token":"t","expires_in":0}', MalformedAnswer),
    ],
)
def test_no_token_no_call(answer: Any, error: type[Exception], serve: Serve, invoke: Invoke) -> None:
    server = serve(created, tokens=lambda connection, _: connection.answer(answer))
    with pytest.raises(error) as caught:
        invoke(server.base_url, "add_msg_template", CREATE)
    assert getattr(caught.value, "operation", None) == "gettoken"
    assert server.calls == []
    assert len(server.token_requests) == 1


def test_no_connection_for_the_token(serve: Serve, invoke: Invoke) -> None:
    server = serve(created, tokens=lambda connection, _: connection.reset())
    with pytest.raises(NotSent, match="asking for the access token") as caught:
        invoke(server.base_url, "add_msg_template", CREATE)
    assert caught.value.operation == "add_msg_template"
    assert server.calls == []
    assert len(server.token_requests) == 1


def test_a_refused_renewal_ends_the_call(serve: Serve, invoke: Invoke) -> None:
    server = serve(Dead("tok-old"), tokens=lambda connection, _: connection.answer(refused(40001)))
    with pytest.raises(CredentialError) as caught:
        invoke(server.base_url, "add_msg_template", CREATE, settings={"token_store": Preset("tok-old")})
    assert caught.value.operation == "gettoken"
    assert len(server.calls) == 1
    assert len(server.token_requests) == 1


def test_a_write_that_was_refused_for_its_token_was_not_sent(serve: Serve, invoke: Invoke) -> None:
    # The create reached WeCom, and was refused; that the renewal breaks makes nothing unknown.
    server = serve(Dead("tok-old"), tokens=lambda connection, _: connection.reset())
    with pytest.raises(NotSent):
        invoke(server.base_url, "add_msg_template", CREATE, settings={"token_store": Preset("tok-old")})
    assert len(server.calls) == 1


def threads(count: int, job: Callable[[], Any]) -> list[Any]:
    """What ``count`` threads that start together return or raise."""
    barrier = threading.Barrier(count)
    results: list[Any] = [None] * count

    def work(index: int) -> None:
        barrier.wait(30)
        try:
            results[index] = job()
        except WeComError as exc:
            results[index] = exc

    workers = [threading.Thread(target=work, args=(index,)) for index in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
        assert not worker.is_alive()
    return results


def many_threads(server: FaultServer, **settings: Any) -> list[Any]:
    with WeCom("ww", "secret", base_url=server.base_url, **settings) as wecom:
        return threads(MANY, lambda: wecom.add_msg_template(CREATE).msgid)


def many_tasks(server: FaultServer, **settings: Any) -> list[Any]:
    async def main() -> list[Any]:
        async with AsyncWeCom("ww", "secret", base_url=server.base_url, **settings) as wecom:
            calls = [wecom.add_msg_template(CREATE) for _ in range(MANY)]
            results = await asyncio.gather(*calls, return_exceptions=True)
            return [result if isinstance(result, BaseException) else result.msgid for result in results]

    return asyncio.run(main())


crowds = pytest.mark.parametrize("crowd", [many_threads, many_tasks], ids=["threads", "tasks"])
Crowd = Callable[..., list[Any]]


@crowds
def test_a_crowd_without_a_token_fetches_one(crowd: Crowd, serve: Serve) -> None:
    server = serve(created)
    assert crowd(server) == [CREATED["msgid"]] * MANY
    assert len(server.token_requests) == 1
    assert len(server.calls) == MANY


@crowds
def test_a_crowd_with_the_same_dead_token_renews_it_once(crowd: Crowd, serve: Serve) -> None:
    server = serve(AllAtOnce(Dead("tok-old"), "tok-old"))
    assert crowd(server, token_store=Preset("tok-old")) == [CREATED["msgid"]] * MANY
    assert len(server.token_requests) == 1
    assert sorted(str(request.token) for request in server.calls) == ["tok-1"] * MANY + ["tok-old"] * MANY


class AllAtOnce:
    """Holds the calls with one token back until all of the crowd have made theirs: nobody sees a new one before."""

    def __init__(self, handler: Callable[[Connection, Seen], None], token: str) -> None:
        self.handler = handler
        self.token = token
        self.barrier = threading.Barrier(MANY)

    def __call__(self, connection: Connection, request: Seen) -> None:
        if request.token == self.token:
            self.barrier.wait(30)
        self.handler(connection, request)


@crowds
def test_a_crowd_with_a_bad_secret_asks_once(crowd: Crowd, serve: Serve) -> None:
    # All of the crowd wait before the one that asks gets its answer; WeCom bans an address for repeated wrong secrets.
    server = serve(
        AllAtOnce(Dead("tok-old"), "tok-old"), tokens=lambda connection, _: connection.answer(refused(40001))
    )
    results = crowd(server, token_store=Preset("tok-old"))
    assert {type(result) for result in results} == {CredentialError}
    assert len({id(result) for result in results}) == MANY
    assert len(server.token_requests) < MANY // 2
    assert len(server.calls) == MANY


@crowds
def test_a_crowd_whose_renewal_breaks_asks_once(crowd: Crowd, serve: Serve) -> None:
    server = serve(AllAtOnce(Dead("tok-old"), "tok-old"), tokens=lambda connection, _: connection.reset())
    results = crowd(server, token_store=Preset("tok-old"), retries=0)
    assert {type(result) for result in results} == {NotSent}
    assert {result.operation for result in results} == {"add_msg_template"}
    assert len(server.token_requests) < MANY // 2
    assert len(server.calls) == MANY


def test_a_cancelled_leader_does_not_fail_the_others(serve: Serve) -> None:
    first = threading.Event()

    def slow_once(connection: Connection, request: Seen) -> None:
        if not first.is_set():
            first.set()
            connection.hold()
        else:
            connection.answer(issued("tok-2"))

    server = serve(created, tokens=slow_once)

    async def main() -> str:
        async with AsyncWeCom("ww", "secret", base_url=server.base_url) as wecom:
            leader = asyncio.create_task(wecom.add_msg_template(CREATE))
            await happens(first)
            follower = asyncio.create_task(wecom.add_msg_template(CREATE))
            await asyncio.sleep(0)
            leader.cancel()
            with pytest.raises(asyncio.CancelledError):
                await leader
            return str((await follower).msgid)

    assert asyncio.run(main()) == CREATED["msgid"]
    assert len(server.calls) == 1
    assert len(server.token_requests) == 2


def test_waiting_for_anothers_token_ends_at_the_deadline(serve: Serve) -> None:
    server = serve(created, tokens=lambda connection, _: connection.hold())
    with WeCom("ww", "secret", base_url=server.base_url, deadline=1, timeout=60) as wecom:
        results = threads(3, lambda: wecom.add_msg_template(CREATE))
    assert {type(result).__name__ for result in results} == {"NotSentInTime"}
    assert server.calls == []


def test_two_apps_of_a_corp_do_not_share_a_token(serve: Serve) -> None:
    server = serve(created)
    store = MemoryTokenStore()
    with (
        WeCom("ww", "app one", base_url=server.base_url, token_store=store) as one,
        WeCom("ww", "app two", base_url=server.base_url, token_store=store) as two,
        WeCom("ww", "app one", base_url=server.base_url, token_store=store) as again,
    ):
        one.add_msg_template(CREATE)
        two.add_msg_template(CREATE)
        again.add_msg_template(CREATE)
    assert [request.token for request in server.calls] == ["tok-1", "tok-2", "tok-1"]
    assert [request.query["corpsecret"] for request in server.token_requests] == ["app one", "app two"]


def test_secrets_that_look_alike_when_joined_do_not_share_a_token(serve: Serve) -> None:
    server = serve(created)
    store = MemoryTokenStore()
    for corpid, secret in (("ww1", "2secret"), ("ww12", "secret")):
        with WeCom(corpid, secret, base_url=server.base_url, token_store=store) as wecom:
            wecom.add_msg_template(CREATE)
    assert [request.token for request in server.calls] == ["tok-1", "tok-2"]


def test_the_key_in_the_store_does_not_hold_the_secret(serve: Serve) -> None:
    keys: list[str] = []

    class Spy(MemoryTokenStore):
        def save(self, key: str, token: str, seconds: float) -> None:
            keys.append(key)
            super().save(key, token, seconds)

    server = serve(created)
    store = Spy()
    with WeCom("wwcorp", "s3cr3t", base_url=server.base_url, token_store=store) as wecom:
        wecom.add_msg_template(CREATE)
    assert len(keys) == 1
    assert "s3cr3t" not in keys[0]
    assert "tok-1" not in repr(store)
    assert "s3cr3t" not in repr(store)


class TaskStore:
    """A store whose methods are coroutines."""

    def __init__(self) -> None:
        self.memory = MemoryTokenStore()
        self.calls: list[str] = []

    async def load(self, key: str) -> str | None:
        await asyncio.sleep(0)
        self.calls.append("load")
        return self.memory.load(key)

    async def save(self, key: str, token: str, seconds: float) -> None:
        await asyncio.sleep(0)
        self.calls.append(f"save for {seconds:g}")
        self.memory.save(key, token, seconds)

    async def discard(self, key: str, token: str) -> None:
        await asyncio.sleep(0)
        self.calls.append(f"discard {token}")
        self.memory.discard(key, token)


def test_a_store_of_coroutines_serves_tasks(serve: Serve) -> None:
    handler = Dead()
    server = serve(handler)
    store = TaskStore()

    async def main() -> None:
        async with AsyncWeCom("ww", "secret", base_url=server.base_url, token_store=store) as wecom:
            await wecom.add_msg_template(CREATE)
            handler.dead.add("tok-1")
            await wecom.add_msg_template(CREATE)

    asyncio.run(main())
    assert [request.token for request in server.calls] == ["tok-1", "tok-1", "tok-2"]
    assert store.calls == ["load", "load", "save for 7140", "load", "discard tok-1", "load", "save for 7140"]


class Stuck(MemoryTokenStore):
    """A shared store whose leases can't be given back."""

    def claim(self, key: str) -> Claim:
        return Claim(lease=self)  # type: ignore[arg-type]

    def release(self) -> None:
        raise RuntimeError("the store is down")


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_lease_that_cannot_be_given_back_does_not_keep_the_turn(kind: str, serve: Serve) -> None:
    server = serve(created, tokens=lambda connection, _: connection.answer(refused(40001)))
    settings: dict[str, Any] = {"base_url": server.base_url, "token_store": Stuck(), "deadline": 5}

    async def main() -> None:
        async with AsyncWeCom("ww", "secret", **settings) as wecom:
            for _ in range(2):
                with pytest.raises(RuntimeError, match="the store is down"):
                    await wecom.add_msg_template(CREATE)

    if kind == "async":
        asyncio.run(main())
        return
    with WeCom("ww", "secret", **settings) as wecom:
        for _ in range(2):
            with pytest.raises(RuntimeError, match="the store is down"):
                wecom.add_msg_template(CREATE)


@pytest.mark.filterwarnings("ignore:coroutine .* was never awaited:RuntimeWarning")
def test_a_store_of_coroutines_is_refused_without_tasks(serve: Serve) -> None:
    server = serve(created)
    with (
        WeCom("ww", "secret", base_url=server.base_url, token_store=TaskStore()) as wecom,
        pytest.raises(
            TypeError, match=r"^the methods of this token store are coroutines: it is for AsyncWeCom$"
        ),
    ):
        wecom.add_msg_template(CREATE)
    assert server.seen == []


def test_the_flow_serves_a_plain_client(serve: Serve) -> None:
    handler = Dead()
    server = serve(handler)
    with httpx.Client(auth=TokenAuth("ww", "secret", base_url=server.base_url)) as client:
        first = client.post(server.base_url + CREATE_PATH, json=CREATE)
        handler.dead.add("tok-1")
        second = client.post(server.base_url + CREATE_PATH + "?debug=1", json=CREATE)
    assert first.json() == second.json() == CREATED
    assert [request.token for request in server.calls] == ["tok-1", "tok-1", "tok-2"]
    assert server.calls[2].query["debug"] == "1"
    assert len(server.token_requests) == 2


def test_the_flow_serves_a_plain_async_client(serve: Serve) -> None:
    server = serve(Dead("tok-1"), tokens=None)
    store = Preset("tok-1")

    def second(connection: Connection, request: Seen) -> None:
        connection.answer(issued("tok-2"))

    server = serve(Dead("tok-1"), tokens=second)

    async def main() -> httpx.Response:
        auth = TokenAuth("ww", "secret", base_url=server.base_url, store=store)
        async with httpx.AsyncClient(auth=auth) as client:
            return await client.post(server.base_url + CREATE_PATH, json=CREATE)

    assert asyncio.run(main()).json() == CREATED
    assert [request.token for request in server.calls] == ["tok-1", "tok-2"]


def test_the_flow_takes_no_token_to_another_host(serve: Serve) -> None:
    server, other = serve(created), serve(created)
    with httpx.Client(auth=TokenAuth("ww", "secret", base_url=server.base_url)) as client:
        client.post(other.base_url + CREATE_PATH, json=CREATE)
    assert server.seen == []
    assert [request.query for request in other.seen] == [{}]


def test_the_flow_caps_what_a_plain_client_reads(serve: Serve) -> None:
    import gzip

    packed = gzip.compress(b'{"errcode":0,"x":"' + b" " * 100_000 + b'"}')
    server = serve(lambda connection, _: connection.answer(packed, headers="Content-Encoding: gzip\r\n"))
    auth = TokenAuth("ww", "secret", base_url=server.base_url, max_response_bytes=50_000)
    with (
        httpx.Client(auth=auth) as client,
        pytest.raises(MalformedAnswer, match="longer than the 50000 bytes"),
    ):
        client.post(server.base_url + CREATE_PATH, json=CREATE)


def test_the_flow_hands_a_plain_client_what_it_cannot_read(serve: Serve) -> None:
    server = serve(lambda connection, _: connection.answer(b"<html>", "502 Bad Gateway"))
    with httpx.Client(auth=TokenAuth("ww", "secret", base_url=server.base_url)) as client:
        response = client.post(server.base_url + CREATE_PATH, json=CREATE)
    assert (response.status_code, response.text) == (502, "<html>")


def test_gettoken_itself_is_a_call(serve: Serve, invoke: Invoke) -> None:
    server = serve(created)
    answer = invoke(server.base_url, "gettoken", corpid="ww2", corpsecret="another secret")
    assert answer.access_token == "tok-1"
    assert answer.expires_in == 7200
    assert "tok-1" not in repr(answer)
    assert [request.query for request in server.seen] == [{"corpid": "ww2", "corpsecret": "another secret"}]
