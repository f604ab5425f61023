"""Keeps tokens and secrets out of logs and texts.

WeCom's token travels in the URL, and httpx logs whole URLs at INFO.
"""

from __future__ import annotations

import logging
import re
from typing import Final

MASK: Final = "***"

# The names of WeCom's secrets, found by what they end with: access_token, suite_access_token,
# provider_access_token, corpsecret, suite_secret, provider_secret, permanent_code, suite_ticket. The
# separator may be percent-encoded, as it is in a URL inside a URL, or JSON's, escaped or not.
_SECRET: Final = re.compile(
    r"""
    ([A-Za-z_]*(?:token|secret|ticket|permanent_code)
     (?: = | %3[Dd] | \\?["']\s*:\s*\\?["'] ))
    [^&\s"'<>\\]+
    """,
    re.VERBOSE | re.IGNORECASE,
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


def mask(text: str, *values: str) -> str:
    """``text`` with every token and secret replaced by ``***``.

    Args:
        text: anything that may hold a URL, a query string or JSON.
        values: secrets known by value, masked wherever they stand.
    """
    for value in values:
        if value:
            text = text.replace(value, MASK)
    return _SECRET.sub(rf"\1{MASK}", text)


def mask_url(url: object) -> str:
    """A URL as text, fit for a log."""
    return mask(str(url))


class RedactingFilter(logging.Filter):
    """Masks tokens and secrets in every record that passes."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record where needed. Drops none."""
        try:
            text = record.getMessage()
        except Exception:
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
