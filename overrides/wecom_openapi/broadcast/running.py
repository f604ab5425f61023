"""Runs the calls of a broadcast, by threads or by tasks."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Final, TypeAlias

from wecom_openapi.broadcast.calls import Call
from wecom_openapi.broadcast.pace import Pace
from wecom_openapi.broadcast.schedule import Schedule
from wecom_openapi.errors import FrequencyLimited, WeComError

Progress: TypeAlias = Callable[[Call | None, int, int], object]
"""Called with every call that a run is through with (None where it is not done), and with how many of how many it is
through with."""

_LOOK: Final = 0.2
"""Seconds between two looks for Ctrl-C."""


def run(
    schedule: Schedule,
    send: Callable[[int], Call],
    pace: Pace,
    progress: Progress | None,
) -> None:
    """Run the calls by threads. On Ctrl-C no more are begun, and those in flight are finished first.

    Args:
        schedule: which ones.
        send: makes one.
        pace: how often.
        progress: told of every call.
    """
    telling = threading.Lock()

    def work() -> None:
        while (n := schedule.take()) is not None:
            if schedule.stopped.wait(pace.reserve()):
                schedule.put_back(n)
                return
            try:
                call = _settle(schedule, pace, n, send)
                if progress is not None:
                    with telling:
                        progress(call, schedule.settled, schedule.total)
            except BaseException as exc:  # noqa: BLE001 - raised in the thread that waits
                schedule.broke(exc)

    with ThreadPoolExecutor(schedule.concurrency, thread_name_prefix="wecom-broadcast") as threads:
        try:
            running = {threads.submit(work) for _ in range(schedule.concurrency)}
            while running:
                # With a time, since a signal that another thread got doesn't wake this one.
                ended, running = wait(running, timeout=_LOOK)
                for worker in ended:
                    worker.result()
        finally:
            # Whatever came here, Ctrl-C for one: the threads end after what they are at.
            schedule.stopped.set()


async def run_async(
    schedule: Schedule,
    send: Callable[[int], Awaitable[Call]],
    pace: Pace,
    progress: Progress | None,
) -> None:
    """The same by tasks. When it is cancelled no more are begun, and those in flight are finished first."""
    import anyio  # httpx imports it with the first client only, and so do we

    async def work() -> None:
        while (n := schedule.take()) is not None:
            try:
                await anyio.sleep(pace.reserve())
            except BaseException:
                schedule.put_back(n)
                raise
            try:
                call: Call | None = None
                # A call that is cancelled has an outcome that nobody knows.
                with anyio.CancelScope(shield=True):
                    call = await _settle_async(schedule, pace, n, send)
                if progress is not None:
                    progress(call, schedule.settled, schedule.total)
            except Exception as exc:  # noqa: BLE001 - raised by who waits
                schedule.broke(exc)
            if schedule.stopped.is_set():
                tasks.cancel_scope.cancel()  # who waits for its place; what is in flight is shielded

    async with anyio.create_task_group() as tasks:
        for _ in range(schedule.concurrency):
            tasks.start_soon(work)


def _settle(schedule: Schedule, pace: Pace, n: int, send: Callable[[int], Call]) -> Call | None:
    try:
        call = send(n)
    except WeComError as exc:
        _failed(schedule, pace, n, exc)
        return None
    schedule.succeeded(n)
    return call


async def _settle_async(
    schedule: Schedule, pace: Pace, n: int, send: Callable[[int], Awaitable[Call]]
) -> Call | None:
    try:
        call = await send(n)
    except WeComError as exc:
        _failed(schedule, pace, n, exc)
        return None
    schedule.succeeded(n)
    return call


def _failed(schedule: Schedule, pace: Pace, n: int, exc: WeComError) -> None:
    if isinstance(exc, FrequencyLimited):
        pace.hold()
    schedule.failed(n, exc)
