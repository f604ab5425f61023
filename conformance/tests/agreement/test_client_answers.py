"""Any answer that the contract allows is read, and any other is one typed error."""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wecom_client.operations import OPERATIONS as GENERATED
from wecom_conformance.answers import answers, bad_answers
from wecom_conformance.budget import drawing
from wecom_conformance.engine import Contract, accepts_response
from wecom_conformance.mutations import Vocabulary, mutated
from wecom_conformance.strict_json import NotJSON, read_json, write_json
from wecom_contract import OPERATIONS
from wecom_openapi import MalformedAnswer, OutcomeUnknown, RefusedError, WeComError, WeComWarning

sys.path.insert(0, str(Path(__file__).parent))  # the recorder beside this file

from recording import Client

REQUESTS: dict[str, dict[str, Any]] = {
    "add_msg_template": {"external_userid": ["wm1"], "text": {"content": "x"}},
    "get_groupmsg_task": {"msgid": "msg1"},
    "get_groupmsg_send_result": {"msgid": "msg1", "userid": "zhangsan"},
    "remind_groupmsg_send": {"msgid": "msg1"},
    "cancel_groupmsg_send": {"msgid": "msg1"},
    "batch_get_by_user": {"userid_list": ["zhangsan"]},
    "groupchat_list": {"limit": 1},
    "get_corp_tag_list": {},
    "send_welcome_msg": {"welcome_code": "c1", "text": {"content": "x"}},
    "group_welcome_template_add": {"text": {"content": "x"}},
    "group_welcome_template_edit": {"template_id": "msg1", "text": {"content": "x"}},
    "group_welcome_template_get": {"template_id": "msg1"},
    "group_welcome_template_del": {"template_id": "msg1"},
    "media_upload": {"type": "file", "media": {"filename": "a.txt", "filelength": 6}},
    "media_uploadimg": {"media": {"filename": "a.jpg", "filelength": 6}},
    "add_moment_task": {
        "text": {"content": "x"},
        "visible_range": {"external_contact_list": {"tag_list": ["et1"]}},
    },
    "get_moment_list": {"start_time": 1, "end_time": 2},
    "get_moment_task": {"moment_id": "mom1"},
    "get_moment_send_result": {"moment_id": "mom1", "userid": "zhangsan"},
    "cancel_moment_task": {"moment_id": "mom1"},
}


@pytest.fixture(params=["sync", "async"])
def client(request: pytest.FixtureRequest) -> Iterator[Client]:
    with Client(request.param) as one:
        yield one


@pytest.fixture(autouse=True)
def _other_words_than_ok() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", WeComWarning)
        yield


def exact(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def assert_kept(kept: dict[str, Any], answer: dict[str, Any]) -> None:
    """All of the answer is there, unknown fields too; a list that was null or absent is empty."""
    for name, value in answer.items():
        if value is None and kept[name] == []:
            continue
        assert_same(kept[name], value, name)
    assert all(kept[name] == [] for name in kept.keys() - answer.keys())


def assert_same(kept: Any, value: Any, name: str) -> None:
    """The same, where objects in it may have lists that were null or absent."""
    if isinstance(kept, dict) and isinstance(value, dict):
        assert_kept(kept, value)
    elif isinstance(kept, list) and isinstance(value, list):
        assert len(kept) == len(value), name
        for one, other in zip(kept, value, strict=True):
            assert_same(one, other, name)
    else:
        assert exact(kept) == exact(value), name


@pytest.mark.parametrize("operation", OPERATIONS)
def test_answer_to_model_to_answer(contract: Contract, operation: str) -> None:
    model = GENERATED[operation].response_model

    @drawing(60)
    @given(answers(contract, operation, "success"))
    def kept(answer: dict[str, Any]) -> None:
        before = exact(answer)
        assert_kept(model.from_dict(answer).to_dict(), answer)
        assert exact(answer) == before, "from_dict changed what it was given"

    kept()


@pytest.mark.parametrize("operation", REQUESTS)
def test_a_success_is_read(contract: Contract, client: Client, operation: str) -> None:
    @drawing(30)
    @given(answers(contract, operation, "success"))
    def read(answer: dict[str, Any]) -> None:
        client.recorder.answer = write_json(answer)
        assert_kept(client.call_with(operation, REQUESTS[operation]).to_dict(), answer)

    read()


@pytest.mark.parametrize("operation", REQUESTS)
def test_a_refusal_is_its_error(contract: Contract, client: Client, operation: str) -> None:
    @drawing(30)
    @given(answers(contract, operation, "any"), st.sampled_from(["", "40058 is in the table", "41048", "-1"]))
    def refused(answer: dict[str, Any], code: str) -> None:
        if code:
            answer["errcode"] = int(code.split()[0])
        if answer["errcode"] == 0:
            return
        client.recorder.answer = write_json(answer)
        with pytest.raises(RefusedError) as caught:
            client.call_with(operation, REQUESTS[operation])
        error = caught.value
        assert (error.operation, error.errcode) == (operation, answer["errcode"])
        assert answer.get("errmsg", "")[:500].startswith(error.errmsg.partition("***")[0])
        # What may have had an effect is an OutcomeUnknown, and nothing else is.
        assert isinstance(error, OutcomeUnknown) is (error.effect == "unknown")
        assert error.effect == "none" or OPERATIONS[operation].effect == "write"

    refused()


@pytest.mark.parametrize("operation", REQUESTS)
def test_a_bad_answer_is_a_typed_error(
    contract: Contract, client: Client, vocabulary: Vocabulary, operation: str
) -> None:
    bad = bad_answers(contract, operation)
    changed = mutated(answers(contract, operation, "success"), vocabulary).map(write_json)
    cut = st.tuples(answers(contract, operation, "success").map(write_json), st.integers(0, 30))
    broken = cut.map(lambda drawn: drawn[0][: -1 - drawn[1]])
    seen = {"read": 0, "refused": 0, "malformed": 0}

    @drawing(80)
    @given(st.one_of(bad, changed, broken, st.binary(max_size=40)))
    def typed(raw: bytes) -> None:
        client.recorder.answer = raw
        outcome = client.outcome(operation, REQUESTS[operation])
        if isinstance(outcome, RefusedError):
            seen["refused"] += 1
            assert outcome.errcode == read_json(raw)["errcode"] != 0
            return
        seen["malformed" if isinstance(outcome, WeComError) else "read"] += 1
        assert isinstance(outcome, WeComError) is not allowed(contract, operation, raw), raw
        if isinstance(outcome, WeComError):
            is_write = OPERATIONS[operation].effect == "write"
            cause = outcome.__cause__ if is_write else outcome
            assert isinstance(outcome, OutcomeUnknown) is is_write
            assert isinstance(cause, MalformedAnswer)
            assert cause.reason

    typed()
    assert seen["malformed"] > 20
    assert not client.recorder.tokens[2:], "a broken answer is no reason for another token"


def allowed(contract: Contract, operation: str, raw: bytes) -> bool:
    """Whether the contract allows the bytes as an answer."""
    try:
        answer = read_json(raw.removeprefix(b"\xef\xbb\xbf"))
    except NotJSON:
        return False
    # To JSON Schema 0.0 is an integer, but an errcode is written like one.
    return accepts_response(contract, operation, answer) and type(answer["errcode"]) is int


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_bad_token_answer_is_a_typed_error(contract: Contract, kind: str, vocabulary: Vocabulary) -> None:
    """gettoken by itself: no model comes out of an answer that the contract doesn't allow."""
    changed = mutated(answers(contract, "gettoken", "success"), vocabulary).map(write_json)

    with Client(kind) as client:
        client.recorder.answers_tokens = True

        @drawing(80)
        @given(st.one_of(bad_answers(contract, "gettoken"), changed))
        def typed(raw: bytes) -> None:
            client.recorder.answer = raw
            outcome = client.outcome("gettoken", {"corpid": "a", "corpsecret": "b"})
            if isinstance(outcome, RefusedError):
                assert outcome.errcode == read_json(raw)["errcode"] != 0
            else:
                assert isinstance(outcome, MalformedAnswer) is not allowed(contract, "gettoken", raw)

        typed()
