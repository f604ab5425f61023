"""This client beside others: the same server, the same bodies, rounds in turns, each on a core of its own."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.answering import answering
from benchmarks.peer_clients import ALL_OURS, FLOOR, OURS, OURS_FAST
from benchmarks.peer_run import CELLS

INTEROP = Path(__file__).resolve().parents[1] / "conformance/interop"
BARE = "httpx"

AIMS: Mapping[tuple[str, str], float] = {
    ("sync-1-small", OURS): 0.75,
    ("sync-1-small", OURS_FAST): 0.45,
    ("async-50-small", OURS_FAST): 0.15,
}
"""How much of bare httpx a call of ours may cost, by cell and client."""


@dataclass(frozen=True)
class Standing:
    """What one client took in one cell."""

    client: str
    microseconds: float
    """Of the processor for a call, the median of the rounds."""
    rate: float
    """Calls a second, the median."""
    failed: int
    """Calls that raised, of all rounds."""


Standings = dict[str, list[Standing]]
"""By the name of the cell."""


last: Standings = {}
"""What `peers` has measured in this process, for the page."""


def measure() -> Iterator[tuple[str, list[Standing]]]:
    """One cell after the other.

    Raises:
        RuntimeError: the clients of others can't be had, or one of them doesn't work.
    """
    sys.path.insert(0, str(INTEROP))
    import fetch

    folder = fetch.packages()
    own, others = 0, (os.cpu_count() or 1) - 1
    for name in CELLS:
        with answering(others) as base_url:
            command = [sys.executable, "-m", "benchmarks.peer_run", base_url, str(folder), name, str(own)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{name}: {done.stderr[-2000:]}")
        yield name, [_standing(client, rounds) for client, rounds in json.loads(done.stdout).items()]


def _standing(client: str, rounds: list[dict[str, Any]]) -> Standing:
    return Standing(
        client=client,
        microseconds=round(statistics.median(one["cpu"] for one in rounds) * 1e6, 1),
        rate=round(statistics.median(one["rate"] for one in rounds), 1),
        failed=sum(one["failed"] for one in rounds),
    )


def lines(name: str, standings: list[Standing]) -> Iterator[str]:
    """A cell as text."""
    bare = next(one.microseconds for one in standings if one.client == BARE)
    yield f"        {name}: CPU of a call as a ratio to bare httpx"
    for one in sorted(standings, key=lambda each: each.microseconds):
        ratio = one.microseconds / bare
        aim = AIMS.get((name, one.client))
        mark = "" if aim is None else f"  {'within' if ratio <= aim else 'above'} the aim of {aim:.2f}"
        failed = f"  {one.failed} calls failed" if one.failed else ""
        yield (
            f"{ratio:6.2f}    {one.client:23s} {one.microseconds:8.0f} µs {one.rate:8.0f} calls a second"
            f"{mark}{failed}"
        )
    behind = ahead_of_us(standings)
    if behind:
        yield f"        ahead of ours: {', '.join(behind)}"


def ahead_of_us(standings: list[Standing]) -> list[str]:
    """Clients that cost less than the cheaper one of ours; the floor, which checks nothing, is none."""
    ours = min(one.microseconds for one in standings if one.client in ALL_OURS)
    return [
        one.client for one in standings if one.client not in (*ALL_OURS, FLOOR) and one.microseconds < ours
    ]


def peers() -> str:
    """Every cell, as text."""
    last.update(measure())
    return "\n".join(line for name, standings in last.items() for line in lines(name, standings))
