# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..types import UNSET, Unset, as_object, beside

T = TypeVar("T", bound="GetGroupmsgTaskRequest")


@_attrs_define
class GetGroupmsgTaskRequest:
    """The arguments of get_groupmsg_task.
    get_groupmsg_task 的请求参数

    Attributes:
        msgid (str): Id of the task.
            群发消息的 id
        limit (int | Unset): How many rows a page has. The server takes the default where more than the
            maximum is asked for, so more is an error here. Left out, it counts as 500.
            每页返回的最大记录数；超过最大值时服务端取默认值，因此此处视为错误
        cursor (str | Unset): Where to go on: empty at first, then the next_cursor of the page before.
            用于分页查询的游标，由上一次调用返回，首次调用可不填
    """

    msgid: str
    limit: int | Unset = UNSET
    cursor: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        msgid = self.msgid

        limit = self.limit

        cursor = self.cursor

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "msgid": msgid,
            }
        )
        if limit is not UNSET:
            field_dict["limit"] = limit
        if cursor is not UNSET:
            field_dict["cursor"] = cursor

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "GetGroupmsgTaskRequest")
        try:
            msgid = d["msgid"]

            limit = d.get("limit", UNSET)

            cursor = d.get("cursor", UNSET)

        except KeyError as missing:
            raise InvalidData(f"GetGroupmsgTaskRequest: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.msgid = msgid
        new_model.limit = limit
        new_model.cursor = cursor

        new_model.additional_properties = (
            {}
            if len(d) == 1 + (limit is not UNSET) + (cursor is not UNSET)
            else beside(d, "msgid", "limit", "cursor")
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
