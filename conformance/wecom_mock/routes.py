"""Which behaviour answers which operation of the contract."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from typing import Any

from wecom_contract import ENVELOPE, OPERATIONS, Operation, success_example

from .call import Call
from .create import add_msg_template
from .listing import get_groupmsg_list_v2
from .media import media_upload, media_uploadimg
from .moments import (
    add_moment_task,
    cancel_moment_task,
    get_moment_list,
    get_moment_send_result,
    get_moment_task,
    get_moment_task_result,
)
from .recipients import batch_get_by_user, externalcontact_list, get_corp_tag_list, groupchat_list
from .results import cancel_groupmsg_send, get_groupmsg_send_result, get_groupmsg_task, remind_groupmsg_send
from .third_party import get_corp_token, get_suite_token
from .tokens import gettoken
from .welcome import (
    group_welcome_template_add,
    group_welcome_template_del,
    group_welcome_template_edit,
    group_welcome_template_get,
    send_welcome_msg,
)

Behaviour = Callable[[Call], dict[str, Any]]

BEHAVIOURS: dict[str, Behaviour] = {
    "gettoken": gettoken,
    "add_msg_template": add_msg_template,
    "get_groupmsg_list_v2": get_groupmsg_list_v2,
    "get_groupmsg_task": get_groupmsg_task,
    "get_groupmsg_send_result": get_groupmsg_send_result,
    "remind_groupmsg_send": remind_groupmsg_send,
    "cancel_groupmsg_send": cancel_groupmsg_send,
    "externalcontact_list": externalcontact_list,
    "batch_get_by_user": batch_get_by_user,
    "groupchat_list": groupchat_list,
    "get_corp_tag_list": get_corp_tag_list,
    "send_welcome_msg": send_welcome_msg,
    "group_welcome_template_add": group_welcome_template_add,
    "group_welcome_template_edit": group_welcome_template_edit,
    "group_welcome_template_get": group_welcome_template_get,
    "group_welcome_template_del": group_welcome_template_del,
    "add_moment_task": add_moment_task,
    "get_moment_task_result": get_moment_task_result,
    "get_moment_list": get_moment_list,
    "get_moment_task": get_moment_task,
    "get_moment_send_result": get_moment_send_result,
    "cancel_moment_task": cancel_moment_task,
    "get_suite_token": get_suite_token,
    "get_corp_token": get_corp_token,
    "media_upload": media_upload,
    "media_uploadimg": media_uploadimg,
}

#: Method and path come from the contract.
BY_PATH: dict[str, Operation] = {operation.path: operation for operation in OPERATIONS.values()}


def from_example(operation: str) -> dict[str, Any]:
    """What an operation answers that the contract has and nobody has written a behaviour for: the contract's example.

    The request was judged before that, so a call can be tried on the day its operation comes into the contract.
    """
    fields = success_example(operation)
    return {name: value for name, value in fields.items() if name not in (ENVELOPE.code, ENVELOPE.message)}


def nearest(path: str) -> Operation:
    """The operation whose path looks most like this one."""
    best = max(BY_PATH, key=lambda known: difflib.SequenceMatcher(None, known, path[:200]).ratio())
    return BY_PATH[best]
