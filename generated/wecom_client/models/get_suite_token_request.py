# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..types import as_object, beside

T = TypeVar("T", bound="GetSuiteTokenRequest")


@_attrs_define
class GetSuiteTokenRequest:
    """The credentials of a suite.
    第三方应用的凭证信息

    Attributes:
        suite_id (str): Id of the suite.
            第三方应用 id（suite_id）
        suite_secret (str): Secret of the suite. Keep it out of logs.
            第三方应用的 secret
        suite_ticket (str): The ticket that WeCom pushed last. Keep it out of logs.
            企业微信最近一次推送的 ticket
    """

    suite_id: str
    suite_secret: str = _attrs_field(repr=False)
    suite_ticket: str = _attrs_field(repr=False)
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        suite_id = self.suite_id

        suite_secret = self.suite_secret

        suite_ticket = self.suite_ticket

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "suite_id": suite_id,
                "suite_secret": suite_secret,
                "suite_ticket": suite_ticket,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "GetSuiteTokenRequest")
        try:
            suite_id = d["suite_id"]

            suite_secret = d["suite_secret"]

            suite_ticket = d["suite_ticket"]

        except KeyError as missing:
            raise InvalidData(f"GetSuiteTokenRequest: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.suite_id = suite_id
        new_model.suite_secret = suite_secret
        new_model.suite_ticket = suite_ticket

        new_model.additional_properties = (
            {} if len(d) == 3 else beside(d, "suite_id", "suite_secret", "suite_ticket")
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
