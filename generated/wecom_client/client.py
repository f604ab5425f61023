# Written by `make regenerate`: change the contract or openapi/templates, not this file.
"""The clients that the functions in ``api`` take, and the two functions that send."""

import ssl
from collections.abc import Mapping
from typing import Any, Self

import httpx
from attrs import define, evolve, field

from .errors import InvalidResponse
from .types import Answer

SECRETS = frozenset(
    (
        "access_token",
        "corpsecret",
        "suite_access_token",
    )
)
"""Query parameters that no log line and no exception may show."""


class SecretURL(httpx.URL):
    """A URL that is sent as it is and shown with its secrets masked: httpx logs every URL at INFO."""

    def __str__(self) -> str:
        shown = [(name, "MASKED" if name in SECRETS else value) for name, value in self.params.multi_items()]
        return str(httpx.URL(self, params=shown)) if shown else super().__str__()

    def __repr__(self) -> str:
        return f"SecretURL({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return httpx.URL(self) == other

    def __hash__(self) -> int:
        return hash(httpx.URL(self))


@define
class Client:
    """For operations that need no token.

    Args:
        base_url: The server; the paths of all requests are relative to it.
        cookies: Sent with every request.
        headers: Sent with every request.
        timeout: Of every connect, read and write. None waits for ever.
        verify_ssl: Whether the server's certificate is checked, and against what.
        follow_redirects: Whether redirects are followed.
        max_response_bytes: The most that an answer may hold after decompression.
        httpx_args: Further arguments of ``httpx.Client`` and ``httpx.AsyncClient``, such as ``transport``.
    """

    _base_url: str = field(alias="base_url")
    _cookies: dict[str, str] = field(factory=dict, kw_only=True, alias="cookies", repr=False)
    _headers: dict[str, str] = field(factory=dict, kw_only=True, alias="headers", repr=False)
    _timeout: httpx.Timeout | None = field(
        factory=lambda: httpx.Timeout(20.0, connect=5.0), kw_only=True, alias="timeout"
    )
    _verify_ssl: str | bool | ssl.SSLContext = field(default=True, kw_only=True, alias="verify_ssl")
    _follow_redirects: bool = field(default=False, kw_only=True, alias="follow_redirects")
    _max_response_bytes: int = field(default=16 * 1024 * 1024, kw_only=True, alias="max_response_bytes")
    _httpx_args: dict[str, Any] = field(factory=dict, kw_only=True, alias="httpx_args", repr=False)
    _client: httpx.Client | None = field(default=None, init=False, repr=False, eq=False)
    _async_client: httpx.AsyncClient | None = field(default=None, init=False, repr=False, eq=False)

    def with_headers(self, headers: dict[str, str]) -> Self:
        """A new client with further headers. This one, and its open connections, stay as they are."""
        return evolve(self, headers={**self._headers, **headers})

    def with_cookies(self, cookies: dict[str, str]) -> Self:
        """A new client with further cookies. This one, and its open connections, stay as they are."""
        return evolve(self, cookies={**self._cookies, **cookies})

    def with_timeout(self, timeout: httpx.Timeout) -> Self:
        """A new client with another timeout. This one, and its open connections, stay as they are."""
        return evolve(self, timeout=timeout)

    def set_httpx_client(self, client: httpx.Client) -> Self:
        """Send through ``client``, whose own settings (cookies, headers, timeout) then count."""
        self._client = client
        return self

    def get_httpx_client(self) -> httpx.Client:
        """The underlying ``httpx.Client``, made when it is first asked for."""
        if self._client is None:
            self._client = httpx.Client(
                base_url=self._base_url,
                cookies=self._cookies,
                headers=self._headers,
                timeout=self._timeout,
                verify=self._verify_ssl,
                follow_redirects=self._follow_redirects,
                **self._httpx_args,
            )
        return self._client

    def __enter__(self) -> Self:
        self.get_httpx_client().__enter__()
        return self

    def __exit__(self, *args: Any) -> None:
        self.get_httpx_client().__exit__(*args)

    def set_async_httpx_client(self, async_client: httpx.AsyncClient) -> Self:
        """Send through ``async_client``, whose own settings (cookies, headers, timeout) then count."""
        self._async_client = async_client
        return self

    def get_async_httpx_client(self) -> httpx.AsyncClient:
        """The underlying ``httpx.AsyncClient``, made when it is first asked for."""
        if self._async_client is None:
            self._async_client = httpx.AsyncClient(
                base_url=self._base_url,
                cookies=self._cookies,
                headers=self._headers,
                timeout=self._timeout,
                verify=self._verify_ssl,
                follow_redirects=self._follow_redirects,
                **self._httpx_args,
            )
        return self._async_client

    async def __aenter__(self) -> Self:
        await self.get_async_httpx_client().__aenter__()
        return self

    async def __aexit__(self, *args: Any) -> None:
        await self.get_async_httpx_client().__aexit__(*args)


@define
class AuthenticatedClient(Client):
    """For all operations: sends a token with each one that needs it.

    Args:
        token: Goes into the query parameter that the contract names for an operation.
    """

    token: str = field(kw_only=True, repr=False)


def send(client: Client, kwargs: Mapping[str, Any], auth: str | None) -> Answer:
    """Send the request that ``kwargs`` describe.

    Args:
        client: Sends it.
        kwargs: As for ``httpx.Client.build_request``.
        auth: The query parameter that carries the token; None where no token is needed.

    Raises:
        InvalidResponse: the answer is larger than the client allows.
        httpx.HTTPError: the request failed on its way, or took too long.
    """
    http = client.get_httpx_client()
    content = bytearray()
    response = http.send(_request(http, client, kwargs, auth), stream=True)
    try:
        for chunk in response.iter_bytes():
            _add(content, chunk, client)
    finally:
        response.close()
    return Answer(response.status_code, response.headers, bytes(content))


async def asend(client: Client, kwargs: Mapping[str, Any], auth: str | None) -> Answer:
    """As ``send``, without blocking."""
    http = client.get_async_httpx_client()
    content = bytearray()
    response = await http.send(_request(http, client, kwargs, auth), stream=True)
    try:
        async for chunk in response.aiter_bytes():
            _add(content, chunk, client)
    finally:
        await response.aclose()
    return Answer(response.status_code, response.headers, bytes(content))


def _request(
    http: httpx.Client | httpx.AsyncClient, client: Client, kwargs: Mapping[str, Any], auth: str | None
) -> httpx.Request:
    if auth is not None:
        if not isinstance(client, AuthenticatedClient):
            raise TypeError("the operation needs a token: use an AuthenticatedClient")
        kwargs = {**kwargs, "params": {**kwargs.get("params", {}), auth: client.token}}
    request = http.build_request(**kwargs)
    request.url = SecretURL(request.url)
    return request


def _add(content: bytearray, chunk: bytes, client: Client) -> None:
    # A few hundred kilobytes of gzip can hold gigabytes.
    if len(content) + len(chunk) > client._max_response_bytes:
        raise InvalidResponse(f"the answer is larger than {client._max_response_bytes} bytes")
    content += chunk
