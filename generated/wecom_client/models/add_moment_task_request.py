# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.moment_image_attachment import MomentImageAttachment
from ..models.moment_link_attachment import MomentLinkAttachment
from ..models.moment_text import MomentText
from ..models.moment_video_attachment import MomentVideoAttachment
from ..models.moment_visible_range import MomentVisibleRange
from ..models.unknown_variant import UnknownVariant
from ..types import UNSET, Unset, as_list, as_object, beside

T = TypeVar("T", bound="AddMomentTaskRequest")


@_attrs_define
class AddMomentTaskRequest:
    """What is to be published, by whom, and who sees it.
    创建客户朋友圈发表任务的请求参数

    Attributes:
        text (MomentText | Unset): The text of the moment.
            文本消息
        attachments (list[MomentImageAttachment | MomentLinkAttachment | MomentVideoAttachment |
            UnknownVariant] | Unset): What goes with the text: pictures, or one video, or one link.
            附件，最多 9 个图片，或 1 个视频，或 1 个链接，不可混用
        visible_range (MomentVisibleRange | Unset): Who is asked to publish, and which customers see it.
            Left out, or with nothing in it, it means every member and every customer.
            指定的发表范围；若未指定，则执行者为应用可见范围内所有成员，且其全部客户可见
    """

    text: MomentText | Unset = UNSET
    attachments: (
        list[MomentImageAttachment | MomentLinkAttachment | MomentVideoAttachment | UnknownVariant] | Unset
    ) = UNSET
    visible_range: MomentVisibleRange | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
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

        visible_range: dict[str, Any] | Unset = UNSET
        if not isinstance(self.visible_range, Unset):
            visible_range = self.visible_range.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if text is not UNSET:
            field_dict["text"] = text
        if attachments is not UNSET:
            field_dict["attachments"] = attachments
        if visible_range is not UNSET:
            field_dict["visible_range"] = visible_range

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "AddMomentTaskRequest")
        _text = d.get("text", UNSET)
        text: MomentText | Unset
        if _text is UNSET:
            text = UNSET
        else:
            text = MomentText.from_dict(_text)

        _attachments = as_list(d.get("attachments", UNSET), "attachments")
        attachments: (
            list[MomentImageAttachment | MomentLinkAttachment | MomentVideoAttachment | UnknownVariant]
            | Unset
        ) = UNSET
        if _attachments is not UNSET:
            attachments = []
            for attachments_item_data in _attachments:
                attachments_item: (
                    MomentImageAttachment | MomentLinkAttachment | MomentVideoAttachment | UnknownVariant
                )
                _attachments_item_tag = (
                    attachments_item_data.get("msgtype")
                    if type(attachments_item_data) is dict or isinstance(attachments_item_data, Mapping)
                    else None
                )
                if _attachments_item_tag == "image":
                    attachments_item = MomentImageAttachment.from_dict(attachments_item_data)
                elif _attachments_item_tag == "video":
                    attachments_item = MomentVideoAttachment.from_dict(attachments_item_data)
                elif _attachments_item_tag == "link":
                    attachments_item = MomentLinkAttachment.from_dict(attachments_item_data)
                else:
                    attachments_item = UnknownVariant.from_dict(attachments_item_data)

                attachments.append(attachments_item)

        _visible_range = d.get("visible_range", UNSET)
        visible_range: MomentVisibleRange | Unset
        if _visible_range is UNSET:
            visible_range = UNSET
        else:
            visible_range = MomentVisibleRange.from_dict(_visible_range)

        new_model = cls.__new__(cls)
        new_model.text = text
        new_model.attachments = attachments
        new_model.visible_range = visible_range

        new_model.additional_properties = (
            {}
            if len(d) == (text is not UNSET) + (attachments is not UNSET) + (visible_range is not UNSET)
            else beside(d, "text", "attachments", "visible_range")
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
