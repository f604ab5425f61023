# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..types import UNSET, Unset, as_object, as_utc, beside

T = TypeVar("T", bound="CorpTag")


@_attrs_define
class CorpTag:
    """A tag of customers.
    企业客户标签

    Attributes:
        id (str): Id of the tag.
            标签 id
        name (str | Unset): Name of the tag.
            标签名称
        create_time (int | Unset): When it was made, in seconds since 1970.
            标签创建时间
        order (int | Unset): The tag with the greater number stands first.
            标签排序的次序值，值大的排序靠前
        deleted (bool | Unset): Whether it was deleted; only where something is asked for by id.
            标签是否已被删除，只在指定 tag_id 或 group_id 查询时返回
    """

    id: str
    name: str | Unset = UNSET
    create_time: int | Unset = UNSET
    order: int | Unset = UNSET
    deleted: bool | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        name = self.name

        create_time = self.create_time

        order = self.order

        deleted = self.deleted

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
            }
        )
        if name is not UNSET:
            field_dict["name"] = name
        if create_time is not UNSET:
            field_dict["create_time"] = create_time
        if order is not UNSET:
            field_dict["order"] = order
        if deleted is not UNSET:
            field_dict["deleted"] = deleted

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "CorpTag")
        try:
            id = d["id"]

            name = d.get("name", UNSET)

            create_time = d.get("create_time", UNSET)

            order = d.get("order", UNSET)

            deleted = d.get("deleted", UNSET)

        except KeyError as missing:
            raise InvalidData(f"CorpTag: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.id = id
        new_model.name = name
        new_model.create_time = create_time
        new_model.order = order
        new_model.deleted = deleted

        new_model.additional_properties = (
            {}
            if len(d)
            == 1
            + (name is not UNSET)
            + (create_time is not UNSET)
            + (order is not UNSET)
            + (deleted is not UNSET)
            else beside(d, "id", "name", "create_time", "order", "deleted")
        )
        return new_model

    @property
    def create_time_utc(self) -> datetime | None:
        """``create_time`` as an aware ``datetime`` in UTC; None where it is absent."""
        if self.create_time is UNSET:
            return None
        return as_utc(self.create_time, "CorpTag.create_time")

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
