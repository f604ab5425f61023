# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..models.groupmsg_send_result import GroupmsgSendResult
from ..types import UNSET, Unset, as_list, as_object, beside

T = TypeVar("T", bound="GetGroupmsgSendResultResponse")


@_attrs_define
class GetGroupmsgSendResultResponse:
    """The answer of get_groupmsg_send_result, or a refusal.
    get_groupmsg_send_result 的返回结果

    Attributes:
        errcode (int): 0 is success. Decide by this alone.
            返回码，0 表示成功，只应以此判断
        send_list (list[GroupmsgSendResult]): The recipients.
            群成员发送结果列表
        errmsg (str | Unset): The code in words, for people. Not always ok on success.
            对返回码的文本描述，可能变化，不可用于判断
        next_cursor (str | Unset): Where the next page begins; empty or absent after the last.
            分页游标，没有更多数据时为空
    """

    errcode: int
    send_list: list[GroupmsgSendResult]
    errmsg: str | Unset = UNSET
    next_cursor: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        errcode = self.errcode

        send_list = []
        for send_list_item_data in self.send_list:
            send_list_item = send_list_item_data.to_dict()
            send_list.append(send_list_item)

        errmsg = self.errmsg

        next_cursor = self.next_cursor

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "errcode": errcode,
                "send_list": send_list,
            }
        )
        if errmsg is not UNSET:
            field_dict["errmsg"] = errmsg
        if next_cursor is not UNSET:
            field_dict["next_cursor"] = next_cursor

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "GetGroupmsgSendResultResponse")
        try:
            errcode = d["errcode"]

            send_list = []
            _send_list = as_list(d["send_list"], "send_list")
            for send_list_item_data in _send_list:
                send_list_item = GroupmsgSendResult.from_dict(send_list_item_data)

                send_list.append(send_list_item)

            errmsg = d.get("errmsg", UNSET)

            next_cursor = d.get("next_cursor", UNSET)

        except KeyError as missing:
            raise InvalidData(f"GetGroupmsgSendResultResponse: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.errcode = errcode
        new_model.send_list = send_list
        new_model.errmsg = errmsg
        new_model.next_cursor = next_cursor

        new_model.additional_properties = (
            {}
            if len(d) == 2 + (errmsg is not UNSET) + (next_cursor is not UNSET)
            else beside(d, "errcode", "send_list", "errmsg", "next_cursor")
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
