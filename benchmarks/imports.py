"""``import wecom_openapi`` and its client against ``import httpx``, each in a fresh interpreter."""

from __future__ import annotations

import subprocess
import sys

from benchmarks.measure import Ratio, compare


def import_time() -> Ratio:
    """The interpreter's own start is taken off both, by measuring inside."""
    return Ratio(
        name="import of wecom_openapi with WeCom",
        baseline="import httpx",
        seconds=_inside("from wecom_openapi import WeCom"),
        baseline_seconds=_inside("import httpx"),
        aim=1.5,
    )


def _inside(statement: str, runs: int = 15) -> float:
    script = f"from time import perf_counter as t; a = t(); {statement}; print(t() - a)"
    times = sorted(
        float(
            subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout
        )
        for _ in range(runs)
    )
    return times[runs // 2]


def start_up() -> Ratio:
    """Whole interpreters that end at once, by the clock."""
    return compare(
        "python -c 'import wecom_openapi'",
        lambda: subprocess.run([sys.executable, "-c", "import wecom_openapi"], check=True),
        "python -c 'import httpx'",
        lambda: subprocess.run([sys.executable, "-c", "import httpx"], check=True),
        aim=1.5,
        rounds=10,
    )
