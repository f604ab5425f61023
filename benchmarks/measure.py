"""Interleaved measuring: one round of each, again and again, so that a busy machine is busy for both."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter, process_time


@dataclass(frozen=True, slots=True)
class Ratio:
    """Two medians and what one is of the other."""

    name: str
    baseline: str
    seconds: float
    baseline_seconds: float
    aim: float

    @property
    def ratio(self) -> float:
        """How many times the baseline it takes."""
        return self.seconds / self.baseline_seconds

    def __str__(self) -> str:
        mark = "within" if self.ratio <= self.aim else "above"
        return (
            f"{self.ratio:6.2f}  {mark} the aim of {self.aim:.2f}   {self.name} ({_time(self.seconds)})"
            f" against {self.baseline} ({_time(self.baseline_seconds)})"
        )


def compare(
    name: str,
    run: Callable[[], object],
    baseline: str,
    run_baseline: Callable[[], object],
    *,
    aim: float,
    rounds: int,
    repeat: int = 1,
    cpu: bool = False,
) -> Ratio:
    """Medians of ``rounds`` rounds of ``repeat`` runs each, after one round to warm up.

    Args:
        cpu: count the processor's time of this process instead of the clock's.
    """
    clock = process_time if cpu else perf_counter
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds + 1):
        for index, function in enumerate((run, run_baseline)):
            start = clock()
            for _ in range(repeat):
                function()
            if number:
                times[index].append((clock() - start) / repeat)
    return Ratio(name, baseline, statistics.median(times[0]), statistics.median(times[1]), aim)


def _time(seconds: float) -> str:
    return f"{seconds * 1e6:.0f} µs" if seconds < 1e-3 else f"{seconds * 1e3:.1f} ms"
