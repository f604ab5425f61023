# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.file import File
from ..models.group_welcome_template_add_request_notify import (
    GroupWelcomeTemplateAddRequestNotify,
)
from ..models.group_welcome_text import GroupWelcomeText
from ..models.image import Image
from ..models.link import Link
from ..models.miniprogram import Miniprogram
from ..models.video import Video
from ..types import UNSET, Unset, as_object, beside

T = TypeVar("T", bound="GroupWelcomeTemplateAddRequest")


@_attrs_define
class GroupWelcomeTemplateAddRequest:
    """The content of a new template.
    group_welcome_template/add 的请求参数

    Attributes:
        text (GroupWelcomeText | Unset): The text of a welcome message for customer groups.
            入群欢迎语的文本消息
        image (Image | Unset): A picture, by its media_id or by its address.
            图片，media_id 与 pic_url 二选一，同时填写时使用 media_id
        link (Link | Unset): A card that opens a web page.
            图文消息
        miniprogram (Miniprogram | Unset): A card that opens a page of a mini-program.
            小程序消息
        file (File | Unset): A file.
            文件
        video (Video | Unset): A video.
            视频
        agentid (int | Unset): Id of the app in the corp that uses it. Only old third-party suites of
            several apps need it.
            授权方安装的应用 agentid，仅旧的第三方多应用套件需要填此参数
        notify (GroupWelcomeTemplateAddRequestNotify | Unset): Whether members are told to use the
            template in their groups. Left out, it counts as 1.
            是否通知成员将这条入群欢迎语应用到客户群中，0-不通知，1-通知，不填则通知
    """

    text: GroupWelcomeText | Unset = UNSET
    image: Image | Unset = UNSET
    link: Link | Unset = UNSET
    miniprogram: Miniprogram | Unset = UNSET
    file: File | Unset = UNSET
    video: Video | Unset = UNSET
    agentid: int | Unset = UNSET
    notify: GroupWelcomeTemplateAddRequestNotify | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        text: dict[str, Any] | Unset = UNSET
        if not isinstance(self.text, Unset):
            text = self.text.to_dict()

        image: dict[str, Any] | Unset = UNSET
        if not isinstance(self.image, Unset):
            image = self.image.to_dict()

        link: dict[str, Any] | Unset = UNSET
        if not isinstance(self.link, Unset):
            link = self.link.to_dict()

        miniprogram: dict[str, Any] | Unset = UNSET
        if not isinstance(self.miniprogram, Unset):
            miniprogram = self.miniprogram.to_dict()

        file: dict[str, Any] | Unset = UNSET
        if not isinstance(self.file, Unset):
            file = self.file.to_dict()

        video: dict[str, Any] | Unset = UNSET
        if not isinstance(self.video, Unset):
            video = self.video.to_dict()

        agentid = self.agentid

        notify: int | Unset = UNSET
        if not isinstance(self.notify, Unset):
            notify = self.notify

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if text is not UNSET:
            field_dict["text"] = text
        if image is not UNSET:
            field_dict["image"] = image
        if link is not UNSET:
            field_dict["link"] = link
        if miniprogram is not UNSET:
            field_dict["miniprogram"] = miniprogram
        if file is not UNSET:
            field_dict["file"] = file
        if video is not UNSET:
            field_dict["video"] = video
        if agentid is not UNSET:
            field_dict["agentid"] = agentid
        if notify is not UNSET:
            field_dict["notify"] = notify

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "GroupWelcomeTemplateAddRequest")
        _text = d.get("text", UNSET)
        text: GroupWelcomeText | Unset
        if _text is UNSET:
            text = UNSET
        else:
            text = GroupWelcomeText.from_dict(_text)

        _image = d.get("image", UNSET)
        image: Image | Unset
        if _image is UNSET:
            image = UNSET
        else:
            image = Image.from_dict(_image)

        _link = d.get("link", UNSET)
        link: Link | Unset
        if _link is UNSET:
            link = UNSET
        else:
            link = Link.from_dict(_link)

        _miniprogram = d.get("miniprogram", UNSET)
        miniprogram: Miniprogram | Unset
        if _miniprogram is UNSET:
            miniprogram = UNSET
        else:
            miniprogram = Miniprogram.from_dict(_miniprogram)

        _file = d.get("file", UNSET)
        file: File | Unset
        if _file is UNSET:
            file = UNSET
        else:
            file = File.from_dict(_file)

        _video = d.get("video", UNSET)
        video: Video | Unset
        if _video is UNSET:
            video = UNSET
        else:
            video = Video.from_dict(_video)

        agentid = d.get("agentid", UNSET)

        notify: GroupWelcomeTemplateAddRequestNotify | Unset = d.get("notify", UNSET)

        new_model = cls.__new__(cls)
        new_model.text = text
        new_model.image = image
        new_model.link = link
        new_model.miniprogram = miniprogram
        new_model.file = file
        new_model.video = video
        new_model.agentid = agentid
        new_model.notify = notify

        new_model.additional_properties = (
            {}
            if len(d)
            == (text is not UNSET)
            + (image is not UNSET)
            + (link is not UNSET)
            + (miniprogram is not UNSET)
            + (file is not UNSET)
            + (video is not UNSET)
            + (agentid is not UNSET)
            + (notify is not UNSET)
            else beside(d, "text", "image", "link", "miniprogram", "file", "video", "agentid", "notify")
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
