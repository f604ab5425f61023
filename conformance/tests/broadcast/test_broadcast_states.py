"""What stands of each call and each recipient, state by state, and in the report."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from wecom_openapi import (
    FrequencyLimited,
    InProgress,
    NotSent,
    OutcomeUnknown,
    PermissionDenied,
    RefusedError,
)
from wecom_openapi.broadcast import Broadcast, CallState
from wecom_openapi.broadcast.calls import Attempt, Calls
from wecom_openapi.broadcast.schema import CALLS
from wecom_openapi.journal import Journal
from wecom_openapi.journal import State as Known

MESSAGE: dict[str, Any] = {"text": {"content": "新品上市"}}


@pytest.fixture
def broadcast(journal: Journal) -> Iterator[Broadcast]:
    """Eight calls of two recipients each; beside them others with the same, of which nothing is to change."""
    audience = [(f"m{n}", f"wm{n}{one}") for n in range(1, 9) for one in "ab"]
    before, planned, after = (Broadcast(journal, name) for name in ("autumn", "spring", "summer"))
    for each in (before, planned, after):
        each.plan(MESSAGE, audience)
    yield planned
    for each in (before, after):
        assert {(call.state, call.attempts, call.reason) for call in each.calls()} == {
            (CallState.PLANNED, 0, "")
        }
        assert [(row.sender, row.recipient) for row in each.recipients()] == audience
        assert each.summary().counts == {"not sent yet": 16}


@pytest.fixture
def calls(journal: Journal, broadcast: Broadcast) -> Calls:
    return Calls(journal, "spring")


def begun(calls: Calls, n: int) -> Attempt:
    attempt = calls.begin(n)
    assert isinstance(attempt, Attempt)
    return attempt


def known(calls: Calls, n: int) -> tuple[Any, ...]:
    call = calls.get(n)
    return call.state, call.attempts, call.msgid, call.errcode, call.reason


def test_what_is_begun(calls: Calls) -> None:
    attempt = begun(calls, 2)
    assert (attempt.n, attempt.number, attempt.key) == (2, 1, "broadcast/spring/2")
    assert attempt.body == {**MESSAGE, "sender": "m2", "external_userid": ["wm2a", "wm2b"]}
    assert known(calls, 2) == (CallState.SENDING, 1, None, None, "")
    assert known(calls, 1) == known(calls, 3) == (CallState.PLANNED, 0, None, None, "")
    assert begun(calls, 2).number == 2
    assert known(calls, 2) == (CallState.SENDING, 2, None, None, "")


@pytest.mark.parametrize(
    ("exc", "left"),
    [
        (PermissionDenied("no", errcode=48002), (CallState.REFUSED, 1, None, 48002, "no")),
        (
            FrequencyLimited("later", errcode=45009, retry="later"),
            (CallState.PLANNED, 1, None, 45009, "later"),
        ),
        (NotSent("no way"), (CallState.PLANNED, 1, None, None, "no way")),
        (OutcomeUnknown("gone"), (CallState.UNKNOWN, 1, None, None, "gone")),
        (InProgress("another"), (CallState.SENDING, 1, None, None, "")),
    ],
)
def test_what_failed(calls: Calls, exc: Any, left: Any) -> None:
    calls.failed(begun(calls, 3), exc)
    assert known(calls, 3) == left
    assert known(calls, 2) == known(calls, 4) == (CallState.PLANNED, 0, None, None, "")


def test_what_was_refused_before_is_forgotten_when_it_is_sent_again(calls: Calls) -> None:
    calls.failed(begun(calls, 1), PermissionDenied("no", errcode=48002))
    begun(calls, 1)
    assert known(calls, 1) == (CallState.SENDING, 2, None, None, "")


def test_what_is_unknown_stays_so_until_the_journal_says_otherwise(calls: Calls) -> None:
    calls.failed(begun(calls, 1), OutcomeUnknown("gone"))
    again = begun(calls, 1)
    assert known(calls, 1) == (CallState.UNKNOWN, 2, None, None, "gone")
    calls.done(again, "m1", [])
    assert known(calls, 1) == (CallState.DONE, 2, "m1", None, "")


def test_what_was_refused_and_is_done_after_all_has_no_errcode(calls: Calls) -> None:
    """The refusal is written by an attempt that is slower than the one that was sent."""
    attempt = begun(calls, 1)
    calls.failed(attempt, PermissionDenied("no", errcode=48002))
    calls.done(attempt, "m1", [])
    assert known(calls, 1) == (CallState.DONE, 1, "m1", None, "")


def test_what_an_earlier_attempt_says_late_changes_nothing(calls: Calls) -> None:
    first = begun(calls, 1)
    second = begun(calls, 1)
    calls.failed(first, NotSent("no way"))
    assert known(calls, 1) == (CallState.SENDING, 2, None, None, "")
    calls.done(first, "m1", [])
    calls.failed(second, OutcomeUnknown("gone"))
    assert known(calls, 1) == (CallState.DONE, 2, "m1", None, "")
    assert calls.begin(1) == calls.get(1)
    assert calls.get(1).attempts == 2


def test_the_times_of_a_call(calls: Calls, journal: Journal) -> None:
    """For who looks into the database: unix seconds."""

    def times(n: int) -> Any:
        with journal.reading() as connection:
            of = (CALLS.c.broadcast == calls.id, CALLS.c.n == n)
            return connection.execute(select(CALLS.c.started, CALLS.c.ended).where(*of)).one()

    before = time.time()
    done, failed = begun(calls, 1), begun(calls, 2)
    assert times(1).ended is None
    calls.done(done, "m1", [])
    calls.failed(failed, NotSent("no way"))
    for n in (1, 2):
        assert before <= times(n).started <= times(n).ended <= time.time()
    assert tuple(times(3)) == (None, None)


def test_the_calls_in_their_order(
    broadcast: Broadcast, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many are read together."""
    monkeypatch.setattr("wecom_openapi.broadcast.calls._SOME", 3)
    assert [(call.n, call.sender, call.size) for call in calls.all()] == [
        (n, f"m{n}", 2) for n in range(1, 9)
    ]
    calls.done(begun(calls, 5), "m5", ["wm5b", "wm5a", "wm6a", "wmZ"])
    assert calls.recipients(5) == [("wm5a", "fail_list"), ("wm5b", "fail_list")]
    assert calls.recipients(6) == [("wm6a", None), ("wm6b", None)]
    assert broadcast.pending() == [1, 2, 3, 4, 6, 7, 8]


def test_the_report(broadcast: Broadcast, calls: Calls, journal: Journal, tmp_path: Path) -> None:
    calls.done(begun(calls, 1), "msg1", ["wm1b"])
    calls.failed(begun(calls, 2), PermissionDenied("not allowed", errcode=48002))
    calls.failed(begun(calls, 3), RefusedError("nobody left", errcode=41048))
    calls.failed(begun(calls, 4), OutcomeUnknown("no answer"))
    begun(calls, 5)
    calls.failed(begun(calls, 6), NotSent("\tno way"))
    found = begun(calls, 7)
    entry = journal.begin(
        account="ww", server="s", operation="o", body=b"{}", digest="d", key=found.key, seconds=0
    ).entry
    assert journal.conclude(entry, Known.DONE, msgid="msg7", reason="it is in the list")
    calls.done(found, "msg7", [])
    assert not calls.get(7).fail_list_known
    assert calls.get(1).fail_list_known
    assert broadcast.write_report(tmp_path / "report.csv") == 16
    rows = (tmp_path / "report.csv").read_bytes().decode().split("\r\n")
    assert rows == [
        "recipient,sender,standing,call,msgid,errcode,reason",
        "wm1a,m1,accepted,1,msg1,,",
        "wm1b,m1,fail_list,1,msg1,,",
        "wm2a,m2,refused,2,,48002,not allowed",
        "wm2b,m2,refused,2,,48002,not allowed",
        "wm3a,m3,over quota,3,,41048,nobody left",
        "wm3b,m3,over quota,3,,41048,nobody left",
        "wm4a,m4,unknown,4,,,no answer",
        "wm4b,m4,unknown,4,,,no answer",
        "wm5a,m5,unknown,5,,,",
        "wm5b,m5,unknown,5,,,",
        "wm6a,m6,not sent yet,6,,,'\tno way",
        "wm6b,m6,not sent yet,6,,,'\tno way",
        "wm7a,m7,accepted or in fail_list,7,msg7,,",
        "wm7b,m7,accepted or in fail_list,7,msg7,,",
        "wm8a,m8,not sent yet,8,,,",
        "wm8b,m8,not sent yet,8,,,",
        "",
    ]
    summary = broadcast.summary()
    assert (summary.name, summary.recipients, summary.is_complete) == ("spring", 16, False)
    assert {str(standing): number for standing, number in summary.counts.items()} == {
        "accepted": 1,
        "fail_list": 1,
        "refused": 2,
        "over quota": 2,
        "unknown": 4,
        "not sent yet": 4,
        "accepted or in fail_list": 2,
    }
    assert {str(state): number for state, number in summary.calls.items()} == {
        "done": 2,
        "refused": 2,
        "unknown": 1,
        "sending": 1,
        "planned": 2,
    }
