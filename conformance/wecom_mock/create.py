"""add_msg_template: make a task that members then have to confirm."""

from __future__ import annotations

from typing import Any, Literal

from .audience import Audience, group_audience, single_audience
from .call import Call
from .doubts import check_file_attachments
from .media import check_attachments
from .refusal import Refusal
from .tasks import Assignment, Delivery, Task


def _check_quota(call: Call, audience: Audience) -> None:
    settings, ledger = call.state.settings, call.state.ledger
    if settings.quota_surfaces == "create" and ledger.all_used_up(
        audience.targets, settings.quota_policy, call.now
    ):
        raise Refusal("audience.quota-used-up")


def add_msg_template(call: Call) -> dict[str, Any]:
    """Create the task. Nothing is sent: see :meth:`~wecom_mock.state.State.confirm`.

    Fields of the other chat type are ignored, as the vendor's own sample sends them together.
    """
    chat_type: Literal["single", "group"] = call.body.get("chat_type", "single")
    audience = group_audience(call) if chat_type == "group" else single_audience(call)
    attachments = call.body.get("attachments") or []
    check_file_attachments(call.state.settings, attachments)
    check_attachments(call, attachments)
    _check_quota(call, audience)
    task = Task(
        msgid=call.state.new_msgid(),
        chat_type=chat_type,
        body=call.body,
        created=call.now,
        assignments={
            userid: Assignment(userid, [Delivery(target) for target in targets])
            for userid, targets in audience.by_member.items()
        },
        fail_list=audience.fail_list,
    )
    call.state.tasks[task.msgid] = task
    return {"fail_list": audience.fail_list, "msgid": task.msgid}
