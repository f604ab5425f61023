"""The gate of a run, decision by decision: what reaches a server, and what is withheld from it."""

from __future__ import annotations

from typing import Any

import pytest

from wecom_conformance.gate import CREATE, MOMENT, Gate, Reach, Withheld
from wecom_conformance.known_ids import KnownIds
from wecom_contract import OPERATIONS

KNOWN = KnownIds(
    corpid="wwdemo",
    corpsecret="demo",
    member="zhangsan",
    customers=("wmA", "wmB"),
    groups=("wrA", "wrB"),
    tag="etA",
)
TO_GIVEN: dict[str, Any] = {"external_userid": ["wmB", "wmA"], "sender": "zhangsan"}


def passes(operation: str, body: Any, *, reach: Reach = "given", method: str = "") -> bool:
    gate = Gate(KNOWN, reach)
    one = OPERATIONS[operation]
    try:
        gate(one, method or one.method, {}, body)
    except Withheld:
        return False
    return True


@pytest.mark.parametrize(
    "body",
    [
        TO_GIVEN,
        {"external_userid": ["wmA"]},
        {**TO_GIVEN, "chat_type": "single"},
        {"chat_type": "group", "chat_id_list": ["wrB"], "sender": "zhangsan"},
        # WeCom ignores a filter beside a list of customers, so it widens nothing.
        {**TO_GIVEN, "tag_filter": {"group_list": [{"tag_list": ["etA"]}]}},
    ],
)
def test_a_message_to_given_ids_passes(body: dict[str, Any]) -> None:
    assert passes(CREATE, body)


@pytest.mark.parametrize(
    "body",
    [
        {"external_userid": ["wmA", "wmForeign"], "sender": "zhangsan"},
        {"external_userid": ["wmForeign", "wmA"], "sender": "zhangsan"},
        {"external_userid": [], "sender": "zhangsan"},
        {"external_userid": "wmA", "sender": "zhangsan"},
        {"external_userid": [["wmA"]]},
        {"sender": "zhangsan"},
        {"sender": "zhangsan", "tag_filter": {"group_list": [{"tag_list": ["etA"]}]}},
        {**TO_GIVEN, "sender": "lisi"},
        {**TO_GIVEN, "sender": None},
        {"chat_type": "group", "chat_id_list": ["wrA", "wrForeign"], "sender": "zhangsan"},
        {"chat_type": "group", "chat_id_list": ["wrA"], "sender": "lisi"},
        {"chat_type": "group", "external_userid": ["wmA"], "sender": "zhangsan"},
        {"chat_type": "group", "sender": "zhangsan"},
        {**TO_GIVEN, "chat_id_list": ["wrA"], "chat_type": "both"},
        {**TO_GIVEN, "chat_type": None},
        [TO_GIVEN],
        "wmA",
        None,
    ],
)
def test_a_message_that_may_reach_another_is_withheld(body: Any) -> None:
    assert not passes(CREATE, body)


def test_a_moment_needs_leave_to_reach_everyone() -> None:
    body = {"text": {"content": "新品"}, "visible_range": {"sender_list": {"user_list": ["zhangsan"]}}}
    assert not passes(MOMENT, body)
    assert passes(MOMENT, body, reach="everyone")


@pytest.mark.parametrize("operation", [CREATE, MOMENT, "cancel_groupmsg_send", "media_upload"])
def test_without_leave_to_write_nothing_that_writes_passes(operation: str) -> None:
    assert not passes(operation, TO_GIVEN, reach="reads")


@pytest.mark.parametrize("operation", ["get_groupmsg_list_v2", "gettoken"])
def test_what_only_reads_passes_always(operation: str) -> None:
    assert passes(operation, {}, reach="reads")
    assert passes(operation, {}, reach="given")


@pytest.mark.parametrize(("operation", "method"), [(CREATE, "GET"), ("get_groupmsg_list_v2", "DELETE")])
def test_another_method_than_the_operations_own_needs_leave_for_everything(
    operation: str, method: str
) -> None:
    assert not passes(operation, TO_GIVEN, method=method)
    assert passes(operation, TO_GIVEN, method=method, reach="everyone")


def test_in_a_dry_run_nothing_passes_and_all_that_would_have_is_noted() -> None:
    noted: list[Any] = []
    gate = Gate(KNOWN, "given", dry=True, note=lambda *one: noted.append(one))
    for body in (TO_GIVEN, {"sender": "zhangsan"}):
        with pytest.raises(Withheld):
            gate(OPERATIONS[CREATE], "POST", {}, body)
    assert [body for *_, body in noted] == [TO_GIVEN]
    assert [operation for operation, _ in gate.withheld] == [CREATE]


@pytest.mark.parametrize(
    "body",
    [
        {"external_userid": ["wmForeign"], "sender": "lisi", "text": {"content": "新品"}},
        {"chat_type": "group", "sender": "lisi", "text": {"content": "新品"}},
        {"sender": "zhangsan", "tag_filter": {"group_list": []}, "text": {"content": "新品"}},
    ],
)
def test_a_drawn_message_is_narrowed_to_one_given_customer(body: dict[str, Any]) -> None:
    narrowed = Gate(KNOWN, "given").narrowed(CREATE, body)
    assert passes(CREATE, narrowed)
    assert narrowed["external_userid"] == ["wmA"]
    assert narrowed["text"] == body["text"]


def test_what_may_be_sent_is_not_narrowed() -> None:
    gate = Gate(KNOWN, "given")
    assert gate.narrowed(CREATE, TO_GIVEN) is TO_GIVEN
    assert gate.narrowed("get_groupmsg_task", {"msgid": "m"}) == {"msgid": "m"}
