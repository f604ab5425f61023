# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import as_list, as_object, beside, empty_if_missing

T = TypeVar("T", bound="MomentInvalidSenderList")


@_attrs_define
class MomentInvalidSenderList:
    """The members and departments that are unknown or not in the visible range of the app.
    不合法的执行者列表，包括不存在的 id 以及不在应用可见范围内的部门或者成员

    Attributes:
        user_list (list[str]): userids of members.
            不合法的执行者用户列表
        department_list (list[int]): Ids of departments.
            不合法的执行者部门列表
    """

    user_list: list[str] = _attrs_field(factory=list)
    department_list: list[int] = _attrs_field(factory=list)
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        user_list = self.user_list

        department_list = self.department_list

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "user_list": user_list,
                "department_list": department_list,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "MomentInvalidSenderList")
        user_list: list[str] = as_list(empty_if_missing(d.get("user_list")), "user_list")

        department_list: list[int] = as_list(empty_if_missing(d.get("department_list")), "department_list")

        new_model = cls.__new__(cls)
        new_model.user_list = user_list
        new_model.department_list = department_list

        new_model.additional_properties = (
            {}
            if len(d) == ("user_list" in d) + ("department_list" in d)
            else beside(d, "user_list", "department_list")
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
