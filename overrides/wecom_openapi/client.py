"""`WeCom` and `AsyncWeCom`: the operations of the contract, checked, sent and read."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import httpx

from wecom_client.operations import AsyncOperations, SyncOperations
from wecom_client.wire import CallOptions, Operation, ResponseT
from wecom_openapi.defaults import DEADLINE, MAX_RESPONSE_BYTES, TIMEOUT

if TYPE_CHECKING:
    from wecom_openapi.token_store import TokenStore
    from wecom_openapi.transport import AsyncDriver, Driver


class WeCom(SyncOperations):
    """The API, blocking. One object may be shared by threads.

    ::

        with WeCom(corpid, corpsecret) as wecom:
            task = wecom.add_msg_template(sender="zhangsan", external_userid=["wmA…"], text="…")
            task.msgid, task.fail_list

    Args:
        corpid: the corp.
        corpsecret: the secret of an app that may call the customer-contact APIs.
        base_url: the server; another one for a mock or a gateway.
        timeout: seconds for each connect, read, write and wait for a connection, or an `httpx.Timeout`.
        deadline: seconds for a whole call, the token's included. The lookup of the host name is not cut
            short.
        max_response_bytes: cap on a decoded answer.
        transport: an `httpx` transport to send with, instead of the usual one; closed with this object.
            Where it isn't httpx's own, the deadline is checked only between the chunks of an answer.
        client: an `httpx.Client` to send with. It is not closed here, its authentication and its setting
            for redirects don't count, and the deadline is checked only between the chunks of an answer.
        token_store: where tokens are kept, instead of in memory.

    Raises (from every operation):
        WeComError: see `wecom_openapi.errors` for the tree. An `OutcomeUnknown` is the one that may have
            had an effect.
    """

    def __init__(
        self,
        corpid: str,
        corpsecret: str,
        *,
        base_url: str | None = None,
        timeout: float | httpx.Timeout = TIMEOUT,
        deadline: float = DEADLINE,
        max_response_bytes: int = MAX_RESPONSE_BYTES,
        transport: httpx.BaseTransport | None = None,
        client: httpx.Client | None = None,
        token_store: TokenStore | None = None,
    ) -> None:
        # As with httpx, what sends is imported when the first client is built.
        from wecom_openapi.assembly import driver

        self._corpid = corpid
        self._driver: Driver = driver(
            corpid,
            corpsecret,
            base_url=base_url,
            timeout=timeout,
            deadline=deadline,
            max_response_bytes=max_response_bytes,
            transport=transport,
            client=client,
            token_store=token_store,
        )

    def _call(
        self,
        operation: Operation[ResponseT],
        body: Mapping[str, Any],
        confirmed: frozenset[str],
        options: CallOptions,
    ) -> ResponseT:
        return self._driver.call(operation, body, confirmed, options)

    def close(self) -> None:
        """Close the connections. Doing it twice changes nothing."""
        self._driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"WeCom({self._corpid!r}, base_url={self._driver.base_url!r})"


class AsyncWeCom(AsyncOperations):
    """The API for asyncio. Arguments and errors as for `WeCom`, with the async kinds of
    ``transport`` and ``client``; the deadline holds with any of them.

    ::

        async with AsyncWeCom(corpid, corpsecret) as wecom:
            task = await wecom.add_msg_template(sender="zhangsan", external_userid=["wmA…"], text="…")
    """

    def __init__(
        self,
        corpid: str,
        corpsecret: str,
        *,
        base_url: str | None = None,
        timeout: float | httpx.Timeout = TIMEOUT,
        deadline: float = DEADLINE,
        max_response_bytes: int = MAX_RESPONSE_BYTES,
        transport: httpx.AsyncBaseTransport | None = None,
        client: httpx.AsyncClient | None = None,
        token_store: TokenStore | None = None,
    ) -> None:
        # As with httpx, what sends is imported when the first client is built.
        from wecom_openapi.assembly import async_driver

        self._corpid = corpid
        self._driver: AsyncDriver = async_driver(
            corpid,
            corpsecret,
            base_url=base_url,
            timeout=timeout,
            deadline=deadline,
            max_response_bytes=max_response_bytes,
            transport=transport,
            client=client,
            token_store=token_store,
        )

    async def _call(
        self,
        operation: Operation[ResponseT],
        body: Mapping[str, Any],
        confirmed: frozenset[str],
        options: CallOptions,
    ) -> ResponseT:
        return await self._driver.call(operation, body, confirmed, options)

    async def aclose(self) -> None:
        """Close the connections. Doing it twice changes nothing."""
        await self._driver.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        return f"AsyncWeCom({self._corpid!r}, base_url={self._driver.base_url!r})"
