"""An audience becomes calls: how many, whose, each recipient once, and fixed from then on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import func, select

from wecom_openapi import AddMsgTemplateRequest, IgnoredFieldWarning, InvalidRequest, Text
from wecom_openapi.broadcast import Broadcast, BroadcastConflict, CallState, InvalidAudience, UnknownBroadcast
from wecom_openapi.broadcast.schema import CALLS, METADATA, RECIPIENTS
from wecom_openapi.journal import Journal

MESSAGE: dict[str, Any] = {"sender": "zhangsan", "text": {"content": "新品上市"}}
TO_GROUPS: dict[str, Any] = {**MESSAGE, "chat_type": "group"}


def ids(count: int, prefix: str = "wm", start: int = 0) -> list[str]:
    return [f"{prefix}{number:030d}" for number in range(start, start + count)]


class TestCalls:
    @pytest.mark.parametrize(
        ("count", "sizes"), [(1, [1]), (10_000, [10_000]), (10_001, [10_000, 1]), (20_000, [10_000] * 2)]
    )
    def test_a_call_takes_as_many_customers_as_the_contract_says(
        self, journal: Journal, count: int, sizes: list[int]
    ) -> None:
        broadcast = Broadcast(journal, "x")
        plan = broadcast.plan(MESSAGE, ids(count))
        assert [call.size for call in broadcast.calls()] == sizes
        assert (plan.recipients, plan.calls, plan.given, plan.duplicates) == (count, len(sizes), count, 0)

    @pytest.mark.parametrize(("count", "sizes"), [(2_000, [2_000]), (2_001, [2_000, 1])])
    def test_and_as_many_groups(self, journal: Journal, count: int, sizes: list[int]) -> None:
        broadcast = Broadcast(journal, "x")
        assert broadcast.plan(TO_GROUPS, ids(count, "wr")).chat_type == "group"
        assert [call.size for call in broadcast.calls()] == sizes
        assert broadcast.body(1) == {**TO_GROUPS, "chat_id_list": ids(sizes[0], "wr")}

    def test_each_recipient_is_in_one_call_in_the_order_given(self, journal: Journal) -> None:
        broadcast = Broadcast(journal, "x")
        given = ids(10_500)[::-1]
        broadcast.plan(MESSAGE, iter(given))
        bodies = [broadcast.body(call.n) for call in broadcast.calls()]
        assert [one for body in bodies for one in body["external_userid"]] == given
        assert bodies[1] == {**MESSAGE, "external_userid": given[10_000:]}
        assert [row.recipient for row in broadcast.recipients()] == given

    def test_each_sender_has_calls_of_its_own(self, journal: Journal) -> None:
        broadcast = Broadcast(journal, "x")
        many = [("lisi", one) for one in ids(10_001)]
        few = [("wangwu", one) for one in ids(2, start=20_000)]
        alone = [(None, one) for one in ids(1, start=30_000)]
        plan = broadcast.plan(MESSAGE, [*many[:5_000], *few, *many[5_000:], *alone])
        calls = list(broadcast.calls())
        assert [(call.n, call.sender, call.size) for call in calls] == [
            (1, "lisi", 10_000),
            (2, "wangwu", 2),
            (3, "lisi", 1),
            (4, "zhangsan", 1),
        ]
        assert broadcast.body(2) == {
            **MESSAGE,
            "sender": "wangwu",
            "external_userid": [one for _, one in few],
        }
        assert (plan.senders, plan.calls) == (3, 4)

    def test_customers_need_no_sender(self, journal: Journal) -> None:
        broadcast = Broadcast(journal, "x")
        plan = broadcast.plan({"text": {"content": "hi"}}, ["wmA"])
        assert broadcast.body(1) == {"text": {"content": "hi"}, "external_userid": ["wmA"]}
        assert (plan.senders, next(broadcast.calls()).sender) == (0, None)

    def test_nothing_is_sent_yet(self, journal: Journal) -> None:
        broadcast = Broadcast(journal, "x")
        broadcast.plan(MESSAGE, ["wmA", "wmB"])
        assert [call.state for call in broadcast.calls()] == [CallState.PLANNED]
        assert broadcast.pending() == [1]
        assert broadcast.summary().counts == {"not sent yet": 2}
        assert not broadcast.summary().is_complete


class TestDuplicates:
    def test_a_recipient_is_planned_once(self, journal: Journal) -> None:
        broadcast = Broadcast(journal, "x")
        far = ids(6_000)  # beyond what is read together
        plan = broadcast.plan(MESSAGE, [*far, "wmA", "wmA", *far])
        assert (plan.given, plan.duplicates, plan.recipients) == (12_002, 6_001, 6_001)
        assert sorted(row.recipient for row in broadcast.recipients()) == sorted({*far, "wmA"})
        assert plan.duplicates_of_another_sender == 0

    def test_also_under_another_sender_and_the_first_one_counts(self, journal: Journal) -> None:
        broadcast = Broadcast(journal, "x")
        audience = [("lisi", "wmA"), ("wangwu", "wmB"), ("wangwu", "wmA"), ("lisi", "wmA")]
        plan = broadcast.plan(MESSAGE, audience)
        assert [(row.sender, row.recipient) for row in broadcast.recipients()] == [
            ("lisi", "wmA"),
            ("wangwu", "wmB"),
        ]
        assert (plan.duplicates, plan.duplicates_of_another_sender) == (2, 1)

    def test_ids_that_differ_in_case_are_two(self, journal: Journal) -> None:
        assert Broadcast(journal, "x").plan(MESSAGE, ["wma", "wmA"]).recipients == 2

    def test_a_call_that_lost_its_duplicates_is_filled_up(self, journal: Journal) -> None:
        broadcast = Broadcast(journal, "x")
        one = ids(10_000)
        broadcast.plan(MESSAGE, [*one[:5_000], *one, "wmZ"])
        assert [call.size for call in broadcast.calls()] == [10_000, 1]


class TestFixedOncePlanned:
    def test_the_same_again_is_the_same_plan(self, journal: Journal) -> None:
        first = Broadcast(journal, "x").plan(MESSAGE, ids(3))
        again = Broadcast(journal, "x").plan(dict(reversed(MESSAGE.items())), iter(ids(3)))
        assert (first.resumed, again.resumed) == (False, True)
        assert (again.recipients, again.calls, again.given) == (3, 1, 3)
        assert len(list(Broadcast(journal, "x").recipients())) == 3

    @pytest.mark.parametrize(
        ("message", "audience", "says"),
        [
            ({**MESSAGE, "text": {"content": "other"}}, ["wmA", "wmB"], "another message"),
            ({**MESSAGE, "sender": "lisi"}, ["wmA", "wmB"], "another message"),
            (MESSAGE, ["wmA"], "another audience"),
            (MESSAGE, ["wmB", "wmA"], "another audience"),
            (MESSAGE, [("lisi", "wmA"), "wmB"], "another audience"),
        ],
    )
    def test_another_message_or_audience_is_refused_and_changes_nothing(
        self, journal: Journal, message: Any, audience: Any, says: str
    ) -> None:
        broadcast = Broadcast(journal, "x")
        broadcast.plan(MESSAGE, ["wmA", "wmB"])
        with pytest.raises(BroadcastConflict, match=f"planned with {says}.*Nothing was sent"):
            Broadcast(journal, "x").plan(message, audience)
        assert broadcast.body(1) == {**MESSAGE, "external_userid": ["wmA", "wmB"]}

    def test_two_broadcasts_share_nothing_but_the_journal(self, journal: Journal) -> None:
        for name in ("x", "y"):
            assert Broadcast(journal, name).plan(MESSAGE, ["wmA"]).recipients == 1
        assert len(list(Broadcast(journal, "y").recipients())) == 1

    def test_what_changes_in_the_caller_s_message_changes_nothing_here(self, journal: Journal) -> None:
        message = {"text": {"content": "before"}}
        broadcast = Broadcast(journal, "x")
        broadcast.plan(message, ["wmA"])
        message["text"]["content"] = "after"
        assert broadcast.body(1)["text"] == {"content": "before"}


def test_no_column_is_empty_that_need_not_be() -> None:
    may = {
        "wecom_broadcast": {"audience_digest"},
        "wecom_broadcast_call": {"sender", "started", "ended", "msgid", "errcode"},
        "wecom_broadcast_recipient": {"result"},
    }
    assert {
        name: {column.name for column in table.columns if column.nullable}
        for name, table in METADATA.tables.items()
    } == may


def test_of_a_call_that_was_never_made_nobody_is_said_to_be_left_out(journal: Journal) -> None:
    broadcast = Broadcast(journal, "x")
    broadcast.plan(MESSAGE, ["wmA"])
    assert broadcast.call(1).fail_list_known


class TestPlansThatFail:
    def test_a_plan_that_failed_leaves_nothing(self, journal: Journal) -> None:
        def breaks() -> Any:
            yield from ids(12_000)
            raise OSError("the audience is gone")

        broadcast = Broadcast(journal, "x")
        with pytest.raises(OSError, match="is gone"):
            broadcast.plan(MESSAGE, breaks())
        with pytest.raises(UnknownBroadcast, match="'x' is not planned"):
            broadcast.summary()
        plan = broadcast.plan({**MESSAGE, "sender": "lisi"}, ids(2))
        assert (plan.recipients, plan.resumed) == (2, False)
        assert len(list(broadcast.recipients())) == 2

    def test_one_that_was_left_in_the_middle_is_planned_anew(
        self, journal: Journal, request: pytest.FixtureRequest
    ) -> None:
        """As after a kill: nobody was there to take back what was written."""
        planner = Broadcast(journal, "x")._planner({"text": {"content": "other"}}, _Listed(ids(5_000)))
        request.addfinalizer(planner.close)
        planner.begin()
        for batch in planner.batches():
            planner.add(batch)
        with pytest.raises(UnknownBroadcast, match="not planned to its end: plan it again") as half:
            Broadcast(journal, "x").run_call(None, 1)  # type: ignore[arg-type]  # it comes not so far
        assert half.value.message_zh == "群发 'x' 没有计划完：请重新计划。没有发送"
        broadcast = Broadcast(journal, "x")
        assert broadcast.plan(MESSAGE, ids(3, start=4_999)).duplicates == 0
        assert len(list(broadcast.recipients())) == 3
        with pytest.raises(BroadcastConflict, match="another process has begun to plan it") as late:
            planner.add([(None, "wmZ", 1)])
        assert late.value.message_zh == "群发 'x'：另一进程已开始计划。没有发送"
        with pytest.raises(BroadcastConflict):
            planner.finish()
        planner.abandon()
        assert len(list(broadcast.recipients())) == 3, "the late one takes back nothing of the other's"
        with journal.reading() as connection:
            kept = [
                connection.execute(select(func.count()).select_from(one)).scalar()
                for one in (CALLS, RECIPIENTS)
            ]
        assert kept == [1, 3], "what was left in the middle is gone"

    @pytest.mark.parametrize("audience", [[], iter(()), ()])
    def test_nobody_is_no_audience(self, journal: Journal, audience: Any) -> None:
        with pytest.raises(InvalidAudience, match="there is nobody in the audience") as caught:
            Broadcast(journal, "x").plan(MESSAGE, audience)
        assert "没有任何接收对象" in caught.value.message_zh


class TestMessage:
    def test_a_model_will_do(self, journal: Journal) -> None:
        broadcast = Broadcast(journal, "x")
        broadcast.plan(AddMsgTemplateRequest(sender="zhangsan", text=Text(content="hi")), ["wmA"])
        assert broadcast.message == {"sender": "zhangsan", "text": {"content": "hi"}}

    @pytest.mark.parametrize(
        ("message", "says"),
        [
            ({"sender": "zhangsan"}, "neither text.content nor an attachment"),
            ({"text": {"content": "x" * 4001}}, "4001 bytes"),
            ({"text": {"content": "x"}, "chat_type": "room"}, "chat_type"),
            ({"text": {"content": "x"}, "chat_type": ["group"]}, "chat_type"),
            ({"text": {"content": "x"}, "Sender": "a"}, "Sender"),
        ],
    )
    def test_it_keeps_the_contract_before_the_audience_is_looked_at(
        self, journal: Journal, message: Any, says: str
    ) -> None:
        def untouched() -> Any:
            pytest.fail("the audience was read")
            yield

        with pytest.raises(InvalidRequest, match=says):
            Broadcast(journal, "x").plan(message, untouched())

    def test_what_will_be_ignored_is_said_once(self, journal: Journal) -> None:
        with pytest.warns(IgnoredFieldWarning, match="allow_select") as caught:
            Broadcast(journal, "x").plan({**TO_GROUPS, "allow_select": True}, ["wrA"])
        assert len(caught) == 1


class TestAsynchronously:
    def test_an_audience_that_comes_asynchronously_gives_the_same_plan(self, journal: Journal) -> None:
        given = [("lisi", one) for one in ids(10_001)]

        async def audience() -> AsyncIterator[tuple[str, str]]:
            for each in given:
                yield each

        plan = asyncio.run(Broadcast(journal, "x").plan_async(MESSAGE, audience()))
        assert (plan.recipients, plan.calls, plan.resumed) == (10_001, 2, False)
        assert Broadcast(journal, "x").plan(MESSAGE, given).resumed
        assert asyncio.run(Broadcast(journal, "x").plan_async(MESSAGE, given)).resumed

    def test_what_fails_leaves_nothing(self, journal: Journal) -> None:
        async def audience() -> AsyncIterator[str]:
            for one in ids(5_001):
                yield one
            raise OSError("the audience is gone")

        with pytest.raises(OSError, match="is gone"):
            asyncio.run(Broadcast(journal, "x").plan_async(MESSAGE, audience()))
        assert Broadcast(journal, "x").plan(MESSAGE, ["wmA"]).recipients == 1


class _Listed:
    def __init__(self, given: list[str]) -> None:
        self._given = given

    def rows(self, kind: Any) -> Any:
        return ((None, one, number) for number, one in enumerate(self._given, 1))

    def place(self, number: int) -> str:
        return f"recipient {number}"
