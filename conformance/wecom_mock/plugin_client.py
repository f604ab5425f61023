"""The clients of the fixtures. This is the one module of the mock that knows the client."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

import httpx

from wecom_openapi import AsyncWeCom, WeCom

if TYPE_CHECKING:
    from .fixture import WeComMock

__all__ = ["AsyncWeCom", "WeCom", "async_client", "sync_client"]


def _no_certificates() -> ssl.SSLContext:
    """Nothing here speaks TLS, and reading the certificates of the machine takes longer than a test."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def sync_client(mock: WeComMock) -> Iterator[WeCom]:
    """A client for as long as a test runs. With a transport of its own no proxy of the environment is asked."""
    transport = httpx.HTTPTransport(verify=_no_certificates())
    with WeCom(mock.corpid, mock.secret, base_url=mock.base_url, transport=transport) as client:
        yield client


def async_client(mock: WeComMock) -> Iterator[AsyncWeCom]:
    """The same for ``await``."""
    # The test's event loop is gone by the time of the cleanup, so no connection may outlive its call.
    limits = httpx.Limits(max_keepalive_connections=0)
    transport = httpx.AsyncHTTPTransport(verify=_no_certificates(), limits=limits)
    client = AsyncWeCom(mock.corpid, mock.secret, base_url=mock.base_url, transport=transport)
    yield client
    # A loop may be running in this thread, if it isn't the test's own.
    closing = threading.Thread(target=lambda: asyncio.run(client.aclose()))
    closing.start()
    closing.join()
