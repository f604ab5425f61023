"""The calls of a broadcast as tasks of Celery, which any worker may take, lose or repeat without a second send.

Celery delivers a task at least once: a worker that dies gives it to the next one. What keeps a call from being sent
twice is its key in the journal, not the queue; so the journal has to be one that all workers share, in PostgreSQL.
"""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from wecom_openapi.broadcast.calls import Call, CallState
from wecom_openapi.broadcast.facade import Broadcast
from wecom_openapi.errors import CredentialError, FrequencyLimited, JournalError, NotSent, WeComError

if TYPE_CHECKING:
    from wecom_openapi.client import WeCom

NAME: Final = "wecom.broadcast.call"
ATTEMPTS: Final = 20
"""How often a task is tried that could not be done yet: with the pauses between them a quarter of an hour."""
_LONGEST: Final = 60.0
"""Seconds: the longest pause; and how long WeCom is left alone that refused the secret or had too many calls."""
_KEPT: Final = 100
"""Broadcasts that a process remembers."""


def call_task(
    app: Any,
    connect: Callable[[], WeCom],
    *,
    name: str = NAME,
    attempts: int = ATTEMPTS,
    pause: float = 1.0,
    **options: Any,
) -> Any:
    """Make a task of ``app`` that makes one call of a broadcast.

    ::

        def connect():
            return WeCom(corpid, corpsecret, journal="postgresql+psycopg://…", token_store=RedisTokenStore("redis://…"))

        app = Celery("senders", broker="redis://…")
        send_call = call_task(app, connect)

    A worker acknowledges it when it has ended, and where the worker is lost it is delivered again. One whose outcome
    nobody knows is not sent again: the task fails with `OutcomeUnknown`, and `WeCom.recover` finds out. What passes
    (WeCom is busy, the network or the journal is down, another worker is at the same call) is tried again later.

    Args:
        app: the `celery.Celery`.
        connect: gives a client with the broadcast's journal; the first task of each process calls it.
        name: of the task.
        attempts: how often it is tried at most.
        pause: seconds before the second try; each pause is twice the one before, up to a minute.
        options: more of Celery's own for a task, such as ``rate_limit`` or ``time_limit``.

    Returns:
        The task: ``task.delay(broadcast.name, n)``, or `enqueue` for all calls.

    Raises:
        TypeError, ValueError: an argument makes no sense, or an option would take the safety away.
    """
    if not callable(connect):
        raise TypeError(f"connect: a function that gives a client is needed, not {type(connect).__name__}")
    if type(attempts) is not int or attempts < 1:
        raise ValueError(f"attempts: a number from 1 on is needed, not {attempts!r}")
    fixed = {"acks_late": True, "reject_on_worker_lost": True, "bind": True, "max_retries": attempts - 1}
    if taken := sorted(fixed.keys() & options.keys()):
        raise TypeError(f"{', '.join(taken)}: that is settled here")
    process = _Process(connect)

    def run(self: Any, broadcast: str, n: int) -> dict[str, Any]:
        try:
            call = process.run(broadcast, n)
        except WeComError as exc:
            if exc.retry != "later" and not isinstance(exc, JournalError):
                raise
            longest = min(_LONGEST, pause * 2.0**self.request.retries)
            raise self.retry(exc=exc, countdown=longest * random.uniform(0.5, 1)) from exc  # noqa: S311 - no secret
        return {"state": str(call.state), "msgid": call.msgid}

    run.__doc__ = "Make one call of a broadcast, once."
    return app.task(name=name, **{"ignore_result": True, **options}, **fixed)(run)


def enqueue(task: Any, broadcast: Broadcast, *, retry_refused: bool = False) -> int:
    """Put every call of a broadcast that is not through into the queue. Doing it twice sends nothing twice.

    Args:
        task: from `call_task`.
        broadcast: it has been planned.
        retry_refused: whether calls that WeCom refused are made again, too.

    Returns:
        How many calls were put there.

    Raises:
        UnknownBroadcast: it isn't planned.
    """
    numbers = broadcast.pending()
    if retry_refused:
        numbers = sorted(
            [*numbers, *(call.n for call in broadcast.calls() if call.state is CallState.REFUSED)]
        )
    for n in numbers:
        task.delay(broadcast.name, n)
    return len(numbers)


class _Process:
    """What the tasks of one process of a worker share.

    Args:
        connect: gives the client.
    """

    def __init__(self, connect: Callable[[], WeCom]) -> None:
        self._connect = connect
        self._lock = threading.Lock()
        self._forget()

    def _forget(self) -> None:
        self._pid = os.getpid()
        self._wecom: WeCom | None = None
        self._broadcasts: dict[str, Broadcast] = {}
        self._held = 0.0

    def run(self, name: str, n: int) -> Call:
        """Make a call, as `Broadcast.run_call`."""
        wecom, broadcast = self._ready(name)
        left = self._held - time.monotonic()
        if left > 0:
            raise NotSent(
                f"call {n} of {name!r} was not sent: WeCom has refused the secret or had too many calls, so it is left "
                f"alone for {left:.0f} s",
                reason="WeCom is left alone for a while",
            )
        try:
            return broadcast.run_call(wecom, n)
        except (CredentialError, FrequencyLimited):
            # The rest of the queue would do no better, and for wrong secrets WeCom bans the address.
            self._held = time.monotonic() + _LONGEST
            raise

    def _ready(self, name: str) -> tuple[WeCom, Broadcast]:
        with self._lock:
            if self._pid != os.getpid():
                self._forget()  # connections are not inherited
            wecom = self._wecom = self._wecom or self._connect()
            if wecom.journal is None:
                raise ValueError("connect: the client needs the broadcast's journal: WeCom(…, journal=…)")
            if name not in self._broadcasts:
                if len(self._broadcasts) >= _KEPT:
                    self._broadcasts.clear()
                self._broadcasts[name] = Broadcast(wecom.journal, name)
            return wecom, self._broadcasts[name]
