# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.moment_external_contact_list import MomentExternalContactList
from ..models.moment_sender_list import MomentSenderList
from ..types import UNSET, Unset, as_object, beside

T = TypeVar("T", bound="MomentVisibleRange")


@_attrs_define
class MomentVisibleRange:
    """Who is asked to publish, and which customers see it. Left out, or with nothing in it, it means every
    member and every customer.
    指定的发表范围；若未指定，则执行者为应用可见范围内所有成员，且其全部客户可见

    Attributes:
        sender_list (MomentSenderList | Unset): The members who are asked. Without it, those are asked
            who have a customer with one of the tags.
            发表任务的执行者列表；未填写而指定了标签时，执行者为这些客户的跟进人
        external_contact_list (MomentExternalContactList | Unset): The customers who see it.
            可见到该朋友圈的客户列表
    """

    sender_list: MomentSenderList | Unset = UNSET
    external_contact_list: MomentExternalContactList | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        sender_list: dict[str, Any] | Unset = UNSET
        if not isinstance(self.sender_list, Unset):
            sender_list = self.sender_list.to_dict()

        external_contact_list: dict[str, Any] | Unset = UNSET
        if not isinstance(self.external_contact_list, Unset):
            external_contact_list = self.external_contact_list.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if sender_list is not UNSET:
            field_dict["sender_list"] = sender_list
        if external_contact_list is not UNSET:
            field_dict["external_contact_list"] = external_contact_list

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "MomentVisibleRange")
        _sender_list = d.get("sender_list", UNSET)
        sender_list: MomentSenderList | Unset
        if _sender_list is UNSET:
            sender_list = UNSET
        else:
            sender_list = MomentSenderList.from_dict(_sender_list)

        _external_contact_list = d.get("external_contact_list", UNSET)
        external_contact_list: MomentExternalContactList | Unset
        if _external_contact_list is UNSET:
            external_contact_list = UNSET
        else:
            external_contact_list = MomentExternalContactList.from_dict(_external_contact_list)

        new_model = cls.__new__(cls)
        new_model.sender_list = sender_list
        new_model.external_contact_list = external_contact_list

        new_model.additional_properties = (
            {}
            if len(d) == (sender_list is not UNSET) + (external_contact_list is not UNSET)
            else beside(d, "sender_list", "external_contact_list")
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
