# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, as_list, as_object, beside

T = TypeVar("T", bound="BatchGetByUserFailInfo")


@_attrs_define
class BatchGetByUserFailInfo:
    """What was left out of an answer that is a success.
    失败信息

    Attributes:
        unlicensed_userid_list (list[str] | Unset): The members without a licence, whose customers are
            missing.
            没有互通许可的成员 userid 列表
    """

    unlicensed_userid_list: list[str] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        unlicensed_userid_list: list[str] | Unset = UNSET
        if not isinstance(self.unlicensed_userid_list, Unset):
            unlicensed_userid_list = self.unlicensed_userid_list

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if unlicensed_userid_list is not UNSET:
            field_dict["unlicensed_userid_list"] = unlicensed_userid_list

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "BatchGetByUserFailInfo")
        unlicensed_userid_list: list[str] | Unset = as_list(
            d.get("unlicensed_userid_list", UNSET), "unlicensed_userid_list"
        )

        new_model = cls.__new__(cls)
        new_model.unlicensed_userid_list = unlicensed_userid_list

        new_model.additional_properties = (
            {} if len(d) == (unlicensed_userid_list is not UNSET) else beside(d, "unlicensed_userid_list")
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
