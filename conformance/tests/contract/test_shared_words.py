"""What people read about a violation, sentence by sentence and by hand, in both languages."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest

from wecom_contract import check, rules, texts

BODY: dict[str, Any] = {"sender": "zhangsan", "external_userid": ["wm1"], "text": {"content": "x"}}

SENTENCES: list[tuple[str, Any, Any, tuple[str, str, str, str]]] = [
    (
        "type",
        "string",
        1,
        ("must be a string, not an integer", "必须是字符串，而不是整数", "give a string", "请改为字符串"),
    ),
    (
        "type",
        ["array", "null"],
        True,
        (
            "must be a list or null, not true or false",
            "必须是数组或null，而不是布尔值",
            "give a list or null",
            "请改为数组或null",
        ),
    ),
    (
        "type",
        "object",
        0.5,
        ("must be an object, not a number", "必须是对象，而不是数字", "give an object", "请改为对象"),
    ),
    (
        "type",
        "integer",
        None,
        ("must be an integer, not null", "必须是整数，而不是null", "give an integer", "请改为整数"),
    ),
    (
        "type",
        "boolean",
        ["x"],
        (
            "must be true or false, not a list",
            "必须是布尔值，而不是数组",
            "give true or false",
            "请改为布尔值",
        ),
    ),
    (
        "type",
        "number",
        {},
        ("must be a number, not an object", "必须是数字，而不是对象", "give a number", "请改为数字"),
    ),
    (
        "enum",
        ["single", "group"],
        "singel",
        (
            "is 'singel'; allowed: single, group",
            "为 'singel'；可选值：single, group",
            "use single",
            "请改为 single",
        ),
    ),
    (
        "enum",
        [0, 1],
        7,
        ("is integer; allowed: 0, 1", "为 integer；可选值：0, 1", "use one of 0, 1", "可选值：0, 1"),
    ),
    (
        "const",
        "image",
        "z" * 50,
        (
            f"is '{'z' * 40}'; allowed: image",
            f"为 '{'z' * 40}'；可选值：image",
            "use one of image",
            "可选值：image",
        ),
    ),
    (
        "minLength",
        1,
        "",
        ("is an empty string", "是空字符串", "give a value, or leave the field out", "请填写，或不传该字段"),
    ),
    ("minLength", 5, "abc", ("breaks minLength 5", "不符合 minLength 5", "", "")),
    (
        "x-max-bytes",
        4,
        "标a标",
        (
            "has 7 bytes in UTF-8 (3 characters); at most 4 are allowed",
            "按 UTF-8 计 7 字节（3 个字符），最多 4 字节",
            "shorten it by 3 bytes; a Chinese character takes 3",
            "请缩短 3 字节；一个汉字占 3 字节",
        ),
    ),
    (
        "x-max-bytes",
        3,
        "😀",
        (
            "has 4 bytes in UTF-8 (1 character); at most 3 are allowed",
            "按 UTF-8 计 4 字节（1 个字符），最多 3 字节",
            "shorten it by 1 byte; a Chinese character takes 3",
            "请缩短 1 字节；一个汉字占 3 字节",
        ),
    ),
    (
        "maxLength",
        2,
        "标标标",
        (
            "has 3 characters; at most 2 are allowed",
            "有 3 个字符，最多 2 个",
            "shorten it by 1 character",
            "请缩短 1 个字符",
        ),
    ),
    (
        "maxItems",
        9,
        [0] * 11,
        (
            "has 11 items; at most 9 are allowed",
            "有 11 项，最多 9 项",
            "leave out 2, or split the call",
            "请去掉 2 项，或分多次调用",
        ),
    ),
    (
        "minItems",
        1,
        [],
        ("has 0 items; at least 1 needed", "有 0 项，至少 1 项", "give at least 1", "请至少填写 1 项"),
    ),
    ("minimum", 1, 0, ("must be at least 1", "不能小于 1", "use 1 or more", "请改为不小于 1")),
    ("maximum", 3, 4, ("must be at most 3", "不能大于 3", "use 3 or less", "请改为不大于 3")),
    ("pattern", "^a", "b", ("breaks pattern ^a", "不符合 pattern ^a", "", "")),
    ("not", None, {}, ("breaks not", "不符合 not", "", "")),
]


@pytest.mark.parametrize(("keyword", "limit", "value", "words"), SENTENCES)
def test_a_broken_constraint_in_words(
    keyword: str, limit: Any, value: Any, words: tuple[str, str, str, str]
) -> None:
    assert tuple(texts.broken(keyword, limit, value, {})) == words
    own = {"en": "e", "zh": "z", "fix": "f", "fix-zh": "fz"}
    assert tuple(texts.broken(keyword, limit, value, own)) == ("e", "z", "f", "fz")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        pytest.param(texts.ABSENT, "nothing", id="absent"),
        ("", "an empty string"),
        ("标", "3 bytes in 1 character"),
        ("ab", "2 bytes in 2 characters"),
        ("\ud800", "3 bytes in 1 character"),
        ([], "a list of 0 items"),
        (("a",), "a list of 1 item"),
        ({"a": 1}, "an object with 1 field"),
        ({"a": 1, "b": 2}, "an object with 2 fields"),
        (True, "true"),
        (False, "false"),
        (None, "null"),
        (7, "integer 7"),
        (-(10**18), "integer of 19 digits or more"),
        (10**18 - 1, "integer 999999999999999999"),
        (1.5, "number 1.5"),
        (b"x", "bytes"),
    ],
    ids=repr,
)
def test_what_was_given_in_words(value: object, words: str) -> None:
    assert texts.given(value) == words


def test_a_missing_field_in_words() -> None:
    assert tuple(texts.missing("url", {})) == ("is missing", "缺失", "add url", "请填写 url")
    own = {"en": "e", "zh": "z", "fix": "f", "fix-zh": "fz"}
    assert tuple(texts.missing("url", own)) == ("e", "z", "f", "fz")


def test_two_times_in_words() -> None:
    limits = {"from": "start", "to": "end", "seconds": 216000}
    assert tuple(texts.span(limits, {"start": 9, "end": 8}, {})) == (
        "is before start",
        "早于 start",
        "exchange start and end",
        "请交换 start 与 end",
    )
    assert tuple(texts.span(limits, {"start": 10, "end": 216011}, {})) == (
        "is 216001 seconds after start; at most 216000 (2.5 days) are allowed",
        "比 start 晚 216001 秒，最多 216000 秒（2.5 天）",
        "ask for shorter periods, one after the other",
        "请缩短时间范围，分多次查询",
    )
    own = {"en": "e", "zh": "z", "fix": "f", "fix-zh": "fz"}
    assert tuple(texts.span(limits, {"start": 9, "end": 8}, own)) == ("e", "z", "f", "fz")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("externalUserid", "external_userid"),
        ("external-userid", "external_userid"),
        ("EXTERNAL_USERIDS", "external_userid"),
        ("-t-e-x-t-", "text"),
        ("t_e_x_t_", "text"),
        ("sendr", "sender"),
        ("sender_of_all", "sender"),
        ("MediaId", "attachments[].image.media_id"),
        ("tag_lists", "tag_filter.group_list[].tag_list"),
    ],
)
def test_the_name_that_was_meant(name: str, meant: str) -> None:
    (violation,) = check("add_msg_template", {**BODY, name: 1})
    assert violation.message == f"{name} is no field of this request: WeCom would ignore it without a word"
    assert violation.message_zh == f"{name} 不是该请求的字段：企业微信会忽略它且不提示"
    assert (violation.fix, violation.fix_zh) == (f"did you mean {meant}?", f"是否想写 {meant}？")


def test_a_name_that_nothing_is_like() -> None:
    name = "q" * 70
    (violation,) = check("add_msg_template", {**BODY, name: 1})
    assert (violation.fix, violation.fix_zh) == (f"remove {'q' * 60}", f"请删除 {'q' * 60}")
    own = {"en": "e", "zh": "z", "fix": "f", "fix-zh": "fz"}
    assert tuple(texts.unknown_field("zzzz", own, {"sender": {}}, {})) == ("e", "z", "f", "fz")
    assert texts.unknown_field("sendr", own, {"sender": {}}, {}).fix == "did you mean sender?"


def test_a_warning_in_words() -> None:
    meta = {"en": "{kind} has {other}", "zh": "{kind}有{other}", "field": "pic_url"}
    assert texts.warning(meta, {"kind": "k" * 70, "other": 1}) == (
        f"{'k' * 64} has {{other}}",
        f"{'k' * 64}有{{other}}",
    )
    assert texts.warning_fix(meta) == ("leave pic_url out", "请去掉 pic_url")
    confirm = {**meta, "confirm": "to_all"}
    assert texts.warning_fix(confirm) == (
        "pass to_all=True if that is what you want",
        "确需如此请传 to_all=True",
    )


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (
            "\ud800",
            ("json.unicode", "", "", "the body holds half of a surrogate pair, which UTF-8 can't carry"),
        ),
        ({1: 2}, ("json.value", "", "", "the body has a key that is no string")),
        ({"\ud800": 1}, ("json.unicode", "", "", "the body has a key that UTF-8 can't carry")),
        (
            {"a\x01\ud800/": ["\ud800"]},
            (
                "json.unicode",
                "a??/[0]",
                "/a\x01?~1/0",
                "a??/[0] holds half of a surrogate pair, which UTF-8 can't carry",
            ),
        ),
        ({"a": b""}, ("json.value", "a", "/a", "a is a bytes, which JSON doesn't have")),
        ({"a": 1 << 8192}, ("json.value", "a", "/a", "a is an integer of thousands of digits")),
    ],
    ids=["text", "key", "half a key", "place", "bytes", "digits"],
)
def test_what_is_no_json_in_words(body: Any, told: tuple[str, str, str, str], huge_is_no_json: None) -> None:
    found = [one for one in check("add_msg_template", body) if one.rule.startswith("json.")]
    assert told in [(one.rule, one.path, one.pointer, one.message) for one in found]
    for one in found:
        assert (one.severity, one.keyword, one.limit, one.given, one.errcode) == (
            "error",
            "json",
            None,
            "",
            40058,
        )
        assert one.fix == "give plain JSON data: dict, list, str, int, float, bool or None"
        assert one.fix_zh == "请使用 JSON 数据：dict、list、str、int、float、bool 或 None"
        assert one.message_zh.startswith(one.path or "请求体")


@pytest.fixture
def huge_is_no_json() -> Iterator[None]:
    """Python then refuses to write integers of 640 digits, of which an interpreter may be told less or more."""
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(640)
    yield
    sys.set_int_max_str_digits(before)


def test_what_cannot_be_written_is_refused_even_where_no_place_is_wrong(huge_is_no_json: None) -> None:
    found = [
        one
        for one in check("add_msg_template", {**BODY, "text": {"content": 1 << 8000}})
        if "json" in one.rule
    ]
    assert [(one.rule, one.path, one.message, one.message_zh) for one in found] == [
        ("json.value", "", "the body is not plain JSON data", "请求体 不是 JSON 数据")
    ]


def test_a_control_character_in_words() -> None:
    (violation,) = check("add_msg_template", {**BODY, "sender": "a\x01"})
    assert (violation.rule, violation.path, violation.errcode) == ("json.escape", "sender", 40033)
    assert violation.message == (
        "sender holds a control character; JSON can only write it as an escape, and WeCom refuses escapes"
    )
    assert violation.message_zh == "sender 含控制字符；JSON 只能将其写成转义，而企业微信拒绝转义"
    assert (violation.fix, violation.fix_zh) == ("remove it", "请删除")


def test_a_note_stands_where_somebody_wrote_one_and_nowhere_else() -> None:
    notes = {one.note for rule in rules().values() for one in rule.evidence}
    assert "" in notes
