"""The parts of the suite, each by itself: translation, judgement, copy of the contract, ids, strict JSON."""

from __future__ import annotations

import json
import time
from functools import partial
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given

from wecom_conformance.budget import drawing
from wecom_conformance.byte_limits import SCRIPTS, strings_of, strings_up_to
from wecom_conformance.cases import examples, operation_of
from wecom_conformance.engine import Contract, accepts, contract_of, load_contract
from wecom_conformance.judgement import Sent, judge
from wecom_conformance.known_ids import KnownIds, is_stranger
from wecom_conformance.mutate import mutants
from wecom_conformance.phases import Suite
from wecom_conformance.stateful import Tasks
from wecom_conformance.strict_json import NotJSON, has_unicode_escape, read_json, without_escapes, write_json
from wecom_conformance.suite_schema import NOT_DRAWN, suite_document
from wecom_conformance.target import Target
from wecom_conformance.translation import (
    BROKEN,
    BUSINESS,
    DENIED,
    REFUSED,
    SERVED,
    is_business,
    rule_codes,
    status_of,
)
from wecom_conformance.vectors import load_vectors
from wecom_contract import OPERATIONS, check, errcode, rules
from wecom_mock import State, create_app

CREATE = "add_msg_template"
LONGEST = "标" * (rules()["text.content.max-bytes"].limit // 3) + "a" * (
    rules()["text.content.max-bytes"].limit % 3
)
GOOD: dict[str, Any] = {"external_userid": ["wm1"], "text": {"content": "x"}}


@pytest.fixture(scope="module")
def contract() -> Contract:
    return load_contract()


@pytest.mark.parametrize(
    ("operation", "code", "status"),
    [
        (CREATE, 0, SERVED),
        (CREATE, 40058, REFUSED),  # carried by rules
        (CREATE, 40063, REFUSED),
        (CREATE, 45034, REFUSED),
        (CREATE, 40033, REFUSED),  # carried by none, and about the request all the same
        (CREATE, 40014, DENIED),
        (CREATE, 42001, DENIED),
        (CREATE, 41001, DENIED),
        (CREATE, 41048, BUSINESS),
        (CREATE, 84061, BUSINESS),
        ("group_welcome_template_get", 40037, BUSINESS),
        ("send_welcome_msg", 41050, BUSINESS),
        ("send_welcome_msg", 41049, REFUSED),
        (CREATE, 40068, BUSINESS),
        (CREATE, 60111, BUSINESS),  # an argument that names nobody
        (CREATE, -1, BUSINESS),
        ("gettoken", 40013, BUSINESS),  # to gettoken credentials are data
        ("gettoken", 40091, BUSINESS),
        ("gettoken", 41002, REFUSED),  # and a missing one breaks a rule
        ("remind_groupmsg_send", 41046, REFUSED),
        ("remind_groupmsg_send", 41047, BUSINESS),
        ("remind_groupmsg_send", 45009, BUSINESS),
        ("get_groupmsg_task", 41093, BUSINESS),
        ("get_groupmsg_task", 50100, BUSINESS),  # a cursor that nobody handed out
        ("get_groupmsg_task", 41047, BUSINESS),
    ],
)
def test_an_errcode_as_a_status(operation: str, code: int, status: int) -> None:
    assert status_of(200, json.dumps({"errcode": code}).encode(), operation) == status


@pytest.mark.parametrize("status", [201, 204, 302, 400, 401, 404, 409, 500, 502])
def test_another_status_than_200_is_a_broken_answer(status: int) -> None:
    assert status_of(status, b'{"errcode":0}', CREATE) == BROKEN


@pytest.mark.parametrize(
    "content",
    [
        None, b"", b"<html>", b"[]", b"null", b"0", b"{}", b'{"errcode":"0"}', b'{"errcode":false}',
        b'{"errcode":0.0}', b'{"errcode":null}', b'{"errcode":0,"errcode":0}', b'{"errcode":NaN}',
        b'{"errcode":0} x', b'{"errcode":0,"errmsg":"\xff"}', b"[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_envelope_is_a_broken_answer(content: bytes | None) -> None:
    assert status_of(200, content, CREATE) == BROKEN


@pytest.mark.parametrize("operation", OPERATIONS)
def test_no_code_of_a_rule_is_a_business_error(operation: str) -> None:
    assert rule_codes(operation)
    assert not any(is_business(operation, code) for code in rule_codes(operation))


def test_every_category_is_decided_and_most_are_business() -> None:
    decided = {code: (errcode(code).category, is_business(CREATE, code)) for code in range(-1, 100_000)}
    business = {category for category, is_one in decided.values() if is_one}
    other = {category for category, is_one in decided.values() if not is_one}

    assert {"audience", "dispatching", "cancelled", "frequency", "permission", "busy", "media"} <= business
    assert {"ok", "credential", "argument"} <= other
    assert "credential" not in business


def _sent(body: Any = GOOD, *, method: str = "POST", query: str = "access_token=t", path: str = "") -> Sent:
    raw = body if isinstance(body, bytes) or body is None else write_json(body)
    return Sent(method, f"http://h{path or OPERATIONS[CREATE].path}?{query}", raw, "application/json")


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (_sent(), ""),
        (_sent(query="access_token=t&other=1"), ""),  # a query that nobody reads
        (_sent({**GOOD, "sender": ""}), "the contract refuses"),
        (_sent({**GOOD, "sender": "z"}), ""),
        (_sent({**GOOD, "text": {"content": LONGEST}}), ""),
        (_sent({**GOOD, "text": {"content": LONGEST + "a"}}), "the contract refuses"),
        (_sent(None), "no JSON"),
        (_sent(b""), "no JSON"),
        (_sent(b'{"external_userid":["wm1"],"text":{"content":"\xff"}}'), "no JSON"),
        (_sent(b'{"external_userid":["wm1"],"text":{"content":"x"},"text":{"content":"x"}}'), "no JSON"),
        (_sent(b'{"external_userid":["wm1"],"text":{"content":"\\u0041"}}'), "escape"),
        (_sent(b'{"external_userid":["wm1"],"text":{"content":"\\\\u0041"}}'), ""),
        (_sent(method="PUT"), "the method is PUT"),
        (_sent(path="/cgi-bin/other"), "the path is not"),
        (_sent(query=""), "one token"),
        (_sent(query="access_token="), "one token"),
        (_sent(query="access_token=T"), "one token"),
        (_sent(query="access_token=t&access_token=t"), "one token"),
    ],
)
def test_a_request_is_judged_as_it_was_sent(contract: Contract, sent: Sent, why: str) -> None:
    judgement = judge(contract, CREATE, sent, "t")
    assert judgement.accepted is (why == "")
    assert why in judgement.why


@pytest.mark.parametrize(
    ("query", "accepted"),
    [
        ("corpid=a&corpsecret=b", True),
        ("corpid=%E6%A0%87&corpsecret=%26", True),
        ("corpid=&corpsecret=b", False),
        ("corpid=a", False),
        ("corpid=a&corpsecret=b&x=1", False),
        ("corpid=a&corpid=a&corpsecret=b", False),
    ],
)
def test_a_query_is_judged_where_there_is_no_body(contract: Contract, query: str, accepted: bool) -> None:
    sent = Sent("GET", f"http://h{OPERATIONS['gettoken'].path}?{query}")
    assert judge(contract, "gettoken", sent, "t").accepted is accepted


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("access_token=t&userid=a", ""),
        ("userid=a&access_token=t", ""),
        ("userid=a", "one token"),
        ("access_token=t&access_token=t&userid=a", "one token"),
        ("access_token=t", "the contract refuses"),
        ("access_token=t&userid=", "the contract refuses"),
        ("access_token=t&userid=a&x=1", "the contract refuses"),
        ("access_token=t&userid=a&userid=a", "stands twice"),
    ],
)
def test_a_token_beside_a_query_is_judged_apart(contract: Contract, query: str, why: str) -> None:
    sent = Sent("GET", f"http://h{OPERATIONS['externalcontact_list'].path}?{query}")
    judgement = judge(contract, "externalcontact_list", sent, "t")
    assert judgement.accepted is (why == "")
    assert why in judgement.why


def test_a_streamed_body_is_not_judged(suite: Suite) -> None:
    import requests

    prepared = requests.Request("POST", "http://h/", data=iter([b"x"])).prepare()
    with pytest.raises(TypeError, match="streamed"):
        Sent.of(prepared)


def test_the_secret_of_a_request_is_not_in_its_repr() -> None:
    assert "t0ken" not in repr(_sent(query="access_token=t0ken"))


@pytest.mark.parametrize("at_limits", [True, False])
def test_the_copy_refuses_nothing_that_the_contract_accepts(contract: Contract, at_limits: bool) -> None:
    """It may accept more, in the strings between so many characters and so many bytes."""
    copy = contract_of(suite_document(contract, at_limits=at_limits))
    assert set(contract.requests) - set(copy.requests) == (set(NOT_DRAWN) if at_limits else set())
    for vector in load_vectors():
        if vector.accepted and vector.operation in copy.requests:
            assert accepts(copy, vector.operation, vector.body), vector.id


def test_the_copy_leaves_the_contract_as_it_is(contract: Contract) -> None:
    before = json.dumps(contract.document, sort_keys=True, default=str)
    document = suite_document(contract)

    assert json.dumps(contract.document, sort_keys=True, default=str) == before
    answers = document["paths"][OPERATIONS[CREATE].path]["post"]["responses"]
    assert set(answers) == {"200", "400", "401", "409"}
    assert "links" in answers["200"]
    assert "links" not in answers["400"]


def test_a_changed_limit_changes_the_copy(contract: Contract) -> None:
    """The limits stand in the contract and nowhere in the suite."""
    changed = next(
        one for one in mutants(contract.document) if one.operator == "+1" and "x-max-bytes" in one.pointer
    )
    assert suite_document(contract_of(changed.document)) != suite_document(contract)


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("size", [4, 5, 64, 127])
def test_strings_have_the_size_in_bytes(script: str, size: int) -> None:
    @drawing(20)
    @given(strings_of(size))
    def has_the_size(text: str) -> None:
        assert len(text.encode()) == size

    has_the_size()


@pytest.mark.parametrize("pattern", [None, "^[A-Za-z][A-Za-z0-9+.-]*:"])
def test_good_strings_reach_the_limit_and_stay_within_it(pattern: str | None) -> None:
    seen = set()

    @drawing(200)
    @given(strings_up_to(64, pattern))
    def within(text: str) -> None:
        seen.add(len(text.encode()))
        assert ":" in text or pattern is None

    within()
    assert max(seen) == 64
    assert min(seen) < 40


@pytest.mark.parametrize("operation", OPERATIONS)
def test_known_ids_leave_the_verdict_as_it_is(contract: Contract, known: KnownIds, operation: str) -> None:
    for vector in load_vectors():
        if vector.operation == operation:
            body = known.known(
                vector.body, lambda: "msg1", {"jobid": lambda: "job1", "moment_id": lambda: "m"}
            )
            assert accepts(contract, operation, body) is vector.accepted, vector.id


def test_known_ids_take_the_place_of_made_up_ones(known: KnownIds) -> None:
    body = {
        "sender": "x",
        "external_userid": ["a", "b", ""],
        "text": {"content": "sender"},
        "msgid": "m",
        "cursor": "c",
    }
    found = known.known(body, lambda: "msg1")

    assert found["sender"] == known.member
    assert {*found["external_userid"][:2]} <= {*known.customers}
    assert found["external_userid"][2] == ""
    assert found["text"] == {"content": "sender"}
    assert (found["msgid"], found["cursor"]) == ("msg1", "")
    assert known.known(body)["msgid"] == "m"

    moment = {
        "moment_id": "m",
        "jobid": "j",
        "sender_list": {"user_list": ["x", ""], "department_list": [7, True, 1.5, "7"]},
    }
    made = known.known(moment, made={"moment_id": lambda: "mom1", "jobid": lambda: "job1"})
    assert (made["moment_id"], made["jobid"]) == ("mom1", "job1")
    assert made["sender_list"]["user_list"] == [known.member, ""]
    assert made["sender_list"]["department_list"][0] in known.departments
    assert made["sender_list"]["department_list"][1:] == [True, 1.5, "7"]
    assert known.known(moment)["moment_id"] == "m"
    assert body["sender"] == "x"


def test_ids_that_are_made_are_made_when_they_are_needed(known: KnownIds) -> None:
    body = {"template_id": "t", "welcome_code": "c", "text": {"content": "x"}}
    assert known.known(body, made={"template_id": lambda: "msg2"}) == {**body, "template_id": "msg2"}
    assert known.known({**body, "template_id": ""}, made={"template_id": lambda: "msg2"}) == {
        **body,
        "template_id": "",
    }
    assert known.known(body) == body
    assert known.lacks_one_for(body)
    assert not known.lacks_one_for({"template_id": "t"})
    assert not known.lacks_one_for(["welcome_code"])

    greeted = evolve(known, welcome_code=lambda: "code1")
    assert greeted.known(body) == {**body, "welcome_code": "code1"}
    assert not greeted.lacks_one_for(body)


def test_templates_do_not_pile_up(suite: Suite, known: KnownIds) -> None:
    state = State()
    [case, *_] = examples(suite.enumerating, "group_welcome_template_add")
    with Target(known, app=create_app(state)) as target:
        made = {target.new_template() for _ in range(3)}
        assert len(made) == 3
        assert len(state.welcome.templates) == 1
        for _ in range(3):
            response, _ = target.call(case)
            assert response.status_code == SERVED
        assert len(state.welcome.templates) == 1
        refused, _ = target.call(case, tokens=[])
        assert refused.status_code == DENIED


def test_the_secret_is_not_in_the_repr_of_known_ids(known: KnownIds) -> None:
    assert "corpsecret" not in repr(known)


def test_who_sees_a_moment_is_only_asked_where_somebody_can_publish_it(suite: Suite, known: KnownIds) -> None:
    [case] = examples(suite.enumerating, "get_moment_send_result")
    answers = []
    for can_publish in (True, False):
        state = State()
        publish = partial(_publish, state, known.member)
        with Target(evolve(known, publish=publish if can_publish else None), app=create_app(state)) as target:
            response, asked = target.call(case)
            answers.append((response.status_code, asked))
            assert len(state.moments.by_id) == 1
            target.call(case)
            assert len(state.moments.by_id) == 1
    assert answers == [(SERVED, True), (BUSINESS, False)]


def _publish(state: State, userid: str, moment_id: str) -> None:
    state.publish_moment(moment_id, userid, time.time())


def test_drawn_times_are_within_their_span(suite: Suite) -> None:
    operation = "get_moment_list"
    span = rules()[f"{operation}.span"].limit
    apart = set()

    @drawing(100)
    @given(operation_of(suite.drawing, operation).as_strategy())
    def within(case: Any) -> None:
        assert f"{operation}.span" not in {violation.rule for violation in check(operation, case.body)}
        apart.add(case.body["end_time"] - case.body["start_time"])

    within()
    assert max(apart) > 1000
    assert all(0 <= seconds <= span["seconds"] for seconds in apart)


def test_about_one_in_four_keeps_its_ids() -> None:
    kept = sum(is_stranger({"n": number}) for number in range(4000))
    assert 800 < kept < 1200


def test_every_good_body_of_known_ids_can_be_drawn(suite: Suite) -> None:
    """The strategies of the drawn phase give bodies that the contract accepts, nearly always."""
    verdicts = []

    @drawing(60)
    @given(operation_of(suite.drawing, CREATE).as_strategy())
    def judged(case: Any) -> None:
        verdicts.append(accepts(suite.contract, CREATE, without_escapes(case.body)))

    judged()
    assert sum(verdicts) >= 0.9 * len(verdicts)


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"{", b"nul", b"NaN", b"[Infinity]", b'{"a":1,"a":1}', b'{"a":{"b":1,"b":2}}', b"\xff", b"\xef\xbb\xbf{}",
        b"[" * 100_000, b"1" * 5000,
    ],
)  # fmt: skip
def test_what_two_readers_could_read_differently_is_no_json(raw: bytes) -> None:
    with pytest.raises(NotJSON):
        read_json(raw)


def test_json_is_written_raw_and_read_back() -> None:
    value = {"标": ["😀", 1, None, 1.5, True, "\\u0041", "\n"]}
    raw = write_json(value)

    assert read_json(raw) == value
    assert not has_unicode_escape(raw)
    assert "标".encode() in raw


def test_escapes_are_seen_and_avoided() -> None:
    value = {"a\x00": ["\x01\x1f", "b\n\t\r\b\f", "标"], "n": [1, None]}
    assert has_unicode_escape(write_json(value))
    assert has_unicode_escape(rb'"\\\u0041"')
    assert not has_unicode_escape(rb'"\\u0041"')
    without = without_escapes(value)
    assert without == {"a?": ["??", "b\n\t\r\b\f", "标"], "n": [1, None]}
    assert not has_unicode_escape(write_json(without))


def test_templates_follow_their_calls() -> None:
    tasks = Tasks()
    add, edit, get, delete = (f"group_welcome_template_{name}" for name in ("add", "edit", "get", "del"))
    made, ok, gone = {"errcode": 0, "template_id": "t1"}, {"errcode": 0}, {"errcode": 40037}
    body = {"template_id": "t1"}

    assert tasks.wrong(get, body, gone) == ""
    assert tasks.wrong(get, body, ok) == "errcode 0 for a template that is not there"
    assert tasks.wrong(add, {}, {"errcode": 41055}) == ""
    assert tasks.wrong(add, {}, made) == ""
    assert tasks.wrong(add, {}, made) == "the template_id of another template comes again"
    assert tasks.wrong(edit, body, ok) == ""
    assert tasks.wrong(edit, body, {"errcode": 41058}) == ""
    assert tasks.wrong(get, body, gone) == "errcode 40037 for a template that was made and not deleted"
    assert tasks.wrong(delete, body, {"errcode": 41058}) == ""
    assert tasks.wrong(delete, body, ok) == ""
    assert tasks.wrong(delete, body, ok) == "errcode 0 for a template that is not there"
    assert tasks.wrong(delete, body, gone) == ""
    assert tasks.templates.calls == {"there": 5, "gone": 4}
    assert tasks.calls == {"alive": 0, "cancelled": 0, "unknown": 0}


def test_tasks_follow_their_calls() -> None:
    tasks = Tasks()
    made = {"errcode": 0, "msgid": "m1"}
    rows = {"errcode": 0, "task_list": [{"userid": "z", "status": 0}]}

    assert tasks.wrong("get_groupmsg_task", {"msgid": "m1"}, {"errcode": 41047}) == ""
    assert tasks.wrong("get_groupmsg_task", {"msgid": "m1"}, rows) != ""
    assert tasks.wrong(CREATE, {"sender": "z"}, made) == ""
    assert tasks.wrong(CREATE, {"sender": "z"}, made) != ""
    assert tasks.wrong(CREATE, {"sender": "z"}, {"errcode": 41048}) == ""
    assert tasks.wrong("get_groupmsg_task", {"msgid": "m1"}, rows) == ""
    assert tasks.wrong("get_groupmsg_task", {"msgid": "m1"}, {"errcode": 0, "task_list": []}) != ""
    assert tasks.wrong("remind_groupmsg_send", {"msgid": "m1"}, {"errcode": 45009}) == ""
    assert tasks.wrong("cancel_groupmsg_send", {"msgid": "m1"}, {"errcode": 41093}) != ""
    assert tasks.wrong("cancel_groupmsg_send", {"msgid": "m1"}, {"errcode": 0}) == ""
    assert tasks.wrong("cancel_groupmsg_send", {"msgid": "m1"}, {"errcode": 0}) != ""
    assert tasks.wrong("get_groupmsg_task", {"msgid": "m1"}, {"errcode": 41093}) == ""
    assert tasks.wrong("gettoken", {"corpid": "c"}, {"errcode": 40013}) == ""
    assert tasks.calls == {"alive": 5, "cancelled": 2, "unknown": 2}
