# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..models.miniprogram import Miniprogram
from ..types import as_object, beside

T = TypeVar("T", bound="MiniprogramAttachment")


@_attrs_define
class MiniprogramAttachment:
    """An attachment that is a card that opens a mini-program.
    小程序附件

    Attributes:
        msgtype (Literal['miniprogram']): The kind.
            附件类型 Default: 'miniprogram'.
        miniprogram (Miniprogram): A card that opens a page of a mini-program.
            小程序消息
    """

    miniprogram: Miniprogram
    msgtype: Literal["miniprogram"] = "miniprogram"
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        msgtype = self.msgtype

        miniprogram = self.miniprogram.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "msgtype": msgtype,
                "miniprogram": miniprogram,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "MiniprogramAttachment")
        try:
            msgtype: Literal["miniprogram"] = d["msgtype"]
            if msgtype != "miniprogram":
                raise InvalidData(f"msgtype must be 'miniprogram', not {msgtype!r}")

            miniprogram = Miniprogram.from_dict(d["miniprogram"])

        except KeyError as missing:
            raise InvalidData(f"MiniprogramAttachment: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.msgtype = msgtype
        new_model.miniprogram = miniprogram

        new_model.additional_properties = {} if len(d) == 2 else beside(d, "msgtype", "miniprogram")
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
