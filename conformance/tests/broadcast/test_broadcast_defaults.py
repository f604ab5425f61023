"""What a run does that is told nothing else, and results that come many at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from wecom_mock.faults import Fault
from wecom_mock.fixture import WeComMock
from wecom_mock.tasks import Delivery
from wecom_openapi import FrequencyLimited, PermissionDenied, WeCom
from wecom_openapi.broadcast import Broadcast, Pace, Standing, Summary
from wecom_openapi.broadcast.calls import Attempt, Calls
from wecom_openapi.journal import Journal

MESSAGE: dict[str, Any] = {"text": {"content": "新品上市"}}
Run = Callable[..., Summary]
Shop = Callable[[int, int], list[tuple[str, str]]]


class Impatient(Pace):
    """Holds nobody: who tests has no minute."""

    def hold(self) -> float:
        seconds = super().hold()
        self._held = 0.0
        return seconds


def test_ten_failures_in_a_row_end_it(mock: WeComMock, run: Run, journal: Journal, shop: Shop) -> None:
    broadcast = Broadcast(journal, "spring")
    broadcast.plan(MESSAGE, shop(12, 1))
    mock.state.faults.add(Fault("errcode", "add_msg_template", errcode=48002))
    with pytest.raises(PermissionDenied):
        run(broadcast, concurrency=1)
    assert broadcast.summary().counts == {Standing.REFUSED: 10, Standing.NOT_SENT: 2}


def test_a_call_is_tried_three_times(mock: WeComMock, run: Run, journal: Journal, shop: Shop) -> None:
    broadcast = Broadcast(journal, "spring")
    broadcast.plan(MESSAGE, shop(2, 1))
    mock.state.faults.add(Fault("errcode", "add_msg_template", errcode=45009))
    summary = run(broadcast, concurrency=1, pace=Impatient("add_msg_template"))
    assert summary.counts == {Standing.NOT_SENT: 2}
    assert [(call.attempts, call.errcode) for call in broadcast.calls()] == [(3, 45009)] * 2
    with pytest.raises(FrequencyLimited):
        run(broadcast, concurrency=1, attempts=1, give_up_after=2, pace=Impatient("add_msg_template"))
    assert [call.attempts for call in broadcast.calls()] == [4, 4]


@pytest.mark.parametrize("together", [1, 2, 3, 5, 6])
def test_all_results_are_written_however_many_at_a_time(
    mock: WeComMock,
    journal: Journal,
    sender: WeCom,
    shop: Shop,
    monkeypatch: pytest.MonkeyPatch,
    together: int,
) -> None:
    monkeypatch.setattr("wecom_openapi.broadcast.results._SOME", together)
    broadcast = Broadcast(journal, "spring")
    broadcast.plan(MESSAGE, shop(1, 5))
    broadcast.run(sender)
    assert broadcast.update_results(sender) == 0, "nobody has confirmed"
    mock.confirm(broadcast.call(1).msgid or "")
    assert broadcast.update_results(sender) == 5
    assert broadcast.summary().counts == {Standing.DELIVERED: 5}


def test_whom_wecom_left_out_stays_left_out(
    mock: WeComMock, journal: Journal, sender: WeCom, shop: Shop
) -> None:
    broadcast = Broadcast(journal, "spring")
    broadcast.plan(MESSAGE, shop(1, 2))
    calls = Calls(journal, "spring")
    attempt = calls.begin(1)
    assert isinstance(attempt, Attempt)
    msgid = sender.add_msg_template(attempt.body, key=attempt.key).msgid
    calls.done(attempt, msgid, ["wm0x0"])
    mock.confirm(msgid)
    broadcast.update_results(sender)
    assert [str(row.standing) for row in broadcast.recipients()] == ["fail_list", "delivered"]


@pytest.mark.parametrize("mock", [{"group_result_rows": "all"}], indirect=True)
def test_results_of_groups(mock: WeComMock, journal: Journal, sender: WeCom) -> None:
    mock.company.member("m0").group("wrA").group("wrB")
    broadcast = Broadcast(journal, "spring")
    broadcast.plan({**MESSAGE, "chat_type": "group", "sender": "m0"}, ["wrA", "wrB"])
    broadcast.run(sender)
    mock.confirm(broadcast.call(1).msgid or "")
    assert broadcast.update_results(sender) == 2
    assert broadcast.summary().counts == {Standing.DELIVERED: 2}


def test_who_is_none_of_its_recipients_is_passed_over(
    mock: WeComMock, journal: Journal, sender: WeCom, shop: Shop
) -> None:
    broadcast = Broadcast(journal, "spring")
    broadcast.plan(MESSAGE, shop(1, 1))
    broadcast.run(sender)
    (task,) = mock.tasks
    task.assignments["m0"].deliveries.insert(0, Delivery("wmStranger"))
    mock.confirm(task.msgid)
    assert broadcast.update_results(sender) == 1
    assert broadcast.summary().counts == {Standing.DELIVERED: 1}
