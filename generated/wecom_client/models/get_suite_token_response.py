# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..types import UNSET, Unset, as_object, beside

T = TypeVar("T", bound="GetSuiteTokenResponse")


@_attrs_define
class GetSuiteTokenResponse:
    """A token, or a refusal.
    第三方应用凭证

    Attributes:
        suite_access_token (str): The token. Keep room for 512 bytes, and keep it out of logs.
            第三方应用凭证，最长为 512 字节
        expires_in (int): How long it is valid, in seconds.
            凭证的有效时间（秒）
        errcode (int | Unset): 0 is success, and so is its absence. Decide by this alone.
            返回码，0 或缺省表示成功，只应以此判断
        errmsg (str | Unset): The code in words, for people. Not always there on success.
            对返回码的文本描述，成功时可能缺省，不可用于判断
    """

    suite_access_token: str = _attrs_field(repr=False)
    expires_in: int
    errcode: int | Unset = UNSET
    errmsg: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        suite_access_token = self.suite_access_token

        expires_in = self.expires_in

        errcode = self.errcode

        errmsg = self.errmsg

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "suite_access_token": suite_access_token,
                "expires_in": expires_in,
            }
        )
        if errcode is not UNSET:
            field_dict["errcode"] = errcode
        if errmsg is not UNSET:
            field_dict["errmsg"] = errmsg

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "GetSuiteTokenResponse")
        try:
            suite_access_token = d["suite_access_token"]

            expires_in = d["expires_in"]

            errcode = d.get("errcode", UNSET)

            errmsg = d.get("errmsg", UNSET)

        except KeyError as missing:
            raise InvalidData(f"GetSuiteTokenResponse: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.suite_access_token = suite_access_token
        new_model.expires_in = expires_in
        new_model.errcode = errcode
        new_model.errmsg = errmsg

        new_model.additional_properties = (
            {}
            if len(d) == 2 + (errcode is not UNSET) + (errmsg is not UNSET)
            else beside(d, "suite_access_token", "expires_in", "errcode", "errmsg")
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
