# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, as_list, as_object, beside

T = TypeVar("T", bound="GroupchatOwnerFilter")


@_attrs_define
class GroupchatOwnerFilter:
    """Whose groups. Without it the groups of every owner whom the app sees are listed; where the app sees more
    than a thousand members that is refused with 81017. One copy of the page says that groups of an owner
    who has left come only where the owner is named.
    群主过滤。不填时返回应用可见范围内全部群主的群；可见范围超过 1000 人时返回 81017。有资料称，群主离职时必须指定群主才能获取。

    Attributes:
        userid_list (list[str] | Unset): userids of the owners.
            群主的 userid 列表
    """

    userid_list: list[str] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        userid_list: list[str] | Unset = UNSET
        if not isinstance(self.userid_list, Unset):
            userid_list = self.userid_list

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if userid_list is not UNSET:
            field_dict["userid_list"] = userid_list

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "GroupchatOwnerFilter")
        userid_list: list[str] | Unset = as_list(d.get("userid_list", UNSET), "userid_list")

        new_model = cls.__new__(cls)
        new_model.userid_list = userid_list

        new_model.additional_properties = (
            {} if len(d) == (userid_list is not UNSET) else beside(d, "userid_list")
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
