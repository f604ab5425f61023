"""Third-party apps on real sockets: the suite's token and the corp's, each had once and renewed once."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import threading
import traceback
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from fault_server import (
    CREATE_PATH,
    CREATED,
    TOKEN_PATH,
    Connection,
    FaultServer,
    Seen,
    happens,
    issued,
    refused,
)

from wecom_client.wire import CallOptions
from wecom_mock import Settings, State
from wecom_mock.server import MockServer
from wecom_openapi import (
    AsyncWeCom,
    CredentialError,
    InvalidRequest,
    MalformedAnswer,
    MemoryTokenStore,
    NotSent,
    RefusedError,
    Suite,
    WeCom,
    WeComError,
)

SUITE_PATH = "/cgi-bin/service/get_suite_token"
CORP_PATH = "/cgi-bin/service/get_corp_token"
CREATE = {"sender": "zhangsan", "external_userid": ["wmA"], "text": {"content": "新品上市"}}
SUITE_ID, SUITE_SECRET, TICKET = "wwsuite", "the-secret-of-the-suite", "the-ticket-of-today"
CORP, CODE = "wwcorp", "the-permanent-code"
MANY = 24

Serve = Callable[..., FaultServer]
Answer = dict[str, Any] | bytes


def suite_token(token: str, expires_in: int = 7200) -> dict[str, Any]:
    return {"errcode": 0, "errmsg": "ok", "suite_access_token": token, "expires_in": expires_in}


class Provider:
    """The handler of a server that hands out suite-1, suite-2, … and corp-1, corp-2, … and refuses the dead.

    Attributes:
        dead: tokens that it refuses.
        suite_code, corp_code: with which code.
        suites, corps: answer the requests for a token instead.
    """

    def __init__(
        self,
        *dead: str,
        suite_code: int = 42009,
        corp_code: int = 42001,
        suites: Callable[[int], Answer] | None = None,
        corps: Callable[[int], Answer] | None = None,
    ) -> None:
        self.dead = set(dead)
        self.suite_code = suite_code
        self.corp_code = corp_code
        self.suites = suites or (lambda number: suite_token(f"suite-{number}"))
        self.corps = corps or (lambda number: issued(f"corp-{number}"))
        self.given = {SUITE_PATH: 0, CORP_PATH: 0}
        self.lock = threading.Lock()

    def __call__(self, connection: Connection, request: Seen) -> None:
        connection.answer(self.answer(request))

    def answer(self, request: Seen) -> Answer:
        if request.path == CORP_PATH and request.query["suite_access_token"] in self.dead:
            return refused(self.suite_code)
        if request.path in self.given:
            with self.lock:
                self.given[request.path] += 1
                number = self.given[request.path]
            return (self.suites if request.path == SUITE_PATH else self.corps)(number)
        return refused(self.corp_code) if request.token in self.dead else CREATED


def asked(server: FaultServer) -> list[str]:
    """What was asked for, in order, with the token that it was asked with."""
    names = {SUITE_PATH: "suite", CORP_PATH: "corp", CREATE_PATH: "create", TOKEN_PATH: "app"}
    return [
        " ".join((names[one.path], *(value for name, value in one.query.items() if name.endswith("token"))))
        for one in server.seen
    ]


class Preset(MemoryTokenStore):
    """A store that starts with tokens: one for the suite, another for the corp."""

    def __init__(self, suite: str | None = None, corp: str | None = None) -> None:
        super().__init__()
        self.saved: list[tuple[str, str, float]] = []
        self.loaded: list[str] = []
        self.first = [corp, suite]

    def load(self, key: str) -> str | None:
        # The corp's token is looked for before the suite's.
        if key not in self.loaded:
            self.loaded.append(key)
            token = self.first[len(self.loaded) - 1] if len(self.loaded) <= 2 else None
            if token is not None:
                super().save(key, token, 7200)
        return super().load(key)

    def save(self, key: str, token: str, seconds: float) -> None:
        self.saved.append((key, token, seconds))
        super().save(key, token, seconds)


def a_suite(ticket: Any = TICKET) -> Suite:
    return Suite(SUITE_ID, SUITE_SECRET, ticket=ticket)


@pytest.fixture(params=["sync", "async"])
def invoke(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """Makes calls with one client of a suite, as many as ``times`` says; gives the last answer."""

    def sync(
        base_url: str,
        *args: Any,
        suite: Any = None,
        operation: str = "add_msg_template",
        times: int = 1,
        **more: Any,
    ) -> Any:
        settings, code = {"retries": 0, **more.pop("settings", {})}, more.pop("code", CODE)
        with WeCom.for_suite(suite or a_suite(), CORP, code, base_url=base_url, **settings) as wecom:
            return [getattr(wecom, operation)(*args, **more) for _ in range(times)][-1]

    def with_tasks(
        base_url: str,
        *args: Any,
        suite: Any = None,
        operation: str = "add_msg_template",
        times: int = 1,
        **more: Any,
    ) -> Any:
        settings, code = {"retries": 0, **more.pop("settings", {})}, more.pop("code", CODE)

        async def main() -> Any:
            client = AsyncWeCom.for_suite(suite or a_suite(), CORP, code, base_url=base_url, **settings)
            async with client as wecom:
                return [await getattr(wecom, operation)(*args, **more) for _ in range(times)][-1]

        return asyncio.run(main())

    return sync if request.param == "sync" else with_tasks


Invoke = Callable[..., Any]


def test_the_first_call_gets_both_tokens_and_the_next_one_none(serve: Serve, invoke: Invoke) -> None:
    server = serve(Provider())
    assert invoke(server.base_url, CREATE, times=3).msgid == CREATED["msgid"]
    assert asked(server) == ["suite", "corp suite-1", *["create corp-1"] * 3]
    suite, corp = server.seen[:2]
    assert (suite.method, suite.query) == ("POST", {})
    assert json.loads(suite.body) == {
        "suite_id": SUITE_ID,
        "suite_secret": SUITE_SECRET,
        "suite_ticket": TICKET,
    }
    assert (corp.method, json.loads(corp.body)) == ("POST", {"auth_corpid": CORP, "permanent_code": CODE})
    assert all(b"content-type: application/json" in one.head.lower() for one in (suite, corp))


def test_what_is_sent_is_raw_utf_8(serve: Serve, invoke: Invoke) -> None:
    server = serve(Provider())
    invoke(server.base_url, CREATE, suite=a_suite("今天的票据"))
    assert "今天的票据".encode() in server.seen[0].body
    assert b"\\u" not in server.seen[0].body


def test_a_success_without_an_errcode_is_one(serve: Serve, invoke: Invoke) -> None:
    server = serve(
        Provider(
            suites=lambda _: {"suite_access_token": "suite-1", "expires_in": 7200},
            corps=lambda _: {"access_token": "corp-1", "expires_in": 7200},
        )
    )
    invoke(server.base_url, CREATE)
    assert asked(server) == ["suite", "corp suite-1", "create corp-1"]


@pytest.mark.parametrize("code", [40001, 40014, 42001])
def test_a_dead_corps_token_is_renewed_with_the_suites_token_that_is_there(
    code: int, serve: Serve, invoke: Invoke
) -> None:
    server = serve(Provider("corp-old", corp_code=code))
    store = Preset(suite="suite-kept", corp="corp-old")
    assert invoke(server.base_url, CREATE, settings={"token_store": store}).msgid
    assert asked(server) == ["create corp-old", "corp suite-kept", "create corp-1"]


@pytest.mark.parametrize("code", [40082, 42009])
def test_a_dead_suites_token_is_renewed_on_the_way(code: int, serve: Serve, invoke: Invoke) -> None:
    server = serve(Provider("suite-old", suite_code=code))
    invoke(server.base_url, CREATE, settings={"token_store": Preset(suite="suite-old")})
    assert asked(server) == ["corp suite-old", "suite", "corp suite-1", "create corp-1"]


def test_both_tokens_dead(serve: Serve, invoke: Invoke) -> None:
    server = serve(Provider("suite-old", "corp-old"))
    invoke(server.base_url, CREATE, settings={"token_store": Preset(suite="suite-old", corp="corp-old")})
    assert asked(server) == ["create corp-old", "corp suite-old", "suite", "corp suite-1", "create corp-1"]
    assert server.seen[0].body == server.seen[-1].body


def test_tokens_that_die_between_two_calls(serve: Serve) -> None:
    provider = Provider()
    server = serve(provider)
    with WeCom.for_suite(a_suite(), CORP, CODE, base_url=server.base_url) as wecom:
        wecom.add_msg_template(CREATE)
        provider.dead |= {"suite-1", "corp-1"}
        wecom.add_msg_template(CREATE)
        provider.dead |= {"corp-2"}
        wecom.add_msg_template(CREATE)
    assert asked(server) == [
        *("suite", "corp suite-1", "create corp-1"),
        *("create corp-1", "corp suite-1", "suite", "corp suite-2", "create corp-2"),
        *("create corp-2", "corp suite-2", "create corp-3"),
    ]


class Everything:
    """Is every token there could be."""

    def __contains__(self, token: str) -> bool:
        return True


@pytest.mark.parametrize(
    ("provider", "store", "operation", "code", "sent"),
    [
        # All suite tokens are dead, the first or after a renewal.
        (Provider("suite-1"), None, "get_corp_token", 42009, ["suite", "corp suite-1"]),
        (
            Provider("suite-old", "suite-1"),
            ("suite-old", None),
            "get_corp_token",
            42009,
            ["corp suite-old", "suite", "corp suite-1"],
        ),
        # The same dead one comes again.
        (
            Provider("suite-old", suites=lambda _: suite_token("suite-old")),
            ("suite-old", None),
            "get_corp_token",
            42009,
            ["corp suite-old", "suite"],
        ),
        (
            Provider("corp-old", corps=lambda _: issued("corp-old")),
            ("suite-kept", "corp-old"),
            "add_msg_template",
            42001,
            ["create corp-old", "corp suite-kept"],
        ),
        (Provider("corp-1"), None, "add_msg_template", 42001, ["suite", "corp suite-1", "create corp-1"]),
        (
            Provider("corp-old", "corp-1"),
            ("suite-kept", "corp-old"),
            "add_msg_template",
            42001,
            ["create corp-old", "corp suite-kept", "create corp-1"],
        ),
    ],
)
def test_an_endless_refusal_ends_the_call(
    provider: Provider,
    store: tuple[str, str | None] | None,
    operation: str,
    code: int,
    sent: list[str],
    serve: Serve,
    invoke: Invoke,
) -> None:
    provider.given = dict.fromkeys(provider.given, 0)
    server = serve(provider)
    settings = {} if store is None else {"token_store": Preset(*store)}
    with pytest.raises(CredentialError) as caught:
        invoke(server.base_url, CREATE, settings=settings)
    assert (caught.value.operation, caught.value.errcode) == (operation, code)
    assert caught.value.effect == "none"
    assert asked(server) == sent


def test_when_every_token_is_always_dead(serve: Serve, invoke: Invoke) -> None:
    provider = Provider()
    provider.dead = Everything()  # type: ignore[assignment]
    server = serve(provider)
    store = Preset("suite-old", "corp-old")
    with pytest.raises(CredentialError):
        invoke(server.base_url, CREATE, settings={"token_store": store})
    assert asked(server) == ["create corp-old", "corp suite-old", "suite", "corp suite-1"]


@pytest.mark.parametrize("code", [40001, 40014, 42001, 40013, 40084, 40085, 48004, -1])
def test_no_other_code_renews_the_suites_token(code: int, serve: Serve, invoke: Invoke) -> None:
    server = serve(Provider("suite-old", suite_code=code))
    with pytest.raises(RefusedError) as caught:
        invoke(server.base_url, CREATE, settings={"token_store": Preset("suite-old")})
    assert (caught.value.errcode, caught.value.operation) == (code, "get_corp_token")
    assert asked(server) == ["corp suite-old"]


@pytest.mark.parametrize("code", [40082, 42009])
def test_a_code_of_the_suites_token_renews_no_corps_token(code: int, serve: Serve, invoke: Invoke) -> None:
    server = serve(Provider("corp-old", corp_code=code))
    with pytest.raises(CredentialError):
        invoke(server.base_url, CREATE, settings={"token_store": Preset("suite-kept", "corp-old")})
    assert asked(server) == ["create corp-old"]


@pytest.mark.parametrize("code", [40080, 40083, 40085, 45009])
def test_a_refused_suite_ends_the_call(code: int, serve: Serve, invoke: Invoke) -> None:
    server = serve(Provider(suites=lambda _: refused(code)))
    with pytest.raises(RefusedError) as caught:
        invoke(server.base_url, CREATE)
    assert (caught.value.errcode, caught.value.operation) == (code, "get_suite_token")
    assert "Nothing happened" in str(caught.value)
    assert asked(server) == ["suite"]


@pytest.mark.parametrize(
    "answer",
    [
        b"<html>",
        b"{}",
        b'{"expires_in":7200}',
        b'{"suite_access_token":"t"}',
        b'{"suite_access_token":"","expires_in":7200}',
        b'{"suite_access_token":7,"expires_in":7200}',
        b'{"suite_access_token":"t","expires_in":0}',
        b'{"errcode":null,"suite_access_token":"t","expires_in":7200}',
        b'{"errcode":"0","suite_access_token":"t","expires_in":7200}',
        b'{"errcode":0,"access_token":"t","expires_in":7200}',
        b'[{"suite_access_token":"t","expires_in":7200}]',
    ],
)
def test_an_answer_that_is_no_suites_token(answer: bytes, serve: Serve, invoke: Invoke) -> None:
    server = serve(Provider(suites=lambda _: answer))
    with pytest.raises(MalformedAnswer) as caught:
        invoke(server.base_url, CREATE)
    assert caught.value.operation == "get_suite_token"
    assert asked(server) == ["suite"]


def test_other_operations_need_their_errcode(serve: Serve, invoke: Invoke) -> None:
    bare = {key: value for key, value in CREATED.items() if key != "errcode"}

    class Bare(Provider):
        def answer(self, request: Seen) -> Answer:
            return bare if request.path == CREATE_PATH else super().answer(request)

    server = serve(Bare())
    with pytest.raises(WeComError, match="it has no errcode"):
        invoke(server.base_url, CREATE)


@pytest.mark.parametrize("path", [SUITE_PATH, CORP_PATH])
def test_no_connection_for_a_token(path: str, serve: Serve, invoke: Invoke) -> None:
    provider = Provider()

    def breaks(connection: Connection, request: Seen) -> None:
        if request.path == path:
            connection.reset()
        else:
            provider(connection, request)

    server = serve(breaks)
    with pytest.raises(NotSent, match="asking for the access token") as caught:
        invoke(server.base_url, CREATE)
    assert caught.value.operation == "add_msg_template"
    assert "create" not in " ".join(asked(server))


# The ticket.


def test_the_ticket_is_asked_for_when_it_is_needed(serve: Serve, invoke: Invoke) -> None:
    tickets = iter(["first", "second"])
    provider = Provider()
    server = serve(provider)
    suite = a_suite(lambda: next(tickets))
    invoke(server.base_url, CREATE, suite=suite, times=2)
    provider.dead |= {"corp-1", "suite-1"}
    invoke(server.base_url, CREATE, suite=suite)
    pushed = [json.loads(one.body)["suite_ticket"] for one in server.seen if one.path == SUITE_PATH]
    assert pushed == ["first", "second"]


@pytest.mark.parametrize("nothing", [None, ""])
def test_without_a_ticket_nothing_is_sent_and_later_all_is_well(
    nothing: Any, serve: Serve, invoke: Invoke
) -> None:
    held = [nothing]
    server = serve(Provider())
    suite = a_suite(lambda: held[0])
    with pytest.raises(NotSent) as caught:
        invoke(server.base_url, CREATE, suite=suite)
    assert caught.value.reason == "there is no suite_ticket yet"
    assert str(caught.value) == (
        "nothing was sent: there is no suite_ticket yet. WeCom pushes one to the suite's callback address about every "
        "ten minutes; after that it is safe to repeat it"
    )
    assert caught.value.operation == "add_msg_template"
    assert server.seen == []
    held[0] = "pushed"
    assert invoke(server.base_url, CREATE, suite=suite).msgid


@pytest.mark.parametrize("wrong", [7, b"ticket", ["ticket"]])
def test_a_ticket_that_is_no_text(wrong: Any, serve: Serve, invoke: Invoke) -> None:
    server = serve(Provider())
    with pytest.raises(TypeError) as caught:
        invoke(server.base_url, CREATE, suite=a_suite(lambda: wrong))
    assert str(caught.value) == (
        f"ticket: a string is needed, or None as long as there is none, not {type(wrong).__name__}"
    )
    assert server.seen == []


class StoreIsDown(Exception):
    pass


@pytest.mark.parametrize("error", [StoreIsDown("no"), KeyError("ticket"), ValueError("x")])
def test_an_error_of_the_function_comes_through_and_stops_nobody_else(
    error: Exception, serve: Serve, invoke: Invoke
) -> None:
    broken = [True]

    def ticket() -> str:
        if broken[0]:
            raise error
        return "ticket"

    server = serve(Provider())
    suite = a_suite(ticket)
    with pytest.raises(type(error)):
        invoke(server.base_url, CREATE, suite=suite)
    broken[0] = False
    assert invoke(server.base_url, CREATE, suite=suite).msgid
    assert asked(server) == ["suite", "corp suite-1", "create corp-1"]


def test_a_function_that_comes_to_its_end_is_no_end_of_the_call(serve: Serve, invoke: Invoke) -> None:
    server = serve(Provider())
    with pytest.raises(RuntimeError, match=r"^ticket: the function raised StopIteration$"):
        invoke(server.base_url, CREATE, suite=a_suite(lambda: next(iter([]))))
    assert server.seen == []


def test_a_ticket_may_come_from_a_coroutine_function(serve: Serve) -> None:
    async def ticket() -> str:
        await asyncio.sleep(0)
        return "from a task"

    server = serve(Provider())

    async def main() -> None:
        async with AsyncWeCom.for_suite(a_suite(ticket), CORP, CODE, base_url=server.base_url) as wecom:
            await wecom.add_msg_template(CREATE)

    asyncio.run(main())
    assert json.loads(server.seen[0].body)["suite_ticket"] == "from a task"


def test_a_coroutine_function_is_refused_without_tasks(serve: Serve) -> None:
    async def ticket() -> str:
        return "never"

    server = serve(Provider())
    told = r"^suite: its ticket comes from a coroutine function: it is for AsyncWeCom$"
    with pytest.raises(TypeError, match=told):
        WeCom.for_suite(a_suite(ticket), CORP, CODE, base_url=server.base_url)
    with (
        WeCom.for_suite(a_suite(lambda: ticket()), CORP, CODE, base_url=server.base_url) as wecom,
        pytest.raises(TypeError, match=r"^the ticket comes from a coroutine: it is for AsyncWeCom$"),
    ):
        wecom.add_msg_template(CREATE)  # and nobody complains that it was never awaited: it was closed
    assert server.seen == []


# Many at once.


def threads(count: int, job: Callable[[int], Any]) -> list[Any]:
    """What ``count`` threads that start together return or raise."""
    barrier = threading.Barrier(count)
    results: list[Any] = [None] * count

    def work(index: int) -> None:
        barrier.wait(30)
        try:
            results[index] = job(index)
        except WeComError as exc:
            results[index] = exc

    workers = [threading.Thread(target=work, args=(index,)) for index in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
        assert not worker.is_alive()
    return results


def many_threads(server: FaultServer, corps: int, suite: Suite, **settings: Any) -> list[Any]:
    clients = [
        WeCom.for_suite(suite, f"{CORP}{number}", CODE, base_url=server.base_url, **settings)
        for number in range(corps)
    ]
    try:
        return threads(MANY, lambda index: clients[index % corps].add_msg_template(CREATE).msgid)
    finally:
        for client in clients:
            client.close()


def many_tasks(server: FaultServer, corps: int, suite: Suite, **settings: Any) -> list[Any]:
    async def main() -> list[Any]:
        clients = [
            AsyncWeCom.for_suite(suite, f"{CORP}{number}", CODE, base_url=server.base_url, **settings)
            for number in range(corps)
        ]
        calls = [clients[index % corps].add_msg_template(CREATE) for index in range(MANY)]
        results = await asyncio.gather(*calls, return_exceptions=True)
        for client in clients:
            await client.aclose()
        return [result if isinstance(result, BaseException) else result.msgid for result in results]

    return asyncio.run(main())


crowds = pytest.mark.parametrize("crowd", [many_threads, many_tasks], ids=["threads", "tasks"])
Crowd = Callable[..., list[Any]]


def counts(server: FaultServer) -> dict[str, int]:
    names = [name.partition(" ")[0] for name in asked(server)]
    return {name: names.count(name) for name in ("suite", "corp", "create")}


@crowds
@pytest.mark.parametrize("corps", [1, 4])
def test_a_crowd_without_tokens_gets_each_once(crowd: Crowd, corps: int, serve: Serve) -> None:
    server = serve(Provider())
    assert crowd(server, corps, a_suite()) == [CREATED["msgid"]] * MANY
    assert counts(server) == {"suite": 1, "corp": corps, "create": MANY}


class AllAtOnce:
    """Holds the requests with one token back until a crowd have made theirs: nobody sees a new one before."""

    def __init__(self, provider: Provider, path: str, token: str, crowd: int) -> None:
        self.provider = provider
        self.path = path
        self.token = token
        self.barrier = threading.Barrier(crowd)

    def __call__(self, connection: Connection, request: Seen) -> None:
        if request.path == self.path and {self.token} <= self.provider.dead & {*request.query.values()}:
            self.barrier.wait(30)
        self.provider(connection, request)


class Same(MemoryTokenStore):
    """A store that has one dead token for everybody until another one is there."""

    def __init__(self, dead: str) -> None:
        super().__init__()
        self.dead = dead
        self.forgotten: set[str] = set()

    def load(self, key: str) -> str | None:
        return super().load(key) or (None if key in self.forgotten else self.dead)

    def discard(self, key: str, token: str) -> None:
        super().discard(key, token)
        if token == self.dead:
            self.forgotten.add(key)


@crowds
def test_a_crowd_with_a_dead_corps_token_renews_it_once(crowd: Crowd, serve: Serve) -> None:
    # The store has the same dead token for the suite too, so both are renewed.
    server = serve(AllAtOnce(Provider("old"), CREATE_PATH, "old", MANY))
    assert crowd(server, 1, a_suite(), token_store=Same("old")) == [CREATED["msgid"]] * MANY
    assert counts(server) == {"suite": 1, "corp": 2, "create": 2 * MANY}


@crowds
def test_the_clients_of_many_corps_renew_the_suites_token_once(crowd: Crowd, serve: Serve) -> None:
    provider = Provider()
    server = serve(AllAtOnce(provider, CORP_PATH, "suite-1", 4))
    suite = a_suite()
    with WeCom.for_suite(suite, "wwfirst", CODE, base_url=server.base_url) as wecom:
        wecom.add_msg_template(CREATE)
    server.seen.clear()
    provider.dead.add("suite-1")
    assert crowd(server, 4, suite) == [CREATED["msgid"]] * MANY
    assert counts(server) == {"suite": 1, "corp": 8, "create": MANY}


@crowds
def test_a_crowd_whose_suite_is_refused_asks_once(crowd: Crowd, serve: Serve) -> None:
    provider = Provider("old", suites=lambda _: refused(40085))
    server = serve(AllAtOnce(provider, CREATE_PATH, "old", MANY))
    results = crowd(server, 1, a_suite(), token_store=Same("old"))
    assert {type(result) for result in results} == {CredentialError}
    assert {result.operation for result in results} == {"get_suite_token"}
    assert len({id(result) for result in results}) == MANY
    assert counts(server) == {"suite": 1, "corp": 1, "create": MANY}


@crowds
def test_a_crowd_without_a_ticket_sends_nothing(crowd: Crowd, serve: Serve) -> None:
    server = serve(Provider())
    results = crowd(server, 3, a_suite(lambda: None))
    assert {type(result) for result in results} == {NotSent}
    assert {result.operation for result in results} == {"add_msg_template"}
    assert server.seen == []


def test_a_cancelled_leader_does_not_fail_the_others(serve: Serve) -> None:
    first = threading.Event()
    provider = Provider()

    def slow_once(connection: Connection, request: Seen) -> None:
        if request.path == SUITE_PATH and not first.is_set():
            first.set()
            connection.hold()
        else:
            provider(connection, request)

    server = serve(slow_once)
    suite = a_suite()

    async def main() -> str:
        async with (
            AsyncWeCom.for_suite(suite, CORP, CODE, base_url=server.base_url) as one,
            AsyncWeCom.for_suite(suite, "wwother", CODE, base_url=server.base_url) as other,
        ):
            leader = asyncio.create_task(one.add_msg_template(CREATE))
            await happens(first)
            followers = [asyncio.create_task(each.add_msg_template(CREATE)) for each in (one, other)]
            await asyncio.sleep(0)
            leader.cancel()
            with pytest.raises(asyncio.CancelledError):
                await leader
            return "".join([(await each).msgid for each in followers])

    assert asyncio.run(main()) == CREATED["msgid"] * 2
    assert counts(server) == {"suite": 2, "corp": 2, "create": 2}


def test_waiting_for_anothers_token_ends_at_the_deadline(serve: Serve) -> None:
    server = serve(lambda connection, _: connection.hold())
    suite = a_suite()
    clients = [
        WeCom.for_suite(suite, corp, CODE, base_url=server.base_url, deadline=1, timeout=60)
        for corp in ("a", "b")
    ]
    results = threads(4, lambda index: clients[index % 2].add_msg_template(CREATE))
    for client in clients:
        client.close()
    assert {type(result).__name__ for result in results} == {"NotSentInTime"}
    assert "create" not in " ".join(asked(server))


def test_one_suite_serves_threads_and_several_event_loops(serve: Serve) -> None:
    server = serve(Provider())
    suite = a_suite()

    def job(index: int) -> str:
        corp = f"{CORP}{index}"
        if index % 2:
            with WeCom.for_suite(suite, corp, CODE, base_url=server.base_url) as wecom:
                return str(wecom.add_msg_template(CREATE).msgid)

        async def main() -> str:
            async with AsyncWeCom.for_suite(suite, corp, CODE, base_url=server.base_url) as client:
                answers = await asyncio.gather(*(client.add_msg_template(CREATE) for _ in range(3)))
                return str(answers[0].msgid)

        return asyncio.run(main())

    assert threads(8, job) == [CREATED["msgid"]] * 8
    # Each loop, and the threads together, may have asked for the suite's token once.
    assert 1 <= counts(server)["suite"] <= 5
    assert counts(server)["corp"] == 8


# Where tokens are kept.


def test_both_tokens_are_kept_apart_and_renewed_early(serve: Serve, invoke: Invoke) -> None:
    server = serve(Provider())
    store = Preset()
    invoke(server.base_url, CREATE, settings={"token_store": store})
    assert [(token, seconds) for _, token, seconds in store.saved] == [
        ("suite-1", 7140.0),
        ("corp-1", 7140.0),
    ]
    assert len({key for key, _, _ in store.saved}) == 2
    assert not any(word in key for key, _, _ in store.saved for word in (SUITE_SECRET, CODE, CORP, SUITE_ID))


class Clock:
    """A clock that a test sets."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_each_token_is_renewed_at_its_own_time(serve: Serve) -> None:
    clock = Clock()
    server = serve(Provider(suites=lambda number: suite_token(f"suite-{number}", 10_000)))
    store = MemoryTokenStore(clock)
    with WeCom.for_suite(a_suite(), CORP, CODE, base_url=server.base_url, token_store=store) as wecom:
        wecom.add_msg_template(CREATE)
        clock.now += 7140 - 0.001
        wecom.add_msg_template(CREATE)
        assert counts(server) == {"suite": 1, "corp": 1, "create": 2}
        clock.now += 0.001
        wecom.add_msg_template(CREATE)
        assert counts(server) == {"suite": 1, "corp": 2, "create": 3}
        clock.now += 7140
        wecom.add_msg_template(CREATE)
    assert counts(server) == {"suite": 2, "corp": 3, "create": 4}


def test_clients_of_one_suite_share_what_they_can(serve: Serve) -> None:
    server = serve(Provider())
    suite = a_suite()
    for corp in (CORP, CORP, "wwother"):
        with WeCom.for_suite(suite, corp, CODE, base_url=server.base_url) as wecom:
            wecom.add_msg_template(CREATE)
    assert asked(server) == [
        *("suite", "corp suite-1", "create corp-1"),
        "create corp-1",
        *("corp suite-1", "create corp-2"),
    ]


def test_nobody_gets_the_token_of_another(serve: Serve) -> None:
    server, elsewhere = serve(Provider()), serve(Provider())
    store = MemoryTokenStore()
    same: dict[str, Any] = {"base_url": server.base_url, "token_store": store}
    clients = [
        WeCom.for_suite(a_suite(), CORP, CODE, **same),
        WeCom.for_suite(a_suite(), "wwother", CODE, **same),
        WeCom.for_suite(a_suite(), CORP, "another code", **same),
        WeCom.for_suite(Suite("wwother", SUITE_SECRET, ticket=TICKET), CORP, CODE, **same),
        WeCom.for_suite(Suite(SUITE_ID, "another secret", ticket=TICKET), CORP, CODE, **same),
        WeCom.for_suite(a_suite(), CORP, CODE, base_url=elsewhere.base_url, token_store=store),
        WeCom(CORP, CODE, **same),
    ]
    for client in clients:
        client.add_msg_template(CREATE)
        client.close()
    tokens = [one.token for one in server.calls if one.path == CREATE_PATH]
    assert tokens == ["corp-1", "corp-2", "corp-3", "corp-4", "corp-5", "tok-1"]
    assert asked(elsewhere) == ["suite", "corp suite-1", "create corp-1"]
    assert counts(server)["suite"] == 3


def test_a_store_of_coroutines(serve: Serve) -> None:
    class Tasks:
        def __init__(self) -> None:
            self.held: dict[str, str] = {}

        async def load(self, key: str) -> str | None:
            await asyncio.sleep(0)
            return self.held.get(key)

        async def save(self, key: str, token: str, seconds: float) -> None:
            await asyncio.sleep(0)
            self.held[key] = token

        async def discard(self, key: str, token: str) -> None:
            if self.held.get(key) == token:
                del self.held[key]

    provider = Provider()
    server = serve(provider)
    store = Tasks()

    async def main() -> None:
        client = AsyncWeCom.for_suite(a_suite(), CORP, CODE, base_url=server.base_url, token_store=store)
        async with client as wecom:
            await wecom.add_msg_template(CREATE)
            provider.dead |= {"suite-1", "corp-1"}
            await wecom.add_msg_template(CREATE)

    asyncio.run(main())
    assert sorted(store.held.values()) == ["corp-2", "suite-2"]


# The two operations as calls.

RAW_SUITE = {"suite_id": SUITE_ID, "suite_secret": SUITE_SECRET, "suite_ticket": TICKET}
RAW_CORP = {"auth_corpid": "wwother", "permanent_code": "code-of-another-corp"}


def test_get_corp_token_is_a_call_of_a_suites_client(serve: Serve, invoke: Invoke) -> None:
    server = serve(Provider("suite-old", suites=lambda _: suite_token("suite-1")))
    store = Preset(corp="suite-old")  # the first token that is looked for is the suite's here
    answer = invoke(server.base_url, operation="get_corp_token", settings={"token_store": store}, **RAW_CORP)
    assert (answer.access_token, answer.expires_in) == ("corp-1", 7200)
    assert "corp-1" not in repr(answer)
    assert asked(server) == ["corp suite-old", "suite", "corp suite-1"]
    assert json.loads(server.seen[-1].body) == RAW_CORP


@pytest.mark.parametrize("tasks", [False, True])
def test_get_corp_token_needs_a_suites_client(tasks: bool, serve: Serve) -> None:
    server = serve(Provider())

    async def with_tasks() -> None:
        async with AsyncWeCom("ww", "secret", base_url=server.base_url) as wecom:
            await wecom.get_corp_token(RAW_CORP)

    def blocking() -> None:
        with WeCom("ww", "secret", base_url=server.base_url) as wecom:
            wecom.get_corp_token(RAW_CORP)

    with pytest.raises(NotSent) as caught:
        asyncio.run(with_tasks()) if tasks else blocking()
    assert caught.value.operation == "get_corp_token"
    assert caught.value.reason == "it needs a suite_access_token, and this client has none"
    assert str(caught.value) == (
        f"get_corp_token was not sent: {caught.value.reason}. Build the client with for_suite"
    )
    assert server.seen == []


def test_get_suite_token_is_a_call_of_any_client(serve: Serve, invoke: Invoke) -> None:
    server = serve(Provider(suites=lambda _: {"suite_access_token": "suite-raw", "expires_in": 60}))
    with WeCom("ww", "secret", base_url=server.base_url) as wecom:
        answer = wecom.get_suite_token(**RAW_SUITE)
    assert (answer.suite_access_token, answer.expires_in, answer.errcode) == ("suite-raw", 60, 0)
    assert invoke(server.base_url, RAW_SUITE, operation="get_suite_token").suite_access_token == "suite-raw"
    assert asked(server) == ["suite", "suite"]


def test_a_bad_call_is_refused_before_it_is_sent(serve: Serve, invoke: Invoke) -> None:
    server = serve(Provider())
    with pytest.raises(InvalidRequest) as caught:
        invoke(server.base_url, {"auth_corpid": "", "permanent_code": [CODE]}, operation="get_corp_token")
    assert {each.rule for each in caught.value.violations} == {
        "get_corp_token.auth_corpid.empty",
        "get_corp_token.permanent_code.type",
    }
    assert CODE not in str(caught.value) + repr(caught.value.violations)
    assert server.seen == []


# Secrets.


def texts(exc: BaseException) -> str:
    """All that a log could show of an exception."""
    shown = [str(exc), repr(exc), *traceback.format_exception(exc)]
    link: BaseException | None = exc
    while link is not None:
        shown += [repr(vars(link)), repr(link.args)]
        link = link.__cause__ or link.__context__
    return "\n".join(shown)


@pytest.mark.parametrize("stage", ["suite", "corp", "create", "raw suite", "raw corp"])
@pytest.mark.parametrize("fault", ["echo", "html", "reset"])
@pytest.mark.parametrize("size", ["long", "short"])
def test_no_secret_in_any_text(
    stage: str,
    fault: str,
    size: str,
    serve: Serve,
    invoke: Invoke,
    caplog: pytest.LogCaptureFixture,
    request: pytest.FixtureRequest,
) -> None:
    # Of its own for each test: what has once been a secret stays masked in the whole process.
    own = hashlib.sha256(request.node.name.encode()).hexdigest()[: 16 if size == "long" else 4]
    secret, ticket, code, raw, suite_is, corp_is = (f"{letter}-{own}" for letter in "stcrSC")
    paths = {"suite": SUITE_PATH, "corp": CORP_PATH, "create": CREATE_PATH}
    provider = Provider(suites=lambda _: suite_token(suite_is), corps=lambda _: issued(corp_is))

    def breaks(connection: Connection, seen: Seen) -> None:
        if seen.path != paths[stage.rpartition(" ")[2]]:
            provider(connection, seen)
        elif fault == "reset":
            connection.reset()
        else:
            # A server that repeats all it was sent with this request, and where names don't help the values alone.
            values = [*seen.query.values(), *json.loads(seen.body).values()]
            echo = f"{seen.head!r} {seen.body.decode()} {' '.join(map(str, values))}"
            if size == "long":
                echo += " ".join((secret, ticket, code))
            connection.answer(refused(40058, echo) if fault == "echo" else f"<html>{echo}".encode())

    server = serve(breaks)
    calls: dict[str, tuple[str, Any]] = {
        "raw suite": (
            "get_suite_token",
            {"suite_id": SUITE_ID, "suite_secret": secret, "suite_ticket": ticket},
        ),
        "raw corp": ("get_corp_token", {"auth_corpid": CORP, "permanent_code": raw}),
    }
    operation, body = calls.get(stage, ("add_msg_template", CREATE))
    suite = Suite(SUITE_ID, secret, ticket=lambda: ticket)
    with caplog.at_level(logging.DEBUG), pytest.raises(WeComError) as caught:
        invoke(server.base_url, body, suite=suite, code=code, operation=operation)
    shown = texts(caught.value) + caplog.text + repr(suite)
    sent = " ".join(str(one.query) + one.body.decode() for one in server.seen)
    assert operation in shown
    assert secret in sent
    for one in (secret, ticket, code, raw, suite_is, corp_is):
        assert one not in sent or one not in shown


def test_no_secret_in_a_repr(serve: Serve) -> None:
    server = serve(Provider())
    suite = a_suite()
    with WeCom.for_suite(suite, CORP, CODE, base_url=server.base_url) as wecom:
        wecom.add_msg_template(CREATE)
        auths = list(wecom._driver._auths.values())
        shown = [repr(one) for one in (wecom, suite, suite.store, suite.secret, auths)]
        shown += [repr(vars(auth).get("_source")) for auth in auths]
    for secret in (SUITE_SECRET, TICKET, CODE, "suite-1", "corp-1"):
        assert secret not in " ".join(shown)
    assert repr(wecom) == f"WeCom.for_suite(Suite('{SUITE_ID}'), '{CORP}', base_url='{server.base_url}')"
    client = AsyncWeCom.for_suite(suite, CORP, CODE)
    assert repr(client).startswith(f"AsyncWeCom.for_suite(Suite('{SUITE_ID}'), '{CORP}', base_url=")


def test_a_planned_call_does_not_show_its_body() -> None:
    from wecom_client.operations import GET_SUITE_TOKEN
    from wecom_openapi.call import plan

    call = plan(GET_SUITE_TOKEN, RAW_SUITE, frozenset(), CallOptions())
    assert call.body is not None
    assert SUITE_SECRET not in repr(call)


# What makes no sense.


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        (("", "s"), ValueError, "suite_id: it is empty"),
        (("w", ""), ValueError, "suite_secret: it is empty"),
        ((7, "s"), TypeError, "suite_id: a string is needed, not int"),
        (("w", None), TypeError, "suite_secret: a string is needed, not NoneType"),
    ],
)
def test_a_suite_checks_its_arguments(arguments: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        Suite(*arguments, ticket=TICKET)


@pytest.mark.parametrize(
    ("ticket", "error", "words"),
    [
        ("", ValueError, "ticket: it is empty"),
        (None, TypeError, "ticket: a string is needed, or a function that gives one, not NoneType"),
        (b"ticket", TypeError, "not bytes"),
    ],
)
def test_a_suite_checks_its_ticket(ticket: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        a_suite(ticket)


@pytest.mark.parametrize("kind", [WeCom, AsyncWeCom])
@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        (("wwsuite", CORP, CODE), TypeError, "suite: a Suite is needed, not str"),
        ((None, "", CODE), ValueError, "auth_corpid: it is empty"),
        ((None, CORP, ""), ValueError, "permanent_code: it is empty"),
        ((None, CORP, 7), TypeError, "permanent_code: a string is needed, not int"),
    ],
)
def test_for_suite_checks_its_arguments(
    kind: type[Any], arguments: Any, error: type[Exception], words: str
) -> None:
    suite, *rest = arguments
    with pytest.raises(error, match=words):
        kind.for_suite(a_suite() if suite is None else suite, *rest)


def test_for_suite_takes_what_the_client_takes() -> None:
    suite = a_suite()
    with pytest.raises(ValueError, match="deadline"):
        WeCom.for_suite(suite, CORP, CODE, deadline=0)
    with pytest.raises(TypeError, match="transport and client"):
        WeCom.for_suite(suite, CORP, CODE, transport=httpx.HTTPTransport(), client=httpx.Client())
    with pytest.warns(UserWarning, match="unencrypted") as caught:
        WeCom.for_suite(suite, CORP, CODE, base_url="http://gateway.example").close()
    assert caught[0].filename == __file__


def test_a_subclass_stays_one() -> None:
    class Own(WeCom):
        pass

    with Own.for_suite(a_suite(), CORP, CODE) as client:
        assert type(client) is Own


# In front of the mock.


@pytest.fixture(params=[False, True], ids=["with errcode", "bare"])
def mock(request: pytest.FixtureRequest) -> Iterator[MockServer]:
    with MockServer(State(settings=Settings(bare_success=request.param))) as server:
        yield server


def test_against_the_mock(mock: MockServer) -> None:
    state = mock.state
    suite = Suite("wwdemosuite", "demo-suite", ticket=lambda: tickets[-1])
    tickets = ["demo-ticket"]

    def create(corp: str = "wwdemo") -> str:
        with WeCom.for_suite(suite, corp, "demo-permanent", base_url=mock.base_url) as wecom:
            return str(wecom.add_msg_template(CREATE_AT_MOCK).msgid)

    first = create()
    assert state.revoke_suite_tokens() == 1
    assert state.revoke_tokens() == 1
    tickets.append(state.push_ticket("wwdemosuite", 4e9))
    assert create() != first
    with pytest.raises(CredentialError) as caught:
        create("wwother")
    assert (caught.value.operation, caught.value.errcode) == ("get_corp_token", 40013)
    assert state.revoke_suite_tokens() == 1
    tickets.append("not pushed")
    state.revoke_tokens()
    with pytest.raises(CredentialError) as caught:
        create()
    assert (caught.value.operation, caught.value.errcode) == ("get_suite_token", 40085)


CREATE_AT_MOCK = {
    "sender": "zhangsan",
    "external_userid": ["woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA"],
    "text": {"content": "x"},
}
