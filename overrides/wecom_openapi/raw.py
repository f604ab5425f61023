"""`WeCom.raw` and `AsyncWeCom.raw`: every operation, with the answer as it came beside the model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from wecom_client.raw_operations import AsyncRawOperations, SyncRawOperations
from wecom_client.types import Response
from wecom_client.wire import CallOptions, Operation, ResponseT

if TYPE_CHECKING:
    from wecom_openapi.transport import AsyncDriver, Driver


class Raw(SyncRawOperations):
    """The operations of a `WeCom`. What is wrong with a call is raised as there."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    def _call(
        self,
        operation: Operation[ResponseT],
        body: Mapping[str, Any],
        confirmed: frozenset[str],
        options: CallOptions,
    ) -> Response[ResponseT]:
        return self._driver.call(operation, body, confirmed, options)


class AsyncRaw(AsyncRawOperations):
    """The operations of an `AsyncWeCom`."""

    def __init__(self, driver: AsyncDriver) -> None:
        self._driver = driver

    async def _call(
        self,
        operation: Operation[ResponseT],
        body: Mapping[str, Any],
        confirmed: frozenset[str],
        options: CallOptions,
    ) -> Response[ResponseT]:
        return await self._driver.call(operation, body, confirmed, options)
