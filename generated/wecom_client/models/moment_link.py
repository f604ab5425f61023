# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..types import UNSET, Unset, as_object, beside

T = TypeVar("T", bound="MomentLink")


@_attrs_define
class MomentLink:
    """A card that opens a web page.
    图文消息附件

    Attributes:
        url (str): Address of the page, with its scheme.
            图文消息链接，须带协议头
        media_id (str): Id of the cover picture, from media/upload_attachment.
            图片链接封面的素材 id，可通过上传附件资源接口获得
        title (str | Unset): Title of the card.
            图文消息标题，长度按字节计算
    """

    url: str
    media_id: str
    title: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        url = self.url

        media_id = self.media_id

        title = self.title

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "url": url,
                "media_id": media_id,
            }
        )
        if title is not UNSET:
            field_dict["title"] = title

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "MomentLink")
        try:
            url = d["url"]

            media_id = d["media_id"]

            title = d.get("title", UNSET)

        except KeyError as missing:
            raise InvalidData(f"MomentLink: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.url = url
        new_model.media_id = media_id
        new_model.title = title

        new_model.additional_properties = (
            {} if len(d) == 2 + (title is not UNSET) else beside(d, "url", "media_id", "title")
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
