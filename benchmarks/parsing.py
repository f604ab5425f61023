"""A page of 100 listed messages with nine attachments each, from bytes to models, against `json.loads` of the bytes.

Measured is all that the client does with an answer's bytes: decoded strictly (each key once, an errcode that is an
integer, no deeper than it may be), judged by the response schema, made models of, all of them at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from benchmarks.measure import Ratio, compare
from wecom_client.operations import GET_GROUPMSG_LIST_V2
from wecom_openapi import envelope
from wecom_openapi.answers import accept, model

AIM = 3.0
PAYLOADS: dict[str, dict[str, str]] = {
    "image": {
        "media_id": "WWCISP_G8PYgRaOVHjXWUWFqchpBqqqUpGj0OyR9z6WTwhnMZGCPHxyviVstiv_2fTG8YOJq8L8zJT2T2OvTebANV-2MQ",
        "pic_url": "http://p.qpic.cn/pic_wework/3474110808/7a6344sdadfwehe42060/0",
    },
    "link": {
        "title": "消息标题",
        "picurl": "https://example.pic.com/path",
        "desc": "消息描述",
        "url": "https://example.link.com/path",
    },
    "miniprogram": {
        "title": "消息标题",
        "pic_media_id": "MEDIA_ID_OF_THE_PICTURE_0123456789",
        "appid": "wx8bd80126147dfaaa",
        "page": "/path/index?a=1",
    },
    "video": {
        "media_id": "WWCISP_G8PYgRaOVHjXWUWFqchpBqqqUpGj0OyR9z6WTwhnMZGCPHxyviVstiv_2fTG8YOJq8L8zJT2T2OvTebANV-2MQ"
    },
    "file": {
        "media_id": "WWCISP_G8PYgRaOVHjXWUWFqchpBqqqUpGj0OyR9z6WTwhnMZGCPHxyviVstiv_2fTG8YOJq8L8zJT2T2OvTebANV-2MQ"
    },
}


def page(*kinds: str) -> bytes:
    """An answer of `get_groupmsg_list_v2` whose messages have attachments of these kinds in turn."""
    attachments = [{"msgtype": kind, kind: PAYLOADS[kind]} for kind in (kinds * 9)[:9]]
    return json.dumps({"errcode": 0, "errmsg": "ok", "next_cursor": "CURSOR", "group_msg_list": [
        {
            "msgid": f"msgGCAAAXtWyujaWJHDDGi0mAAAA{number:03}",
            "creator": "zhangsan",
            "create_time": 1600000000 + number,
            "create_type": 1,
            "text": {"content": "新品上市，10:00 起：https://example.com/a?b=c " * 2},
            "attachments": attachments,
        }
        for number in range(100)
    ]}, ensure_ascii=False).encode()  # fmt: skip


def read(body: bytes) -> Any:
    """As the driver does it."""
    return model(GET_GROUPMSG_LIST_V2, accept(GET_GROUPMSG_LIST_V2.id, envelope.decode(body)))


def _ratios() -> Iterator[Ratio]:
    pages = {"mixed attachments": page(*PAYLOADS), **{f"{kind}s": page(kind) for kind in PAYLOADS}}
    for name, body in pages.items():
        yield _ratio(f"a page, {name}", body)


def _ratio(name: str, body: bytes) -> Ratio:
    return compare(
        name,
        lambda: read(body),
        "json.loads of it",
        lambda: json.loads(body),
        aim=AIM,
        rounds=40,
        repeat=3,
        cpu=True,
    )


def parsing() -> str:
    """Mixed, and each kind."""
    return "\n".join(str(ratio) for ratio in _ratios())
