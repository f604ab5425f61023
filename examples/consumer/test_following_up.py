"""What members do and what time does, by the admin API: so these run against any mock with this company too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from customer_care import Offer, outcome, remind, send

if TYPE_CHECKING:
    from hands import Hands

    from wecom_openapi import WeCom

pytestmark = pytest.mark.wecom(company="company.yaml")

VIP = Offer("重要客户", "感谢您的支持", "https://example.com/vip")
NEW = Offer("新客户", "欢迎光临", "https://example.com/new")


def test_what_goes_out(hands: Hands, job: WeCom) -> None:
    send(job, ["anna", "ben"], [VIP, NEW])
    assert hands.sent() == [
        ("anna", ["wmA", "wmB"], "感谢您的支持"),
        ("anna", ["wmC", "wmD"], "欢迎光临"),
    ]


def test_who_confirmed_is_not_reminded(hands: Hands, job: WeCom) -> None:
    report = send(job, ["anna"], [VIP]), send(job, ["ben"], [NEW])
    (first,), (second,) = (one.created for one in report)
    hands.confirm(first.msgid, "anna")
    hands.ignore(second.msgid, "ben")
    assert remind(job, [first, second]) == ["ben"]
    assert outcome(job, [first, second]) == {"SENT": 2, "UNSENT": 1}


def test_a_customer_who_leaves_before_the_member_confirms(hands: Hands, job: WeCom) -> None:
    hands.befriend("carla", "wmF", "et-vip")
    (task,) = send(job, ["carla"], [VIP]).created
    assert task.customers == ("wmF",)
    hands.unfriend("carla", "wmF")
    hands.confirm(task.msgid, "carla")
    assert outcome(job, [task]) == {"NO_FRIEND": 1}
    assert send(job, ["carla"], [VIP]).created == []


def test_one_message_a_day(hands: Hands, job: WeCom) -> None:
    hands.settings(quota_policy="per-day-1")
    (first,) = send(job, ["ben"], [NEW]).created
    hands.confirm(first.msgid, "ben")
    second = send(job, ["ben"], [NEW])
    assert (second.created, second.refused) == ([], [("ben", "新客户", 41048)])
    hands.pass_time(hours=24)
    assert len(send(job, ["ben"], [NEW]).created) == 1


def test_the_token_ends_between_two_runs(hands: Hands, job: WeCom) -> None:
    send(job, ["anna"], [VIP])
    hands.pass_time(hours=2)
    send(job, ["anna"], [VIP])
    assert len(hands.sent()) == 2
    assert 42001 in hands.errcodes()


def test_wecom_is_busy_for_one_of_two(hands: Hands, job: WeCom) -> None:
    hands.fail_next("add_msg_template", 45009)
    report = send(job, ["anna"], [VIP, NEW])
    assert report.refused == [("anna", "重要客户", 45009)]
    assert hands.sent() == [("anna", ["wmC", "wmD"], "欢迎光临")]
