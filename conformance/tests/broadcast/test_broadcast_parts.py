"""The parts of a run alone: how often, which call is next, when to stop; and how much memory planning takes."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from wecom_contract import OPERATIONS
from wecom_openapi import CredentialError, InProgress, JournalError, NotSent, OutcomeUnknown, PermissionDenied
from wecom_openapi.broadcast import Pace
from wecom_openapi.broadcast.duplicates import Seen
from wecom_openapi.broadcast.kinds import CUSTOMERS, GROUPS
from wecom_openapi.broadcast.schedule import Schedule

REPOSITORY = Path(__file__).resolve().parents[3]


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def times(pace: Pace, clock: Clock, count: int) -> list[float]:
    """When so many calls leave, each as soon as it may."""
    left = []
    for _ in range(count):
        clock.now += pace.reserve()
        left.append(clock.now)
    return left


class TestPace:
    def test_the_limits_are_those_of_the_contract(self) -> None:
        assert [(each.calls, each.seconds) for each in Pace("add_msg_template").limits] == [
            (each.calls, each.seconds) for each in OPERATIONS["add_msg_template"].frequency
        ]
        assert [(each.calls, each.seconds) for each in Pace("add_msg_template", share=0.25).limits] == [
            (2_500, 60),
            (37_500, 3_600),
        ]

    def test_a_minute_never_has_more_calls_than_allowed_wherever_it_begins(self) -> None:
        clock = Clock()
        left = times(Pace("add_msg_template", share=0.001, clock=clock), clock, 60)
        assert left[:10] == [1_000.0] * 10
        assert left[10] == 1_060.0
        for start, end in zip(left, left[10:], strict=False):
            assert end - start >= 60

    def test_nor_an_hour(self) -> None:
        clock = Clock()
        left = times(Pace("add_msg_template", share=0.001, clock=clock), clock, 301)
        for start, end in zip(left, left[150:], strict=False):
            assert end - start >= 3_600
        assert left[149] - left[0] < 3_600

    def test_who_is_slow_never_waits(self) -> None:
        clock = Clock()
        pace = Pace("add_msg_template", share=0.001, clock=clock)
        for _ in range(50):
            assert pace.reserve() == 0
            clock.now += 25

    def test_several_at_once_get_places_one_after_the_other(self) -> None:
        clock = Clock()
        pace = Pace("add_msg_template", share=0.0001, clock=clock)
        assert [pace.reserve() for _ in range(4)] == [0, 60, 120, 180]

    def test_it_holds_when_wecom_says_so(self) -> None:
        clock = Clock()
        pace = Pace("add_msg_template", clock=clock)
        assert pace.hold() == 60
        clock.now += 20
        assert pace.reserve() == 40
        clock.now += 40
        assert pace.reserve() == 0


def schedule(count: int = 5, attempts: int = 3, give_up_after: int = 10) -> Schedule:
    return Schedule(range(1, count + 1), 1, attempts, give_up_after)


class TestSchedule:
    def test_each_once_in_order(self) -> None:
        calls = schedule(3)
        taken = []
        while (n := calls.take()) is not None:
            taken.append(n)
            calls.succeeded(n)
        assert taken == [1, 2, 3]
        assert (calls.settled, calls.total, calls.error) == (3, 3, None)

    def test_what_could_not_leave_is_tried_after_the_others_so_often(self) -> None:
        calls = schedule(2)
        taken = []
        while (n := calls.take()) is not None:
            taken.append(n)
            if n == 1:
                calls.failed(n, NotSent("x"))
            else:
                calls.succeeded(n)
        assert taken == [1, 2, 1, 1]
        assert (calls.settled, calls.error) == (2, None)

    @pytest.mark.parametrize(
        "exc", [OutcomeUnknown("x"), OutcomeUnknown("x", retry="later"), PermissionDenied("x")]
    )
    def test_what_is_unknown_or_refused_is_not(self, exc: Any) -> None:
        calls = schedule(2)
        assert calls.take() == 1
        calls.failed(1, exc)
        assert [calls.take(), calls.take()] == [2, None]

    def test_so_many_failures_in_a_row_end_it(self) -> None:
        for failures, ended in ((2, False), (3, True)):
            calls = schedule(9, give_up_after=3)
            for n in range(1, failures + 1):
                assert calls.take() == n
                calls.failed(n, PermissionDenied(str(n)))
            assert calls.stopped.is_set() is ended
            assert (calls.take() is None) is ended
            assert (calls.error is not None) is ended

    @pytest.mark.parametrize("exc", [InProgress("x"), OutcomeUnknown("x", attempts=0)])
    def test_what_was_not_made_now_is_no_failure(self, exc: Any) -> None:
        calls = schedule(9, give_up_after=2)
        for n in range(1, 10):
            assert calls.take() == n
            calls.failed(n, exc)
        assert not calls.stopped.is_set()

    def test_an_outcome_that_got_unknown_now_is_one(self) -> None:
        calls = schedule(9, give_up_after=2)
        for n in (1, 2):
            assert calls.take() == n
            calls.failed(n, OutcomeUnknown("x"))
        assert calls.stopped.is_set()

    def test_a_success_between_them_starts_the_row_anew(self) -> None:
        calls = schedule(9, give_up_after=2)
        for n in range(1, 9):
            assert calls.take() == n
            calls.failed(n, PermissionDenied("x")) if n % 2 else calls.succeeded(n)
        assert not calls.stopped.is_set()

    @pytest.mark.parametrize("exc", [CredentialError("x"), JournalError("x")])
    def test_what_no_call_can_escape_ends_it_at_once(self, exc: Any) -> None:
        calls = schedule()
        calls.take()
        calls.failed(1, exc)
        assert calls.take() is None
        assert calls.error is exc

    def test_what_was_not_begun_comes_first_again(self) -> None:
        calls = schedule(2)
        assert calls.take() == 1
        calls.put_back(1)
        assert calls.take() == 1


def test_what_one_call_takes_is_the_contract_s() -> None:
    assert (CUSTOMERS.most, GROUPS.most) == (10_000, 2_000)
    assert (CUSTOMERS.needs_sender, GROUPS.needs_sender) == (False, True)


def test_duplicates_are_found_beyond_what_memory_holds() -> None:
    """With a cache of a few pages the rest goes into the temporary file."""
    seen = Seen()
    seen._table.execute("PRAGMA cache_size=10")
    for start in range(0, 20_000, 5_000):
        seen.add({f"wm{n}": n for n in range(start, start + 5_000)})
    assert seen.among(["wm0", "wm19999", "wm20000", "wm0"]) == {"wm0": 0, "wm19999": 19_999}
    seen.close()
    seen.close()


def test_memory_doesn_t_grow_with_the_audience() -> None:
    """Twenty times the recipients, and next to no more memory; the whole million is measured by the benchmark."""
    code = "import json; from benchmarks.broadcast import measure; print(json.dumps(list(measure((2_000, 40_000)))))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=REPOSITORY, timeout=120
    )
    small, large = json.loads(done.stdout)
    assert (small["recipients"], large["recipients"]) == (2_000, 40_000)
    assert large["mib_peak"] < 300
    # All ids as text would take 4 MiB, with what holds them in Python twice that; a page of SQLite is taken anyway.
    assert large["mib_peak"] - small["mib_peak"] < 24
    assert large["mib_on_disk"] < 20 * small["mib_on_disk"] + 1


def test_an_hour_of_places_is_little_memory() -> None:
    pace = Pace("add_msg_template", clock=itertools.count(0.0, 10.0).__next__)
    assert [pace.reserve() for _ in range(3)] == [0, 0, 0]
