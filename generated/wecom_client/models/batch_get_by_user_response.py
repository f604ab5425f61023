# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..models.batch_get_by_user_fail_info import BatchGetByUserFailInfo
from ..models.followed_contact import FollowedContact
from ..types import UNSET, Unset, as_list, as_object, beside

T = TypeVar("T", bound="BatchGetByUserResponse")


@_attrs_define
class BatchGetByUserResponse:
    """The answer of batch_get_by_user, or a refusal.
    batch_get_by_user 的返回结果

    Attributes:
        errcode (int): 0 is success. Decide by this alone.
            返回码，0 表示成功，只应以此判断
        external_contact_list (list[FollowedContact]): The customers.
            客户列表
        errmsg (str | Unset): The code in words, for people. Not always ok on success.
            对返回码的文本描述，可能变化，不可用于判断
        next_cursor (str | Unset): Where the next page begins; empty or absent after the last.
            分页游标，没有更多数据时为空
        fail_info (BatchGetByUserFailInfo | Unset): What was left out of an answer that is a success.
            失败信息
    """

    errcode: int
    external_contact_list: list[FollowedContact]
    errmsg: str | Unset = UNSET
    next_cursor: str | Unset = UNSET
    fail_info: BatchGetByUserFailInfo | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        errcode = self.errcode

        external_contact_list = []
        for external_contact_list_item_data in self.external_contact_list:
            external_contact_list_item = external_contact_list_item_data.to_dict()
            external_contact_list.append(external_contact_list_item)

        errmsg = self.errmsg

        next_cursor = self.next_cursor

        fail_info: dict[str, Any] | Unset = UNSET
        if not isinstance(self.fail_info, Unset):
            fail_info = self.fail_info.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "errcode": errcode,
                "external_contact_list": external_contact_list,
            }
        )
        if errmsg is not UNSET:
            field_dict["errmsg"] = errmsg
        if next_cursor is not UNSET:
            field_dict["next_cursor"] = next_cursor
        if fail_info is not UNSET:
            field_dict["fail_info"] = fail_info

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "BatchGetByUserResponse")
        try:
            errcode = d["errcode"]

            external_contact_list = []
            _external_contact_list = as_list(d["external_contact_list"], "external_contact_list")
            for external_contact_list_item_data in _external_contact_list:
                external_contact_list_item = FollowedContact.from_dict(external_contact_list_item_data)

                external_contact_list.append(external_contact_list_item)

            errmsg = d.get("errmsg", UNSET)

            next_cursor = d.get("next_cursor", UNSET)

            _fail_info = d.get("fail_info", UNSET)
            fail_info: BatchGetByUserFailInfo | Unset
            if _fail_info is UNSET:
                fail_info = UNSET
            else:
                fail_info = BatchGetByUserFailInfo.from_dict(_fail_info)

        except KeyError as missing:
            raise InvalidData(f"BatchGetByUserResponse: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.errcode = errcode
        new_model.external_contact_list = external_contact_list
        new_model.errmsg = errmsg
        new_model.next_cursor = next_cursor
        new_model.fail_info = fail_info

        new_model.additional_properties = (
            {}
            if len(d) == 2 + (errmsg is not UNSET) + (next_cursor is not UNSET) + (fail_info is not UNSET)
            else beside(d, "errcode", "external_contact_list", "errmsg", "next_cursor", "fail_info")
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
