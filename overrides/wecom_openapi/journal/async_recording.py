"""Sends calls of tasks by way of a journal: the disk is waited for in threads."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from wecom_client.types import Response
from wecom_client.wire import ResponseT
from wecom_openapi import outcome
from wecom_openapi.call import Call
from wecom_openapi.deadline import Exchange
from wecom_openapi.journal.beginning import Begun
from wecom_openapi.journal.entry import State
from wecom_openapi.journal.recording import BaseRecorder, failure, success, tell

ResultT = TypeVar("ResultT")


class AsyncRecorder(BaseRecorder):
    """`Recorder` for tasks: the disk is waited for in threads."""

    async def run(
        self, call: Call[ResponseT], exchange: Exchange, send: Callable[[], Awaitable[Response[ResponseT]]]
    ) -> Response[ResponseT]:
        """`Recorder.run` without blocking."""
        import anyio.lowlevel

        begun = await self._begin_in_thread(call, exchange)
        if not begun.is_ours:
            response, notice = self._standing(call, begun)
            tell(notice)
            return response
        try:
            await anyio.lowlevel.checkpoint()  # a cancellation that came while the disk was waited for
            if exchange.expired:
                raise outcome.late(call, exchange)
            response = await send()
        except BaseException as exc:
            ending = failure(exc, exchange)
            tell(await in_thread(lambda: self._settle(begun.entry, ending)))
            raise
        tell(await in_thread(lambda: self._settle(begun.entry, success(response))))
        return response

    async def _begin_in_thread(self, call: Call[Any], exchange: Exchange) -> Begun:
        """A task may be cancelled while the thread is at it. The entry must not stay open then."""
        handover = _Handover()

        def begin() -> Begun:
            begun = self._begin(call, exchange)
            if not handover.give(begun):
                self._leave(begun)
            return begun

        try:
            return await in_thread(begin)
        except BaseException:
            begun = handover.leave()
            if begun is not None:
                await in_thread(lambda: self._leave(begun))
            raise

    def _leave(self, begun: Begun) -> None:
        if begun.is_ours:
            self._settle(begun.entry, {"state": State.NOT_SENT, "reason": "cancelled before it left"})


class _Handover:
    """What a thread has begun for a task that may be gone by then."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._begun: Begun | None = None
        self._is_gone = False

    def give(self, begun: Begun) -> bool:
        """Whether the task is still there to take it."""
        with self._lock:
            self._begun = begun
            return not self._is_gone

    def leave(self) -> Begun | None:
        """The task goes; what it was given already is its to settle."""
        with self._lock:
            self._is_gone = True
            return self._begun


async def in_thread(function: Callable[[], ResultT]) -> ResultT:
    """Wait for the disk in a thread."""
    import anyio
    import anyio.to_thread

    with anyio.CancelScope(shield=True):
        return await anyio.to_thread.run_sync(function)
    raise AssertionError("a shielded scope doesn't end early")  # for those who read types
