# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..models.stored_welcome_file import StoredWelcomeFile
from ..models.stored_welcome_image import StoredWelcomeImage
from ..models.stored_welcome_link import StoredWelcomeLink
from ..models.stored_welcome_miniprogram import StoredWelcomeMiniprogram
from ..models.stored_welcome_text import StoredWelcomeText
from ..models.stored_welcome_video import StoredWelcomeVideo
from ..types import UNSET, Unset, as_object, beside

T = TypeVar("T", bound="GroupWelcomeTemplateGetResponse")


@_attrs_define
class GroupWelcomeTemplateGetResponse:
    """The content of a template, or a refusal. What it hasn't is absent.
    group_welcome_template/get 的返回结果

    Attributes:
        errcode (int): 0 is success. Decide by this alone.
            返回码，0 表示成功，只应以此判断
        errmsg (str | Unset): The code in words, for people. Not always ok on success.
            对返回码的文本描述，可能变化，不可用于判断
        text (StoredWelcomeText | Unset): The text of a template.
            素材中的文本消息
        image (StoredWelcomeImage | Unset): The picture of a template.
            素材中的图片
        link (StoredWelcomeLink | Unset): The card of a template that opens a web page.
            素材中的图文消息
        miniprogram (StoredWelcomeMiniprogram | Unset): The card of a template that opens a page of a
            mini-program.
            素材中的小程序消息
        file (StoredWelcomeFile | Unset): The file of a template.
            素材中的文件
        video (StoredWelcomeVideo | Unset): The video of a template.
            素材中的视频
    """

    errcode: int
    errmsg: str | Unset = UNSET
    text: StoredWelcomeText | Unset = UNSET
    image: StoredWelcomeImage | Unset = UNSET
    link: StoredWelcomeLink | Unset = UNSET
    miniprogram: StoredWelcomeMiniprogram | Unset = UNSET
    file: StoredWelcomeFile | Unset = UNSET
    video: StoredWelcomeVideo | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        errcode = self.errcode

        errmsg = self.errmsg

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

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "errcode": errcode,
            }
        )
        if errmsg is not UNSET:
            field_dict["errmsg"] = errmsg
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

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "GroupWelcomeTemplateGetResponse")
        try:
            errcode = d["errcode"]

            errmsg = d.get("errmsg", UNSET)

            _text = d.get("text", UNSET)
            text: StoredWelcomeText | Unset
            if _text is UNSET:
                text = UNSET
            else:
                text = StoredWelcomeText.from_dict(_text)

            _image = d.get("image", UNSET)
            image: StoredWelcomeImage | Unset
            if _image is UNSET:
                image = UNSET
            else:
                image = StoredWelcomeImage.from_dict(_image)

            _link = d.get("link", UNSET)
            link: StoredWelcomeLink | Unset
            if _link is UNSET:
                link = UNSET
            else:
                link = StoredWelcomeLink.from_dict(_link)

            _miniprogram = d.get("miniprogram", UNSET)
            miniprogram: StoredWelcomeMiniprogram | Unset
            if _miniprogram is UNSET:
                miniprogram = UNSET
            else:
                miniprogram = StoredWelcomeMiniprogram.from_dict(_miniprogram)

            _file = d.get("file", UNSET)
            file: StoredWelcomeFile | Unset
            if _file is UNSET:
                file = UNSET
            else:
                file = StoredWelcomeFile.from_dict(_file)

            _video = d.get("video", UNSET)
            video: StoredWelcomeVideo | Unset
            if _video is UNSET:
                video = UNSET
            else:
                video = StoredWelcomeVideo.from_dict(_video)

        except KeyError as missing:
            raise InvalidData(f"GroupWelcomeTemplateGetResponse: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.errcode = errcode
        new_model.errmsg = errmsg
        new_model.text = text
        new_model.image = image
        new_model.link = link
        new_model.miniprogram = miniprogram
        new_model.file = file
        new_model.video = video

        new_model.additional_properties = (
            {}
            if len(d)
            == 1
            + (errmsg is not UNSET)
            + (text is not UNSET)
            + (image is not UNSET)
            + (link is not UNSET)
            + (miniprogram is not UNSET)
            + (file is not UNSET)
            + (video is not UNSET)
            else beside(d, "errcode", "errmsg", "text", "image", "link", "miniprogram", "file", "video")
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
