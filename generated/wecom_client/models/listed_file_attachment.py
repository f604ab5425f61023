# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..models.listed_media import ListedMedia
from ..types import UNSET, Unset, as_object, beside

T = TypeVar("T", bound="ListedFileAttachment")


@_attrs_define
class ListedFileAttachment:
    """A file of a message that is there already.
    文件附件

    Attributes:
        msgtype (Literal['file']): The kind.
            附件类型 Default: 'file'.
        file (ListedMedia | Unset): A video or a file.
            视频或文件
    """

    msgtype: Literal["file"] = "file"
    file: ListedMedia | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        msgtype = self.msgtype

        file: dict[str, Any] | Unset = UNSET
        if not isinstance(self.file, Unset):
            file = self.file.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "msgtype": msgtype,
            }
        )
        if file is not UNSET:
            field_dict["file"] = file

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "ListedFileAttachment")
        try:
            msgtype: Literal["file"] = d["msgtype"]
            if msgtype != "file":
                raise InvalidData(f"msgtype must be 'file', not {msgtype!r}")

            _file = d.get("file", UNSET)
            file: ListedMedia | Unset
            if _file is UNSET:
                file = UNSET
            else:
                file = ListedMedia.from_dict(_file)

        except KeyError as missing:
            raise InvalidData(f"ListedFileAttachment: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.msgtype = msgtype
        new_model.file = file

        new_model.additional_properties = (
            {} if len(d) == 1 + (file is not UNSET) else beside(d, "msgtype", "file")
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
