"""Moments: the job that makes one, who is asked, who can see it, lists in pages, cancel, ten a minute."""

from __future__ import annotations

from typing import Any

import pytest

from wecom_mock import App, Customer, Settings, State, make_company
from wecom_mock.caller import Caller

TEXT = {"text": {"content": "新品上市"}}
A, B, C = (
    "woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA",
    "wmqfasd1e1927831123109rBAAAA",
    "wo540F98E0E27BAF203E2AEB5468C93A",
)
CHATTED_LISI, CHATTED_ZHANGSAN = "wmDemoSharedChattedWithLisiAAAAA", "wmDemoSharedChattedWithZhangAAAA"
OF_LISI = "wmCB22A6F6B4086E3513984E26BD8D4A"
SHOWN, ALSO_SHOWN, OTHER = (
    "ete19278asuMT123109rBAAAA",
    "ete19MT12278109UYteaBAAAA",
    "eteIlKKHSDfuMT18Kg9rBAAAA",
)
NOBODYS = "eteDemoTagOfNobodyAAAAAAA"
DAY = 24 * 3600


def range_of(
    users: list[str] | None = None, departments: list[int] | None = None, tags: list[str] | None = None
) -> dict[str, Any]:
    """A visible_range with the lists that are given."""
    senders = {
        name: each
        for name, each in (("user_list", users), ("department_list", departments))
        if each is not None
    }
    found: dict[str, Any] = {"sender_list": senders} if senders else {}
    return {**found, "external_contact_list": {"tag_list": tags}} if tags is not None else found


def start(mock: Any, secret: str | None = None, **body: Any) -> str:
    answer = mock.call("add_moment_task", {**TEXT, **body}, token=mock.token(secret))
    assert answer.errcode == 0, answer.body
    return str(answer.body["jobid"])


def outcome(mock: Any, jobid: str) -> dict[str, Any]:
    answer = mock.call("get_moment_task_result", {"jobid": jobid})
    assert (answer.errcode, answer.body["status"], answer.body["type"]) == (0, 3, "add_moment_task")
    return dict(answer.body["result"])


def create(mock: Any, secret: str | None = None, **body: Any) -> str:
    result = outcome(mock, start(mock, secret, **body))
    assert result["errcode"] == 0, result
    return str(result["moment_id"])


def rows(mock: Any, operation: str, field: str, body: dict[str, Any], secret: str | None = None) -> list[Any]:
    answer = mock.call(operation, body, token=mock.token(secret))
    assert answer.errcode == 0, answer.body
    return list(answer.body[field])


def asked(mock: Any, moment_id: str, secret: str | None = None) -> list[str]:
    found = rows(mock, "get_moment_task", "task_list", {"moment_id": moment_id}, secret)
    return [row["userid"] for row in found]


def seen(mock: Any, moment_id: str, userid: str) -> list[str]:
    body = {"moment_id": moment_id, "userid": userid}
    return [row["external_userid"] for row in rows(mock, "get_moment_send_result", "customer_list", body)]


def listed(mock: Any, clock: Any, secret: str | None = None, **more: Any) -> list[dict[str, Any]]:
    now = int(clock())
    body = {"start_time": now - DAY, "end_time": now, **more}
    return rows(mock, "get_moment_list", "moment_list", body, secret)


def refused(mock: Any, operation: str, **body: Any) -> tuple[int | None, str | None]:
    answer = mock.call(operation, body)
    return answer.errcode, answer.reason


def test_a_moment_waits_until_its_members_publish_it(mock: Any, state: State, clock: Any) -> None:
    moment = create(mock, visible_range=range_of(users=["zhangsan", "lisi"]))
    body = {"moment_id": moment}
    assert rows(mock, "get_moment_task", "task_list", body) == [
        {"userid": "zhangsan", "publish_status": 0},
        {"userid": "lisi", "publish_status": 0},
    ]
    assert refused(mock, "get_moment_send_result", moment_id=moment, userid="zhangsan") == (
        41062,
        "moment.unpublished",
    )
    state.publish_moment(moment, "zhangsan", clock())
    assert rows(mock, "get_moment_task", "task_list", body) == [
        {"userid": "zhangsan", "publish_status": 1},
        {"userid": "lisi", "publish_status": 0},
    ]
    assert seen(mock, moment, "zhangsan") == [A, B, C, CHATTED_LISI, CHATTED_ZHANGSAN]


@pytest.mark.parametrize(
    ("wanted", "members", "visible_type"),
    [
        (None, ["zhangsan", "lisi", "wangwu", "lisi2"], 1),
        ({}, ["zhangsan", "lisi", "wangwu", "lisi2"], 1),
        (range_of(users=[], departments=[], tags=[]), ["zhangsan", "lisi", "wangwu", "lisi2"], 1),
        (range_of(users=["lisi", "lisi"]), ["lisi"], 1),
        (range_of(departments=[2]), ["zhangsan", "lisi"], 1),
        (range_of(users=["lisi2"], departments=[3, 2]), ["lisi2", "wangwu", "zhangsan", "lisi"], 1),
        (range_of(users=["lisi2"], tags=[SHOWN]), ["lisi2"], 0),
        (range_of(tags=[SHOWN]), ["zhangsan"], 0),
        (range_of(tags=[SHOWN, ALSO_SHOWN]), ["zhangsan", "lisi"], 0),
    ],
)
def test_who_is_asked(
    mock: Any, clock: Any, wanted: dict[str, Any] | None, members: list[str], visible_type: int
) -> None:
    moment = create(mock, **({} if wanted is None else {"visible_range": wanted}))
    assert asked(mock, moment) == members
    (row,) = listed(mock, clock)
    assert (row["moment_id"], row["visible_type"]) == (moment, visible_type)


def test_everybody_is_warned_of(mock: Any) -> None:
    warned = [mock.call("add_moment_task", {**TEXT, **more}).warnings for more in ({}, {"visible_range": {}})]
    assert warned == [("add_moment_task.audience.everyone",)] * 2
    assert mock.call("add_moment_task", {**TEXT, "visible_range": range_of(tags=[SHOWN])}).warnings == ()


def test_an_unknown_key_never_reaches_the_company(mock: Any, state: State) -> None:
    answer = mock.call("add_moment_task", {**TEXT, "visible_range": {"sender_list": {"userid": ["lisi"]}}})
    assert (answer.errcode, answer.rule) == (40058, "add_moment_task.visible_range.sender_list.unknown-field")
    assert (state.moments.jobs, state.moments.by_id) == ({}, {})


def test_tags_choose_the_customers_of_each_member(mock: Any, state: State, clock: Any) -> None:
    moment = create(mock, visible_range=range_of(users=["zhangsan", "lisi"], tags=[ALSO_SHOWN, NOBODYS]))
    for userid in ("zhangsan", "lisi"):
        state.publish_moment(moment, userid, clock())
    assert (seen(mock, moment, "zhangsan"), seen(mock, moment, "lisi")) == ([B], [OF_LISI])
    empty = create(mock, visible_range=range_of(users=["wangwu"], tags=[NOBODYS]))
    state.publish_moment(empty, "wangwu", clock())
    assert seen(mock, empty, "wangwu") == []


def test_who_parted_before_the_publication_does_not_see_it(mock: Any, state: State, clock: Any) -> None:
    moment = create(mock, visible_range=range_of(users=["zhangsan"], tags=[SHOWN]))
    state.unfriend("zhangsan", A)
    state.publish_moment(moment, "zhangsan", clock())
    state.unfriend("zhangsan", C)
    assert seen(mock, moment, "zhangsan") == [C]


def test_the_result_names_what_was_not_taken(mock: Any) -> None:
    wanted = range_of(users=["nobody", "zhangsan"], departments=[2, 7], tags=[SHOWN, "etUnknown"])
    result = outcome(mock, start(mock, visible_range=wanted))
    assert result["invalid_sender_list"] == {"user_list": ["nobody"], "department_list": [7]}
    assert result["invalid_external_contact_list"] == {"tag_list": ["etUnknown"]}
    assert asked(mock, result["moment_id"]) == ["zhangsan", "lisi"]
    clean = outcome(mock, start(mock, visible_range=range_of(users=["lisi"])))
    assert clean.pop("moment_id") != result["moment_id"]
    assert clean == {
        "errcode": 0,
        "errmsg": "ok",
        "invalid_sender_list": {"user_list": [], "department_list": []},
        "invalid_external_contact_list": {"tag_list": []},
    }


@pytest.mark.parametrize(
    "wanted",
    [
        range_of(users=["nobody"]),
        range_of(departments=[7]),
        range_of(tags=["etUnknown"]),
        range_of(tags=[NOBODYS]),
        range_of(users=["zhangsan"], tags=["etUnknown"]),
    ],
)
def test_a_job_that_finds_nobody_makes_no_moment(mock: Any, state: State, wanted: dict[str, Any]) -> None:
    result = outcome(mock, start(mock, visible_range=wanted))
    assert (result["errcode"], "moment_id" in result, state.moments.by_id) == (81013, False, {})


def test_an_app_asks_and_shows_only_whom_it_sees(mock: Any, clock: Any) -> None:
    sales = "demo-sales"
    result = outcome(
        mock, start(mock, sales, visible_range=range_of(users=["zhangsan", "lisi"], departments=[2, 3]))
    )
    assert result["invalid_sender_list"] == {"user_list": ["zhangsan"], "department_list": [3]}
    assert asked(mock, result["moment_id"]) == ["lisi"]
    everyone = create(mock, sales)
    assert asked(mock, everyone) == ["lisi"]
    by_tag = create(mock, sales, visible_range=range_of(tags=[OTHER]))
    assert asked(mock, by_tag) == ["lisi"]
    others = create(mock, visible_range=range_of(users=["zhangsan"]))
    both = create(mock, visible_range=range_of(users=["zhangsan", "lisi"]))
    assert asked(mock, both, sales) == ["lisi"]
    assert others not in [row["moment_id"] for row in listed(mock, clock, sales)]
    assert [row["moment_id"] for row in listed(mock, clock)][-2:] == [others, both]
    body = {"moment_id": both, "userid": "zhangsan"}
    assert mock.call("get_moment_send_result", body, token=mock.token(sales)).errcode == 41061


def test_publish_and_post_say_what_they_can_not_do(mock: Any, state: State, clock: Any) -> None:
    moment = create(mock, visible_range=range_of(users=["zhangsan", "lisi"]))
    with pytest.raises(LookupError, match="has no moment"):
        state.publish_moment("momNone", "zhangsan", clock())
    with pytest.raises(LookupError, match="wangwu has no moment"):
        state.publish_moment(moment, "wangwu", clock())
    state.publish_moment(moment, "zhangsan", clock())
    with pytest.raises(ValueError, match="already published"):
        state.publish_moment(moment, "zhangsan", clock())
    assert mock.call("cancel_moment_task", {"moment_id": moment}).errcode == 0
    with pytest.raises(ValueError, match="was cancelled"):
        state.publish_moment(moment, "lisi", clock())
    with pytest.raises(LookupError, match="no member nobody"):
        state.post_moment("nobody", "hi", clock())


def test_what_is_published_stays_after_a_cancel(mock: Any, state: State, clock: Any) -> None:
    moment = create(mock, visible_range=range_of(users=["zhangsan", "lisi"], tags=[SHOWN]))
    state.publish_moment(moment, "zhangsan", clock())
    for _ in range(2):
        assert mock.call("cancel_moment_task", {"moment_id": moment}).errcode == 0
    assert seen(mock, moment, "zhangsan") == [A, C]
    assert [row["moment_id"] for row in listed(mock, clock)] == [moment]
    assert refused(mock, "get_moment_send_result", moment_id=moment, userid="lisi")[0] == 41062


@pytest.mark.parametrize(
    ("operation", "more"),
    [("get_moment_task", {}), ("get_moment_send_result", {"userid": "zhangsan"}), ("cancel_moment_task", {})],
)
def test_an_unknown_moment_is_41060(mock: Any, operation: str, more: dict[str, str]) -> None:
    assert refused(mock, operation, moment_id="momxxx", **more) == (41060, "moment.unknown")


@pytest.mark.parametrize("operation", ["get_moment_task", "cancel_moment_task"])
def test_a_members_own_moment_has_no_task(mock: Any, state: State, clock: Any, operation: str) -> None:
    own = state.post_moment("zhangsan", "我自己的", clock())
    assert refused(mock, operation, moment_id=own.moment_id) == (41067, "moment.not-of-corp")
    assert not own.cancelled
    assert seen(mock, own.moment_id, "zhangsan") == [A, B, C, CHATTED_LISI, CHATTED_ZHANGSAN]


@pytest.mark.parametrize("userid", ["lisi", "nobody"])
def test_the_result_of_a_member_who_was_not_asked_is_41061(mock: Any, userid: str) -> None:
    moment = create(mock, visible_range=range_of(users=["zhangsan"]))
    assert refused(mock, "get_moment_send_result", moment_id=moment, userid=userid) == (
        41061,
        "moment.not-of-member",
    )


def test_a_job_is_known_for_24_hours(mock: Any, clock: Any) -> None:
    jobid = start(mock, visible_range=range_of(users=["zhangsan"]))
    clock.forward(DAY - 1)
    moment = outcome(mock, jobid)["moment_id"]
    clock.forward(1)
    assert refused(mock, "get_moment_task_result", jobid=jobid) == (40088, "job.unknown")
    assert refused(mock, "get_moment_task_result", jobid="xxxx") == (40088, "job.unknown")
    assert asked(mock, moment) == ["zhangsan"]


def test_a_job_takes_its_time(clock: Any) -> None:
    mock = Caller(State(settings=Settings(moment_dispatch_seconds=10)), clock)
    jobid = start(mock, visible_range=range_of(users=["zhangsan"]))
    (moment,) = mock.state.moments.by_id
    states = []
    for seconds in (0, 4.9, 0.1, 4.9, 0.1):
        clock.forward(seconds)
        body = mock.call("get_moment_task_result", {"jobid": jobid}).body
        there = mock.call("get_moment_task", {"moment_id": moment}).errcode == 0
        assert ("result" in body, bool(listed(mock, clock))) == (there, there)
        if not there:
            with pytest.raises(LookupError):
                mock.state.publish_moment(moment, "zhangsan", clock())
        states.append((body["status"], there))
    assert states == [(1, False), (1, False), (2, False), (2, False), (3, True)]


def test_ten_a_minute(mock: Any, clock: Any) -> None:
    wanted = range_of(users=["zhangsan"])
    start(mock, visible_range=wanted)
    clock.forward(30)
    for _ in range(9):
        start(mock, visible_range=wanted)
    assert refused(mock, "add_moment_task", **TEXT, visible_range=wanted) == (45009, "moment.too-often")
    clock.forward(29.9)
    assert refused(mock, "add_moment_task", **TEXT, visible_range=wanted)[0] == 45009
    clock.forward(0.1)
    start(mock, visible_range=wanted)
    assert refused(mock, "add_moment_task", **TEXT, visible_range=wanted)[0] == 45009
    clock.forward(30)
    for _ in range(9):
        start(mock, visible_range=wanted)
    assert refused(mock, "add_moment_task", **TEXT, visible_range=wanted)[0] == 45009


def test_refused_calls_do_not_count(mock: Any) -> None:
    for _ in range(12):
        assert mock.call("add_moment_task", {}).errcode == 41089
    start(mock, visible_range=range_of(users=["zhangsan"]))


def test_the_limit_of_a_minute_can_be_switched_off(clock: Any) -> None:
    mock = Caller(State(settings=Settings(moments_per_minute=None)), clock)
    for _ in range(25):
        start(mock, visible_range=range_of(users=["zhangsan"]))


def test_the_list_shows_what_was_made(mock: Any, state: State, clock: Any) -> None:
    few = range_of(users=["zhangsan"], tags=[SHOWN])
    images = [{"msgtype": "image", "image": {"media_id": f"M{n}"}} for n in (1, 2)]
    video = [{"msgtype": "video", "video": {"media_id": "V"}}]
    link = {"title": "t", "url": "https://example.com/", "media_id": "M"}
    bare = {key: link[key] for key in ("url", "media_id")}
    now = int(clock())
    ids = [
        create(mock, visible_range=few, attachments=images),
        create(mock, visible_range=range_of(users=["zhangsan"]), attachments=video, text={}),
        create(mock, visible_range=few, attachments=[{"msgtype": "link", "link": link}]),
        create(mock, visible_range=few, attachments=[{"msgtype": "link", "link": bare}]),
    ]
    own = state.post_moment("lisi", "我自己的", clock())
    corp = {"create_time": now, "create_type": 0, "visible_type": 0, "text": TEXT["text"]}
    assert listed(mock, clock) == [
        {"moment_id": ids[0], **corp, "image": [{"media_id": "M1"}, {"media_id": "M2"}]},
        {
            "moment_id": ids[1], "create_time": now, "create_type": 0, "visible_type": 1,
            "video": {"media_id": "V"},
        },
        {"moment_id": ids[2], **corp, "link": {"title": "t", "url": "https://example.com/"}},
        {"moment_id": ids[3], **corp, "link": {"url": "https://example.com/"}},
        {
            "moment_id": own.moment_id, "creator": "lisi", "create_time": now, "create_type": 1,
            "visible_type": 1, "text": {"content": "我自己的"},
        },
    ]  # fmt: skip


def test_the_list_is_filtered_by_kind_creator_and_time(mock: Any, state: State, clock: Any) -> None:
    early = int(clock())
    first = create(mock, visible_range=range_of(users=["zhangsan"]))
    clock.forward(100)
    late = int(clock())
    second = state.post_moment("zhangsan", "a", clock()).moment_id
    third = state.post_moment("lisi", "b", clock()).moment_id

    def ids(**more: Any) -> list[str]:
        return [row["moment_id"] for row in listed(mock, clock, **more)]

    assert ids() == ids(filter_type=2) == [first, second, third]
    assert ids(filter_type=0) == [first]
    assert ids(filter_type=1) == [second, third]
    assert ids(creator="lisi") == [third]
    assert ids(creator="lisi", filter_type=0) == ids(creator="nobody") == []
    assert ids(start_time=early, end_time=early) == ids(start_time=early, end_time=late - 1) == [first]
    assert ids(start_time=early + 1, end_time=late) == ids(start_time=late, end_time=late) == [second, third]
    assert ids(start_time=late + 1, end_time=late + 2) == []
    answer = mock.call("get_moment_list", {"start_time": early, "end_time": early + 30 * DAY + 1})
    assert (answer.errcode, answer.rule) == (600018, "get_moment_list.span")


def test_lists_come_in_pages_and_a_cursor_belongs_to_its_list(clock: Any) -> None:
    members = [f"m{n}" for n in range(5)]
    customers = [Customer(external_userid=f"wm{n}", followed_by=("m0",), last_chat="m0") for n in range(5)]
    company = make_company(
        corpid="ww1",
        apps=[App(name="a", secret="s")],
        members=members,
        customers=customers,
    )
    mock = Caller(State(company, Settings(moments_per_minute=None)), clock)
    moments = [create(mock, visible_range=range_of(users=members)) for _ in range(25)]
    mock.state.publish_moment(moments[0], "m0", clock())
    period = {"start_time": int(clock()), "end_time": int(clock())}
    one = {"moment_id": moments[0]}
    lists: list[tuple[str, str, str, dict[str, Any], list[str], int]] = [
        ("get_moment_list", "moment_list", "moment_id", period, moments, 10),
        ("get_moment_task", "task_list", "userid", one, members, 2),
        (
            "get_moment_send_result",
            "customer_list",
            "external_userid",
            {**one, "userid": "m0"},
            [f"wm{n}" for n in range(5)],
            2,
        ),
    ]
    cursors = {}
    for operation, field, key, body, expected, size in lists:
        found, sizes, cursor = [], [], ""
        while True:
            answer = mock.call(operation, {**body, "limit": size, "cursor": cursor})
            found += [row[key] for row in answer.body[field]]
            sizes.append(len(answer.body[field]))
            cursor = answer.body["next_cursor"]
            if not cursor:
                break
            cursors[operation] = cursor
        assert (found, sizes) == (expected, [size, size, len(expected) - 2 * size])
    assert len(rows(mock, "get_moment_list", "moment_list", period)) == 20
    for operation, _, _, body, _, _ in lists:
        for other, cursor in cursors.items():
            assert mock.call(operation, {**body, "cursor": cursor}).errcode == (
                0 if other == operation else 50100
            )
    assert (
        refused(mock, "get_moment_list", **period, filter_type=0, cursor=cursors["get_moment_list"])[0]
        == 50100
    )
    assert (
        refused(mock, "get_moment_task", moment_id=moments[1], cursor=cursors["get_moment_task"])[0] == 50100
    )


@pytest.mark.parametrize("check_media", [True, False])
def test_media_are_looked_at_where_the_settings_say_so(clock: Any, check_media: bool) -> None:
    mock = Caller(State(settings=Settings(check_media=check_media)), clock)
    link = {"url": "https://example.com/", "media_id": "Unknown"}
    body = {"attachments": [{"msgtype": "link", "link": link}], "visible_range": range_of(users=["zhangsan"])}
    answer = mock.call("add_moment_task", body)
    assert (answer.errcode, answer.reason) == ((40007, "media.unknown") if check_media else (0, None))
    link["media_id"] = "MEDIA_ID"
    assert mock.call("add_moment_task", body).errcode == 0


def test_reset_forgets_moments_and_ids_start_over(mock: Any, state: State) -> None:
    wanted = range_of(users=["zhangsan"])
    first = [create(mock, visible_range=wanted) for _ in range(10)]
    state.reset()
    assert refused(mock, "get_moment_task", moment_id=first[0])[0] == 41060
    assert [create(mock, visible_range=wanted) for _ in range(10)] == first
    assert len(set(first)) == 10


def test_an_app_without_customer_contact_may_not(mock: Any) -> None:
    answer = mock.call("add_moment_task", TEXT, token=mock.token("demo-hr"))
    assert answer.errcode == 48002
