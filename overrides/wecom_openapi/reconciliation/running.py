"""`reconcile` for both clients: asks what `wecom_openapi.reconciliation.search` wants to know, by their own calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wecom_client.wire import CallOptions
from wecom_openapi.errors import WeComError
from wecom_openapi.reconciliation.attempt import Reconciliation

if TYPE_CHECKING:
    from wecom_openapi.reconciliation.search import Flow
    from wecom_openapi.transport import AsyncDriver, Driver


def run(flow: Flow, driver: Driver) -> Reconciliation:
    """Run a flow, blocking."""
    try:
        ask = next(flow)
        while True:
            try:
                answer = driver.call(ask.operation, ask.body, frozenset(), CallOptions())
            except WeComError as exc:
                ask = flow.throw(exc)
            else:
                ask = flow.send(answer)
    except StopIteration as done:
        found: Reconciliation = done.value
        return found


async def arun(flow: Flow, driver: AsyncDriver) -> Reconciliation:
    """Run a flow without blocking."""
    try:
        ask = next(flow)
        while True:
            try:
                answer = await driver.call(ask.operation, ask.body, frozenset(), CallOptions())
            except WeComError as exc:
                ask = flow.throw(exc)
            else:
                ask = flow.send(answer)
    except StopIteration as done:
        found: Reconciliation = done.value
        return found
