# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..types import as_list, as_object, beside

T = TypeVar("T", bound="TagGroup")


@_attrs_define
class TagGroup:
    """A group of tags. A customer matches it with any of them.
    标签组，组内标签为「或」的关系

    Attributes:
        tag_list (list[str]): Ids of tags. Tags of rule groups are allowed.
            标签 id 列表，支持规则组标签
    """

    tag_list: list[str]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        tag_list = self.tag_list

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "tag_list": tag_list,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "TagGroup")
        try:
            tag_list: list[str] = as_list(d["tag_list"], "tag_list")

        except KeyError as missing:
            raise InvalidData(f"TagGroup: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.tag_list = tag_list

        new_model.additional_properties = {} if len(d) == 1 else beside(d, "tag_list")
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
