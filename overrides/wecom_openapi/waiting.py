"""`wait_for_results` for both clients: runs the steps of `wecom_openapi.results` by their own calls."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from wecom_client.operations import AsyncOperations, SyncOperations
from wecom_openapi.errors import WeComError
from wecom_openapi.results import AskMembers, AskRecipients, Follow, Progress, Step, TaskResults, follow


class ResultWaiter:
    """Waits for the results of tasks, blocking.

    Args:
        calls: what reads them.
        pause: waits so many seconds.
    """

    def __init__(self, calls: SyncOperations, pause: Callable[[float], object] = time.sleep) -> None:
        self._calls = calls
        self._pause = pause

    def wait(
        self,
        msgid: str,
        *,
        deadline: float,
        interval: float,
        longest_interval: float,
        progress: Progress | None,
    ) -> TaskResults:
        """Arguments, result and errors as for `wecom_openapi.WeCom.wait_for_results`."""
        flow = follow(
            msgid, deadline=deadline, interval=interval, longest_interval=longest_interval, progress=progress
        )
        step: Step | TaskResults = next(flow)
        while not isinstance(step, TaskResults):
            try:
                reply = self._perform(step)
            except WeComError as exc:
                step = flow.throw(exc)
            else:
                step = _next(flow, reply)
        return step

    def _perform(self, step: Step) -> list[Any] | None:
        match step:
            case AskMembers(msgid):
                return list(self._calls.iter_groupmsg_task(msgid=msgid))
            case AskRecipients(msgid, userid):
                return list(self._calls.iter_groupmsg_send_result(msgid=msgid, userid=userid))
            case pause:
                self._pause(pause.seconds)
                return None


class AsyncResultWaiter:
    """Waits for the results of tasks without blocking.

    Args:
        calls: what reads them.
    """

    def __init__(self, calls: AsyncOperations) -> None:
        self._calls = calls

    async def wait(
        self,
        msgid: str,
        *,
        deadline: float,
        interval: float,
        longest_interval: float,
        progress: Progress | None,
    ) -> TaskResults:
        """Arguments, result and errors as for `wecom_openapi.WeCom.wait_for_results`."""
        flow = follow(
            msgid, deadline=deadline, interval=interval, longest_interval=longest_interval, progress=progress
        )
        step: Step | TaskResults = next(flow)
        while not isinstance(step, TaskResults):
            try:
                reply = await self._perform(step)
            except WeComError as exc:
                step = flow.throw(exc)
            else:
                step = _next(flow, reply)
        return step

    async def _perform(self, step: Step) -> list[Any] | None:
        import anyio  # httpx imports it with the first client only, and so do we

        match step:
            case AskMembers(msgid):
                return [row async for row in self._calls.iter_groupmsg_task(msgid=msgid)]
            case AskRecipients(msgid, userid):
                rows = self._calls.iter_groupmsg_send_result(msgid=msgid, userid=userid)
                return [row async for row in rows]
            case pause:
                await anyio.sleep(pause.seconds)
                return None


def _next(flow: Follow, reply: list[Any] | None) -> Step | TaskResults:
    try:
        return flow.send(reply)
    except StopIteration as done:
        results: TaskResults = done.value
        return results
