# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, as_list, as_object, beside

T = TypeVar("T", bound="MomentSenderList")


@_attrs_define
class MomentSenderList:
    """The members who are asked. Without it, those are asked who have a customer with one of the tags.
    发表任务的执行者列表；未填写而指定了标签时，执行者为这些客户的跟进人

    Attributes:
        user_list (list[str] | Unset): userids of members.
            发表任务的执行者用户列表
        department_list (list[int] | Unset): Ids of departments, whose members are meant.
            发表任务的执行者部门列表
    """

    user_list: list[str] | Unset = UNSET
    department_list: list[int] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        user_list: list[str] | Unset = UNSET
        if not isinstance(self.user_list, Unset):
            user_list = self.user_list

        department_list: list[int] | Unset = UNSET
        if not isinstance(self.department_list, Unset):
            department_list = self.department_list

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if user_list is not UNSET:
            field_dict["user_list"] = user_list
        if department_list is not UNSET:
            field_dict["department_list"] = department_list

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "MomentSenderList")
        user_list: list[str] | Unset = as_list(d.get("user_list", UNSET), "user_list")

        department_list: list[int] | Unset = as_list(d.get("department_list", UNSET), "department_list")

        new_model = cls.__new__(cls)
        new_model.user_list = user_list
        new_model.department_list = department_list

        new_model.additional_properties = (
            {}
            if len(d) == (user_list is not UNSET) + (department_list is not UNSET)
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
