# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.moment_invalid_external_contact_list import MomentInvalidExternalContactList
from ..models.moment_invalid_sender_list import MomentInvalidSenderList
from ..types import UNSET, Unset, as_object, beside

T = TypeVar("T", bound="MomentTaskResult")


@_attrs_define
class MomentTaskResult:
    """What came of the job; it holds once the status is 3.
    详细的处理结果，任务完成后有效

    Attributes:
        errcode (int | Unset): Whether the moment was made, 0 if so.
            返回码
        errmsg (str | Unset): The code in words, for people.
            对返回码的文本描述内容
        moment_id (str | Unset): Id of the moment, for the calls about it.
            朋友圈 id
        invalid_sender_list (MomentInvalidSenderList | Unset): The members and departments that are
            unknown or not in the visible range of the app.
            不合法的执行者列表，包括不存在的 id 以及不在应用可见范围内的部门或者成员
        invalid_external_contact_list (MomentInvalidExternalContactList | Unset): The tags that were not
            taken.
            不合法的客户列表
    """

    errcode: int | Unset = UNSET
    errmsg: str | Unset = UNSET
    moment_id: str | Unset = UNSET
    invalid_sender_list: MomentInvalidSenderList | Unset = UNSET
    invalid_external_contact_list: MomentInvalidExternalContactList | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        errcode = self.errcode

        errmsg = self.errmsg

        moment_id = self.moment_id

        invalid_sender_list: dict[str, Any] | Unset = UNSET
        if not isinstance(self.invalid_sender_list, Unset):
            invalid_sender_list = self.invalid_sender_list.to_dict()

        invalid_external_contact_list: dict[str, Any] | Unset = UNSET
        if not isinstance(self.invalid_external_contact_list, Unset):
            invalid_external_contact_list = self.invalid_external_contact_list.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if errcode is not UNSET:
            field_dict["errcode"] = errcode
        if errmsg is not UNSET:
            field_dict["errmsg"] = errmsg
        if moment_id is not UNSET:
            field_dict["moment_id"] = moment_id
        if invalid_sender_list is not UNSET:
            field_dict["invalid_sender_list"] = invalid_sender_list
        if invalid_external_contact_list is not UNSET:
            field_dict["invalid_external_contact_list"] = invalid_external_contact_list

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "MomentTaskResult")
        errcode = d.get("errcode", UNSET)

        errmsg = d.get("errmsg", UNSET)

        moment_id = d.get("moment_id", UNSET)

        _invalid_sender_list = d.get("invalid_sender_list", UNSET)
        invalid_sender_list: MomentInvalidSenderList | Unset
        if _invalid_sender_list is UNSET:
            invalid_sender_list = UNSET
        else:
            invalid_sender_list = MomentInvalidSenderList.from_dict(_invalid_sender_list)

        _invalid_external_contact_list = d.get("invalid_external_contact_list", UNSET)
        invalid_external_contact_list: MomentInvalidExternalContactList | Unset
        if _invalid_external_contact_list is UNSET:
            invalid_external_contact_list = UNSET
        else:
            invalid_external_contact_list = MomentInvalidExternalContactList.from_dict(
                _invalid_external_contact_list
            )

        new_model = cls.__new__(cls)
        new_model.errcode = errcode
        new_model.errmsg = errmsg
        new_model.moment_id = moment_id
        new_model.invalid_sender_list = invalid_sender_list
        new_model.invalid_external_contact_list = invalid_external_contact_list

        new_model.additional_properties = (
            {}
            if len(d)
            == (errcode is not UNSET)
            + (errmsg is not UNSET)
            + (moment_id is not UNSET)
            + (invalid_sender_list is not UNSET)
            + (invalid_external_contact_list is not UNSET)
            else beside(
                d, "errcode", "errmsg", "moment_id", "invalid_sender_list", "invalid_external_contact_list"
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
