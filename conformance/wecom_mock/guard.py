"""Who may come in under ``/_mock/``: this machine's own programs, and the console's own pages.

The mock has no login. What keeps other web sites out that a developer has open in the same browser is here: a
name that an attacker's DNS points to 127.0.0.1 is refused by the Host header, a form or script of another site by
where the browser says that it comes from. Both fail closed: a request without these headers is refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from .wire import Request

HEADER = "x-mock-admin"
"""A header that a page of another site can't send without being allowed to; any value will do."""

_HOST = re.compile(r"(?P<name>\[[0-9a-fA-F:.]+\]|[^\[\]:@/?#\s]+)(?::\d{1,5})?")
_LOOPBACK_V4 = re.compile(r"127\.\d{1,3}\.\d{1,3}\.\d{1,3}")


def header_map(request: Request) -> dict[str, list[str]]:
    """The headers of a request by their name in lower case."""
    found: dict[str, list[str]] = {}
    for name, value in request.headers:
        found.setdefault(name.lower(), []).append(value)
    return found


def is_own_host(host: str, others: Collection[str]) -> bool:
    """Whether a Host header names this machine, or one of the names that are allowed besides."""
    match = _HOST.fullmatch(host)
    if match is None:
        return False
    name = match["name"].lower().rstrip(".")
    own = name in {"localhost", "[::1]"} or name.endswith(".localhost")
    return own or _LOOPBACK_V4.fullmatch(name) is not None or name in {one.lower() for one in others}


def why_not(headers: Mapping[str, list[str]], others: Collection[str], *, writes: bool) -> str | None:
    """Why a request may not come in; ``None`` where it may.

    Args:
        headers: of the request.
        others: names of this server besides those of the loopback interface.
        writes: whether it would change something.
    """
    hosts = headers.get("host", [])
    if len(hosts) != 1 or not is_own_host(hosts[0], others):
        return "the Host header must name this machine (127.0.0.1, localhost, or one of admin_hosts)"
    sites = headers.get("sec-fetch-site", [])
    if writes and any(site not in {"same-origin", "none"} for site in sites):
        return "the request comes from another site"
    origins = headers.get("origin", [])
    own = {f"{scheme}://{hosts[0].lower()}" for scheme in ("http", "https")}
    if writes and any(origin.lower() not in own for origin in origins):
        return "the request comes from another site"
    if writes and not origins and "same-origin" not in sites and HEADER not in headers:
        return "a request that changes something needs the header X-Mock-Admin, whatever its value"
    return None
