"""`wait_for_results`: follows a task of the mock to its end, and knows when to give up."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fault_server import Connection, FaultServer, Seen

from wecom_mock import Settings, State
from wecom_mock.server import MockServer
from wecom_openapi import (
    AsyncWeCom,
    CredentialError,
    GroupmsgSendStatus,
    MalformedAnswer,
    RefusedError,
    ResultsNotReady,
    TaskCancelled,
    TaskResults,
    WeCom,
)
from wecom_openapi.results import GRACE, AskMembers, AskRecipients, Pause, follow

A, OF_LISI = "woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA", "wmCB22A6F6B4086E3513984E26BD8D4A"
FAST: dict[str, Any] = {"interval": 0.01, "longest_interval": 0.02, "deadline": 20}


@pytest.fixture
def server() -> Iterator[MockServer]:
    with MockServer(State()) as running:
        yield running


@pytest.fixture(params=["sync", "async"])
def wait(request: pytest.FixtureRequest) -> Callable[..., TaskResults]:
    """`wait_for_results` of a client of its own."""

    def sync(base_url: str, msgid: str, **options: Any) -> TaskResults:
        with WeCom("wwdemo", "demo", base_url=base_url) as wecom:
            return wecom.wait_for_results(msgid, **{**FAST, **options})

    def with_tasks(base_url: str, msgid: str, **options: Any) -> TaskResults:
        async def main() -> TaskResults:
            async with AsyncWeCom("wwdemo", "demo", base_url=base_url) as wecom:
                return await wecom.wait_for_results(msgid, **{**FAST, **options})

        return asyncio.run(main())

    return sync if request.param == "sync" else with_tasks


def create(server: MockServer, **fields: Any) -> str:
    with WeCom("wwdemo", "demo", base_url=server.base_url) as wecom:
        return wecom.add_msg_template(external_userid=[A, OF_LISI], text="新品", **fields).msgid


def test_it_returns_when_everybody_has_confirmed(server: MockServer, wait: Any) -> None:
    msgid = create(server)
    looks: list[TaskResults] = []

    def progress(results: TaskResults) -> None:
        looks.append(results)
        for userid in results.waiting[:1]:  # one member confirms after each look
            server.state.confirm(msgid, userid, time.time())

    done = wait(server.base_url, msgid, progress=progress)
    assert [len(look.waiting) for look in looks] == [2, 1, 0]
    assert done is looks[-1]
    assert done.is_complete
    assert done.counts == {GroupmsgSendStatus.SENT: 2}
    assert [row.external_userid for row in done.recipients] == [A, OF_LISI]


def test_a_task_that_is_being_dispatched_is_waited_for(server: MockServer, wait: Any) -> None:
    msgid = create(server)
    for code in (41063, 41047, 45009, -1):
        server.state.fail_next("get_groupmsg_task", code)
    server.state.fail_next("get_groupmsg_send_result", -1)
    for userid in ("zhangsan", "lisi"):
        server.state.confirm(msgid, userid, time.time())
    assert wait(server.base_url, msgid).is_complete


def test_a_cancelled_task_ends_it(server: MockServer, wait: Any) -> None:
    msgid = create(server)
    with WeCom("wwdemo", "demo", base_url=server.base_url) as wecom:
        wecom.cancel_groupmsg_send(msgid=msgid)
    with pytest.raises(TaskCancelled):
        wait(server.base_url, msgid)


def test_what_waiting_does_not_mend_is_raised_at_once(server: MockServer, wait: Any) -> None:
    server.state.fail_next("get_groupmsg_task", 40058)
    with pytest.raises(RefusedError) as caught:
        wait(server.base_url, create(server))
    assert caught.value.errcode == 40058


def test_at_the_deadline_it_tells_how_far_the_task_came(server: MockServer, wait: Any) -> None:
    msgid = create(server)
    server.state.confirm(msgid, "zhangsan", time.time())
    with pytest.raises(ResultsNotReady, match="1 of 2 members have not confirmed") as caught:
        wait(server.base_url, msgid, deadline=0.05)
    assert isinstance(caught.value, TimeoutError)
    assert caught.value.results is not None
    assert caught.value.results.waiting == ["lisi"]
    assert [row.external_userid for row in caught.value.results.recipients] == [A]


def test_at_the_deadline_it_tells_the_last_failure(serve: Any, wait: Any) -> None:
    def handler(connection: Connection, seen: Seen) -> None:
        connection.answer(b"<html>", status="502 Bad Gateway")

    server: FaultServer = serve(handler)
    with pytest.raises(ResultsNotReady, match="502") as caught:
        wait(server.base_url, "m", deadline=0.05)
    assert isinstance(caught.value.__cause__, MalformedAnswer)


def test_one_over_quota_is_done_too(server: MockServer, wait: Any) -> None:
    server.state.settings = Settings(quota_policy="per-day-1")
    first, second = create(server), create(server)
    for msgid in (first, second):
        for userid in ("zhangsan", "lisi"):
            server.state.confirm(msgid, userid, time.time())
    assert wait(server.base_url, second).counts == {GroupmsgSendStatus.QUOTA_USED_UP: 2}


def test_a_wrong_secret_is_no_passing_failure(server: MockServer) -> None:
    with WeCom("wwdemo", "wrong", base_url=server.base_url) as wecom, pytest.raises(CredentialError):
        wecom.wait_for_results("m", **FAST)


def test_a_waiting_task_lets_the_others_run_while_it_pauses(server: MockServer) -> None:
    order: list[str] = []

    class Noting(AsyncWeCom):
        def iter_groupmsg_task(self, **fields: Any) -> Any:
            order.append("looks")
            return super().iter_groupmsg_task(**fields)

    async def main() -> TaskResults:
        looked = asyncio.Event()

        async def confirm() -> None:
            await looked.wait()
            order.append("is confirmed")
            for userid in ("zhangsan", "lisi"):
                server.state.confirm(msgid, userid, time.time())

        async with Noting("wwdemo", "demo", base_url=server.base_url) as wecom:
            msgid = (await wecom.add_msg_template(external_userid=[A, OF_LISI], text="新品")).msgid
            confirming = asyncio.create_task(confirm())
            results = await wecom.wait_for_results(msgid, **FAST, progress=lambda _: looked.set())
            await confirming
            return results

    assert asyncio.run(main()).is_complete
    assert order == ["looks", "is confirmed", "looks"]


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def steps(clock: Clock, **options: Any) -> Any:
    given = {"deadline": 600.0, "interval": 4.0, "longest_interval": 10.0, "progress": None, **options}
    return follow("m", clock=clock, **given)


def test_the_pauses_grow_up_to_the_longest_and_end_at_the_deadline() -> None:
    clock = Clock()
    flow = steps(clock, deadline=30.0)
    step, pauses = next(flow), []
    unsent = type("Row", (), {"userid": "a", "status": 0})()
    for _ in range(5):
        assert step == AskMembers("m")
        step = flow.send([unsent])
        pauses.append(step.seconds)
        clock.now += step.seconds
        step = flow.send(None)
    with pytest.raises(ResultsNotReady):
        flow.send([unsent])
    assert pauses == [4.0, 6.0, 9.0, 10.0, 1.0]


def test_a_member_whose_recipients_are_done_is_not_asked_about_again() -> None:
    row = type("Row", (), {})
    sent, open_ = row(), row()
    sent.userid, sent.status, open_.userid, open_.status = "a", 2, "b", 2
    flow, asked = steps(Clock()), []
    step = next(flow)
    for _ in range(9):
        asked.append(step)
        match step:
            case AskMembers():
                step = flow.send([sent, open_])
            case AskRecipients(_, userid):
                result = row()
                result.status = 1 if userid == "a" else 0
                step = flow.send([result])
            case Pause():
                step = flow.send(None)
    recipients = [step.userid for step in asked if isinstance(step, AskRecipients)]
    assert recipients == ["a", "b", "b", "b"]


@pytest.mark.parametrize(("seconds", "goes_on"), [(GRACE, True), (GRACE + 1, False)])
def test_an_unknown_id_is_waited_for_only_at_first(seconds: float, goes_on: bool) -> None:
    from wecom_openapi.answers import refusal

    clock = Clock()
    flow = steps(clock)
    next(flow)
    clock.now += seconds
    unknown = refusal("get_groupmsg_task", {"errcode": 41047, "errmsg": "invalid group msg id"})
    if goes_on:
        assert isinstance(flow.throw(unknown), Pause)
    else:
        with pytest.raises(RefusedError):
            flow.throw(unknown)


@pytest.mark.parametrize("name", ["deadline", "interval", "longest_interval"])
@pytest.mark.parametrize("value", [0, -1, float("nan")])
def test_times_that_make_no_sense_are_refused(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=f"{name}: seconds above 0 are needed"):
        steps(Clock(), **{name: value})


def test_threads_are_told_of_progress_in_their_own_thread(server: MockServer) -> None:
    msgid = create(server)
    for userid in ("zhangsan", "lisi"):
        server.state.confirm(msgid, userid, time.time())
    seen: list[int] = []
    with WeCom("wwdemo", "demo", base_url=server.base_url) as wecom:
        wecom.wait_for_results(msgid, progress=lambda _: seen.append(threading.get_ident()), **FAST)
    assert seen == [threading.get_ident()]
