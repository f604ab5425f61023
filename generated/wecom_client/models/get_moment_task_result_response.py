# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import InvalidData
from ..models.moment_task_result import MomentTaskResult
from ..types import UNSET, Unset, as_object, beside
from ..values import MomentJobStatus, as_number, as_value

T = TypeVar("T", bound="GetMomentTaskResultResponse")


@_attrs_define
class GetMomentTaskResultResponse:
    """The state of the job, or a refusal.
    get_moment_task_result 的返回结果

    Attributes:
        errcode (int): 0 is success. Decide by this alone.
            返回码，0 表示成功，只应以此判断
        status (int): How far the job is.
            任务状态
        errmsg (str | Unset): The code in words, for people. Not always ok on success.
            对返回码的文本描述，可能变化，不可用于判断
        type_ (str | Unset): What the job does, always add_moment_task.
            操作类型，固定为 add_moment_task
        result (MomentTaskResult | Unset): What came of the job; it holds once the status is 3.
            详细的处理结果，任务完成后有效
    """

    errcode: int
    status: MomentJobStatus
    errmsg: str | Unset = UNSET
    type_: str | Unset = UNSET
    result: MomentTaskResult | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        errcode = self.errcode

        status = as_number(self.status)

        errmsg = self.errmsg

        type_ = self.type_

        result: dict[str, Any] | Unset = UNSET
        if not isinstance(self.result, Unset):
            result = self.result.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "errcode": errcode,
                "status": status,
            }
        )
        if errmsg is not UNSET:
            field_dict["errmsg"] = errmsg
        if type_ is not UNSET:
            field_dict["type"] = type_
        if result is not UNSET:
            field_dict["result"] = result

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = src_dict if type(src_dict) is dict else as_object(src_dict, "GetMomentTaskResultResponse")
        try:
            errcode = d["errcode"]

            status = as_value(MomentJobStatus, d["status"], "GetMomentTaskResultResponse.status")

            errmsg = d.get("errmsg", UNSET)

            type_ = d.get("type", UNSET)

            _result = d.get("result", UNSET)
            result: MomentTaskResult | Unset
            if _result is UNSET:
                result = UNSET
            else:
                result = MomentTaskResult.from_dict(_result)

        except KeyError as missing:
            raise InvalidData(f"GetMomentTaskResultResponse: {missing} is missing") from None
        new_model = cls.__new__(cls)
        new_model.errcode = errcode
        new_model.status = status
        new_model.errmsg = errmsg
        new_model.type_ = type_
        new_model.result = result

        new_model.additional_properties = (
            {}
            if len(d) == 2 + (errmsg is not UNSET) + (type_ is not UNSET) + (result is not UNSET)
            else beside(d, "errcode", "status", "errmsg", "type", "result")
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
