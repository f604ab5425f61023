# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..types import UNSET, Unset, as_object, beside

T = TypeVar("T", bound="Link")


@_attrs_define
class Link:
    """A card that opens a web page.
    图文消息

    Attributes:
        title (str): Title of the card.
            图文消息标题
        url (str): Address that the card opens, with its scheme.
            图文消息的链接，须带协议头
        picurl (str | Unset): Address of the card's picture.
            图文消息封面的链接
        desc (str | Unset): Text of the card.
            图文消息的描述
    """

    title: str
    url: str
    picurl: str | Unset = UNSET
    desc: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        title = self.title

        url = self.url

        picurl = self.picurl

        desc = self.desc

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "title": title,
                "url": url,
            }
        )
        if picurl is not UNSET:
            field_dict["picurl"] = picurl
        if desc is not UNSET:
            field_dict["desc"] = desc

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "Link")
        try:
            title = d["title"]

            url = d["url"]

            picurl = d.get("picurl", UNSET)

            desc = d.get("desc", UNSET)

        except KeyError as missing:
            raise InvalidData(f"Link: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.title = title
        new_model.url = url
        new_model.picurl = picurl
        new_model.desc = desc

        new_model.additional_properties = (
            {}
            if len(d) == 2 + (picurl is not UNSET) + (desc is not UNSET)
            else beside(d, "title", "url", "picurl", "desc")
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
