# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..types import UNSET, Unset, as_object, beside

T = TypeVar("T", bound="UploadedMedia")


@_attrs_define
class UploadedMedia:
    """A file as data, by which its upload is judged.
    媒体文件的描述信息

    Attributes:
        filename (str): The name with its ending, as recipients are shown it.
            文件展示的名称，含扩展名
        filelength (int): Bytes of the file.
            文件大小（字节）
        content_type (str | Unset): The media type, such as image/jpeg.
            媒体类型，例如 image/jpeg
    """

    filename: str
    filelength: int
    content_type: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        filename = self.filename

        filelength = self.filelength

        content_type = self.content_type

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "filename": filename,
                "filelength": filelength,
            }
        )
        if content_type is not UNSET:
            field_dict["content_type"] = content_type

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "UploadedMedia")
        try:
            filename = d["filename"]

            filelength = d["filelength"]

            content_type = d.get("content_type", UNSET)

        except KeyError as missing:
            raise InvalidData(f"UploadedMedia: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.filename = filename
        new_model.filelength = filelength
        new_model.content_type = content_type

        new_model.additional_properties = (
            {}
            if len(d) == 2 + (content_type is not UNSET)
            else beside(d, "filename", "filelength", "content_type")
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
