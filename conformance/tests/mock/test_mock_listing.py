"""get_groupmsg_list_v2 of the mock: which tasks, as what rows, in which pages."""

from __future__ import annotations

from typing import Any

import pytest

from wecom_contract import OPERATIONS, check
from wecom_mock import Settings, State
from wecom_mock.listing import MAXIMUM

A = "woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA"
DEFAULT_LIMIT = OPERATIONS["get_groupmsg_list_v2"].defaults["limit"]
ROOM = "wr2GCAAAXtWyujaWJHDDGasdadAAA"
IMAGE = {"msgtype": "image", "image": {"media_id": "MEDIA_ID", "pic_url": "https://p.qpic.cn/1"}}
PICTURE = {"msgtype": "image", "image": {"pic_url": "https://p.qpic.cn/1"}}
CARD = {
    "msgtype": "miniprogram",
    "miniprogram": {"title": "t", "pic_media_id": "M", "appid": "wx1", "page": "p.html"},
}


def create(mock: Any, **body: Any) -> str:
    answer = mock.call("add_msg_template", {"text": {"content": "新品"}, "external_userid": [A], **body})
    assert answer.errcode == 0, answer.body
    return str(answer.body["msgid"])


def listed(mock: Any, clock: Any, **body: Any) -> Any:
    period = {"start_time": int(clock()) - 1000, "end_time": int(clock()) + 1000}
    return mock.call("get_groupmsg_list_v2", {**period, **body})


def ids(answer: Any) -> list[str]:
    return [row["msgid"] for row in answer.body["group_msg_list"]]


def test_a_task_is_listed_as_it_is_in_live_answers(mock: Any, clock: Any) -> None:
    msgid = create(mock, attachments=[IMAGE, PICTURE, CARD])
    assert listed(mock, clock).body["group_msg_list"] == [
        {
            "msgid": msgid,
            "create_time": int(clock()),
            "create_type": 0,
            "text": {"content": "新品"},
            "attachments": [
                {"msgtype": "image", "image": {"media_id": "MEDIA_ID"}},
                PICTURE,
                {"msgtype": "miniprogram", "miniprogram": {"title": "t", "appid": "wx1", "page": "p.html"}},
            ],
        }
    ]


def test_a_message_of_a_member_has_a_creator(mock: Any, state: State, clock: Any) -> None:
    by_api = create(mock)
    personal = state.send_personally("zhangsan", "私人", clock())
    assert [d.status for d in personal.assignments["zhangsan"].deliveries] != []
    assert ids(listed(mock, clock)) == [by_api, personal.msgid]
    assert ids(listed(mock, clock, filter_type=0)) == [by_api]
    assert ids(listed(mock, clock, filter_type=1)) == [personal.msgid]
    assert ids(listed(mock, clock, filter_type=2)) == [by_api, personal.msgid]
    assert ids(listed(mock, clock, creator="zhangsan")) == [personal.msgid]
    assert ids(listed(mock, clock, creator="lisi")) == []
    [row] = listed(mock, clock, filter_type=1).body["group_msg_list"]
    assert (row["creator"], row["create_type"]) == ("zhangsan", 1)


def test_nobody_sends_without_being_a_member(state: State) -> None:
    with pytest.raises(LookupError, match="no member nobody"):
        state.send_personally("nobody", "x", 0)


def test_messages_to_groups_are_a_list_of_their_own(mock: Any, clock: Any) -> None:
    single = create(mock)
    body = {"chat_type": "group", "sender": "zhangsan", "chat_id_list": [ROOM]}
    group = create(mock, external_userid=[], **body)
    assert ids(listed(mock, clock)) == [single]
    assert ids(listed(mock, clock, chat_type="single")) == [single]
    assert ids(listed(mock, clock, chat_type="group")) == [group]


def test_both_ends_of_the_period_count(mock: Any, clock: Any) -> None:
    msgid, now = create(mock), int(clock())
    assert ids(listed(mock, clock, start_time=now, end_time=now)) == [msgid]
    assert ids(listed(mock, clock, start_time=now + 1, end_time=now + 2)) == []
    assert ids(listed(mock, clock, start_time=now - 2, end_time=now - 1)) == []


def test_a_cancelled_task_stays_without_a_mark(mock: Any, clock: Any) -> None:
    msgid = create(mock)
    before = listed(mock, clock).body
    assert mock.call("cancel_groupmsg_send", {"msgid": msgid}).errcode == 0
    assert listed(mock, clock).body == before


def test_a_task_that_is_being_dispatched_is_there_already(mock: Any, state: State, clock: Any) -> None:
    state.settings = Settings(dispatch_seconds=60)
    msgid = create(mock)
    assert mock.call("get_groupmsg_task", {"msgid": msgid}).errcode == 41063
    assert ids(listed(mock, clock)) == [msgid]


def test_pages_are_complete_and_end(mock: Any, clock: Any) -> None:
    made = [create(mock) for _ in range(7)]
    found: list[str] = []
    cursor, pages = "", 0
    while True:
        answer = listed(mock, clock, limit=3, cursor=cursor)
        found += ids(answer)
        pages += 1
        cursor = answer.body["next_cursor"]
        if not cursor:
            break
    assert (found, pages) == (made, 3)


def test_a_cursor_is_good_for_its_own_list_alone(mock: Any, clock: Any) -> None:
    for _ in range(3):
        create(mock)
    cursor = listed(mock, clock, limit=1).body["next_cursor"]
    assert listed(mock, clock, limit=1, cursor=cursor).errcode == 0
    assert listed(mock, clock, limit=1, cursor=cursor, filter_type=0).errcode == 50100
    assert listed(mock, clock, limit=1, cursor="CURSOR").errcode == 50100


@pytest.mark.parametrize(("setting", "rows"), [("default", DEFAULT_LIMIT), ("maximum", MAXIMUM)])
def test_a_limit_over_the_maximum(mock: Any, state: State, clock: Any, setting: Any, rows: int) -> None:
    state.settings = Settings(list_limit_over_maximum=setting)
    for _ in range(MAXIMUM + 1):
        create(mock)
    assert len(ids(listed(mock, clock, limit=MAXIMUM))) == MAXIMUM
    assert len(ids(listed(mock, clock, limit=MAXIMUM + 1))) == rows
    assert len(ids(listed(mock, clock))) == DEFAULT_LIMIT


def test_the_maximum_is_that_of_the_contract() -> None:
    body = {"start_time": 1, "end_time": 2}
    assert check("get_groupmsg_list_v2", {**body, "limit": MAXIMUM}) == []
    [warning] = check("get_groupmsg_list_v2", {**body, "limit": MAXIMUM + 1})
    assert warning.rule == "get_groupmsg_list_v2.limit.over-maximum"


@pytest.mark.parametrize("seconds", [-1, 31 * 86400 + 1])
def test_a_bad_period_has_a_code_of_its_own(mock: Any, clock: Any, seconds: int) -> None:
    now = int(clock())
    assert listed(mock, clock, start_time=now, end_time=now + seconds).errcode == 600018
