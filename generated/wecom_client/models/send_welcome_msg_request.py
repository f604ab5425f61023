# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..models.file_attachment import FileAttachment
from ..models.image_attachment import ImageAttachment
from ..models.link_attachment import LinkAttachment
from ..models.miniprogram_attachment import MiniprogramAttachment
from ..models.text import Text
from ..models.unknown_variant import UnknownVariant
from ..models.video_attachment import VideoAttachment
from ..types import UNSET, Unset, as_list, as_object, beside

T = TypeVar("T", bound="SendWelcomeMsgRequest")


@_attrs_define
class SendWelcomeMsgRequest:
    """The message that greets a new customer.
    send_welcome_msg 的请求参数

    Attributes:
        welcome_code (str): What the event about the new customer carries; good for one call within 20
            seconds.
            通过添加外部联系人事件推送给企业的发送欢迎语的凭证，有效期为 20 秒
        text (Text | Unset): The text of the message.
            文本消息
        attachments (list[FileAttachment | ImageAttachment | LinkAttachment | MiniprogramAttachment |
            UnknownVariant | VideoAttachment] | Unset): What goes with the text, in this order. Each is a
            message of its own.
            附件列表，每个附件各为一条消息
    """

    welcome_code: str
    text: Text | Unset = UNSET
    attachments: (
        list[
            FileAttachment
            | ImageAttachment
            | LinkAttachment
            | MiniprogramAttachment
            | UnknownVariant
            | VideoAttachment
        ]
        | Unset
    ) = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        welcome_code = self.welcome_code

        text: dict[str, Any] | Unset = UNSET
        if not isinstance(self.text, Unset):
            text = self.text.to_dict()

        attachments: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.attachments, Unset):
            attachments = []
            for attachments_item_data in self.attachments:
                attachments_item: dict[str, Any]
                attachments_item = attachments_item_data.to_dict()

                attachments.append(attachments_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "welcome_code": welcome_code,
            }
        )
        if text is not UNSET:
            field_dict["text"] = text
        if attachments is not UNSET:
            field_dict["attachments"] = attachments

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "SendWelcomeMsgRequest")
        try:
            welcome_code = d["welcome_code"]

            _text = d.get("text", UNSET)
            text: Text | Unset
            if _text is UNSET:
                text = UNSET
            else:
                text = Text.from_dict(_text)

            _attachments = as_list(d.get("attachments", UNSET), "attachments")
            attachments: (
                list[
                    FileAttachment
                    | ImageAttachment
                    | LinkAttachment
                    | MiniprogramAttachment
                    | UnknownVariant
                    | VideoAttachment
                ]
                | Unset
            ) = UNSET
            if _attachments is not UNSET:
                attachments = []
                for attachments_item_data in _attachments:
                    attachments_item: (
                        FileAttachment
                        | ImageAttachment
                        | LinkAttachment
                        | MiniprogramAttachment
                        | UnknownVariant
                        | VideoAttachment
                    )
                    _attachments_item_tag = (
                        attachments_item_data.get("msgtype")
                        if type(attachments_item_data) is dict or isinstance(attachments_item_data, Mapping)
                        else None
                    )
                    if _attachments_item_tag == "image":
                        attachments_item = ImageAttachment.from_dict(attachments_item_data)
                    elif _attachments_item_tag == "link":
                        attachments_item = LinkAttachment.from_dict(attachments_item_data)
                    elif _attachments_item_tag == "miniprogram":
                        attachments_item = MiniprogramAttachment.from_dict(attachments_item_data)
                    elif _attachments_item_tag == "video":
                        attachments_item = VideoAttachment.from_dict(attachments_item_data)
                    elif _attachments_item_tag == "file":
                        attachments_item = FileAttachment.from_dict(attachments_item_data)
                    else:
                        attachments_item = UnknownVariant.from_dict(attachments_item_data)

                    attachments.append(attachments_item)

        except KeyError as missing:
            raise InvalidData(f"SendWelcomeMsgRequest: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.welcome_code = welcome_code
        new_model.text = text
        new_model.attachments = attachments

        new_model.additional_properties = (
            {}
            if len(d) == 1 + (text is not UNSET) + (attachments is not UNSET)
            else beside(d, "welcome_code", "text", "attachments")
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
