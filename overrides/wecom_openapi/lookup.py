"""Looks up the addresses of a host, for threads, within the time that there is.

The system's own function can't be interrupted, and where no name server answers it takes many times as long as a call
may. So it runs beside the call, which doesn't wait for it any longer than it has to.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from queue import Empty, SimpleQueue
from typing import Any

import httpcore

REFUSED = (OSError, UnicodeError)
"""What a lookup raises: there is no such host, or there can't be."""


def addresses(host: str, port: int, seconds: float | None) -> list[str]:
    """The addresses of a host, in the system's order.

    Raises:
        httpcore.ConnectError: there are none.
        httpcore.ConnectTimeout: nobody said so in as many seconds.
    """
    answers: SimpleQueue[Any] = SimpleQueue()

    def look() -> None:
        try:
            answers.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except BaseException as exc:  # noqa: BLE001 - it is raised where it is waited for
            answers.put(exc)

    if _is_address(host):
        look()
    else:
        threading.Thread(target=look, name="wecom_openapi-lookup", daemon=True).start()
    try:
        found = answers.get(timeout=seconds)
    except Empty:
        raise httpcore.ConnectTimeout("the host's name was not found in time") from None
    if isinstance(found, REFUSED):
        raise httpcore.ConnectError(str(found)) from found
    if isinstance(found, BaseException):
        raise found
    return distinct(found)


def distinct(found: list[Any]) -> list[str]:
    """The addresses in an answer of the system's, each once."""
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True
