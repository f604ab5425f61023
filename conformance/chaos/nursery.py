"""A process that has imported everything and starts others as copies of itself: one that sends a broadcast, and is killed
in the midst of it, and one that finishes what that has left.

It has one thread, so that its copies are sound. It reads a job as a line of JSON and answers with a line of JSON.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
import traceback
from typing import Any, Final

from wecom_openapi import AsyncWeCom, WeCom
from wecom_openapi.broadcast import Broadcast
from wecom_openapi.journal import Journal

from .company import CORPID, SECRET, SENDERS, customers_of
from .tracer import trace

NAME: Final = "spring"
TEXT: Final = "新品上市"
LIFE: Final = 5.0
"""The deadline of a call, in seconds."""
_ROUNDS: Final = 10


def audience(customers: int) -> list[tuple[str, str]]:
    """Everybody whom a broadcast is for, with the member who sends."""
    return [(sender, one) for sender in SENDERS for one in customers_of(sender, customers)]


def _client(kind: Any, job: dict[str, Any], journal: Journal) -> Any:
    return kind(CORPID, SECRET, base_url=job["base_url"], journal=journal, deadline=LIFE)


def _plan(journal: Journal, job: dict[str, Any]) -> Broadcast:
    broadcast = Broadcast(journal, NAME)
    broadcast.plan({"text": {"content": TEXT}}, audience(job["customers"]))
    return broadcast


def _send(job: dict[str, Any]) -> int:
    """The process that is killed: plans a broadcast and sends it, by threads or by tasks."""

    async def by_tasks() -> None:
        async with _client(AsyncWeCom, job, journal) as wecom:
            await _plan(journal, job).run_async(wecom, concurrency=job["concurrency"])

    with Journal(job["journal"], survive_power_failure=False) as journal:
        if job["caller"] == "async":
            asyncio.run(by_tasks())
        else:
            with _client(WeCom, job, journal) as wecom:
                _plan(journal, job).run(wecom, concurrency=job["concurrency"])
    return 0


def _later(seconds: float) -> None:
    """Let this process live so many seconds later, as if somebody had waited."""
    real, steady = time.time, time.monotonic
    time.time = lambda: real() + seconds
    time.monotonic = lambda: steady() + seconds


def _finish(job: dict[str, Any]) -> dict[str, Any]:
    """Recovers what the one that was killed has left open and goes on, until nothing is left to be done."""
    with Journal(job["journal"], survive_power_failure=False) as journal, _client(WeCom, job, journal) as wecom:
        verdicts: list[str] = []
        broadcast = _plan(journal, job)
        for _ in range(_ROUNDS):
            verdicts += [found.reconciliation.verdict for found in wecom.recover()]
            if broadcast.run(wecom).is_complete:
                break
        rows = [[one.recipient, str(one.standing), one.msgid] for one in broadcast.recipients()]
        return {"recipients": rows, "verdicts": verdicts}


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


JOBS: Final = {"send": _traced, "finish": _in_copy}


def main() -> None:
    """Do the jobs that stdin has."""
    for line in sys.stdin:
        job = json.loads(line)
        print(json.dumps(JOBS[job["do"]](job)), flush=True)


if __name__ == "__main__":
    main()
