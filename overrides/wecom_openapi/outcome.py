"""What a failed call means to its caller: nothing happened, nothing came back, or nobody knows."""

from __future__ import annotations

import hashlib
import json
import time
from typing import Any, Final

import httpx

from wecom_client.wire import Operation
from wecom_openapi.answers import broken
from wecom_openapi.call import Call
from wecom_openapi.deadline import Exchange
from wecom_openapi.errors import (
    MalformedAnswer,
    NoAnswer,
    NoAnswerInTime,
    NotSent,
    NotSentInTime,
    Outcome,
    OutcomeUnknown,
    OutcomeUnknownInTime,
    WeComError,
)
from wecom_openapi.reconciliation import Attempt

# Raised before a connection is there, so the request can't have left.
_BEFORE: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
    httpx.InvalidURL,
)

_LOOK: Final = "Do not send it again: read the list of tasks or look into the admin console, then decide"

_AGAIN: Final = "Sending the file again does no harm but to the quota: the first one stays unused"


def failed(call: Call[Any], exchange: Exchange, exc: Exception) -> WeComError:
    """The error for an exception of the transport.

    Args:
        call: what was being done.
        exchange: how far it came.
        exc: what the transport raised, with its text free of secrets.
    """
    text = str(exc)
    reason = f"{type(exc).__name__}: {text}" if text else type(exc).__name__
    left = _may_have_effect(call, exchange) and not isinstance(exc, _BEFORE)
    return _error(call, exchange, reason, left, late=exchange.expired)


def late(call: Call[Any], exchange: Exchange) -> WeComError:
    """The error for a call that was cut off at its deadline."""
    return _error(call, exchange, "no answer in time", _may_have_effect(call, exchange), late=True)


def unreadable(
    call: Call[Any], exchange: Exchange, cause: MalformedAnswer, status: int | None = None
) -> WeComError:
    """The error for an answer that can't be read: for a write its outcome is unknown."""
    error = broken(call.operation.id, cause, status=status, violations=cause.violations, answer=cause.answer)
    if call.operation.effect == "read":
        return error
    unknown = OutcomeUnknown(
        f"{call.operation.id} was sent, and its answer can't be read: {cause.reason}. {_look(call)}",
        operation=call.operation.id,
        reason=cause.reason,
        fingerprint=fingerprint(call),
        answer=cause.answer,
        attempt=attempt(call, exchange),
    )
    unknown.__cause__ = error
    return unknown


def without_token(operation: Operation[Any]) -> NotSent:
    """The error for a call that needs a token of a kind that its client doesn't have."""
    reason = f"it needs a {operation.auth}, and this client has none"
    text = f"{operation.id} was not sent: {reason}. Build the client with for_suite"
    return NotSent(text, operation=operation.id, reason=reason)


def fingerprint(call: Call[Any]) -> str:
    """SHA-256 of the body, in hex; of an upload, of what describes it."""
    description = call.form.description if call.form is not None else b""
    return hashlib.sha256(call.body or description).hexdigest()


def attempt(call: Call[Any], exchange: Exchange) -> Attempt:
    """What was sent, and when: all that is needed to find out later what became of it."""
    sent = call.body if call.form is None else call.form.description
    body = {**(call.query or {}), **(json.loads(sent) if sent else {})}
    return Attempt(call.operation.id, body, exchange.started, time.time())


def annotate(exc: BaseException, call: Call[Any], exchange: Exchange) -> None:
    """Complete an exception that passes through: one of the token flow's, or a cancellation."""
    if isinstance(exc, WeComError):
        if exc.operation is None:
            exc.operation = call.operation.id
        if exc.operation != call.operation.id:
            exc.outcome = Outcome.NOT_SENT  # it is about the token, without which the call couldn't leave
    elif call.operation.effect == "write" and _may_have_effect(call, exchange):
        left = f"{call.operation.id} had already left (body sha256 {fingerprint(call)})"
        exc.add_note(f"{left}: its outcome is unknown. {_look(call)}.")


def _look(call: Call[Any]) -> str:
    return _LOOK if call.form is None else _AGAIN


def _may_have_effect(call: Call[Any], exchange: Exchange) -> bool:
    """A form that lacks its last byte can't have been read: its length was told before it."""
    return exchange.may_have_effect and (call.form is None or call.form.whole)


def _error(call: Call[Any], exchange: Exchange, reason: str, left: bool, *, late: bool) -> WeComError:
    name = call.operation.id
    why = f"the deadline of {exchange.seconds:g} s passed ({reason})" if late else reason
    if not left:
        doing = "asking for the access token" if exchange.stage == "token" else "connecting"
        if exchange.may_have_effect and call.form is not None:
            doing = "sending the file, of which a part has left"
        text = f"{name} was not sent: {why}, while {doing}. It is safe to repeat it"
        return (NotSentInTime if late else NotSent)(text, operation=name, reason=reason)
    if call.operation.effect == "read":
        text = f"{name} got no answer: {why}. It only reads, so it is safe to repeat it"
        return (NoAnswerInTime if late else NoAnswer)(text, operation=name, reason=reason)
    text = f"{name} was sent and got no answer: {why}. {_look(call)}"
    return (OutcomeUnknownInTime if late else OutcomeUnknown)(
        text,
        operation=name,
        reason=reason,
        fingerprint=fingerprint(call),
        attempt=attempt(call, exchange),
    )
