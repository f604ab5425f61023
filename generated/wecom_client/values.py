# Written by `make regenerate`: change the contract or openapi/templates, not this file.
"""Numbers of answers that have names. Others may come: they are kept, as members that no class lists."""

from __future__ import annotations

from enum import IntEnum
from typing import Any, Self, TypeVar

from .errors import InvalidData
from .types import UNSET


class NamedValue(IntEnum):
    """A number that has a name, or one that no page names."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if type(value) is not int:
            return None
        member = int.__new__(cls, value)
        member._name_ = f"UNKNOWN_{value}"
        member._value_ = value
        return member

    @property
    def is_known(self) -> bool:
        """Whether the vendor's pages name this number."""
        return self._value_ in type(self)._value2member_map_


class ExternalContactGender(NamedValue):
    """UNKNOWN, MALE, FEMALE; others may come."""

    UNKNOWN = 0
    """Not known. 未知"""
    MALE = 1
    """Male. 男性"""
    FEMALE = 2
    """Female. 女性"""


class ExternalContactType(NamedValue):
    """WECHAT, WECOM; others may come."""

    WECHAT = 1
    """A user of WeChat. 微信用户"""
    WECOM = 2
    """A user of WeCom. 企业微信用户"""


class GroupChatStatus(NamedValue):
    """NORMAL, OWNER_LEFT, BEING_HANDED_OVER, HANDED_OVER; others may come."""

    NORMAL = 0
    """The owner is there. 跟进人正常"""
    OWNER_LEFT = 1
    """The owner has left. 跟进人离职"""
    BEING_HANDED_OVER = 2
    """It is being handed over. 离职继承中"""
    HANDED_OVER = 3
    """It was handed over. 离职继承完成"""


class GroupmsgCreateType(NamedValue):
    """COMPANY, MEMBER; others may come."""

    COMPANY = 0
    """For the company, or by the API. 企业"""
    MEMBER = 1
    """By a member for himself. 个人"""


class GroupmsgSendStatus(NamedValue):
    """UNSENT, SENT, NO_FRIEND, QUOTA_USED_UP; others may come."""

    UNSENT = 0
    """Not sent yet. 未发送"""
    SENT = 1
    """Sent. 已发送"""
    NO_FRIEND = 2
    """Failed: no longer a friend of the member. 因客户不是好友导致发送失败"""
    QUOTA_USED_UP = 3
    """Failed: has had other mass messages already. 因客户已经收到其他群发消息导致发送失败"""


class GroupmsgTaskStatus(NamedValue):
    """UNSENT, SENT; others may come."""

    UNSENT = 0
    """Not sent yet. 未发送"""
    SENT = 2
    """Confirmed by the member. That each customer has it, is another matter. 已发送"""


class MomentCreateType(NamedValue):
    """CORP, MEMBER; others may come."""

    CORP = 0
    """The corp. 企业"""
    MEMBER = 1
    """A member. 个人"""


class MomentJobStatus(NamedValue):
    """STARTED, WORKING, DONE; others may come."""

    STARTED = 1
    """The job has begun. 开始创建任务"""
    WORKING = 2
    """The job is at work. 正在创建任务中"""
    DONE = 3
    """The job is done; result says how. 创建任务已完成"""


class MomentPublishStatus(NamedValue):
    """UNPUBLISHED, PUBLISHED; others may come."""

    UNPUBLISHED = 0
    """Not published yet. 未发表"""
    PUBLISHED = 1
    """Published. 已发表"""


class MomentVisibleType(NamedValue):
    """PARTIAL, PUBLIC; others may come."""

    PARTIAL = 0
    """Some of the customers. 部分可见"""
    PUBLIC = 1
    """All of them. 公开"""


ValueT = TypeVar("ValueT", bound=NamedValue)


def as_value(kind: type[ValueT], value: Any, what: str) -> Any:
    """A number of an answer as the member of its class; ``UNSET`` stays. Raises InvalidData for anything else."""
    if value is UNSET:
        return value
    if type(value) is not int:
        raise InvalidData(f"{what}: an integer was expected, not {type(value).__name__}")
    return kind(value)


def as_number(value: Any) -> Any:
    """A member as the plain number that it is; anything else unchanged."""
    return int(value) if isinstance(value, NamedValue) else value
