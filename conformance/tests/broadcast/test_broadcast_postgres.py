"""The same tables in PostgreSQL: planned, run, left in the middle, recovered, reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import text

from wecom_mock.faults import Fault
from wecom_mock.fixture import WeComMock
from wecom_openapi import JournalWarning, WeCom
from wecom_openapi.broadcast import Broadcast, BroadcastConflict, Standing, Summary
from wecom_openapi.broadcast.calls import Attempt, Calls
from wecom_openapi.journal import Journal

MESSAGE: dict[str, Any] = {"text": {"content": "新品上市"}, "sender": "m0"}


@pytest.fixture
def journal(postgres_url: str) -> Iterator[Journal]:
    """A journal in a database of its own."""
    with Journal(postgres_url) as opened:
        yield opened


def test_a_broadcast_from_plan_to_results(
    mock: WeComMock,
    journal: Journal,
    sender: WeCom,
    run: Callable[..., Summary],
    shop: Callable[[int, int], list[tuple[str, str]]],
    ledger: Callable[[], Counter[str]],
) -> None:
    audience = shop(3, 3)
    broadcast = Broadcast(journal, "春季")
    plan = broadcast.plan(MESSAGE, [*audience, ("m0", "wmNobody"), *audience, ("m1", "wm0x0")])
    assert (plan.recipients, plan.calls, plan.duplicates, plan.duplicates_of_another_sender) == (10, 3, 10, 1)
    with pytest.raises(BroadcastConflict, match="another audience"):
        Broadcast(journal, "春季").plan(MESSAGE, audience)
    mock.state.faults.add(Fault("reset-after", "add_msg_template", times=1))
    summary = run(broadcast, concurrency=1)
    assert summary.counts == {Standing.ACCEPTED: 6, Standing.UNKNOWN: 4}
    assert [found.reconciliation.verdict for found in sender.recover()] == ["sent"]
    with pytest.warns(JournalWarning):
        summary = broadcast.run(sender)
    assert summary.counts == {Standing.ACCEPTED: 6, Standing.PERHAPS_ACCEPTED: 4}
    assert set(ledger().values()) == {1}
    for task in mock.tasks:
        mock.confirm(task.msgid)
    assert broadcast.update_results(sender) == 9
    assert broadcast.summary().counts == {Standing.DELIVERED: 9, Standing.PERHAPS_ACCEPTED: 1}
    assert {row.recipient: row.standing for row in broadcast.recipients()} == {
        **{one: Standing.DELIVERED for _, one in audience},
        "wmNobody": Standing.PERHAPS_ACCEPTED,
    }


def test_a_plan_that_was_left_in_the_middle_is_planned_anew(journal: Journal) -> None:
    def breaks() -> Any:
        yield from (f"wm{number}" for number in range(6_000))
        raise OSError("the audience is gone")

    with pytest.raises(OSError, match="is gone"):
        Broadcast(journal, "x").plan(MESSAGE, breaks())
    ids = [f"wm{number}" for number in range(10_001)]
    assert Broadcast(journal, "x").plan(MESSAGE, ids).calls == 2
    assert [row.recipient for row in Broadcast(journal, "x").recipients()] == ids


def test_recipients_keep_their_order_whatever_is_written_of_them(journal: Journal) -> None:
    """PostgreSQL gives a row that was changed after those that were not, where nobody asks for an order."""
    ids = [f"wm{number}" for number in range(20)]
    Broadcast(journal, "x").plan(MESSAGE, ids)
    calls = Calls(journal, "x")
    attempt = calls.begin(1)
    assert isinstance(attempt, Attempt)
    assert attempt.body["external_userid"] == ids
    calls.done(attempt, "m1", [ids[0], ids[7]])
    with journal.writing() as connection:
        connection.execute(text("ANALYZE wecom_broadcast_recipient"))  # as it does itself after a while
    assert [one for one, _ in calls.recipients(1)] == ids
    assert [one for one, result in calls.recipients(1) if result == "fail_list"] == [ids[0], ids[7]]
