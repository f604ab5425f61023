"""The one kind of request this package sends, and what may be kept of an httpx exception."""

from __future__ import annotations

import contextlib
from typing import Any, Final

import httpx

from wecom_contract import OPERATIONS
from wecom_openapi.redaction import mask, mask_url, secrets_in

ANSWER: Final = "wecom_openapi.answer"
"""Extension of a response: its decoded answer, or the `MalformedAnswer` that it is."""
BODY: Final = "wecom_openapi.body"
"""Extension of a response: its decompressed bytes."""
PATH: Final = "wecom_openapi.path"
"""Extension of a request: the path under the base URL, for which the URL with the token is kept ready."""
BARE: Final = "wecom_openapi.bare_success"
"""Extension of a request: an answer without an errcode is a success."""

_OPEN: Final = frozenset(name for one in OPERATIONS.values() if one.auth is not None for name in one.query)
"""Query parameters beside a token: they say what is asked for, and are no secrets."""


class WireRequest(httpx.Request):
    """A request that doesn't show its token: debuggers and error trackers print the variables of each
    frame."""

    def __repr__(self) -> str:
        return f"<WireRequest({self.method!r}, {mask_url(self.url)!r})>"


def secrets_of(request: httpx.Request) -> tuple[str, ...]:
    """The values in a request's query, the token or corpid and secret, and the secrets in its body."""
    body = b"".join(request.stream) if isinstance(request.stream, httpx.ByteStream) else b""
    query = (value for name, value in request.url.params.items() if name not in _OPEN)
    return (*query, *secrets_in(body))


def scrub(exc: BaseException, *values: str) -> None:
    """Take tokens and secrets out of an exception that will be the cause of one of ours, and out of its
    causes.

    Args:
        exc: what httpx raised. Its text is masked, its request replaced, its traceback dropped: the frames
            of httpx hold the URL.
        values: secrets known by value.
    """
    seen: set[int] = set()
    todo: list[BaseException | None] = [exc]
    while todo:
        link = todo.pop()
        if link is None or id(link) in seen:
            continue
        seen.add(id(link))
        link.args = tuple(mask(arg, *values) if isinstance(arg, str) else arg for arg in link.args)
        link.__traceback__ = None
        if isinstance(link, httpx.RequestError):
            link.request = _masked(link)
        todo += [link.__cause__, link.__context__]


def _masked(exc: httpx.RequestError) -> httpx.Request:
    method: str = "GET"
    url: Any = ""
    with contextlib.suppress(RuntimeError):  # it never had one
        method, url = exc.request.method, exc.request.url.copy_with(query=None)
    return httpx.Request(method, url)
