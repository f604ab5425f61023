"""Memory of the mock over 100,000 tasks, with its state in a file: what it has grown by since the first 20,000.

The log of calls is bounded, and full by then.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from wecom_mock import Request, handle
from wecom_mock.persistence import open_state

TASKS, SETTLED = 100_000, 20_000
AIM = 10.0
"""Megabytes; the tasks themselves have some fifty."""
NOW = 1795320000.0


def flat() -> str:
    """How much it has grown, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.memory"], capture_output=True, text=True, check=True
    )
    before, after, file = (float(one) for one in done.stdout.split())
    grown = after - before
    mark = "within" if grown <= AIM else "above"
    return (
        f"{grown:6.1f}  {mark} the aim of {AIM:.0f} MB   MB that the mock has grown by from task {SETTLED:,} to"
        f" {TASKS:,} ({before:.0f} to {after:.0f} MB; the file has {file:.0f} MB)"
    )


def _resident() -> float:
    """Megabytes of this process that are in memory."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def main() -> None:
    """Create the tasks; print the memory before and after, and the size of the file."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "state.sqlite"
        state = open_state(place)
        token, _ = state.token_for(state.company.apps[0], NOW)
        body = json.dumps({"sender": "zhangsan", "text": {"content": "x" * 100}}).encode()
        query = f"access_token={token}".encode()
        request = Request("POST", "/cgi-bin/externalcontact/add_msg_template", query, body)
        before = 0.0
        for number in range(TASKS):
            if number == SETTLED:
                before = _resident()
            assert handle(state, request, NOW).status == 200
        assert len(state.tasks) == TASKS
        after = _resident()
        state.close()
        print(before, after, place.stat().st_size / 2**20)


if __name__ == "__main__":
    main()
