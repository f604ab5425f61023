"""A company with people, groups and tags added by hand: what is refused, in full, and how far it may grow."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from attrs import evolve

from wecom_mock.company import Company, Customer, Group, Tag, TagGroup
from wecom_mock.company_edit import check_size, with_customers, with_groups, with_members, with_tag_groups
from wecom_mock.company_file import parse_company

COMPANY = parse_company(
    """
corpid: ww1
apps: [{name: a, secret: s}]
members: [a, b]
customers: [{external_userid: wm1, followed_by: [a], tags: [loose]}]
groups: [{chat_id: wr1, owner: a}]
tag_groups: [{id: g1, name: One, tags: [{id: t1, name: T}]}]
"""
)
MOST = 100_000
CUSTOMER = COMPANY.customers["wm1"]
TOLD = "a company may have at most 100000 members, customers, groups and tags"


def customer(last: str = "a", *followed_by: str) -> Customer:
    return Customer(external_userid="wm2", followed_by=followed_by or ("a",), last_chat=last)


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (lambda: with_customers(COMPANY, [customer("a", "a", "x", "y")]), "customer wm2: no member x"),
        (
            lambda: with_customers(COMPANY, [customer("b", "a")]),
            "customer wm2: last_chat b is not one of followed_by",
        ),
        (
            lambda: with_customers(COMPANY, [customer("", "a")]),
            "customer wm2: last_chat nobody is not one of followed_by",
        ),
        (lambda: with_groups(COMPANY, [Group(chat_id="wr2", owner="x")]), "group wr2: no member x"),
        (
            lambda: with_tag_groups(COMPANY, [TagGroup(group_id="g2", tags=(Tag(tag_id="t1"),))]),
            "tag t1 is in the group g1",
        ),
    ],
)
def test_what_can_not_be(edit: Callable[[], Company], told: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(told)}$"):
        edit()


def test_everything_else_stays_as_it_was() -> None:
    edited = with_members(COMPANY, ["b", "c", "a"])
    assert (edited.members, evolve(edited, members=COMPANY.members)) == (("a", "b", "c"), COMPANY)
    edited = with_customers(edited, [customer("c", "b", "c")])
    assert list(edited.customers) == ["wm1", "wm2"]
    assert (edited.tags, edited.tag_groups) == (COMPANY.tags, COMPANY.tag_groups)
    edited = with_groups(edited, [Group(chat_id="wr1", owner="c"), Group(chat_id="wr2", owner="a")])
    assert [(one.chat_id, one.owner) for one in edited.groups.values()] == [("wr1", "c"), ("wr2", "a")]


def test_tags_that_customers_bring_are_known_and_in_one_group() -> None:
    bringing = evolve(customer(), tags=frozenset({"z", "t1", "loose", "y"}))
    edited = with_customers(COMPANY, [bringing])
    assert edited.tags == {"t1", "loose", "y", "z"}
    assert [(one.group_id, one.name, [tag.name for tag in one.tags]) for one in edited.tag_groups] == [
        ("g1", "One", ["T"]),
        ("etTagsWithoutAGroup", "未分组", ["loose", "y", "z"]),
    ]
    gone = with_tag_groups(
        edited, [TagGroup(group_id="g1", name="Uno", tags=(Tag(tag_id="t1", deleted=True),))]
    )
    assert gone.tags == {"loose", "y", "z"}
    assert (gone.tag_groups[0].name, gone.tag_groups[0].deleted) == ("Uno", True)


@pytest.mark.parametrize(
    "grown",
    [
        lambda size: evolve(COMPANY, members=("a",) * size),
        lambda size: evolve(COMPANY, customers=dict.fromkeys(map(str, range(size)), CUSTOMER)),
        lambda size: evolve(COMPANY, groups=dict.fromkeys(map(str, range(size)), COMPANY.groups["wr1"])),
        lambda size: evolve(
            COMPANY,
            tag_groups=(
                TagGroup(group_id="g1", tags=(Tag(tag_id="t"),)),
                TagGroup(group_id="g2", tags=(Tag(tag_id="t"),) * (size - 1)),
            ),
        ),
    ],
)
def test_how_far_it_may_grow(grown: Callable[[int], Company]) -> None:
    check_size(grown(MOST))
    with pytest.raises(ValueError, match=f"^{TOLD}$"):
        check_size(grown(MOST + 1))
