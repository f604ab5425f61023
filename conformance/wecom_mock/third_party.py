"""get_suite_token and get_corp_token: how a third-party app comes to the token of a corp."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .call import Call
from .company import App, Suite
from .refusal import Refusal
from .state import TOKEN_CHARS, TOKEN_SECONDS, State
from .suite import SuiteToken

SUITE_TOKEN = "suite_access_token"  # noqa: S105 - the name of the parameter


def get_suite_token(call: Call) -> dict[str, Any]:
    """Hand out the suite's token: the same one while it is valid, with the seconds that are left."""
    state, body = call.state, call.body
    suite = state.company.suites.get(body["suite_id"])
    if suite is None:
        raise Refusal("suite.unknown")
    if body["suite_secret"] != suite.secret:
        raise Refusal("suite-secret.unknown")
    _check_ticket(state, suite, body["suite_ticket"], call.now)
    held = state.suites.current(suite.suite_id, call.now, TOKEN_SECONDS)
    if held is None:
        value = state.mint("suite-token", TOKEN_CHARS)
        state.suites.tokens[value] = SuiteToken(value, suite.suite_id, call.now + TOKEN_SECONDS)
        held = value, TOKEN_SECONDS
    return {SUITE_TOKEN: held[0], "expires_in": held[1]}


def _check_ticket(state: State, suite: Suite, ticket: str, now: float) -> None:
    pushed = state.suites.tickets.get(suite.suite_id, {})
    if not pushed and ticket == suite.ticket:
        return
    if ticket not in pushed:
        raise Refusal("suite-ticket.unknown")
    if now >= pushed[ticket]:
        raise Refusal("suite-ticket.expired")


def suite_of(state: State, values: Sequence[str], now: float) -> Suite:
    """Find the suite whose token a request carries.

    Args:
        state: holds the tokens.
        values: all values of the query parameter ``suite_access_token``.
        now: Unix time in seconds.

    Raises:
        Refusal: no token, several, an unknown or an expired one.
    """
    if not any(values):
        raise Refusal("suite-token.missing")
    if len(values) > 1:
        raise Refusal("suite-token.repeated")
    token = state.suites.tokens.get(values[0])
    if token is None:
        raise Refusal("suite-token.unknown")
    if now >= token.expires:
        raise Refusal("suite-token.expired")
    return state.company.suites[token.suite_id]


def get_corp_token(call: Call) -> dict[str, Any]:
    """Hand out the token of the suite within a corp, which has the rights that the corp gave to it."""
    suite, body = call.suite, call.body
    assert suite is not None
    given = suite.corps.get(body["auth_corpid"])
    if given is None:
        raise Refusal("corpid.unknown")
    if body["permanent_code"] != given.permanent_code:
        raise Refusal("permanent-code.unknown")
    home = given.corpid == call.state.company.corpid
    app = App(
        name=f"{suite.suite_id} in {given.corpid}",
        # Tokens are told apart by the secret, and a code alone may be that of another app.
        secret="\0".join((suite.suite_id, given.corpid, given.permanent_code)),
        visible=given.visible if home else frozenset(),
        customer_contact=given.customer_contact,
    )
    token, seconds = call.state.token_for(app, call.now)
    return {"access_token": token, "expires_in": seconds}
