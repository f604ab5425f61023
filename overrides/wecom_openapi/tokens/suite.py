"""`Suite`: a third-party app, as its provider knows it."""

from __future__ import annotations

import inspect
import threading
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from wecom_openapi.frames import frameless
from wecom_openapi.redaction import Secret, remember
from wecom_openapi.tokens.store import MemoryTokenStore

Ticket = str | Callable[[], str | None | Awaitable[str | None]]

_SharedT = TypeVar("_SharedT")


class Suite:
    """A third-party app (第三方应用), for `WeCom.for_suite` and `AsyncWeCom.for_suite`.

    One object should serve all corps that have authorised the suite: its clients share the suite's token, and only
    one of them at a time asks for a new one.

    ::

        suite = Suite(suite_id, suite_secret, ticket=lambda: ticket_store.latest())
        with WeCom.for_suite(suite, auth_corpid, permanent_code) as wecom:
            wecom.add_msg_template(sender="zhangsan", external_userid=["wmA…"], text="…")

    An app that was developed on a corp's behalf (代开发应用) is none: it is a plain ``WeCom(corpid, permanent_code)``.

    Args:
        suite_id: the suite.
        suite_secret: its secret.
        ticket: the suite_ticket that WeCom pushed last, or a function that gives it: None or an empty text as long as
            there is none. It is called whenever the suite's token has to be asked for, by any thread, and in the event
            loop where tasks are; for `AsyncWeCom` it may be a coroutine function. A ticket given as text serves for as
            long as WeCom takes it, which is half an hour.

    Raises:
        ValueError, TypeError: an argument makes no sense; says which.

    Source: https://developer.work.weixin.qq.com/document/path/90600
    """

    @frameless
    def __init__(self, suite_id: str, suite_secret: str, *, ticket: Ticket) -> None:
        check_texts(suite_id=suite_id, suite_secret=suite_secret)
        if isinstance(ticket, str):
            check_texts(ticket=ticket)
        elif not callable(ticket):
            raise TypeError(
                f"ticket: a string is needed, or a function that gives one, not {type(ticket).__name__}"
            )
        self.suite_id = suite_id
        self.secret = Secret(suite_secret)
        remember(suite_secret)
        self.store = MemoryTokenStore()
        self._ticket = Secret(ticket) if isinstance(ticket, str) else ticket
        self._shared: WeakValueDictionary[tuple[str, ...], Any] = WeakValueDictionary()
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"Suite({self.suite_id!r})"

    @property
    def wants_tasks(self) -> bool:
        """Whether the ticket is known to come from a coroutine function."""
        return inspect.iscoroutinefunction(self._ticket)

    def ask_ticket(self) -> Any:
        """What there is for a ticket now; an awaitable where a coroutine function gives it."""
        if isinstance(self._ticket, Secret):
            return self._ticket.reveal()
        try:
            return self._ticket()
        except StopIteration as exc:
            # It would end the generator that asks, as if that had come to its end.
            raise RuntimeError("ticket: the function raised StopIteration") from exc

    def shared(self, key: tuple[str, ...], make: Callable[[], _SharedT]) -> _SharedT:
        """The object under ``key``, which lives as long as a client uses it."""
        with self._lock:
            found: _SharedT | None = self._shared.get(key)
            if found is None:
                found = self._shared[key] = make()
            return found


def check_texts(**texts: object) -> None:
    """Raise TypeError or ValueError, with its name, where an argument is no text or empty."""
    for name, value in texts.items():
        if not isinstance(value, str):
            raise TypeError(f"{name}: a string is needed, not {type(value).__name__}")
        if not value:
            raise ValueError(f"{name}: it is empty")
