"""A clock that is moved by hand, and one that runs."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from wecom_mock.clock import LAST_SECOND, Clock


def test_it_stands_still_until_it_is_moved() -> None:
    clock = Clock(1795320000)
    assert clock() == clock.now == 1795320000.0
    assert clock.move(20) == clock() == 1795320020.0
    assert clock.move(days=3, hours=2, minutes=1, seconds=-20) == 1795320000.0 + 3 * 86400 + 7260
    assert clock.set(5) == clock.now == 5.0
    assert repr(clock) == "Clock(5.0)"
    assert clock.ahead == 0.0


def test_without_a_start_it_stands_at_the_real_time() -> None:
    before = time.time()
    clock = Clock()
    assert before <= clock() <= time.time()
    assert clock() == clock()


def test_one_that_runs_has_the_real_time_and_an_offset() -> None:
    clock = Clock(running=True)
    assert clock.ahead == 0.0
    first = clock()
    while clock() == first:
        pass
    assert clock() > first
    clock.move(days=1)
    assert clock.ahead == pytest.approx(86400, abs=1)
    assert first + 86400 <= clock() <= time.time() + 86400
    clock.set(1000)
    assert 1000 <= clock() < 1000 + (time.time() - first) + 1
    assert repr(clock).endswith("running=True)")


def test_an_aware_datetime_is_a_time() -> None:
    china = timezone(timedelta(hours=8))
    assert Clock(datetime(2026, 11, 22, 12, tzinfo=china))() == 1795320000.0
    clock = Clock(0)
    assert clock.set(datetime(2026, 11, 22, 4, tzinfo=UTC)) == 1795320000.0


def outside(unix: object) -> str:
    return f"no time of this clock: {unix!r} (Unix seconds from 0 to 4294967296)"


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (lambda clock: clock.set(-1), outside(-1)),
        (lambda clock: clock.set(LAST_SECOND), outside(LAST_SECOND)),
        (lambda clock: clock.set(math.nan), outside(math.nan)),
        (lambda clock: clock.move(math.inf), outside(math.inf)),
        (lambda clock: clock.move(-1001), outside(-1.0)),
        (
            lambda clock: clock.set(datetime(2026, 11, 22, 12)),
            "2026-11-22T12:00:00 names no time zone: say which, datetime.now(UTC) for one",
        ),
        (lambda clock: clock.set(datetime(2106, 2, 7, 6, 28, 16, tzinfo=UTC)), outside(4294967296.0)),
    ],
)
def test_what_is_no_time_changes_nothing(act: Callable[[Clock], Any], told: str) -> None:
    clock = Clock(1000)
    with pytest.raises(ValueError, match=f"^{re.escape(told)}$"):
        act(clock)
    assert clock() == 1000.0


def test_the_first_and_the_last_second() -> None:
    clock = Clock(0)
    assert clock.set(math.nextafter(LAST_SECOND, 0)) < LAST_SECOND
    assert clock.move(-clock()) == 0.0
    # Unix seconds in 32 bits, without a sign.
    assert Clock(datetime(2106, 2, 7, 6, 28, 15, tzinfo=UTC))() == 2**32 - 1
