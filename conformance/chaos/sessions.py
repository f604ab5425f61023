"""A broadcast through whatever comes, drawn from a seed: faults of every kind, kills, wrong clocks, one process after
the other; and then what is in its report."""

from __future__ import annotations

import hashlib
import random
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any, Final

from .faults import FAULTS, NO_FAULT, Fault
from .kills import CUSTOMERS, LATER, Nursery, judge
from .nursery import GAVE_UP
from .server import ChaosServer
from .truth import Summary
from .wire import Request

DEADLINE: Final = 1.0
_QUICK: Final = [fault for fault in FAULTS.values() if not fault.slow]
_SLOW: Final = [fault for fault in FAULTS.values() if fault.slow]
_JUMPS: Final = (0.0, 0.0, 0.0, 3600.0, -3600.0, 2 * 86400.0, -2 * 86400.0)
"""How far ahead somebody has set the clock."""
_CALLS: Final = 4000
"""System calls among which a kill is drawn."""


class Weather:
    """Draws the faults of a session. The same request meets the same fault at its first, second … time.

    Args:
        seed: of the session.
        share: of requests that meet one.
    """

    def __init__(self, seed: int, share: float) -> None:
        self._seed, self._share = seed, share
        self._met: Counter[bytes] = Counter()
        self._lock = threading.Lock()
        self.played: Counter[str] = Counter()
        self.fine = False

    def draw(self, moment: str, request: Request | None) -> Fault:
        """See `ChaosServer`."""
        asked = hashlib.sha256(request.operation.encode() + request.body).digest() if request else b""
        with self._lock:
            self._met[asked] += 1
            drawn = random.Random(f"{self._seed} {moment} {asked.hex()} {self._met[asked]}")
            # A connection carries several requests, and meets its own faults less often.
            if self.fine or drawn.random() > self._share * (1.0 if request else 0.2):
                return NO_FAULT
            fault = drawn.choice(_SLOW if drawn.random() < 0.05 else _QUICK)
            if fault.at != moment:
                return NO_FAULT
            self.played[fault.name] += 1
            return fault


def play_session(nursery: Nursery, seed: int) -> Summary:
    """One broadcast, from the first process that tries to the last one that finishes."""
    drawn = random.Random(seed)
    summary, weather, ahead = Summary(), Weather(seed, drawn.choice((0.1, 0.4, 0.8))), 0.0
    with (
        tempfile.TemporaryDirectory(prefix="wecom-session-") as folder,
        ChaosServer(weather.draw, clock=lambda: time.time() + ahead) as server,
    ):
        job: dict[str, Any] = {
            "base_url": server.base_url,
            "journal": str(Path(folder) / "journal.db"),
            "customers": CUSTOMERS,
            "deadline": DEADLINE,
        }
        for _ in range(drawn.randint(1, 3)):
            kill_at = drawn.randint(1, _CALLS) if drawn.random() < 0.5 else None
            more = {
                "caller": drawn.choice(("sync", "async")),
                "concurrency": drawn.randint(1, 4),
                "jump": drawn.choice(_JUMPS),
            }
            done = nursery.do(do="send" if kill_at else "try", kill_at=kill_at, **job, **more)
            summary.kills += bool(done.get("killed"))
            if done["status"] not in (0, GAVE_UP, -9):
                summary.misreported += 1
                summary.told.append(f"session {seed}: the process has ended with {done['status']}")
        server.quiet()
        weather.fine, ahead = True, LATER
        last = nursery.do(do="finish", later=LATER, **job)
    if "error" in last:
        summary.misreported += 1
        summary.told.append(f"session {seed}: {last['error']}")
    summary.faults += weather.played
    rows = [(recipient, standing, msgid) for recipient, standing, msgid in last.get("recipients", [])]
    judge(summary, f"session {seed}", rows, server.ledger.applied)
    summary.unknown += sum(standing == "unknown" for _, standing, _ in rows)
    return summary
