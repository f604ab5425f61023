"""Refusals by meaning, and the tree of errors."""

from __future__ import annotations

import copy
import hashlib
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from fault_server import FaultServer, refused

import wecom_openapi
from wecom_contract import OPERATIONS, errcode
from wecom_openapi import (
    AudienceError,
    Busy,
    BusyOutcomeUnknown,
    CallFailed,
    ConfigurationError,
    CredentialError,
    DeadlineExceeded,
    FrequencyLimited,
    InProgress,
    InvalidArgument,
    MalformedAnswer,
    MediaError,
    NoAnswer,
    NoAnswerInTime,
    NoCustomers,
    NotSent,
    NotSentInTime,
    OutcomeUnknown,
    OutcomeUnknownInTime,
    PermissionDenied,
    RefusedError,
    RefusedOutcomeUnknown,
    TaskCancelled,
    TaskDispatching,
    TaskNotFound,
    WeComError,
)

Serve = Callable[..., FaultServer]
Invoke = Callable[..., Any]

CREATE = {"sender": "zhangsan", "external_userid": ["wmA"], "text": {"content": "新品上市"}}

BY_CATEGORY = {
    "busy": Busy,
    "credential": CredentialError,
    "permission": PermissionDenied,
    "frequency": FrequencyLimited,
    "argument": InvalidArgument,
    "audience": AudienceError,
    "no-customers": NoCustomers,
    "media": MediaError,
    "dispatching": TaskDispatching,
    "task-unknown": TaskNotFound,
    "cancelled": TaskCancelled,
    "configuration": ConfigurationError,
    "other": RefusedError,
}

# Written from the vendor's table, not from ours.
BY_CODE = [
    (40013, CredentialError, "never"),
    (40091, CredentialError, "never"),
    (42001, CredentialError, "never"),
    (48002, PermissionDenied, "never"),
    (45009, FrequencyLimited, "later"),
    (45033, FrequencyLimited, "later"),
    (40058, InvalidArgument, "never"),
    (40063, InvalidArgument, "never"),
    (41064, InvalidArgument, "never"),
    (41048, AudienceError, "never"),
    (84061, NoCustomers, "never"),
    (40007, MediaError, "never"),
    (41063, TaskDispatching, "later"),
    (41047, TaskNotFound, "later"),
    (41093, TaskCancelled, "never"),
    (6000, Busy, "later"),
]


@pytest.mark.parametrize(("code", "kind", "retry"), BY_CODE)
def test_a_refusal_is_an_error_by_its_meaning(
    code: int, kind: type[RefusedError], retry: str, serve: Serve, invoke: Invoke
) -> None:
    server = serve(lambda connection, _: connection.answer(refused(code)))
    with pytest.raises(kind) as caught:
        invoke(server.base_url, "add_msg_template", CREATE)
    error = caught.value
    entry = errcode(code)
    assert type(error) is kind is BY_CATEGORY[entry.category]
    assert error.errcode == code
    assert error.operation == "add_msg_template"
    assert error.errmsg == refused(code)["errmsg"]
    assert error.hint == "1600000000_1_abcdef"
    assert error.effect == entry.effect == "none"
    assert error.retry == retry == entry.retry.replace("now", "never")
    assert (error.meaning, error.meaning_zh) == (entry.en, entry.zh)
    assert (error.action, error.action_zh) == (entry.action, entry.action_zh)
    assert error.page == OPERATIONS["add_msg_template"].page
    for part in (str(code), "Nothing happened", error.errmsg, error.action, error.page):
        assert part in str(error)
    assert not isinstance(error, OutcomeUnknown)
    assert len(server.calls) == 1


def test_who_waits_for_a_task_meets_both_codes_and_can_tell_them_apart(serve: Serve, invoke: Invoke) -> None:
    """The error table has one code for a task that is being handed out, field notes report another one."""
    met = []
    for code in (41063, 41047):
        server = serve(lambda connection, _, code=code: connection.answer(refused(code)))
        with pytest.raises(TaskDispatching) as caught:
            invoke(server.base_url, "get_groupmsg_task", msgid="m")
        met.append((caught.value.errcode, isinstance(caught.value, TaskNotFound), caught.value.retry))
    assert met == [(41063, False, "later"), (41047, True, "later")]


def test_every_category_of_the_contract_has_an_error() -> None:
    from typing import get_args

    from wecom_contract import errcodes

    assert set(get_args(errcodes.Category)) - {"ok"} == set(BY_CATEGORY)


@pytest.mark.parametrize("operation", ["add_msg_template", "remind_groupmsg_send"])
def test_a_busy_system_may_have_done_a_write(operation: str, serve: Serve, invoke: Invoke) -> None:
    server = serve(lambda connection, _: connection.answer(refused(-1, "system busy")))
    body: Any = CREATE if operation == "add_msg_template" else {"msgid": "m"}
    with pytest.raises(BusyOutcomeUnknown) as caught:
        invoke(server.base_url, operation, body)
    assert isinstance(caught.value, Busy)
    assert isinstance(caught.value, OutcomeUnknown)
    assert (caught.value.effect, caught.value.retry) == ("unknown", "never")
    assert "do not send it again" in str(caught.value)
    assert caught.value.hint is None
    (sent,) = server.calls
    assert caught.value.fingerprint == hashlib.sha256(sent.body).hexdigest()


def test_a_busy_system_has_done_nothing_to_a_read(serve: Serve, invoke: Invoke) -> None:
    server = serve(lambda connection, _: connection.answer(refused(-1)))
    with pytest.raises(Busy) as caught:
        invoke(server.base_url, "get_groupmsg_task", msgid="m")
    assert type(caught.value) is Busy
    assert (caught.value.effect, caught.value.retry) == ("none", "later")
    assert len(server.calls) == 1


@pytest.mark.parametrize("code", [1, 99999, 2**31 - 1, -(2**31), -2])
def test_a_code_that_nobody_knows_may_have_had_an_effect(code: int, serve: Serve, invoke: Invoke) -> None:
    server = serve(lambda connection, _: connection.answer(refused(code)))
    with pytest.raises(RefusedOutcomeUnknown) as caught:
        invoke(server.base_url, "add_msg_template", CREATE)
    assert caught.value.errcode == code
    assert isinstance(caught.value, OutcomeUnknown)
    assert caught.value.retry == "never"
    assert "not in the vendor's table" in str(caught.value)


@pytest.mark.parametrize(
    ("errmsg", "hint"),
    [
        (f"x, hint: [1718263544_2_{'0d8e' * 8}], from ip: 1.2.3.4", f"1718263544_2_{'0d8e' * 8}"),
        ("x hint: [17182635447890123456789] y", "17182635447890123456789"),
        ("x hint:[1] y", "1"),
        ("no such thing", None),
        ("hint: [", None),
        ("hint: []", None),
        ("", None),
    ],
)  # fmt: skip
def test_the_hint_is_read_out_of_the_text(
    errmsg: str, hint: str | None, serve: Serve, invoke: Invoke
) -> None:
    server = serve(lambda connection, _: connection.answer(refused(40058, errmsg)))
    with pytest.raises(InvalidArgument) as caught:
        invoke(server.base_url, "add_msg_template", CREATE)
    assert caught.value.hint == hint
    assert caught.value.errmsg == errmsg


@pytest.mark.parametrize("errmsg", [None, 5, ["x"], {"a": 1}])
def test_a_refusal_without_a_text(errmsg: Any, serve: Serve, invoke: Invoke) -> None:
    server = serve(lambda connection, _: connection.answer({"errcode": 40058, "errmsg": errmsg}))
    with pytest.raises(InvalidArgument) as caught:
        invoke(server.base_url, "add_msg_template", CREATE)
    assert caught.value.errmsg == ""


def test_a_refusal_with_a_very_long_text(serve: Serve, invoke: Invoke) -> None:
    server = serve(lambda connection, _: connection.answer(refused(40058, "x" * 100_000)))
    with pytest.raises(InvalidArgument) as caught:
        invoke(server.base_url, "add_msg_template", CREATE)
    assert len(str(caught.value)) < 2000


def test_a_refusal_may_lack_what_a_success_must_have(serve: Serve, invoke: Invoke) -> None:
    server = serve(lambda connection, _: connection.answer({**refused(40058), "msgid": 7, "fail_list": "x"}))
    with pytest.raises(InvalidArgument):
        invoke(server.base_url, "add_msg_template", CREATE)


def errors() -> list[type[WeComError]]:
    found = [getattr(wecom_openapi, name) for name in wecom_openapi.__all__]
    return [kind for kind in found if isinstance(kind, type) and issubclass(kind, WeComError)]


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    import wecom_openapi.errors

    drawn = {
        line.split("── ")[1].split()[0]
        for line in (wecom_openapi.errors.__doc__ or "").splitlines()
        if "── " in line
    }
    in_time = {kind.__name__ for kind in errors() if kind.__name__.endswith("InTime")}
    assert drawn | {"WeComError"} | in_time == {kind.__name__ for kind in errors()}


@pytest.mark.parametrize("kind", errors(), ids=lambda kind: kind.__name__)
def test_errors_survive_copy_and_pickle(kind: type[WeComError]) -> None:
    error = kind("what happened", operation="add_msg_template", errcode=7, hint="h")
    for twin in (copy.copy(error), copy.deepcopy(error), pickle.loads(pickle.dumps(error))):
        assert type(twin) is kind
        assert str(twin) == "what happened"
        assert twin.__dict__ == {"operation": "add_msg_template", "errcode": 7, "hint": "h"}


def test_an_error_with_its_violations_survives_pickle() -> None:
    with pytest.raises(wecom_openapi.InvalidRequest) as caught, wecom_openapi.WeCom("ww", "secret") as wecom:
        wecom.add_msg_template(sender="")
    twin = pickle.loads(pickle.dumps(caught.value))
    assert twin.violations == caught.value.violations
    assert str(twin) == str(caught.value)


@pytest.mark.parametrize("kind", [NotSentInTime, NoAnswerInTime, OutcomeUnknownInTime])
def test_a_deadline_is_a_timeout_to_python(kind: type[WeComError]) -> None:
    assert issubclass(kind, TimeoutError)
    assert issubclass(kind, DeadlineExceeded)
    assert issubclass(kind, CallFailed)


def test_what_may_be_repeated_says_so_by_its_class() -> None:
    later = {kind for kind in errors() if kind.retry == "later"}
    assert later == {MalformedAnswer, NotSent, NotSentInTime, InProgress, NoAnswer, NoAnswerInTime}
    assert {kind.retry for kind in errors()} == {"later", "never"}


def test_a_token_that_stays_dead_is_no_reason_to_try_again(serve: Serve, invoke: Invoke) -> None:
    """The client has tried once with a new token; a loop that went by the code alone would never end."""
    assert errcode(40014).retry == "now"
    server = serve(lambda connection, _: connection.answer(refused(40014)))
    with pytest.raises(CredentialError) as caught:
        invoke(server.base_url, "get_groupmsg_task", msgid="m")
    assert caught.value.retry == "never"


def test_only_an_unknown_outcome_may_have_had_an_effect() -> None:
    unknown = {kind.__name__ for kind in errors() if issubclass(kind, OutcomeUnknown)}
    assert unknown == {
        "OutcomeUnknown",
        "OutcomeUnknownInTime",
        "RefusedOutcomeUnknown",
        "BusyOutcomeUnknown",
    }
