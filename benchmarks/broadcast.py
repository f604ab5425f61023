"""What planning and reporting a broadcast takes: a thousand recipients, ten thousand, up to a million.

Each size runs in a process of its own, so that the most memory that it ever had is its own too.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

SIZES = (1_000, 10_000, 100_000, 1_000_000)

_CODE = """
import json, random, resource, sys, time
from pathlib import Path
from wecom_openapi.broadcast import Broadcast, CsvFile
from wecom_openapi.journal import Journal

size, folder = int(sys.argv[1]), Path(sys.argv[2])
random.seed(size)
with (folder / "audience.csv").open("w") as file:
    file.write("external_userid,sender\\n")
    for number in range(size):
        # In no order, as ids come.
        file.write(f"wm{random.getrandbits(120):030x},m{number % 50}\\n")
def peak():
    # What a process has used at most is, on Linux, never less than what its parent had when it was started.
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / (1024 if sys.platform == "darwin" else 1)
before = peak()
with Journal(folder / "journal.db") as journal:
    broadcast = Broadcast(journal, "bench")
    start = time.process_time()
    plan = broadcast.plan({"text": {"content": "x"}}, CsvFile(folder / "audience.csv"))
    planned = time.process_time()
    written = broadcast.write_report(folder / "report.csv")
    reported = time.process_time()
assert plan.recipients == written == size
print(json.dumps({
    "recipients": size, "calls": plan.calls, "plan_seconds": planned - start, "report_seconds": reported - planned,
    "mib_before": before, "mib_peak": peak(), "mib_on_disk": (folder / "journal.db").stat().st_size / 2**20,
}))
"""


def measure(sizes: Sequence[int] = SIZES) -> Iterator[dict[str, Any]]:
    """A row a size: CPU seconds to plan and to report, and the most memory, in MiB."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                [sys.executable, "-c", _CODE, str(size), folder],
                capture_output=True,
                text=True,
                check=True,
                cwd=Path(folder),
            )
        yield json.loads(done.stdout)


def table(rows: Sequence[dict[str, Any]]) -> str:
    """The rows for people."""
    lines = ["broadcast: CPU seconds and peak memory by recipients"]
    lines.append("  recipients   calls    plan s  report s  peak MiB  disk MiB")
    lines += [
        f"  {row['recipients']:>10,}  {row['calls']:>6,}  {row['plan_seconds']:>8.2f}  "
        f"{row['report_seconds']:>8.2f}  {row['mib_peak']:>8.0f}  {row['mib_on_disk']:>8.1f}"
        for row in rows
    ]
    return "\n".join(lines)


last: list[dict[str, Any]] = []
"""The rows of the run that `by_size` made last."""


def by_size() -> str:
    """All sizes, for ``make bench``."""
    last[:] = measure()
    return table(last)


def main() -> None:
    """Measure, and print a table; with ``--json`` the rows."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", action="store_true", help="print the rows as JSON, for a plot")
    parser.add_argument("--up-to", type=int, default=SIZES[-1], help="the largest size")
    options = parser.parse_args()
    rows = list(measure([size for size in SIZES if size <= options.up_to]))
    if options.json:
        print(json.dumps(rows, indent=1))
    else:
        print(table(rows))


if __name__ == "__main__":
    main()
