# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.tag_group import TagGroup
from ..types import UNSET, Unset, as_list, as_object, beside

T = TypeVar("T", bound="TagFilter")


@_attrs_define
class TagFilter:
    """Chooses customers by their tags. Only for single, and only without external_userid.
    要发送的客户标签筛选条件，仅在 chat_type 为 single 且未填 external_userid 时有效

    Attributes:
        group_list (list[TagGroup] | Unset): Groups of tags. A customer must match every group. No limit
            of their number is known.
            标签组列表，组与组之间为「且」的关系
    """

    group_list: list[TagGroup] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        group_list: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.group_list, Unset):
            group_list = []
            for group_list_item_data in self.group_list:
                group_list_item = group_list_item_data.to_dict()
                group_list.append(group_list_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if group_list is not UNSET:
            field_dict["group_list"] = group_list

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "TagFilter")
        _group_list = as_list(d.get("group_list", UNSET), "group_list")
        group_list: list[TagGroup] | Unset = UNSET
        if _group_list is not UNSET:
            group_list = []
            for group_list_item_data in _group_list:
                group_list_item = TagGroup.from_dict(group_list_item_data)

                group_list.append(group_list_item)

        new_model = cls.__new__(cls)
        new_model.group_list = group_list

        new_model.additional_properties = (
            {} if len(d) == (group_list is not UNSET) else beside(d, "group_list")
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
