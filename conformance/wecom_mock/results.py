"""The life of a task after its creation: read it, remind, cancel."""

from __future__ import annotations

from typing import Any

from .call import Call
from .paging import page
from .refusal import Refusal
from .tasks import Assignment, Delivery, Task

CONFIRMED = 2
REMINDERS = 3
REMINDER_SECONDS = 24 * 3600


def _task(call: Call) -> Task:
    task = call.state.tasks.get(call.body["msgid"])
    if task is None:
        raise Refusal("msgid.unknown")
    if task.cancelled:
        raise Refusal("task.cancelled")
    return task


def _readable(call: Call) -> Task:
    task, settings = _task(call), call.state.settings
    if call.now < task.created + settings.dispatch_seconds:
        unknown = settings.dispatch_code == 41047
        raise Refusal("msgid.unknown" if unknown else "task.dispatching")
    return task


def get_groupmsg_task(call: Call) -> dict[str, Any]:
    """Which members have confirmed: status 0 or 2."""
    task, confirmed = _readable(call), call.state.settings.confirmed_status

    def row(assignment: Assignment) -> dict[str, Any]:
        status = confirmed if assignment.status == CONFIRMED else assignment.status
        found: dict[str, Any] = {"userid": assignment.userid, "status": status}
        if assignment.send_time is not None:
            found["send_time"] = assignment.send_time
        return found

    cursor, rows = page(call, ("task", task.msgid), list(task.assignments.values()), row)
    return {"next_cursor": cursor, "task_list": rows}


def get_groupmsg_send_result(call: Call) -> dict[str, Any]:
    """What became of each recipient of one member: status 0 to 3, with a time where it was sent."""
    task, userid = _readable(call), call.body["userid"]
    if userid not in call.state.company.members:
        raise Refusal("userid.unknown")
    id_field = "external_userid" if task.chat_type == "single" else "chat_id"
    only_sent = task.chat_type == "group" and call.state.settings.group_result_rows == "sent"

    def row(delivery: Delivery) -> dict[str, Any] | None:
        if only_sent and delivery.status == 0:
            return None
        found: dict[str, Any] = {id_field: delivery.target, "userid": userid, "status": delivery.status}
        if delivery.send_time is not None:
            found["send_time"] = delivery.send_time
        return found

    assignment = task.assignments.get(userid)
    deliveries = assignment.deliveries if assignment else []
    cursor, rows = page(call, ("result", task.msgid, userid), deliveries, row)
    return {"next_cursor": cursor, "send_list": rows}


def remind_groupmsg_send(call: Call) -> dict[str, Any]:
    """Remind the members; at most 3 times in 24 hours.

    The fourth gets the code that the error table has for it; nobody has written down what it got.
    """
    task = _task(call)
    recent = [moment for moment in task.reminders if call.now - moment < REMINDER_SECONDS]
    if len(recent) >= REMINDERS:
        raise Refusal("remind.too-often")
    task.reminders = [*recent, call.now]
    return {}


def cancel_groupmsg_send(call: Call) -> dict[str, Any]:
    """Stop the members who have not confirmed yet; what was sent stays sent."""
    _task(call).cancelled = True
    return {}
