"""Other people's clients from PyPI, fetched once, with hashes, into ``build/``."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

INTEROP = Path(__file__).resolve().parent
BUILD = INTEROP.parents[1] / "build"


def packages() -> Path:
    """A folder with the clients and what they need; one for each state of the list, used again by the next run.

    Raises:
        RuntimeError: they can't be installed; says why.
    """
    listed = INTEROP / "requirements.txt"
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    folder = BUILD / f"interop-{version}-{hashlib.sha256(listed.read_bytes()).hexdigest()[:12]}"
    if folder.exists():
        return folder
    folder.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        pip = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-compile",
        ]
        options = [
            "--require-hashes",
            "--only-binary",
            ":all:",
            "--target",
            f"{scratch}/site",
            "-r",
            str(listed),
        ]
        # pip alone may leave the machine: the guard that keeps tests on it comes by this variable.
        free = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        done = subprocess.run([*pip, *options], env=free, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        try:
            Path(f"{scratch}/site").rename(folder)
        except OSError:
            # Another process was faster.
            if not folder.exists():
                raise
    return folder
