"""The task that makes one call, without a worker: what is tried again, what is not, and what is never sent twice."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from celery import Celery
from celery.signals import task_retry

from wecom_mock import State
from wecom_mock.arrange import CORPID, SECRET, Arrange, empty_company
from wecom_mock.faults import Fault
from wecom_mock.server import MockServer
from wecom_openapi import (
    CredentialError,
    InvalidRequest,
    NotSent,
    OutcomeUnknown,
    RefusedError,
    WeCom,
)
from wecom_openapi.broadcast import Broadcast, CallState
from wecom_openapi.broadcast.celery_tasks import call_task, enqueue
from wecom_openapi.journal import Journal

SENDERS = ("zhangsan", "lisi", "wangwu")


@pytest.fixture
def company() -> Iterator[MockServer]:
    state = State(empty_company())
    for sender in SENDERS:
        Arrange(state).member(sender).customer(f"wm-{sender}")
    with MockServer(state) as running:
        yield running


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal(tmp_path / "journal.db", survive_power_failure=False) as opened:
        yield opened


@pytest.fixture
def broadcast(journal: Journal) -> Broadcast:
    planned = Broadcast(journal, "spring")
    planned.plan({"text": {"content": "新品上市"}}, [(sender, f"wm-{sender}") for sender in SENDERS])
    return planned


class Bench:
    """A task with a client of its own, called by hand."""

    def __init__(self, company: MockServer, journal: Journal, **options: Any) -> None:
        self.connected = 0
        self.secret = SECRET
        self._wecom: list[WeCom] = []
        self._company = company
        self._journal = journal
        self.task = call_task(Celery(broker="memory://"), self.connect, pause=0.001, **options)
        # Celery makes it at its first use, and threads that use it first together meet one that is half made.
        assert self.task.request_stack is not None

    def connect(self) -> WeCom:
        self.connected += 1
        made = WeCom(
            CORPID,
            self.secret,
            base_url=self._company.base_url,
            journal=self._journal,
            timeout=0.3,
            deadline=30,
        )
        self._wecom.append(made)
        return made

    def __call__(self, n: int, name: str = "spring") -> Any:
        """As a worker does it; a try that is to follow later follows at once."""
        return self.task.apply(args=(name, n)).get()

    def close(self) -> None:
        for wecom in self._wecom:
            wecom.close()


@pytest.fixture
def bench(company: MockServer, journal: Journal) -> Iterator[Bench]:
    made = Bench(company, journal)
    yield made
    made.close()


def created(company: MockServer) -> int:
    return len(company.state.tasks)


def test_it_makes_the_call_and_says_what_it_became(
    bench: Bench, broadcast: Broadcast, company: MockServer
) -> None:
    told = bench(1)
    assert told == {"state": "done", "msgid": broadcast.call(1).msgid}
    assert list(company.state.tasks) == [told["msgid"]]


def test_the_second_time_nothing_is_sent(bench: Bench, broadcast: Broadcast, company: MockServer) -> None:
    assert bench(1) == bench(1)
    assert created(company) == 1
    assert bench.connected == 1


def test_many_at_once_send_once(bench: Bench, broadcast: Broadcast, company: MockServer) -> None:
    told: list[Any] = []

    def work() -> None:
        try:
            told.append(bench(1))
        except NotSent as exc:  # another one was at it, more often than the pauses of a thousandth could wait
            told.append(exc)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(told) == 8
    assert created(company) == 1
    assert broadcast.call(1).state is CallState.DONE


def test_what_passes_is_tried_again(bench: Bench, broadcast: Broadcast, company: MockServer) -> None:
    company.state.faults.add(Fault("reset-before", "gettoken", times=4))
    assert bench(1)["state"] == "done"
    assert broadcast.call(1).attempts > 1


def test_each_pause_is_twice_the_one_before_up_to_a_minute_less_up_to_a_half() -> None:
    """So that workers which failed together don't come back together."""
    pauses: list[float] = []

    def fails() -> WeCom:
        raise NotSent("its secret can't be read now")

    def note(sender: Any, reason: Any, **rest: Any) -> None:
        pauses.append(reason.when)

    task = call_task(Celery(broker="memory://"), fails, attempts=6, pause=10)
    task_retry.connect(note)
    with pytest.raises(NotSent):
        task.apply(args=("spring", 1)).get()
    task_retry.disconnect(note)
    shares = [pause / longest for pause, longest in zip(pauses, (10, 20, 40, 60, 60), strict=True)]
    assert all(0.5 <= share <= 1 for share in shares)
    assert len(set(shares)) == len(shares)


def test_it_is_not_tried_for_ever(broadcast: Broadcast, company: MockServer, journal: Journal) -> None:
    bench = Bench(company, journal, attempts=3)
    fault = company.state.faults.add(Fault("reset-before", "gettoken"))
    with pytest.raises(NotSent):
        bench(1)
    assert broadcast.call(1).attempts == 3
    assert fault.fired >= 3
    bench.close()


def test_an_unknown_outcome_is_not_tried_again(
    bench: Bench, broadcast: Broadcast, company: MockServer
) -> None:
    fault = company.state.faults.add(Fault("reset-after", "add_msg_template", times=1))
    for _ in range(2):
        with pytest.raises(OutcomeUnknown):
            bench(1)
    assert broadcast.call(1).state is CallState.UNKNOWN
    assert fault.fired == created(company) == 1


def test_a_refusal_is_not_tried_again(bench: Bench, broadcast: Broadcast, company: MockServer) -> None:
    company.state.fail_next("add_msg_template", 40058)
    with pytest.raises(RefusedError):
        bench(1)
    assert len(company.state.calls.of("add_msg_template")) == 1
    assert broadcast.call(1).state is CallState.REFUSED


def test_after_a_wrong_secret_the_rest_of_the_queue_leaves_wecom_alone(
    broadcast: Broadcast, company: MockServer, journal: Journal
) -> None:
    # WeCom bans an address for an hour after some of them.
    bench = Bench(company, journal, attempts=4)
    bench.secret = "another secret"
    with pytest.raises(CredentialError):
        bench(1)
    for n in (2, 3):
        with pytest.raises(NotSent) as caught:
            bench(n)
        told, _, seconds = str(caught.value).rpartition(" left alone for ")
        assert told == (
            f"call {n} of 'spring' was not sent: WeCom has refused the secret or had too many calls, so it is"
        )
        assert 0 < int(seconds.removesuffix(" s")) <= 60
        assert caught.value.reason == "WeCom is left alone for a while"
    assert len(company.state.calls.of("gettoken")) == 1
    bench.close()


def test_a_journal_that_is_locked_is_waited_for(
    broadcast: Broadcast, company: MockServer, tmp_path: Path
) -> None:
    told: list[BaseException] = []
    with (
        Journal(tmp_path / "journal.db", survive_power_failure=False, patience=0.05) as hasty,
        contextlib.closing(sqlite3.connect(tmp_path / "journal.db", isolation_level=None)) as other,
    ):
        bench = Bench(company, hasty)
        bench(1)
        other.execute("BEGIN IMMEDIATE")

        def again(sender: Any, reason: BaseException, **rest: Any) -> None:
            told.append(reason)
            if len(told) == 2:
                other.execute("ROLLBACK")

        task_retry.connect(again)
        assert bench(2)["state"] == "done"
        task_retry.disconnect(again)
        bench.close()
    assert len(told) == 2
    assert all("locked" in str(reason) for reason in told)
    assert created(company) == 2


def test_a_broadcast_that_is_not_there(bench: Bench, broadcast: Broadcast) -> None:
    with pytest.raises(InvalidRequest) as caught:
        bench(1, "summer")
    assert str(caught.value) == "broadcast 'summer' is not planned. Nothing was sent"
    with pytest.raises(LookupError):
        bench(99)


def test_it_is_acknowledged_when_it_has_ended(bench: Bench) -> None:
    task = bench.task
    assert (task.acks_late, task.reject_on_worker_lost, task.ignore_result) == (True, True, True)
    assert task.name == "wecom.broadcast.call"


@pytest.mark.parametrize(
    "options",
    [["acks_late"], ["reject_on_worker_lost"], ["max_retries"], ["bind"], ["max_retries", "acks_late"]],
)
def test_what_makes_it_safe_is_settled(options: list[str]) -> None:
    with pytest.raises(TypeError) as caught:
        call_task(Celery(), WeCom, **dict.fromkeys(options, False))  # type: ignore[arg-type]
    assert str(caught.value) == f"{', '.join(sorted(options))}: that is settled here"


def test_options_of_celery_are_passed_on() -> None:
    task = call_task(Celery(), lambda: WeCom("c", "s"), name="mine", rate_limit="100/m", time_limit=60)
    assert (task.name, task.rate_limit, task.time_limit) == ("mine", "100/m", 60)


@pytest.mark.parametrize(
    ("arguments", "error", "told"),
    [
        (
            {"connect": None},
            TypeError,
            "connect: a function that gives a client is needed, not NoneType",
        ),
        ({"attempts": 0}, ValueError, "attempts: a number from 1 on is needed, not 0"),
        ({"attempts": True}, ValueError, "attempts: a number from 1 on is needed, not True"),
        ({"attempts": 1.0}, ValueError, "attempts: a number from 1 on is needed, not 1.0"),
    ],
)
def test_arguments_that_make_no_sense(arguments: dict[str, Any], error: type[Exception], told: str) -> None:
    with pytest.raises(error) as caught:
        call_task(Celery(), **{"connect": WeCom, **arguments})
    assert str(caught.value) == told


def test_a_client_without_a_journal(broadcast: Broadcast) -> None:
    task = call_task(Celery(), lambda: WeCom("c", "s"))
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole text is compared
        task.apply(args=("spring", 1), throw=True)
    assert str(caught.value) == "connect: the client needs the broadcast's journal: WeCom(…, journal=…)"


def test_how_often_one_is_tried_and_what_people_read_of_it(bench: Bench) -> None:
    """Twenty tries and their pauses of up to a minute are a quarter of an hour."""
    assert bench.task.max_retries == 19
    assert bench.task.__doc__ == "Make one call of a broadcast, once."
    assert call_task(Celery(), bench.connect, attempts=1).max_retries == 0


class Queue:
    """Takes what is put into a queue."""

    def __init__(self) -> None:
        self.put: list[tuple[str, int]] = []

    def delay(self, name: str, n: int) -> None:
        self.put.append((name, n))


class TestEnqueue:
    def test_what_is_not_through_is_put_there(
        self, bench: Bench, broadcast: Broadcast, company: MockServer
    ) -> None:
        queue = Queue()
        assert enqueue(queue, broadcast) == 3
        assert queue.put == [("spring", 1), ("spring", 2), ("spring", 3)]
        bench(1)
        company.state.faults.add(Fault("reset-after", "add_msg_template", times=1))
        with pytest.raises(OutcomeUnknown):
            bench(2)
        queue.put.clear()
        assert enqueue(queue, broadcast) == 2
        assert queue.put == [("spring", 2), ("spring", 3)]

    def test_what_was_refused_is_if_asked_for(
        self, bench: Bench, broadcast: Broadcast, company: MockServer
    ) -> None:
        company.state.fail_next("add_msg_template", 40058)
        with pytest.raises(RefusedError):
            bench(2)
        queue = Queue()
        assert enqueue(queue, broadcast) == 2
        queue.put.clear()
        assert enqueue(queue, broadcast, retry_refused=True) == 3
        assert [n for _, n in queue.put] == [1, 2, 3]
        assert bench(2)["state"] == "done"
