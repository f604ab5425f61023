"""Which behaviour answers which operation of the contract."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from typing import Any

from wecom_contract import OPERATIONS, Operation

from .call import Call
from .create import add_msg_template
from .media import media_upload, media_uploadimg
from .results import cancel_groupmsg_send, get_groupmsg_send_result, get_groupmsg_task, remind_groupmsg_send
from .tokens import gettoken

Behaviour = Callable[[Call], dict[str, Any]]

BEHAVIOURS: dict[str, Behaviour] = {
    "gettoken": gettoken,
    "add_msg_template": add_msg_template,
    "get_groupmsg_task": get_groupmsg_task,
    "get_groupmsg_send_result": get_groupmsg_send_result,
    "remind_groupmsg_send": remind_groupmsg_send,
    "cancel_groupmsg_send": cancel_groupmsg_send,
    "media_upload": media_upload,
    "media_uploadimg": media_uploadimg,
}

#: Method and path come from the contract; an operation without a behaviour is not served.
BY_PATH: dict[str, Operation] = {
    operation.path: operation for operation in OPERATIONS.values() if operation.id in BEHAVIOURS
}


def nearest(path: str) -> Operation:
    """The operation whose path looks most like this one."""
    best = max(BY_PATH, key=lambda known: difflib.SequenceMatcher(None, known, path[:200]).ratio())
    return BY_PATH[best]
