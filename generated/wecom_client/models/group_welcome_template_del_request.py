# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..types import UNSET, Unset, as_object, beside

T = TypeVar("T", bound="GroupWelcomeTemplateDelRequest")


@_attrs_define
class GroupWelcomeTemplateDelRequest:
    """The template that is to go.
    group_welcome_template/del 的请求参数

    Attributes:
        template_id (str): Id of the template.
            群欢迎语的素材 id
        agentid (int | Unset): Id of the app in the corp that uses it. Only old third-party suites of
            several apps need it.
            授权方安装的应用 agentid，仅旧的第三方多应用套件需要填此参数
    """

    template_id: str
    agentid: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        template_id = self.template_id

        agentid = self.agentid

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "template_id": template_id,
            }
        )
        if agentid is not UNSET:
            field_dict["agentid"] = agentid

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "GroupWelcomeTemplateDelRequest")
        try:
            template_id = d["template_id"]

            agentid = d.get("agentid", UNSET)

        except KeyError as missing:
            raise InvalidData(f"GroupWelcomeTemplateDelRequest: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.template_id = template_id
        new_model.agentid = agentid

        new_model.additional_properties = (
            {} if len(d) == 1 + (agentid is not UNSET) else beside(d, "template_id", "agentid")
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
