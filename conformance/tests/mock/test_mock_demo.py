"""The company that is built in, as callers find it: what its description promises of people, tags and apps."""

from __future__ import annotations

import pytest

from wecom_contract import OPERATIONS
from wecom_mock import State, admin_views, demo_company
from wecom_mock.call import Call
from wecom_mock.caller import Caller

ONE, TWO, THREE = (
    "woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA",
    "wmqfasd1e1927831123109rBAAAA",
    "wo540F98E0E27BAF203E2AEB5468C93A",
)
WITH_LISI, WITH_ZHANGSAN = "wmDemoSharedChattedWithLisiAAAAA", "wmDemoSharedChattedWithZhangAAAA"
LISIS = "wmCB22A6F6B4086E3513984E26BD8D4A"
VIP, NORMAL, SHOP = "ete19278asuMT123109rBAAAA", "ete19MT12278109UYteaBAAAA", "eteIlKKHSDfuMT18Kg9rBAAAA"
NOBODYS, DELETED = "eteDemoTagOfNobodyAAAAAAA", "eteDemoTagThatWasDeletedA"
HELLO = {"text": {"content": "hello"}}


@pytest.fixture
def mock() -> Caller:
    return Caller(State(), lambda: 1795320000.0)


def test_customers_have_names_and_members(mock: Caller) -> None:
    told = {}
    for userid in ("zhangsan", "lisi", "wangwu", "lisi2"):
        answer = mock.call("batch_get_by_user", {"userid_list": [userid], "limit": 100})
        for one in answer.body.get("external_contact_list", []):
            contact = one["external_contact"]
            told.setdefault((contact["external_userid"], contact["name"]), []).append(userid)
    assert told == {
        (ONE, "客户一"): ["zhangsan"],
        (TWO, "客户二"): ["zhangsan"],
        (THREE, "客户三"): ["zhangsan"],
        (WITH_LISI, "客户四"): ["zhangsan", "lisi"],
        (WITH_ZHANGSAN, "客户五"): ["zhangsan", "lisi"],
        (LISIS, "客户六"): ["lisi"],
    }


def test_tags_have_names_and_groups(mock: Caller) -> None:
    def listed(**asked: list[str]) -> dict[tuple[str, str], dict[str, str]]:
        groups = mock.call("get_corp_tag_list", asked).body["tag_group"]
        return {
            (group["group_id"], group["group_name"]): {tag["id"]: tag["name"] for tag in group["tag"]}
            for group in groups
        }

    levels, sources = (
        ("etDemoGroupOfLevelsAAAAAAAAAA", "客户等级"),
        ("etDemoGroupOfSourcesAAAAAAAAA", "客户来源"),
    )
    assert listed() == {
        levels: {VIP: "重要客户", NORMAL: "一般客户"},
        sources: {SHOP: "门店", NOBODYS: "展会"},
    }
    assert listed(tag_id=[VIP]) == {levels: {VIP: "重要客户"}}
    assert listed(tag_id=[DELETED]) == {sources: {DELETED: "老官网"}}


@pytest.mark.parametrize(
    ("tags", "customers"),
    [
        ([[VIP]], {ONE, THREE}),
        ([[NORMAL]], {TWO, LISIS}),
        ([[SHOP]], {TWO, THREE, WITH_LISI}),
        ([[VIP], [SHOP]], {THREE}),
        ([[NOBODYS]], set()),
    ],
)
def test_who_carries_which_tag(mock: Caller, tags: list[list[str]], customers: set[str]) -> None:
    groups = {"group_list": [{"tag_list": each} for each in tags]}
    answer = mock.call("add_msg_template", {"tag_filter": groups, **HELLO})
    assert (answer.errcode == 0) == bool(customers)
    reached = {
        delivery.target
        for task in mock.state.tasks.values()
        for part in task.assignments.values()
        for delivery in part.deliveries
    }
    assert reached == customers


def test_who_of_two_members_sends(mock: Caller) -> None:
    mock.call("add_msg_template", {"external_userid": [WITH_LISI, WITH_ZHANGSAN], **HELLO})
    (task,) = mock.state.tasks.values()
    assert {userid: [one.target for one in part.deliveries] for userid, part in task.assignments.items()} == {
        "lisi": [WITH_LISI],
        "zhangsan": [WITH_ZHANGSAN],
    }


def test_groups_have_owners(mock: Caller) -> None:
    def owned(userid: str) -> list[str]:
        asked = {"owner_filter": {"userid_list": [userid]}, "limit": 100}
        return [one["chat_id"] for one in mock.call("groupchat_list", asked).body["group_chat_list"]]

    assert owned("zhangsan") == ["wr2GCAAAXtWyujaWJHDDGasdadAAA", "wrDemoSecondGroupOfZhangsanAA"]
    assert owned("lisi") == ["wrDemoGroupOfLisiAAAAAAAAAAAA"]
    assert owned("wangwu") == ["wrDemoGroupOfWangwuAAAAAAAAAA"]
    assert owned("lisi2") == []


@pytest.mark.parametrize(
    ("secret", "lisi", "zhangsan"), [("demo", 0, 0), ("demo-sales", 0, 60011), ("demo-hr", 48002, 48002)]
)
def test_what_its_apps_may(mock: Caller, secret: str, lisi: int, zhangsan: int) -> None:
    token = mock.token(secret)
    for userid, code in (("lisi", lisi), ("zhangsan", zhangsan)):
        assert mock.call("externalcontact_list", {"userid": userid}, token=token).errcode == code


def test_apps_are_revoked_by_their_names(mock: Caller) -> None:
    for secret in ("demo", "demo-sales", "demo-hr"):
        mock.token(secret)
    contact = {
        one["name"]: one["customer_contact"] for one in admin_views.company(mock.state.company)["apps"]
    }
    assert contact == {"demo": True, "sales": True, "hr": False}
    assert contact["hr"] is False
    assert [mock.state.revoke_tokens(name) for name in ("demo", "sales", "hr")] == [1, 1, 1]


def test_its_suite_is_authorised(mock: Caller) -> None:
    body = {"suite_id": "wwdemosuite", "suite_secret": "demo-suite", "suite_ticket": "demo-ticket"}
    assert mock.call("get_suite_token", body).errcode == 0
    asked = {"auth_corpid": "wwdemo", "permanent_code": "demo-permanent"}
    corp = mock.call("get_corp_token", asked)
    assert corp.errcode == 0
    token = corp.body["access_token"]
    assert mock.call("externalcontact_list", {"userid": "zhangsan"}, token=token).errcode == 0


def test_who_works_where(mock: Caller) -> None:
    def members(department: int) -> list[str]:
        sent = mock.call(
            "add_moment_task",
            {"visible_range": {"sender_list": {"department_list": [department]}}, **HELLO},
        )
        assert sent.errcode in (0, 41048), sent.body
        mock.call("get_moment_task_result", {"jobid": sent.body["jobid"]})
        return list(next(reversed(mock.state.moments.by_id.values())).members)

    assert members(2) == ["zhangsan", "lisi"]
    assert mock.state.company.departments[3] == ("wangwu",)


def test_what_is_secret_is_in_no_repr() -> None:
    shown = repr(demo_company())
    assert "'demo'" in shown
    for secret in (
        "demo-sales",
        "demo-hr",
        "demo-suite",
        "demo-ticket",
        "demo-permanent",
        "secret",
        "ticket",
    ):
        assert secret not in shown.replace("wwdemosuite", "")


def test_what_a_behaviour_is_given_shows_no_message_and_no_file(mock: Caller) -> None:
    operation = OPERATIONS["add_msg_template"]
    call = Call(operation, mock.state, None, {"text": "a message"}, 0.0, files={"media": b"a file"})
    assert "add_msg_template" in repr(call)
    assert "a message" not in repr(call)
    assert "a file" not in repr(call)
    assert call.may_use("anybody")
