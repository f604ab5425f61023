"""Finds out by reading what became of the calls that the journal has no outcome of. It never sends one."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any, Final, NamedTuple

from attrs import frozen

from wecom_openapi.journal.async_recording import AsyncRecorder, in_thread
from wecom_openapi.journal.entry import Entry, State
from wecom_openapi.journal.keys import digest
from wecom_openapi.journal.recording import BaseRecorder, Recorder, Scope, attempt_of
from wecom_openapi.journal.statements import tasks
from wecom_openapi.journal.store import Journal
from wecom_openapi.reconciliation.attempt import Attempt, Reconciliation

_STATES: Final = {"sent": State.DONE, "not sent": State.NOT_SENT, "can't tell": State.UNKNOWN}
_UNSETTLED: Final = (State.OPEN, State.UNKNOWN)
_DAY: Final = 24 * 3600.0
_AUDIENCE: Final = ("external_userid", "chat_id_list")
_CHOICE: Final = (*_AUDIENCE, "sender", "tag_filter")
"""Fields that say who gets a message."""


class Recovered(NamedTuple):
    """What `recover()` found out about one call."""

    entry: Entry
    """As it stands in the journal now."""
    reconciliation: Reconciliation


@frozen
class Open:
    """A call to look into."""

    entry: Entry
    attempt: Attempt
    known: frozenset[str] | None
    """Tasks that other calls became; None where there may be some that nobody knows."""


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
        one = look(journal, entry)
        written = write(journal, entry, reconcile(one.attempt, known=one.known))
        if written is not None:
            done.append(written)
    return done


async def recover_async(recorder: AsyncRecorder | None, reconcile: AsyncReconcile) -> list[Recovered]:
    """`recover` without blocking."""
    journal, scope = _of(recorder)
    done: list[Recovered] = []
    for entry in await in_thread(partial(unsettled, journal, scope)):
        one = await in_thread(partial(look, journal, entry))
        found = await reconcile(one.attempt, known=one.known)
        written = await in_thread(partial(write, journal, entry, found))
        if written is not None:
            done.append(written)
    return done


def unsettled(journal: Journal, scope: Scope) -> list[Entry]:
    """The calls of a client that nobody knows the outcome of and nobody is at work on, the oldest first.

    Left alone are calls that may still be running, and those whose content such a call has too: the task that it makes
    would be taken for theirs.
    """
    now = journal.now()
    found = journal.entries(account=scope.account, states=_UNSETTLED)
    live = {entry.digest for entry in found if entry.is_live(now)}
    return [entry for entry in found if entry.server == scope.server and entry.digest not in live]


def look(journal: Journal, entry: Entry) -> Open:
    """What is needed to find out about one call: when it was, and which tasks are other calls'."""
    attempt = attempt_of(entry, ahead=journal.now() - time.time())
    unknown = journal.entries(account=entry.account, states=_UNSETTLED)
    if any(other.id != entry.id and _may_be_confused(entry.data, other.data) for other in unknown):
        return Open(entry, attempt, None)
    with journal.reading() as connection:
        return Open(entry, attempt, tasks(connection, entry.account, entry.started - _DAY))


def _may_be_confused(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether a task of one message may look like a task of the other: the same content, for some of the same."""
    contents = {
        digest("", {name: value for name, value in body.items() if name not in _CHOICE})
        for body in (one, other)
    }
    if len(contents) > 1:
        return False
    for field in _AUDIENCE:
        both = (one.get(field), other.get(field))
        if all(both) and not set(both[0] or ()) & set(both[1] or ()):
            return False
    return True


def write(journal: Journal, entry: Entry, found: Reconciliation) -> Recovered | None:
    """Write a verdict into the journal.

    Returns:
        None where the call has an outcome by now: of another `recover()`, or its own.
    """
    if not _write(journal, entry, found):
        found = Reconciliation(
            "can't tell",
            None,
            found.candidates,
            f"task {found.msgid} is the only one like it, and is another call's",
        )
        if not _write(journal, entry, found):
            return None
    (now,) = journal.entries(account=entry.account, key=entry.key)
    return Recovered(now, found)


def _write(journal: Journal, entry: Entry, found: Reconciliation) -> bool:
    return journal.conclude(entry, _STATES[found.verdict], msgid=found.msgid, reason=found.reason)


def _of(recorder: BaseRecorder | None) -> tuple[Journal, Scope]:
    if recorder is None:
        raise ValueError(
            'recover: this client has no journal. Give it one: WeCom(corpid, corpsecret, journal="journal.db")'
        )
    return recorder.journal, recorder.scope
