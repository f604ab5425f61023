"""A broadcast that is run against a real server: every recipient once, whatever happens on the way."""

from __future__ import annotations

import asyncio
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from wecom_mock.faults import Fault
from wecom_mock.fixture import WeComMock
from wecom_openapi import (
    CredentialError,
    InProgress,
    Journal,
    JournalWarning,
    NotSent,
    OutcomeUnknown,
    PermissionDenied,
    RefusedError,
    WeCom,
    WeComError,
)
from wecom_openapi.broadcast import Broadcast, CallState, Pace, Standing, Summary
from wecom_openapi.broadcast.calls import Attempt
from wecom_openapi.journal import State

MESSAGE: dict[str, Any] = {"text": {"content": "新品上市"}}
Run = Callable[..., Summary]
Shop = Callable[[int, int], list[tuple[str, str]]]
Ledger = Callable[[], Counter[str]]


def creates(mock: WeComMock) -> int:
    return len(mock.calls.of("add_msg_template"))


@pytest.fixture
def planned(journal: Journal, shop: Shop) -> Callable[..., Broadcast]:
    def plan(members: int = 6, customers: int = 3) -> Broadcast:
        broadcast = Broadcast(journal, "spring")
        broadcast.plan(MESSAGE, shop(members, customers))
        return broadcast

    return plan


class TestRun:
    def test_every_recipient_is_in_one_task(
        self, mock: WeComMock, run: Run, planned: Callable[..., Broadcast], ledger: Ledger
    ) -> None:
        broadcast = planned()
        seen: list[tuple[int, int, int]] = []
        summary = run(broadcast, progress=lambda call, done, of: seen.append((call.n, done, of)))
        assert summary.counts == {Standing.ACCEPTED: 18}
        assert summary.calls == {CallState.DONE: 6}
        assert summary.is_complete
        assert set(ledger().values()) == {1}
        assert len(ledger()) == 18
        assert sorted(n for n, _, _ in seen) == [1, 2, 3, 4, 5, 6]
        assert [(done, of) for _, done, of in seen] == [(done, 6) for done in range(1, 7)]
        msgids = {call.msgid for call in broadcast.calls()}
        assert msgids == {task.msgid for task in mock.tasks}
        senders = {call.body["sender"] for call in mock.calls.of("add_msg_template")}
        assert senders == {f"m{number}" for number in range(6)}

    def test_again_it_sends_nothing(
        self, mock: WeComMock, run: Run, planned: Callable[..., Broadcast]
    ) -> None:
        broadcast = planned()
        first = run(broadcast)
        assert run(broadcast) == first
        assert run(broadcast, retry_refused=True) == first
        assert creates(mock) == 6

    def test_whom_wecom_leaves_out_is_in_the_report(
        self, mock: WeComMock, run: Run, journal: Journal, tmp_path: Path
    ) -> None:
        mock.company.member("m0").customer("wmA").customer("wmB")
        broadcast = Broadcast(journal, "x")
        broadcast.plan({**MESSAGE, "sender": "m0"}, ["wmA", "wmNobody", "wmB"])
        summary = run(broadcast)
        assert summary.counts == {Standing.ACCEPTED: 2, Standing.FAIL_LIST: 1}
        assert [(row.recipient, row.standing) for row in broadcast.recipients()] == [
            ("wmA", "accepted"),
            ("wmNobody", "fail_list"),
            ("wmB", "accepted"),
        ]
        assert broadcast.write_report(tmp_path / "report.csv") == 3
        head, _, second, _ = (tmp_path / "report.csv").read_text("utf-8").splitlines()
        assert head == "recipient,sender,standing,call,msgid,errcode,reason"
        assert second == f"wmNobody,m0,fail_list,1,{broadcast.call(1).msgid},,"

    def test_a_report_opened_in_a_spreadsheet_runs_nothing(
        self, journal: Journal, sender: WeCom, tmp_path: Path
    ) -> None:
        broadcast = Broadcast(journal, "x")
        broadcast.plan(MESSAGE, ["=cmd()", "wmA"])
        broadcast.write_report(tmp_path / "report.csv")
        assert (tmp_path / "report.csv").read_text("utf-8").splitlines()[1].startswith("'=cmd(),")

    @pytest.mark.parametrize("first", ["=", "+", "-", "@"])
    def test_whatever_a_formula_begins_with(self, journal: Journal, tmp_path: Path, first: str) -> None:
        broadcast = Broadcast(journal, "x")
        broadcast.plan(MESSAGE, [f"{first}A1"])
        broadcast.write_report(tmp_path / "report.csv")
        assert (tmp_path / "report.csv").read_text("utf-8").splitlines()[1].startswith(f"'{first}A1,")

    def test_of_a_long_reason_500_characters_are_kept(self, planned: Callable[..., Broadcast]) -> None:
        """A column of a database, and of a report, is not the place for all that a server may say."""
        broadcast = planned(1, 1)
        attempt = broadcast._calls.begin(1)
        assert isinstance(attempt, Attempt)
        why = "no way, " * 100
        broadcast._calls.failed(attempt, RefusedError(why))
        assert broadcast.call(1).reason == why[:500]

    def test_groups(self, mock: WeComMock, run: Run, journal: Journal, ledger: Ledger) -> None:
        mock.company.member("m0").group("wrA").group("wrB")
        mock.company.member("m1").group("wrC")
        broadcast = Broadcast(journal, "x")
        broadcast.plan(
            {**MESSAGE, "chat_type": "group"}, [("m0", "wrA"), ("m1", "wrC"), ("m0", "wrB"), ("m0", "wrNone")]
        )
        assert run(broadcast).counts == {Standing.ACCEPTED: 3, Standing.FAIL_LIST: 1}
        assert ledger() == {"wrA": 1, "wrB": 1, "wrC": 1}

    @pytest.mark.parametrize(
        "mock", [{"quota_policy": "per-day-1", "quota_surfaces": "create"}], indirect=True
    )
    def test_over_quota(
        self, mock: WeComMock, run: Run, planned: Callable[..., Broadcast], sender: WeCom
    ) -> None:
        broadcast = planned(2, 2)
        for call in broadcast.calls():
            before = sender.add_msg_template(broadcast.body(call.n) | {"text": {"content": "before"}})
            mock.confirm(before.msgid)
        summary = run(broadcast)
        assert summary.counts == {Standing.OVER_QUOTA: 4}
        assert summary.is_complete
        rows = list(broadcast.recipients())
        assert {(row.standing, row.errcode) for row in rows} == {("over quota", 41048)}
        assert all("41048" in row.reason for row in rows)

    def test_a_client_without_the_journal_is_refused(
        self, mock: WeComMock, planned: Callable[..., Broadcast], tmp_path: Path
    ) -> None:
        broadcast = planned(1, 1)
        with (
            WeCom("c", "s", base_url=mock.base_url) as forgetful,
            pytest.raises(ValueError, match="needs a client with its journal"),
        ):
            broadcast.run(forgetful)
        with (
            Journal(tmp_path / "other.db") as other,
            WeCom("c", "s", base_url=mock.base_url, journal=other) as stranger,
            pytest.raises(ValueError, match=r"another journal \(sqlite:///.*other.db\)"),
        ):
            broadcast.run_call(stranger, 1)
        assert creates(mock) == 0
        assert [call.state for call in broadcast.calls()] == ["planned"]


class TestCall:
    def test_a_call_leaves_once_however_often_it_is_made(
        self, mock: WeComMock, planned: Callable[..., Broadcast], sender: WeCom
    ) -> None:
        broadcast = planned(2, 2)
        first = broadcast.run_call(sender, 2)
        assert (first.n, first.state, first.size) == (2, CallState.DONE, 2)
        assert broadcast.run_call(sender, 2) == first
        assert creates(mock) == 1
        assert broadcast.pending() == [1]

    def test_also_where_nobody_wrote_down_that_it_was_done(
        self, mock: WeComMock, planned: Callable[..., Broadcast], sender: WeCom, ledger: Ledger
    ) -> None:
        """As after a kill between the answer and our own record: the journal has it."""
        broadcast = planned(1, 2)
        attempt = broadcast._calls.begin(1)
        assert not isinstance(attempt, type(broadcast.call(1)))
        answer = sender.add_msg_template(attempt.body, key=attempt.key)
        assert broadcast.summary().counts == {Standing.UNKNOWN: 2}, "nobody may call these unsent"
        assert broadcast.pending() == [1]
        assert broadcast.run_call(sender, 1).msgid == answer.msgid
        assert creates(mock) == 1
        assert broadcast.summary().counts == {Standing.ACCEPTED: 2}

    def test_by_many_workers_at_once(
        self, mock: WeComMock, planned: Callable[..., Broadcast], ledger: Ledger, tmp_path: Path
    ) -> None:
        broadcast = planned(4, 2)
        barrier = threading.Barrier(8)
        outcomes: list[Any] = []

        def work() -> None:
            with (
                Journal(tmp_path / "journal.db") as own,
                WeCom(mock.corpid, mock.secret, base_url=mock.base_url, journal=own) as wecom,
            ):
                mine = Broadcast(own, "spring")
                barrier.wait()
                for n in mine.pending():
                    try:
                        outcomes.append(mine.run_call(wecom, n).state)
                    except InProgress as exc:
                        outcomes.append(exc)

        workers = [threading.Thread(target=work) for _ in range(8)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert set(ledger().values()) == {1}
        assert creates(mock) == 4
        assert broadcast.summary().counts == {Standing.ACCEPTED: 8}
        assert len(outcomes) >= 8

    def test_a_call_that_isn_t_there(self, planned: Callable[..., Broadcast], sender: WeCom) -> None:
        for n in (0, 2, -1):
            with pytest.raises(LookupError, match=f"has no call {n}"):
                planned(1, 1).run_call(sender, n)

    def test_what_a_task_of_asyncio_makes(
        self, mock: WeComMock, planned: Callable[..., Broadcast], journal: Journal
    ) -> None:
        from wecom_openapi import AsyncWeCom

        async def main() -> Any:
            async with AsyncWeCom(mock.corpid, mock.secret, base_url=mock.base_url, journal=journal) as wecom:
                return [await planned(1, 1).run_call_async(wecom, 1) for _ in range(2)]

        first, again = asyncio.run(main())
        assert first == again
        assert creates(mock) == 1


class TestFailures:
    def test_an_unknown_outcome_is_never_sent_again(
        self, mock: WeComMock, run: Run, planned: Callable[..., Broadcast], ledger: Ledger
    ) -> None:
        broadcast = planned()
        mock.state.faults.add(Fault("reset-after", "add_msg_template", times=1))
        summary = run(broadcast, concurrency=1)
        assert summary.counts == {Standing.ACCEPTED: 15, Standing.UNKNOWN: 3}
        assert not summary.is_complete
        (lost,) = [call for call in broadcast.calls() if call.state is CallState.UNKNOWN]
        assert "reset" in lost.reason.lower() or "no answer" in lost.reason
        for _ in range(2):
            assert run(broadcast) == summary
        assert creates(mock) == 6
        assert set(ledger().values()) == {1}

    def test_what_an_earlier_run_left_unknown_keeps_nobody_from_the_message(
        self, mock: WeComMock, run: Run, planned: Callable[..., Broadcast], ledger: Ledger
    ) -> None:
        """They come first in the next run and fail again, however many there are: the others are sent all the same."""
        broadcast = planned(5, 1)
        mock.state.faults.add(Fault("reset-after", "add_msg_template", times=2))
        with pytest.raises(OutcomeUnknown):
            run(broadcast, concurrency=1, give_up_after=2)
        assert broadcast.summary().counts == {Standing.UNKNOWN: 2, Standing.NOT_SENT: 3}
        again = run(broadcast, concurrency=1, give_up_after=2)
        assert again.counts == {Standing.UNKNOWN: 2, Standing.ACCEPTED: 3}
        assert creates(mock) == 5
        assert set(ledger().values()) == {1}

    def test_until_reading_has_shown_what_became_of_it(
        self, mock: WeComMock, planned: Callable[..., Broadcast], sender: WeCom, ledger: Ledger
    ) -> None:
        broadcast = planned(2, 2)
        faults = mock.state.faults
        faults.add(Fault("reset-after", "add_msg_template", times=1))
        broadcast.run(sender, concurrency=1)
        assert [found.reconciliation.verdict for found in sender.recover()] == ["sent"]
        with pytest.warns(JournalWarning):
            summary = broadcast.run(sender)
        assert summary.counts == {Standing.ACCEPTED: 2, Standing.PERHAPS_ACCEPTED: 2}
        assert summary.is_complete
        assert broadcast.call(1).msgid in {task.msgid for task in mock.tasks}
        assert creates(mock) == 2
        assert {row.standing for row in broadcast.recipients() if row.call == 1} == {
            Standing.PERHAPS_ACCEPTED
        }

    def test_and_one_that_was_not_sent_is_sent_then(
        self, mock: WeComMock, planned: Callable[..., Broadcast], sender: WeCom, ledger: Ledger
    ) -> None:
        broadcast = planned(2, 2)
        mock.state.faults.add(Fault("reset-before", "add_msg_template", times=1))
        broadcast.run(sender, concurrency=1)
        assert broadcast.summary().counts == {Standing.ACCEPTED: 2, Standing.UNKNOWN: 2}
        assert [found.reconciliation.verdict for found in sender.recover()] == ["can't tell"], "too early"
        assert broadcast.run(sender).counts == {Standing.ACCEPTED: 2, Standing.UNKNOWN: 2}
        (entry,) = broadcast.journal.entries(states=[State.UNKNOWN])
        broadcast.journal.conclude(entry, State.NOT_SENT, reason="as `recover` finds after some minutes")
        assert broadcast.run(sender).counts == {Standing.ACCEPTED: 4}
        assert set(ledger().values()) == {1}

    def test_a_refusal_of_one_call_is_none_of_the_others(
        self, mock: WeComMock, run: Run, planned: Callable[..., Broadcast]
    ) -> None:
        broadcast = planned()
        mock.state.faults.add(Fault("errcode", "add_msg_template", times=1, errcode=60111))
        summary = run(broadcast, concurrency=1)
        assert summary.counts == {Standing.ACCEPTED: 15, Standing.REFUSED: 3}
        assert summary.is_complete
        (refused,) = [call for call in broadcast.calls() if call.state is CallState.REFUSED]
        assert refused.errcode == 60111
        assert run(broadcast) == summary, "it would be refused again"
        assert run(broadcast, retry_refused=True).counts == {Standing.ACCEPTED: 18}
        assert creates(mock) == 7

    def test_many_failures_in_a_row_end_the_run_and_the_next_one_goes_on(
        self, mock: WeComMock, run: Run, planned: Callable[..., Broadcast], ledger: Ledger
    ) -> None:
        broadcast = planned()
        fault = mock.state.faults.add(Fault("errcode", "add_msg_template", errcode=48002))
        with pytest.raises(PermissionDenied):
            run(broadcast, concurrency=1, give_up_after=3)
        assert broadcast.summary().counts == {Standing.REFUSED: 9, Standing.NOT_SENT: 9}
        mock.state.faults.remove(fault.number)
        assert run(broadcast, retry_refused=True).counts == {Standing.ACCEPTED: 18}
        assert set(ledger().values()) == {1}

    def test_a_wrong_secret_ends_the_run_at_once(
        self, mock: WeComMock, planned: Callable[..., Broadcast], journal: Journal
    ) -> None:
        broadcast = planned()
        with (
            WeCom(mock.corpid, "wrong", base_url=mock.base_url, journal=journal) as wecom,
            pytest.raises(CredentialError),
        ):
            broadcast.run(wecom, concurrency=1)
        assert len(mock.calls.of("gettoken")) == 1
        assert broadcast.summary().counts[Standing.NOT_SENT] >= 15

    def test_a_server_that_isn_t_there_leaves_all_of_it_unsent(
        self, mock: WeComMock, run: Run, planned: Callable[..., Broadcast]
    ) -> None:
        broadcast = planned()
        mock.state.faults.add(Fault("refuse", times=10_000))
        with pytest.raises(WeComError) as caught:
            run(broadcast, concurrency=1, give_up_after=2)
        assert not isinstance(caught.value, OutcomeUnknown)
        assert broadcast.summary().counts == {Standing.NOT_SENT: 18}
        mock.state.faults.clear()
        assert run(broadcast).counts == {Standing.ACCEPTED: 18}

    def test_too_many_calls_wait_and_are_made_again(
        self, mock: WeComMock, run: Run, planned: Callable[..., Broadcast]
    ) -> None:
        broadcast = planned(3, 1)
        mock.state.faults.add(Fault("errcode", "add_msg_template", times=1, errcode=45009))
        held: list[float] = []

        class Impatient(Pace):
            def hold(self) -> float:
                held.append(super().hold())
                self._held = 0.0  # who tests has no minute
                return held[-1]

        summary = run(broadcast, concurrency=1, pace=Impatient("add_msg_template"))
        assert summary.counts == {Standing.ACCEPTED: 3}
        assert held == [60.0]


class TestStopping:
    def test_ctrl_c_finishes_what_is_in_flight_and_begins_no_more(
        self, mock: WeComMock, planned: Callable[..., Broadcast], sender: WeCom, ledger: Ledger
    ) -> None:
        broadcast = planned(8, 1)
        mock.state.faults.add(Fault("slow", "add_msg_template", pause=0.03, size=16))

        def interrupt(call: Any, settled: int, total: int) -> None:
            if settled == 2:
                signal.raise_signal(signal.SIGINT)

        with pytest.raises(KeyboardInterrupt):
            broadcast.run(sender, concurrency=2, progress=interrupt)
        done = broadcast.summary()
        assert Standing.UNKNOWN not in done.counts
        assert 2 <= done.calls[CallState.DONE] <= 6
        mock.state.faults.clear()
        assert broadcast.run(sender).counts == {Standing.ACCEPTED: 8}
        assert set(ledger().values()) == {1}
        assert creates(mock) == 8

    def test_a_cancelled_task_does_the_same(
        self, mock: WeComMock, planned: Callable[..., Broadcast], journal: Journal, ledger: Ledger
    ) -> None:
        from wecom_openapi import AsyncWeCom

        broadcast = planned(8, 1)

        async def main() -> None:
            async with AsyncWeCom(mock.corpid, mock.secret, base_url=mock.base_url, journal=journal) as wecom:
                running = asyncio.create_task(
                    broadcast.run_async(
                        wecom,
                        concurrency=2,
                        progress=lambda call, settled, total: settled == 2 and running.cancel(),
                    )
                )
                with pytest.raises(asyncio.CancelledError):
                    await running

        asyncio.run(main())
        done = broadcast.summary()
        assert Standing.UNKNOWN not in done.counts
        assert 2 <= done.calls[CallState.DONE] <= 4
        assert set(ledger().values()) == {1}

    def test_what_breaks_in_the_caller_s_progress_ends_the_run(
        self, run: Run, planned: Callable[..., Broadcast], ledger: Ledger
    ) -> None:
        broadcast = planned(6, 1)

        def breaks(call: Any, settled: int, total: int) -> None:
            raise ZeroDivisionError("progress")

        with pytest.raises(ZeroDivisionError):
            run(broadcast, concurrency=1, progress=breaks)
        assert broadcast.summary().counts == {Standing.ACCEPTED: 1, Standing.NOT_SENT: 5}
        assert run(broadcast).counts == {Standing.ACCEPTED: 6}
        assert set(ledger().values()) == {1}

    def test_who_waits_for_its_place_when_a_run_ends_is_not_sent(
        self, mock: WeComMock, run: Run, planned: Callable[..., Broadcast]
    ) -> None:
        broadcast = planned(3, 1)
        mock.state.faults.add(Fault("errcode", "add_msg_template", errcode=48002))
        places = iter([0.0])

        class OnePlace(Pace):
            def reserve(self) -> float:
                return next(places, 30.0)

        with pytest.raises(PermissionDenied):
            run(broadcast, concurrency=3, give_up_after=1, pace=OnePlace("add_msg_template"))
        assert creates(mock) == 1
        assert broadcast.summary().counts == {Standing.REFUSED: 1, Standing.NOT_SENT: 2}
        assert [call.attempts for call in broadcast.calls()] == [1, 0, 0]


class TestResults:
    @pytest.mark.parametrize(
        "mock", [{"quota_policy": "per-day-1", "quota_surfaces": "result"}], indirect=True
    )
    def test_what_became_of_the_recipients(
        self, mock: WeComMock, run: Run, journal: Journal, sender: WeCom
    ) -> None:
        member = mock.company.member("m0")
        for one in ("wmA", "wmGone", "wmFull"):
            member.customer(one)
        mock.company.member("m1").customer("wmLater")
        mock.confirm(sender.add_msg_template(sender="m0", text="before", external_userid=["wmFull"]).msgid)
        broadcast = Broadcast(journal, "x")
        broadcast.plan(
            MESSAGE,
            [("m0", "wmA"), ("m0", "wmGone"), ("m0", "wmFull"), ("m0", "wmNobody"), ("m1", "wmLater")],
        )
        run(broadcast)
        mock.unfriend("m0", "wmGone")
        mock.confirm(broadcast.call(1).msgid)
        assert broadcast.update_results(sender) == 3
        assert {row.recipient: str(row.standing) for row in broadcast.recipients()} == {
            "wmA": "delivered",
            "wmGone": "not a friend",
            "wmFull": "over quota",
            "wmNobody": "fail_list",
            "wmLater": "accepted",
        }
        assert sum(broadcast.summary().counts.values()) == 5
        assert broadcast.summary().counts[Standing.DELIVERED] == 1
        mock.confirm(broadcast.call(2).msgid)
        assert broadcast.update_results(sender) == 4
        assert broadcast.summary().counts[Standing.DELIVERED] == 2

    def test_what_came_to_be_known_later_counts(
        self, mock: WeComMock, journal: Journal, sender: WeCom
    ) -> None:
        """A result that the task has now stands in the place of one that it had."""
        mock.company.member("m0").customer("wmA")
        broadcast = Broadcast(journal, "x")
        broadcast.plan(MESSAGE, [("m0", "wmA")])
        broadcast.run(sender)
        mock.confirm(broadcast.call(1).msgid)
        broadcast.update_results(sender)
        for status, standing in ((3, Standing.OVER_QUOTA), (1, Standing.DELIVERED)):
            (task,) = mock.tasks
            for assignment in task.assignments.values():
                for delivery in assignment.deliveries:
                    delivery.status = status
            broadcast.update_results(sender)
            assert broadcast.summary().counts == {standing: 1}


def test_not_sent_is_the_error_of_who_comes_second() -> None:
    assert issubclass(InProgress, NotSent)
    assert not issubclass(InProgress, RefusedError)


def test_a_run_waits_for_its_place(run: Run, planned: Callable[..., Broadcast], ledger: Ledger) -> None:
    class Slow(Pace):
        def reserve(self) -> float:
            return super().reserve() + 0.1

    began = time.monotonic()
    run(planned(3, 1), concurrency=1, pace=Slow("add_msg_template"))
    assert time.monotonic() - began >= 0.3
