"""kill -9 of a process that sends a broadcast, between any two of its system calls, and what another process makes of
what it has left."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from attrs import frozen

from .faults import NO_FAULT
from .ledger import Applied
from .nursery import audience
from .server import ChaosServer, always
from .truth import Summary

CUSTOMERS: Final = 3
"""Of each member; a call has one member's."""
LATER: Final = 900.0
"""Seconds between the end of the one process and the start of the other."""
_ACCEPTED: Final = ("accepted", "accepted or in fail_list", "delivered")
_NOT: Final = ("not sent yet", "refused", "over quota", "fail_list")


class Nursery:
    """The other process, which starts those that are killed."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "chaos.nursery"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(60)
        assert self._process.stdout is not None
        self._process.stdout.close()

    def do(self, **job: Any) -> dict[str, Any]:
        """Have a job done.

        Raises:
            RuntimeError: the process has ended.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the process that starts the others has ended; see its stderr")
        answer: dict[str, Any] = json.loads(line)
        return answer


@frozen
class Kill:
    """One run.

    Attributes:
        caller: ``sync`` or ``async``.
        at: before which system call; None for never.
        concurrency: calls at a time.
    """

    caller: str
    at: int | None
    concurrency: int = 2


def judge(
    summary: Summary, where: str, rows: Iterable[tuple[str, str, str | None]], applied: list[Applied]
) -> None:
    """Hold the report of a broadcast against the ledger.

    Args:
        summary: what is found goes there.
        where: the run, for people.
        rows: recipient, standing and task, as the report has them.
        applied: the tasks that the server made.
    """
    tasks: dict[str, list[str]] = {}
    for one in applied:
        for recipient in dict.fromkeys(one.recipients):
            tasks.setdefault(recipient, []).append(one.msgid)
    told = {recipient: (standing, msgid) for recipient, standing, msgid in rows}
    everybody = {one for _, one in audience(CUSTOMERS)}
    summary.sends += len(applied)
    for recipient in sorted(everybody | set(told) | set(tasks)):
        made = tasks.get(recipient, [])
        if len(made) > 1:
            summary.duplicates += 1
            summary.told.append(f"{where}: {recipient} is in {len(made)} tasks")
        if recipient not in told:
            summary.lost += 1
            summary.told.append(f"{where}: {recipient} is not in the report")
            continue
        standing, msgid = told[recipient]
        wrong = (standing in _ACCEPTED and made != [msgid]) or (standing in _NOT and bool(made))
        if wrong or standing not in (*_ACCEPTED, *_NOT, "unknown"):
            summary.misreported += 1
            summary.told.append(f"{where}: {recipient} is {standing} ({msgid}), and is in {made}")


def play(nursery: Nursery, kill: Kill) -> tuple[Summary, dict[str, Any], dict[str, Any]]:
    """Let a process send and be killed, and another one finish.

    Returns:
        The sums, what became of the first process, and what the second one has told.
    """
    summary = Summary()
    where = f"killed before system call {kill.at} [{kill.caller}]"
    ahead = 0.0
    with (
        tempfile.TemporaryDirectory(prefix="wecom-kill-") as folder,
        ChaosServer(always(NO_FAULT), clock=lambda: time.time() + ahead) as server,
    ):
        job = {
            "base_url": server.base_url,
            "journal": str(Path(folder) / "journal.db"),
            "customers": CUSTOMERS,
            "caller": kill.caller,
            "concurrency": kill.concurrency,
            "deadline": 5.0,
        }
        first = nursery.do(do="send", kill_at=kill.at, **job)
        if first["status"] != (-9 if first["killed"] else 0):
            summary.misreported += 1
            summary.told.append(f"{where}: the process has ended with {first['status']}")
        server.quiet()  # what has left the process that was killed is done now, and not later
        ahead = LATER
        second = nursery.do(do="finish", later=LATER, **job)
    if "error" in second:
        summary.misreported += 1
        summary.told.append(f"{where}: {second['error']}")
    summary.kills += first["killed"]
    rows = [(recipient, standing, msgid) for recipient, standing, msgid in second.get("recipients", [])]
    judge(summary, where, rows, server.ledger.applied)
    return summary, first, second


def length(nursery: Nursery, caller: str) -> int:
    """How many system calls a whole broadcast takes, roughly: threads wait more or less often."""
    _, first, _ = play(nursery, Kill(caller, None))
    calls: int = first["calls"]
    return calls


def sample(seed: int, count: int, calls: int) -> list[int]:
    """So many of the numbers of system calls, spread over the whole."""
    drawn = random.Random(seed)
    step = calls / count
    return sorted({1 + int(step * (number + drawn.random())) for number in range(count)})


def play_kills(
    nursery: Nursery, caller: str, points: Iterable[int], progress: Callable[[], object]
) -> Summary:
    """Kill at each of the points."""
    total = Summary()
    for at in points:
        summary, _, _ = play(nursery, Kill(caller, at))
        total.add(summary)
        progress()
    return total
