"""Reads the URL of a Redis, and says what is wrong with one before anything is sent.

No message shows any part of the URL but host and port: a password with a character that should have been escaped
may turn up in any part.
"""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from attrs import frozen

from wecom_openapi.redaction import Secret

_SCHEMES: Final = ("redis", "rediss", "unix")
_FILES: Final = ("ssl_ca_certs", "ssl_certfile", "ssl_keyfile")
_HOST: Final = re.compile(r"[A-Za-z0-9_.:%-]+")
_ESCAPE: Final = (
    "a character of the password that has a meaning in a URL is written in percent: / as %2F, # as %23"
)


@frozen
class RedisAddress:
    """Where a Redis is, and who we are there.

    Attributes:
        shown: the place, fit for a log.
        options: for `redis.Redis`, without user and password.
        username: the user; None for the one that is there by default.
        password: the password, if there is one.
    """

    shown: str
    options: dict[str, Any]
    username: str | None
    password: Secret | None


class _Wrong(Exception):
    """What is wrong with a URL."""


def parse(url: str) -> RedisAddress | str:
    """The parts of a URL, or else what is wrong with it: whoever raises that is to do it where no frame of the
    traceback has the URL.

    Args:
        url: ``redis://user:password@host:6379/0``, ``rediss://…`` for TLS, or ``unix:///path?db=0``. With TLS there may
            be the files ``ssl_ca_certs``, ``ssl_certfile`` and ``ssl_keyfile`` as options.
    """
    try:
        return _parse(url)
    except _Wrong as exc:
        return f"Redis URL: {exc}; redis://:password@host:6379/0 is one"


def _parse(url: str) -> RedisAddress:
    if not url.isprintable() or " " in url:
        raise _Wrong("there is a space or a control character in it")
    parts = _split(url)
    if parts.scheme not in _SCHEMES or "://" not in url:
        raise _Wrong("it has to begin with redis://, rediss:// or unix://")
    if "#" in url:
        raise _Wrong(f"there is a # in it; {_ESCAPE}")
    asked = _options(parts)
    options = _place(parts) | {name: value for name, value in asked.items() if name != "db"}
    options["db"] = _database("" if parts.scheme == "unix" else parts.path, asked.get("db"))
    place = options.get("unix_socket_path") or f"{options['host']}:{options['port']}"
    return RedisAddress(
        shown=f"{place}, database {options['db']}",
        options=options,
        username=unquote(parts.username) if parts.username else None,
        password=Secret(unquote(parts.password)) if parts.password else None,
    )


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:  # whose text quotes the URL
        raise _Wrong(f"it can't be read; {_ESCAPE}") from None


def _options(parts: SplitResult) -> dict[str, str]:
    known = {"unix": ("db",), "redis": ("db",), "rediss": ("db", *_FILES)}[parts.scheme]
    found = dict(parse_qsl(parts.query, keep_blank_values=True))
    if set(found) - set(known) or (parts.query and not found):
        raise _Wrong(f"the options after a ? that {parts.scheme}:// has are {', '.join(known)}; {_ESCAPE}")
    return found


def _place(parts: SplitResult) -> dict[str, Any]:
    if parts.scheme == "unix":
        if not parts.path.strip("/"):
            raise _Wrong("the path of the socket is missing")
        return {"unix_socket_path": unquote(parts.path)}
    host = parts.hostname
    if not host or not _HOST.fullmatch(host):
        raise _Wrong(f"its host is missing or no name; {_ESCAPE}")
    port = _port(parts)
    if port is None:
        raise _Wrong(f"its port is no number from 1 to 65535; {_ESCAPE}")
    return {"host": host, "port": port, "ssl": parts.scheme == "rediss"}


def _port(parts: SplitResult) -> int | None:
    try:
        return 6379 if parts.port is None else parts.port or None
    except ValueError:
        return None


def _database(path: str, option: str | None) -> int:
    text = path.strip("/")
    if text and option is not None:
        raise _Wrong("it names the number of the database twice")
    number = text or option or "0"
    if not (number.isascii() and number.isdecimal() and len(number) <= 9):
        raise _Wrong(f"what follows the host is the number of a database, such as /0; {_ESCAPE}")
    return int(number)
