"""The settings of the program. They come from the environment alone: a command line is seen by everybody."""

from __future__ import annotations

import math
import os
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from wecom_cli.exits import Exit, Stop

if TYPE_CHECKING:
    from wecom_openapi import Journal, WeCom

_LONGEST: Final = 64 * 1024
MOST_RETRIES: Final = 100
"""More is a slip of the finger; the deadline of a call ends them sooner."""

HELP: Final[Mapping[str, str]] = {
    "WECOM_CORPID": "the corp's id",
    "WECOM_CORPSECRET": "the secret of an app that may call the customer contact API",
    "WECOM_CORPSECRET_FILE": "a file that holds the secret, instead of it",
    "WECOM_BASE_URL": "another server, such as a mock or a gateway",
    "WECOM_JOURNAL": "the journal: a path, or the URL of a database",
    "WECOM_TIMEOUT": "seconds that one call may take (default 30; 600 for an upload)",
    "WECOM_RETRIES": "how often a call is made again that may be (default 2)",
}


@frozen
class Server:
    """What the command line says of the server, and how it is called; the environment counts where it says nothing.

    Attributes:
        base_url: another one than WeCom's.
        retries: how often a call is made again that may be.
    """

    base_url: str | None = None
    retries: int | None = None


def client(server: Server, *, deadline: float | None = None, journal: Journal | None = None) -> WeCom:
    """A client by the settings.

    Args:
        server: what the command line says.
        deadline: seconds for a call, where WECOM_TIMEOUT says nothing; None for the client's own.
        journal: where its calls are written down.

    Raises:
        Stop: a variable is missing or makes no sense; names it.
    """
    corpid, corpsecret = _needed("WECOM_CORPID"), _secret()
    given = _seconds("WECOM_TIMEOUT")
    limits: dict[str, Any] = {}
    if given is not None:
        limits = {"timeout": given, "deadline": given}
    elif deadline is not None:
        limits = {"deadline": deadline}
    retries = _number("WECOM_RETRIES", MOST_RETRIES) if server.retries is None else server.retries
    if retries is not None:
        limits["retries"] = retries
    from wecom_openapi import WeCom

    try:
        return WeCom(
            corpid,
            corpsecret,
            base_url=server.base_url or _given("WECOM_BASE_URL"),
            journal=journal,
            **limits,
        )
    except ValueError as exc:
        reason = str(exc).removeprefix("base_url: ")
        if server.base_url is not None:
            raise Stop(Exit.NOTHING_SENT, "Usage", f"--base-url: {reason}", option="--base-url") from None
        raise _wrong("WECOM_BASE_URL", reason) from None


def journal(option: str | None) -> Journal:
    """The journal by the command line, or by the settings.

    Args:
        option: what the command line says.

    Raises:
        Stop: nobody says which, or what it needs isn't installed.
        JournalError: it can't be used.
    """
    where = option or _needed("WECOM_JOURNAL")
    try:
        from wecom_openapi import Journal
    except ModuleNotFoundError as exc:
        text = f"{exc.name} is needed: pip install 'wecom-openapi[journal]'"
        raise Stop(Exit.CONFIGURATION, "Installation", text) from None
    return Journal(where)


def journal_if_given(option: str | None) -> Journal | None:
    """As `journal`; None where nobody says which."""
    return journal(option) if option or _given("WECOM_JOURNAL") else None


def same_journal(option: str | None) -> str:
    """The option for a command that somebody is to type next; none where the environment decides."""
    # A URL may hold a password, before an @.
    if option is None or ("://" in option and "@" in option):
        return ""
    return f" --journal {shlex.quote(option)}"


def same_server(server: Server) -> str:
    """The option for a command that somebody is to type next; none where the environment decides."""
    return "" if server.base_url is None else f" --base-url {shlex.quote(server.base_url)}"


def _given(name: str) -> str | None:
    """An empty variable counts as none."""
    return os.environ.get(name) or None


def _needed(name: str) -> str:
    value = _given(name)
    if value is None:
        raise _wrong(name, f"not set; it is needed: {HELP[name]}")
    return value


def _secret() -> str:
    value, file = _given("WECOM_CORPSECRET"), _given("WECOM_CORPSECRET_FILE")
    if value is not None and file is not None:
        raise _wrong("WECOM_CORPSECRET_FILE", "set beside WECOM_CORPSECRET; keep one of them")
    if file is None:
        if value is None:
            raise _wrong(
                "WECOM_CORPSECRET",
                f"not set; it is needed ({HELP['WECOM_CORPSECRET']}), or WECOM_CORPSECRET_FILE",
            )
        return value
    try:
        with Path(file).open("rb") as stream:
            raw = stream.read(_LONGEST + 1)
    except OSError as exc:
        raise _wrong("WECOM_CORPSECRET_FILE", f"{file}: {exc.strerror or exc}") from None
    try:
        secret = raw.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise _wrong("WECOM_CORPSECRET_FILE", f"{file}: not UTF-8 text") from None
    if not secret or len(raw) > _LONGEST or len(secret.split()) > 1:
        raise _wrong("WECOM_CORPSECRET_FILE", f"{file}: one line with the secret is needed, and nothing else")
    return secret


def _seconds(name: str) -> float | None:
    text = _given(name)
    if text is None:
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and value > 0):
        raise _wrong(name, f"seconds above 0 are needed, not {text!r}")
    return value


def _number(name: str, most: int) -> int | None:
    text = _given(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(most)) and int(text) <= most):
        raise _wrong(name, f"a number from 0 to {most} is needed, not {text!r}")
    return int(text)


def _wrong(variable: str, reason: str) -> Stop:
    return Stop(Exit.CONFIGURATION, "Settings", f"{variable}: {reason}", variable=variable)
