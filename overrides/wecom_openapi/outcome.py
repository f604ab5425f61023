"""What a failed call means to its caller: nothing happened, nothing came back, or nobody knows."""

from __future__ import annotations

import hashlib
import json
import time
from typing import Any, Final

from wecom_client.wire import Operation
from wecom_contract import OPERATIONS
from wecom_openapi import faults
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
    Retry,
    WeComError,
)
from wecom_openapi.reconciliation.attempt import Attempt

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
    return _error(
        call, exchange, reason, faults.of_exception(exc, exchange, call.form), late=exchange.expired
    )


def late(call: Call[Any], exchange: Exchange) -> WeComError:
    """The error for a call that was cut off at its deadline."""
    return _error(call, exchange, "no answer in time", faults.of_deadline(exchange, call.form), late=True)


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
        **{**faults.stated(cause.fault), "retry": _retry(call, cause.fault)},
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
    return NotSent(text, operation=operation.id, reason=reason, **faults.stated("no-credential"))


def fingerprint(call: Call[Any]) -> str:
    """SHA-256 of the body, in hex; of an upload, of what describes it."""
    return hashlib.sha256(_sent(call)).hexdigest()


def attempt(call: Call[Any], exchange: Exchange) -> Attempt:
    """What was sent, and when: all that is needed to find out later what became of it."""
    sent = _sent(call)
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


def is_safe(call: Call[Any]) -> bool:
    """Whether a call may be made again though an earlier one may have had its effect."""
    return OPERATIONS[call.operation.id].repeat.safe


def _retry(call: Call[Any], fault: str) -> Retry:
    """Whether a call that may have had its effect may be made again."""
    retry: Retry = faults.stated(fault)["retry"]
    return retry if is_safe(call) else "never"


def _sent(call: Call[Any]) -> bytes:
    return call.body or (call.form.description if call.form is not None else b"")


def _look(call: Call[Any]) -> str:
    if call.form is not None:
        return _AGAIN
    if is_safe(call):
        return f"It is safe to repeat it: {OPERATIONS[call.operation.id].repeat.en.rstrip('.')}"
    return _LOOK


def _may_have_effect(call: Call[Any], exchange: Exchange) -> bool:
    return exchange.stage == "call" and faults.of_unsent(exchange, call.form) is None


def _error(call: Call[Any], exchange: Exchange, reason: str, fault: str, *, late: bool) -> WeComError:
    name = call.operation.id
    why = f"the deadline of {exchange.seconds:g} s passed ({reason})" if late else reason
    known: dict[str, Any] = {"operation": name, "reason": reason, **faults.stated(fault)}
    if not faults.may_have_effect(fault):
        doing = "asking for the access token" if exchange.stage == "token" else "connecting"
        if exchange.may_have_effect and call.form is not None:
            doing = "sending the file, of which a part has left"
        text = f"{name} was not sent: {why}, while {doing}. It is safe to repeat it"
        return (NotSentInTime if late else NotSent)(text, **known)
    if call.operation.effect == "read":
        text = f"{name} got no answer: {why}. It only reads, so it is safe to repeat it"
        return (NoAnswerInTime if late else NoAnswer)(text, **known)
    text = f"{name} was sent and got no answer: {why}. {_look(call)}"
    return (OutcomeUnknownInTime if late else OutcomeUnknown)(
        text,
        **{**known, "retry": _retry(call, fault)},
        fingerprint=fingerprint(call),
        attempt=attempt(call, exchange),
    )
