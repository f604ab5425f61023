"""The whole text of an error about an answer, or about none, by hand."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from wecom_client.operations import ADD_MSG_TEMPLATE, CANCEL_GROUPMSG_SEND, GET_GROUPMSG_TASK, MEDIA_UPLOAD
from wecom_client.wire import CallOptions, Upload
from wecom_contract import OPERATIONS
from wecom_openapi import MalformedAnswer, OutcomeUnknown, RefusedError
from wecom_openapi.answers import accept
from wecom_openapi.bounded import malformed
from wecom_openapi.call import Call, plan, plan_upload
from wecom_openapi.deadline import Exchange
from wecom_openapi.outcome import annotate, failed, fingerprint, late, unreadable
from wecom_openapi.upload import Pass, Source

CREATE = "add_msg_template"
PAGE = "https://developer.work.weixin.qq.com/document/path/92135"


def refused(answer: dict[str, Any], operation: str = CREATE) -> str:
    with pytest.raises(RefusedError) as caught:
        accept(operation, answer)
    return str(caught.value)


def test_a_refusal_says_what_it_means_what_became_of_it_and_what_to_do() -> None:
    assert refused({"errcode": 45009, "errmsg": "api freq out of limit"}) == (
        "add_msg_template was refused: errcode 45009 (the call was made too often): 'api freq out of limit'. "
        "Nothing happened. What to do: wait for the window to pass: a minute, an hour, a day or a month; "
        "leave debug=1 away. "
        f"See {PAGE}"
    )


def test_a_code_whose_meaning_is_only_known_in_chinese() -> None:
    assert refused({"errcode": 610001, "errmsg": ""}) == (
        "add_msg_template was refused: errcode 610001 (永久二维码超过每个员工5000的限制). "
        f"It may have had an effect all the same: do not send it again before you have looked. See {PAGE}"
    )


def test_a_code_that_the_table_does_not_have() -> None:
    assert refused({"errcode": 123456789, "errmsg": 7}, "no_such_operation") == (
        "no_such_operation was refused: errcode 123456789 (not in the vendor's table). "
        "It may have had an effect all the same: do not send it again before you have looked"
    )


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({}, "msgid is missing"),
        ({"msgid": 7}, "msgid must be a string, not an integer"),
        ({"msgid": 7, "fail_list": "wm1"}, "msgid must be a string, not an integer (and 1 more)"),
    ],
)
def test_an_answer_that_breaks_the_contract_names_its_first_fault(
    answer: dict[str, Any], reason: str
) -> None:
    with pytest.raises(MalformedAnswer) as caught:
        accept(CREATE, {"errcode": 0, "errmsg": "ok", **answer})
    assert caught.value.reason == reason
    assert str(caught.value) == f"the answer to add_msg_template can't be read: {reason}"
    assert len(caught.value.violations) == (2 if "more" in reason else 1)
    assert caught.value.answer is not None


# -- calls that got no answer, or none that can be read

PLAIN = {"sender": "z", "external_userid": ["wmA"], "text": {"content": "x"}}
WRITE = plan(ADD_MSG_TEMPLATE, PLAIN, frozenset(), CallOptions())
AGAIN = plan(CANCEL_GROUPMSG_SEND, {"msgid": "m"}, frozenset(), CallOptions())
READ = plan(GET_GROUPMSG_TASK, {"msgid": "m"}, frozenset(), CallOptions())

LOOK = "Do not send it again: read the list of tasks or look into the admin console, then decide"
SAME = f"It is safe to repeat it: {OPERATIONS['cancel_groupmsg_send'].repeat.en.rstrip('.')}"
UNUSED = "Sending the file again does no harm but to the quota: the first one stays unused"
LATE = "the deadline of 30 s passed (no answer in time)"


def upload(*, whole: bool) -> Call[Any]:
    """The upload of a file of which all has left, or a part."""
    media = {"type": "file", "media": Upload(b"0123456789", filename="a.bin")}
    call = plan_upload(MEDIA_UPLOAD, media, Source(b"0123456789"), CallOptions())
    assert call.form is not None
    if whole:
        steps = Pass(call.form)
        while steps.next():
            pass
    return call


def exchange(*, left: bool, stage: Any = "call", expired: bool = False) -> Exchange:
    now = [0.0]
    state = Exchange(30, True, lambda: now[0])
    state.begin(stage)
    state.left = left
    now[0] = 31.0 if expired else 1.0
    return state


RESET = httpx.ReadError("reset")


@pytest.mark.parametrize(
    ("call", "left", "text"),
    [
        (WRITE, False, "add_msg_template was not sent: {}, while connecting. It is safe to repeat it"),
        (READ, False, "get_groupmsg_task was not sent: {}, while connecting. It is safe to repeat it"),
        (READ, True, "get_groupmsg_task got no answer: {}. It only reads, so it is safe to repeat it"),
        (WRITE, True, f"add_msg_template was sent and got no answer: {{}}. {LOOK}"),
        (AGAIN, True, f"cancel_groupmsg_send was sent and got no answer: {{}}. {SAME}"),
        (upload(whole=True), True, f"media_upload was sent and got no answer: {{}}. {UNUSED}"),
        (
            upload(whole=False),
            True,
            "media_upload was not sent: {}, while sending the file, of which a part has left. "
            "It is safe to repeat it",
        ),
        (
            upload(whole=False),
            False,
            "media_upload was not sent: {}, while connecting. It is safe to repeat it",
        ),
    ],
)
def test_a_call_without_an_answer_says_how_far_it_came_and_what_to_do(
    call: Call[Any], left: bool, text: str
) -> None:
    assert str(failed(call, exchange(left=left), RESET)) == text.format("ReadError: reset")
    assert str(failed(call, exchange(left=left), httpx.ReadError(""))) == text.format("ReadError")
    assert str(late(call, exchange(left=left, expired=True))) == text.format(LATE)
    asking = failed(call, exchange(left=left, stage="token"), RESET)
    assert asking.outcome.value == "not sent"
    assert str(asking) == (
        f"{call.operation.id} was not sent: ReadError: reset, while asking for the access token. "
        "It is safe to repeat it"
    )


@pytest.mark.parametrize(
    ("call", "look", "retry"),
    [(WRITE, LOOK, "never"), (AGAIN, SAME, "later"), (upload(whole=True), UNUSED, "later")],
)
def test_a_write_whose_answer_cannot_be_read_says_what_to_do(call: Call[Any], look: str, retry: str) -> None:
    error = unreadable(call, exchange(left=True), malformed("it is empty"), 200)
    assert isinstance(error, OutcomeUnknown)
    name = call.operation.id
    assert error.retry == failed(call, exchange(left=True), RESET).retry == retry
    assert error.attempt is not None
    assert error.attempt.operation == name
    assert str(error) == f"{name} was sent, and its answer can't be read: it is empty. {look}"
    assert str(error.__cause__) == f"the answer to {name} can't be read: it is empty"


def test_a_call_that_is_given_up_is_noted_where_it_may_have_had_an_effect() -> None:
    notes = []
    for call, left in ((WRITE, True), (AGAIN, True), (READ, True), (WRITE, False)):
        given_up = KeyboardInterrupt()
        annotate(given_up, call, exchange(left=left))
        notes.append(getattr(given_up, "__notes__", None))
    assert notes == [
        [
            f"{call.operation.id} had already left (body sha256 {fingerprint(call)}): "
            f"its outcome is unknown. {look}."
        ]
        for call, look in ((WRITE, LOOK), (AGAIN, SAME))
    ] + [None, None]
