# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..types import as_object, beside
from ..values import MomentPublishStatus, as_number, as_value

T = TypeVar("T", bound="MomentTask")


@_attrs_define
class MomentTask:
    """A member who is asked to publish.
    成员发表任务

    Attributes:
        userid (str): userid of the member.
            发表成员用户 userid
        publish_status (int): Whether the member has published.
            成员发表状态
    """

    userid: str
    publish_status: MomentPublishStatus
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        userid = self.userid

        publish_status = as_number(self.publish_status)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "userid": userid,
                "publish_status": publish_status,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "MomentTask")
        try:
            userid = d["userid"]

            publish_status = as_value(MomentPublishStatus, d["publish_status"], "MomentTask.publish_status")

        except KeyError as missing:
            raise InvalidData(f"MomentTask: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.userid = userid
        new_model.publish_status = publish_status

        new_model.additional_properties = {} if len(d) == 2 else beside(d, "userid", "publish_status")
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
