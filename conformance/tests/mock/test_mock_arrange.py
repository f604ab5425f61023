"""A company put together by method calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from wecom_mock.arrange import Arrange, empty_company
from wecom_mock.caller import Caller
from wecom_mock.company import OTHER_TAGS
from wecom_mock.state import State


@pytest.fixture
def state() -> State:
    return State(empty_company())


@pytest.fixture
def company(state: State) -> Arrange:
    return Arrange(state)


def test_members_customers_and_groups_one_after_the_other(company: Arrange) -> None:
    company.member("zhangsan").customer("wmA", tags=["vip"]).customer("wmB", name="客户二", added=1).group(
        "wrA"
    )
    company.member("lisi").customer("wmB", last_chat=True).group("wrB", status=2).member("wangwu")
    now = company.now
    assert now.members == ("zhangsan", "lisi", "wangwu")
    assert now.customers["wmA"].tags == {"vip"}
    shared = now.customers["wmB"]
    assert (shared.followed_by, shared.last_chat) == (("zhangsan", "lisi"), "lisi")
    assert (shared.name, shared.added) == ("客户二", 1)
    assert {one.chat_id: (one.owner, one.status) for one in now.groups.values()} == {
        "wrA": ("zhangsan", 0),
        "wrB": ("lisi", 2),
    }
    assert "3 members, 2 customers, 2 groups" in repr(company)
    assert repr(company.member("lisi")).startswith("<member lisi of company wwtest")


def test_saying_it_again_changes_nothing(company: Arrange) -> None:
    def say() -> None:
        company.member("zhangsan").customer("wmA", tags=["vip"]).group("wrA").department(2, "zhangsan")
        company.tag("old", group="levels", deleted=True).media("M1").app(
            "crm", "s3cret", visible=["zhangsan"]
        )

    say()
    once = company.now
    say()
    assert company.now == once


def test_who_chatted_last(company: Arrange) -> None:
    company.member("a").customer("wm", last_chat=False)
    assert company.now.customers["wm"].last_chat == "a"
    company.member("b").customer("wm")
    assert company.now.customers["wm"].last_chat == "a"
    company.member("a").customer("wm", last_chat=False)
    assert company.now.customers["wm"].last_chat == "b"


def test_tags_are_known_and_listed(company: Arrange, state: State) -> None:
    company.tag("vip", name="重要客户", group="levels").tag("gone", group="levels", deleted=True)
    company.member("zhangsan").customer("wmA", tags=["vip", "loose"])
    company.tag("vip", name="非常重要", group="levels")
    now = company.now
    assert now.tags == {"vip", "loose"}
    listed = {group.group_id: [(tag.tag_id, tag.name) for tag in group.tags] for group in now.tag_groups}
    assert listed == {"levels": [("gone", "gone"), ("vip", "非常重要")], OTHER_TAGS: [("loose", "loose")]}
    groups = Caller(state).call("get_corp_tag_list", {}).body["tag_group"]
    assert [tag["id"] for group in groups for tag in group["tag"]] == ["vip", "loose"]
    company.tag("vip", group="other")
    assert [group.group_id for group in company.now.tag_groups] == ["levels", OTHER_TAGS, "other"]
    company.tag("loose", group="other")
    assert [group.group_id for group in company.now.tag_groups] == ["levels", "other"]


def test_many_customers_at_once(company: Arrange) -> None:
    company.member("lisi").customer("wm3", tags=["a"])
    ids = [f"wm{number}" for number in range(2000)]
    company.member("zhangsan").customers(ids, tags=["vip"]).customers([])
    assert company.now.customers_of("zhangsan") == ["wm3", *(one for one in ids if one != "wm3")]
    assert company.now.customers["wm3"].tags == {"a", "vip"}
    assert company.now.customers["wm3"].last_chat == "lisi"
    assert company.now.customers["wm1999"].tags == {"vip"}
    assert company.now.tags == {"a", "vip"}


def test_rights_departments_and_licences(company: Arrange, state: State) -> None:
    company.app("sales", "sales-secret", visible=["lisi"]).app("hr", "hr-secret", customer_contact=False)
    company.department(3, "lisi", "wangwu").department(3, "zhaoliu")
    company.member("wangwu", licensed=False)
    now = company.now
    assert [app.name for app in now.apps] == ["test", "sales", "hr"]
    assert (now.apps[1].visible, now.apps[2].visible) == ({"lisi"}, None)
    assert now.departments == {3: ("lisi", "wangwu", "zhaoliu")}
    assert now.unlicensed == {"wangwu"}
    company.member("wangwu")
    assert company.now.unlicensed == {"wangwu"}
    company.member("wangwu", licensed=True)
    assert company.now.unlicensed == frozenset()
    token = Caller(state).token("sales-secret")
    company.member("wangwu").customer("wmA")
    answer = Caller(state).call("externalcontact_list", {"userid": "wangwu"}, token=token)
    assert answer.reason == "userid.not-visible"


def test_a_customer_leaves(company: Arrange) -> None:
    company.member("zhangsan").customer("wmA").customer("wmB").loses("wmA")
    assert company.now.customers_of("zhangsan") == ["wmB"]
    with pytest.raises(LookupError, match="wmA is no customer of zhangsan"):
        company.member("zhangsan").loses("wmA")


@pytest.mark.parametrize(
    ("act", "error", "says"),
    [
        (lambda c: c.member(""), ValueError, "userid must not be empty"),
        (lambda c: c.member(7), TypeError, "userid must be text, not int"),
        (lambda c: c.member("a").customer(""), ValueError, "external_userid must not be empty"),
        (
            lambda c: c.member("a").customer("wm", tags="vip"),
            TypeError,
            r"tags must be a list of texts: \['vip'\]",
        ),
        (lambda c: c.member("a").customer("wm", tags=[""]), ValueError, "each of tags must not be empty"),
        (lambda c: c.member("a").customers("wm"), TypeError, "external_userids must be a list"),
        (lambda c: c.member("a").group(""), ValueError, "chat_id must not be empty"),
        (lambda c: c.member("a").group("wr", status=4), ValueError, "is 0, 1, 2 or 3, not 4"),
        (lambda c: c.tag(""), ValueError, "tag_id must not be empty"),
        (lambda c: c.department(0, "a"), ValueError, "a number from 1, not 0"),
        (lambda c: c.department(True, "a"), ValueError, "a number from 1, not True"),
        (lambda c: c.app("x", "test-secret"), ValueError, "another app has the secret of x"),
        (lambda c: c.app("x", ""), ValueError, "secret must not be empty"),
        (lambda c: c.media(""), ValueError, "media_id must not be empty"),
    ],
)
def test_nonsense_is_told(
    company: Arrange, act: Callable[[Arrange], Any], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        act(company)
    assert not company.now.customers
    assert not company.now.groups
    assert len(company.now.apps) == 1
