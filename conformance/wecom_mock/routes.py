"""Which behaviour answers which operation of the contract."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from typing import Any

from wecom_contract import ENVELOPE, OPERATIONS, Operation, success_example

from .call import Call
from .create import add_msg_template
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
