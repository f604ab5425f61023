"""Finds out by reading what became of the calls that the journal has no outcome of. It never sends one."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from functools import partial
from typing import NamedTuple

from wecom_contract import ENVELOPE
from wecom_openapi.journal.async_recording import AsyncRecorder, in_thread
from wecom_openapi.journal.entry import Entry, State
from wecom_openapi.journal.recording import BaseRecorder, Recorder, Scope, attempt_of
from wecom_openapi.journal.store import Journal
from wecom_openapi.reconciliation import Reconciliation

_STATES = {"sent": State.DONE, "not sent": State.NOT_SENT, "can't tell": State.UNKNOWN}


class Recovered(NamedTuple):
    """What `recover()` found out about one call."""

    entry: Entry
    """As it stands in the journal now."""
    reconciliation: Reconciliation


def unsettled(journal: Journal, scope: Scope) -> list[Entry]:
    """The calls of a client that nobody knows the outcome of and nobody is at work on, the oldest first.

    Left alone are calls that may still be running, and those whose content such a call has too: the task that it makes
    would be taken for theirs.
    """
    now = journal.now()
    found = journal.entries(account=scope.account, states=[State.OPEN, State.UNKNOWN])
    live = {entry.digest for entry in found if entry.is_live(now)}
    return [entry for entry in found if entry.server == scope.server and entry.digest not in live]


def known_tasks(journal: Journal, entry: Entry) -> frozenset[str]:
    """Tasks that other calls with the same content became."""
    same = journal.entries(account=entry.account, digest=entry.digest)
    return frozenset(other.msgid for other in same if other.id != entry.id and other.msgid is not None)


def write(journal: Journal, entry: Entry, found: Reconciliation) -> Recovered | None:
    """Write a verdict into the journal.

    Returns:
        None where somebody else was there before: another `recover()`, or the call itself.
    """
    answer = None
    if found.verdict == "sent":
        envelope = {ENVELOPE.code: ENVELOPE.ok, ENVELOPE.message: "ok", "msgid": found.msgid}
        answer = json.dumps(envelope).encode()
    state = _STATES[found.verdict]
    if not journal.conclude(entry, state, answer=answer, msgid=found.msgid, reason=found.reason):
        return None
    (now,) = journal.entries(account=entry.account, key=entry.key)
    return Recovered(now, found)


Reconcile = Callable[..., Reconciliation]
AsyncReconcile = Callable[..., Awaitable[Reconciliation]]


def recover(recorder: Recorder | None, reconcile: Reconcile) -> list[Recovered]:
    """What `WeCom.recover` does.

    Args:
        recorder: of the client.
        reconcile: `WeCom.reconcile`.
    """
    journal, scope = _of(recorder)
    done: list[Recovered] = []
    for entry in unsettled(journal, scope):
        found = reconcile(attempt_of(entry), known=known_tasks(journal, entry))
        written = write(journal, entry, found)
        if written is not None:
            done.append(written)
    return done


async def recover_async(recorder: AsyncRecorder | None, reconcile: AsyncReconcile) -> list[Recovered]:
    """`recover` without blocking."""
    journal, scope = _of(recorder)
    done: list[Recovered] = []
    for entry in await in_thread(lambda: unsettled(journal, scope)):
        known = await in_thread(partial(known_tasks, journal, entry))
        found = await reconcile(attempt_of(entry), known=known)
        written = await in_thread(partial(write, journal, entry, found))
        if written is not None:
            done.append(written)
    return done


def _of(recorder: BaseRecorder | None) -> tuple[Journal, Scope]:
    if recorder is None:
        raise ValueError(
            'recover: this client has no journal. Give it one: WeCom(corpid, corpsecret, journal="journal.db")'
        )
    return recorder.journal, recorder.scope
