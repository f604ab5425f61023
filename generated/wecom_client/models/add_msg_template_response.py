# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..types import UNSET, Unset, as_list, as_object, beside, empty_if_missing

T = TypeVar("T", bound="AddMsgTemplateResponse")


@_attrs_define
class AddMsgTemplateResponse:
    """The answer to a created task, or a refusal.
    创建结果

    Attributes:
        errcode (int): 0 is success. Decide by this alone.
            返回码，0 表示成功，只应以此判断
        fail_list (list[str]): Recipients that can't be sent to, by external_userid (single) or chat id
            (group).
            无效或无法发送的 external_userid 或 chat_id 列表
        msgid (str): Id of the task, for the calls about its results.
            企业群发消息的 id，可用于获取群发消息发送结果
        errmsg (str | Unset): The code in words, for people. Not always ok on success.
            对返回码的文本描述，可能变化，不可用于判断
    """

    errcode: int
    msgid: str
    fail_list: list[str] = _attrs_field(factory=list)
    errmsg: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        errcode = self.errcode

        fail_list = self.fail_list

        msgid = self.msgid

        errmsg = self.errmsg

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "errcode": errcode,
                "fail_list": fail_list,
                "msgid": msgid,
            }
        )
        if errmsg is not UNSET:
            field_dict["errmsg"] = errmsg

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "AddMsgTemplateResponse")
        try:
            errcode = d["errcode"]

            fail_list: list[str] = as_list(empty_if_missing(d.get("fail_list")), "fail_list")

            msgid = d["msgid"]

            errmsg = d.get("errmsg", UNSET)

        except KeyError as missing:
            raise InvalidData(f"AddMsgTemplateResponse: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.errcode = errcode
        new_model.fail_list = fail_list
        new_model.msgid = msgid
        new_model.errmsg = errmsg

        new_model.additional_properties = (
            {}
            if len(d) == 2 + ("fail_list" in d) + (errmsg is not UNSET)
            else beside(d, "errcode", "fail_list", "msgid", "errmsg")
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
