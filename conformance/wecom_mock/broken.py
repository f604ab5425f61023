"""Answers that are wrong on purpose, and calls that a fault stands in the way of."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from attrs import evolve

from wecom_contract import ENVELOPE

from . import wire
from .faults import Fault
from .limits import BAN_SECONDS, HOUR, MINUTE
from .refusal import Refusal
from .wire import Reply

if TYPE_CHECKING:
    from .state import State

_GIANT = 16 * 1024 * 1024
_WARNING = "ok, warning: some recipients may be limited"
_IDS = ("msgid", "jobid", "template_id", "media_id", "url")
_TITLES = {502: "Bad Gateway", 200: "Maintenance"}


def meet_request(state: State, fault: Fault, answer: Callable[[], Reply], now: float) -> Reply:
    """Answer a request that a fault of the stage ``request`` befalls.

    Args:
        state: the mocked company.
        fault: the fault.
        answer: makes the answer that there would be without it, effects included.
        now: Unix time in seconds.
    """
    state.faults.use(fault)
    match fault.kind:
        case "ip-ban":
            state.faults.limits.banned_until = now + BAN_SECONDS
            return answer()
        case "reset-before":
            return Reply(502, (), b"", fault)
        case "silence" | "html-502" | "html-200":
            if fault.takes_effect:
                answer()
            if fault.kind == "silence":
                return Reply(504, (), b"", fault)
            status = 502 if fault.kind == "html-502" else 200
            return _marked(wire.page(status, _TITLES[status]), fault)
        case "reset-after" | "slow" | "truncate":
            # It is the door that breaks the answer.
            return evolve(answer(), fault=fault)
        case _:
            return _marked(_spoiled(answer(), fault), fault)


def meet_success(state: State, fault: Fault, reply: Reply) -> Reply:
    """Spoil an answer with errcode 0; any other stays as it is."""
    body = _json(reply)
    if not body or body.get(ENVELOPE.code, ENVELOPE.ok) != ENVELOPE.ok:
        return reply
    if fault.kind == "no-msgid":
        named = next((name for name in _IDS if name in body), None)
        if named is None:
            return reply
        del body[named]
    else:
        body[ENVELOPE.message] = _WARNING if fault.errmsg is None else fault.errmsg
    state.faults.use(fault)
    return _marked(_with_body(reply, _dump(body)), fault)


def meet_valid(state: State, fault: Fault, token: str | None) -> None:
    """Refuse a call that would be accepted.

    Args:
        state: the mocked company.
        fault: a fault of the stage ``valid``.
        token: the token that came with the call.

    Raises:
        Refusal: what the call gets instead.
    """
    if fault.kind == "token-dead":
        if token is None:
            return
        state.faults.use(fault)
        is_suite = state.suites.tokens.pop(token, None) is not None
        state.tokens.pop(token, None)
        raise Refusal("suite-token.unknown" if is_suite else "token.unknown")
    state.faults.use(fault)
    raise Refusal("injected", errcode=-1 if fault.errcode is None else fault.errcode, errmsg=fault.errmsg)


def check_frequency(state: State, operation: str, now: float) -> None:
    """Count a call of an operation.

    Raises:
        Refusal: 45009, one call too many within a window.
    """
    settings = state.settings
    faults = state.faults.frequency(operation)
    if not faults and not settings.counts_calls:
        return
    limits = state.faults.limits
    over = False
    for name, count, seconds in (
        (operation, settings.calls_per_minute, MINUTE),
        (operation, settings.calls_per_hour, HOUR),
        ("", settings.calls_per_minute_of_address, MINUTE),
        ("", settings.calls_per_hour_of_address, HOUR),
    ):
        if count is not None:
            # Every window counts, also where another one refuses already.
            over |= limits.over((name, int(seconds)), count, seconds, now)
    for fault in faults:
        key = ("fault", fault.number, operation)
        if limits.over(key, fault.limit or 0, MINUTE if fault.seconds is None else fault.seconds, now):
            fault.fired += 1
            over = True
    if over:
        raise Refusal("frequency.too-often")


def _spoiled(reply: Reply, fault: Fault) -> Reply:
    if fault.kind == "content-type":
        kind = "text/plain" if fault.content_type is None else fault.content_type
        others = tuple(one for one in reply.headers if one[0] != "Content-Type")
        return evolve(reply, headers=(*others, ("Content-Type", kind)))
    if fault.kind == "oversized":
        size = _GIANT if fault.size is None else fault.size
        return _with_body(reply, reply.body.ljust(size, b" "))
    body = _json(reply)
    if body is None:
        return reply
    code = body.get(ENVELOPE.code, ENVELOPE.ok)
    if fault.kind == "errcode-text":
        return _with_body(reply, _dump({**body, ENVELOPE.code: str(code)}))
    if fault.kind == "duplicate-keys":
        # The first one says the opposite of the second.
        twin = b'{"%s":%d,' % (ENVELOPE.code.encode(), -1 if code == ENVELOPE.ok else ENVELOPE.ok)
        return _with_body(reply, twin + _dump({ENVELOPE.code: code, **body})[1:])
    text = _dump({**body, ENVELOPE.message: "\x00"})
    return _with_body(reply, text.replace(b"\\u0000", b"\xff\xfe\xc3(", 1))


def _json(reply: Reply) -> dict[str, Any] | None:
    if dict(reply.headers).get("Content-Type", "").startswith("application/json"):
        body: dict[str, Any] = json.loads(reply.body)
        return body
    return None


def _dump(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _with_body(reply: Reply, body: bytes) -> Reply:
    headers = tuple(
        (name, str(len(body)) if name == "Content-Length" else value) for name, value in reply.headers
    )
    return evolve(reply, body=body, headers=headers)


def _marked(reply: Reply, fault: Fault) -> Reply:
    return evolve(reply, headers=(*reply.headers, ("X-Mock-Fault", fault.kind)))
