"""gettoken and the token check: who gets one, how long it lasts, what a bad one is answered."""

from __future__ import annotations

from typing import Any

import pytest

from wecom_contract import OPERATIONS
from wecom_mock import Request, Settings, State, handle
from wecom_mock.caller import Caller

WITH_TOKEN = [operation.id for operation in OPERATIONS.values() if operation.auth == "access_token"]
DEMO = {"corpid": "wwdemo", "corpsecret": "demo"}
TASK = {"sender": "zhangsan", "text": {"content": "hello"}}


def test_a_token_is_handed_out_for_two_hours(mock: Any) -> None:
    answer = mock.call("gettoken", DEMO)
    assert answer.errcode == 0
    assert answer.body["expires_in"] == 7200
    assert 100 < len(answer.body["access_token"].encode()) <= 512


def test_the_same_token_comes_back_and_is_not_extended(mock: Any, clock: Any) -> None:
    first = mock.call("gettoken", DEMO).body
    clock.forward(7199)
    again = mock.call("gettoken", DEMO).body
    assert again["access_token"] == first["access_token"]
    assert again["expires_in"] == 1
    clock.forward(1)
    after = mock.call("gettoken", DEMO).body
    assert after["access_token"] != first["access_token"]
    assert after["expires_in"] == 7200


def test_a_fraction_of_a_second_left_counts_as_one(mock: Any, clock: Any) -> None:
    mock.call("gettoken", DEMO)
    clock.forward(7199.5)
    assert mock.call("gettoken", DEMO).body["expires_in"] == 1


def test_a_clock_set_back_does_not_promise_more_than_two_hours(mock: Any, clock: Any) -> None:
    mock.call("gettoken", DEMO)
    clock.forward(-3600)
    assert mock.call("gettoken", DEMO).body["expires_in"] == 7200


def test_a_token_works_until_its_last_second_and_is_expired_then(mock: Any, clock: Any) -> None:
    token = mock.token()
    clock.forward(7199.9)
    assert mock.call("add_msg_template", TASK, token=token).errcode == 0
    clock.forward(0.1)
    answer = mock.call("add_msg_template", TASK, token=token)
    assert (answer.errcode, answer.errmsg, answer.reason) == (42001, "access_token expired", "token.expired")


def test_an_expired_token_stays_expired_after_a_new_one_was_fetched(mock: Any, clock: Any) -> None:
    old = mock.token()
    clock.forward(7200)
    new = mock.token()
    assert mock.call("add_msg_template", TASK, token=old).errcode == 42001
    assert mock.call("add_msg_template", TASK, token=new).errcode == 0


@pytest.mark.parametrize("operation", WITH_TOKEN)
@pytest.mark.parametrize(
    ("query", "errcode", "reason"),
    [
        (b"", 41001, "token.missing"),
        (b"access_token=", 41001, "token.missing"),
        (b"access_token", 41001, "token.missing"),
        (b"Access_Token=x", 41001, "token.missing"),
        (b"access_token=nonsense", 40014, "token.unknown"),
        (b"access_token=%ff%00", 40014, "token.unknown"),
        (b"access_token=\xff", 40014, "token.unknown"),
    ],
)
def test_every_other_operation_wants_a_token(
    mock: Any, operation: str, query: bytes, errcode: int, reason: str
) -> None:
    known = OPERATIONS[operation]
    answer = mock.send(known.method, known.path, query, b"{}")
    assert (answer.errcode, answer.reason) == (errcode, reason)


def test_a_token_in_the_body_or_given_twice_does_not_count(mock: Any) -> None:
    token, path = mock.token(), OPERATIONS["add_msg_template"].path
    assert mock.send("POST", path, b"", b'{"access_token":"%s"}' % token.encode()).errcode == 41001
    answer = mock.send("POST", path, f"access_token={token}&access_token={token}", b"{}")
    assert (answer.errcode, answer.reason) == (40014, "token.repeated")


def test_parameters_beside_the_token_are_ignored_but_not_without_bound(mock: Any) -> None:
    token, path = mock.token(), OPERATIONS["add_msg_template"].path
    body = b'{"sender":"zhangsan","text":{"content":"x"}}'
    assert mock.send("POST", path, f"debug=1&access_token={token}", body).errcode == 0
    most = "&".join(["x=1"] * 63)
    assert mock.send("POST", path, f"access_token={token}&{most}", body).errcode == 0
    answer = mock.send("POST", path, f"access_token={token}&{most}&x=1", body)
    assert (answer.errcode, answer.reason) == (40058, "request.query")


def test_the_token_is_looked_at_before_the_body(mock: Any) -> None:
    path = OPERATIONS["add_msg_template"].path
    assert mock.send("POST", path, b"access_token=bad", b"no json").errcode == 40014


@pytest.mark.parametrize(
    ("query", "errcode", "reason"),
    [
        ({"corpid": "wwother", "corpsecret": "demo"}, 40013, "corpid.unknown"),
        ({"corpid": "wwdemo", "corpsecret": "Demo"}, 40091, "secret.unknown"),
        ({"corpid": "wwother", "corpsecret": "wrong"}, 40013, "corpid.unknown"),
    ],
)
def test_gettoken_refuses_what_it_does_not_know(
    mock: Any, query: dict[str, str], errcode: int, reason: str
) -> None:
    answer = mock.call("gettoken", query)
    assert (answer.errcode, answer.reason) == (errcode, reason)
    assert "access_token" not in answer.body


@pytest.mark.parametrize(
    ("query", "rule"),
    [
        ("corpsecret=demo", "gettoken.corpid.required"),
        ("corpid=wwdemo", "gettoken.corpsecret.required"),
        ("corpid=&corpsecret=demo", "gettoken.corpid.empty"),
        ("corpid=wwdemo&corpsecret=", "gettoken.corpsecret.empty"),
        ("corpid=wwdemo&corpsecret=demo&corpSecret=demo", "gettoken.body.unknown-field"),
    ],
)
def test_gettoken_parameters_are_held_to_the_contract(mock: Any, query: str, rule: str) -> None:
    answer = mock.send("GET", "/cgi-bin/gettoken", query)
    assert answer.rule == rule
    assert answer.errcode in {40058, 41002, 41004}


def test_gettoken_wants_each_parameter_once(mock: Any) -> None:
    answer = mock.send("GET", "/cgi-bin/gettoken", "corpid=wwdemo&corpid=wwdemo&corpsecret=demo")
    assert (answer.errcode, answer.reason) == (40058, "request.query")


def test_the_code_for_a_bad_secret_is_a_setting() -> None:
    caller = Caller(State(settings=Settings(bad_secret_code=40001)))
    assert caller.call("gettoken", {**DEMO, "corpsecret": "no"}).errcode == 40001


def test_each_app_has_its_own_token(mock: Any) -> None:
    demo, sales = mock.token("demo"), mock.token("demo-sales")
    assert demo != sales
    assert mock.call("add_msg_template", TASK, token=demo).errcode == 0
    assert mock.call("add_msg_template", TASK, token=sales).errcode == 60011


@pytest.mark.parametrize("operation", [one for one in WITH_TOKEN if not OPERATIONS[one].parts])
def test_an_app_without_customer_contact_may_not_call(mock: Any, operation: str) -> None:
    answer = mock.call(operation, {}, token=mock.token("demo-hr"))
    assert (answer.errcode, answer.errmsg) == (48002, "api forbidden")


def test_tokens_can_be_revoked_early_for_one_app_or_all(mock: Any, state: State) -> None:
    demo, sales = mock.token("demo"), mock.token("demo-sales")
    assert state.revoke_tokens("sales") == 1
    assert mock.call("add_msg_template", TASK, token=sales).errcode == 40014
    assert mock.call("add_msg_template", TASK, token=demo).errcode == 0
    assert state.revoke_tokens() == 1
    assert mock.call("add_msg_template", TASK, token=demo).errcode == 40014
    assert mock.token("demo") != demo


def test_no_token_and_no_secret_shows_in_a_repr(mock: Any, state: State, clock: Any) -> None:
    token = mock.token("demo-sales")
    shown = repr(state) + repr(state.company) + repr(list(state.tokens.values()))
    assert token not in shown
    assert "demo-sales" not in shown
    assert "wwdemo" in shown
    request = Request("POST", "/cgi-bin/x", f"access_token={token}".encode(), b"private text")
    reply = handle(
        state, Request("GET", "/cgi-bin/gettoken", b"corpid=wwdemo&corpsecret=demo-sales"), clock()
    )
    assert repr(request) == "Request(method='POST', path='/cgi-bin/x', content_type='')"
    assert token.encode() in reply.body
    assert token not in repr(reply) + repr(mock.call("gettoken", {**DEMO, "corpsecret": "demo-sales"}))


def test_same_seed_same_bytes_other_seed_other_bytes() -> None:
    def run(seed: int) -> list[bytes]:
        caller = Caller(State(seed=seed), lambda: 1795320000.0)
        return [
            caller.call("gettoken", DEMO).content,
            caller.call("add_msg_template", TASK).content,
            caller.call("add_msg_template", {**TASK, "sender": "nobody"}).content,
            caller.call("add_msg_template", {}).content,
        ]

    assert run(1) == run(1)
    assert all(one != other for one, other in zip(run(1), run(2), strict=True))


def test_reset_forgets_tokens_tasks_and_quota(mock: Any, state: State) -> None:
    token = mock.token()
    first = mock.call("add_msg_template", TASK, token=token).body["msgid"]
    state.confirm(first, "zhangsan", 1795320000.0)
    state.fail_next("gettoken", -1)
    state.reset()
    assert mock.call("add_msg_template", TASK, token=token).errcode == 40014
    assert mock.call("gettoken", DEMO).errcode == 0
    assert (state.tasks, state.ledger.counts) == ({}, {})
