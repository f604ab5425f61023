"""Real workers of Celery over a real Redis and a real PostgreSQL. They are killed, and tasks come twice and more."""

from __future__ import annotations

import importlib
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from chaos.canary import Canary, Net
from wecom_mock import State
from wecom_mock.arrange import CORPID, SECRET, Arrange, empty_company
from wecom_mock.faults import Fault
from wecom_mock.server import MockServer
from wecom_openapi import WeCom
from wecom_openapi.broadcast import Broadcast, CallState
from wecom_openapi.broadcast.celery_tasks import enqueue
from wecom_openapi.journal import Journal

HERE = Path(__file__).parent
SENDERS = [f"member{number}" for number in range(6)]
AUDIENCE = [(sender, f"wm-{sender}-{number}") for sender in SENDERS for number in range(3)]


def until(happens: Callable[[], Any], said: Callable[[], object] = str) -> None:
    ends = time.monotonic() + 120
    while not happens():
        assert time.monotonic() < ends, said()
        time.sleep(0.05)


@pytest.fixture
def company() -> Iterator[MockServer]:
    state = State(empty_company())
    arrange = Arrange(state)
    for sender, customer in AUDIENCE:
        arrange.member(sender).customer(customer)
    with MockServer(state) as running:
        yield running


@pytest.fixture
def surroundings(
    company: MockServer, redis_url: str, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = {
        "CORPID": CORPID,
        "SECRET": SECRET,
        "WECOM": company.base_url,
        "REDIS": redis_url,
        "JOURNAL": postgres_url,
        "DEADLINE": "4",
    }
    for name, value in values.items():
        monkeypatch.setenv(f"TEST_{name}", value)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(HERE), os.environ["PYTHONPATH"], *sys.path]))


class Workers:
    """Starts workers, and ends what is left of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: list[subprocess.Popen[bytes]] = []

    def start(self, processes: int) -> subprocess.Popen[bytes]:
        quiet = ("--without-gossip", "--without-mingle", "--without-heartbeat", "-l", "DEBUG")
        command = [sys.executable, "-m", "celery", "-A", "worker_app", "worker", *quiet]
        with (self._folder / f"worker{len(self._running)}.log").open("wb") as log:
            worker = subprocess.Popen(
                [*command, "-P", "prefork", "-c", str(processes)],
                cwd=self._folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._running.append(worker)
        return worker

    def log(self) -> str:
        return "\n".join(path.read_text(errors="replace") for path in sorted(self._folder.glob("*.log")))

    def end(self) -> None:
        for worker in self._running:
            kill_all(worker)


def kill_all(worker: subprocess.Popen[bytes]) -> None:
    """End a worker and its processes, as a machine that is switched off would."""
    if worker.poll() is None:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait(60)


def kill_child(worker: subprocess.Popen[bytes]) -> int:
    """End the one process that a worker does its tasks in."""
    (child,) = Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()
    os.kill(int(child), signal.SIGKILL)
    return int(child)


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[Workers]:
    started = Workers(tmp_path)
    yield started
    started.end()


def test_workers_that_are_killed_lose_nothing_and_send_nothing_twice(
    company: MockServer, surroundings: None, workers: Workers, postgres_url: str, redis_url: str
) -> None:
    worker_app = importlib.import_module("worker_app")
    send_call = worker_app.send_call
    faults = company.state.faults
    # A call that has its effect and is cut off, and one that hasn't any.
    with_effect, without = (
        faults.add(Fault("silence", "add_msg_template", times=1, applied=applied))
        for applied in (True, False)
    )
    with Journal(postgres_url) as journal:
        broadcast = Broadcast(journal, "spring-2027")
        broadcast.plan({"text": {"content": "新品上市"}}, AUDIENCE)

        def states() -> Counter[CallState]:
            return Counter(call.state for call in broadcast.calls())

        def told() -> str:
            return f"{states()}\n{workers.log()}"

        # Every task comes twice.
        assert enqueue(send_call, broadcast) == enqueue(send_call, broadcast) == len(SENDERS)
        first = workers.start(1)
        until(lambda: with_effect.fired, told)
        kill_child(first)
        until(lambda: without.fired, told)
        # The whole worker, with what it has taken out of the queue.
        kill_all(first)
        second = workers.start(2)
        assert enqueue(send_call, broadcast) > 0
        until(lambda: not {CallState.PLANNED, CallState.SENDING} & states().keys(), told)
        assert states()[CallState.UNKNOWN] >= 2
        assert sorted(sent(company)) == sorted(set(sent(company)))
        # What had been sent is found out by reading. That the other had not is the last word two minutes later only.
        with WeCom(CORPID, SECRET, base_url=company.base_url, journal=journal) as wecom:
            found = wecom.recover(settle=0)
            assert {recovered.reconciliation.verdict for recovered in found} == {"sent", "not sent"}
        enqueue(send_call, broadcast)
        enqueue(send_call, broadcast)
        until(lambda: broadcast.summary().is_complete, told)
        second.terminate()
        assert second.wait(60) == 0, told()
        assert states() == {CallState.DONE: len(SENDERS)}
        assert sum(broadcast.summary().counts.values()) == len(AUDIENCE)
    assert sorted(sent(company)) == sorted(recipient for _, recipient in AUDIENCE)
    assert len(company.state.calls.of("gettoken")) <= 2
    passwords = [urlsplit(url).password or "" for url in (redis_url, postgres_url)]
    net = Net(*(Canary("one", secret) for secret in (SECRET, *passwords, *company.state.tokens)))
    net.throw("the log of the workers", workers.log())
    assert net.found == []
    assert "DEBUG" in workers.log()


def sent(company: MockServer) -> list[str]:
    """Every recipient of every task that the server made, as often as it was."""
    return [one for task in company.state.tasks.values() for one in task.body["external_userid"]]
