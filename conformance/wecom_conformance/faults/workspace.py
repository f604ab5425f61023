"""A copy of the repository to break, and the programs that run in it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import attrs

from wecom_conformance.faults.table import Step

COPIED = (
    *("openapi", "generated", "overrides", "conformance", "docs", "examples", "requirements", ".github", ".ci"),
    *("pyproject.toml", "contract.lock", "Makefile", "README.md", "README.zh-CN.md", "CONTRIBUTING.md"),
)
"""What the tests look at. Compiled modules go along: they spare each run a second."""

PACKAGES = ("openapi", "generated", "overrides", "conformance")


@attrs.frozen
class Outcome:
    """How a program in the copy ended.

    Attributes:
        code: its exit status, or None where it was stopped at its time limit.
        output: the end of what it printed.
    """

    code: int | None
    output: str


@attrs.frozen
class Workspace:
    """A copy of the repository."""

    root: Path

    def step(self, step: Step, seconds: float) -> Outcome:
        """Run a command of the build in the copy."""
        return self._run(["-m", "pipeline", step, "--quiet"], seconds)

    def tests(self, tests: Sequence[str], seconds: float, *, stop: bool = True) -> Outcome:
        """Run tests in the copy; with ``stop`` up to the first that fails."""
        options = ["-q", "-p", "no:cacheprovider", "--tb=line", *(["-x"] if stop else [])]
        return self._run(["-m", "pytest", *options, *tests], seconds)

    def _run(self, arguments: Sequence[str], seconds: float) -> Outcome:
        # Same seed and same hashes every time: a fault that is seen by luck is not seen.
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("WECOM_", "PYTEST_"))},
            "PYTHONPATH": os.pathsep.join(str(self.root / package) for package in PACKAGES),
            "PYTHONHASHSEED": "0",
        }
        with tempfile.TemporaryFile() as output:
            process = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=self.root,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                code: int | None = process.wait(seconds)
            except subprocess.TimeoutExpired:
                code = None
            finally:
                if process.poll() is None:
                    # The whole session: a test may have started servers of its own.
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()
            output.seek(max(0, output.seek(0, os.SEEK_END) - 4000))
            return Outcome(code, output.read().decode("utf-8", "replace"))


@contextmanager
def workspace(source: Path) -> Iterator[Workspace]:
    """A fresh copy of ``source`` in a scratch folder, gone at the end."""
    with tempfile.TemporaryDirectory(prefix="fault-") as scratch:
        root = Path(scratch).resolve()
        for name in COPIED:
            if (source / name).is_dir():
                shutil.copytree(source / name, root / name)
            elif (source / name).is_file():
                shutil.copy2(source / name, root / name)
        yield Workspace(root)
