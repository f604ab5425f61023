"""add_msg_template: who gets the message, who ends up in fail_list, who makes the call fail."""

from __future__ import annotations

from typing import Any

import pytest

from wecom_mock import App, Customer, Group, Settings, State, demo_company, make_company
from wecom_mock.caller import Caller

TEXT = {"text": {"content": "新品上市"}}
# The ids of the vendor's examples.
A, B, C = (
    "woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA",
    "wmqfasd1e1927831123109rBAAAA",
    "wo540F98E0E27BAF203E2AEB5468C93A",
)
BY_LISI, BY_ZHANGSAN = "wmDemoSharedChattedWithLisiAAAAA", "wmDemoSharedChattedWithZhangAAAA"
OF_LISI = "wmCB22A6F6B4086E3513984E26BD8D4A"
ROOM, ROOM2 = "wr2GCAAAXtWyujaWJHDDGasdadAAA", "wrDemoSecondGroupOfZhangsanAA"
ROOM_OF_LISI, ROOM_OF_WANGWU = "wrDemoGroupOfLisiAAAAAAAAAAAA", "wrDemoGroupOfWangwuAAAAAAAAAA"
T1, T2, T3 = "ete19278asuMT123109rBAAAA", "ete19MT12278109UYteaBAAAA", "eteIlKKHSDfuMT18Kg9rBAAAA"

ATTACHMENTS = [
    {
        "msgtype": "image",
        "image": {
            "media_id": "MEDIA_ID",
            "pic_url": "http://p.qpic.cn/pic_wework/3474110808/7a6344sdadfwehe42060/0",
        },
    },
    {
        "msgtype": "link",
        "link": {
            "title": "消息标题",
            "picurl": "https://example.pic.com/path",
            "desc": "消息描述",
            "url": "https://example.link.com/path",
        },
    },
    {
        "msgtype": "miniprogram",
        "miniprogram": {
            "title": "消息标题",
            "pic_media_id": "MEDIA_ID",
            "appid": "wx8bd80126147dfAAA",
            "page": "/path/index.html",
        },
    },
    {"msgtype": "video", "video": {"media_id": "MEDIA_ID"}},
    {"msgtype": "file", "file": {"media_id": "MEDIA_ID"}},
]


def tags(*groups: list[str]) -> dict[str, Any]:
    return {"tag_filter": {"group_list": [{"tag_list": group} for group in groups]}}


def create(mock: Any, token: str | None = None, **body: Any) -> tuple[dict[str, list[str]], list[str]]:
    """Create a task; returns recipients by member, and fail_list."""
    answer = mock.call("add_msg_template", {**TEXT, **body}, token=token)
    assert answer.errcode == 0, answer.body
    task = mock.state.tasks[answer.body["msgid"]]
    assert task.fail_list == answer.body["fail_list"]
    sends = {
        one.userid: [delivery.target for delivery in one.deliveries] for one in task.assignments.values()
    }
    return sends, answer.body["fail_list"]


def refused(mock: Any, token: str | None = None, **body: Any) -> tuple[int, str]:
    before = dict(mock.state.tasks)
    answer = mock.call("add_msg_template", {**TEXT, **body}, token=token)
    assert mock.state.tasks == before
    return answer.errcode, answer.reason


def test_the_example_of_the_page_of_2022_is_accepted(mock: Any) -> None:
    sends, fail_list = create(
        mock, chat_type="single", external_userid=[A, B], sender="zhangsan", attachments=ATTACHMENTS
    )
    assert (sends, fail_list) == ({"zhangsan": [A, B]}, [])


def test_the_sample_of_2025_is_accepted_with_all_its_fields_together(mock: Any) -> None:
    sends, fail_list = create(
        mock,
        chat_type="single",
        external_userid=[C, B],
        chat_id_list=[ROOM],
        sender="zhangsan",
        allow_select=True,
        attachments=ATTACHMENTS,
        **tags([T1, T2], [T3]),
    )
    assert (sends, fail_list) == ({"zhangsan": [C, B]}, [])


def test_a_success_has_these_fields_and_no_other(mock: Any) -> None:
    answer = mock.call("add_msg_template", {**TEXT, "sender": "zhangsan", "external_userid": [A, "wmNobody"]})
    assert list(answer.body) == ["errcode", "errmsg", "fail_list", "msgid"]
    assert answer.body["fail_list"] == ["wmNobody"]
    msgid = answer.body["msgid"]
    assert msgid.startswith("msg")
    assert len(msgid) == 32
    assert msgid.replace("-", "a").replace("_", "a").isalnum()


def test_a_created_task_is_kept_as_the_api_makes_it(mock: Any, clock: Any) -> None:
    body = {**TEXT, "sender": "zhangsan", "external_userid": [A]}
    msgid = mock.call("add_msg_template", body).body["msgid"]
    task = mock.state.tasks[msgid]
    assert (task.msgid, task.chat_type, task.created, task.body) == (msgid, "single", clock(), body)
    assert (task.creator, task.create_type, task.cancelled) == (None, 0, False)


@pytest.mark.parametrize("chat_type", ["single", "group"])
def test_an_unknown_sender_is_60111(mock: Any, chat_type: str) -> None:
    assert refused(mock, chat_type=chat_type, sender="nobody") == (60111, "sender.unknown")


@pytest.mark.parametrize("chat_type", ["single", "group"])
def test_a_sender_out_of_the_apps_sight_is_60011(mock: Any, chat_type: str) -> None:
    token = mock.token("demo-sales")
    assert refused(mock, token, chat_type=chat_type, sender="zhangsan") == (60011, "sender.not-visible")
    assert "lisi" in create(mock, token, chat_type=chat_type, sender="lisi")[0]


def test_ids_that_are_no_customers_of_the_sender_go_to_fail_list_in_their_order(mock: Any) -> None:
    sends, fail_list = create(mock, sender="zhangsan", external_userid=["wm2", A, OF_LISI, "wm1", B])
    assert (sends, fail_list) == ({"zhangsan": [A, B]}, ["wm2", OF_LISI, "wm1"])


def test_a_repeated_id_is_one_recipient(mock: Any) -> None:
    sends, fail_list = create(mock, sender="zhangsan", external_userid=[A, "wm1", A, "wm1"])
    assert (sends, fail_list) == ({"zhangsan": [A]}, ["wm1"])


def test_nobody_left_is_84061_for_strangers_and_41048_for_customers_of_others(mock: Any) -> None:
    assert refused(mock, sender="lisi", external_userid=["wm1", "wm2"]) == (
        84061,
        "audience.not-external-contact",
    )
    assert refused(mock, sender="lisi", external_userid=["wm1", A]) == (41048, "audience.nobody")
    assert refused(mock, external_userid=["wm1"]) == (84061, "audience.not-external-contact")


def test_an_id_is_compared_exactly(mock: Any) -> None:
    assert refused(mock, sender="zhangsan", external_userid=[A.lower()])[0] == 84061
    assert refused(mock, sender="zhangsan", external_userid=[f"{A} "])[0] == 84061


def test_the_sender_sends_even_if_another_member_chatted_last(mock: Any) -> None:
    assert create(mock, sender="zhangsan", external_userid=[BY_LISI])[0] == {"zhangsan": [BY_LISI]}


def test_without_sender_each_customer_goes_to_who_chatted_last(mock: Any) -> None:
    sends, fail_list = create(mock, external_userid=[BY_LISI, A, "wm1", BY_ZHANGSAN, OF_LISI])
    assert sends == {"lisi": [BY_LISI, OF_LISI], "zhangsan": [A, BY_ZHANGSAN]}
    assert fail_list == ["wm1"]


def test_without_sender_a_customer_out_of_the_apps_sight_fails(mock: Any) -> None:
    token = mock.token("demo-sales")
    assert create(mock, token, external_userid=[A, BY_LISI]) == ({"lisi": [BY_LISI]}, [A])
    assert refused(mock, token, external_userid=[A]) == (41048, "audience.nobody")


def test_sender_alone_means_all_of_the_members_customers(mock: Any) -> None:
    assert create(mock, sender="zhangsan") == ({"zhangsan": [A, B, C, BY_LISI, BY_ZHANGSAN]}, [])
    assert create(mock, sender="lisi", external_userid=[]) == ({"lisi": [BY_LISI, BY_ZHANGSAN, OF_LISI]}, [])
    assert create(mock, sender="lisi", tag_filter={"group_list": []})[0] == {
        "lisi": [BY_LISI, BY_ZHANGSAN, OF_LISI]
    }


def test_a_member_without_customers_is_41048(mock: Any) -> None:
    assert refused(mock, sender="wangwu") == (41048, "audience.nobody")


@pytest.mark.parametrize(
    ("groups", "customers"),
    [
        ([[T1]], [A, C]),
        ([[T1, T2]], [A, B, C]),
        ([[T1, T2], [T3]], [B, C]),
        ([[T1], [T3]], [C]),
        ([[T3]], [B, C, BY_LISI]),
    ],
)
def test_tags_are_or_in_a_group_and_and_between_groups(
    mock: Any, groups: list[list[str]], customers: list[str]
) -> None:
    assert create(mock, sender="zhangsan", **tags(*groups)) == ({"zhangsan": customers}, [])


def test_tags_without_sender_are_split_like_ids(mock: Any) -> None:
    assert create(mock, **tags([T2, T3]))[0] == {"zhangsan": [B, C], "lisi": [BY_LISI, OF_LISI]}
    # What the app can not see is left out silently: nobody named those customers.
    assert create(mock, mock.token("demo-sales"), **tags([T2, T3])) == ({"lisi": [BY_LISI, OF_LISI]}, [])


def test_tags_that_nobody_has_are_41048_and_unknown_ones_40068(mock: Any) -> None:
    assert refused(mock, sender="zhangsan", **tags(["eteDemoTagOfNobodyAAAAAAA"])) == (
        41048,
        "audience.nobody",
    )
    assert refused(mock, sender="zhangsan", **tags([T1, "eteUnknown"])) == (40068, "tag.unknown")
    assert refused(mock, sender="zhangsan", **tags([T1], ["eteUnknown"])) == (40068, "tag.unknown")


def test_ids_win_over_tags_which_are_not_even_looked_at(mock: Any) -> None:
    sends, _ = create(mock, sender="zhangsan", external_userid=[B], **tags([T1], ["eteUnknown"]))
    assert sends == {"zhangsan": [B]}


def test_an_empty_list_of_ids_lets_the_tags_decide(mock: Any) -> None:
    assert create(mock, sender="zhangsan", external_userid=[], **tags([T1]))[0] == {"zhangsan": [A, C]}


def test_groups_that_are_unknown_or_of_another_owner_go_to_fail_list(mock: Any) -> None:
    sends, fail_list = create(
        mock, chat_type="group", sender="zhangsan", chat_id_list=[ROOM_OF_LISI, ROOM2, "wr1", ROOM, ROOM2]
    )
    assert (sends, fail_list) == ({"zhangsan": [ROOM2, ROOM]}, [ROOM_OF_LISI, "wr1"])
    assert refused(mock, chat_type="group", sender="zhangsan", chat_id_list=["wr1", ROOM_OF_LISI]) == (
        41048,
        "audience.nobody",
    )


def test_a_group_task_without_list_goes_to_all_groups_of_the_sender(mock: Any) -> None:
    assert create(mock, chat_type="group", sender="zhangsan") == ({"zhangsan": [ROOM, ROOM2]}, [])
    assert create(mock, chat_type="group", sender="wangwu", chat_id_list=[])[0] == {
        "wangwu": [ROOM_OF_WANGWU]
    }
    assert refused(mock, chat_type="group", sender="lisi2") == (41048, "audience.nobody")


def test_fields_of_the_other_chat_type_are_ignored(mock: Any) -> None:
    group = create(
        mock,
        chat_type="group",
        sender="wangwu",
        external_userid=["wm1"],
        allow_select=True,
        **tags(["eteUnknown"]),
    )
    assert group == ({"wangwu": [ROOM_OF_WANGWU]}, [])
    assert create(mock, sender="zhangsan", external_userid=[A], chat_id_list=["wr1"]) == (
        {"zhangsan": [A]},
        [],
    )


def test_a_group_task_without_sender_is_refused_unless_the_settings_let_the_owners_send() -> None:
    caller = Caller(State(settings=Settings(group_sender_absent="owner")))
    body: dict[str, Any] = {"chat_type": "group", "chat_id_list": [ROOM, ROOM_OF_LISI, "wr1", ROOM2]}
    assert create(caller, **body) == ({"zhangsan": [ROOM, ROOM2], "lisi": [ROOM_OF_LISI]}, ["wr1"])
    assert create(caller, caller.token("demo-sales"), **body) == (
        {"lisi": [ROOM_OF_LISI]},
        [ROOM, "wr1", ROOM2],
    )
    # Nothing names a group or a sender, or the sender is an empty string: refused all the same.
    assert caller.call("add_msg_template", {**TEXT, "chat_type": "group"}).rule == "sender.required-for-group"
    assert caller.call("add_msg_template", {**TEXT, **body, "sender": ""}).rule == "sender.empty"
    assert Caller(State()).call("add_msg_template", {**TEXT, **body}).rule == "sender.required-for-group"


def test_media_ids_are_looked_up_only_on_demand(mock: Any) -> None:
    def with_media(media_id: str) -> list[dict[str, Any]]:
        miniprogram = {"title": "t", "pic_media_id": media_id, "appid": "wx", "page": "p"}
        return [
            {"msgtype": "link", "link": {"title": "t", "url": "https://example.com"}},
            {"msgtype": "image", "image": {"pic_url": "http://p.qpic.cn/a"}},
            {"msgtype": "miniprogram", "miniprogram": miniprogram},
        ]

    create(mock, sender="zhangsan", attachments=with_media("never-uploaded"))
    strict = Caller(State(settings=Settings(check_media=True)))
    create(strict, sender="zhangsan", attachments=with_media("MEDIA_ID"))
    assert refused(strict, sender="zhangsan", attachments=with_media("never-uploaded")) == (
        40007,
        "media.unknown",
    )
    for kind in ("image", "video", "file"):
        bad = [{"msgtype": kind, kind: {"media_id": "never-uploaded"}}]
        assert refused(strict, sender="zhangsan", attachments=bad)[0] == 40007


def test_parting_moves_a_customer_or_ends_it(mock: Any, state: State) -> None:
    state.unfriend("lisi", BY_LISI)
    assert create(mock, external_userid=[BY_LISI])[0] == {"zhangsan": [BY_LISI]}
    state.unfriend("zhangsan", BY_LISI)
    assert refused(mock, external_userid=[BY_LISI])[0] == 84061
    state.unfriend("lisi", BY_ZHANGSAN)
    assert create(mock, external_userid=[BY_ZHANGSAN])[0] == {"zhangsan": [BY_ZHANGSAN]}
    with pytest.raises(LookupError, match="no customer of lisi"):
        state.unfriend("lisi", A)


def test_a_company_of_ones_own(clock: Any) -> None:
    mine = make_company(
        corpid="ww1",
        apps=[App(name="only", secret="s")],
        members=["甲"],
        customers=[
            Customer(external_userid="客", followed_by=("甲",), last_chat="甲", tags=frozenset({"标"}))
        ],
        groups=[Group(chat_id="群", owner="甲")],
    )
    caller = Caller(State(mine), clock)
    assert create(caller, sender="甲")[0] == {"甲": ["客"]}
    assert create(caller, **tags(["标"]))[0] == {"甲": ["客"]}
    assert create(caller, sender="甲", chat_type="group")[0] == {"甲": ["群"]}
    assert demo_company().customers.keys() >= {A, B, C}


def test_recorded_answers_come_back(mock: Any, state: State, clock: Any) -> None:
    """Three calls of 2020 and one of 2026 that were run against the real server, with what it answered."""
    person, text = "wmCB22A6F6B4086E3513984E26BD8D4A", {"text": {"content": "您好"}}

    def answer(body: dict[str, Any]) -> tuple[int, str]:
        found = mock.call("add_msg_template", body)
        return found.errcode, found.errmsg

    assert answer({"external_userid": [person], "sender": "lisi"}) == (40063, "some parameters are empty")
    stranger = {"external_userid": ["wmD77CDA58A2A28387C433A2F2D9482D"], "sender": "lisi2", **text}
    assert answer(stranger) == (84061, "not external contact")
    empty_sender = {
        "chat_type": "group",
        "chat_id_list": ["wrA3CE314F3794905684248976B59B"],
        "sender": "",
        **text,
    }
    assert answer(empty_sender) == (40058, "field sender unexpected empty string")
    # The person of this one had used up the quota.
    for _ in range(30):
        state.confirm(
            mock.call("add_msg_template", {"sender": "lisi", "external_userid": [person], **text}).body[
                "msgid"
            ],
            "lisi",
            clock(),
        )
    assert answer({"external_userid": [person], "sender": "lisi", **text}) == (41048, "no customer to send")
