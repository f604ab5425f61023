"""Puts a client together out of its arguments, and refuses those that make no sense."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import httpx

from wecom_openapi.driver import Auths
from wecom_openapi.settings import Settings
from wecom_openapi.tokens.auth import SourceAuth, TokenAuth
from wecom_openapi.tokens.store import TokenStore
from wecom_openapi.tokens.suite import Suite, check_texts
from wecom_openapi.transport import AsyncDriver, Driver

if TYPE_CHECKING:
    from wecom_openapi.journal import Journal

Tokens = Callable[[Settings, TokenStore | None], Auths]
"""Makes what adds the tokens to a client's requests."""


def driver(
    tokens: Tokens,
    *,
    transport: httpx.BaseTransport | None,
    client: httpx.Client | None,
    token_store: TokenStore | None,
    journal: Journal | str | os.PathLike[str] | None,
    account: str,
    **limits: Any,
) -> Driver:
    """What `WeCom` sends with. Arguments as there, and the corp whose calls they are.

    Raises:
        ValueError, TypeError: an argument makes no sense, or contradicts another; says which.
    """
    _check_sender(transport, client, httpx.BaseTransport, httpx.Client, "WeCom")
    settings = Settings(**limits)
    auths = tokens(settings, token_store)
    recorder = None
    if journal is not None:
        kept, is_ours = _journal(journal)
        from wecom_openapi.journal.recording import Recorder, Scope

        kept.open()
        recorder = Recorder(kept, Scope(account, settings.base_url), is_ours)
    return Driver(settings, auths, transport, client, recorder=recorder)


def async_driver(
    tokens: Tokens,
    *,
    transport: httpx.AsyncBaseTransport | None,
    client: httpx.AsyncClient | None,
    token_store: TokenStore | None,
    journal: Journal | str | os.PathLike[str] | None,
    account: str,
    **limits: Any,
) -> AsyncDriver:
    """What `AsyncWeCom` sends with. Arguments and errors as for `driver`."""
    _check_sender(transport, client, httpx.AsyncBaseTransport, httpx.AsyncClient, "AsyncWeCom")
    settings = Settings(**limits)
    auths = tokens(settings, token_store)
    recorder = None
    if journal is not None:
        kept, is_ours = _journal(journal)
        from wecom_openapi.journal.async_recording import AsyncRecorder
        from wecom_openapi.journal.recording import Scope

        # It is opened by the first call that needs it: that may take a while, and isn't for the event loop to wait for.
        recorder = AsyncRecorder(kept, Scope(account, settings.base_url), is_ours)
    return AsyncDriver(settings, auths, transport, client, recorder=recorder)


def of_app(corpid: str, corpsecret: str) -> Tokens:
    """The token of one app of one corp.

    Raises:
        ValueError, TypeError: an argument makes no sense; says which.
    """
    check_texts(corpid=corpid, corpsecret=corpsecret)

    def tokens(settings: Settings, store: TokenStore | None) -> Auths:
        limit = settings.max_response_bytes
        auth = TokenAuth(
            corpid, corpsecret, base_url=settings.base_url, store=store, max_response_bytes=limit
        )
        return {None: httpx.Auth(), auth.parameter: auth}

    return tokens


def of_suite(suite: Suite, auth_corpid: str, permanent_code: str, *, tasks: bool) -> Tokens:
    """The tokens of a suite: its own, and the one that it has within a corp.

    Args:
        suite: the suite.
        auth_corpid: the corp that has authorised it.
        permanent_code: of that authorisation.
        tasks: whether the client is for tasks, so that the suite's ticket may come from a coroutine.

    Raises:
        ValueError, TypeError: an argument makes no sense; says which.
    """
    if not isinstance(suite, Suite):
        raise TypeError(f"suite: a Suite is needed, not {type(suite).__name__}")
    check_texts(auth_corpid=auth_corpid, permanent_code=permanent_code)
    if suite.wants_tasks and not tasks:
        raise TypeError("suite: its ticket comes from a coroutine function: it is for AsyncWeCom")

    def tokens(settings: Settings, store: TokenStore | None) -> Auths:
        from wecom_openapi.tokens.suite_flow import sources  # few need it

        both = sources(suite, auth_corpid, permanent_code, settings.base_url)
        kept = suite.store if store is None else store
        limit = settings.max_response_bytes
        return {None: httpx.Auth(), **{one.parameter: SourceAuth(one, kept, limit) for one in both}}

    return tokens


def _journal(journal: Journal | str | os.PathLike[str]) -> tuple[Journal, bool]:
    """The journal of a client, and whether it is closed with it."""
    from wecom_openapi.journal import Journal  # few need it, and its library

    if isinstance(journal, Journal):
        return journal, False
    return Journal(journal), True


def _check_sender(transport: object, client: object, transports: type, clients: type, name: str) -> None:
    if transport is not None and client is not None:
        raise TypeError("transport and client: give one of them, the client has a transport already")
    if transport is not None and not isinstance(transport, transports):
        raise TypeError(
            f"transport: {name} needs an httpx.{transports.__name__}, not {type(transport).__name__}"
        )
    if client is not None and not isinstance(client, clients):
        raise TypeError(f"client: {name} needs an httpx.{clients.__name__}, not {type(client).__name__}")
