# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..types import UNSET, Unset, as_object, beside

T = TypeVar("T", bound="GetMomentSendResultRequest")


@_attrs_define
class GetMomentSendResultRequest:
    """The arguments of get_moment_send_result.
    get_moment_send_result 的请求参数

    Attributes:
        moment_id (str): Id of the moment.
            朋友圈 id
        userid (str): userid of a member who has published it.
            企业发表成员 userid
        cursor (str | Unset): Where to go on: empty at first, then the next_cursor of the page before.
            用于分页查询的游标，由上一次调用返回，首次调用可不填
        limit (int | Unset): How many rows a page has. The server takes the default where more than the
            maximum is asked for, so more is an error here. Left out, it counts as 3000.
            每页返回的最大记录数；超过最大值时服务端取默认值，因此此处视为错误
    """

    moment_id: str
    userid: str
    cursor: str | Unset = UNSET
    limit: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        moment_id = self.moment_id

        userid = self.userid

        cursor = self.cursor

        limit = self.limit

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "moment_id": moment_id,
                "userid": userid,
            }
        )
        if cursor is not UNSET:
            field_dict["cursor"] = cursor
        if limit is not UNSET:
            field_dict["limit"] = limit

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "GetMomentSendResultRequest")
        try:
            moment_id = d["moment_id"]

            userid = d["userid"]

            cursor = d.get("cursor", UNSET)

            limit = d.get("limit", UNSET)

        except KeyError as missing:
            raise InvalidData(f"GetMomentSendResultRequest: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.moment_id = moment_id
        new_model.userid = userid
        new_model.cursor = cursor
        new_model.limit = limit

        new_model.additional_properties = (
            {}
            if len(d) == 2 + (cursor is not UNSET) + (limit is not UNSET)
            else beside(d, "moment_id", "userid", "cursor", "limit")
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
