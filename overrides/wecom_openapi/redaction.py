"""Keeps tokens and secrets out of logs and texts.

WeCom's token travels in the URL, and httpx logs whole URLs at INFO.
"""

from __future__ import annotations

import contextlib
import json
import logging
import re
import threading
from collections.abc import Mapping
from typing import Any, Final, NoReturn, Self

MASK: Final = "***"

# The names of WeCom's secrets, found by what they end with: access_token, suite_access_token,
# provider_access_token, corpsecret, suite_secret, provider_secret, permanent_code, suite_ticket. The
# separator may be percent-encoded, as it is in a URL inside a URL, or JSON's, escaped or not. A name is looked for from
# its beginning alone: from each of its letters, a long word of a server's would take the square of its length.
_SECRET: Final = re.compile(
    r"""
    ((?<![A-Za-z_])[A-Za-z_]*(?:token|secret|ticket|permanent_code)
     (?: = | %3[Dd] | \\?["']\s*:\s*\\?["'] ))
    [^&\s"'<>\\]+
    """,
    re.VERBOSE | re.IGNORECASE,
)

# The same in a JSON body; the value is JSON's, escapes and all.
_IN_BODY: Final = re.compile(
    rb"""(?i)"[a-z_]*(?:token|secret|ticket|permanent_code)"\s*:\s*("(?:[^"\\]|\\.)*")""", re.DOTALL
)

# A filter on a logger doesn't see what its children log, so each of httpcore's loggers is named.
_LOGGERS: Final = (
    "httpx",
    "httpcore",
    "httpcore.connection",
    "httpcore.http11",
    "httpcore.http2",
    "httpcore.proxy",
    "httpcore.socks",
)


# What a server may repeat on its own: a token in a header, or in the text of an error.
_known: tuple[str, ...] = ()
_KEPT: Final = 256
_SHORTEST: Final = 8
_known_lock = threading.Lock()


def remember(value: str) -> None:
    """Mask ``value`` from now on wherever it stands, not only behind its name.

    One of less than 8 characters isn't: no real one is that short, and it may be a word.
    """
    global _known  # noqa: PLW0603 - replaced as a whole, so that readers need no lock
    if len(value) >= _SHORTEST and value not in _known:
        with _known_lock:
            _known = (*_known[1 - _KEPT :], value)


def mask(text: str, *values: str) -> str:
    """``text`` with every token and secret replaced by ``***``.

    Args:
        text: anything that may hold a URL, a query string or JSON.
        values: more secrets known by value; those of `remember` are masked anyway.
    """
    # The longest first: a shorter one may be the beginning of it, and would leave the rest.
    for value in sorted({*values, *_known}, key=len, reverse=True):
        if value:
            text = text.replace(value, MASK)
    return _SECRET.sub(rf"\1{MASK}", text)


def mask_data(value: Any, *values: str) -> Any:
    """Plain JSON data with every token and secret in its texts replaced by ``***``; keys count as texts."""
    if isinstance(value, str):
        return mask(value, *values)
    if isinstance(value, Mapping):
        return {mask(str(key), *values): mask_data(each, *values) for key, each in value.items()}
    if isinstance(value, list):
        return [mask_data(each, *values) for each in value]
    return value


def secrets_in(body: bytes) -> tuple[str, ...]:
    """The tokens and secrets in a JSON body, known by their names."""
    found: list[str] = []
    for text in _IN_BODY.findall(body):
        with contextlib.suppress(ValueError):  # it only looks like JSON
            found.append(json.loads(text))
    return tuple(found)


def mask_url(url: object) -> str:
    """A URL as text, fit for a log."""
    return mask(str(url))


class RedactingFilter(logging.Filter):
    """Masks tokens and secrets in every record that passes."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record where needed. Drops none."""
        try:
            text = record.getMessage()
        except Exception:  # noqa: BLE001 - the arguments are anybody's objects
            return True  # a record that can't be formatted is logging's to report
        masked = mask(text)
        if masked != text:
            # The arguments go too: handlers that write structured logs read them instead of the text.
            record.msg, record.args = masked, ()
        return True


_FILTER: Final = RedactingFilter()


def install() -> None:
    """Put the filter on the loggers of httpx and httpcore. Doing it twice changes nothing."""
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_FILTER)


class Secret:
    """A text that shows itself to nobody who prints it."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The text itself."""
        return self._value

    def __repr__(self) -> str:
        return f"Secret({MASK!r})"

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            "a secret is not pickled: give it to whoever needs it in the way that they keep secrets"
        )

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _: object) -> Self:
        return self
