# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, as_list, as_object, beside

T = TypeVar("T", bound="GetCorpTagListRequest")


@_attrs_define
class GetCorpTagListRequest:
    """The arguments of get_corp_tag_list. Without any, all tags are listed.
    get_corp_tag_list 的请求参数；均不填时返回所有标签

    Attributes:
        tag_id (list[str] | Unset): Ids of the tags that are asked for; ignored beside group_id.
            要查询的标签 id；同时填写 group_id 时忽略
        group_id (list[str] | Unset): Ids of the groups of tags that are asked for, with all tags in
            them.
            要查询的标签组 id，返回该标签组及其下的所有标签
    """

    tag_id: list[str] | Unset = UNSET
    group_id: list[str] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        tag_id: list[str] | Unset = UNSET
        if not isinstance(self.tag_id, Unset):
            tag_id = self.tag_id

        group_id: list[str] | Unset = UNSET
        if not isinstance(self.group_id, Unset):
            group_id = self.group_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if tag_id is not UNSET:
            field_dict["tag_id"] = tag_id
        if group_id is not UNSET:
            field_dict["group_id"] = group_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "GetCorpTagListRequest")
        tag_id: list[str] | Unset = as_list(d.get("tag_id", UNSET), "tag_id")

        group_id: list[str] | Unset = as_list(d.get("group_id", UNSET), "group_id")

        new_model = cls.__new__(cls)
        new_model.tag_id = tag_id
        new_model.group_id = group_id

        new_model.additional_properties = (
            {}
            if len(d) == (tag_id is not UNSET) + (group_id is not UNSET)
            else beside(d, "tag_id", "group_id")
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
