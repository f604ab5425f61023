"""kill -9 between any two system calls of a broadcast, and broadcasts through random faults: nobody gets a message
twice, nobody is lost, and the report is the truth."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator

import pytest

from chaos.kills import CUSTOMERS, Kill, Nursery, judge, length, play, sample
from chaos.ledger import Applied
from chaos.nursery import audience
from chaos.sessions import Weather, play_session
from chaos.tracer import trace
from chaos.truth import Summary
from chaos.wire import Request
from wecom_conformance.budget import SEED, examples

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="ptrace as it is here is Linux's")

POINTS = 6
SESSIONS = 2


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as running:
        yield running


@pytest.mark.parametrize("caller", ["sync", "async"])
def test_a_process_that_is_killed_sends_nothing_twice(caller: str, nursery: Nursery) -> None:
    calls = length(nursery, caller)
    assert calls > 500
    total = Summary()
    for at in sample(SEED, examples(POINTS), calls):
        summary, first, _ = play(nursery, Kill(caller, at))
        # Threads wait more or less often, so that a late point may lie behind the end.
        assert first["killed"] or first["calls"] < at
        total.add(summary)
    assert total.told == []
    assert total.good
    assert total.kills >= examples(POINTS) - 2
    assert total.sends >= 4 * total.kills


def test_what_was_on_its_way_when_it_was_killed_is_found(nursery: Nursery) -> None:
    """Killed while the answer to a call is awaited: the task is there, and the other process finds it by reading."""
    verdicts: list[str] = []
    total = Summary()
    for at in range(300, 1000, 40):
        summary, _, last = play(nursery, Kill("sync", at, concurrency=1))
        total.add(summary)
        verdicts += last["verdicts"]
        if {"sent", "not sent"} <= set(verdicts):
            break
    assert total.told == []
    assert {"sent", "not sent"} <= set(verdicts)


def test_a_broadcast_through_random_faults(nursery: Nursery) -> None:
    total = Summary()
    for number in range(examples(SESSIONS)):
        total.add(play_session(nursery, SEED * 1_000_000 + number))
    assert total.told == []
    assert total.good
    assert total.sends > 0
    assert total.faults


def test_the_weather_follows_from_the_seed() -> None:
    asked = [Request("POST", f"/cgi-bin/x/op{number % 7}", b"", "", b"{}") for number in range(200)]
    drawn = [[Weather(seed, 0.5).draw("answer", one).name for one in asked] for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1]
    assert drawn[0] != drawn[2]
    weather = Weather(1, 1.0)
    assert len({weather.draw("answer", asked[0]).name for _ in range(50)}) > 10
    weather.fine = True
    assert {weather.draw("answer", one).name for one in asked} == {"no fault"}


EVERYBODY = [one for _, one in audience(CUSTOMERS)]
ROWS = [(one, "accepted", "m1") for one in EVERYBODY]
TASK = Applied("m1", {"external_userid": EVERYBODY})


@pytest.mark.parametrize(
    ("rows", "applied", "sums"),
    [
        (ROWS, [TASK], (0, 0, 0)),
        (ROWS, [TASK, Applied("m2", {"external_userid": EVERYBODY[:1]})], (1, 0, 1)),
        (ROWS[1:], [TASK], (0, 1, 0)),
        (ROWS[1:], [Applied("m1", {"external_userid": EVERYBODY[1:]})], (0, 1, 0)),
        (ROWS, [], (0, 0, len(ROWS))),
        (ROWS, [Applied("m2", {"external_userid": EVERYBODY})], (0, 0, len(ROWS))),
        ([(one, "not sent yet", None) for one in EVERYBODY], [TASK], (0, 0, len(ROWS))),
        ([(one, "refused", None) for one in EVERYBODY], [], (0, 0, 0)),
        ([(one, "unknown", None) for one in EVERYBODY], [TASK], (0, 0, 0)),
        ([(one, "nonsense", None) for one in EVERYBODY], [], (0, 0, len(ROWS))),
        ([*ROWS, ("wmStranger", "accepted", "m1")], [TASK], (0, 0, 1)),
    ],
)
def test_a_report_is_held_against_the_ledger(
    rows: list[tuple[str, str, str | None]], applied: list[Applied], sums: tuple[int, int, int]
) -> None:
    summary = Summary()
    judge(summary, "here", rows, applied)
    assert (summary.duplicates, summary.lost, summary.misreported) == sums
    assert summary.good == (sums == (0, 0, 0))
    assert bool(summary.told) == (not summary.good)


def test_the_points_are_spread_over_the_whole() -> None:
    points = sample(1, 10, 1000)
    assert len(points) == 10
    assert [(point - 1) // 100 for point in points] == list(range(10))
    assert sample(2, 10, 1000) != points


PROGRAM = """
import os, sys, threading
from chaos.tracer import trace

def work():
    for _ in range(100):
        os.getppid()
    thread = threading.Thread(target=lambda: [os.getppid() for _ in range(100)])
    thread.start()
    thread.join()
    return 7

whole = trace(work, None)
print(whole.calls >= 200, whole.killed, whole.status)
for at in (1, 50, 150):
    one = trace(work, at)
    print(one.calls, one.killed, one.status)
print(trace(work, 10**6).status)
"""


def test_every_system_call_of_every_thread_counts() -> None:
    import subprocess

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.split("\n") == [
        "True False 7",
        f"1 True {-signal.SIGKILL}",
        f"50 True {-signal.SIGKILL}",
        f"150 True {-signal.SIGKILL}",
        "7",
        "",
    ]
    assert callable(trace)


def test_the_other_process_ends_with_this_one() -> None:
    with Nursery() as one:
        pid = one._process.pid
        os.kill(pid, 0)
    ends = time.monotonic() + 30
    while time.monotonic() < ends:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.01)
    pytest.fail("it is still there")
