"""Puts a client together out of its arguments, and refuses those that make no sense."""

from __future__ import annotations

from typing import Any

import httpx

from wecom_openapi.settings import Settings
from wecom_openapi.token_store import TokenStore
from wecom_openapi.tokens import TokenAuth
from wecom_openapi.transport import AsyncDriver, Driver


def driver(
    corpid: str,
    corpsecret: str,
    *,
    transport: httpx.BaseTransport | None,
    client: httpx.Client | None,
    token_store: TokenStore | None,
    **limits: Any,
) -> Driver:
    """What `WeCom` sends with. Arguments as there.

    Raises:
        ValueError, TypeError: an argument makes no sense, or contradicts another; says which.
    """
    _check_sender(transport, client, httpx.BaseTransport, httpx.Client, "WeCom")
    settings = Settings(**limits)
    return Driver(settings, _auth(corpid, corpsecret, settings, token_store), transport, client)


def async_driver(
    corpid: str,
    corpsecret: str,
    *,
    transport: httpx.AsyncBaseTransport | None,
    client: httpx.AsyncClient | None,
    token_store: TokenStore | None,
    **limits: Any,
) -> AsyncDriver:
    """What `AsyncWeCom` sends with. Arguments and errors as for `driver`."""
    _check_sender(transport, client, httpx.AsyncBaseTransport, httpx.AsyncClient, "AsyncWeCom")
    settings = Settings(**limits)
    return AsyncDriver(settings, _auth(corpid, corpsecret, settings, token_store), transport, client)


def _auth(corpid: str, corpsecret: str, settings: Settings, store: TokenStore | None) -> TokenAuth:
    for name, value in (("corpid", corpid), ("corpsecret", corpsecret)):
        if not isinstance(value, str):
            raise TypeError(f"{name}: a string is needed, not {type(value).__name__}")
        if not value:
            raise ValueError(f"{name}: it is empty")
    return TokenAuth(
        corpid,
        corpsecret,
        base_url=settings.base_url,
        store=store,
        max_response_bytes=settings.max_response_bytes,
    )


def _check_sender(transport: object, client: object, transports: type, clients: type, name: str) -> None:
    if transport is not None and client is not None:
        raise TypeError("transport and client: give one of them, the client has a transport already")
    if transport is not None and not isinstance(transport, transports):
        raise TypeError(
            f"transport: {name} needs an httpx.{transports.__name__}, not {type(transport).__name__}"
        )
    if client is not None and not isinstance(client, clients):
        raise TypeError(f"client: {name} needs an httpx.{clients.__name__}, not {type(client).__name__}")
