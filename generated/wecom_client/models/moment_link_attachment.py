# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..models.moment_link import MomentLink
from ..types import as_object, beside

T = TypeVar("T", bound="MomentLinkAttachment")


@_attrs_define
class MomentLinkAttachment:
    """An attachment that is a card that opens a web page.
    图文消息附件

    Attributes:
        msgtype (Literal['link']): The kind.
            附件类型 Default: 'link'.
        link (MomentLink): A card that opens a web page.
            图文消息附件
    """

    link: MomentLink
    msgtype: Literal["link"] = "link"
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        msgtype = self.msgtype

        link = self.link.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "msgtype": msgtype,
                "link": link,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "MomentLinkAttachment")
        try:
            msgtype: Literal["link"] = d["msgtype"]
            if msgtype != "link":
                raise InvalidData(f"msgtype must be 'link', not {msgtype!r}")

            link = MomentLink.from_dict(d["link"])

        except KeyError as missing:
            raise InvalidData(f"MomentLinkAttachment: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.msgtype = msgtype
        new_model.link = link

        new_model.additional_properties = {} if len(d) == 2 else beside(d, "msgtype", "link")
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
