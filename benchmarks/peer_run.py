"""One cell of the comparison, in a process of its own: `python -m benchmarks.peer_run URL FOLDER CELL` prints JSON.

All clients take turns, round by round, and each round counts its calls by the clock and by the processor's time of
this process, user and system, all threads.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
import threading
import warnings
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from time import perf_counter, process_time
from typing import Any

from benchmarks.answering import pin


@dataclass(frozen=True)
class Cell:
    """What is measured at once."""

    name: str
    tasks: bool
    width: int
    """How many threads or tasks call at the same time."""
    recipients: int
    calls: int
    """How many calls a round has, of all threads together."""
    rounds: int


CELLS = {
    cell.name: cell
    for cell in (
        Cell("sync-1-small", False, 1, 2, 100, 11),
        Cell("sync-50-small", False, 50, 2, 200, 7),
        Cell("async-1-small", True, 1, 2, 100, 11),
        Cell("async-50-small", True, 50, 2, 200, 7),
        Cell("sync-1-large", False, 1, 10_000, 8, 7),
        Cell("sync-50-large", False, 50, 10_000, 50, 3),
        Cell("async-1-large", True, 1, 10_000, 8, 7),
        Cell("async-50-large", True, 50, 10_000, 50, 3),
    )
}


@dataclass(frozen=True)
class Round:
    """What one round of one client took."""

    cpu: float
    """Seconds of the processor for a call."""
    rate: float
    """Calls a second."""
    failed: int


def sync_round(call: Callable[[], object], cell: Cell) -> Round:
    """Threads that start at the same moment and share the calls."""
    failed: list[BaseException] = []
    start = threading.Barrier(cell.width + 1)

    def work() -> None:
        start.wait()
        for _ in range(cell.calls // cell.width):
            try:
                call()
            except Exception as exc:  # noqa: BLE001 - of whatever kind: it is counted
                failed.append(exc)

    if cell.width == 1:
        cpu, clock = process_time(), perf_counter()
        for _ in range(cell.calls):
            call()
    else:
        threads = [threading.Thread(target=work) for _ in range(cell.width)]
        for thread in threads:
            thread.start()
        cpu, clock = process_time(), perf_counter()
        start.wait()
        for thread in threads:
            thread.join()
    return _round(cell, process_time() - cpu, perf_counter() - clock, len(failed))


async def async_round(call: Callable[[], Awaitable[object]], cell: Cell) -> Round:
    """Tasks that share the calls."""
    failed = 0

    async def work() -> None:
        nonlocal failed
        for _ in range(cell.calls // cell.width):
            try:
                await call()
            except Exception:  # noqa: BLE001
                failed += 1

    cpu, clock = process_time(), perf_counter()
    await asyncio.gather(*(work() for _ in range(cell.width)))
    return _round(cell, process_time() - cpu, perf_counter() - clock, failed)


def _round(cell: Cell, cpu: float, seconds: float, failed: int) -> Round:
    return Round(cpu / cell.calls, cell.calls / seconds, failed)


def run_sync(base_url: str, cell: Cell) -> dict[str, list[Round]]:
    """The rounds of every client, without the first, which warms up."""
    from benchmarks.peer_clients import SYNC, body_of

    body = body_of(cell.recipients)
    calls = {name: make(base_url, body) for name, make in SYNC.items()}
    for name, call in calls.items():
        assert call() == "msgGCAAAXtWyujaWJHDDGi0mAAAA", name
    rounds: dict[str, list[Round]] = {name: [] for name in calls}
    for number in range(cell.rounds + 1):
        for name, call in calls.items():
            gc.collect()
            done = sync_round(call, cell)
            if number:
                rounds[name].append(done)
    return rounds


async def run_async(base_url: str, cell: Cell) -> dict[str, list[Round]]:
    """`run_sync` for tasks."""
    from benchmarks.peer_clients import ASYNC, body_of

    body = body_of(cell.recipients)
    calls = {name: await make(base_url, body) for name, make in ASYNC.items()}
    for name, call in calls.items():
        assert await call() == "msgGCAAAXtWyujaWJHDDGi0mAAAA", name
    rounds: dict[str, list[Round]] = {name: [] for name in calls}
    for number in range(cell.rounds + 1):
        for name, call in calls.items():
            gc.collect()
            done = await async_round(call, cell)
            if number:
                rounds[name].append(done)
    return rounds


def main(base_url: str, folder: str, name: str, core: str) -> None:
    """Measure one cell and print it."""
    sys.path.append(folder)  # behind ours: where both have a package, all use the same release of it
    warnings.simplefilter("ignore")  # theirs: of names that Python will do away with
    pin(int(core))
    cell = CELLS[name]
    rounds: dict[str, Any] = (
        asyncio.run(run_async(base_url, cell)) if cell.tasks else run_sync(base_url, cell)
    )
    print(json.dumps({client: [asdict(one) for one in done] for client, done in rounds.items()}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
