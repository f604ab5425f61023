"""All that changes while the mock runs: tokens, tasks, quota; and what a test may do to it."""

from __future__ import annotations

import base64
import hashlib
import math
import threading
from collections.abc import Callable, MutableMapping
from contextlib import AbstractContextManager
from typing import Any

from attrs import Factory, define, field

from .calls import CallLog
from .clock import Clock
from .company import App, Company
from .demo import demo_company
from .faults import Fault, Faults
from .media import MediaStore
from .moment_store import Moments
from .people import People
from .quota import Ledger
from .script import Script
from .settings import Settings
from .suite import SuiteTokens
from .tasks import Tasks, TaskStore
from .welcome_store import WelcomeStore

TOKEN_SECONDS = 7200
#: Real tokens have about 400 characters, and 512 bytes are to be kept ready for one.
TOKEN_CHARS = 400
TICKET_CHARS = 64
_MSGID_CHARS = 29


@define
class Token:
    """An access token: whose it is and until when (Unix seconds)."""

    value: str = field(repr=False)
    app: App
    expires: float


@define(eq=False)
class State(People):
    """One mocked company with its tokens and tasks.

    Args:
        company: the company; the built-in one by default.
        settings: see :class:`~wecom_mock.settings.Settings`.
        seed: tokens, msgids and hints follow from it, so two runs of the same calls give the same bytes.

    ``calls`` is the log of what was asked and answered. ``answering`` answers every request in the place of the
    mock where it is set: a recorded session, for one. ``admin_hosts`` are names of this server by which its console and
    admin API may be reached besides those of the loopback interface: that of a service in a compose file, for one.

    Every method may be called while a server thread answers requests.
    """

    company: Company = field(factory=demo_company)
    settings: Settings = field(factory=Settings)
    seed: int = 0
    tokens: MutableMapping[str, Token] = field(factory=dict, init=False, repr=False)
    tasks: TaskStore = field(factory=Tasks, init=False)
    moments: Moments = field(factory=Moments, init=False)
    ledger: Ledger = field(factory=Ledger, init=False, repr=False)
    welcome: WelcomeStore = field(factory=WelcomeStore, init=False, repr=False)
    suites: SuiteTokens = field(factory=SuiteTokens, init=False, repr=False)
    media: MediaStore = field(factory=MediaStore, init=False, repr=False)
    admin_hosts: frozenset[str] = field(default=frozenset(), init=False)
    clock: Clock | None = field(default=None, init=False, repr=False)
    faults: Faults = field(
        default=Factory(lambda self: Faults(self.seed), takes_self=True), init=False, repr=False
    )
    script: Script = field(factory=Script, init=False, repr=False)
    calls: CallLog = field(factory=CallLog, init=False, repr=False)
    # A request and a moment in, a reply out; their types are told by a module that needs this one.
    answering: Callable[[Any, float], Any] | None = field(default=None, init=False, repr=False)
    lock: AbstractContextManager[Any, bool | None] = field(factory=threading.RLock, init=False, repr=False)
    _minted: MutableMapping[str, int] = field(factory=dict, init=False, repr=False)

    def take_clock(self, clock: Callable[[], float]) -> None:
        """Remember the clock of a door, so that it can be moved from outside; one that can't be is not kept."""
        if isinstance(clock, Clock):
            self.clock = clock

    def digest(self, *parts: object) -> bytes:
        """32 bytes that follow from the seed and the parts."""
        text = "\0".join(["wecom-mock", str(self.seed), self.company.corpid, *map(str, parts)])
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()

    def next_number(self, kind: str) -> int:
        """1, 2, 3 … for each kind of thing."""
        number = self._minted[kind] = self._minted.get(kind, 0) + 1
        return number

    def mint(self, kind: str, characters: int) -> str:
        """A new base64url text of that many characters."""
        number = self.next_number(kind)
        raw = self.digest(kind, number, 0)
        for block in range(1, characters * 6 // 256 + 1):
            raw += self.digest(kind, number, block)
        return base64.urlsafe_b64encode(raw)[:characters].decode("ascii")

    def new_msgid(self) -> str:
        """A new task id, 32 characters."""
        return "msg" + self.mint("msgid", _MSGID_CHARS)

    def new_moment_id(self) -> str:
        """A new id of a moment, 32 characters."""
        return "mom" + self.mint("moment_id", _MSGID_CHARS)

    def token_for(self, app: App, now: float) -> tuple[str, int]:
        """The token of an app and the seconds left; within its validity always the same one, not extended."""
        with self.lock:
            for token in self.tokens.values():
                if token.app.secret == app.secret and now < token.expires:
                    return token.value, min(TOKEN_SECONDS, math.ceil(token.expires - now))
            # Expired ones stay in the table, since they get another answer than unknown ones.
            value = self.mint("token", TOKEN_CHARS)
            self.tokens[value] = Token(value, app, now + TOKEN_SECONDS)
            return value, TOKEN_SECONDS

    def revoke_tokens(self, app: str | None = None) -> int:
        """Make tokens invalid before their time (the next use gives 40014).

        Args:
            app: name of the app; every app when absent.

        Returns:
            How many tokens it were.
        """
        with self.lock:
            gone = [value for value, token in self.tokens.items() if app is None or token.app.name == app]
            for value in gone:
                del self.tokens[value]
            return len(gone)

    def push_ticket(self, suite_id: str, now: float, ticket: str | None = None) -> str:
        """Do what WeCom does about every ten minutes: give a suite a new suite_ticket.

        Earlier ones that were pushed stay good until their time is over (``Settings.ticket_seconds``).

        Args:
            suite_id: the suite.
            now: Unix time in seconds.
            ticket: the ticket; a new one when absent.

        Returns:
            The ticket.

        Raises:
            LookupError: no such suite.
        """
        with self.lock:
            if suite_id not in self.company.suites:
                raise LookupError(f"no suite {suite_id}")
            pushed = self.mint("ticket", TICKET_CHARS) if ticket is None else ticket
            self.suites.push(suite_id, pushed, now + self.settings.ticket_seconds)
            return pushed

    def revoke_suite_tokens(self, suite_id: str | None = None) -> int:
        """Make the tokens of suites invalid before their time (the next use gives 40082).

        Args:
            suite_id: the suite; every suite when absent.

        Returns:
            How many tokens it were.
        """
        with self.lock:
            return self.suites.revoke(suite_id)

    def fail_next(self, operation: str, errcode: int, errmsg: str | None = None, *, times: int = 1) -> None:
        """Answer the next valid calls of an operation with an error instead; they have no effect then.

        The short form of a fault of the kind ``errcode``: :mod:`wecom_mock.faults` has the others.

        Args:
            operation: its id, ``add_msg_template`` for one.
            errcode: other than 0, within 32 bits.
            errmsg: text before the hint; ``system error`` when absent.
            times: how many calls.

        Raises:
            ValueError: no such operation, an errcode that is no error, or less than one time.
        """
        self.faults.add(Fault("errcode", operation, times=times, errcode=errcode, errmsg=errmsg))

    def settle(self) -> None:
        """Make sure, under the lock, that what a call has changed outlives the process; in memory nothing does.

        Raises:
            StorageError: it can't be kept.
        """

    def undo(self) -> None:
        """Take back, under the lock, what has changed since the lock was taken or `settle` was called, where it was
        to be kept in a file."""

    def close(self) -> None:
        """Let go of the file, where the state is in one: see :func:`~wecom_mock.persistence.open_state`."""

    def reset(self) -> None:
        """Forget all calls and what they have made: tokens, tasks, uploads, moments, quota and the rest.

        Faults are taken away too. Ids start over. The company stays as it is.
        """
        with self.lock:
            self.media.clear()
            for store in (self.tokens, self.tasks, self.ledger.counts, self._minted):
                store.clear()
            self.faults.clear()
            self.script.clear()
            self.welcome.clear()
            self.moments.clear()
            self.suites.clear()
            self.calls.clear()
