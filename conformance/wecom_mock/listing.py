"""get_groupmsg_list_v2: the tasks of a period, as they are seen in live answers."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from .call import Call
from .paging import page
from .tasks import Task

# The contract has it inside the condition of a warning; a test holds the two together.
MAXIMUM = 100

_ALL = 2
_NOT_LISTED = {"image": "pic_url", "miniprogram": "pic_media_id"}


def get_groupmsg_list_v2(call: Call) -> dict[str, Any]:
    """The tasks created in the period, oldest first, so that a new one doesn't shift the pages.

    A cancelled task stays in the list without a mark (a field note), and one that is still being dispatched is there
    already (field notes have it as the way to find a lost msgid).
    """
    body = call.body
    kind = body.get("filter_type", _ALL)
    tasks = call.state.tasks.between(
        body["start_time"],
        body["end_time"],
        chat_type=body.get("chat_type", "single"),
        creator=body.get("creator"),
        create_type=None if kind == _ALL else kind,
    )
    default = call.operation.defaults["limit"]
    if body.get("limit", default) > MAXIMUM:
        taken = default if call.state.settings.list_limit_over_maximum == "default" else MAXIMUM
        call = evolve(call, body={**body, "limit": taken})
    scope = [
        str(body.get(name)) for name in ("chat_type", "start_time", "end_time", "creator", "filter_type")
    ]
    time = call.state.settings.list_create_time
    cursor, rows = page(call, ("list", *scope), tasks, lambda task: _row(task, time))
    return {"next_cursor": cursor, "group_msg_list": rows}


def _row(task: Task, time: str) -> dict[str, Any]:
    row: dict[str, Any] = {
        "msgid": task.msgid,
        "create_time": int(task.created) if time == "number" else str(int(task.created)),
        "create_type": task.create_type,
    }
    if task.creator is not None:
        row["creator"] = task.creator
    content = (task.body.get("text") or {}).get("content")
    if content is not None:
        row["text"] = {"content": content}
    if task.body.get("attachments"):
        row["attachments"] = [_attachment(each) for each in task.body["attachments"]]
    return row


def _attachment(attachment: dict[str, Any]) -> dict[str, Any]:
    """As it is listed: an image by its media_id where it has one, a mini program without its cover."""
    kind = attachment["msgtype"]
    content = dict(attachment[kind])
    if kind != "image" or "media_id" in content:
        content.pop(_NOT_LISTED.get(kind, ""), None)
    return {"msgtype": kind, kind: content}
