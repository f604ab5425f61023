# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..models.external_contact import ExternalContact
from ..models.follow_info import FollowInfo
from ..types import as_object, beside

T = TypeVar("T", bound="FollowedContact")


@_attrs_define
class FollowedContact:
    """A customer, and what one member has noted about it.
    客户及其跟进信息

    Attributes:
        external_contact (ExternalContact): A customer.
            客户的基本信息
        follow_info (FollowInfo): What one member has noted about a customer.
            企业成员对客户的跟进信息
    """

    external_contact: ExternalContact
    follow_info: FollowInfo
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        external_contact = self.external_contact.to_dict()

        follow_info = self.follow_info.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "external_contact": external_contact,
                "follow_info": follow_info,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "FollowedContact")
        try:
            external_contact = ExternalContact.from_dict(d["external_contact"])

            follow_info = FollowInfo.from_dict(d["follow_info"])

        except KeyError as missing:
            raise InvalidData(f"FollowedContact: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.external_contact = external_contact
        new_model.follow_info = follow_info

        new_model.additional_properties = {} if len(d) == 2 else beside(d, "external_contact", "follow_info")
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
