"""The whole text of an error about an answer, by hand."""

from __future__ import annotations

from typing import Any

import pytest

from wecom_openapi import MalformedAnswer, RefusedError
from wecom_openapi.answers import accept

CREATE = "add_msg_template"
PAGE = "https://developer.work.weixin.qq.com/document/path/92135"


def refused(answer: dict[str, Any], operation: str = CREATE) -> str:
    with pytest.raises(RefusedError) as caught:
        accept(operation, answer)
    return str(caught.value)


def test_a_refusal_says_what_it_means_what_became_of_it_and_what_to_do() -> None:
    assert refused({"errcode": 45009, "errmsg": "api freq out of limit"}) == (
        "add_msg_template was refused: errcode 45009 (the call was made too often): 'api freq out of limit'. "
        "Nothing happened. What to do: wait for the window to pass: a minute, an hour, a day or a month; "
        "leave debug=1 away. "
        f"See {PAGE}"
    )


def test_a_code_whose_meaning_is_only_known_in_chinese() -> None:
    assert refused({"errcode": 610001, "errmsg": ""}) == (
        "add_msg_template was refused: errcode 610001 (永久二维码超过每个员工5000的限制). "
        f"It may have had an effect all the same: do not send it again before you have looked. See {PAGE}"
    )


def test_a_code_that_the_table_does_not_have() -> None:
    assert refused({"errcode": 123456789, "errmsg": 7}, "no_such_operation") == (
        "no_such_operation was refused: errcode 123456789 (not in the vendor's table). "
        "It may have had an effect all the same: do not send it again before you have looked"
    )


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({}, "msgid is missing"),
        ({"msgid": 7}, "msgid must be a string, not an integer"),
        ({"msgid": 7, "fail_list": "wm1"}, "msgid must be a string, not an integer (and 1 more)"),
    ],
)
def test_an_answer_that_breaks_the_contract_names_its_first_fault(
    answer: dict[str, Any], reason: str
) -> None:
    with pytest.raises(MalformedAnswer) as caught:
        accept(CREATE, {"errcode": 0, "errmsg": "ok", **answer})
    assert caught.value.reason == reason
    assert str(caught.value) == f"the answer to add_msg_template can't be read: {reason}"
    assert len(caught.value.violations) == (2 if "more" in reason else 1)
    assert caught.value.answer is not None
