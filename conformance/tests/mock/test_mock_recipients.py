"""Whom a message can be sent to: customers, groups and tags, in pages, and as the calls that send know them."""

from __future__ import annotations

from typing import Any

import pytest

from wecom_contract import rules
from wecom_mock import App, Company, Customer, Group, State, Tag, TagGroup, make_company
from wecom_mock.caller import Caller
from wecom_mock.company import OTHER_TAGS

A, B, C = (
    "woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA",
    "wmqfasd1e1927831123109rBAAAA",
    "wo540F98E0E27BAF203E2AEB5468C93A",
)
SHARED, SHARED2 = "wmDemoSharedChattedWithLisiAAAAA", "wmDemoSharedChattedWithZhangAAAA"
OF_LISI = "wmCB22A6F6B4086E3513984E26BD8D4A"
ROOM, ROOM2 = "wr2GCAAAXtWyujaWJHDDGasdadAAA", "wrDemoSecondGroupOfZhangsanAA"
ROOM_OF_LISI, ROOM_OF_WANGWU = "wrDemoGroupOfLisiAAAAAAAAAAAA", "wrDemoGroupOfWangwuAAAAAAAAAA"
T1, T2, T3 = "ete19278asuMT123109rBAAAA", "ete19MT12278109UYteaBAAAA", "eteIlKKHSDfuMT18Kg9rBAAAA"
NOBODYS, DELETED = "eteDemoTagOfNobodyAAAAAAA", "eteDemoTagThatWasDeletedA"
LEVELS, SOURCES = "etDemoGroupOfLevelsAAAAAAAAAA", "etDemoGroupOfSourcesAAAAAAAAA"
TEXT = {"text": {"content": "新品上市"}}


def refused(answer: Any) -> tuple[int, str | None]:
    return answer.errcode, answer.reason


def all_pages(caller: Any, operation: str, rows: str, body: dict[str, Any]) -> list[list[Any]]:
    """Every page, up to the one without a cursor."""
    pages: list[list[Any]] = []
    cursor = ""
    while True:
        answer = caller.call(operation, {**body, "cursor": cursor})
        assert answer.errcode == 0, answer.body
        pages.append(answer.body[rows])
        cursor = answer.body["next_cursor"]
        if not cursor:
            return pages
        assert len(pages) < 1000, "the pages don't end"


def pair(row: dict[str, Any]) -> tuple[str, str]:
    return row["follow_info"]["userid"], row["external_contact"]["external_userid"]


def chain(pages: list[list[Any]]) -> list[Any]:
    return [row for page in pages for row in page]


def large_company(customers: int = 0, groups: int = 0, members: int = 2) -> Company:
    names = [f"m{number}" for number in range(members)]
    return make_company(
        corpid="wwlarge",
        apps=[App(name="a", secret="s"), App(name="b", secret="t", visible=frozenset({"m0"}))],
        members=names,
        customers=[
            Customer(external_userid=f"wm{number}", followed_by=("m0",), last_chat="m0")
            for number in range(customers)
        ],
        groups=[Group(chat_id=f"wr{number}", owner="m0") for number in range(groups)],
    )


# externalcontact_list


def test_the_customers_of_a_member_in_one_answer(mock: Any) -> None:
    assert mock.call("externalcontact_list", {"userid": "zhangsan"}).body["external_userid"] == [
        A, B, C, SHARED, SHARED2,
    ]  # fmt: skip
    answer = mock.call("externalcontact_list", {"userid": "lisi"})
    assert answer.body["external_userid"] == [SHARED, SHARED2, OF_LISI]


def test_no_customers_is_an_error_with_an_empty_list(mock: Any) -> None:
    answer = mock.call("externalcontact_list", {"userid": "wangwu"})
    assert refused(answer) == (84061, "userid.no-customers")
    assert answer.body["external_userid"] == []
    assert answer.errmsg == "not external contact"


def test_the_last_customer_who_leaves_makes_it_an_error(mock: Any, state: State) -> None:
    for one in (SHARED, SHARED2):
        state.unfriend("lisi", one)
    assert mock.call("externalcontact_list", {"userid": "lisi"}).body["external_userid"] == [OF_LISI]
    state.unfriend("lisi", OF_LISI)
    assert mock.call("externalcontact_list", {"userid": "lisi"}).errcode == 84061


def test_members_who_are_unknown_or_out_of_sight(mock: Any) -> None:
    assert refused(mock.call("externalcontact_list", {"userid": "nobody"})) == (60111, "userid.unknown")
    sales = mock.token("demo-sales")
    assert mock.call("externalcontact_list", {"userid": "lisi"}, token=sales).errcode == 0
    answer = mock.call("externalcontact_list", {"userid": "zhangsan"}, token=sales)
    assert refused(answer) == (60011, "userid.not-visible")


def test_a_call_without_a_body_needs_its_token_too(mock: Any) -> None:
    path = "/cgi-bin/externalcontact/list"
    assert mock.send("GET", path, "userid=zhangsan").errcode == 41001
    token = mock.token()
    assert mock.send("GET", path, f"access_token={token}&userid=zhangsan").errcode == 0
    assert mock.send("GET", path, f"access_token={token}&access_token={token}&userid=lisi").errcode == 40014
    assert mock.send("GET", path, f"access_token={token}").rule == "externalcontact_list.userid.required"
    assert mock.send("GET", path, f"access_token={token}&userid=").rule == "externalcontact_list.userid.empty"
    assert mock.send("POST", path, f"access_token={token}&userid=lisi").reason == "request.method"
    hr = mock.token("demo-hr")
    assert mock.send("GET", path, f"access_token={hr}&userid=lisi").errcode == 48002


def test_the_list_is_whom_a_message_of_the_member_reaches(mock: Any, state: State) -> None:
    listed = mock.call("externalcontact_list", {"userid": "zhangsan"}).body["external_userid"]
    msgid = mock.call("add_msg_template", {"sender": "zhangsan", **TEXT}).body["msgid"]
    assert [one.target for one in state.tasks[msgid].assignments["zhangsan"].deliveries] == listed


# batch_get_by_user


def test_a_row_for_each_member_and_customer(mock: Any) -> None:
    answer = mock.call("batch_get_by_user", {"userid_list": ["lisi", "zhangsan"]})
    assert [pair(row) for row in answer.body["external_contact_list"]] == [
        *(("lisi", one) for one in (SHARED, SHARED2, OF_LISI)),
        *(("zhangsan", one) for one in (A, B, C, SHARED, SHARED2)),
    ]
    assert answer.body["next_cursor"] == ""
    assert "fail_info" not in answer.body


def test_what_a_row_tells(mock: Any) -> None:
    rows = mock.call("batch_get_by_user", {"userid_list": ["zhangsan"]}).body["external_contact_list"]
    assert rows[1] == {
        "external_contact": {"external_userid": B, "type": 1, "name": "客户二"},
        "follow_info": {
            "userid": "zhangsan",
            "createtime": 1525779812,
            "tag_id": sorted([T2, T3]),
            "remark": "客户二",
        },
    }
    assert [row["external_contact"]["type"] for row in rows] == [2, 1, 2, 1, 1]


def test_a_customer_without_a_name_and_with_a_deleted_tag() -> None:
    company = make_company(
        corpid="ww1",
        apps=[App(name="a", secret="s")],
        members=["m"],
        customers=[
            Customer(external_userid="wm1", followed_by=("m",), last_chat="m", tags=frozenset({"t1", "t2"}))
        ],
        tag_groups=[TagGroup(group_id="g", tags=(Tag(tag_id="t1", deleted=True),))],
    )
    answer = Caller(State(company)).call("batch_get_by_user", {"userid_list": ["m"]})
    [row] = answer.body["external_contact_list"]
    assert row["external_contact"] == {"external_userid": "wm1", "type": 1}
    assert row["follow_info"]["tag_id"] == ["t2"]
    assert "remark" not in row["follow_info"]


def test_a_member_named_twice_counts_once_and_one_without_customers_adds_nothing(mock: Any) -> None:
    answer = mock.call("batch_get_by_user", {"userid_list": ["wangwu", "lisi", "lisi"]})
    assert [pair(row)[0] for row in answer.body["external_contact_list"]] == ["lisi"] * 3
    assert mock.call("batch_get_by_user", {"userid_list": ["wangwu"]}).body["external_contact_list"] == []


def test_one_member_who_is_unknown_or_out_of_sight_refuses_the_call(mock: Any) -> None:
    answer = mock.call("batch_get_by_user", {"userid_list": ["lisi", "nobody"]})
    assert refused(answer) == (60111, "userid.unknown")
    sales = mock.token("demo-sales")
    answer = mock.call("batch_get_by_user", {"userid_list": ["lisi", "zhangsan"]}, token=sales)
    assert refused(answer) == (60011, "userid.not-visible")
    assert mock.call("batch_get_by_user", {"userid_list": ["lisi"]}, token=sales).errcode == 0


def test_members_without_a_licence() -> None:
    company = make_company(
        corpid="ww1",
        apps=[App(name="a", secret="s")],
        members=["m", "n"],
        customers=[Customer(external_userid="wm1", followed_by=("m", "n"), last_chat="m")],
        unlicensed=["n"],
    )
    caller = Caller(State(company))
    answer = caller.call("batch_get_by_user", {"userid_list": ["n", "m"]})
    assert [pair(row) for row in answer.body["external_contact_list"]] == [("m", "wm1")]
    assert answer.body["fail_info"] == {"unlicensed_userid_list": ["n"]}
    assert refused(caller.call("batch_get_by_user", {"userid_list": ["n"]})) == (701008, "userid.unlicensed")
    assert "fail_info" not in caller.call("batch_get_by_user", {"userid_list": ["m"]}).body


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8, 9])
def test_pages_of_customers_are_complete_without_repeats(mock: Any, limit: int) -> None:
    body = {"userid_list": ["lisi", "zhangsan"], "limit": limit}
    pages = all_pages(mock, "batch_get_by_user", "external_contact_list", body)
    whole = mock.call("batch_get_by_user", {"userid_list": ["lisi", "zhangsan"]}).body
    assert chain(pages) == whole["external_contact_list"]
    assert len({pair(row) for row in chain(pages)}) == 8
    assert [len(page) for page in pages] == [limit] * (8 // limit) + [8 % limit] * bool(8 % limit)


def test_a_page_of_customers_has_50_rows_by_default_and_at_most_100() -> None:
    most = rules()["batch_get_by_user.limit.max"].limit
    caller = Caller(State(large_company(customers=most + 1)))
    body: dict[str, Any] = {"userid_list": ["m0", "m1"]}
    pages = all_pages(caller, "batch_get_by_user", "external_contact_list", body)
    assert [len(page) for page in pages] == [50, 50, 1]
    pages = all_pages(caller, "batch_get_by_user", "external_contact_list", {**body, "limit": most})
    assert [len(page) for page in pages] == [most, 1]
    assert len({pair(row) for row in chain(pages)}) == most + 1
    assert caller.call("batch_get_by_user", {**body, "limit": most + 1}).rule == "batch_get_by_user.limit.max"
    assert caller.call("batch_get_by_user", {**body, "limit": 0}).rule == "batch_get_by_user.limit.min"


def test_a_cursor_of_customers_belongs_to_its_members_and_its_app(mock: Any) -> None:
    cursor = mock.call("batch_get_by_user", {"userid_list": ["lisi"], "limit": 1}).body["next_cursor"]
    again = {"userid_list": ["lisi"], "cursor": cursor}
    assert mock.call("batch_get_by_user", again).errcode == 0
    other = {"userid_list": ["zhangsan"], "cursor": cursor}
    assert refused(mock.call("batch_get_by_user", other)) == (50100, "cursor.bad")
    sales = mock.token("demo-sales")
    assert mock.call("batch_get_by_user", again, token=sales).errcode == 50100
    assert mock.call("groupchat_list", {"limit": 1, "cursor": cursor}).errcode == 50100
    assert mock.call("batch_get_by_user", {**again, "cursor": "CURSOR"}).errcode == 50100


def test_the_tags_of_a_row_choose_the_customer_of_a_message(mock: Any, state: State) -> None:
    rows = mock.call("batch_get_by_user", {"userid_list": ["zhangsan"]}).body["external_contact_list"]
    tagged = [
        row["external_contact"]["external_userid"] for row in rows if T3 in row["follow_info"]["tag_id"]
    ]
    chosen = {"sender": "zhangsan", "tag_filter": {"group_list": [{"tag_list": [T3]}]}}
    msgid = mock.call("add_msg_template", {**chosen, **TEXT}).body["msgid"]
    deliveries = state.tasks[msgid].assignments["zhangsan"].deliveries
    assert [one.target for one in deliveries] == tagged == [B, C, SHARED]


# groupchat_list


def rooms(answer: Any) -> list[str]:
    assert answer.errcode == 0, answer.body
    return [row["chat_id"] for row in answer.body["group_chat_list"]]


def test_groups_of_all_owners_or_of_some(mock: Any) -> None:
    assert rooms(mock.call("groupchat_list", {"limit": 10})) == [ROOM, ROOM2, ROOM_OF_LISI, ROOM_OF_WANGWU]
    some = {"limit": 10, "owner_filter": {"userid_list": ["wangwu", "zhangsan"]}}
    assert rooms(mock.call("groupchat_list", some)) == [ROOM, ROOM2, ROOM_OF_WANGWU]
    for nobody in ({}, {"userid_list": []}):
        assert len(rooms(mock.call("groupchat_list", {"limit": 10, "owner_filter": nobody}))) == 4
    assert rooms(mock.call("groupchat_list", {"limit": 10, "owner_filter": {"userid_list": ["lisi2"]}})) == []


def test_groups_of_owners_out_of_sight_are_missing_without_a_word(mock: Any) -> None:
    sales = mock.token("demo-sales")
    assert rooms(mock.call("groupchat_list", {"limit": 10}, token=sales)) == [ROOM_OF_LISI]
    named = {"limit": 10, "owner_filter": {"userid_list": ["zhangsan", "lisi"]}}
    assert rooms(mock.call("groupchat_list", named, token=sales)) == [ROOM_OF_LISI]
    named = {"limit": 10, "owner_filter": {"userid_list": ["zhangsan"]}}
    assert rooms(mock.call("groupchat_list", named, token=sales)) == []


def test_groups_by_status() -> None:
    company = make_company(
        corpid="ww1",
        apps=[App(name="a", secret="s")],
        members=["m"],
        groups=[Group(chat_id=f"wr{status}", owner="m", status=status) for status in (0, 1, 2, 3)],
    )
    caller = Caller(State(company))
    everything = caller.call("groupchat_list", {"limit": 10, "status_filter": 0})
    assert everything.body["group_chat_list"] == [
        {"chat_id": f"wr{status}", "status": status} for status in (0, 1, 2, 3)
    ]
    assert rooms(caller.call("groupchat_list", {"limit": 10})) == rooms(everything)
    for status in (1, 2, 3):
        assert rooms(caller.call("groupchat_list", {"limit": 10, "status_filter": status})) == [f"wr{status}"]
    answer = caller.call("groupchat_list", {"limit": 10, "status_filter": 4})
    assert (answer.errcode, answer.errmsg) == (40058, "status_filter invalid")


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5])
def test_pages_of_groups_are_complete_without_repeats(mock: Any, limit: int) -> None:
    pages = all_pages(mock, "groupchat_list", "group_chat_list", {"limit": limit})
    assert [row["chat_id"] for row in chain(pages)] == [ROOM, ROOM2, ROOM_OF_LISI, ROOM_OF_WANGWU]
    assert [len(page) for page in pages] == [limit] * (4 // limit) + [4 % limit] * bool(4 % limit)


def test_a_page_of_groups_has_at_most_1000_rows_and_says_how_many() -> None:
    most = rules()["groupchat_list.limit.max"].limit
    caller = Caller(State(large_company(groups=most + 1)))
    pages = all_pages(caller, "groupchat_list", "group_chat_list", {"limit": most})
    assert [len(page) for page in pages] == [most, 1]
    assert len({row["chat_id"] for row in chain(pages)}) == most + 1
    assert caller.call("groupchat_list", {"limit": most + 1}).rule == "groupchat_list.limit.max"
    assert caller.call("groupchat_list", {"limit": 0}).rule == "groupchat_list.limit.min"
    assert caller.call("groupchat_list", {}).rule == "groupchat_list.limit.required"


def test_a_cursor_of_groups_belongs_to_its_filters(mock: Any) -> None:
    cursor = mock.call("groupchat_list", {"limit": 1}).body["next_cursor"]
    assert rooms(mock.call("groupchat_list", {"limit": 1, "cursor": cursor, "status_filter": 0})) == [ROOM2]
    for other in ({"status_filter": 1}, {"owner_filter": {"userid_list": ["zhangsan"]}}):
        answer = mock.call("groupchat_list", {"limit": 1, "cursor": cursor, **other})
        assert refused(answer) == (50100, "cursor.bad")


def test_more_than_1000_members_in_sight_need_an_owner_filter() -> None:
    assert rooms(Caller(State(large_company(groups=1, members=1000))).call("groupchat_list", {"limit": 1}))
    caller = Caller(State(large_company(groups=1, members=1001)))
    answer = caller.call("groupchat_list", {"limit": 1})
    assert refused(answer) == (81017, "owners.too-many")
    assert rooms(caller.call("groupchat_list", {"limit": 1, "owner_filter": {"userid_list": ["m0"]}})) == [
        "wr0"
    ]
    assert rooms(caller.call("groupchat_list", {"limit": 1}, token=caller.token("t"))) == ["wr0"]


def test_the_groups_of_an_owner_are_what_a_message_of_the_owner_reaches(mock: Any, state: State) -> None:
    listed = rooms(mock.call("groupchat_list", {"limit": 10, "owner_filter": {"userid_list": ["zhangsan"]}}))
    body = {"chat_type": "group", "sender": "zhangsan", "chat_id_list": listed, **TEXT}
    answer = mock.call("add_msg_template", body)
    assert answer.body["fail_list"] == []
    deliveries = state.tasks[answer.body["msgid"]].assignments["zhangsan"].deliveries
    assert [one.target for one in deliveries] == listed


# get_corp_tag_list


def tags(answer: Any) -> dict[str, list[str]]:
    assert answer.errcode == 0, answer.body
    return {group["group_id"]: [tag["id"] for tag in group["tag"]] for group in answer.body["tag_group"]}


@pytest.mark.parametrize("nothing", [{}, {"tag_id": []}, {"tag_id": [], "group_id": []}])
def test_all_tags_but_the_deleted_ones(mock: Any, nothing: dict[str, Any]) -> None:
    answer = mock.call("get_corp_tag_list", nothing)
    assert tags(answer) == {LEVELS: [T1, T2], SOURCES: [T3, NOBODYS]}
    assert answer.body["tag_group"][0] == {
        "group_id": LEVELS,
        "group_name": "客户等级",
        "create_time": 1557838797,
        "order": 1,
        "tag": [
            {"id": T1, "name": "重要客户", "create_time": 1557838797, "order": 1},
            {"id": T2, "name": "一般客户", "create_time": 1557838797, "order": 0},
        ],
    }
    assert [group["order"] for group in answer.body["tag_group"]] == [1, 0]


def test_tags_by_id_come_in_their_groups_without_the_others(mock: Any) -> None:
    answer = mock.call("get_corp_tag_list", {"tag_id": [DELETED, T2]})
    assert tags(answer) == {LEVELS: [T2], SOURCES: [DELETED]}
    levels, sources = answer.body["tag_group"]
    assert (levels["deleted"], sources["deleted"]) == (False, False)
    assert [tag["deleted"] for tag in (*levels["tag"], *sources["tag"])] == [False, True]


def test_tags_by_group_come_with_the_deleted_ones(mock: Any) -> None:
    answer = mock.call("get_corp_tag_list", {"group_id": [SOURCES]})
    assert tags(answer) == {SOURCES: [T3, NOBODYS, DELETED]}
    [group] = answer.body["tag_group"]
    assert "deleted" not in group
    assert [tag["deleted"] for tag in group["tag"]] == [False, False, True]
    assert group["order"] == 0


def test_beside_group_id_tag_id_is_not_even_looked_at(mock: Any) -> None:
    answer = mock.call("get_corp_tag_list", {"group_id": [LEVELS], "tag_id": [T3, "eteUnknown"]})
    assert tags(answer) == {LEVELS: [T1, T2]}
    assert answer.warnings == ("get_corp_tag_list.tag_id.ignored-with-group_id",)
    assert tags(mock.call("get_corp_tag_list", {"group_id": [], "tag_id": [T3]})) == {SOURCES: [T3]}


def test_an_unknown_tag_or_group_is_40068(mock: Any) -> None:
    assert refused(mock.call("get_corp_tag_list", {"tag_id": [T1, "x"]})) == (40068, "tag.unknown")
    assert refused(mock.call("get_corp_tag_list", {"group_id": [LEVELS, "x"]})) == (40068, "tag.unknown")
    assert mock.call("get_corp_tag_list", {"tag_id": [LEVELS]}).errcode == 40068


def test_a_group_whose_tags_were_all_deleted_is_gone_too() -> None:
    gone = TagGroup(group_id="g", name="旧", tags=(Tag(tag_id="t", name="旧", deleted=True),))
    company = make_company(
        corpid="ww1",
        apps=[App(name="a", secret="s")],
        tag_groups=[gone],
    )
    caller = Caller(State(company))
    assert tags(caller.call("get_corp_tag_list", {})) == {}
    [group] = caller.call("get_corp_tag_list", {"tag_id": ["t"]}).body["tag_group"]
    assert group["deleted"] is True
    assert tags(caller.call("get_corp_tag_list", {"group_id": ["g"]})) == {"g": ["t"]}


def test_tags_that_stand_in_no_group_are_listed_all_the_same() -> None:
    company = make_company(
        corpid="ww1",
        apps=[App(name="a", secret="s")],
        members=["m"],
        customers=[
            Customer(external_userid="wm1", followed_by=("m",), last_chat="m", tags=frozenset({"t2", "t1"}))
        ],
        tags=["t3", "t1"],
    )
    assert tags(Caller(State(company)).call("get_corp_tag_list", {})) == {OTHER_TAGS: ["t3", "t1", "t2"]}


def test_every_listed_tag_is_known_to_a_message_and_a_deleted_one_is_not(mock: Any) -> None:
    listed = [one for ids in tags(mock.call("get_corp_tag_list", {})).values() for one in ids]

    def answer_to(tag: str) -> tuple[int, str | None]:
        chosen = {"sender": "zhangsan", "tag_filter": {"group_list": [{"tag_list": [tag]}]}}
        return refused(mock.call("add_msg_template", {**chosen, **TEXT}))

    assert [answer_to(tag)[0] for tag in listed] == [0, 0, 0, 41048]
    assert answer_to(DELETED) == (40068, "tag.unknown")


@pytest.mark.parametrize(
    ("operation", "body"),
    [
        ("externalcontact_list", {"userid": "lisi"}),
        ("batch_get_by_user", {"userid_list": ["lisi"]}),
        ("groupchat_list", {"limit": 1}),
        ("get_corp_tag_list", {}),
    ],
)
def test_they_need_customer_contact_and_can_be_made_to_fail(
    mock: Any, state: State, operation: str, body: dict[str, Any]
) -> None:
    assert mock.call(operation, body, token=mock.token("demo-hr")).errcode == 48002
    state.fail_next(operation, -1)
    assert [mock.call(operation, body).errcode for _ in range(2)] == [-1, 0]
