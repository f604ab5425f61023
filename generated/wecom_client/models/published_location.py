# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, as_object, beside

T = TypeVar("T", bound="PublishedLocation")


@_attrs_define
class PublishedLocation:
    """The place that a moment shows.
    地理位置

    Attributes:
        latitude (str | Unset): Its latitude, a number as text.
            地理位置纬度
        longitude (str | Unset): Its longitude, a number as text.
            地理位置经度
        name (str | Unset): Its name.
            地理位置名称
    """

    latitude: str | Unset = UNSET
    longitude: str | Unset = UNSET
    name: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        latitude = self.latitude

        longitude = self.longitude

        name = self.name

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if latitude is not UNSET:
            field_dict["latitude"] = latitude
        if longitude is not UNSET:
            field_dict["longitude"] = longitude
        if name is not UNSET:
            field_dict["name"] = name

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "PublishedLocation")
        latitude = d.get("latitude", UNSET)

        longitude = d.get("longitude", UNSET)

        name = d.get("name", UNSET)

        new_model = cls.__new__(cls)
        new_model.latitude = latitude
        new_model.longitude = longitude
        new_model.name = name

        new_model.additional_properties = (
            {}
            if len(d) == (latitude is not UNSET) + (longitude is not UNSET) + (name is not UNSET)
            else beside(d, "latitude", "longitude", "name")
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
