"""Which fault of the contract an exception of the transport, or an HTTP status, is.

What a fault means for the call stands in the contract (``x-faults``), and not here.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from typing import Any, Final

import httpx

from wecom_contract import faults
from wecom_openapi.deadline import Exchange
from wecom_openapi.upload import FileChanged, Form

_BEFORE: Final[tuple[tuple[type[Exception], str], ...]] = (
    (FileChanged, "file-changed"),
    (httpx.ConnectTimeout, "connect-timeout"),
    (httpx.PoolTimeout, "no-free-connection"),
    (httpx.ProxyError, "proxy"),
    (httpx.UnsupportedProtocol, "unsendable"),
    (httpx.LocalProtocolError, "unsendable"),
    (httpx.InvalidURL, "unsendable"),
)
"""Raised where the request can't have left as a whole."""

_HONEST: Final = frozenset({"builtins", "socket", "ssl", "httpcore", "httpx"})
"""Packages whose exceptions say what has happened."""

# The handshake ended, which says nothing of the certificate.
_ENDED: Final = (ssl.SSLEOFError, ssl.SSLZeroReturnError)


def of_exception(exc: Exception, exchange: Exchange, form: Form | None) -> str:
    """The fault that an exception is.

    Args:
        exc: what the transport raised.
        exchange: how far the call had come.
        form: the file that was being sent.
    """
    if _is_believed(exc):
        for kind, fault in _BEFORE:
            if isinstance(exc, kind):
                return fault
        if isinstance(exc, httpx.ConnectError):
            return _of_connecting(exc)
    if exchange.stage == "token":
        return "no-token"
    unsent = of_unsent(exchange, form)
    if unsent is not None:
        return unsent
    if exchange.expired:
        return "deadline"
    if isinstance(exc, httpx.TimeoutException):
        return "no-answer-in-time"
    if exchange.answering:
        return "truncated"
    return "write-failed" if isinstance(exc, httpx.WriteError) else "connection-lost"


def _is_believed(exc: Exception) -> bool:
    """Whether an exception that says "before a connection was there" is to be believed.

    httpx itself is. Transports of others have been seen to say so of a connection that broke with the request on it:
    what they raise has an exception of their own library as its cause.
    """
    cause = exc.__cause__
    if cause is None or not isinstance(exc, httpx.HTTPError):
        return True
    return type(cause).__module__.partition(".")[0] in _HONEST


def of_deadline(exchange: Exchange, form: Form | None) -> str:
    """The fault of a call that was cut off at its deadline."""
    if exchange.stage == "token":
        return "no-token"
    return of_unsent(exchange, form) or "deadline"


def of_unsent(exchange: Exchange, form: Form | None) -> str | None:
    """The fault of a request of which nobody can have read all; None where somebody can."""
    if not exchange.left:
        return "nothing-written"
    # The length of a form is told before it, so one that lacks its last byte can't have been read.
    return None if form is None or form.whole else "upload-incomplete"


def of_status(status: int) -> str:
    """The fault that an HTTP status other than 200 is."""
    if status == httpx.codes.TOO_MANY_REQUESTS:
        return "http-429"
    return "http-5xx" if status >= httpx.codes.INTERNAL_SERVER_ERROR else "http-status"


def stated(fault: str) -> dict[str, Any]:
    """What an error says of itself by the contract: ``fault``, ``retry`` and ``pause``."""
    found = faults()[fault]
    return {"fault": fault, "retry": found.retry, "pause": float(found.pause)}


def may_have_effect(fault: str) -> bool:
    """Whether a call that met a fault may have had its effect."""
    return faults()[fault].outcome == "unknown"


def _of_connecting(exc: BaseException) -> str:
    for cause in _causes(exc):
        if isinstance(cause, socket.gaierror):
            return "name-lookup"
        if isinstance(cause, ssl.SSLError) and not isinstance(cause, _ENDED):
            return "tls"
    return "connection-refused"


def _causes(exc: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while exc is not None and id(exc) not in seen:
        seen.add(id(exc))
        yield exc
        exc = exc.__cause__ or exc.__context__
