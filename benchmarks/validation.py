"""Validation of the largest body (10,000 recipients, nine attachments) against writing it as JSON."""

from __future__ import annotations

import json

from benchmarks.measure import Ratio, compare
from wecom_contract import check

BODY = {
    "sender": "zhangsan",
    "external_userid": [f"wm{number:030}" for number in range(10_000)],
    "text": {"content": "新品上市，欢迎选购。" * 100},
    "attachments": [{"msgtype": "link", "link": {"title": "消息标题", "url": "https://example.com/path"}}]
    * 9,
}


def largest_body() -> Ratio:
    """What a client pays that writes the body anyway, and so knows that it can be written."""
    assert check("add_msg_template", BODY, written=True) == []
    return compare(
        "validating the largest body",
        lambda: check("add_msg_template", BODY, written=True),
        "json.dumps of it",
        lambda: json.dumps(BODY, ensure_ascii=False),
        aim=0.1,
        rounds=100,
        repeat=3,
    )
