"""Which requests are the same one, and what may be a key."""

from __future__ import annotations

from typing import Any

import pytest

from wecom_client.operations import OPERATIONS as GENERATED
from wecom_contract import OPERATIONS
from wecom_openapi.journal.keys import check_key, digest

BODY: dict[str, Any] = {
    "sender": "zhangsan",
    "external_userid": ["wmA", "wmB"],
    "text": {"content": "新品"},
    "attachments": [
        {"msgtype": "image", "image": {"media_id": "M"}},
        {"msgtype": "file", "file": {"media_id": "F"}},
    ],
}
CREATE = "add_msg_template"


def test_every_operation_that_is_not_safe_to_repeat_takes_a_key_and_no_other_does() -> None:
    """But for uploads: nobody is reached by one, and what is in the file is no data that could be kept."""
    takes = {name for name, operation in GENERATED.items() if operation.takes_key}
    assert takes == {name for name, one in OPERATIONS.items() if not one.repeat.safe and not one.parts}
    assert takes == {
        *("add_msg_template", "add_moment_task", "remind_groupmsg_send"),
        *("send_welcome_msg", "group_welcome_template_add"),
    }


@pytest.mark.parametrize(
    "same",
    [
        dict(reversed(BODY.items())),
        {**BODY, "external_userid": ["wmB", "wmA"]},
        {**BODY, "external_userid": ["wmA", "wmB", "wmA"]},
        {**BODY, "chat_type": "single", "allow_select": False},
    ],
    ids=["order of fields", "order of recipients", "a recipient twice", "defaults written out"],
)
def test_what_means_the_same_is_the_same(same: dict[str, Any]) -> None:
    assert digest(CREATE, same) == digest(CREATE, BODY)


@pytest.mark.parametrize(
    "other",
    [
        {**BODY, "text": {"content": "新品 "}},
        {**BODY, "sender": "lisi"},
        {**BODY, "external_userid": ["wmA"]},
        {**BODY, "external_userid": ["wmA", "wmB", "wmC"]},
        {**BODY, "attachments": BODY["attachments"][::-1]},
        {**BODY, "allow_select": True},
        {name: value for name, value in BODY.items() if name != "sender"},
    ],
    ids=["text", "sender", "fewer", "more", "order of attachments", "flag", "no sender"],
)
def test_what_means_something_else_is_another(other: dict[str, Any]) -> None:
    assert digest(CREATE, other) != digest(CREATE, BODY)


def test_the_same_body_of_another_operation_is_another() -> None:
    assert digest("remind_groupmsg_send", {"msgid": "m"}) != digest("cancel_groupmsg_send", {"msgid": "m"})


def test_ids_that_are_numbers_are_a_set_too() -> None:
    def of(*departments: int) -> str:
        return digest(
            "add_moment_task", {"visible_range": {"sender_list": {"department_list": list(departments)}}}
        )

    assert of(2, 1, 2) == of(1, 2)
    assert of(1, 3) != of(1, 2)


@pytest.mark.parametrize("key", ["a", "spring/1", "春节", "a b", "x" * 200])
def test_a_key(key: str) -> None:
    assert check_key(key) == key


@pytest.mark.parametrize("key", ["", " a", "a ", "a\nb", "a\x00", "\ud800", "x" * 201])
def test_no_key(key: str) -> None:
    with pytest.raises(ValueError, match="key") as caught:
        check_key(key)
    assert str(caught.value) == (
        "key: 1 to 200 printable characters are needed, without spaces around them; "
        f"this one has {len(key)} characters"
    )


@pytest.mark.parametrize("key", [None, 7, b"a", ["a"]])
def test_a_key_is_a_text(key: Any) -> None:
    with pytest.raises(TypeError, match=rf"^key: a text is needed, not {type(key).__name__}$"):
        check_key(key)
