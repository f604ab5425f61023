"""The two engines against each other, on bodies that nobody thought of."""

from __future__ import annotations

import copy
import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from wecom_conformance.engine import (
    Contract,
    ContractError,
    UnknownOperation,
    accepts,
    accepts_response,
    contract_of,
    fast_judge,
    load_contract,
    warnings,
)
from wecom_conformance.vectors import load_vectors
from wecom_contract import OPERATIONS, check, check_response
from wecom_contract import UnknownOperation as FirstUnknownOperation

BODIES = {
    operation: [vector.body for vector in load_vectors() if vector.operation == operation]
    for operation in OPERATIONS
}
SEEDS = range(8)
BODIES_A_SEED = 150
JUNK: list[Any] = [
    None, True, False, 0, 1, -1, 1.0, 1.5, 1000, 1001, 1e300, 10**30,
    "", "a", " ", "标" * 50, "😀" * 17, "a" * 2049, "h:",
    [], [None], [""], ["a"], {}, {"x": 1}, "single", "group", "image", "link",
]  # fmt: skip
SMALL = 2000
"""Bodies with fewer characters are varied: the long ones tell nothing new when they are changed elsewhere."""

RESPONSES: dict[str, dict[str, Any]] = {
    "gettoken": {"errcode": 0, "errmsg": "ok", "access_token": "t", "expires_in": 7200},
    "add_msg_template": {"errcode": 0, "errmsg": "ok", "fail_list": ["wm1"], "msgid": "msg1"},
    "get_groupmsg_list_v2": {
        "errcode": 0, "errmsg": "ok", "next_cursor": "",
        "group_msg_list": [
            {
                "msgid": "msg1", "creator": "z", "create_time": 1, "create_type": 0, "text": {"content": "t"},
                "attachments": [{"msgtype": "image", "image": {"media_id": "m"}}, {"msgtype": "new", "new": 1}],
            }
        ],
    },
    "get_groupmsg_task": {
        "errcode": 0, "errmsg": "ok", "next_cursor": "",
        "task_list": [{"userid": "z", "status": 2, "send_time": 1}],
    },
    "get_groupmsg_send_result": {
        "errcode": 0, "errmsg": "ok", "next_cursor": "",
        "send_list": [{"external_userid": "wm1", "chat_id": "wr1", "userid": "z", "status": 1}],
    },
    "remind_groupmsg_send": {"errcode": 0, "errmsg": "ok"},
    "cancel_groupmsg_send": {"errcode": 0, "errmsg": "ok"},
    "externalcontact_list": {"errcode": 0, "errmsg": "ok", "external_userid": ["wm1"]},
    "batch_get_by_user": {
        "errcode": 0, "errmsg": "ok", "next_cursor": "", "fail_info": {"unlicensed_userid_list": ["l"]},
        "external_contact_list": [
            {
                "external_contact": {"external_userid": "wm1", "name": "n", "type": 1, "gender": 0},
                "follow_info": {"userid": "z", "remark": "", "createtime": 1, "tag_id": ["et1"], "add_way": 1},
            }
        ],
    },
    "groupchat_list": {
        "errcode": 0, "errmsg": "ok", "next_cursor": "", "group_chat_list": [{"chat_id": "wr1", "status": 0}],
    },
    "get_corp_tag_list": {
        "errcode": 0, "errmsg": "ok",
        "tag_group": [
            {
                "group_id": "g", "group_name": "n", "create_time": 1, "order": 1, "deleted": False,
                "tag": [{"id": "et1", "name": "n", "create_time": 1, "order": 1, "deleted": False}],
            }
        ],
    },
    "send_welcome_msg": {"errcode": 0, "errmsg": "ok"},
    "group_welcome_template_add": {"errcode": 0, "errmsg": "ok", "template_id": "msg1"},
    "group_welcome_template_edit": {"errcode": 0, "errmsg": "ok"},
    "group_welcome_template_get": {
        "errcode": 0, "errmsg": "ok", "text": {"content": "x"}, "image": {"pic_url": "u"},
        "link": {"title": "t", "url": "u", "picurl": "u", "desc": "d"},
        "miniprogram": {"title": "t", "pic_media_id": "m", "appid": "a", "page": "p"},
        "file": {"media_id": "m"}, "video": {"media_id": "m"},
    },
    "group_welcome_template_del": {"errcode": 0, "errmsg": "ok"},
    "add_moment_task": {"errcode": 0, "errmsg": "ok", "jobid": "j"},
    "get_moment_task_result": {
        "errcode": 0, "errmsg": "ok", "status": 3, "type": "add_moment_task",
        "result": {
            "errcode": 0, "errmsg": "ok", "moment_id": "mom1",
            "invalid_sender_list": {"user_list": ["z"], "department_list": [2]},
            "invalid_external_contact_list": {"tag_list": None},
        },
    },
    "get_moment_list": {
        "errcode": 0, "errmsg": "ok", "next_cursor": "",
        "moment_list": [{
            "moment_id": "mom1", "creator": "z", "create_time": 1, "create_type": 1, "visible_type": 0,
            "text": {"content": "t"}, "image": [{"media_id": "M"}],
            "video": {"media_id": "M", "thumb_media_id": "M"}, "link": {"title": "t", "url": "h:"},
            "location": {"latitude": "1", "longitude": "1", "name": "n"},
        }],
    },
    "get_moment_task": {
        "errcode": 0, "errmsg": "ok", "next_cursor": "", "task_list": [{"userid": "z", "publish_status": 1}],
    },
    "get_moment_send_result": {
        "errcode": 0, "errmsg": "ok", "next_cursor": "", "customer_list": [{"external_userid": "wm1"}],
    },
    "cancel_moment_task": {"errcode": 0, "errmsg": "ok"},
    "get_suite_token": {"errcode": 0, "errmsg": "ok", "suite_access_token": "t", "expires_in": 7200},
    "get_corp_token": {"access_token": "t", "expires_in": 7200},  # a success without a code
    "media_upload": {"errcode": 0, "errmsg": "", "type": "image", "media_id": "m1", "created_at": "1380000000"},
    "media_uploadimg": {"errcode": 0, "errmsg": "", "url": "http://p.qpic.cn/0"},
}  # fmt: skip


@pytest.fixture(scope="module")
def contract() -> Contract:
    return load_contract()


def test_both_engines_know_the_same_operations(contract: Contract) -> None:
    assert set(contract.requests) == set(contract.responses) == set(OPERATIONS) == set(RESPONSES)


@pytest.mark.parametrize("operation", list(RESPONSES))
@pytest.mark.parametrize("seed", SEEDS)
def test_requests(contract: Contract, operation: str, seed: int) -> None:
    start = [body for body in BODIES[operation] if len(str(body)) < SMALL]
    fast = fast_judge(contract, operation)
    seen = Counter[bool]()
    for body in _variants(start, random.Random(f"{operation} {seed}")):
        found = check(operation, body)
        first = not any(violation.severity == "error" for violation in found)
        assert (first, fast(body)) == (accepts(contract, operation, body),) * 2, _shown(body)
        if first:
            assert {violation.rule for violation in found} == warnings(contract, operation, body), _shown(
                body
            )
        seen[first] += 1

    assert min(seen[True], seen[False]) > 0, "the bodies are all of one verdict"


@pytest.mark.parametrize("operation", list(RESPONSES))
def test_responses(contract: Contract, operation: str) -> None:
    refusal = {"errcode": 40058, "errmsg": "invalid Request Parameter", "fail_list": None}
    seen = Counter[bool]()
    for body in _variants([RESPONSES[operation], refusal], random.Random(f"response {operation}")):
        first = not check_response(operation, body)
        assert first is accepts_response(contract, operation, body), _shown(body)
        seen[first] += 1

    assert min(seen[True], seen[False]) > 0, "the bodies are all of one verdict"


@pytest.mark.parametrize("operation", list(RESPONSES))
def test_a_good_answer_keeps_the_contract_and_may_grow(contract: Contract, operation: str) -> None:
    grown = {**RESPONSES[operation], "tomorrow": [1]}
    assert check_response(operation, grown) == []
    assert accepts_response(contract, operation, grown)


@pytest.mark.parametrize(
    "text",
    ["\ud800", "a\udfffb", "\ude00\ud83d"],
    ids=["high half", "low half in a text", "halves in the wrong order"],
)
def test_half_of_a_surrogate_pair_is_refused(contract: Contract, text: str) -> None:
    for body in (
        {"external_userid": ["wm1"], "text": {"content": text}},
        {"external_userid": [text], "text": {"content": "hi"}},
        {"external_userid": ["wm1"], "text": {"content": "hi"}, text: 1},
    ):
        assert [violation for violation in check("add_msg_template", body) if violation.severity == "error"]
        assert not accepts(contract, "add_msg_template", body)
    assert check_response("remind_groupmsg_send", {"errcode": 0, "errmsg": text})
    assert not accepts_response(contract, "remind_groupmsg_send", {"errcode": 0, "errmsg": text})


def test_a_body_within_itself_is_refused(contract: Contract) -> None:
    body: dict[str, Any] = {"external_userid": ["wm1"]}
    body["text"] = body
    assert check("add_msg_template", body)
    assert not accepts(contract, "add_msg_template", body)


def test_an_unknown_operation_is_an_error_in_both(contract: Contract) -> None:
    with pytest.raises(FirstUnknownOperation):
        check("add_msg", {})
    for judge in (accepts, accepts_response, warnings):
        with pytest.raises(UnknownOperation, match="'add_msg'"):
            judge(contract, "add_msg", {})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("paths: [", "c.yaml: while parsing"),
        ("openapi: 3.1.1", "no OpenAPI document"),
        ("- 1", "no OpenAPI document"),
        ("paths: {/x: {get: {responses: {}}}}", "get /x: lacks 'operationId'"),
        ("paths: {/x: {get: {operationId: x, responses: {}}}}", "get /x: lacks '200'"),
        (
            "paths: {/x: {get: {operationId: x, parameters: [{$ref: 'other.yaml#/p'}]}}}",
            "leaves the document",
        ),
        ("paths: {/x: {get: {operationId: x, parameters: [{$ref: '#/p/q'}]}}}", "leads nowhere"),
    ],
)
def test_a_contract_that_cannot_be_read(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "c.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ContractError) as caught:
        load_contract(tmp_path / "c.yaml")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_contract_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match=r"gone\.yaml"):
        load_contract(tmp_path / "gone.yaml")


def test_query_parameters_of_the_path_and_of_the_components_count() -> None:
    text = {"type": "string", "x-max-bytes": 3}
    document = {
        "paths": {
            "/x": {
                "parameters": [{"name": "a", "in": "query", "required": True, "schema": text}],
                "get": {
                    "operationId": "x",
                    "parameters": [
                        {"$ref": "#/components/parameters/B"},
                        {"name": "h", "in": "header", "schema": {}},
                    ],
                    "responses": {"200": {"content": {"application/json": {"schema": {"type": "object"}}}}},
                },
            }
        },
        "components": {"parameters": {"B": {"name": "b", "in": "query", "schema": text}}},
    }
    contract = contract_of(document)
    for body, verdict in (
        ({"a": "标"}, True),
        ({"a": "标", "b": "abc"}, True),
        ({"b": "abc"}, False),
        ({"a": "标", "b": "标a"}, False),
        ({"a": "", "h": ""}, False),
    ):
        assert accepts(contract, "x", body) is fast_judge(contract, "x")(body) is verdict


def _variants(start: list[Any], chance: random.Random) -> Iterator[Any]:
    """Bodies that differ from given ones in a few places."""
    pieces = [piece for body in start for piece in _pieces(body)]
    keys = [*sorted({key for piece in pieces if isinstance(piece, dict) for key in piece}), "foo"]
    for _ in range(BODIES_A_SEED):
        body = copy.deepcopy(chance.choice(start))
        for _ in range(chance.choice([0, 1, 1, 1, 2, 3])):
            body = _changed(body, chance, pieces, keys)
        yield body


def _changed(body: Any, chance: random.Random, pieces: list[Any], keys: list[str]) -> Any:
    holders = [piece for piece in _pieces(body) if isinstance(piece, (dict, list)) and piece]
    if not holders:
        return copy.deepcopy(chance.choice(pieces + JUNK))
    holder = chance.choice(holders)
    value = copy.deepcopy(chance.choice(JUNK if chance.random() < 0.5 else pieces))
    place = chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
    deed = chance.choice(["put", "drop", "add"])
    if deed == "put":
        holder[place] = value
    elif deed == "drop":
        del holder[place]
    elif isinstance(holder, dict):
        holder[chance.choice(keys)] = value
    else:
        holder.insert(place, copy.deepcopy(holder[place]) if chance.random() < 0.5 else value)
    return body


def _pieces(value: Any) -> Iterator[Any]:
    """The value and all that is in it."""
    yield value
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _pieces(child)


def _shown(body: Any) -> str:
    return json.dumps(body, ensure_ascii=False)
