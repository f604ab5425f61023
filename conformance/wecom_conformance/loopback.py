"""Lets this process talk to itself and to nobody else: for tests, which must not depend on a network.

An audit hook sees every connection, whichever library makes it. What it refuses is also noted, because the
code under test may catch the exception.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any

ATTEMPTS: list[str] = []
"""What was refused and not told to anybody yet."""

_NAMES = frozenset({"", "localhost", "127.0.0.1", "::1"})
_NOWHERE = (".invalid", ".test")
_installed = False


class OutsideLoopback(RuntimeError):
    """Something tried to leave this machine. It is no OSError, so that no retry takes it for a bad network."""


def install() -> None:
    """Refuse every connection that leaves this machine, from now to the end of the process."""
    global _installed  # noqa: PLW0603  # an audit hook can't be removed, so this is about the process
    if not _installed:
        _installed = True
        sys.addaudithook(_audit)


def is_loopback(host: object) -> bool:
    """Whether a host, by name or by address, is this machine."""
    if host is None:
        return True
    if isinstance(host, (bytes, bytearray)):
        host = host.decode("ascii", "replace")
    if not isinstance(host, str):
        return False
    name = host.lower().rstrip(".").partition("%")[0]
    return name in _NAMES or name.endswith(".localhost") or _is_in_127(name)


def _is_in_127(name: str) -> bool:
    parts = name.split(".")
    return len(parts) == 4 and parts[0] == "127" and all(part.isdecimal() for part in parts)


def _audit(event: str, args: tuple[Any, ...]) -> None:
    # Every import and every open file comes by here.
    if event.startswith("socket."):
        host = _HOSTS.get(event, _nobody)(args)
        if not is_loopback(host):
            _refuse(event, host)


def _refuse(event: str, host: object) -> None:
    if event == "socket.getaddrinfo" and isinstance(host, str) and host.lower().endswith(_NOWHERE):
        # Such a name is promised never to be found, so the answer is known without asking.
        import socket

        raise socket.gaierror(socket.EAI_NONAME, "reserved for names that are never found")
    text = f"{event} to {host!r}: tests may connect to loopback only"
    ATTEMPTS.append(text)
    raise OutsideLoopback(text)


def _nobody(_: tuple[Any, ...]) -> None:
    return None


def _name(args: tuple[Any, ...]) -> object:
    name = args[0]
    return name.decode("ascii", "replace") if isinstance(name, bytes) else name


def _address(args: tuple[Any, ...]) -> object:
    """The host of ``(socket, address)``; None for a socket of the file system."""
    address = args[1]
    return address[0] if isinstance(address, tuple) and isinstance(address[0], (str, bytes)) else None


def _listening(args: tuple[Any, ...]) -> object:
    """As ``_address``, but no host means every interface here."""
    host = _address(args)
    return "0.0.0.0" if host == "" else host  # noqa: S104  # named to be refused


_HOSTS: Mapping[str, Callable[[tuple[Any, ...]], object]] = {
    "socket.connect": _address,
    "socket.sendto": _address,
    "socket.sendmsg": _address,
    "socket.bind": _listening,
    "socket.getaddrinfo": _name,
    "socket.gethostbyname": _name,
    "socket.gethostbyaddr": _name,
}
