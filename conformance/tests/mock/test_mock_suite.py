"""Third-party apps: the suite's ticket and token, the corp's token, and what each may be used for."""

from __future__ import annotations

from typing import Any

import pytest

from wecom_contract import OPERATIONS, check_response
from wecom_mock import App, Authorisation, Settings, State, Suite, make_company
from wecom_mock.caller import Caller

DEMO = {"suite_id": "wwdemosuite", "suite_secret": "demo-suite", "suite_ticket": "demo-ticket"}
CORP = {"auth_corpid": "wwdemo", "permanent_code": "demo-permanent"}
TASK = {"sender": "zhangsan", "text": {"content": "hello"}}
GET_CORP_TOKEN = OPERATIONS["get_corp_token"].path


def test_the_way_to_a_corps_token(mock: Any) -> None:
    of_suite = mock.call("get_suite_token", DEMO)
    assert (of_suite.errcode, of_suite.body["expires_in"]) == (0, 7200)
    assert 100 < len(of_suite.body["suite_access_token"]) <= 512
    of_corp = mock.call("get_corp_token", CORP, token=of_suite.body["suite_access_token"])
    assert (of_corp.errcode, of_corp.body["expires_in"]) == (0, 7200)
    assert 100 < len(of_corp.body["access_token"]) <= 512
    assert mock.call("add_msg_template", TASK, token=of_corp.body["access_token"]).errcode == 0


def test_both_tokens_come_back_the_same_and_are_not_extended(mock: Any, clock: Any) -> None:
    first = mock.call("get_suite_token", DEMO).body
    clock.forward(100)
    token = first["suite_access_token"]
    corp = mock.call("get_corp_token", CORP, token=token).body
    clock.forward(7099)
    assert mock.call("get_suite_token", DEMO).body == {**first, "expires_in": 1}
    assert mock.call("get_corp_token", CORP, token=token).body == {**corp, "expires_in": 101}
    clock.forward(1)
    again = mock.call("get_suite_token", DEMO).body
    assert again["suite_access_token"] != token
    assert again["expires_in"] == 7200


@pytest.mark.parametrize(
    ("change", "errcode", "reason"),
    [
        ({"suite_id": "wwother"}, 40083, "suite.unknown"),
        ({"suite_secret": "Demo-suite"}, 40080, "suite-secret.unknown"),
        ({"suite_ticket": "demo-tickets"}, 40085, "suite-ticket.unknown"),
    ],
)
def test_get_suite_token_refuses_what_it_does_not_know(
    mock: Any, change: dict[str, str], errcode: int, reason: str
) -> None:
    answer = mock.call("get_suite_token", {**DEMO, **change})
    assert (answer.errcode, answer.reason) == (errcode, reason)
    assert "suite_access_token" not in answer.body


@pytest.mark.parametrize(
    ("change", "errcode", "reason"),
    [
        ({"auth_corpid": "wwother"}, 40013, "corpid.unknown"),
        ({"permanent_code": "demo"}, 40084, "permanent-code.unknown"),
    ],
)
def test_get_corp_token_refuses_what_it_does_not_know(
    mock: Any, change: dict[str, str], errcode: int, reason: str
) -> None:
    answer = mock.call("get_corp_token", {**CORP, **change})
    assert (answer.errcode, answer.reason) == (errcode, reason)


@pytest.mark.parametrize(
    ("query", "errcode", "reason"),
    [
        ("", 41022, "suite-token.missing"),
        ("suite_access_token=", 41022, "suite-token.missing"),
        ("access_token=x", 41022, "suite-token.missing"),
        ("suite_access_token=nonsense", 40082, "suite-token.unknown"),
        ("suite_access_token=a&suite_access_token=a", 40082, "suite-token.repeated"),
    ],
)
def test_get_corp_token_wants_one_good_token_of_a_suite(
    mock: Any, query: str, errcode: int, reason: str
) -> None:
    answer = mock.send("POST", GET_CORP_TOKEN, query, b"no json")
    assert (answer.errcode, answer.reason) == (errcode, reason)


def test_a_suites_token_works_until_its_last_second(mock: Any, clock: Any) -> None:
    token = mock.suite_token()
    clock.forward(7199.9)
    assert mock.call("get_corp_token", CORP, token=token).errcode == 0
    clock.forward(0.1)
    answer = mock.call("get_corp_token", CORP, token=token)
    assert (answer.errcode, answer.reason) == (42009, "suite-token.expired")


def test_one_kind_of_token_is_no_good_for_the_other(mock: Any) -> None:
    assert mock.call("get_corp_token", CORP, token=mock.token()).errcode == 40082
    assert mock.call("add_msg_template", TASK, token=mock.suite_token()).errcode == 40014


def test_a_pushed_ticket_takes_the_place_of_the_first_and_is_good_for_half_an_hour(
    mock: Any, state: State, clock: Any
) -> None:
    pushed = state.push_ticket("wwdemosuite", clock())
    assert mock.call("get_suite_token", DEMO).reason == "suite-ticket.unknown"
    body = {**DEMO, "suite_ticket": pushed}
    assert mock.call("get_suite_token", body).errcode == 0
    clock.forward(600)
    assert state.push_ticket("wwdemosuite", clock(), "chosen") == "chosen"
    clock.forward(1199)
    assert mock.call("get_suite_token", body).errcode == 0
    clock.forward(1)
    answer = mock.call("get_suite_token", body)
    assert (answer.errcode, answer.reason) == (40085, "suite-ticket.expired")
    assert mock.call("get_suite_token", {**body, "suite_ticket": "chosen"}).errcode == 0


def test_how_long_a_ticket_is_good_is_a_setting() -> None:
    state = State(settings=Settings(ticket_seconds=10))
    body = {**DEMO, "suite_ticket": state.push_ticket("wwdemosuite", 1000.0)}
    assert Caller(state, lambda: 1009.9).call("get_suite_token", body).errcode == 0
    assert Caller(state, lambda: 1010.0).call("get_suite_token", body).errcode == 40085


def test_nobody_can_push_to_a_suite_that_is_not_there(state: State) -> None:
    with pytest.raises(LookupError, match="no suite wwother"):
        state.push_ticket("wwother", 0.0)


def test_without_a_ticket_there_is_no_token() -> None:
    company = make_company(
        corpid="ww1", apps=[App(name="a", secret="a")], suites=[Suite(suite_id="s", secret="x")]
    )
    caller = Caller(State(company), lambda: 0.0)
    body = {"suite_id": "s", "suite_secret": "x", "suite_ticket": "None"}
    assert caller.call("get_suite_token", body).errcode == 40085
    body["suite_ticket"] = caller.state.push_ticket("s", 0.0)
    assert caller.call("get_suite_token", body).errcode == 0


def test_tokens_can_be_revoked_early(mock: Any, state: State) -> None:
    suite = mock.suite_token()
    corp = mock.call("get_corp_token", CORP, token=suite).body["access_token"]
    own = mock.token()
    assert state.revoke_suite_tokens("wwother") == 0
    assert state.revoke_suite_tokens("wwdemosuite") == 1
    assert mock.call("get_corp_token", CORP, token=suite).errcode == 40082
    assert mock.call("add_msg_template", TASK, token=corp).errcode == 0
    assert state.revoke_tokens("wwdemosuite in wwdemo") == 1
    assert mock.call("add_msg_template", TASK, token=corp).errcode == 40014
    assert mock.call("add_msg_template", TASK, token=own).errcode == 0
    mock.suite_token()
    assert state.revoke_suite_tokens() == 1


RIGHTS = make_company(
    corpid="ww1",
    apps=[App(name="a", secret="a")],
    members=["zhangsan", "lisi"],
    suites=[
        Suite(
            suite_id="s",
            secret="x",
            ticket="t",
            corps={
                "ww1": Authorisation(corpid="ww1", permanent_code="p1", visible=frozenset({"lisi"})),
                "ww2": Authorisation(corpid="ww2", permanent_code="p2"),
                "ww3": Authorisation(corpid="ww3", permanent_code="p3", customer_contact=False),
            },
        ),
        Suite(
            suite_id="s2",
            secret="y",
            ticket="t",
            corps={"ww1": Authorisation(corpid="ww1", permanent_code="p4")},
        ),
    ],
)


@pytest.mark.parametrize(
    ("suite", "corp", "code", "errcode"),
    [
        ("s", "ww1", "p1", 60011),
        ("s2", "ww1", "p4", 41048),  # sees zhangsan, who has no customers
        ("s", "ww2", "p2", 60011),  # of another corp nothing is known
        ("s", "ww3", "p3", 48002),
    ],
)
def test_a_corps_token_has_the_rights_of_its_app_alone(
    suite: str, corp: str, code: str, errcode: int
) -> None:
    caller = Caller(State(RIGHTS), lambda: 0.0)
    body = {"auth_corpid": corp, "permanent_code": code}
    answer = caller.call("get_corp_token", body, token=caller.suite_token(suite))
    assert answer.errcode == 0
    assert caller.call("add_msg_template", TASK, token=answer.body["access_token"]).errcode == errcode


def test_a_suite_gets_no_token_for_the_authorisation_of_another() -> None:
    caller = Caller(State(RIGHTS), lambda: 0.0)
    body = {"auth_corpid": "ww1", "permanent_code": "p1"}
    assert caller.call("get_corp_token", body, token=caller.suite_token("s2")).errcode == 40084


def test_each_corp_of_a_suite_has_its_own_token() -> None:
    caller = Caller(State(RIGHTS), lambda: 0.0)
    suite = caller.suite_token("s")
    tokens = {
        caller.call("get_corp_token", {"auth_corpid": corp, "permanent_code": code}, token=suite).body[
            "access_token"
        ]
        for corp, code in (("ww1", "p1"), ("ww2", "p2"), ("ww3", "p3"))
    }
    assert len(tokens) == 3


def test_an_app_developed_on_a_corps_behalf_asks_gettoken_with_its_permanent_code() -> None:
    company = make_company(corpid="ww1", apps=[App(name="on behalf", secret="permanent")])
    body = {"corpid": "ww1", "corpsecret": "permanent"}
    assert Caller(State(company)).call("gettoken", body).errcode == 0


@pytest.mark.parametrize("bare", [False, True])
def test_whether_a_success_has_an_errcode_is_a_setting(bare: bool) -> None:
    caller = Caller(State(settings=Settings(bare_success=bare)))
    suite = caller.call("get_suite_token", DEMO)
    corp = caller.call("get_corp_token", CORP, token=suite.body["suite_access_token"])
    for operation, answer in (("get_suite_token", suite), ("get_corp_token", corp)):
        assert ("errcode" not in answer.body) is ("errmsg" not in answer.body) is bare
        assert check_response(operation, dict(answer.body)) == []
    # A refusal says so in any case, and so does every other operation.
    assert caller.call("get_suite_token", {**DEMO, "suite_ticket": "no"}).errcode == 40085
    assert caller.call("gettoken", {"corpid": "wwdemo", "corpsecret": "demo"}).errcode == 0


def test_no_secret_shows_in_a_repr(mock: Any, state: State, clock: Any) -> None:
    token = mock.suite_token()
    corp = mock.call("get_corp_token", CORP, token=token)
    pushed = state.push_ticket("wwdemosuite", clock())
    shown = repr([state, state.company, state.suites, list(state.suites.tokens.values()), corp])
    for secret in (token, pushed, "demo-suite", "demo-ticket", "demo-permanent", corp.body["access_token"]):
        assert secret not in shown
    assert "wwdemosuite" in shown


def test_reset_forgets_tickets_and_tokens(mock: Any, state: State, clock: Any) -> None:
    token = mock.suite_token()
    state.push_ticket("wwdemosuite", clock())
    state.reset()
    assert mock.call("get_corp_token", CORP, token=token).errcode == 40082
    assert mock.call("get_suite_token", DEMO).errcode == 0


def test_same_seed_same_bytes_other_seed_other_bytes() -> None:
    def run(seed: int) -> list[bytes]:
        caller = Caller(State(seed=seed), lambda: 1795320000.0)
        return [caller.call("get_suite_token", DEMO).content, caller.call("get_corp_token", CORP).content]

    assert run(1) == run(1)
    assert all(one != other for one, other in zip(run(1), run(2), strict=True))
