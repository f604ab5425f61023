# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..models.corp_tag import CorpTag
from ..types import UNSET, Unset, as_list, as_object, as_utc, beside

T = TypeVar("T", bound="CorpTagGroup")


@_attrs_define
class CorpTagGroup:
    """A group of tags.
    标签组

    Attributes:
        group_id (str): Id of the group.
            标签组 id
        group_name (str | Unset): Name of the group.
            标签组名称
        create_time (int | Unset): When it was made, in seconds since 1970.
            标签组创建时间
        order (int | Unset): The group with the greater number stands first.
            标签组排序的次序值，值大的排序靠前
        deleted (bool | Unset): Whether it was deleted; only where tags are asked for by id.
            标签组是否已被删除，只在指定 tag_id 查询时返回
        tag (list[CorpTag] | Unset): The tags in it.
            标签组内的标签列表
    """

    group_id: str
    group_name: str | Unset = UNSET
    create_time: int | Unset = UNSET
    order: int | Unset = UNSET
    deleted: bool | Unset = UNSET
    tag: list[CorpTag] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        group_id = self.group_id

        group_name = self.group_name

        create_time = self.create_time

        order = self.order

        deleted = self.deleted

        tag: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.tag, Unset):
            tag = []
            for tag_item_data in self.tag:
                tag_item = tag_item_data.to_dict()
                tag.append(tag_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "group_id": group_id,
            }
        )
        if group_name is not UNSET:
            field_dict["group_name"] = group_name
        if create_time is not UNSET:
            field_dict["create_time"] = create_time
        if order is not UNSET:
            field_dict["order"] = order
        if deleted is not UNSET:
            field_dict["deleted"] = deleted
        if tag is not UNSET:
            field_dict["tag"] = tag

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "CorpTagGroup")
        try:
            group_id = d["group_id"]

            group_name = d.get("group_name", UNSET)

            create_time = d.get("create_time", UNSET)

            order = d.get("order", UNSET)

            deleted = d.get("deleted", UNSET)

            _tag = as_list(d.get("tag", UNSET), "tag")
            tag: list[CorpTag] | Unset = UNSET
            if _tag is not UNSET:
                tag = []
                for tag_item_data in _tag:
                    tag_item = CorpTag.from_dict(tag_item_data)

                    tag.append(tag_item)

        except KeyError as missing:
            raise InvalidData(f"CorpTagGroup: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.group_id = group_id
        new_model.group_name = group_name
        new_model.create_time = create_time
        new_model.order = order
        new_model.deleted = deleted
        new_model.tag = tag

        new_model.additional_properties = (
            {}
            if len(d)
            == 1
            + (group_name is not UNSET)
            + (create_time is not UNSET)
            + (order is not UNSET)
            + (deleted is not UNSET)
            + (tag is not UNSET)
            else beside(d, "group_id", "group_name", "create_time", "order", "deleted", "tag")
        )
        return new_model

    @property
    def create_time_utc(self) -> datetime | None:
        """``create_time`` as an aware ``datetime`` in UTC; None where it is absent."""
        if self.create_time is UNSET:
            return None
        return as_utc(self.create_time, "CorpTagGroup.create_time")

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
