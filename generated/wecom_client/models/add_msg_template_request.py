# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.add_msg_template_request_chat_type import (
    AddMsgTemplateRequestChatType,
)
from ..models.file_attachment import FileAttachment
from ..models.image_attachment import ImageAttachment
from ..models.link_attachment import LinkAttachment
from ..models.miniprogram_attachment import MiniprogramAttachment
from ..models.tag_filter import TagFilter
from ..models.text import Text
from ..models.unknown_variant import UnknownVariant
from ..models.video_attachment import VideoAttachment
from ..types import UNSET, Unset, as_list, as_object, beside

T = TypeVar("T", bound="AddMsgTemplateRequest")


@_attrs_define
class AddMsgTemplateRequest:
    """A message, and to whom a member is to send it.
    创建企业群发的请求参数

    Attributes:
        chat_type (AddMsgTemplateRequestChatType | Unset): To whom it goes. single is for customers,
            group for customer groups. Left out, it counts as single.
            群发任务的类型，single 表示发送给客户，group 表示发送给客户群，默认为 single
        external_userid (list[str] | Unset): Ids of the customers to send to. Only for single; when
            given, tag_filter is ignored.
            客户的 external_userid 列表，仅在 chat_type 为 single 时有效；填写后忽略 tag_filter
        chat_id_list (list[str] | Unset): Ids of the customer groups to send to. Only for group. The
            owner then need not choose the groups again; without it the task goes to all groups of the
            sender. Needs a WeCom client of 4.1.10 or newer.
            客户群 id 列表，仅在 chat_type 为 group 时有效；填写后群主无需再次选择客户群，不填则任务覆盖 sender 的全部客户群；要求客户端 4.1.10 及以上
        tag_filter (TagFilter | Unset): Chooses customers by their tags. Only for single, and only
            without external_userid.
            要发送的客户标签筛选条件，仅在 chat_type 为 single 且未填 external_userid 时有效
        sender (str | Unset): userid of the member who is to send. Required for group. In single, a
            sender without external_userid and tag_filter means all customers of that member.
            发送企业群发消息的成员 userid；chat_type 为 group 时必填；single 时若只填 sender，相当于选取该成员的全部客户
        allow_select (bool | Unset): Whether the member may choose again among the customers before
            sending. Only for single. Left out, it counts as false.
            是否允许成员在待发送客户列表中重新进行选择，默认为 false，仅支持客户群发
        text (Text | Unset): The text of the message.
            文本消息
        attachments (list[FileAttachment | ImageAttachment | LinkAttachment | MiniprogramAttachment |
            UnknownVariant | VideoAttachment] | Unset): What goes with the text, in this order. Each kind
            may stand more than once.
            附件列表
    """

    chat_type: AddMsgTemplateRequestChatType | Unset = UNSET
    external_userid: list[str] | Unset = UNSET
    chat_id_list: list[str] | Unset = UNSET
    tag_filter: TagFilter | Unset = UNSET
    sender: str | Unset = UNSET
    allow_select: bool | Unset = UNSET
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
        chat_type: str | Unset = UNSET
        if not isinstance(self.chat_type, Unset):
            chat_type = self.chat_type

        external_userid: list[str] | Unset = UNSET
        if not isinstance(self.external_userid, Unset):
            external_userid = self.external_userid

        chat_id_list: list[str] | Unset = UNSET
        if not isinstance(self.chat_id_list, Unset):
            chat_id_list = self.chat_id_list

        tag_filter: dict[str, Any] | Unset = UNSET
        if not isinstance(self.tag_filter, Unset):
            tag_filter = self.tag_filter.to_dict()

        sender = self.sender

        allow_select = self.allow_select

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
        field_dict.update({})
        if chat_type is not UNSET:
            field_dict["chat_type"] = chat_type
        if external_userid is not UNSET:
            field_dict["external_userid"] = external_userid
        if chat_id_list is not UNSET:
            field_dict["chat_id_list"] = chat_id_list
        if tag_filter is not UNSET:
            field_dict["tag_filter"] = tag_filter
        if sender is not UNSET:
            field_dict["sender"] = sender
        if allow_select is not UNSET:
            field_dict["allow_select"] = allow_select
        if text is not UNSET:
            field_dict["text"] = text
        if attachments is not UNSET:
            field_dict["attachments"] = attachments

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "AddMsgTemplateRequest")
        chat_type: AddMsgTemplateRequestChatType | Unset = d.get("chat_type", UNSET)

        external_userid: list[str] | Unset = as_list(d.get("external_userid", UNSET), "external_userid")

        chat_id_list: list[str] | Unset = as_list(d.get("chat_id_list", UNSET), "chat_id_list")

        _tag_filter = d.get("tag_filter", UNSET)
        tag_filter: TagFilter | Unset
        if _tag_filter is UNSET:
            tag_filter = UNSET
        else:
            tag_filter = TagFilter.from_dict(_tag_filter)

        sender = d.get("sender", UNSET)

        allow_select = d.get("allow_select", UNSET)

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

        new_model = cls.__new__(cls)
        new_model.chat_type = chat_type
        new_model.external_userid = external_userid
        new_model.chat_id_list = chat_id_list
        new_model.tag_filter = tag_filter
        new_model.sender = sender
        new_model.allow_select = allow_select
        new_model.text = text
        new_model.attachments = attachments

        new_model.additional_properties = (
            {}
            if len(d)
            == (chat_type is not UNSET)
            + (external_userid is not UNSET)
            + (chat_id_list is not UNSET)
            + (tag_filter is not UNSET)
            + (sender is not UNSET)
            + (allow_select is not UNSET)
            + (text is not UNSET)
            + (attachments is not UNSET)
            else beside(
                d,
                "chat_type",
                "external_userid",
                "chat_id_list",
                "tag_filter",
                "sender",
                "allow_select",
                "text",
                "attachments",
            )
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
