# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..types import UNSET, Unset, as_object, beside
from ..values import ExternalContactGender, ExternalContactType, as_number, as_value

T = TypeVar("T", bound="ExternalContact")


@_attrs_define
class ExternalContact:
    """A customer.
    客户的基本信息

    Attributes:
        external_userid (str): Id of the customer.
            外部联系人的 userid
        name (str | Unset): What the customer calls itself.
            外部联系人的名称
        avatar (str | Unset): Address of the picture.
            外部联系人头像
        type_ (int | Unset): Where the customer comes from. Other numbers may come.
            外部联系人的类型：1-微信用户 2-企业微信用户
        gender (int | Unset): Other numbers may come.
            外部联系人性别：0-未知 1-男性 2-女性
        unionid (str | Unset): Id of the person across the apps of one owner.
            外部联系人在微信开放平台的唯一身份标识
        position (str | Unset): Job title.
            外部联系人的职位
        corp_name (str | Unset): Short name of the customer's company.
            外部联系人所在企业的简称
        corp_full_name (str | Unset): Full name of the customer's company.
            外部联系人所在企业的主体名称
    """

    external_userid: str
    name: str | Unset = UNSET
    avatar: str | Unset = UNSET
    type_: ExternalContactType | Unset = UNSET
    gender: ExternalContactGender | Unset = UNSET
    unionid: str | Unset = UNSET
    position: str | Unset = UNSET
    corp_name: str | Unset = UNSET
    corp_full_name: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        external_userid = self.external_userid

        name = self.name

        avatar = self.avatar

        type_ = as_number(self.type_)

        gender = as_number(self.gender)

        unionid = self.unionid

        position = self.position

        corp_name = self.corp_name

        corp_full_name = self.corp_full_name

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "external_userid": external_userid,
            }
        )
        if name is not UNSET:
            field_dict["name"] = name
        if avatar is not UNSET:
            field_dict["avatar"] = avatar
        if type_ is not UNSET:
            field_dict["type"] = type_
        if gender is not UNSET:
            field_dict["gender"] = gender
        if unionid is not UNSET:
            field_dict["unionid"] = unionid
        if position is not UNSET:
            field_dict["position"] = position
        if corp_name is not UNSET:
            field_dict["corp_name"] = corp_name
        if corp_full_name is not UNSET:
            field_dict["corp_full_name"] = corp_full_name

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "ExternalContact")
        try:
            external_userid = d["external_userid"]

            name = d.get("name", UNSET)

            avatar = d.get("avatar", UNSET)

            type_ = as_value(ExternalContactType, d.get("type", UNSET), "ExternalContact.type")

            gender = as_value(ExternalContactGender, d.get("gender", UNSET), "ExternalContact.gender")

            unionid = d.get("unionid", UNSET)

            position = d.get("position", UNSET)

            corp_name = d.get("corp_name", UNSET)

            corp_full_name = d.get("corp_full_name", UNSET)

        except KeyError as missing:
            raise InvalidData(f"ExternalContact: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.external_userid = external_userid
        new_model.name = name
        new_model.avatar = avatar
        new_model.type_ = type_
        new_model.gender = gender
        new_model.unionid = unionid
        new_model.position = position
        new_model.corp_name = corp_name
        new_model.corp_full_name = corp_full_name

        new_model.additional_properties = (
            {}
            if len(d)
            == 1
            + (name is not UNSET)
            + (avatar is not UNSET)
            + (type_ is not UNSET)
            + (gender is not UNSET)
            + (unionid is not UNSET)
            + (position is not UNSET)
            + (corp_name is not UNSET)
            + (corp_full_name is not UNSET)
            else beside(
                d,
                "external_userid",
                "name",
                "avatar",
                "type",
                "gender",
                "unionid",
                "position",
                "corp_name",
                "corp_full_name",
            )
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
