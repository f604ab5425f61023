# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..types import as_object, beside

T = TypeVar("T", bound="Miniprogram")


@_attrs_define
class Miniprogram:
    """A card that opens a page of a mini-program.
    小程序消息

    Attributes:
        title (str): Title of the card.
            小程序消息标题
        pic_media_id (str): media_id of the cover, 520 by 416 pixels suggested; temporary media only,
            valid for three days.
            小程序消息封面的 media_id，封面图建议尺寸 520×416，仅支持临时素材
        appid (str): appid of the mini-program; it must be linked to the corp.
            小程序 appid，必须是关联到企业的小程序应用
        page (str): Path of the page inside the mini-program.
            小程序 page 路径
    """

    title: str
    pic_media_id: str
    appid: str
    page: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        title = self.title

        pic_media_id = self.pic_media_id

        appid = self.appid

        page = self.page

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "title": title,
                "pic_media_id": pic_media_id,
                "appid": appid,
                "page": page,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "Miniprogram")
        try:
            title = d["title"]

            pic_media_id = d["pic_media_id"]

            appid = d["appid"]

            page = d["page"]

        except KeyError as missing:
            raise InvalidData(f"Miniprogram: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.title = title
        new_model.pic_media_id = pic_media_id
        new_model.appid = appid
        new_model.page = page

        new_model.additional_properties = (
            {} if len(d) == 4 else beside(d, "title", "pic_media_id", "appid", "page")
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
