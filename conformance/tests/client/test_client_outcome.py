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
    assert "safe to repeat" in str(error)
    assert ("access token" in str(error)) == (stage == "token")
    assert names(exc) in error.reason
    assert type(failed(call, exchange(stage, left=left, expired=True), exc)) is NotSentInTime


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
    assert "Do not send it again" in str(error)
    in_time = failed(WRITE, exchange("call", left=True, expired=True), exc)
    assert type(in_time) is OutcomeUnknownInTime
    assert "the deadline of 30 s passed" in str(in_time)


@pytest.mark.parametrize("exc", AFTER, ids=names)
def test_a_read_that_left(exc: Exception) -> None:
    error = failed(READ, exchange("call", left=True), exc)
    assert type(error) is NoAnswer
    assert "safe to repeat" in str(error)
    assert type(failed(READ, exchange("call", left=True, expired=True), exc)) is NoAnswerInTime


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
    assert type(late(call, exchange(stage, left=left, expired=True))) is kind


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
