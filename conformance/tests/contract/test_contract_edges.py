"""What a seeded fault showed that no other test saw: several faults in one body."""

from __future__ import annotations

from wecom_contract import check

TEXT = {"content": "hi"}


def test_every_unknown_field_is_told() -> None:
    body = {"sender": "zhangsan", "external_userid": ["wm1"], "text": TEXT, "first": 1, "second": 2}
    assert [violation.path for violation in check("add_msg_template", body)] == ["first", "second"]


def test_violations_come_in_the_order_of_the_body() -> None:
    bodies = [
        {"text": {"content": ""}, "sender": "", "external_userid": ["wm1"]},
        {"sender": "", "text": {"content": ""}, "external_userid": ["wm1"]},
    ]
    found = [[violation.path for violation in check("add_msg_template", body)] for body in bodies]
    assert found == [["text.content", "sender"], ["sender", "text.content"]]
