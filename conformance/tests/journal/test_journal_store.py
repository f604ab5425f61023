"""The journal alone, in SQLite and in PostgreSQL: what is begun, settled, concluded and forgotten."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Connection, Integer, MetaData, Table, event, insert, select, text

from wecom_openapi import Journal, JournalError
from wecom_openapi.journal import REPEAT_WINDOW, Begun, Entry, State
from wecom_openapi.journal import entry as entries

Make = Callable[..., Any]
NOON = 1_800_000_000.0


class AtNoon(Journal):
    """A journal whose clock a test sets."""

    clock = NOON

    def _now(self, connection: Connection) -> float:
        return self.clock

    def now(self) -> float:
        return self.clock


def begin(journal: Journal, key: str | None = None, *, digest: str = "d1", **more: Any) -> Begun:
    wanted: dict[str, Any] = {
        "account": "wwcorp",
        "server": "https://example.com",
        "operation": "add_msg_template",
        "body": b'{"sender":"zhangsan"}',
        "seconds": 30.0,
    }
    return journal.begin(key=key, digest=digest, **{**wanted, **more})


def test_what_is_begun_is_there_for_everybody(make: Make) -> None:
    one, other = make(), make()
    begun = begin(one, "k")
    assert begun.is_ours
    (found,) = other.entries()
    assert found == begun.entry
    assert (found.key, found.state, found.attempts) == ("k", State.OPEN, 1)
    assert found.body == b'{"sender":"zhangsan"}'
    assert found.deadline == pytest.approx(found.started + 30, abs=5)


def test_the_second_with_the_same_key_gets_the_first_ones_entry(make: Make) -> None:
    journal = make()
    first = begin(journal, "k")
    second = begin(journal, "k")
    assert not second.is_ours
    assert second.entry == first.entry


@pytest.mark.parametrize("state", [State.DONE, State.UNKNOWN])
def test_what_may_have_had_an_effect_is_not_begun_again(make: Make, state: State) -> None:
    journal = make()
    assert journal.settle(begin(journal, "k").entry, state, answer=b"{}", msgid="m1")
    again = begin(journal, "k")
    assert not again.is_ours
    assert (again.entry.state, again.entry.attempts) == (state, 1)


@pytest.mark.parametrize("state", [State.REFUSED, State.NOT_SENT])
def test_what_had_none_is_begun_again_and_counted(make: Make, state: State) -> None:
    journal = make()
    first = begin(journal, "k").entry
    assert journal.settle(first, state, errcode=41048, reason="nobody")
    (settled,) = journal.entries()
    assert (settled.state, settled.errcode, settled.reason) == (state, 41048, "nobody")
    again = begin(journal, "k")
    assert again.is_ours
    assert (again.entry.attempts, again.entry.errcode, again.entry.ended) == (2, None, None)
    assert (again.entry.reason, again.entry.recovered) == ("", False)
    assert again.now == again.entry.started
    # The first attempt has nothing to say any more.
    assert not journal.settle(first, State.DONE, msgid="m1")
    assert journal.settle(again.entry, State.DONE, msgid="m2")
    (found,) = journal.entries()
    assert (found.state, found.msgid, found.attempts) == (State.DONE, "m2", 2)


def test_one_that_is_forgotten_while_it_is_begun_is_new(make: Make) -> None:
    journal = make()
    begin(journal, "k")
    gone: list[str] = []

    def forget(connection: Connection, cursor: Any, statement: str, *_: object) -> None:
        if statement.startswith("INSERT") and not gone:
            gone.append(statement)
            connection.execute(text("DELETE FROM wecom_journal"))

    event.listen(journal.engine, "after_cursor_execute", forget)
    begun = begin(journal, "k")
    assert (begun.is_ours, begun.entry.attempts, len(gone)) == (True, 1, 1)
    assert journal.entries() == [begun.entry]


def test_what_another_request_left_under_the_key_is_not_begun_again(make: Make) -> None:
    journal = make()
    journal.settle(begin(journal, "k").entry, State.NOT_SENT)
    other = begin(journal, "k", digest="d2")
    assert not other.is_ours
    assert other.entry.digest == "d1"


def test_a_key_of_one_corp_says_nothing_of_another(make: Make) -> None:
    journal = make()
    assert begin(journal, "k").is_ours
    assert begin(journal, "k", account="wwother").is_ours
    assert begin(journal, digest="d9").is_ours
    assert begin(journal, digest="d9", account="wwother").is_ours


@pytest.mark.parametrize(
    ("later", "is_new"), [(0.0, False), (REPEAT_WINDOW - 1, False), (REPEAT_WINDOW, True)]
)
def test_without_a_key_the_same_content_is_the_same_call_within_the_window(
    make: Make, later: float, is_new: bool
) -> None:
    journal = make(AtNoon)
    first = begin(journal)
    assert first.is_ours
    journal.settle(first.entry, State.DONE, msgid="m1")
    journal.clock += later
    again = begin(journal)
    assert again.is_ours is is_new
    assert (again.entry.key != first.entry.key) is is_new
    assert begin(journal, digest="d2").is_ours


def test_the_window_moves_on_with_each_call_that_is_sent(make: Make) -> None:
    journal = make(AtNoon, repeat_window=100)
    journal.settle(begin(journal).entry, State.NOT_SENT)
    journal.clock += 90
    second = begin(journal)
    assert second.is_ours
    journal.settle(second.entry, State.DONE)
    journal.clock += 90
    assert not begin(journal).is_ours
    journal.clock += 10
    assert begin(journal).is_ours
    assert len({entry.key for entry in journal.entries()}) == 2


def test_a_clock_that_is_set_back_makes_no_call_new(make: Make) -> None:
    journal = make(AtNoon)
    journal.settle(begin(journal).entry, State.DONE)
    journal.clock -= 1_000_000
    assert not begin(journal).is_ours


def test_with_a_window_of_zero_each_call_is_a_new_one(make: Make) -> None:
    journal = make(repeat_window=0)
    assert begin(journal).is_ours
    assert begin(journal).is_ours
    assert [begin(journal, "k").is_ours for _ in range(2)] == [True, False]


def test_a_key_of_the_caller_and_one_that_is_derived_are_apart(make: Make) -> None:
    journal = make()
    assert begin(journal, "k").is_ours
    assert begin(journal).is_ours
    assert begin(journal, "k2").is_ours


def test_an_unknown_outcome_does_not_replace_what_was_found_out(make: Make) -> None:
    journal = make()
    entry = begin(journal, "k").entry
    assert journal.conclude(entry, State.DONE, msgid="m1", reason="it is in the list")
    assert not journal.settle(entry, State.UNKNOWN, reason="no answer")
    (found,) = journal.entries()
    assert (found.state, found.msgid, found.recovered) == (State.DONE, "m1", True)
    # What the call itself knows for sure does.
    assert journal.settle(entry, State.DONE, answer=b"{}", msgid="m2")
    (found,) = journal.entries()
    assert (found.msgid, found.recovered) == ("m2", False)


def test_a_verdict_comes_too_late_where_the_call_has_its_outcome(make: Make) -> None:
    journal = make()
    entry = begin(journal, "k").entry
    journal.settle(entry, State.DONE, msgid="m1")
    assert not journal.conclude(entry, State.NOT_SENT, reason="it is not in the list")
    assert journal.entries()[0].state is State.DONE


def test_a_verdict_on_an_unknown_one(make: Make) -> None:
    journal = make()
    journal.settle(begin(journal, "k").entry, State.UNKNOWN)
    (unknown,) = journal.entries()
    assert journal.conclude(unknown, State.NOT_SENT, reason="it is not in the list")
    assert journal.entries()[0].answer is None, "nothing was sent, so nothing answered"
    assert not journal.conclude(unknown, State.DONE, msgid="m1", reason="it is")
    assert begin(journal, "k").is_ours


@pytest.mark.parametrize("state", [State.DONE, State.REFUSED, State.NOT_SENT])
def test_a_verdict_on_what_was_settled_long_ago(make: Make, state: State) -> None:
    journal = make()
    journal.settle(begin(journal, "k").entry, state)
    (settled,) = journal.entries()
    assert not journal.conclude(settled, State.UNKNOWN, reason="who knows")
    assert journal.entries() == [settled]


@pytest.mark.parametrize("state", [State.OPEN, State.REFUSED, "gone"])
def test_what_is_no_verdict(make: Make, state: Any) -> None:
    journal = make()
    entry = begin(journal, "k").entry
    with pytest.raises(ValueError, match="state") as caught:
        journal.conclude(entry, state, reason="by looking")
    assert str(caught.value) == f"state: one of done, not sent, unknown is needed, not {state!r}"
    assert journal.entries() == [entry]


def test_one_task_is_not_what_two_calls_became(make: Make) -> None:
    journal = make()
    one, other = begin(journal, "k1").entry, begin(journal, "k2").entry
    far = begin(journal, "k3", account="wwother").entry
    assert journal.conclude(one, State.DONE, msgid="m1", reason="it is in the list")
    assert not journal.conclude(other, State.DONE, msgid="m1", reason="it is in the list")
    assert journal.conclude(far, State.DONE, msgid="m1", reason="of another corp")
    assert [entry.state for entry in journal.entries(account="wwcorp")] == [State.DONE, State.OPEN]


def test_which_of_many_threads_is_the_one_that_sends(make: Make) -> None:
    journal, ready, won = make(), threading.Barrier(12), []

    def run(number: int) -> None:
        ready.wait(30)
        won.extend((number, key) for key in ("k", None) if begin(journal, key).is_ours)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(key or "" for _, key in won) == ["", "k"]
    assert len(journal.entries()) == 2


def test_many_threads_lose_nothing(make: Make) -> None:
    journal = make()

    def run(number: int) -> None:
        for each in range(10):
            begun = begin(journal, f"{number}/{each}")
            assert begun.is_ours
            assert journal.settle(begun.entry, State.DONE, msgid=f"m{number}/{each}")

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    found = journal.entries(states=[State.DONE])
    assert {entry.key: entry.msgid for entry in found} == {
        f"{number}/{each}": f"m{number}/{each}" for number in range(8) for each in range(10)
    }


@pytest.mark.skipif(not entries.BOOT, reason="nothing here tells one run of the machine from another")
def test_what_may_still_run_by_the_clock_of_this_machines_run(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever somebody sets the clock to: the deadline of an entry of this boot is not by it."""
    entry: Entry = begin(make(AtNoon), "k").entry
    assert entry.is_live(NOON + 1_000_000)
    monkeypatch.setattr(entries.time, "monotonic", lambda: entry.boot_deadline)
    assert not entry.is_live(NOON - 1_000_000)


@pytest.mark.skipif(not entries.BOOT, reason="nothing here tells one run of the machine from another")
@pytest.mark.parametrize("ahead", [0.0, 3_600.0, -3_600.0])
def test_how_far_a_clock_was_ahead_that_is_set_since(
    make: Make, monkeypatch: pytest.MonkeyPatch, ahead: float
) -> None:
    entry: Entry = begin(make(), "k").entry
    now, steady = time.time(), time.monotonic()
    monkeypatch.setattr(entries.time, "monotonic", lambda: steady)
    monkeypatch.setattr(entries.time, "time", lambda: now - ahead)
    found = entry.clock_set_since()
    assert found is not None
    assert abs(found - ahead) < 600, "but for what has passed in between"
    monkeypatch.setattr(entries, "BOOT", "another")
    assert entry.clock_set_since() is None


@pytest.mark.parametrize(("later", "is_live"), [(29.999, True), (30.0, False)])
def test_what_may_still_run_on_another_machine(
    make: Make, monkeypatch: pytest.MonkeyPatch, later: float, is_live: bool
) -> None:
    entry: Entry = begin(make(AtNoon), "k").entry
    monkeypatch.setattr(entries, "BOOT", "another")
    assert entry.is_live(NOON + later) is is_live


def test_what_has_an_outcome_runs_no_more(make: Make) -> None:
    journal = make()
    journal.settle(begin(journal, "k").entry, State.UNKNOWN)
    assert not journal.entries()[0].is_live(0.0)


def test_forgetting(make: Make) -> None:
    journal = make(AtNoon)
    states = [State.DONE, State.REFUSED, State.NOT_SENT, State.UNKNOWN]
    for state in states:
        journal.settle(begin(journal, f"old {state}").entry, state)
    begin(journal, "old open")
    journal.clock += 10
    journal.settle(begin(journal, "new").entry, State.DONE)
    assert journal.forget(before=datetime.fromtimestamp(NOON, UTC)) == 0
    assert journal.forget(before=datetime.fromtimestamp(NOON + 10, UTC)) == 3
    assert {entry.key for entry in journal.entries()} == {"old unknown", "old open", "new"}
    assert begin(journal, "old done").is_ours
    with pytest.raises(ValueError, match="before") as caught:
        journal.forget(before=datetime.now())
    assert str(caught.value) == (
        "before: a datetime with a time zone is needed, such as datetime.now(timezone.utc)"
    )


def test_entries_by_what_is_wanted(make: Make) -> None:
    journal = make()
    begin(journal, "a", digest="d1")
    second = begin(journal, "b", digest="d2", account="wwother").entry
    journal.settle(second, State.DONE)
    assert [entry.key for entry in journal.entries()] == ["a", "b"]
    assert [entry.key for entry in journal.entries(account="wwother")] == ["b"]
    assert [entry.key for entry in journal.entries(states=[State.OPEN])] == ["a"]
    assert [entry.key for entry in journal.entries(key="b")] == ["b"]
    assert [entry.key for entry in journal.entries(digest="d1")] == ["a"]


def test_tables_of_others_stand_beside_it(make: Make) -> None:
    metadata = MetaData()
    table = Table("wecom_other", metadata, Column("number", Integer, primary_key=True))
    one, other = make(), make()
    for journal in (one, other):
        journal.add_tables("others", 3, metadata)
    with one.writing() as connection:
        connection.execute(insert(table).values(number=7))
    with other.reading() as connection:
        assert connection.execute(select(table.c.number)).scalars().all() == [7]
    with pytest.raises(JournalError) as caught:
        other.add_tables("others", 2, metadata)
    assert str(caught.value) == (
        "the tables of the others have version 3, and this program knows version 2: use the program that made them, or "
        "another journal"
    )


def test_what_fails_in_a_transaction_leaves_nothing_behind(make: Make) -> None:
    journal = make()
    begin(journal, "k")

    def fail() -> None:
        with journal.writing() as connection:
            connection.execute(text("DELETE FROM wecom_journal"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert len(journal.entries()) == 1


def test_who_reads_keeps_nobody_from_writing(make: Make) -> None:
    journal = make(patience=0.5)
    begin(journal, "k")
    with journal.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM wecom_journal")).scalar() == 1
        assert begin(journal, "k2").is_ours


def test_a_closed_one(make: Make) -> None:
    journal = make()
    begin(journal, "k")
    journal.close()
    journal.close()
    with pytest.raises(RuntimeError, match="this journal is closed"):
        begin(journal, "k2")


@pytest.mark.parametrize(("survives", "wanted"), [(True, ["FULL", "NORMAL"]), (False, ["NORMAL", "NORMAL"])])
def test_an_intent_waits_for_the_disk_and_an_outcome_does_not(
    file: Path, survives: bool, wanted: list[str]
) -> None:
    """Without its intent a call that left would be sent again; without its outcome the call is found out."""
    said: list[str] = []
    with Journal(file, survive_power_failure=survives) as journal:
        with journal.reading() as connection:
            driver: Any = connection.connection.driver_connection
        driver.set_trace_callback(said.append)
        entry = begin(journal, "k").entry
        journal.settle(entry, State.DONE)
        driver.set_trace_callback(None)
    assert [line.rpartition("=")[2] for line in said if line.startswith("PRAGMA synchronous")] == wanted
    assert [line for line in said if line.startswith(("BEGIN", "COMMIT"))] == [
        "BEGIN IMMEDIATE",
        "COMMIT",
    ] * 2
