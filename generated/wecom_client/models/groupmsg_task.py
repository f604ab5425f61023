# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..types import UNSET, Unset, as_object, as_utc, beside
from ..values import GroupmsgTaskStatus, as_number, as_value

T = TypeVar("T", bound="GroupmsgTask")


@_attrs_define
class GroupmsgTask:
    """A member who is asked to send.
    成员发送任务

    Attributes:
        userid (str): userid of the member.
            企业服务人员的 userid
        status (int): Whether the member has confirmed. Other numbers occur.
            发送状态
        send_time (int | Unset): When it was sent, in seconds since 1970; absent before.
            发送时间，未发送时不返回
    """

    userid: str
    status: GroupmsgTaskStatus
    send_time: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        userid = self.userid

        status = as_number(self.status)

        send_time = self.send_time

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "userid": userid,
                "status": status,
            }
        )
        if send_time is not UNSET:
            field_dict["send_time"] = send_time

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "GroupmsgTask")
        try:
            userid = d["userid"]

            status = as_value(GroupmsgTaskStatus, d["status"], "GroupmsgTask.status")

            send_time = d.get("send_time", UNSET)

        except KeyError as missing:
            raise InvalidData(f"GroupmsgTask: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.userid = userid
        new_model.status = status
        new_model.send_time = send_time

        new_model.additional_properties = (
            {} if len(d) == 2 + (send_time is not UNSET) else beside(d, "userid", "status", "send_time")
        )
        return new_model

    @property
    def send_time_utc(self) -> datetime | None:
        """``send_time`` as an aware ``datetime`` in UTC; None where it is absent."""
        if self.send_time is UNSET:
            return None
        return as_utc(self.send_time, "GroupmsgTask.send_time")

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
