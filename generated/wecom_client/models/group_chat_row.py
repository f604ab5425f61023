# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..types import UNSET, Unset, as_object, beside
from ..values import GroupChatStatus, as_number, as_value

T = TypeVar("T", bound="GroupChatRow")


@_attrs_define
class GroupChatRow:
    """A customer group.
    客户群

    Attributes:
        chat_id (str): Id of the group.
            客户群 id
        status (int | Unset): Whether its owner is still there. Other numbers may come.
            客户群跟进状态：0-跟进人正常 1-跟进人离职 2-离职继承中 3-离职继承完成
    """

    chat_id: str
    status: GroupChatStatus | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        chat_id = self.chat_id

        status = as_number(self.status)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "chat_id": chat_id,
            }
        )
        if status is not UNSET:
            field_dict["status"] = status

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "GroupChatRow")
        try:
            chat_id = d["chat_id"]

            status = as_value(GroupChatStatus, d.get("status", UNSET), "GroupChatRow.status")

        except KeyError as missing:
            raise InvalidData(f"GroupChatRow: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.chat_id = chat_id
        new_model.status = status

        new_model.additional_properties = (
            {} if len(d) == 1 + (status is not UNSET) else beside(d, "chat_id", "status")
        )
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
