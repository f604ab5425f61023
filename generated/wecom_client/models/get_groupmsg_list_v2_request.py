# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..models.get_groupmsg_list_v2_request_chat_type import (
    GetGroupmsgListV2RequestChatType,
)
from ..models.get_groupmsg_list_v2_request_filter_type import (
    GetGroupmsgListV2RequestFilterType,
)
from ..types import UNSET, Unset, as_object, as_utc, beside

T = TypeVar("T", bound="GetGroupmsgListV2Request")


@_attrs_define
class GetGroupmsgListV2Request:
    """The arguments of get_groupmsg_list_v2.
    get_groupmsg_list_v2 的请求参数

    Attributes:
        start_time (int): Where the period begins, in seconds since 1970.
            群发任务记录开始时间，Unix 秒
        end_time (int): Where the period ends, in seconds since 1970.
            群发任务记录结束时间，Unix 秒
        chat_type (GetGroupmsgListV2RequestChatType | Unset): single: messages to customers; group: to
            customer groups. Left out, it counts as single.
            群发任务的类型，single：发送给客户，group：发送给客户群
        creator (str | Unset): userid of the member who created the tasks.
            群发任务创建人企业账号 id
        filter_type (GetGroupmsgListV2RequestFilterType | Unset): 0 created for the company, 1 by a
            member for himself, 2 both. Left out, it counts as 2.
            创建人类型：0-企业发表 1-个人发表 2-所有
        limit (int | Unset): How many rows a page has. Left out, it counts as 50.
            返回的最大记录数
        cursor (str | Unset): Where to go on: empty at first, then the next_cursor of the page before.
            用于分页查询的游标，由上一次调用返回，首次调用可不填
    """

    start_time: int
    end_time: int
    chat_type: GetGroupmsgListV2RequestChatType | Unset = UNSET
    creator: str | Unset = UNSET
    filter_type: GetGroupmsgListV2RequestFilterType | Unset = UNSET
    limit: int | Unset = UNSET
    cursor: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        start_time = self.start_time

        end_time = self.end_time

        chat_type: str | Unset = UNSET
        if not isinstance(self.chat_type, Unset):
            chat_type = self.chat_type

        creator = self.creator

        filter_type: int | Unset = UNSET
        if not isinstance(self.filter_type, Unset):
            filter_type = self.filter_type

        limit = self.limit

        cursor = self.cursor

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "start_time": start_time,
                "end_time": end_time,
            }
        )
        if chat_type is not UNSET:
            field_dict["chat_type"] = chat_type
        if creator is not UNSET:
            field_dict["creator"] = creator
        if filter_type is not UNSET:
            field_dict["filter_type"] = filter_type
        if limit is not UNSET:
            field_dict["limit"] = limit
        if cursor is not UNSET:
            field_dict["cursor"] = cursor

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "GetGroupmsgListV2Request")
        try:
            start_time = d["start_time"]

            end_time = d["end_time"]

            chat_type: GetGroupmsgListV2RequestChatType | Unset = d.get("chat_type", UNSET)

            creator = d.get("creator", UNSET)

            filter_type: GetGroupmsgListV2RequestFilterType | Unset = d.get("filter_type", UNSET)

            limit = d.get("limit", UNSET)

            cursor = d.get("cursor", UNSET)

        except KeyError as missing:
            raise InvalidData(f"GetGroupmsgListV2Request: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.start_time = start_time
        new_model.end_time = end_time
        new_model.chat_type = chat_type
        new_model.creator = creator
        new_model.filter_type = filter_type
        new_model.limit = limit
        new_model.cursor = cursor

        new_model.additional_properties = (
            {}
            if len(d)
            == 2
            + (chat_type is not UNSET)
            + (creator is not UNSET)
            + (filter_type is not UNSET)
            + (limit is not UNSET)
            + (cursor is not UNSET)
            else beside(d, "start_time", "end_time", "chat_type", "creator", "filter_type", "limit", "cursor")
        )
        return new_model

    @property
    def start_time_utc(self) -> datetime:
        """``start_time`` as an aware ``datetime`` in UTC."""
        return as_utc(self.start_time, "GetGroupmsgListV2Request.start_time")

    @property
    def end_time_utc(self) -> datetime:
        """``end_time`` as an aware ``datetime`` in UTC."""
        return as_utc(self.end_time, "GetGroupmsgListV2Request.end_time")

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
