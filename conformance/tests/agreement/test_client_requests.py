"""Any valid body comes through the client unchanged: body, model, wire, body."""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wecom_client.operations import OPERATIONS as GENERATED
from wecom_conformance.budget import drawing
from wecom_conformance.cases import operation_of
from wecom_conformance.engine import Contract, accepts, load_contract
from wecom_conformance.engine import warnings as warned
from wecom_conformance.phases import Suite
from wecom_conformance.strict_json import has_unicode_escape, read_json, without_escapes
from wecom_contract import OPERATIONS, SERVER, check
from wecom_openapi import AudienceNotConfirmed, IgnoredFieldWarning

sys.path.insert(0, str(Path(__file__).parent))  # the recorder beside this file

from recording import CORPID, SECRET, Client

CREATE = "add_msg_template"
WITH_BODY = [name for name, operation in OPERATIONS.items() if operation.has_body]
ANSWERS = {
    "add_msg_template": {"errcode": 0, "errmsg": "ok", "msgid": "msg1", "fail_list": []},
    "get_groupmsg_list_v2": {"errcode": 0, "errmsg": "ok", "group_msg_list": []},
    "get_groupmsg_task": {"errcode": 0, "errmsg": "ok", "task_list": []},
    "get_groupmsg_send_result": {"errcode": 0, "errmsg": "ok", "send_list": []},
    "remind_groupmsg_send": {"errcode": 0, "errmsg": "ok"},
    "cancel_groupmsg_send": {"errcode": 0, "errmsg": "ok"},
    "batch_get_by_user": {"errcode": 0, "errmsg": "ok", "external_contact_list": []},
    "groupchat_list": {"errcode": 0, "errmsg": "ok", "group_chat_list": []},
    "get_corp_tag_list": {"errcode": 0, "errmsg": "ok", "tag_group": []},
    "send_welcome_msg": {"errcode": 0, "errmsg": "ok"},
    "group_welcome_template_add": {"errcode": 0, "errmsg": "ok", "template_id": "msg1"},
    "group_welcome_template_edit": {"errcode": 0, "errmsg": "ok"},
    "group_welcome_template_get": {"errcode": 0, "errmsg": "ok", "text": {"content": "x"}},
    "group_welcome_template_del": {"errcode": 0, "errmsg": "ok"},
    "get_suite_token": {"suite_access_token": "t", "expires_in": 7200},
    "get_corp_token": {"errcode": 0, "errmsg": "ok", "access_token": "t", "expires_in": 7200},
    "add_moment_task": {"errcode": 0, "errmsg": "ok", "jobid": "job1"},
    "get_moment_list": {"errcode": 0, "errmsg": "ok", "moment_list": []},
    "get_moment_task": {"errcode": 0, "errmsg": "ok", "task_list": []},
    "get_moment_send_result": {"errcode": 0, "errmsg": "ok", "customer_list": []},
    "cancel_moment_task": {"errcode": 0, "errmsg": "ok"},
}
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda children: st.lists(children, max_size=2) | st.dictionaries(st.text(), children, max_size=2),
    max_leaves=4,
)


@pytest.fixture(params=["sync", "async"])
def client(request: pytest.FixtureRequest) -> Iterator[Client]:
    with Client(request.param) as one:
        yield one


def bodies(suite: Suite, operation: str) -> st.SearchStrategy[Any]:
    """Bodies that the contract accepts, without characters that JSON can only escape."""
    drawn = operation_of(suite.drawing, operation).as_strategy().map(lambda case: without_escapes(case.body))
    return drawn.filter(lambda body: accepts(suite.contract, operation, body))


def exact(value: Any) -> str:
    """A value in a form in which 1, 1.0 and true differ, and the order of keys doesn't count."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


@pytest.mark.parametrize("operation", WITH_BODY)
def test_body_to_model_to_body(suite: Suite, operation: str) -> None:
    model = GENERATED[operation].request_model
    assert model is not None

    @drawing(100)
    @given(bodies(suite, operation))
    def unchanged(body: dict[str, Any]) -> None:
        before = exact(body)
        assert exact(model.from_dict(body).to_dict()) == before
        assert exact(body) == before, "from_dict changed what it was given"

    unchanged()


@pytest.mark.parametrize("given_as", ["mapping", "model", "keywords"])
@pytest.mark.parametrize("operation", WITH_BODY)
def test_body_to_wire(suite: Suite, client: Client, operation: str, given_as: str) -> None:
    model = GENERATED[operation].request_model
    assert model is not None
    client.recorder.answer = json.dumps(ANSWERS[operation]).encode()

    @drawing(40)
    @given(bodies(suite, operation))
    def sent_unchanged(body: dict[str, Any]) -> None:
        client.recorder.clear()
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always", IgnoredFieldWarning)
            if given_as == "mapping":
                client.call(operation, body)
            elif given_as == "model":
                client.call(operation, model.from_dict(body))
            else:
                client.call(operation, **body)

        [request] = client.recorder.sent
        assert_request(suite.contract, operation, request, body)
        confirmed = {one.rule for one in check(operation, body) if one.confirm}
        rules = warned(suite.contract, operation, body) - confirmed
        assert {str(one.message).rpartition("[")[2].rstrip("]") for one in told} == rules

    sent_unchanged()
    assert len(client.recorder.tokens) <= 1


def assert_request(contract: Contract, operation: str, request: httpx.Request, body: Any) -> None:
    known = OPERATIONS[operation]
    raw = request.content
    assert exact(read_json(raw)) == exact(body)
    assert accepts(contract, operation, read_json(raw))
    assert not has_unicode_escape(raw)
    assert (request.method, request.url.path) == (known.method, known.path)
    assert f"{request.url.scheme}://{request.url.host}" == SERVER
    query = request.url.params.multi_items()
    assert [name for name, _ in query] == ([] if known.auth is None else [known.auth])
    assert all(len(token) > 100 for _, token in query)
    assert request.headers.get_list("content-type") == ["application/json"]
    assert request.headers.get_list("content-length") == [str(len(raw))]
    assert "authorization" not in request.headers


def test_credentials_to_wire(suite: Suite, client: Client) -> None:
    """An operation without a body: its arguments go into the query, and no token does."""
    client.recorder.answer = None

    @drawing(40)
    @given(operation_of(suite.drawing, "gettoken").as_strategy())
    def sent_unchanged(case: Any) -> None:
        assume(accepts(suite.contract, "gettoken", case.query))
        client.recorder.clear()
        with pytest.raises(Exception, match="errcode 40013"):  # no such corp
            client.call("gettoken", **case.query)
        [request] = client.recorder.tokens
        assert request.method == "GET"
        assert dict(request.url.params.multi_items()) == case.query
        assert request.content == b""

    sent_unchanged()
    client.recorder.clear()
    assert client.call("gettoken", corpid=CORPID, corpsecret=SECRET).expires_in == 7200


def test_query_to_wire(suite: Suite, client: Client) -> None:
    """An operation without a body, and with a token: both go into the query."""
    operation = "externalcontact_list"
    client.recorder.answer = json.dumps({"errcode": 0, "errmsg": "ok", "external_userid": ["wm1"]}).encode()

    @drawing(40)
    @given(operation_of(suite.drawing, operation).as_strategy())
    def sent_unchanged(case: Any) -> None:
        assume(accepts(suite.contract, operation, case.query))
        client.recorder.clear()
        assert client.call(operation, **case.query).external_userid == ["wm1"]
        [request] = client.recorder.sent
        query = dict(request.url.params.multi_items())
        assert len(query.pop("access_token")) > 100
        assert (request.method, query, request.content) == ("GET", case.query, b"")

    sent_unchanged()


def test_everyone_is_only_reached_by_those_who_say_so(suite: Suite, client: Client) -> None:
    client.recorder.answer = json.dumps(ANSWERS[CREATE]).encode()
    seen = set()

    @drawing(150)
    @given(bodies(suite, CREATE))
    def guarded(body: dict[str, Any]) -> None:
        client.recorder.clear()
        everyone = any(rule.startswith("audience.") for rule in warned(suite.contract, CREATE, body))
        seen.add(everyone)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", IgnoredFieldWarning)
            if not everyone:
                client.call_unconfirmed(CREATE, body)
                assert len(client.recorder.sent) == 1
                return
            with pytest.raises(AudienceNotConfirmed, match="to_all"):
                client.call_unconfirmed(CREATE, body)
            assert client.recorder.sent == client.recorder.tokens == []
            client.call_unconfirmed(CREATE, body, to_all=True)
            assert len(client.recorder.sent) == 1

    guarded()
    assert seen == {True, False}


@pytest.mark.parametrize("operation", WITH_BODY)
def test_unknown_fields_survive_a_model(suite: Suite, operation: str) -> None:
    """A model is open, so a page of tomorrow can be read, and validation sees the unknown field."""
    model = GENERATED[operation].request_model
    assert model is not None

    @drawing(60)
    @given(bodies(suite, operation), st.data())
    def survive(body: dict[str, Any], data: st.DataObject) -> None:
        places = [place for place in _objects(body) if place is not None]
        for place in places:
            for name, value in data.draw(st.dictionaries(_NAMES, JUNK, max_size=2)).items():
                place.setdefault(name, value)
        assert exact(model.from_dict(body).to_dict()) == exact(body)

    survive()


def test_unknown_kinds_of_attachments_survive_a_model(suite: Suite) -> None:
    model = GENERATED[CREATE].request_model
    assert model is not None

    @drawing(60)
    @given(bodies(suite, CREATE), st.text(), st.dictionaries(_NAMES, JUNK, max_size=3), st.integers(0, 3))
    def survive(body: dict[str, Any], kind: str, rest: dict[str, Any], place: int) -> None:
        assume(kind not in KINDS)
        attachments = body.setdefault("attachments", [])
        attachments.insert(min(place, len(attachments)), {**rest, "msgtype": kind})
        assert exact(model.from_dict(body).to_dict()) == exact(body)

    survive()


def _kinds() -> set[str]:
    document = load_contract().document
    return set(document["components"]["schemas"]["Attachment"]["discriminator"]["mapping"])


KINDS = _kinds()
# Among them the names that code of a model uses itself.
_NAMES = st.text() | st.sampled_from(
    [
        "additional_properties",
        "self",
        "cls",
        "d",
        "src_dict",
        "field_dict",
        "to_dict",
        "from_dict",
        "__class__",
        "picUrl",
    ]
)


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _objects(child)
