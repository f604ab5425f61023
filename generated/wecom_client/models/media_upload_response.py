# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..types import UNSET, Unset, as_object, as_utc, beside

T = TypeVar("T", bound="MediaUploadResponse")


@_attrs_define
class MediaUploadResponse:
    """The id of a temporary file, or a refusal.
    media_upload 的返回结果

    Attributes:
        errcode (int): 0 is success. Decide by this alone.
            返回码，0 表示成功，只应以此判断
        media_id (str): The id, valid for three days.
            媒体文件上传后获取的唯一标识，3 天内有效
        errmsg (str | Unset): The code in words, for people. Empty on the success of an upload.
            对返回码的文本描述，上传成功时为空，不可用于判断
        type_ (str | Unset): The kind that was asked for: image, voice, video or file.
            媒体文件类型
        created_at (int | str | Unset): When it was uploaded, in seconds since 1970: text on the page, a
            number at a sister call.
            媒体文件上传时间戳，可能为字符串或整数
    """

    errcode: int
    media_id: str
    errmsg: str | Unset = UNSET
    type_: str | Unset = UNSET
    created_at: int | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        errcode = self.errcode

        media_id = self.media_id

        errmsg = self.errmsg

        type_ = self.type_

        created_at: int | str | Unset
        if isinstance(self.created_at, Unset):
            created_at = UNSET
        else:
            created_at = self.created_at

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "errcode": errcode,
                "media_id": media_id,
            }
        )
        if errmsg is not UNSET:
            field_dict["errmsg"] = errmsg
        if type_ is not UNSET:
            field_dict["type"] = type_
        if created_at is not UNSET:
            field_dict["created_at"] = created_at

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "MediaUploadResponse")
        try:
            errcode = d["errcode"]

            media_id = d["media_id"]

            errmsg = d.get("errmsg", UNSET)

            type_ = d.get("type", UNSET)

            created_at: int | str | Unset = d.get("created_at", UNSET)

        except KeyError as missing:
            raise InvalidData(f"MediaUploadResponse: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.errcode = errcode
        new_model.media_id = media_id
        new_model.errmsg = errmsg
        new_model.type_ = type_
        new_model.created_at = created_at

        new_model.additional_properties = (
            {}
            if len(d) == 2 + (errmsg is not UNSET) + (type_ is not UNSET) + (created_at is not UNSET)
            else beside(d, "errcode", "media_id", "errmsg", "type", "created_at")
        )
        return new_model

    @property
    def created_at_utc(self) -> datetime | None:
        """``created_at`` as an aware ``datetime`` in UTC; None where it is absent."""
        if self.created_at is UNSET:
            return None
        return as_utc(self.created_at, "MediaUploadResponse.created_at")

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
