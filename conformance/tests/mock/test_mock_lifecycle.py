"""The life of a task: confirm, read in pages, remind, cancel, dispatch time, quota."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from wecom_mock import Settings, State
from wecom_mock.caller import Caller
from wecom_mock.quota import period

TEXT = {"text": {"content": "新品上市"}}
A, B, C = (
    "woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA",
    "wmqfasd1e1927831123109rBAAAA",
    "wo540F98E0E27BAF203E2AEB5468C93A",
)
OF_LISI = "wmCB22A6F6B4086E3513984E26BD8D4A"
ROOM, ROOM2 = "wr2GCAAAXtWyujaWJHDDGasdadAAA", "wrDemoSecondGroupOfZhangsanAA"
DAY = 24 * 3600


def create(mock: Any, **body: Any) -> str:
    answer = mock.call("add_msg_template", {**TEXT, **body})
    assert answer.errcode == 0, answer.body
    return str(answer.body["msgid"])


def members(mock: Any, msgid: str, **more: Any) -> list[dict[str, Any]]:
    answer = mock.call("get_groupmsg_task", {"msgid": msgid, **more})
    assert answer.errcode == 0, answer.body
    return list(answer.body["task_list"])


def results(mock: Any, msgid: str, userid: str = "zhangsan", **more: Any) -> list[dict[str, Any]]:
    answer = mock.call("get_groupmsg_send_result", {"msgid": msgid, "userid": userid, **more})
    assert answer.errcode == 0, answer.body
    return list(answer.body["send_list"])


def statuses(mock: Any, msgid: str, userid: str = "zhangsan") -> list[int]:
    return [row["status"] for row in results(mock, msgid, userid)]


def test_a_task_waits_until_its_member_confirms(mock: Any, state: State, clock: Any) -> None:
    msgid = create(mock, external_userid=[A, OF_LISI])
    assert members(mock, msgid) == [{"userid": "zhangsan", "status": 0}, {"userid": "lisi", "status": 0}]
    assert results(mock, msgid) == [{"external_userid": A, "userid": "zhangsan", "status": 0}]
    clock.forward(60.9)
    state.confirm(msgid, "zhangsan", clock())
    sent = int(clock())
    assert members(mock, msgid) == [
        {"userid": "zhangsan", "status": 2, "send_time": sent},
        {"userid": "lisi", "status": 0},
    ]
    assert results(mock, msgid) == [
        {"external_userid": A, "userid": "zhangsan", "status": 1, "send_time": sent}
    ]
    assert statuses(mock, msgid, "lisi") == [0]


def test_group_rows_have_a_chat_id_and_come_with_the_confirmation(
    mock: Any, state: State, clock: Any
) -> None:
    msgid = create(mock, chat_type="group", sender="zhangsan")
    assert results(mock, msgid) == []
    state.confirm(msgid, "zhangsan", clock())
    assert results(mock, msgid) == [
        {"chat_id": chat_id, "userid": "zhangsan", "status": 1, "send_time": int(clock())}
        for chat_id in (ROOM, ROOM2)
    ]


def test_unsent_group_rows_can_be_shown(clock: Any) -> None:
    caller = Caller(State(settings=Settings(group_result_rows="all")), clock)
    msgid = create(caller, chat_type="group", sender="zhangsan")
    assert [row["status"] for row in results(caller, msgid)] == [0, 0]


def test_who_is_no_friend_any_more_gets_status_2_without_a_time(mock: Any, state: State, clock: Any) -> None:
    msgid = create(mock, sender="zhangsan", external_userid=[A, B])
    state.unfriend("zhangsan", A)
    state.confirm(msgid, "zhangsan", clock())
    assert statuses(mock, msgid) == [2, 1]
    assert "send_time" not in results(mock, msgid)[0]


def test_confirm_says_what_it_can_not_do(mock: Any, state: State, clock: Any) -> None:
    msgid = create(mock, sender="zhangsan", external_userid=[A])
    with pytest.raises(LookupError, match="has no task"):
        state.confirm("msgNone", "zhangsan", clock())
    with pytest.raises(LookupError, match="lisi has no task"):
        state.confirm(msgid, "lisi", clock())
    state.confirm(msgid, "zhangsan", clock())
    with pytest.raises(ValueError, match="already confirmed"):
        state.confirm(msgid, "zhangsan", clock())
    other = create(mock, sender="zhangsan", external_userid=[A])
    mock.call("cancel_groupmsg_send", {"msgid": other})
    with pytest.raises(ValueError, match="was cancelled"):
        state.confirm(other, "zhangsan", clock())


@pytest.mark.parametrize(
    "operation",
    ["get_groupmsg_task", "get_groupmsg_send_result", "remind_groupmsg_send", "cancel_groupmsg_send"],
)
def test_an_unknown_msgid_is_41047(mock: Any, operation: str) -> None:
    more = {"userid": "zhangsan"} if operation == "get_groupmsg_send_result" else {}
    answer = mock.call(operation, {"msgid": "msgGCAAAXtWyujaWJHDDGi0mACAAAA", **more})
    assert (answer.errcode, answer.errmsg) == (41047, "invalid group msg id")


def test_results_of_an_unknown_member_are_60111_and_of_an_uninvolved_one_empty(mock: Any) -> None:
    msgid = create(mock, sender="zhangsan", external_userid=[A])
    answer = mock.call("get_groupmsg_send_result", {"msgid": msgid, "userid": "nobody"})
    assert (answer.errcode, answer.reason) == (60111, "userid.unknown")
    assert results(mock, msgid, "wangwu") == []


def paged(mock: Any, operation: str, rows: str, **body: Any) -> list[list[dict[str, Any]]]:
    pages, cursor = [], ""
    while True:
        answer = mock.call(operation, {**body, "cursor": cursor})
        assert answer.errcode == 0
        pages.append(list(answer.body[rows]))
        cursor = answer.body["next_cursor"]
        if not cursor:
            return pages


@pytest.mark.parametrize(
    ("limit", "sizes"), [(1, [1] * 5), (2, [2, 2, 1]), (4, [4, 1]), (5, [5]), (1000, [5])]
)
def test_results_come_in_pages_that_lose_and_repeat_nothing(mock: Any, limit: int, sizes: list[int]) -> None:
    msgid = create(mock, sender="zhangsan")
    pages = paged(mock, "get_groupmsg_send_result", "send_list", msgid=msgid, userid="zhangsan", limit=limit)
    assert [len(page) for page in pages] == sizes
    assert [row for page in pages for row in page] == results(mock, msgid)


def test_tasks_come_in_pages_too(mock: Any) -> None:
    msgid = create(mock, external_userid=[A, OF_LISI])
    pages = paged(mock, "get_groupmsg_task", "task_list", msgid=msgid, limit=1)
    assert [[row["userid"] for row in page] for page in pages] == [["zhangsan"], ["lisi"]]


def test_the_default_page_has_500_rows(clock: Any) -> None:
    from wecom_mock import App, Customer, make_company

    ids = [f"wm{number:04d}" for number in range(501)]
    company = make_company(
        corpid="ww1",
        apps=[App(name="only", secret="s")],
        members=["m"],
        customers=[Customer(external_userid=one, followed_by=("m",), last_chat="m") for one in ids],
    )
    caller = Caller(State(company), clock)
    msgid = create(caller, sender="m")
    pages = paged(caller, "get_groupmsg_send_result", "send_list", msgid=msgid, userid="m")
    assert [len(page) for page in pages] == [500, 1]
    assert [row["external_userid"] for page in pages for row in page] == ids


def test_a_page_keeps_its_place_when_group_rows_come_to_be_shown(mock: Any, state: State, clock: Any) -> None:
    msgid = create(mock, chat_type="group", sender="zhangsan")
    state.confirm(msgid, "zhangsan", clock())
    first = mock.call("get_groupmsg_send_result", {"msgid": msgid, "userid": "zhangsan", "limit": 1})
    assert [row["chat_id"] for row in first.body["send_list"]] == [ROOM]
    rest = results(mock, msgid, cursor=first.body["next_cursor"])
    assert [row["chat_id"] for row in rest] == [ROOM2]


def test_a_limit_written_as_1_0_is_1(mock: Any) -> None:
    msgid = create(mock, sender="zhangsan")
    raw = b'{"msgid":"%s","userid":"zhangsan","limit":2.0}' % msgid.encode()
    answer = mock.call("get_groupmsg_send_result", raw)
    assert len(answer.body["send_list"]) == 2


def test_only_a_cursor_of_the_same_list_is_taken(mock: Any) -> None:
    msgid = create(mock, external_userid=[A, B, OF_LISI])
    other = create(mock, external_userid=[A, B, OF_LISI])
    body = {"msgid": msgid, "userid": "zhangsan", "limit": 1}
    good = mock.call("get_groupmsg_send_result", body).body["next_cursor"]
    assert good
    assert mock.call("get_groupmsg_send_result", {**body, "cursor": good}).errcode == 0
    tail = good[24:]
    bad = ["x", "CURSOR", good[:-1], good + "1", good.upper() + " ", good[:24] + "0", good[:24] + "２"]
    bad += ["0" * 24 + tail, good[:24] + "f" * 8, good[:24] + "1" * 9, "0" * 100_000, good[:24] + "-1"]
    for cursor in bad:
        answer = mock.call("get_groupmsg_send_result", {**body, "cursor": cursor})
        assert (answer.errcode, answer.reason) == (50100, "cursor.bad"), cursor
    for elsewhere in ({"msgid": other}, {"userid": "lisi"}, {"userid": "wangwu"}):
        assert mock.call("get_groupmsg_send_result", {**body, **elsewhere, "cursor": good}).errcode == 50100
    assert mock.call("get_groupmsg_task", {"msgid": msgid, "cursor": good}).errcode == 50100


def test_three_reminders_in_24_hours_and_the_window_slides(mock: Any, clock: Any) -> None:
    msgid = create(mock, sender="zhangsan", external_userid=[A])
    other = create(mock, sender="zhangsan", external_userid=[A])

    def remind(task: str) -> int:
        return int(mock.call("remind_groupmsg_send", {"msgid": task}).errcode)

    assert remind(msgid) == 0
    clock.forward(3600)
    assert [remind(msgid), remind(msgid)] == [0, 0]
    assert remind(msgid) == 41094
    assert remind(other) == 0
    clock.forward(DAY - 3600 - 0.5)
    assert remind(msgid) == 41094
    clock.forward(0.5)
    assert remind(msgid) == 0
    assert remind(msgid) == 41094


def test_a_cancelled_task_answers_41093_everywhere_and_what_was_sent_stays_sent(
    mock: Any, state: State, clock: Any
) -> None:
    msgid = create(mock, external_userid=[A, OF_LISI])
    state.confirm(msgid, "zhangsan", clock())
    assert mock.call("cancel_groupmsg_send", {"msgid": msgid}).body == {"errcode": 0, "errmsg": "ok"}
    for operation in ("get_groupmsg_task", "remind_groupmsg_send", "cancel_groupmsg_send"):
        answer = mock.call(operation, {"msgid": msgid})
        assert (answer.errcode, answer.errmsg) == (41093, "group message canceled")
    assert mock.call("get_groupmsg_send_result", {"msgid": msgid, "userid": "zhangsan"}).errcode == 41093
    task = state.tasks[msgid]
    assert [one.status for one in task.assignments["zhangsan"].deliveries] == [1]
    assert [one.status for one in task.assignments["lisi"].deliveries] == [0]


@pytest.mark.parametrize("code", [41063, 41047])
def test_a_fresh_task_can_be_hidden_while_it_is_dispatched(clock: Any, code: Any) -> None:
    caller = Caller(State(settings=Settings(dispatch_seconds=2.0, dispatch_code=code)), clock)
    msgid = create(caller, sender="zhangsan", external_userid=[A])
    clock.forward(1.75)
    assert caller.call("get_groupmsg_task", {"msgid": msgid}).errcode == code
    assert caller.call("get_groupmsg_send_result", {"msgid": msgid, "userid": "zhangsan"}).errcode == code
    clock.forward(0.25)
    assert members(caller, msgid) == [{"userid": "zhangsan", "status": 0}]


def spend(caller: Any, state: State, clock: Any, times: int, target: str = A) -> list[int]:
    """Create and confirm that many tasks for one customer; the status of each delivery."""
    found = []
    for _ in range(times):
        msgid = create(caller, sender="zhangsan", external_userid=[target])
        state.confirm(msgid, "zhangsan", clock())
        found += statuses(caller, msgid)
    return found


CHINA = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("policy", "start", "limit", "last_moment", "next_moment"),
    [
        ("days-of-month", "2026-11-22T12:00", 30, "2026-11-30T23:59", "2026-12-01T00:00"),
        ("days-of-month", "2026-12-31T00:00", 31, "2026-12-31T23:59", "2027-01-01T00:00"),
        ("days-of-month", "2028-02-01T00:00", 29, "2028-02-29T23:59", "2028-03-01T00:00"),
        ("per-month-4", "2026-11-22T12:00", 4, "2026-11-30T23:59", "2026-12-01T00:00"),
        ("per-week-7", "2026-11-22T12:00", 7, "2026-11-22T23:59", "2026-11-23T00:00"),
        ("per-week-7", "2026-12-28T00:00", 7, "2027-01-03T23:59", "2027-01-04T00:00"),
        ("per-day-1", "2026-11-22T00:00", 1, "2026-11-22T23:59", "2026-11-23T00:00"),
    ],
)
def test_quota_counts_to_the_limit_and_starts_anew_with_the_period(
    clock: Any, policy: Any, start: str, limit: int, last_moment: str, next_moment: str
) -> None:
    def at(text: str) -> float:
        return datetime.fromisoformat(text).replace(tzinfo=CHINA).timestamp()

    state = State(settings=Settings(quota_policy=policy))
    caller = Caller(state, clock)
    clock.now = at(start)
    assert spend(caller, state, clock, limit) == [1] * limit
    for moment in (at(start), at(last_moment)):
        clock.now = moment
        answer = caller.call("add_msg_template", {**TEXT, "sender": "zhangsan", "external_userid": [A]})
        assert (answer.errcode, answer.errmsg) == (41048, "no customer to send")
        assert answer.reason == "audience.quota-used-up"
    # Another customer has a quota of its own.
    assert spend(caller, state, clock, 1, B) == [1]
    clock.now = at(next_moment)
    assert spend(caller, state, clock, 1) == [1]


def test_some_over_quota_show_status_3_and_the_others_get_it(clock: Any) -> None:
    state = State(settings=Settings(quota_policy="per-day-1"))
    caller = Caller(state, clock)
    assert spend(caller, state, clock, 1) == [1]
    msgid = create(caller, sender="zhangsan", external_userid=[A, B])
    state.confirm(msgid, "zhangsan", clock())
    assert statuses(caller, msgid) == [3, 1]
    assert "send_time" not in results(caller, msgid)[0]


def test_creating_alone_costs_nothing(clock: Any) -> None:
    state = State(settings=Settings(quota_policy="per-day-1"))
    caller = Caller(state, clock)
    tasks = [create(caller, sender="zhangsan", external_userid=[A]) for _ in range(2)]
    for msgid in tasks:
        state.confirm(msgid, "zhangsan", clock())
    assert [statuses(caller, msgid) for msgid in tasks] == [[1], [3]]


def test_quota_can_surface_only_in_the_result(clock: Any) -> None:
    state = State(settings=Settings(quota_policy="per-day-1", quota_surfaces="result"))
    caller = Caller(state, clock)
    assert spend(caller, state, clock, 3) == [1, 3, 3]


def test_quota_counts_a_group_once_whoever_asks(clock: Any) -> None:
    state = State(settings=Settings(quota_policy="per-day-1"))
    caller = Caller(state, clock)
    msgid = create(caller, chat_type="group", sender="zhangsan", chat_id_list=[ROOM])
    state.confirm(msgid, "zhangsan", clock())
    again = caller.call(
        "add_msg_template", {**TEXT, "chat_type": "group", "sender": "zhangsan", "chat_id_list": [ROOM]}
    )
    assert again.errcode == 41048


def test_quota_can_be_switched_off(clock: Any) -> None:
    state = State(settings=Settings(quota_policy="unlimited"))
    caller = Caller(state, clock)
    assert spend(caller, state, clock, 40) == [1] * 40
    assert period("unlimited", clock()) == ("", None)


@pytest.mark.parametrize(
    "setting",
    [
        {"group_sender_absent": "ignore"},
        {"quota_policy": "per-day-2"},
        {"quota_surfaces": "never"},
        {"group_result_rows": "none"},
        {"bad_secret_code": 40002},
        {"dispatch_code": 0},
        {"max_body_bytes": 0},
    ],
)
def test_a_setting_that_is_none_is_refused(setting: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(setting))):
        Settings(**setting)
