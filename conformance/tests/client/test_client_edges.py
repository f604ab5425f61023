"""What a seeded fault showed that no other test saw: moments, second tries, and what is kept between two calls."""

from __future__ import annotations

import asyncio
import inspect
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fault_server import CREATED, Connection, FaultServer, Seen, created, issued, refused

from wecom_client.models import GroupmsgSendResult, GroupmsgTask
from wecom_openapi import (
    AsyncWeCom,
    AudienceNotConfirmed,
    CredentialError,
    InvalidArgument,
    InvalidRequest,
    MemoryTokenStore,
    NotSentInTime,
    OutcomeUnknown,
    TokenAuth,
    WeCom,
)
from wecom_openapi.deadline import Exchange, current
from wecom_openapi.redaction import mask
from wecom_openapi.results import AskMembers, AskRecipients, Pause, follow
from wecom_openapi.validation import enforce, judge

Serve = Callable[..., FaultServer]
CREATE = {"sender": "zhangsan", "external_userid": ["wmA"], "text": {"content": "新品上市"}}
EVERYONE = {"sender": "zhangsan", "text": {"content": "新品上市"}}


def test_another_flag_confirms_nothing() -> None:
    violations = judge("add_msg_template", EVERYONE)[1]
    with pytest.raises(AudienceNotConfirmed):
        enforce("add_msg_template", violations, frozenset({"to_some"}))
    assert enforce("add_msg_template", violations, frozenset({"to_all"})) == []


def test_a_confirmed_call_is_judged_all_the_same() -> None:
    broken = judge("add_msg_template", {**EVERYONE, "text": {"content": ""}})[1]
    with pytest.raises(InvalidRequest):
        enforce("add_msg_template", broken, frozenset({"to_all"}))


def test_what_is_judged_is_raw_utf_8() -> None:
    assert "新品上市".encode() in judge("add_msg_template", CREATE)[0]


@pytest.mark.parametrize(("text", "rules"), [("a\0", ["json.escape"]), ("C:\\\\users", []), ("\\", [])])
def test_an_escape_is_told_from_a_backslash(text: str, rules: list[str]) -> None:
    found = judge("add_msg_template", {**CREATE, "text": {"content": text}})[1]
    assert [violation.rule for violation in found] == rules


def test_the_longer_of_two_secrets_is_masked_whole() -> None:
    assert mask("it was s3cr3t-1-longer", "s3cr3t-1", "s3cr3t-1-longer") == "it was ***"
    assert mask("it was s3cr3t-1-longer", "s3cr3t-1-longer", "s3cr3t-1") == "it was ***"


class Times(httpx.BaseTransport):
    """Keeps the time limits of each request, and answers as the server would."""

    def __init__(self) -> None:
        self.seen: list[dict[str, float]] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.seen.append(request.extensions["timeout"])
        return httpx.Response(200, json={**CREATED, "access_token": "tok-1-tok-1", "expires_in": 7200})


def test_no_wait_of_a_call_is_longer_than_its_deadline() -> None:
    transport = Times()
    with WeCom("ww", "secret", transport=transport, deadline=1, timeout=60) as wecom:
        wecom.add_msg_template(CREATE)
    assert len(transport.seen) == 2
    assert all(0 < seconds <= 1 for times in transport.seen for seconds in times.values())


def test_the_timeout_of_a_call_goes_before_the_clients() -> None:
    transport = Times()
    with WeCom("ww", "secret", transport=transport, deadline=30, timeout=10) as wecom:
        wecom.add_msg_template(CREATE)
        wecom.add_msg_template(CREATE, timeout=0.25)
        wecom.add_msg_template(CREATE, timeout=httpx.Timeout(1, connect=2, read=3, write=4))
    assert transport.seen == [
        *(dict.fromkeys(("connect", "read", "write", "pool"), seconds) for seconds in (10, 10, 0.25)),
        {"connect": 2, "read": 3, "write": 4, "pool": 1},
    ]


def hang_up(connection: Connection, request: Seen) -> None:
    connection.reset()


def bad_gateway(connection: Connection, request: Seen) -> None:
    connection.answer(b"<html>", status="502 Bad Gateway")


@pytest.mark.parametrize("handler", [hang_up, bad_gateway])
def test_a_create_is_sent_once_whatever_becomes_of_it(handler: Any, serve: Serve) -> None:
    server = serve(handler)
    with WeCom("ww", "secret", base_url=server.base_url) as wecom, pytest.raises(OutcomeUnknown):
        wecom.add_msg_template(CREATE)
    assert len(server.calls) == 1


def test_the_deadline_goes_by_a_clock_that_nobody_sets() -> None:
    assert inspect.signature(Exchange).parameters["clock"].default is time.monotonic


def test_a_token_is_gone_at_the_moment_when_it_ends() -> None:
    now = 100.0
    store = MemoryTokenStore(lambda: now)
    store.save("key", "token", 10.0)
    now = 109.999
    assert store.load("key") == "token"
    now = 110.0
    assert store.load("key") is None


def test_a_member_with_a_recipient_who_is_not_sent_to_is_asked_about_again() -> None:
    flow = follow("m", deadline=100, interval=1, longest_interval=1, progress=None, clock=lambda: 0.0)
    members = [GroupmsgTask(userid="lisi", status=2)]
    assert next(flow) == AskMembers("m")
    assert flow.send(members) == AskRecipients("m", "lisi")
    assert isinstance(flow.send([GroupmsgSendResult(userid="lisi", status=0, external_userid="wmA")]), Pause)
    assert flow.send(None) == AskMembers("m")
    assert flow.send(members) == AskRecipients("m", "lisi")


def test_after_a_failure_the_next_call_may_ask_for_the_token() -> None:
    """Else it would wait for a turn that nobody gives back."""
    with FaultServer(created, tokens=lambda connection, _: connection.answer(refused(40001))) as server:
        with WeCom("ww", "secret", base_url=server.base_url, deadline=5) as wecom:
            for _ in range(2):
                with pytest.raises(CredentialError):
                    wecom.add_msg_template(CREATE)
        assert len(server.token_requests) == 2


class Shared(MemoryTokenStore):
    """A store in which another process has renewed the token."""

    token = "tok-of-this-process"

    def load(self, key: str) -> str | None:
        return self.token


def test_a_token_that_another_process_renewed_is_the_one_that_is_sent(serve: Serve) -> None:
    server, store = serve(created), Shared()
    with WeCom("ww", "secret", base_url=server.base_url, token_store=store) as wecom:
        assert wecom.add_msg_template(CREATE).msgid == CREATED["msgid"]
        store.token = "tok-of-the-other"
        wecom.add_msg_template(CREATE)
    assert [request.token for request in server.calls] == ["tok-of-this-process", "tok-of-the-other"]
    assert server.token_requests == []


class Preset(MemoryTokenStore):
    """A store that has a token until it is told to forget it."""

    def __init__(self) -> None:
        super().__init__()
        self.token: str | None = "tok-old"

    def load(self, key: str) -> str | None:
        return self.token or super().load(key)

    def discard(self, key: str, token: str) -> None:
        self.token = None
        super().discard(key, token)


def refuse(code: int) -> Callable[[Connection, Seen], None]:
    return lambda connection, _: connection.answer(refused(code))


def test_a_refusal_for_another_reason_keeps_the_token_that_was_there(serve: Serve) -> None:
    server, store = serve(refuse(40058)), Preset()
    with (
        WeCom("ww", "secret", base_url=server.base_url, token_store=store) as wecom,
        pytest.raises(InvalidArgument),
    ):
        wecom.add_msg_template(CREATE)
    assert (len(server.calls), server.token_requests, store.token) == (1, [], "tok-old")


def test_a_token_of_few_seconds_serves_more_than_one_call(serve: Serve) -> None:
    server = serve(created, tokens=lambda connection, _: connection.answer(issued("tok-short", 50)))
    with WeCom("ww", "secret", base_url=server.base_url) as wecom:
        for _ in range(3):
            wecom.add_msg_template(CREATE)
    assert len(server.token_requests) == 1


def test_a_tokens_life_goes_by_a_clock_that_nobody_sets() -> None:
    assert inspect.signature(MemoryTokenStore).parameters["clock"].default is time.monotonic


def test_an_older_token_does_not_take_the_newer_one_away() -> None:
    store = MemoryTokenStore()
    store.save("key", "newer", 60)
    store.discard("key", "older")
    assert store.load("key") == "newer"
    store.discard("key", "newer")
    assert store.load("key") is None


class Held:
    """A turn that somebody else has, and how long it was waited for."""

    def __init__(self) -> None:
        self.waited: list[float] = []

    def acquire(self, timeout: float) -> bool:
        self.waited.append(timeout)
        return False


def test_a_turn_is_waited_for_until_the_deadline_of_the_call() -> None:
    auth = TokenAuth("ww", "secret", base_url="http://127.0.0.1:9")
    held = Held()
    auth._source.turn.thread = held  # type: ignore[assignment]
    running = current.set(Exchange(5.0, watched=True))
    try:
        with pytest.raises(httpx.PoolTimeout):
            next(auth.sync_auth_flow(httpx.Request("POST", "http://127.0.0.1:9/path")))
    finally:
        current.reset(running)
    assert len(held.waited) == 1
    assert 0 < held.waited[0] <= 5.0


def test_a_write_that_was_refused_and_waits_for_a_new_token_was_not_sent(serve: Serve) -> None:
    server = serve(refuse(42001))

    async def main() -> None:
        async with AsyncWeCom(
            "ww", "secret", base_url=server.base_url, token_store=Preset(), deadline=1
        ) as wecom:
            turn: Any = wecom._driver._auths["access_token"]._source.turn  # type: ignore[attr-defined]
            taken, over = asyncio.Event(), asyncio.Event()

            async def other() -> None:
                async with turn.for_tasks():
                    taken.set()
                    await over.wait()

            task = asyncio.create_task(other())
            await taken.wait()
            with pytest.raises(NotSentInTime):
                await wecom.add_msg_template(CREATE)
            over.set()
            await task

    asyncio.run(main())
    assert len(server.calls) == 1
