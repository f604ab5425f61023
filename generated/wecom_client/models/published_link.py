# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, as_object, beside

T = TypeVar("T", bound="PublishedLink")


@_attrs_define
class PublishedLink:
    """The link of a moment.
    网页链接

    Attributes:
        title (str | Unset): Its title.
            网页链接标题
        url (str | Unset): Its address.
            网页链接 url
    """

    title: str | Unset = UNSET
    url: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        title = self.title

        url = self.url

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if title is not UNSET:
            field_dict["title"] = title
        if url is not UNSET:
            field_dict["url"] = url

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "PublishedLink")
        title = d.get("title", UNSET)

        url = d.get("url", UNSET)

        new_model = cls.__new__(cls)
        new_model.title = title
        new_model.url = url

        new_model.additional_properties = (
            {} if len(d) == (title is not UNSET) + (url is not UNSET) else beside(d, "title", "url")
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
