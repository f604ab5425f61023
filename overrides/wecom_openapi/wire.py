"""The one kind of request this package sends, and what may be kept of an httpx exception."""

from __future__ import annotations

import contextlib
from typing import Any, Final

import httpx

from wecom_contract import OPERATIONS
from wecom_openapi.frames import chain
from wecom_openapi.redaction import mask, mask_url, secrets_in

ANSWER: Final = "wecom_openapi.answer"
"""Extension of a response: its decoded answer, or the `MalformedAnswer` that it is."""
BODY: Final = "wecom_openapi.body"
"""Extension of a response: its decompressed bytes."""
PATH: Final = "wecom_openapi.path"
"""Extension of a request: the path under the base URL, for which the URL with the token is kept ready."""
VEILED: Final = "wecom_openapi.veiled"
"""Extension of a request: its transport doesn't need the text of the URL, so that may be without the token."""
BARE: Final = "wecom_openapi.bare_success"
"""Extension of a request: an answer without an errcode is a success."""

_OPEN: Final = frozenset(name for one in OPERATIONS.values() if one.auth is not None for name in one.query)
"""Query parameters beside a token: they say what is asked for, and are no secrets."""


class VeiledURL(httpx.URL):
    """A URL whose text doesn't show its token: tracing and logging keep the text of every URL that they see.

    httpx's own transports take a URL by its parts, which are whole; others may send its text.
    """

    def __str__(self) -> str:
        return mask_url(super().__str__())

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"


def takes_parts(client: httpx.Client | httpx.AsyncClient | None, transport: object, base_url: str) -> bool:
    """Whether requests go to a transport of httpx itself, which takes a URL by its parts."""
    if client is not None:
        transport = client._transport_for_url(httpx.URL(base_url))
    return type(transport) in (httpx.HTTPTransport, httpx.AsyncHTTPTransport)


def url_class(request: httpx.Request) -> type[httpx.URL]:
    """The kind of URL that a request may have."""
    return VeiledURL if VEILED in request.extensions else httpx.URL


class WireRequest(httpx.Request):
    """A request that doesn't show its token: debuggers and error trackers print the variables of each
    frame."""

    def __repr__(self) -> str:
        return f"<WireRequest({self.method!r}, {mask_url(self.url)!r})>"


def wire_request(
    method: str, url: httpx.URL, headers: Any, extensions: dict[str, Any], **content: Any
) -> WireRequest:
    """A request whose URL is veiled where its extensions say that it may be."""
    request = WireRequest(method, url, headers=headers, extensions=extensions, **content)
    if VEILED in extensions:
        request.url = VeiledURL(request.url)  # httpx has made a plain one of it
    return request


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
    for link in chain(exc):
        link.args = tuple(mask(arg, *values) if isinstance(arg, str) else arg for arg in link.args)
        link.__traceback__ = None
        if isinstance(link, httpx.RequestError):
            link.request = _masked(link)


def _masked(exc: httpx.RequestError) -> httpx.Request:
    method: str = "GET"
    url: Any = ""
    with contextlib.suppress(RuntimeError):  # it never had one
        method, url = exc.request.method, exc.request.url.copy_with(query=None)
    return httpx.Request(method, url)
