"""What members do and what time does: with the mock at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from customer_care import Offer, outcome, remind, send

if TYPE_CHECKING:
    from wecom_mock import WeComMock
    from wecom_openapi import WeCom

VIP = Offer("vip", "感谢您的支持", "https://example.com/vip")
NEW = Offer("new", "欢迎光临", "https://example.com/new")


@pytest.fixture(autouse=True)
def shop(wecom_mock: WeComMock) -> None:
    wecom_mock.company.member("anna").customer("wmA", tags=["vip"]).customer("wmB", tags=["new"])
    wecom_mock.company.member("ben").customer("wmC", tags=["new"])


def test_what_goes_out(wecom_mock: WeComMock, wecom: WeCom) -> None:
    send(wecom, ["anna", "ben"], [VIP, NEW])
    (task,) = wecom_mock.assert_sent(
        to="wmA",
        sender="anna",
        text="感谢您的支持",
        attachments=[{"msgtype": "link", "link": {"title": "vip", "url": "https://example.com/vip"}}],
    )
    assert task.chat_type == "single"
    wecom_mock.assert_sent(to="wmB", sender="anna", text="欢迎光临")
    wecom_mock.assert_sent(to="wmC", sender="ben", text="欢迎光临")
    wecom_mock.assert_no_broken_rules()


def test_nobody_to_write_to(wecom_mock: WeComMock, wecom: WeCom) -> None:
    wecom_mock.company.member("anna").loses("wmA")
    send(wecom, ["anna", "ben"], [VIP])
    wecom_mock.assert_nothing_sent()


def test_who_confirmed_is_not_reminded(wecom_mock: WeComMock, wecom: WeCom) -> None:
    report = send(wecom, ["anna", "ben"], [NEW])
    wecom_mock.confirm(report.created[0].msgid, "anna")
    wecom_mock.ignore(report.created[1].msgid)
    assert remind(wecom, report.created) == ["ben"]
    assert outcome(wecom, report.created) == {"SENT": 1, "UNSENT": 1}


def test_a_customer_who_leaves_before_the_member_confirms(wecom_mock: WeComMock, wecom: WeCom) -> None:
    report = send(wecom, ["anna"], [VIP])
    wecom_mock.unfriend("anna", "wmA")
    wecom_mock.confirm(report.created[0].msgid)
    assert outcome(wecom, report.created) == {"NO_FRIEND": 1}


@pytest.mark.wecom(quota_policy="per-day-1")
def test_one_message_a_day(wecom_mock: WeComMock, wecom: WeCom) -> None:
    first = send(wecom, ["ben"], [NEW])
    wecom_mock.confirm(first.created[0].msgid)
    second = send(wecom, ["ben"], [NEW])
    assert (second.created, second.refused) == ([], [("ben", "new", 41048)])
    wecom_mock.clock.move(days=1)
    assert len(send(wecom, ["ben"], [NEW]).created) == 1


def test_the_token_ends_between_two_runs(wecom_mock: WeComMock, wecom: WeCom) -> None:
    send(wecom, ["anna"], [VIP])
    wecom_mock.clock.move(hours=2)
    send(wecom, ["anna"], [VIP])
    wecom_mock.assert_sent(to="wmA", times=2)
    assert 42001 in [call.errcode for call in wecom_mock.calls]


def test_wecom_is_busy_for_one_of_two(wecom_mock: WeComMock, wecom: WeCom) -> None:
    wecom_mock.state.fail_next("add_msg_template", 45009)
    report = send(wecom, ["anna", "ben"], [NEW])
    assert report.refused == [("anna", "new", 45009)]
    wecom_mock.assert_sent(to="wmC")
