"""What each exception of the transport means, by how far the call had come."""

from __future__ import annotations

import hashlib

import httpx
import pytest

from wecom_client.operations import ADD_MSG_TEMPLATE, GET_GROUPMSG_TASK
from wecom_client.wire import CallOptions
from wecom_openapi.call import Call, plan
from wecom_openapi.deadline import Exchange
from wecom_openapi.errors import (
    CallFailed,
    NoAnswer,
    NoAnswerInTime,
    NotSent,
    NotSentInTime,
    OutcomeUnknown,
    OutcomeUnknownInTime,
)
from wecom_openapi.outcome import failed, late
from wecom_openapi.wire import scrub

WRITE = plan(
    ADD_MSG_TEMPLATE,
    {"sender": "z", "external_userid": ["wmA"], "text": {"content": "x"}},
    frozenset(),
    CallOptions(),
)
READ = plan(GET_GROUPMSG_TASK, {"msgid": "m"}, frozenset(), CallOptions())

BEFORE = [
    httpx.ConnectError("refused"),
    httpx.ConnectTimeout("slow"),
    httpx.PoolTimeout("no free connection"),
    httpx.ProxyError("407"),
    httpx.UnsupportedProtocol("x"),
    httpx.LocalProtocolError("x"),
    httpx.InvalidURL("x"),
]
AFTER = [
    httpx.ReadTimeout("slow"),
    httpx.WriteTimeout("slow"),
    httpx.ReadError("reset"),
    httpx.WriteError("broken pipe"),
    httpx.RemoteProtocolError("closed"),
    httpx.CloseError("x"),
    httpx.DecodingError("x"),
    httpx.StreamClosed(),
    ConnectionResetError(104, "reset"),
]
LOOK = "Do not send it again: read the list of tasks or look into the admin console, then decide"


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def names(exc: Exception) -> str:
    return type(exc).__name__


def exchange(stage: str, *, left: bool, expired: bool = False) -> Exchange:
    clock = Clock()
    state = Exchange(30, True, clock)
    state.begin("call" if stage == "call" else "token")
    state.left = left
    clock.now = 31.0 if expired else 1.0
    return state


@pytest.mark.parametrize("call", [WRITE, READ], ids=["write", "read"])
@pytest.mark.parametrize("exc", [*BEFORE, *AFTER], ids=names)
@pytest.mark.parametrize(
    ("stage", "left"),
    [("token", False), ("token", True), ("call", False)],
    ids=["token", "token left", "not left"],
)
def test_nothing_was_sent(exc: Exception, call: Call[object], stage: str, left: bool) -> None:  # type: ignore[type-var]
    error = failed(call, exchange(stage, left=left), exc)
    assert type(error) is NotSent
    assert (error.operation, error.reason) == (call.operation.id, f"{names(exc)}: {exc}")
    doing = "asking for the access token" if stage == "token" else "connecting"
    while_doing = f"while {doing}. It is safe to repeat it"
    assert str(error) == f"{call.operation.id} was not sent: {error.reason}, {while_doing}"
    in_time = failed(call, exchange(stage, left=left, expired=True), exc)
    assert type(in_time) is NotSentInTime
    passed = f"the deadline of 30 s passed ({error.reason})"
    assert str(in_time) == f"{call.operation.id} was not sent: {passed}, {while_doing}"


def test_an_exception_without_a_text_has_its_name() -> None:
    error = failed(READ, exchange("call", left=True), httpx.ReadError(""))
    assert isinstance(error, NoAnswer)
    assert error.reason == "ReadError"


@pytest.mark.parametrize("call", [WRITE, READ], ids=["write", "read"])
@pytest.mark.parametrize("exc", BEFORE, ids=names)
def test_what_happens_before_a_connection_means_not_sent(exc: Exception, call: Call[object]) -> None:  # type: ignore[type-var]
    assert type(failed(call, exchange("call", left=True), exc)) is NotSent


@pytest.mark.parametrize("exc", AFTER, ids=names)
def test_a_write_that_left(exc: Exception) -> None:
    error = failed(WRITE, exchange("call", left=True), exc)
    assert type(error) is OutcomeUnknown
    assert error.operation == "add_msg_template"
    assert error.fingerprint == hashlib.sha256(WRITE.body or b"").hexdigest()
    unanswered = "add_msg_template was sent and got no answer"
    assert str(error) == f"{unanswered}: {names(exc)}: {exc}. {LOOK}"
    in_time = failed(WRITE, exchange("call", left=True, expired=True), exc)
    assert type(in_time) is OutcomeUnknownInTime
    assert str(in_time) == f"{unanswered}: the deadline of 30 s passed ({names(exc)}: {exc}). {LOOK}"


@pytest.mark.parametrize("exc", AFTER, ids=names)
def test_a_read_that_left(exc: Exception) -> None:
    error = failed(READ, exchange("call", left=True), exc)
    assert type(error) is NoAnswer
    unanswered, again = "get_groupmsg_task got no answer", "It only reads, so it is safe to repeat it"
    assert str(error) == f"{unanswered}: {names(exc)}: {exc}. {again}"
    in_time = failed(READ, exchange("call", left=True, expired=True), exc)
    assert type(in_time) is NoAnswerInTime
    assert str(in_time) == f"{unanswered}: the deadline of 30 s passed ({names(exc)}: {exc}). {again}"


@pytest.mark.parametrize(
    ("call", "stage", "left", "kind"),
    [
        (WRITE, "token", True, NotSentInTime),
        (WRITE, "call", False, NotSentInTime),
        (WRITE, "call", True, OutcomeUnknownInTime),
        (READ, "call", False, NotSentInTime),
        (READ, "call", True, NoAnswerInTime),
    ],
)
def test_cut_off_at_the_deadline(call: Call[object], stage: str, left: bool, kind: type[CallFailed]) -> None:  # type: ignore[type-var]
    error = late(call, exchange(stage, left=left, expired=True))
    assert type(error) is kind
    assert error.reason == "no answer in time"
    assert f": the deadline of 30 s passed ({error.reason})" in str(error)


def test_scrubbing_an_exception_and_its_causes() -> None:
    url = "https://x.invalid/?access_token=t0k3n"
    inner = ValueError(f"bad {url}", 7)
    outer = httpx.ReadError("t0k3n is no good", request=httpx.Request("POST", url))
    try:
        try:
            raise inner
        except ValueError as exc:
            raise outer from exc
    except httpx.ReadError:
        pass
    inner.__context__ = outer  # a circle must not be followed for ever
    scrub(outer, "t0k3n")
    assert str(outer) == "*** is no good"
    assert inner.args == ("bad https://x.invalid/?access_token=***", 7)
    assert outer.__traceback__ is None
    assert inner.__traceback__ is None
    assert (outer.request.method, str(outer.request.url)) == ("POST", "https://x.invalid/")


def test_scrubbing_an_exception_without_a_request() -> None:
    error = httpx.ConnectError("refused")
    scrub(error)
    assert str(error.request.url) == ""
