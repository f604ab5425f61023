"""A whole call (build, validate, token, send, envelope, parse) against a bare `httpx.Client.post` of the same body."""

from __future__ import annotations

import httpx

from benchmarks.answering import answering
from benchmarks.measure import Ratio, compare
from wecom_openapi import Image, Link, WeCom

BODY = {
    "sender": "zhangsan",
    "external_userid": ["woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA", "wmqfasd1e1927831123109rBAAAA"],
    "text": {"content": "新品上市"},
    "attachments": [
        {"msgtype": "image", "image": {"media_id": "MEDIA_ID"}},
        {"msgtype": "link", "link": {"title": "消息标题", "url": "https://example.com"}},
    ],
}


def whole_call() -> Ratio:
    """Processor time of this process; the server runs in another one."""
    with (
        answering() as base_url,
        WeCom("wwbench", "secret", base_url=base_url) as wecom,
        httpx.Client() as bare,
    ):
        url = f"{base_url}/cgi-bin/externalcontact/add_msg_template"

        def ours() -> str:
            return wecom.add_msg_template(
                sender="zhangsan",
                external_userid=["woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA", "wmqfasd1e1927831123109rBAAAA"],
                text="新品上市",
                attachments=[Image(media_id="MEDIA_ID"), Link(title="消息标题", url="https://example.com")],
            ).msgid

        def post() -> object:
            return bare.post(url, params={"access_token": "accesstoken000001"}, json=BODY).json()

        return compare(
            "a whole call", ours, "httpx.Client.post", post, aim=0.75, rounds=30, repeat=50, cpu=True
        )
