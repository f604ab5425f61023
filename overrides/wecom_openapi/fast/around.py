"""Requests that go over a proxy of the environment: httpx knows how, so its own transports make them."""

from __future__ import annotations

import ssl
from typing import Any, Generic, TypeVar
from urllib.request import getproxies

import httpx

from wecom_openapi.fast.request import Server
from wecom_openapi.network import watch

ClientT = TypeVar("ClientT", httpx.Client, httpx.AsyncClient)


class Around(Generic[ClientT]):
    """Says which transport a request takes that is not to go straight to its server.

    Args:
        kind: httpx's client, for threads or for tasks.
        verify: whom it trusts.
    """

    def __init__(self, kind: type[ClientT], verify: ssl.SSLContext, limits: httpx.Limits) -> None:
        # Most machines have none, and a client of httpx takes a while to build.
        self.client: ClientT | None = kind(verify=verify, limits=limits) if getproxies() else None
        self._known: dict[Server, Any] = {}

    def transport(self, server: Server, url: httpx.URL) -> Any:
        """httpx's transport for the proxy of a server; None where there is none."""
        if self.client is None:
            return None
        if server not in self._known:
            found = self.client._transport_for_url(url)
            self._known[server] = None if found is self.client._transport else found
            if self._known[server] is not None:
                watch(found)
        return self._known[server]
