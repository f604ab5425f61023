# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..types import as_object, beside

T = TypeVar("T", bound="RemindGroupmsgSendRequest")


@_attrs_define
class RemindGroupmsgSendRequest:
    """The arguments of remind_groupmsg_send.
    remind_groupmsg_send 的请求参数

    Attributes:
        msgid (str): Id of the task.
            群发消息的 id
    """

    msgid: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        msgid = self.msgid

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "msgid": msgid,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "RemindGroupmsgSendRequest")
        try:
            msgid = d["msgid"]

        except KeyError as missing:
            raise InvalidData(f"RemindGroupmsgSendRequest: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.msgid = msgid

        new_model.additional_properties = {} if len(d) == 1 else beside(d, "msgid")
        return new_model

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
