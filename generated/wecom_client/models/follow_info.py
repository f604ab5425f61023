# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..types import UNSET, Unset, as_list, as_object, as_utc, beside

T = TypeVar("T", bound="FollowInfo")


@_attrs_define
class FollowInfo:
    """What one member has noted about a customer.
    企业成员对客户的跟进信息

    Attributes:
        userid (str): userid of the member.
            添加了此外部联系人的企业成员 userid
        remark (str | Unset): What the member calls the customer.
            该成员对此外部联系人的备注
        description (str | Unset): What the member has written about the customer.
            该成员对此外部联系人的描述
        createtime (int | Unset): When the member added the customer, in seconds since 1970.
            该成员添加此外部联系人的时间
        tag_id (list[str] | Unset): Ids of the tags that the member gave the customer.
            该成员添加此外部联系人所打标签的 id
        remark_corp_name (str | Unset): What the member calls the customer's company.
            该成员对此客户备注的企业名称
        remark_mobiles (list[str] | Unset): Telephone numbers that the member has noted.
            该成员对此客户备注的手机号码
        add_way (int | Unset): How the customer was added; a number of many kinds.
            该成员添加此客户的来源
        oper_userid (str | Unset): Who began it: a member, or the customer itself.
            发起添加的 userid
        state (str | Unset): What the company wrote into the code by which the customer came.
            企业自定义的 state 参数，用于区分客户的添加渠道
    """

    userid: str
    remark: str | Unset = UNSET
    description: str | Unset = UNSET
    createtime: int | Unset = UNSET
    tag_id: list[str] | Unset = UNSET
    remark_corp_name: str | Unset = UNSET
    remark_mobiles: list[str] | Unset = UNSET
    add_way: int | Unset = UNSET
    oper_userid: str | Unset = UNSET
    state: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        userid = self.userid

        remark = self.remark

        description = self.description

        createtime = self.createtime

        tag_id: list[str] | Unset = UNSET
        if not isinstance(self.tag_id, Unset):
            tag_id = self.tag_id

        remark_corp_name = self.remark_corp_name

        remark_mobiles: list[str] | Unset = UNSET
        if not isinstance(self.remark_mobiles, Unset):
            remark_mobiles = self.remark_mobiles

        add_way = self.add_way

        oper_userid = self.oper_userid

        state = self.state

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "userid": userid,
            }
        )
        if remark is not UNSET:
            field_dict["remark"] = remark
        if description is not UNSET:
            field_dict["description"] = description
        if createtime is not UNSET:
            field_dict["createtime"] = createtime
        if tag_id is not UNSET:
            field_dict["tag_id"] = tag_id
        if remark_corp_name is not UNSET:
            field_dict["remark_corp_name"] = remark_corp_name
        if remark_mobiles is not UNSET:
            field_dict["remark_mobiles"] = remark_mobiles
        if add_way is not UNSET:
            field_dict["add_way"] = add_way
        if oper_userid is not UNSET:
            field_dict["oper_userid"] = oper_userid
        if state is not UNSET:
            field_dict["state"] = state

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "FollowInfo")
        try:
            userid = d["userid"]

            remark = d.get("remark", UNSET)

            description = d.get("description", UNSET)

            createtime = d.get("createtime", UNSET)

            tag_id: list[str] | Unset = as_list(d.get("tag_id", UNSET), "tag_id")

            remark_corp_name = d.get("remark_corp_name", UNSET)

            remark_mobiles: list[str] | Unset = as_list(d.get("remark_mobiles", UNSET), "remark_mobiles")

            add_way = d.get("add_way", UNSET)

            oper_userid = d.get("oper_userid", UNSET)

            state = d.get("state", UNSET)

        except KeyError as missing:
            raise InvalidData(f"FollowInfo: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.userid = userid
        new_model.remark = remark
        new_model.description = description
        new_model.createtime = createtime
        new_model.tag_id = tag_id
        new_model.remark_corp_name = remark_corp_name
        new_model.remark_mobiles = remark_mobiles
        new_model.add_way = add_way
        new_model.oper_userid = oper_userid
        new_model.state = state

        new_model.additional_properties = (
            {}
            if len(d)
            == 1
            + (remark is not UNSET)
            + (description is not UNSET)
            + (createtime is not UNSET)
            + (tag_id is not UNSET)
            + (remark_corp_name is not UNSET)
            + (remark_mobiles is not UNSET)
            + (add_way is not UNSET)
            + (oper_userid is not UNSET)
            + (state is not UNSET)
            else beside(
                d,
                "userid",
                "remark",
                "description",
                "createtime",
                "tag_id",
                "remark_corp_name",
                "remark_mobiles",
                "add_way",
                "oper_userid",
                "state",
            )
        )
        return new_model

    @property
    def createtime_utc(self) -> datetime | None:
        """``createtime`` as an aware ``datetime`` in UTC; None where it is absent."""
        if self.createtime is UNSET:
            return None
        return as_utc(self.createtime, "FollowInfo.createtime")

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
