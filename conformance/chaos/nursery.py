"""A process that has imported everything and starts others as copies of itself: one that sends a broadcast and is
killed in the midst of it, and one that finishes what that has left.

It has one thread, so that its copies are sound. It reads a job as a line of JSON and answers with a line of JSON.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sys
import tempfile
import threading
import time
import traceback
import warnings
from pathlib import Path
from typing import Any, Final

from wecom_openapi import AsyncWeCom, WeCom, WeComError
from wecom_openapi.broadcast import Broadcast
from wecom_openapi.journal import Journal

from .company import CORPID, SECRET, SENDERS, customers_of
from .tracer import trace

NAME: Final = "spring"
TEXT: Final = "新品上市"
GAVE_UP: Final = 3
"""What a process exits with that has met too many failures."""
_ROUNDS: Final = 10


def audience(customers: int) -> list[tuple[str, str]]:
    """Everybody whom a broadcast is for, with the member who sends."""
    return [(sender, one) for sender in SENDERS for one in customers_of(sender, customers)]


def _client(kind: Any, job: dict[str, Any], journal: Journal) -> Any:
    return kind(CORPID, SECRET, base_url=job["base_url"], journal=journal, deadline=job["deadline"])


def _plan(journal: Journal, job: dict[str, Any]) -> Broadcast:
    broadcast = Broadcast(journal, NAME)
    broadcast.plan({"text": {"content": TEXT}}, audience(job["customers"]))
    return broadcast


def _send(job: dict[str, Any]) -> int:
    """The process that is killed: plans a broadcast and sends it, by threads or by tasks."""

    async def by_tasks() -> None:
        async with _client(AsyncWeCom, job, journal) as wecom:
            await _plan(journal, job).run_async(wecom, concurrency=job["concurrency"])

    _set_clock(job.get("jump", 0.0))
    with Journal(job["journal"], survive_power_failure=False) as journal:
        try:
            if job["caller"] == "async":
                asyncio.run(by_tasks())
            else:
                with _client(WeCom, job, journal) as wecom:
                    _plan(journal, job).run(wecom, concurrency=job["concurrency"])
        except WeComError:
            return GAVE_UP
    return 0


def _set_clock(seconds: float) -> None:
    """Somebody has set the clock of this process so far ahead."""
    real = time.time
    time.time = lambda: real() + seconds


def _later(seconds: float) -> None:
    """Let this process live so many seconds later, as if somebody had waited."""
    steady = time.monotonic
    time.monotonic = lambda: steady() + seconds
    _set_clock(seconds)


def _finish(job: dict[str, Any]) -> dict[str, Any]:
    """Recovers what the one that was killed has left open and goes on, until nothing is left to be done."""
    with (
        Journal(job["journal"], survive_power_failure=False) as journal,
        _client(WeCom, job, journal) as wecom,
    ):
        verdicts: list[str] = []
        broadcast = _plan(journal, job)
        for _ in range(_ROUNDS):
            verdicts += [found.reconciliation.verdict for found in wecom.recover()]
            if broadcast.run(wecom).is_complete:
                break
        rows = [[one.recipient, str(one.standing), one.msgid] for one in broadcast.recipients()]
        return {"recipients": rows, "verdicts": verdicts}


def _try(job: dict[str, Any]) -> dict[str, Any]:
    """`_send` in a process of its own that nobody kills."""
    pid = os.fork()
    if pid == 0:
        status = 70
        try:
            status = _send(job)
        finally:
            sys.stderr.flush()
            os._exit(status)
    return {"status": os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])}


def _in_copy(job: dict[str, Any]) -> dict[str, Any]:
    """`_finish` in a process of its own, which lives later."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(reading)
            _later(job["later"])
            try:
                told = _finish(job)
            except BaseException:  # noqa: BLE001 - it is told
                told = {"error": traceback.format_exc()}
            with os.fdopen(writing, "w") as stream:
                json.dump(told, stream)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as stream:
        text = stream.read()
    os.waitpid(pid, 0)
    result: dict[str, Any] = json.loads(text)
    return result


def _traced(job: dict[str, Any]) -> dict[str, Any]:
    traced = trace(lambda: _send(job), job["kill_at"])
    return {"calls": traced.calls, "killed": traced.killed, "last": traced.last, "status": traced.status}


JOBS: Final = {"send": _traced, "try": _try, "finish": _in_copy}


def _warm_up() -> None:
    """Import what is imported when it is first needed: a copy should begin with its broadcast."""
    import anyio._backends._asyncio  # noqa: F401 - what it imports

    with tempfile.TemporaryDirectory() as folder, Journal(Path(folder) / "journal.db") as journal:
        job = {"base_url": "http://127.0.0.1:9", "deadline": 1.0, "customers": 1}
        with _client(WeCom, job, journal) as wecom:
            wecom.recover()
            _plan(journal, job)
        _client(AsyncWeCom, job, journal)
    gc.collect()
    assert threading.active_count() == 1


def main() -> None:
    """Do the jobs that stdin has."""
    warnings.simplefilter("ignore")  # a task that was found is told of by each
    _warm_up()
    for line in sys.stdin:
        job = json.loads(line)
        print(json.dumps(JOBS[job["do"]](job)), flush=True)


if __name__ == "__main__":
    main()
