"""The contract as a package: its tables say what the contract says."""

from __future__ import annotations

from typing import Any

import pytest

from wecom_conformance.engine import load_contract
from wecom_contract import OPERATIONS, UnknownOperation, check, check_response, errcode, rules

BODY: dict[str, Any] = {"sender": "zhangsan", "external_userid": ["wm1"], "text": {"content": "x"}}


def test_every_rule_has_its_limit_its_code_and_its_evidence() -> None:
    sources = load_contract().document["x-sources"]
    for name, rule in rules().items():
        assert rule.id == name
        assert rule.operation in OPERATIONS
        assert rule.evidence, name
        for evidence in rule.evidence:
            assert set(evidence.source.split()) <= set(sources)
            assert evidence.confidence in ("V", "M2", "M1", "L", "I")
        if rule.keyword == "x-warnings":
            assert rule.errcode is None
            assert rule.en
            assert rule.zh
        else:
            assert errcode(rule.errcode or 0).category != "ok", name


def test_a_violation_names_a_rule_of_the_table_with_the_same_code() -> None:
    for violation in check("add_msg_template", {**BODY, "sender": "", "text": {"content": ""}, "extra": 1}):
        assert rules()[violation.rule].errcode == violation.errcode


def test_an_unknown_operation_is_told_with_the_nearest_names() -> None:
    with pytest.raises(UnknownOperation, match="did you mean add_msg_template"):
        check("add_msg_tmplate", {})
    with pytest.raises(UnknownOperation, match="known: "):
        check_response("zzz", {})


@pytest.mark.parametrize(
    ("path", "message", "fix"),
    [
        (("externalUserid",), "externalUserid is no field", "did you mean external_userid?"),
        (("external_userids",), "is no field", "did you mean external_userid?"),
        (("image",), "is no field", "did you mean attachments[].image?"),
        (("chat_ids",), "is no field", "did you mean chat_id_list?"),
        (("zzzz",), "is no field", "remove zzzz"),
    ],
)
def test_an_unknown_field_gets_the_name_that_was_meant(path: tuple[str], message: str, fix: str) -> None:
    (violation,) = check("add_msg_template", {**BODY, path[0]: {}})
    assert violation.rule == "body.unknown-field"
    assert violation.path == path[0]
    assert message in violation.message
    assert violation.fix == fix


def test_a_violation_says_where_how_much_and_what_to_do_in_both_languages() -> None:
    link = {"msgtype": "link", "link": {"title": "标" * 43, "url": "https://example.com"}}
    (violation,) = check("add_msg_template", {**BODY, "attachments": [link]})
    assert violation.path == "attachments[0].link.title"
    assert violation.pointer == "/attachments/0/link/title"
    assert violation.limit == rules()["link.title.max-bytes"].limit
    assert violation.given == "129 bytes in 43 characters"
    assert violation.fix.startswith("shorten it by 1 byte;")
    assert "129 字节" in violation.message_zh
    assert "缩短 1 字节" in violation.fix_zh


def test_a_warning_says_where_too() -> None:
    image = {"msgtype": "image", "image": {"media_id": "M", "pic_url": "https://example.com"}}
    (warning,) = check("add_msg_template", {**BODY, "attachments": [image]})
    assert warning.severity == "warning"
    assert warning.path == "attachments[0].image.pic_url"
    assert warning.message.startswith("attachments[0].image: ")


NOT_JSON: list[Any] = [
    {"text": {"content": "\ud800"}},
    {"external_userid": ["\udfff"]},
    {"\ud800": 1},
    {1: 2},
    {"text": {"content": b"bytes"}},
    {"text": object()},
]


@pytest.mark.parametrize("part", NOT_JSON, ids=range(len(NOT_JSON)))
def test_what_is_no_json_is_a_violation_and_no_crash(part: dict[Any, Any]) -> None:
    found = check("add_msg_template", {**BODY, **part})
    assert any(violation.rule.startswith("json.") for violation in found)
    assert all(violation.message.isprintable() for violation in found)


def test_a_structure_within_itself_is_a_violation_and_no_crash() -> None:
    body: dict[str, Any] = {**BODY}
    body["text"] = body
    assert [violation.rule for violation in check("add_msg_template", body)][:1] == ["json.depth"]


@pytest.mark.parametrize(
    "number", [10**5000, float("nan"), float("inf"), -1e300], ids=["5001 digits", "nan", "inf", "-1e300"]
)
def test_a_number_of_any_size_is_told(number: float) -> None:
    *unwritable, violation = check("add_msg_template", {**BODY, "chat_type": number})
    assert violation.rule == "chat_type.type"
    assert len(violation.given) < 60
    assert [one.path for one in unwritable] == ["chat_type"] * (number == 10**5000)


def test_no_value_of_the_body_is_in_a_violation_but_a_short_piece_of_an_enum() -> None:
    secret = "S3CRET" * 20
    for body in ({"corpid": secret, "corpsecret": [secret]}, {"corpid": "", "corpsecret": {"a": secret}}):
        for violation in check("gettoken", body):
            assert secret not in str(violation)
    for operation, names in {
        "get_suite_token": ("suite_id", "suite_secret", "suite_ticket"),
        "get_corp_token": ("auth_corpid", "permanent_code"),
    }.items():
        for value in ([secret], {"a": secret}, secret):
            found = check(operation, {**dict.fromkeys(names, value), "more": secret})
            assert found
            assert not any(secret in str(violation) for violation in found)


@pytest.mark.parametrize("code", [{}, {"errcode": 0}])
def test_of_some_an_answer_without_a_code_is_a_success(code: dict[str, int]) -> None:
    answer = {**code, "access_token": "t", "expires_in": 7200}
    assert check_response("get_corp_token", answer) == []
    assert check_response("get_corp_token", {**code, "access_token": "t"}) != []
    assert check_response("get_corp_token", {**answer, "access_token": "t" * 512}) == []
    assert check_response("get_corp_token", {**answer, "access_token": "t" * 513}) != []
    assert check_response("get_corp_token", {**answer, "errcode": 40084, "access_token": "t"}) == []
    assert (check_response("gettoken", answer) == []) is bool(code)


def test_an_answer_may_have_fields_that_the_contract_lacks() -> None:
    answer = {"errcode": 0, "errmsg": "ok", "msgid": "m", "later": {"a": 1}}
    assert check_response("add_msg_template", answer) == []
    assert check_response("add_msg_template", {**answer, "fail_list": None}) == []
    assert check_response("add_msg_template", {**answer, "fail_list": "wm1"}) != []
    assert check_response("add_msg_template", {"errcode": 0}) != []
    assert check_response("add_msg_template", {"errcode": 2**31}) != []
    assert check_response("add_msg_template", {"errcode": True, "msgid": "m"}) != []
    assert check_response("add_msg_template", {**answer, "errmsg": "\ud800"}) != []


def test_a_code_that_nobody_knows_may_have_had_an_effect() -> None:
    unknown = errcode(123456789)
    assert (unknown.category, unknown.effect, unknown.zh) == ("other", "unknown", "")
    assert errcode(-1).effect == "unknown"
    assert errcode(40058).effect == "none"
    assert {code for code in (40001, 40014, 42001, 40091, 0) if errcode(code).renews_token} == {
        40001,
        40014,
        42001,
    }


def test_a_control_character_is_refused_in_a_body_and_not_in_an_address() -> None:
    for number in range(32):
        text = f"a{chr(number)}b"
        found = [violation.rule for violation in check("add_msg_template", {**BODY, "sender": text})]
        assert found == ([] if text[1] in "\b\f\n\r\t" else ["json.escape"])
        assert check("gettoken", {"corpid": text, "corpsecret": "s"}) == []
    assert check("add_msg_template", {**BODY, "sender": "a\\u0001"}) == []
    assert [violation.errcode for violation in check("add_msg_template", {**BODY, "a\x01": 1})] == [
        40033,
        40058,
    ]
