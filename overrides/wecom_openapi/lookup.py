"""Looks up the addresses of a host, for threads, within the time that there is.

The system's own function can't be interrupted, and where no name server answers it takes many times as long as a call
may. So it runs beside the call, which doesn't wait for it any longer than it has to. One that nobody waits for any more
is still under way, so there is a limit to them.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import threading
import time
from queue import Empty, SimpleQueue
from typing import Any, Final

import httpcore

REFUSED = (OSError, UnicodeError)
"""What a lookup raises: there is no such host, or there can't be."""

LOOKUPS: Final = 32
"""How many may be under way at a time; each has a thread."""

_places = threading.Semaphore(LOOKUPS)


def addresses(host: str, port: int, seconds: float | None) -> list[str]:
    """The addresses of a host, in the system's order.

    Raises:
        httpcore.ConnectError: there are none.
        httpcore.ConnectTimeout: nobody said so in as many seconds.
    """
    found = _look(host, port) if _is_address(host) else _beside(host, port, seconds)
    if isinstance(found, REFUSED):
        raise httpcore.ConnectError(str(found)) from found
    if isinstance(found, BaseException):
        raise found
    return distinct(found)


def distinct(found: list[Any]) -> list[str]:
    """The addresses in an answer of the system's, each once."""
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _look(host: str, port: int) -> Any:
    try:
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except BaseException as exc:  # noqa: BLE001 - it is raised where it is waited for
        return exc


def _beside(host: str, port: int, seconds: float | None) -> Any:
    """`_look` in a thread of its own."""
    places, answers = _places, SimpleQueue[Any]()
    ends = None if seconds is None else time.monotonic() + seconds

    def look() -> None:
        answers.put(_look(host, port))
        places.release()

    if places.acquire(timeout=seconds):
        try:
            threading.Thread(target=look, name="wecom_openapi-lookup", daemon=True).start()
        except RuntimeError:
            look()  # there can be no more threads, or the program is about to end
        try:
            return answers.get(timeout=None if ends is None else max(0.0, ends - time.monotonic()))
        except Empty:
            pass
    return httpcore.ConnectTimeout("the host's name was not found in time")


def _start_anew() -> None:
    global _places  # noqa: PLW0603 - a forked process has none of the other one's threads
    _places = threading.Semaphore(LOOKUPS)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_start_anew)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True
