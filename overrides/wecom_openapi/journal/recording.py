"""Sends calls that must not be made twice: each stands in the journal before it leaves, and its outcome after it."""

from __future__ import annotations

import hashlib
import json
import warnings
from collections.abc import Callable
from typing import Any, Final

import httpx
from attrs import frozen

from wecom_client.errors import InvalidData
from wecom_client.types import Response, Unset
from wecom_client.wire import ResponseT
from wecom_openapi import outcome
from wecom_openapi.call import Call
from wecom_openapi.deadline import Exchange
from wecom_openapi.envelope import decode
from wecom_openapi.errors import (
    InProgress,
    JournalError,
    JournalWarning,
    KeyReused,
    MalformedAnswer,
    OutcomeUnknown,
    RefusedError,
    WeComError,
)
from wecom_openapi.journal.beginning import Begun
from wecom_openapi.journal.entry import Entry, State
from wecom_openapi.journal.keys import digest
from wecom_openapi.journal.store import Journal
from wecom_openapi.reconciliation.attempt import Attempt
from wecom_openapi.redaction import mask

_LONGEST: Final = 500
"""Characters of a reason."""
_LONGEST_MSGID: Final = 255
# tell → Recorder.run → Driver.call → WeCom._call → the operation's method → the caller
_CALLER: Final = 6


@frozen
class Scope:
    """Whose calls they are: a key of one corp says nothing about those of another."""

    account: str
    """The corp."""
    server: str
    """The base URL."""


class BaseRecorder:
    """What both recorders share: all but sending and waiting.

    Args:
        journal: where they are written down.
        scope: whose calls they are.
        is_ours: whether the journal is closed with the client.
    """

    def __init__(self, journal: Journal, scope: Scope, is_ours: bool) -> None:
        self.journal = journal
        self.scope = scope
        self._is_ours = is_ours

    def close(self) -> None:
        """Close the journal, where nobody else has it."""
        if self._is_ours:
            self.journal.close()

    def _begin(self, call: Call[Any], exchange: Exchange) -> Begun:
        assert call.body is not None  # only operations with a body take a key
        key = call.options.key
        try:
            return self.journal.begin(
                account=self.scope.account,
                server=self.scope.server,
                operation=call.operation.id,
                body=call.body,
                digest=digest(call.operation.id, json.loads(call.body)),
                key=None if isinstance(key, Unset) else key,
                seconds=exchange.remaining,
            )
        except JournalError as exc:
            reason = str(exc)
        raise JournalError(f"{call.operation.id} was not sent: {reason}", operation=call.operation.id)

    def _settle(self, entry: Entry, ending: dict[str, Any]) -> str:
        """Write the outcome. The caller gets it in any case: it is the truth, written or not.

        Returns:
            What the caller is to be told; empty as a rule.
        """
        why = ""
        try:
            if not self.journal.settle(entry, **ending) and ending["state"] is not State.UNKNOWN:
                why = "somebody has deleted its entry, or has made the call anew"
        except JournalError as exc:
            why = f"{exc}. Its entry (key {entry.key!r}) stays open, and recover() settles it"
        if not why:
            return ""
        return (
            f"{entry.operation}: its outcome ({ending['state']}) could not be written into the journal: {why}"
        )

    def _standing(self, call: Call[ResponseT], begun: Begun) -> tuple[Response[ResponseT], str]:
        """What a call gets instead of being sent: the outcome of the one with the same key, and what its caller is to
        be told."""
        entry = begun.entry
        named = f"the journal {self.journal.name} has a call with the key {entry.key!r}"
        differs = ""
        if entry.server != self.scope.server:
            differs = f"that went to {entry.server}. Keep a journal for each server"
        elif entry.operation != call.operation.id:
            differs = f"that is {entry.operation}. Give each call a key of its own"
        elif entry.digest != digest(call.operation.id, json.loads(call.body or b"{}")):
            differs = "that has another body. Give each message a key of its own"
        if differs:
            raise KeyReused(
                f"{call.operation.id} was not sent: {named}, and {differs}", operation=call.operation.id
            )
        if entry.state is State.DONE:
            return _stored(call, entry, self.journal.name)
        if entry.is_live(begun.now):
            raise InProgress(
                f"{call.operation.id} was not sent: {named}, and that may still be running, here or in another "
                f"process; {entry.deadline - begun.now:.0f} s from now it has ended",
                operation=call.operation.id,
                reason="another call with the same key is on its way",
            )
        why = f" ({entry.reason})" if entry.reason else ""
        raise OutcomeUnknown(
            f"{call.operation.id} was not sent again: {named}, and nobody knows yet what became of it{why}. "
            "recover() finds out",
            operation=call.operation.id,
            reason=entry.reason or "its process ended in the midst of it",
            attempts=0,
            fingerprint=hashlib.sha256(entry.body).hexdigest(),
            attempt=attempt_of(entry),
        )


class Recorder(BaseRecorder):
    """Sends calls by way of a journal, blocking."""

    def run(
        self, call: Call[ResponseT], exchange: Exchange, send: Callable[[], Response[ResponseT]]
    ) -> Response[ResponseT]:
        """Send a call, unless another one with its key was sent.

        Args:
            call: what to send.
            exchange: its deadline has begun.
            send: sends it.

        Raises:
            KeyReused: the key stands for another request.
            InProgress: the other call with this key may still be running.
            OutcomeUnknown: nobody knows yet what became of the other call with this key; or of this one.
            JournalError: the journal can't be used. Nothing was sent.
            WeComError: what `send` raises.
        """
        begun = self._begin(call, exchange)
        if not begun.is_ours:
            response, notice = self._standing(call, begun)
            tell(notice)
            return response
        try:
            if exchange.expired:
                raise outcome.late(call, exchange)
            response = send()
        except BaseException as exc:
            tell(self._settle(begun.entry, failure(exc, exchange)))
            raise
        tell(self._settle(begun.entry, success(response)))
        return response


def attempt_of(entry: Entry, ahead: float = 0.0) -> Attempt:
    """What `WeCom.reconcile` needs to find out what became of an entry.

    Args:
        entry: the call.
        ahead: seconds that the journal's clock is ahead of this machine's.
    """
    ended = entry.ended if entry.ended is not None else entry.deadline
    since = entry.clock_set_since()
    if since is not None:
        ahead = since  # it tells more, and whatever somebody has set the clock to in between
    if not entry.started <= ended <= entry.deadline:
        ended = entry.deadline
    return Attempt(entry.operation, entry.data, entry.started - ahead, ended - ahead)


def success(response: Response[Any]) -> dict[str, Any]:
    """What is written of a call that was done."""
    msgid = getattr(response.parsed, "msgid", None)
    is_sane = isinstance(msgid, str) and len(msgid) <= _LONGEST_MSGID and msgid.isprintable()
    answer = mask(response.content.decode("utf-8-sig")).encode()
    return {"state": State.DONE, "answer": answer, "msgid": msgid if is_sane else None}


def failure(exc: BaseException, exchange: Exchange) -> dict[str, Any]:
    """What is written of a call that ended with an exception."""
    if not isinstance(exc, WeComError):
        state = State.UNKNOWN if exchange.may_have_effect else State.NOT_SENT
        return {"state": state, "reason": type(exc).__name__}
    reason = getattr(exc, "reason", "") or str(exc)
    return {
        "state": State(exc.outcome),
        "errcode": exc.errcode if isinstance(exc, RefusedError) else None,
        "reason": "".join(c if c.isprintable() else " " for c in mask(reason)[:_LONGEST]),
    }


def _stored(call: Call[ResponseT], entry: Entry, journal: str) -> tuple[Response[ResponseT], str]:
    content = entry.answer or b""
    try:
        parsed = call.operation.parse(decode(content))
    except (MalformedAnswer, InvalidData):
        pass
    else:
        notice = (
            f"{call.operation.id}: that the task {entry.msgid} exists was found out by reading, so whom it can't be "
            "sent to (fail_list) is not known"
        )
        return Response(httpx.codes.OK, content, httpx.Headers(), parsed), notice if entry.recovered else ""
    raise JournalError(
        f"{call.operation.id} was not sent: the journal {journal} says that it was before (key {entry.key!r}), and the "
        "answer that it has of it can't be read",
        operation=call.operation.id,
    )


def tell(notice: str) -> None:
    """Warn the caller, where there is something to say."""
    if notice:
        warnings.warn(notice, JournalWarning, stacklevel=_CALLER)
