# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..models.image import Image
from ..types import as_object, beside

T = TypeVar("T", bound="ImageAttachment")


@_attrs_define
class ImageAttachment:
    """An attachment that is a picture.
    图片附件

    Attributes:
        msgtype (Literal['image']): The kind.
            附件类型 Default: 'image'.
        image (Image): A picture, by its media_id or by its address.
            图片，media_id 与 pic_url 二选一，同时填写时使用 media_id
    """

    image: Image
    msgtype: Literal["image"] = "image"
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        msgtype = self.msgtype

        image = self.image.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "msgtype": msgtype,
                "image": image,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "ImageAttachment")
        try:
            msgtype: Literal["image"] = d["msgtype"]
            if msgtype != "image":
                raise InvalidData(f"msgtype must be 'image', not {msgtype!r}")

            image = Image.from_dict(d["image"])

        except KeyError as missing:
            raise InvalidData(f"ImageAttachment: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.msgtype = msgtype
        new_model.image = image

        new_model.additional_properties = {} if len(d) == 2 else beside(d, "msgtype", "image")
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
