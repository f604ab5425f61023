# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..models.get_moment_list_request_filter_type import (
    GetMomentListRequestFilterType,
)
from ..types import UNSET, Unset, as_object, as_utc, beside

T = TypeVar("T", bound="GetMomentListRequest")


@_attrs_define
class GetMomentListRequest:
    """The arguments of get_moment_list.
    get_moment_list 的请求参数

    Attributes:
        start_time (int): Where the period begins, in seconds since 1970.
            朋友圈记录开始时间，Unix 时间戳
        end_time (int): Where the period ends, in seconds since 1970.
            朋友圈记录结束时间，Unix 时间戳
        creator (str | Unset): userid of the member who made the moments; those of the corp have none.
            朋友圈创建人的 userid
        filter_type (GetMomentListRequestFilterType | Unset): 0 moments of the corp, 1 of members, 2
            both. Left out, it counts as 2.
            朋友圈类型。0：企业发表 1：个人发表 2：所有
        cursor (str | Unset): Where to go on: empty at first, then the next_cursor of the page before.
            用于分页查询的游标，由上一次调用返回，首次调用可不填
        limit (int | Unset): How many rows a page has. The server takes the default where more than the
            maximum is asked for, so more is an error here. Left out, it counts as 20.
            每页返回的最大记录数；超过最大值时服务端取默认值，因此此处视为错误
    """

    start_time: int
    end_time: int
    creator: str | Unset = UNSET
    filter_type: GetMomentListRequestFilterType | Unset = UNSET
    cursor: str | Unset = UNSET
    limit: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        start_time = self.start_time

        end_time = self.end_time

        creator = self.creator

        filter_type: int | Unset = UNSET
        if not isinstance(self.filter_type, Unset):
            filter_type = self.filter_type

        cursor = self.cursor

        limit = self.limit

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "start_time": start_time,
                "end_time": end_time,
            }
        )
        if creator is not UNSET:
            field_dict["creator"] = creator
        if filter_type is not UNSET:
            field_dict["filter_type"] = filter_type
        if cursor is not UNSET:
            field_dict["cursor"] = cursor
        if limit is not UNSET:
            field_dict["limit"] = limit

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "GetMomentListRequest")
        try:
            start_time = d["start_time"]

            end_time = d["end_time"]

            creator = d.get("creator", UNSET)

            filter_type: GetMomentListRequestFilterType | Unset = d.get("filter_type", UNSET)

            cursor = d.get("cursor", UNSET)

            limit = d.get("limit", UNSET)

        except KeyError as missing:
            raise InvalidData(f"GetMomentListRequest: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.start_time = start_time
        new_model.end_time = end_time
        new_model.creator = creator
        new_model.filter_type = filter_type
        new_model.cursor = cursor
        new_model.limit = limit

        new_model.additional_properties = (
            {}
            if len(d)
            == 2
            + (creator is not UNSET)
            + (filter_type is not UNSET)
            + (cursor is not UNSET)
            + (limit is not UNSET)
            else beside(d, "start_time", "end_time", "creator", "filter_type", "cursor", "limit")
        )
        return new_model

    @property
    def start_time_utc(self) -> datetime:
        """``start_time`` as an aware ``datetime`` in UTC."""
        return as_utc(self.start_time, "GetMomentListRequest.start_time")

    @property
    def end_time_utc(self) -> datetime:
        """``end_time`` as an aware ``datetime`` in UTC."""
        return as_utc(self.end_time, "GetMomentListRequest.end_time")

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
