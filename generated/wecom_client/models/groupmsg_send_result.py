# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..types import UNSET, Unset, as_object, as_utc, beside
from ..values import GroupmsgSendStatus, as_number, as_value

T = TypeVar("T", bound="GroupmsgSendResult")


@_attrs_define
class GroupmsgSendResult:
    """What became of one recipient.
    单个对象的发送结果

    Attributes:
        userid (str): userid of the member.
            企业服务人员的 userid
        status (int): What became of it. Other numbers may come.
            发送状态
        external_userid (str | Unset): The customer; absent for a group.
            外部联系人 userid
        chat_id (str | Unset): The group; absent for a customer.
            外部客户群 id
        send_time (int | Unset): When it was sent, in seconds since 1970; only for status 1.
            发送时间，发送状态为 1 时返回
    """

    userid: str
    status: GroupmsgSendStatus
    external_userid: str | Unset = UNSET
    chat_id: str | Unset = UNSET
    send_time: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        userid = self.userid

        status = as_number(self.status)

        external_userid = self.external_userid

        chat_id = self.chat_id

        send_time = self.send_time

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "userid": userid,
                "status": status,
            }
        )
        if external_userid is not UNSET:
            field_dict["external_userid"] = external_userid
        if chat_id is not UNSET:
            field_dict["chat_id"] = chat_id
        if send_time is not UNSET:
            field_dict["send_time"] = send_time

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "GroupmsgSendResult")
        try:
            userid = d["userid"]

            status = as_value(GroupmsgSendStatus, d["status"], "GroupmsgSendResult.status")

            external_userid = d.get("external_userid", UNSET)

            chat_id = d.get("chat_id", UNSET)

            send_time = d.get("send_time", UNSET)

        except KeyError as missing:
            raise InvalidData(f"GroupmsgSendResult: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.userid = userid
        new_model.status = status
        new_model.external_userid = external_userid
        new_model.chat_id = chat_id
        new_model.send_time = send_time

        new_model.additional_properties = (
            {}
            if len(d)
            == 2 + (external_userid is not UNSET) + (chat_id is not UNSET) + (send_time is not UNSET)
            else beside(d, "userid", "status", "external_userid", "chat_id", "send_time")
        )
        return new_model

    @property
    def send_time_utc(self) -> datetime | None:
        """``send_time`` as an aware ``datetime`` in UTC; None where it is absent."""
        if self.send_time is UNSET:
            return None
        return as_utc(self.send_time, "GroupmsgSendResult.send_time")

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
