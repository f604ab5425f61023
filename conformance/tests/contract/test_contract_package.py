"""The contract as a package: its tables say what the contract says."""

from __future__ import annotations

import re
from typing import Any, get_args

import jsonschema_rs
import pytest

from pipeline.errcodes import WORDS
from wecom_conformance.engine import load_contract
from wecom_contract import OPERATIONS, UnknownOperation, check, check_response, errcode, errcodes, rules
from wecom_contract.data import load
from wecom_contract.quick import quick

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
    renewing = {code: errcode(code).renews_token for code in (40001, 40014, 42001, 40082, 42009, 40091, 0)}
    assert renewing == {
        **dict.fromkeys((40001, 40014, 42001), "access_token"),
        **dict.fromkeys((40082, 42009), "suite_access_token"),
        **dict.fromkeys((40091, 0)),
    }


def test_a_dead_token_of_another_kind_is_no_reason_to_repeat_a_call() -> None:
    assert errcode(42009, "get_corp_token").retry == "now"
    assert errcode(42009, "get_groupmsg_task").retry == "never"
    assert errcode(42001, "get_groupmsg_task").retry == "now"
    assert errcode(42001, "get_corp_token").retry == "never"
    assert errcode(42001, "gettoken").retry == "never"


FAMILY = """
    -1 0 6000 40001 40003 40004 40005 40006 40007 40008 40013 40014 40032 40033 40037 40050 40056 40058 40063 40068
    40080 40082 40084 40085 40091 40096 41001 41005 41046 41047 41048 41049 41050 41051 41052 41055 41058 41059 41060
    41061 41062 41063 41064 41065 41067 41093 41094 41096 42001 42009 44001 45001 45002 45009 45033 45034 45035 48002
    48004 48006 50003 50100 60011 60020 60021 60111 81013 81017 84061 84074 84083 84084 84085 90200 90201 90202 90203
    90204 90206 90207 90208 301002 600018 701008
"""
"""Every code that the calls of this family are known to answer."""


def test_every_code_of_the_family_says_what_it_means_and_what_to_do_in_both_languages() -> None:
    sources = load_contract().document["x-sources"]
    for code in map(int, FAMILY.split()):
        entry = errcode(code)
        assert entry.category != "other", code
        assert all((entry.en, entry.zh, entry.action, entry.action_zh, entry.evidence)), code
        assert set(entry.zh + entry.action_zh) - set(map(chr, range(128))), code
        assert (entry.en + entry.action).isascii() or "客户联系" in entry.action, code
        for evidence in entry.evidence:
            assert set(evidence.source.split()) <= set(sources), code


def test_no_advice_repeats_a_number_of_the_contract() -> None:
    """A limit stands in the contract alone; what is said about a code has none that could become wrong."""
    for code in load("errcodes"):
        entry = errcode(int(code))
        for text in (entry.en, entry.action, entry.action_zh):
            assert not re.search(r"\d", text.replace("debug=1", "").replace("UTF-8", "")), code


def test_the_rest_of_the_vendors_table_keeps_its_meaning() -> None:
    table = load("errcodes")
    assert len(table) == 1245 + 2  # two come from elsewhere: 41005 and 45035
    assert all(entry["zh"] for entry in table.values())
    assert errcode(40009).category == "media"
    other = errcode(610001)
    assert (other.zh, other.en, other.category) == ("永久二维码超过每个员工5000的限制", "", "other")


def test_nothing_that_may_have_had_an_effect_is_repeated() -> None:
    reads = [name for name, operation in OPERATIONS.items() if operation.effect == "read"]
    writes = [name for name, operation in OPERATIONS.items() if operation.effect == "write"]
    assert reads
    assert writes
    for code in [*map(int, load("errcodes")), 123456789]:
        for operation in (None, *writes):
            entry = errcode(code, operation)
            assert entry.effect == errcode(code).effect
            safe = operation is not None and OPERATIONS[operation].repeat.safe
            assert entry.effect == "none" or entry.retry == "never" or safe, code
        assert {errcode(code, operation).effect for operation in reads} == {"none"}


def test_what_may_be_repeated() -> None:
    by_category = {errcode(int(code), "get_groupmsg_task").category: set[str]() for code in load("errcodes")}
    for code in map(int, load("errcodes")):
        entry = errcode(code, "get_groupmsg_task")
        by_category[entry.category].add(entry.retry)
        assert (entry.retry == "now") == (entry.renews_token == "access_token"), code
    assert {category for category, found in by_category.items() if "later" in found} == {
        *("busy", "frequency", "dispatching", "task-unknown"),
    }
    assert all(len(found) == 1 for category, found in by_category.items() if category != "credential")
    assert (errcode(-1).retry, errcode(-1, "get_groupmsg_task").retry) == ("never", "later")
    assert errcode(-1, "add_msg_template").retry == "never"
    assert errcode(42001).retry == errcode(42001, "add_msg_template").retry == "now"
    # Where no token was sent none can be renewed, and wrong secrets in a row get an address banned.
    assert errcode(40001, "gettoken").retry == "never"
    assert errcode(-1, "no_such_operation").retry == "never"


def test_the_table_and_the_package_know_the_same_words() -> None:
    assert {
        "category": set(get_args(errcodes.Category)),
        "effect": set(get_args(errcodes.Effect)),
        "retry": set(get_args(errcodes.Retry)),
    } == WORDS


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


def _choice(*, tag: str = "kind", second: str = "b", wants: bool = True) -> dict[str, Any]:
    def member(value: str) -> dict[str, Any]:
        inner = {"type": "object", "properties": {tag: {"const": value}, value: {"type": "string"}}}
        return {**inner, "required": [tag]} if wants else inner

    def asked(value: str) -> dict[str, Any]:
        return {"type": "object", "required": ["kind"], "properties": {"kind": {"const": value}}}

    parts = [{"if": asked("a"), "then": {"$ref": "#/$defs/A"}}, {"if": asked(second), "then": member(second)}]
    return {"allOf": parts, "$defs": {"A": member("a")}}


def test_a_choice_by_tag_is_tried_until_one_fits() -> None:
    schema = quick(_choice(), None)
    assert [one.get("$ref", "inline") for one in schema["allOf"][0]["anyOf"]] == ["#/$defs/A", "inline"]
    judge = jsonschema_rs.Draft202012Validator(schema)
    assert judge.is_valid({"kind": "a", "a": "x"})
    assert not judge.is_valid({"kind": "a", "a": 1})
    assert not judge.is_valid({"kind": "b", "b": 1})
    assert not judge.is_valid({"kind": "c"})  # the real rules take it: none of them asks for more


@pytest.mark.parametrize(
    "schema",
    [_choice(wants=False), _choice(tag="other"), _choice(second="a")],
    ids=["open", "elsewhere", "twice"],
)
def test_what_is_no_choice_by_tag_is_left_as_it_is(schema: dict[str, Any]) -> None:
    assert "anyOf" not in quick(schema, None)["allOf"][0]
