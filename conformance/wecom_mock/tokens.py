"""gettoken, and the token check of every other operation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .call import Call
from .company import App
from .refusal import Refusal
from .settings import Settings
from .state import State


def gettoken(call: Call) -> dict[str, Any]:
    """Hand out the app's token: the same one while it is valid, with the seconds that are left."""
    company, settings, limits = call.state.company, call.state.settings, call.state.faults.limits
    if call.now < limits.banned_until:
        raise Refusal("address.banned")
    if call.body["corpid"] != company.corpid:
        raise Refusal("corpid.unknown")
    app = company.app_with(call.body["corpsecret"])
    if app is None:
        limits.wrong_secret(settings.wrong_secrets_allowed, call.now)
        raise Refusal("secret.unknown", errcode=settings.bad_secret_code)
    limits.wrong_secrets = 0
    token, seconds = call.state.token_for(app, call.now)
    return {"access_token": token, "expires_in": seconds}


def bad_token(settings: Settings, reason: str) -> Refusal:
    """The answer to a token that is none: 40014, or the code that the table has for secrets."""
    if settings.bad_token_code == 40014:
        return Refusal(reason)
    return Refusal(reason, errcode=40001, errmsg="invalid credential, access_token is invalid or not latest")


def app_of(state: State, values: Sequence[str], now: float, *, customer_contact: bool = True) -> App:
    """Find the app whose token a request carries.

    Args:
        state: holds the tokens.
        values: all values of the query parameter ``access_token``.
        now: Unix time in seconds.
        customer_contact: whether the call is one of customer contact. Other calls are open to every app.

    Raises:
        Refusal: no token, several, an unknown or an expired one; an app without the right to these calls.
    """
    if not any(values):
        raise Refusal("token.missing")
    if len(values) > 1:
        raise bad_token(state.settings, "token.repeated")
    token = state.tokens.get(values[0])
    if token is None:
        raise bad_token(state.settings, "token.unknown")
    if now >= token.expires:
        raise Refusal("token.expired")
    if customer_contact and not token.app.customer_contact:
        raise Refusal("app.no-customer-contact")
    return token.app
