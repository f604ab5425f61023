# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..models.groupchat_list_request_status_filter import (
    GroupchatListRequestStatusFilter,
)
from ..models.groupchat_owner_filter import GroupchatOwnerFilter
from ..types import UNSET, Unset, as_object, beside

T = TypeVar("T", bound="GroupchatListRequest")


@_attrs_define
class GroupchatListRequest:
    """The arguments of groupchat_list.
    groupchat_list 的请求参数

    Attributes:
        limit (int): How many rows a page has.
            每页预期返回的记录数
        status_filter (GroupchatListRequestStatusFilter | Unset): Which groups: 0 all, 1 those whose
            owner has left, 2 those that are being handed over, 3 those that were handed over. Left out, it
            counts as 0.
            客户群跟进状态过滤：0-所有列表 1-离职待继承 2-离职继承中 3-离职继承完成
        owner_filter (GroupchatOwnerFilter | Unset): Whose groups. Without it the groups of every owner
            whom the app sees are listed; where the app sees more than a thousand members that is refused
            with 81017. One copy of the page says that groups of an owner who has left come only where the
            owner is named.
            群主过滤。不填时返回应用可见范围内全部群主的群；可见范围超过 1000 人时返回 81017。有资料称，群主离职时必须指定群主才能获取。
        cursor (str | Unset): Where to go on: empty at first, then the next_cursor of the page before.
            用于分页查询的游标，由上一次调用返回，首次调用可不填
    """

    limit: int
    status_filter: GroupchatListRequestStatusFilter | Unset = UNSET
    owner_filter: GroupchatOwnerFilter | Unset = UNSET
    cursor: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        limit = self.limit

        status_filter: int | Unset = UNSET
        if not isinstance(self.status_filter, Unset):
            status_filter = self.status_filter

        owner_filter: dict[str, Any] | Unset = UNSET
        if not isinstance(self.owner_filter, Unset):
            owner_filter = self.owner_filter.to_dict()

        cursor = self.cursor

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "limit": limit,
            }
        )
        if status_filter is not UNSET:
            field_dict["status_filter"] = status_filter
        if owner_filter is not UNSET:
            field_dict["owner_filter"] = owner_filter
        if cursor is not UNSET:
            field_dict["cursor"] = cursor

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "GroupchatListRequest")
        try:
            limit = d["limit"]

            status_filter: GroupchatListRequestStatusFilter | Unset = d.get("status_filter", UNSET)

            _owner_filter = d.get("owner_filter", UNSET)
            owner_filter: GroupchatOwnerFilter | Unset
            if _owner_filter is UNSET:
                owner_filter = UNSET
            else:
                owner_filter = GroupchatOwnerFilter.from_dict(_owner_filter)

            cursor = d.get("cursor", UNSET)

        except KeyError as missing:
            raise InvalidData(f"GroupchatListRequest: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.limit = limit
        new_model.status_filter = status_filter
        new_model.owner_filter = owner_filter
        new_model.cursor = cursor

        new_model.additional_properties = (
            {}
            if len(d)
            == 1 + (status_filter is not UNSET) + (owner_filter is not UNSET) + (cursor is not UNSET)
            else beside(d, "limit", "status_filter", "owner_filter", "cursor")
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
