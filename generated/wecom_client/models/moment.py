# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..models.published_image import PublishedImage
from ..models.published_link import PublishedLink
from ..models.published_location import PublishedLocation
from ..models.published_text import PublishedText
from ..models.published_video import PublishedVideo
from ..types import UNSET, Unset, as_list, as_object, as_utc, beside, empty_if_missing
from ..values import MomentCreateType, MomentVisibleType, as_number, as_value

T = TypeVar("T", bound="Moment")


@_attrs_define
class Moment:
    """A moment.
    朋友圈

    Attributes:
        moment_id (str): Id of the moment.
            朋友圈 id
        image (list[PublishedImage]): Its pictures.
            图片列表
        creator (str | Unset): userid of the member who made it; absent where add_moment_task did.
            朋友圈创建者 userid，由 add_moment_task 创建的不返回
        create_time (int | Unset): When it was made, in seconds since 1970.
            创建时间
        create_type (int | Unset): Who made it.
            朋友圈创建来源
        visible_type (int | Unset): Who can see it.
            可见范围类型
        text (PublishedText | Unset): The text of a moment.
            文本消息
        video (PublishedVideo | Unset): The video of a moment.
            视频
        link (PublishedLink | Unset): The link of a moment.
            网页链接
        location (PublishedLocation | Unset): The place that a moment shows.
            地理位置
    """

    moment_id: str
    image: list[PublishedImage] = _attrs_field(factory=list)
    creator: str | Unset = UNSET
    create_time: int | Unset = UNSET
    create_type: MomentCreateType | Unset = UNSET
    visible_type: MomentVisibleType | Unset = UNSET
    text: PublishedText | Unset = UNSET
    video: PublishedVideo | Unset = UNSET
    link: PublishedLink | Unset = UNSET
    location: PublishedLocation | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        moment_id = self.moment_id

        image = []
        for image_item_data in self.image:
            image_item = image_item_data.to_dict()
            image.append(image_item)

        creator = self.creator

        create_time = self.create_time

        create_type = as_number(self.create_type)

        visible_type = as_number(self.visible_type)

        text: dict[str, Any] | Unset = UNSET
        if not isinstance(self.text, Unset):
            text = self.text.to_dict()

        video: dict[str, Any] | Unset = UNSET
        if not isinstance(self.video, Unset):
            video = self.video.to_dict()

        link: dict[str, Any] | Unset = UNSET
        if not isinstance(self.link, Unset):
            link = self.link.to_dict()

        location: dict[str, Any] | Unset = UNSET
        if not isinstance(self.location, Unset):
            location = self.location.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "moment_id": moment_id,
                "image": image,
            }
        )
        if creator is not UNSET:
            field_dict["creator"] = creator
        if create_time is not UNSET:
            field_dict["create_time"] = create_time
        if create_type is not UNSET:
            field_dict["create_type"] = create_type
        if visible_type is not UNSET:
            field_dict["visible_type"] = visible_type
        if text is not UNSET:
            field_dict["text"] = text
        if video is not UNSET:
            field_dict["video"] = video
        if link is not UNSET:
            field_dict["link"] = link
        if location is not UNSET:
            field_dict["location"] = location

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "Moment")
        try:
            moment_id = d["moment_id"]

            image = []
            _image = as_list(empty_if_missing(d.get("image")), "image")
            for image_item_data in _image:
                image_item = PublishedImage.from_dict(image_item_data)

                image.append(image_item)

            creator = d.get("creator", UNSET)

            create_time = d.get("create_time", UNSET)

            create_type = as_value(MomentCreateType, d.get("create_type", UNSET), "Moment.create_type")

            visible_type = as_value(MomentVisibleType, d.get("visible_type", UNSET), "Moment.visible_type")

            _text = d.get("text", UNSET)
            text: PublishedText | Unset
            if _text is UNSET:
                text = UNSET
            else:
                text = PublishedText.from_dict(_text)

            _video = d.get("video", UNSET)
            video: PublishedVideo | Unset
            if _video is UNSET:
                video = UNSET
            else:
                video = PublishedVideo.from_dict(_video)

            _link = d.get("link", UNSET)
            link: PublishedLink | Unset
            if _link is UNSET:
                link = UNSET
            else:
                link = PublishedLink.from_dict(_link)

            _location = d.get("location", UNSET)
            location: PublishedLocation | Unset
            if _location is UNSET:
                location = UNSET
            else:
                location = PublishedLocation.from_dict(_location)

        except KeyError as missing:
            raise InvalidData(f"Moment: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.moment_id = moment_id
        new_model.image = image
        new_model.creator = creator
        new_model.create_time = create_time
        new_model.create_type = create_type
        new_model.visible_type = visible_type
        new_model.text = text
        new_model.video = video
        new_model.link = link
        new_model.location = location

        new_model.additional_properties = (
            {}
            if len(d)
            == 1
            + ("image" in d)
            + (creator is not UNSET)
            + (create_time is not UNSET)
            + (create_type is not UNSET)
            + (visible_type is not UNSET)
            + (text is not UNSET)
            + (video is not UNSET)
            + (link is not UNSET)
            + (location is not UNSET)
            else beside(
                d,
                "moment_id",
                "image",
                "creator",
                "create_time",
                "create_type",
                "visible_type",
                "text",
                "video",
                "link",
                "location",
            )
        )
        return new_model

    @property
    def create_time_utc(self) -> datetime | None:
        """``create_time`` as an aware ``datetime`` in UTC; None where it is absent."""
        if self.create_time is UNSET:
            return None
        return as_utc(self.create_time, "Moment.create_time")

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
