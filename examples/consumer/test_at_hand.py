"""The short way, for tests that need no server but their own: the company and the assertions of the fixture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from customer_care import Offer, send

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
