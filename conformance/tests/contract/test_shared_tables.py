"""What client and mock share, written down a second time by hand: were it wrong, both would be wrong together.

The paths and effects are those of ``expected_calls``; nothing here is read from what it is held against.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from wecom_conformance.engine import accepts_response, load_contract
from wecom_contract import ENVELOPE, OPERATIONS, SERVER, errcode, faults, rules, success_example
from wecom_contract.depth import is_within
from wecom_contract.places import dotted, pointer, walk

sys.path.insert(0, str(Path(__file__).parents[1] / "pipeline"))  # the calls as the vendor's pages have them

from expected_calls import CALLS

TOKEN_OF = {"gettoken": None, "get_suite_token": None, "get_corp_token": "suite_access_token"}
"""The parameter that carries the token; ``access_token`` for all others."""

QUERY = {
    "gettoken": ("corpid", "corpsecret"),
    "externalcontact_list": ("userid",),
    "get_moment_task_result": ("jobid",),
    "media_upload": ("type",),
}
UPLOADS = ("media_upload", "media_uploadimg")

DEFAULTS = {
    "add_msg_template": {"chat_type": "single", "allow_select": False},
    "get_groupmsg_task": {"limit": 500},
    "get_groupmsg_send_result": {"limit": 500},
    "get_groupmsg_list_v2": {"chat_type": "single", "filter_type": 2, "limit": 50},
    "batch_get_by_user": {"limit": 50},
    "groupchat_list": {"status_filter": 0},
    "group_welcome_template_add": {"notify": 1},
    "get_moment_list": {"filter_type": 2, "limit": 20},
    "get_moment_task": {"limit": 500},
    "get_moment_send_result": {"limit": 3000},
}

DOINGS = {
    -1: ("busy", "unknown", "never", None),
    0: ("ok", "none", "never", None),
    40001: ("credential", "none", "now", "access_token"),
    40014: ("credential", "none", "now", "access_token"),
    40033: ("argument", "none", "never", None),
    40058: ("argument", "none", "never", None),
    40082: ("credential", "none", "now", "suite_access_token"),
    41001: ("credential", "none", "never", None),
    42001: ("credential", "none", "now", "access_token"),
    42009: ("credential", "none", "now", "suite_access_token"),
    45009: ("frequency", "none", "later", None),
    45033: ("frequency", "none", "later", None),
}
"""What is done about a code: category, whether it can have had an effect, whether it is repeated, what it renews."""

NOT_SENT = """
    no-credential no-ticket no-token unsendable name-lookup connection-refused connect-timeout tls proxy
    no-free-connection nothing-written upload-incomplete file-changed
"""
"""Ways in which a call breaks before it can have had an effect."""
UNKNOWN = """
    write-failed connection-lost no-answer-in-time deadline truncated http-429 http-5xx http-status html unreadable
    no-envelope too-long incomplete
"""
"""Ways after which it may have had one."""
NO_BETTER = {
    "no-credential",
    "unsendable",
    "tls",
    "file-changed",
    "http-status",
    "no-envelope",
    "too-long",
    "incomplete",
}
"""Where another try gives the same."""

RULES = {
    "link.title.max-bytes": ("Link.title", "x-max-bytes", 128, 40058, ["M2"]),
    "text.content.max-bytes": ("Text.content", "x-max-bytes", 4000, 40058, ["M2"]),
    "attachments.max-items": ("AddMsgTemplateRequest.attachments", "maxItems", 9, 41064, ["V", "V"]),
    "external_userid.max-items": ("AddMsgTemplateRequest.external_userid", "maxItems", 10000, 40058, ["M2"]),
    "body.unknown-field": ("AddMsgTemplateRequest", "additionalProperties", None, 40058, ["L", "I"]),
}
"""Some rules as they are told to people: place, keyword, limit, the vendor's code, how sure."""


def test_every_operation_is_called_as_the_pages_say() -> None:
    expected = {
        name: (
            method.upper(),
            path,
            effect,
            TOKEN_OF.get(name, "access_token"),
            method == "post" and name not in UPLOADS,
            QUERY.get(name, ()),
            ("media",) if name in UPLOADS else (),
        )
        for name, (method, path, effect) in CALLS.items()
    }
    found = {
        name: (one.method, one.path, one.effect, one.auth, one.has_body, one.query, one.parts)
        for name, one in OPERATIONS.items()
    }
    assert found == expected


def test_what_a_field_left_out_counts_as() -> None:
    found = {name: dict(one.defaults) for name, one in OPERATIONS.items() if one.defaults}
    assert found == DEFAULTS
    bare = [name for name, one in OPERATIONS.items() if one.bare_success]
    assert bare == ["get_suite_token", "get_corp_token"]


def test_the_server_and_the_envelope() -> None:
    assert SERVER == "https://qyapi.weixin.qq.com"
    assert (ENVELOPE.code, ENVELOPE.message, ENVELOPE.ok) == ("errcode", "errmsg", 0)


@pytest.mark.parametrize("code", DOINGS)
def test_what_is_done_about_a_code(code: int) -> None:
    entry = errcode(code)
    assert (entry.category, entry.effect, entry.retry, entry.renews_token) == DOINGS[code]


def test_what_a_call_that_breaks_comes_to() -> None:
    outcomes = {**dict.fromkeys(NOT_SENT.split(), "not sent"), **dict.fromkeys(UNKNOWN.split(), "unknown")}
    assert {name: one.outcome for name, one in faults().items()} == outcomes
    assert {name for name, one in faults().items() if one.retry == "never"} == NO_BETTER
    assert {name: one.pause for name, one in faults().items() if one.pause} == {"no-ticket": 600}
    assert all(one.id == name and one.en and one.zh for name, one in faults().items())


@pytest.mark.parametrize("name", RULES)
def test_what_is_told_about_a_rule(name: str) -> None:
    rule = rules()[name]
    sure = [one.confidence for one in rule.evidence]
    assert (rule.place, rule.keyword, rule.limit, rule.errcode, sure) == RULES[name]


def test_an_example_is_a_success_to_the_second_engine() -> None:
    contract = load_contract()
    for name in CALLS:
        example = success_example(name)
        assert accepts_response(contract, name, example), name
        assert example.get("errcode", 0) == 0, name
    assert success_example("add_msg_template")["msgid"].startswith("msg")
    assert success_example("gettoken")["expires_in"] == 7200
    assert success_example("no_such_operation") == {}


def test_a_place_is_written_in_two_ways() -> None:
    path = ("attachments", 3, "link", "title")
    assert dotted(path) == "attachments[3].link.title"
    assert pointer(path) == "/attachments/3/link/title"
    assert dotted(()) == pointer(()) == ""
    assert dotted((0, "a")) == "[0].a"
    assert pointer(("a/b", "c~d", "~1")) == "/a~1b/c~0d/~01"


def test_every_place_of_a_body_is_walked_once_in_its_order() -> None:
    body = {"a": [{"b": 1}, "x"], "c": ("y",)}
    paths = [(), ("a",), ("a", 0), ("a", 0, "b"), ("a", 1), ("c",), ("c", 0)]
    assert [path for path, _ in walk(body)] == paths
    assert [path for path, _ in walk(body, 1)] == [(), ("a",), ("c",)]


def test_how_deep_data_is_nested() -> None:
    for value, depth in ((1, 0), ("", 0), ([], 1), ({}, 1), ([{}], 2), ({"a": [1], "b": {"c": [None]}}, 3)):
        assert is_within(value, depth)
        assert depth == 0 or not is_within(value, depth - 1)
