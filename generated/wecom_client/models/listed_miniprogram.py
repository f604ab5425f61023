# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, as_object, beside

T = TypeVar("T", bound="ListedMiniprogram")


@_attrs_define
class ListedMiniprogram:
    """A mini program card. Live answers leave the cover out.
    小程序消息

    Attributes:
        title (str | Unset): The title.
            小程序消息标题
        pic_media_id (str | Unset): Id of the cover.
            小程序封面的 media_id
        appid (str | Unset): Id of the mini program.
            小程序 appid
        page (str | Unset): Its page.
            小程序 page 路径
    """

    title: str | Unset = UNSET
    pic_media_id: str | Unset = UNSET
    appid: str | Unset = UNSET
    page: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        title = self.title

        pic_media_id = self.pic_media_id

        appid = self.appid

        page = self.page

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if title is not UNSET:
            field_dict["title"] = title
        if pic_media_id is not UNSET:
            field_dict["pic_media_id"] = pic_media_id
        if appid is not UNSET:
            field_dict["appid"] = appid
        if page is not UNSET:
            field_dict["page"] = page

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "ListedMiniprogram")
        title = d.get("title", UNSET)

        pic_media_id = d.get("pic_media_id", UNSET)

        appid = d.get("appid", UNSET)

        page = d.get("page", UNSET)

        new_model = cls.__new__(cls)
        new_model.title = title
        new_model.pic_media_id = pic_media_id
        new_model.appid = appid
        new_model.page = page

        new_model.additional_properties = (
            {}
            if len(d)
            == (title is not UNSET) + (pic_media_id is not UNSET) + (appid is not UNSET) + (page is not UNSET)
            else beside(d, "title", "pic_media_id", "appid", "page")
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
