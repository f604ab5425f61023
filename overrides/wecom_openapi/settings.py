"""What a client is told when it is built, checked once."""

from __future__ import annotations

import ipaddress
import math
import warnings
from collections.abc import Mapping
from typing import Any

import httpx

from wecom_contract import SERVER
from wecom_openapi.errors import WeComWarning
from wecom_openapi.retrying import Retries

_PHASES = ("connect", "read", "write", "pool")


class Settings:
    """Base URL, time limits and cap of a client.

    Args:
        base_url: scheme, host and, behind a gateway, a path; None for the vendor's.
        timeout: seconds for each connect, read, write and wait for a connection, or an `httpx.Timeout`.
        deadline: seconds for the whole call.
        max_response_bytes: cap on a decoded answer.
        retries: how often a call is made again that may be.

    Raises:
        ValueError, TypeError: an argument makes no sense; says which.
    """

    def __init__(
        self,
        *,
        base_url: str | None,
        timeout: float | httpx.Timeout,
        deadline: float,
        max_response_bytes: int,
        retries: int | Retries,
    ) -> None:
        self.base_url = _base_url(SERVER if base_url is None else base_url)
        self.timeouts = phases(timeout)
        self.deadline = _positive("deadline", deadline)
        if type(max_response_bytes) is not int or max_response_bytes < 1:
            raise ValueError(
                f"max_response_bytes: a number of bytes above 0 is needed, not {max_response_bytes!r}"
            )
        self.max_response_bytes = max_response_bytes
        self.retries = Retries.of(retries)


def phases(timeout: float | httpx.Timeout | None) -> Mapping[str, float | None]:
    """A timeout as seconds for each of httpx's four phases. None is for one without a limit of its own.

    The deadline of the call cuts each of them short, so no wait is without end.
    """
    if timeout is None:
        return dict.fromkeys(_PHASES)
    if isinstance(timeout, httpx.Timeout):
        return {name: seconds for name, seconds in timeout.as_dict().items() if name in _PHASES}
    return dict.fromkeys(_PHASES, _positive("timeout", timeout))


def _positive(name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{name}: a number of seconds is needed, not {type(value).__name__}")
    if not (math.isfinite(value) and value > 0):
        raise ValueError(f"{name}: a finite number of seconds above 0 is needed, not {value!r}")
    return float(value)


def _base_url(text: str) -> str:
    try:
        url = httpx.URL(text)
    except (httpx.InvalidURL, TypeError):
        raise ValueError("base_url: that is no URL; https://qyapi.weixin.qq.com is one") from None
    if url.scheme not in ("http", "https") or not url.host:
        raise ValueError("base_url: a URL with https:// (or http:// for a mock) and a host is needed")
    if url.query or url.fragment or url.userinfo:
        raise ValueError("base_url: scheme, host, port and path only; no user, no query, no fragment")
    if url.scheme == "http" and not _is_loopback(url.host):
        warnings.warn(
            f"base_url: http:// sends the secret and every token to {url.host} unencrypted",
            WeComWarning,
            stacklevel=6,  # _base_url → Settings → assembly → WeCom → frameless → the caller
        )
    return str(url).rstrip("/")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
