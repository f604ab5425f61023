# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, as_list, as_object, beside

T = TypeVar("T", bound="MomentExternalContactList")


@_attrs_define
class MomentExternalContactList:
    """The customers who see it.
    可见到该朋友圈的客户列表

    Attributes:
        tag_list (list[str] | Unset): Ids of customer tags of the corp; those of rule groups won't do.
            可见到该朋友圈的客户标签列表，仅支持企业客户标签，不支持规则组标签
    """

    tag_list: list[str] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        tag_list: list[str] | Unset = UNSET
        if not isinstance(self.tag_list, Unset):
            tag_list = self.tag_list

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if tag_list is not UNSET:
            field_dict["tag_list"] = tag_list

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "MomentExternalContactList")
        tag_list: list[str] | Unset = as_list(d.get("tag_list", UNSET), "tag_list")

        new_model = cls.__new__(cls)
        new_model.tag_list = tag_list

        new_model.additional_properties = {} if len(d) == (tag_list is not UNSET) else beside(d, "tag_list")
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
