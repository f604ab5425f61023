"""Who gets what. These tests look at WeCom through the API alone, so they run against any server with this company."""

from __future__ import annotations

import pytest
from customer_care import Offer, outcome, remind, segments, send

from wecom_openapi import InvalidRequest, TaskCancelled, WeCom

pytestmark = pytest.mark.wecom(company="company.yaml")

VIP = Offer("重要客户", "感谢您的支持", "https://example.com/vip")
NEW = Offer("新客户", "欢迎光临", "https://example.com/new")


def test_every_customer_gets_one_offer_from_one_member(job: WeCom) -> None:
    assert segments(job, ["anna", "ben", "carla"], [VIP, NEW]) == {
        ("anna", "重要客户"): ["wmA", "wmB"],
        ("anna", "新客户"): ["wmC", "wmD"],
    }
    assert segments(job, ["ben"], [VIP, NEW]) == {("ben", "新客户"): ["wmD"]}
    assert segments(job, ["carla"], [VIP, NEW]) == {}


def test_the_first_offer_wins(job: WeCom) -> None:
    assert segments(job, ["anna"], [NEW, VIP]) == {
        ("anna", "重要客户"): ["wmA"],
        ("anna", "新客户"): ["wmB", "wmC", "wmD"],
    }


def test_a_tag_that_nobody_made_is_told(job: WeCom) -> None:
    with pytest.raises(LookupError, match="no tag 老客户"):
        segments(job, ["anna"], [Offer("老客户", "…", "https://example.com")])


def test_tasks_are_created_and_wait_for_the_members(job: WeCom) -> None:
    report = send(job, ["anna", "ben"], [VIP, NEW])
    assert [(one.member, one.tag, one.customers) for one in report.created] == [
        ("anna", "重要客户", ("wmA", "wmB")),
        ("anna", "新客户", ("wmC", "wmD")),
    ]
    assert (report.refused, report.not_reached) == ([], [])
    assert outcome(job, report.created) == {"UNSENT": 4}
    assert remind(job, report.created) == ["anna", "anna"]


def test_what_was_cancelled_is_left_alone(job: WeCom) -> None:
    report = send(job, ["anna"], [VIP, NEW])
    first, second = report.created
    job.cancel_groupmsg_send(msgid=first.msgid)
    assert remind(job, [first, second]) == ["anna"]
    with pytest.raises(TaskCancelled):
        outcome(job, [first])


def test_an_offer_that_wecom_would_refuse_never_leaves(job: WeCom) -> None:
    long = Offer("重要客户", "字" * 1334, "https://example.com/vip")
    with pytest.raises(InvalidRequest) as caught:
        send(job, ["anna"], [long])
    assert [violation.rule for violation in caught.value.violations] == ["text.content.max-bytes"]
