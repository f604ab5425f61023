"""A client for WeCom's customer mass messages that checks every call against the contract before it is sent.

::

    from wecom_openapi import Image, WeCom

    with WeCom(corpid, corpsecret) as wecom:
        task = wecom.add_msg_template(
            sender="zhangsan",
            external_userid=["woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA"],
            text="新品上市",
            attachments=[Image(media_id="…")],
        )
        task.msgid, task.fail_list

Each name is imported when it is first asked for, so that judging a file doesn't wait for the HTTP library.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from wecom_openapi._version import __version__

if TYPE_CHECKING:
    from wecom_client.models import (
        AddMsgTemplateRequest,
        AddMsgTemplateResponse,
        File,
        FileAttachment,
        GroupmsgRecord,
        GroupmsgSendResult,
        GroupmsgTask,
        Image,
        ImageAttachment,
        Link,
        LinkAttachment,
        Miniprogram,
        MiniprogramAttachment,
        TagFilter,
        TagGroup,
        Text,
        UnknownVariant,
        Video,
        VideoAttachment,
    )
    from wecom_client.types import UNSET, Response
    from wecom_client.values import GroupmsgCreateType, GroupmsgSendStatus, GroupmsgTaskStatus
    from wecom_contract import UnknownOperation, Violation
    from wecom_openapi.async_client import AsyncWeCom
    from wecom_openapi.broadcast import Broadcast
    from wecom_openapi.client import WeCom
    from wecom_openapi.errors import (
        AudienceError,
        AudienceNotConfirmed,
        Busy,
        BusyOutcomeUnknown,
        CallFailed,
        ConfigurationError,
        CredentialError,
        DeadlineExceeded,
        FrequencyLimited,
        IgnoredFieldWarning,
        InProgress,
        InvalidArgument,
        InvalidRequest,
        JournalError,
        JournalWarning,
        KeyReused,
        MalformedAnswer,
        MediaError,
        NoAnswer,
        NoAnswerInTime,
        NoCustomers,
        NotSent,
        NotSentInTime,
        Outcome,
        OutcomeUnknown,
        OutcomeUnknownInTime,
        PermissionDenied,
        RefusedError,
        RefusedOutcomeUnknown,
        ResultsNotReady,
        TaskCancelled,
        TaskDispatching,
        TaskNotFound,
        WeComError,
        WeComWarning,
    )
    from wecom_openapi.journal import Journal
    from wecom_openapi.reconciliation.attempt import Attempt, Candidate, Reconciliation
    from wecom_openapi.redaction import mask_url
    from wecom_openapi.results import TaskResults
    from wecom_openapi.retrying import Retries
    from wecom_openapi.tokens.auth import TokenAuth
    from wecom_openapi.tokens.redis_store import RedisTokenStore
    from wecom_openapi.tokens.store import MemoryTokenStore, SharedTokenStore, TokenStore
    from wecom_openapi.tokens.suite import Suite
    from wecom_openapi.validation import validate

_FROM = {
    "wecom_openapi.async_client": ("AsyncWeCom",),
    "wecom_openapi.broadcast": ("Broadcast",),
    "wecom_openapi.client": ("WeCom",),
    "wecom_openapi.validation": ("validate",),
    "wecom_openapi.journal": ("Journal",),
    "wecom_openapi.reconciliation.attempt": ("Attempt", "Candidate", "Reconciliation"),
    "wecom_openapi.redaction": ("mask_url",),
    "wecom_openapi.tokens.suite": ("Suite",),
    "wecom_openapi.tokens.store": ("MemoryTokenStore", "SharedTokenStore", "TokenStore"),
    "wecom_openapi.tokens.redis_store": ("RedisTokenStore",),
    "wecom_openapi.tokens.auth": ("TokenAuth",),
    "wecom_contract": ("UnknownOperation", "Violation"),
    "wecom_client.types": ("UNSET", "Response"),
    "wecom_client.values": ("GroupmsgCreateType", "GroupmsgSendStatus", "GroupmsgTaskStatus"),
    "wecom_openapi.results": ("TaskResults",),
    "wecom_openapi.retrying": ("Retries",),
    "wecom_client.models": (
        "AddMsgTemplateRequest",
        "AddMsgTemplateResponse",
        "File",
        "FileAttachment",
        "GroupmsgRecord",
        "GroupmsgSendResult",
        "GroupmsgTask",
        "Image",
        "ImageAttachment",
        "Link",
        "LinkAttachment",
        "Miniprogram",
        "MiniprogramAttachment",
        "TagFilter",
        "TagGroup",
        "Text",
        "UnknownVariant",
        "Video",
        "VideoAttachment",
    ),
    "wecom_openapi.errors": (
        "AudienceError",
        "AudienceNotConfirmed",
        "Busy",
        "BusyOutcomeUnknown",
        "CallFailed",
        "ConfigurationError",
        "CredentialError",
        "DeadlineExceeded",
        "FrequencyLimited",
        "IgnoredFieldWarning",
        "InProgress",
        "InvalidArgument",
        "InvalidRequest",
        "JournalError",
        "JournalWarning",
        "KeyReused",
        "MalformedAnswer",
        "MediaError",
        "NoAnswer",
        "NoAnswerInTime",
        "NoCustomers",
        "NotSent",
        "NotSentInTime",
        "Outcome",
        "OutcomeUnknown",
        "OutcomeUnknownInTime",
        "PermissionDenied",
        "RefusedError",
        "RefusedOutcomeUnknown",
        "ResultsNotReady",
        "TaskCancelled",
        "TaskDispatching",
        "TaskNotFound",
        "WeComError",
        "WeComWarning",
    ),
}
_MODULES = {name: module for module, names in _FROM.items() for name in names}

__all__ = [  # noqa: RUF022 - by subject
    "WeCom",
    "AsyncWeCom",
    "Suite",
    "Broadcast",
    "Retries",
    "Journal",
    "validate",
    "Violation",
    "UnknownOperation",
    "AddMsgTemplateRequest",
    "AddMsgTemplateResponse",
    "Text",
    "Image",
    "Link",
    "Miniprogram",
    "Video",
    "File",
    "ImageAttachment",
    "LinkAttachment",
    "MiniprogramAttachment",
    "VideoAttachment",
    "FileAttachment",
    "UnknownVariant",
    "TagFilter",
    "TagGroup",
    "GroupmsgRecord",
    "GroupmsgTask",
    "GroupmsgSendResult",
    "GroupmsgCreateType",
    "GroupmsgTaskStatus",
    "GroupmsgSendStatus",
    "TaskResults",
    "Response",
    "UNSET",
    "TokenAuth",
    "TokenStore",
    "MemoryTokenStore",
    "SharedTokenStore",
    "RedisTokenStore",
    "mask_url",
    "Outcome",
    "Attempt",
    "Candidate",
    "Reconciliation",
    "WeComError",
    "InvalidRequest",
    "AudienceNotConfirmed",
    "KeyReused",
    "JournalError",
    "RefusedError",
    "CredentialError",
    "PermissionDenied",
    "FrequencyLimited",
    "InvalidArgument",
    "AudienceError",
    "NoCustomers",
    "MediaError",
    "TaskDispatching",
    "TaskNotFound",
    "TaskCancelled",
    "ConfigurationError",
    "Busy",
    "BusyOutcomeUnknown",
    "RefusedOutcomeUnknown",
    "ResultsNotReady",
    "MalformedAnswer",
    "CallFailed",
    "NotSent",
    "NotSentInTime",
    "InProgress",
    "NoAnswer",
    "NoAnswerInTime",
    "OutcomeUnknown",
    "OutcomeUnknownInTime",
    "DeadlineExceeded",
    "WeComWarning",
    "IgnoredFieldWarning",
    "JournalWarning",
    "__version__",
]


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_MODULES[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
