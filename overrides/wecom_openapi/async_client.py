"""`AsyncWeCom`: the operations of the contract for asyncio."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterable, Mapping
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import httpx

from wecom_client.wire import CallOptions, Operation, ResponseT
from wecom_openapi.defaults import CLOCK_MARGIN, DEADLINE, MAX_RESPONSE_BYTES, RETRIES, SETTLE, TIMEOUT
from wecom_openapi.frames import frameless
from wecom_openapi.secret_calls import AsyncSecretCalls

if TYPE_CHECKING:
    from wecom_openapi.errors import OutcomeUnknown
    from wecom_openapi.journal import Journal, Recovered
    from wecom_openapi.raw import AsyncRaw
    from wecom_openapi.reconciliation.attempt import Attempt, Reconciliation
    from wecom_openapi.results import Progress, TaskResults
    from wecom_openapi.retrying import Retries
    from wecom_openapi.tokens.store import TokenStore
    from wecom_openapi.tokens.suite import Suite
    from wecom_openapi.transport import AsyncDriver


class AsyncWeCom(AsyncSecretCalls):
    """The API for asyncio. Arguments and errors as for `WeCom`, with the async kinds of
    ``transport`` and ``client``; the deadline holds with any of them.

    ::

        async with AsyncWeCom(corpid, corpsecret) as wecom:
            task = await wecom.add_msg_template(sender="zhangsan", external_userid=["wmA…"], text="…")
    """

    @frameless
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
        retries: int | Retries = RETRIES,
        journal: Journal | str | os.PathLike[str] | None = None,
    ) -> None:
        # As with httpx, what sends is imported when the first client is built.
        from wecom_openapi.assembly import async_driver, of_app

        self._shown = f"AsyncWeCom({corpid!r}"
        self._driver: AsyncDriver = async_driver(
            of_app(corpid, corpsecret),
            account=corpid,
            journal=journal,
            base_url=base_url,
            timeout=timeout,
            deadline=deadline,
            max_response_bytes=max_response_bytes,
            transport=transport,
            client=client,
            token_store=token_store,
            retries=retries,
        )

    @classmethod
    @frameless
    def for_suite(
        cls,
        suite: Suite,
        auth_corpid: str,
        permanent_code: str,
        *,
        base_url: str | None = None,
        timeout: float | httpx.Timeout = TIMEOUT,
        deadline: float = DEADLINE,
        max_response_bytes: int = MAX_RESPONSE_BYTES,
        transport: httpx.AsyncBaseTransport | None = None,
        client: httpx.AsyncClient | None = None,
        token_store: TokenStore | None = None,
        retries: int | Retries = RETRIES,
        journal: Journal | str | os.PathLike[str] | None = None,
    ) -> Self:
        """As `WeCom.for_suite`, with the async kinds of ``transport`` and ``client``. The suite's ticket may come from
        a coroutine function.
        """
        from wecom_openapi.assembly import async_driver, of_suite

        made = cls.__new__(cls)
        made._shown = f"AsyncWeCom.for_suite({suite!r}, {auth_corpid!r}"
        made._driver = async_driver(
            of_suite(suite, auth_corpid, permanent_code, tasks=True),
            account=auth_corpid,
            journal=journal,
            base_url=base_url,
            timeout=timeout,
            deadline=deadline,
            max_response_bytes=max_response_bytes,
            transport=transport,
            client=client,
            token_store=token_store,
            retries=retries,
        )
        return made

    async def _call(
        self,
        operation: Operation[ResponseT],
        body: Mapping[str, Any],
        confirmed: frozenset[str],
        options: CallOptions,
    ) -> ResponseT:
        return (await self._driver.call(operation, body, confirmed, options)).parsed

    def _rows(
        self, operation: Operation[Any], fields: dict[str, Any], options: CallOptions
    ) -> AsyncIterator[Any]:
        from wecom_openapi.paging import Walk

        walk = Walk(operation, fields)

        async def rows() -> AsyncIterator[Any]:
            while walk.body is not None:
                for row in walk.take(await self._call(operation, walk.body, frozenset(), options)):
                    yield row

        return rows()

    @property
    def raw(self) -> AsyncRaw:
        """As `WeCom.raw`."""
        from wecom_openapi.raw import AsyncRaw

        return AsyncRaw(self._driver)

    async def wait_for_results(
        self,
        msgid: str,
        *,
        deadline: float = 3600.0,
        interval: float = 5.0,
        longest_interval: float = 60.0,
        progress: Progress | None = None,
    ) -> TaskResults:
        """As `WeCom.wait_for_results`."""
        from wecom_openapi.waiting import AsyncResultWaiter

        return await AsyncResultWaiter(self).wait(
            msgid, deadline=deadline, interval=interval, longest_interval=longest_interval, progress=progress
        )

    @property
    def journal(self) -> Journal | None:
        """The journal that it was given, or opened; None where it has none."""
        recorder = self._driver.recorder
        return None if recorder is None else recorder.journal

    async def reconcile(
        self,
        what: OutcomeUnknown | Attempt,
        *,
        settle: float = SETTLE,
        clock_margin: float = CLOCK_MARGIN,
        known: Iterable[str] | None = None,
    ) -> Reconciliation:
        """As `WeCom.reconcile`."""
        from wecom_openapi.reconciliation.running import arun
        from wecom_openapi.reconciliation.search import reconcile

        flow = reconcile(what, settle=settle, clock_margin=clock_margin, known=known)
        return await arun(flow, self._driver)

    async def recover(self, *, settle: float = SETTLE, clock_margin: float = CLOCK_MARGIN) -> list[Recovered]:
        """As `WeCom.recover`."""
        from wecom_openapi.journal.recovery import recover_async

        reconcile = partial(self.reconcile, settle=settle, clock_margin=clock_margin)
        return await recover_async(self._driver.recorder, reconcile)

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
        return f"{self._shown}, base_url={self._driver.base_url!r})"
