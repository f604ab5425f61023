# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..models.listed_file_attachment import ListedFileAttachment
from ..models.listed_image_attachment import ListedImageAttachment
from ..models.listed_link_attachment import ListedLinkAttachment
from ..models.listed_miniprogram_attachment import ListedMiniprogramAttachment
from ..models.listed_text import ListedText
from ..models.listed_video_attachment import ListedVideoAttachment
from ..models.unknown_variant import UnknownVariant
from ..types import UNSET, Unset, as_list, as_object, as_utc, beside
from ..values import GroupmsgCreateType, as_number, as_value

T = TypeVar("T", bound="GroupmsgRecord")


@_attrs_define
class GroupmsgRecord:
    """A task of the list.
    群发记录

    Attributes:
        msgid (str): Id of the task.
            企业群发消息的 id
        creator (str | Unset): userid of the member who created it; absent where the API did.
            群发消息创建者 userid，通过接口创建时不返回
        create_time (int | str | Unset): When it was created, in seconds since 1970. A number in live
            answers, a text in the example of the page.
            创建时间，Unix 秒
        create_type (int | Unset): For whom it was created. Other numbers may come.
            群发消息创建来源
        text (ListedText | Unset): The text of a message that is there already.
            消息文本
        attachments (list[ListedFileAttachment | ListedImageAttachment | ListedLinkAttachment |
            ListedMiniprogramAttachment | ListedVideoAttachment | UnknownVariant] | Unset): What is
            attached.
            附件列表
    """

    msgid: str
    creator: str | Unset = UNSET
    create_time: int | str | Unset = UNSET
    create_type: GroupmsgCreateType | Unset = UNSET
    text: ListedText | Unset = UNSET
    attachments: (
        list[
            ListedFileAttachment
            | ListedImageAttachment
            | ListedLinkAttachment
            | ListedMiniprogramAttachment
            | ListedVideoAttachment
            | UnknownVariant
        ]
        | Unset
    ) = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        msgid = self.msgid

        creator = self.creator

        create_time: int | str | Unset
        if isinstance(self.create_time, Unset):
            create_time = UNSET
        else:
            create_time = self.create_time

        create_type = as_number(self.create_type)

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
                "msgid": msgid,
            }
        )
        if creator is not UNSET:
            field_dict["creator"] = creator
        if create_time is not UNSET:
            field_dict["create_time"] = create_time
        if create_type is not UNSET:
            field_dict["create_type"] = create_type
        if text is not UNSET:
            field_dict["text"] = text
        if attachments is not UNSET:
            field_dict["attachments"] = attachments

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "GroupmsgRecord")
        try:
            msgid = d["msgid"]

            creator = d.get("creator", UNSET)

            create_time: int | str | Unset = d.get("create_time", UNSET)

            create_type = as_value(
                GroupmsgCreateType, d.get("create_type", UNSET), "GroupmsgRecord.create_type"
            )

            _text = d.get("text", UNSET)
            text: ListedText | Unset
            if _text is UNSET:
                text = UNSET
            else:
                text = ListedText.from_dict(_text)

            _attachments = as_list(d.get("attachments", UNSET), "attachments")
            attachments: (
                list[
                    ListedFileAttachment
                    | ListedImageAttachment
                    | ListedLinkAttachment
                    | ListedMiniprogramAttachment
                    | ListedVideoAttachment
                    | UnknownVariant
                ]
                | Unset
            ) = UNSET
            if _attachments is not UNSET:
                attachments = []
                for attachments_item_data in _attachments:
                    attachments_item: (
                        ListedFileAttachment
                        | ListedImageAttachment
                        | ListedLinkAttachment
                        | ListedMiniprogramAttachment
                        | ListedVideoAttachment
                        | UnknownVariant
                    )
                    _attachments_item_tag = (
                        attachments_item_data.get("msgtype")
                        if type(attachments_item_data) is dict or isinstance(attachments_item_data, Mapping)
                        else None
                    )
                    if _attachments_item_tag == "image":
                        attachments_item = ListedImageAttachment.from_dict(attachments_item_data)
                    elif _attachments_item_tag == "link":
                        attachments_item = ListedLinkAttachment.from_dict(attachments_item_data)
                    elif _attachments_item_tag == "miniprogram":
                        attachments_item = ListedMiniprogramAttachment.from_dict(attachments_item_data)
                    elif _attachments_item_tag == "video":
                        attachments_item = ListedVideoAttachment.from_dict(attachments_item_data)
                    elif _attachments_item_tag == "file":
                        attachments_item = ListedFileAttachment.from_dict(attachments_item_data)
                    else:
                        attachments_item = UnknownVariant.from_dict(attachments_item_data)

                    attachments.append(attachments_item)

        except KeyError as missing:
            raise InvalidData(f"GroupmsgRecord: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.msgid = msgid
        new_model.creator = creator
        new_model.create_time = create_time
        new_model.create_type = create_type
        new_model.text = text
        new_model.attachments = attachments

        new_model.additional_properties = (
            {}
            if len(d)
            == 1
            + (creator is not UNSET)
            + (create_time is not UNSET)
            + (create_type is not UNSET)
            + (text is not UNSET)
            + (attachments is not UNSET)
            else beside(d, "msgid", "creator", "create_time", "create_type", "text", "attachments")
        )
        return new_model

    @property
    def create_time_utc(self) -> datetime | None:
        """``create_time`` as an aware ``datetime`` in UTC; None where it is absent."""
        if self.create_time is UNSET:
            return None
        return as_utc(self.create_time, "GroupmsgRecord.create_time")

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
