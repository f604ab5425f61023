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
    *(
        "openapi",
        "generated",
        "overrides",
        "conformance",
        "docs",
        "examples",
        "requirements",
        ".github",
        ".ci",
    ),
    *("pyproject.toml", "contract.lock", "Makefile", "README.md", "README.zh-CN.md", "CONTRIBUTING.md"),
)
"""What the tests look at. Compiled modules go along: they spare each run a second."""

PACKAGES = ("openapi", "generated", "overrides", "conformance")

_CONTRACT = """
import sys
from pipeline.__main__ import PROFILE
from pipeline.config import load_api
from pipeline.contract import FLOW, HEADER, build_contract
from pipeline.documents import to_yaml
from pipeline.errors import PipelineError
from pipeline.package import package_data
try:
    api = load_api(PROFILE)
    contract = build_contract(api, api.current).document
    data = package_data(contract, api)
except PipelineError as error:
    sys.exit(f"error: {error}")
api.contract.write_text(to_yaml(contract, HEADER, FLOW), encoding="utf-8")
for name, text in data.items():
    (api.package / "data" / name).write_text(text, encoding="utf-8")
"""
"""The part of `make regenerate` that a rule goes through: a third of its time, and no client comes of a limit."""

COMMANDS: dict[Step, list[str]] = {
    "contract": ["-c", _CONTRACT],
    "regenerate": ["-m", "pipeline", "regenerate", "--quiet"],
    "golden": ["-m", "pipeline", "golden", "--quiet"],
}


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
        return self.run(COMMANDS[step], seconds)

    def tests(self, tests: Sequence[str], seconds: float, *, stop: bool = True) -> Outcome:
        """Run tests in the copy; with ``stop`` up to the first that fails."""
        options = ["-q", "-p", "no:cacheprovider", "--tb=line", *(["-x"] if stop else [])]
        return self.run(["-m", "pytest", *options, *tests], seconds)

    def run(self, arguments: Sequence[str], seconds: float) -> Outcome:
        """Run Python with some arguments in the copy, with everything that it starts, for so long at most."""
        # Same seed and same hashes every time: a fault that is seen by luck is not seen.
        environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if not name.startswith(("WECOM_", "PYTEST_"))
            },
            "PYTHONPATH": os.pathsep.join(str(self.root / package) for package in PACKAGES),
            "PYTHONHASHSEED": "0",
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # no test needs one, and importing them takes half of a run
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
