"""Calls of lush-wecom, as its users write them: only the base URL is another one. Prints one line of JSON."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from lush_wecom.client import AsyncWeComClient, WeComClient
from lush_wecom.core.exceptions import WeComAPIError
from lush_wecom.core.token_mgr import AsyncWeComTokenManager, WeComTokenManager
from lush_wecom.models import add_moment_task_vo as moment
from lush_wecom.models import add_msg_template_vo as add
from lush_wecom.models import cancel_groupmsg_send_vo as cancel
from lush_wecom.models import get_groupmsg_list_vo as records
from lush_wecom.models import get_groupmsg_send_result_vo as results
from lush_wecom.models import get_groupmsg_task_vo as tasks
from lush_wecom.models import remind_groupmsg_send_vo as remind

CUSTOMERS = ["woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA", "wmNobodyKnowsThisOneAAAAAAAAAAAA"]


def client_of(base: str) -> WeComClient:
    manager = WeComTokenManager("wwdemo", "demo")
    client = WeComClient(manager)
    client.BASE_URL = manager.token_client.BASE_URL = f"{base}/cgi-bin"
    return client


def refused(call: Callable[[], object]) -> int | None:
    try:
        call()
    except WeComAPIError as error:
        return error.errcode
    return 0


def send(base: str, picture: str) -> dict[str, Any]:
    client = client_of(base)
    uploaded = client.upload_temporary_media(picture, "image")
    answer = client.add_msg_template(
        add.AddMsgTemplateRequest(
            external_userid=CUSTOMERS,
            sender="zhangsan",
            text=add.TextMessage(content="新品上市 🎉"),
            attachments=[
                add.Attachment(msgtype="image", image=add.ImageAttachment(media_id=uploaded.media_id)),
                add.Attachment(
                    msgtype="link", link=add.LinkAttachment(title="标题", url="https://example.com/")
                ),
            ],
        )
    )
    job = client.add_moment_task(moment.AddMomentTaskRequest(text=moment.AddMomentText(content="晒图")))
    return {
        "msgid": answer.msgid,
        "fail_list": answer.fail_list,
        "url": client.upload_image(picture).url,
        "job": bool(job.jobid),
    }


def read(base: str, msgid: str, now: str) -> dict[str, Any]:
    client = client_of(base)
    # Whole numbers, which the types allow too, are an AttributeError in 0.1.1.
    start, end = (datetime.fromtimestamp(int(now) + seconds, UTC) for seconds in (-60, 60))
    found = client.get_groupmsg_list(
        records.GetGroupMsgListRequest(chat_type="single", start_time=start, end_time=end)
    )
    task = client.get_groupmsg_task(tasks.GetGroupMsgTaskRequest(msgid=msgid))
    sent = client.get_groupmsg_send_result(
        results.GetGroupMsgSendResultRequest(msgid=msgid, userid="zhangsan")
    )
    return {
        "listed": [(one.msgid, one.text.content if one.text else None) for one in found.group_msg_list],
        "task": [(one.userid, one.status) for one in task.task_list],
        "sent": [(one.external_userid, one.status) for one in sent.send_list],
    }


def end(base: str, msgid: str) -> dict[str, Any]:
    client = client_of(base)
    reminder = remind.RemindGroupMsgSendRequest(msgid=msgid)
    reminders = [refused(lambda: client.remind_groupmsg_send(reminder)) for _ in range(4)]
    cancelled = refused(lambda: client.cancel_groupmsg_send(cancel.CancelGroupMsgSendRequest(msgid=msgid)))
    after = refused(lambda: client.get_groupmsg_task(tasks.GetGroupMsgTaskRequest(msgid=msgid)))
    return {"reminders": reminders, "cancelled": cancelled, "after": after}


def stale(base: str) -> dict[str, Any]:
    """With a token in the cache that is none."""
    client = client_of(base)
    client.token_manager.storage.set(client.token_manager.cache_key, "stale", 7200)
    payload = add.AddMsgTemplateRequest(sender="zhangsan", text=add.TextMessage(content="hello"))
    return {"msgid": client.add_msg_template(payload).msgid}


async def asynchronous(base: str) -> dict[str, Any]:
    manager = AsyncWeComTokenManager("wwdemo", "demo")
    client = AsyncWeComClient(manager)
    client.BASE_URL = manager.token_client.BASE_URL = f"{base}/cgi-bin"
    payload = add.AddMsgTemplateRequest(sender="lisi", text=add.TextMessage(content="你好"))
    answer = await client.add_msg_template(payload)
    return {"msgid": answer.msgid}


def calls(base: str, picture: str, now: str, code: str) -> dict[str, Any]:
    """Every call that it is tried with here, once."""
    msgid = send(base, picture)["msgid"]
    read(base, msgid, now)
    end(base, msgid)
    stale(base)
    asyncio.run(asynchronous(base))
    return {}


def trouble(base: str, *texts: str) -> list[str]:
    """What the caller is told of messages, one for each text."""
    client, told = client_of(base), []
    for text in texts:
        try:
            message = add.TextMessage(content=text)
            client.add_msg_template(add.AddMsgTemplateRequest(sender="zhangsan", text=message))
            told.append("")
        except Exception as error:  # noqa: BLE001  # which one it is, is what is asked
            told.append(type(error).__name__)
    return told


STEPS: dict[str, Callable[..., Any]] = {
    "send": send,
    "read": read,
    "end": end,
    "stale": stale,
    "calls": calls,
    "trouble": trouble,
    "async": lambda base: asyncio.run(asynchronous(base)),
}

if __name__ == "__main__":
    print(json.dumps(STEPS[sys.argv[1]](*sys.argv[2:])))
