"""Looks at a generated package from a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TIMEOUT = 300
"""Seconds that a program started by a gate may take."""


def run_python(output: Path, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``script`` where the package at ``output`` can be imported; nothing of it stays in this process."""
    environment = {**os.environ, "PYTHONPATH": str(output.parent), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )


def last_line(text: str) -> str:
    """The last line that is not blank: of a traceback, the error."""
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip() if lines else ""
