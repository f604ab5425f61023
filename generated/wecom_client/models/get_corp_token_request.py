# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..types import as_object, beside

T = TypeVar("T", bound="GetCorpTokenRequest")


@_attrs_define
class GetCorpTokenRequest:
    """A corp that has authorised the suite.
    授权企业

    Attributes:
        auth_corpid (str): Id of the corp that authorised the suite.
            授权方 corpid
        permanent_code (str): The permanent code of that authorisation. Keep it out of logs.
            永久授权码
    """

    auth_corpid: str
    permanent_code: str = _attrs_field(repr=False)
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        auth_corpid = self.auth_corpid

        permanent_code = self.permanent_code

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "auth_corpid": auth_corpid,
                "permanent_code": permanent_code,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "GetCorpTokenRequest")
        try:
            auth_corpid = d["auth_corpid"]

            permanent_code = d["permanent_code"]

        except KeyError as missing:
            raise InvalidData(f"GetCorpTokenRequest: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.auth_corpid = auth_corpid
        new_model.permanent_code = permanent_code

        new_model.additional_properties = {} if len(d) == 2 else beside(d, "auth_corpid", "permanent_code")
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
