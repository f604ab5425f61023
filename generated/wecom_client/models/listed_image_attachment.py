# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..models.listed_image import ListedImage
from ..types import UNSET, Unset, as_object, beside

T = TypeVar("T", bound="ListedImageAttachment")


@_attrs_define
class ListedImageAttachment:
    """An image of a message that is there already.
    图片附件

    Attributes:
        msgtype (Literal['image']): The kind.
            附件类型 Default: 'image'.
        image (ListedImage | Unset): An image, by one of its two ids or both.
            图片
    """

    msgtype: Literal["image"] = "image"
    image: ListedImage | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        msgtype = self.msgtype

        image: dict[str, Any] | Unset = UNSET
        if not isinstance(self.image, Unset):
            image = self.image.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "msgtype": msgtype,
            }
        )
        if image is not UNSET:
            field_dict["image"] = image

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "ListedImageAttachment")
        try:
            msgtype: Literal["image"] = d["msgtype"]
            if msgtype != "image":
                raise InvalidData(f"msgtype must be 'image', not {msgtype!r}")

            _image = d.get("image", UNSET)
            image: ListedImage | Unset
            if _image is UNSET:
                image = UNSET
            else:
                image = ListedImage.from_dict(_image)

        except KeyError as missing:
            raise InvalidData(f"ListedImageAttachment: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.msgtype = msgtype
        new_model.image = image

        new_model.additional_properties = (
            {} if len(d) == 1 + (image is not UNSET) else beside(d, "msgtype", "image")
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
