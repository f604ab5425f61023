"""Calls of the client of this project, the same as those of the others beside it. Prints one line of JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from wecom_openapi import Image, Link, WeCom

CUSTOMERS = ["woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA", "wmNobodyKnowsThisOneAAAAAAAAAAAA"]


def calls(base: str, picture: str, now: str, code: str) -> dict[str, Any]:
    """From upload to cancellation, the people, and a welcome message."""
    start, end = (datetime.fromtimestamp(int(now) + seconds, UTC) for seconds in (-60, 60))
    with WeCom("wwdemo", "demo", base_url=base) as wecom:
        uploaded = wecom.media_upload(media=Path(picture), type="image")
        wecom.media_uploadimg(media=Path(picture))
        task = wecom.add_msg_template(
            external_userid=CUSTOMERS,
            sender="zhangsan",
            text="新品上市 🎉",
            attachments=[Image(media_id=uploaded.media_id), Link(title="标题", url="https://example.com/")],
        )
        wecom.add_moment_task(text="晒图", to_all=True)
        list(wecom.iter_groupmsg_list_v2(chat_type="single", start_time=start, end_time=end))
        list(wecom.iter_groupmsg_task(msgid=task.msgid))
        list(wecom.iter_groupmsg_send_result(msgid=task.msgid, userid="zhangsan"))
        wecom.remind_groupmsg_send(msgid=task.msgid)
        wecom.cancel_groupmsg_send(msgid=task.msgid)
        wecom.externalcontact_list(userid="lisi")
        list(wecom.iter_groupchat_list(limit=2))
        wecom.get_corp_tag_list()
        wecom.send_welcome_msg(welcome_code=code, text="您好")
        template = wecom.group_welcome_template_add(text="亲爱的%NICKNAME%").template_id
        wecom.group_welcome_template_edit(template_id=template, text="欢迎")
        wecom.group_welcome_template_get(template_id=template)
        wecom.group_welcome_template_del(template_id=template)
    return {}


def trouble(base: str, *texts: str) -> list[str]:
    """What the caller is told of messages, one for each text."""
    told = []
    with WeCom("wwdemo", "demo", base_url=base) as wecom:
        for text in texts:
            try:
                wecom.add_msg_template(sender="zhangsan", text=text, to_all=True)
                told.append("")
            except Exception as error:  # noqa: BLE001  # which one it is, is what is asked
                told.append(type(error).__name__)
    return told


STEPS: dict[str, Callable[..., Any]] = {"calls": calls, "trouble": trouble}

if __name__ == "__main__":
    print(json.dumps(STEPS[sys.argv[1]](*sys.argv[2:])))
