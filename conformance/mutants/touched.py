"""Which tests touch which line, and how long each takes: measured once, by a run of the tests under coverage."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Any

from attrs import field, frozen

from wecom_conformance.faults.workspace import PACKAGES

RUNNING = "MUTANTS_TEST"
"""In the environment: the test that runs now. Programs that it starts are counted as its own by it."""

SECONDS = "MUTANTS_SECONDS"
"""In the environment: the file for how long each test took."""

SUBJECTS = (
    "pipeline",
    "agreement",
    "cli",
    "client",
    "shared_state",
    "reliability",
    "mock",
    "end_to_end",
    "contract",
    "generated",
    "journal",
    "broadcast",
    "mock_state",
)
"""The parts of the suite that are measured, those that take longest first: what is left out (architecture, docs,
packaging, the suite itself) looks at texts, or runs the same code again for minutes."""

_CONFIGURATION = f"""
[run]
source =
    openapi/pipeline
    openapi/wecom_contract
    overrides
    conformance/wecom_mock
parallel = true
patch = subprocess
context = ${{{RUNNING}-}}
sigterm = true
relative_files = true
"""


def measure(root: Path, folder: Path, workers: int = 1, subjects: Sequence[str] = SUBJECTS) -> None:
    """Run the tests of each part of the suite, and keep what each touches.

    Args:
        root: the repository.
        folder: where the measurements go; those of a part that is there already are not made again.
        workers: how many parts run at the same time.
    """
    folder.mkdir(parents=True, exist_ok=True)
    configuration = folder / "coverage.ini"
    configuration.write_text(_CONFIGURATION, encoding="utf-8")
    missing = [subject for subject in subjects if not (folder / f"{subject}.json").is_file()]
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(lambda subject: _measure(root, folder, configuration, subject), missing))
    combine = [sys.executable, "-m", "coverage", "combine", "--keep", "--quiet", f"--rcfile={configuration}"]
    parts = [str(path) for path in folder.glob("*.part.*")]
    environment = {**os.environ, "COVERAGE_FILE": str(folder / "touched")}
    subprocess.run([*combine, *parts], cwd=root, env=environment, check=True)


def _measure(root: Path, folder: Path, configuration: Path, subject: str) -> None:
    print(f"measuring {subject}", file=sys.stderr, flush=True)
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(str(root / package) for package in PACKAGES),
        "PYTHONHASHSEED": "0",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "COVERAGE_FILE": str(folder / f"{subject}.part"),
        SECONDS: str(folder / f"{subject}.json"),
    }
    run = ["-m", "coverage", "run", f"--rcfile={configuration}", "-m", "pytest", "-q", "--tb=short"]
    tests = ["-p", "no:cacheprovider", "-p", "mutants.touch", f"conformance/tests/{subject}"]
    with (folder / f"{subject}.txt").open("wb") as output:
        done = subprocess.run(
            [sys.executable, *run, *tests],
            cwd=root,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    # A test that fails without a mutant is left out: a few need another environment than the copies have.
    if done.returncode not in (0, 1) or not (folder / f"{subject}.json").is_file():
        raise SystemExit(f"error: the tests of {subject} can't be run; see {output.name}")


@frozen
class Touched:
    """What was measured.

    Attributes:
        folder: where it is kept.
    """

    folder: Path
    _lines: dict[str, dict[int, set[str]]] = field(init=False, factory=dict, repr=False, eq=False)

    @cached_property
    def seconds(self) -> dict[str, float]:
        """How long each test took that passed."""
        found: dict[str, float] = {}
        for path in sorted(self.folder.glob("*.json")):
            found.update(json.loads(path.read_text(encoding="utf-8")))
        return found

    @cached_property
    def breadth(self) -> dict[str, int]:
        """How many files each test touches: one that touches few is about them."""
        query = "select c.context, count(distinct l.file_id) from line_bits l join context c on c.id = l.context_id"
        return dict(self._read(f"{query} group by c.context"))

    def tests(self, file: str, lines: Iterable[int]) -> set[str]:
        """The tests that touch one of the lines of a file."""
        touched = self._of(file)
        return set[str]().union(*(touched.get(line, set()) for line in lines))

    def of_file(self, file: str) -> set[str]:
        """The tests that touch the file at all once it is imported."""
        return set[str]().union(*self._of(file).values())

    def of_folder(self, folder: str) -> set[str]:
        """The tests that touch a file of the folder itself, once all of them are imported."""
        paths = [row[0] for row in self._read("select path from file")]
        beside = [path for path in paths if path.rpartition("/")[0] == folder]
        return set[str]().union(*(self.of_file(path) for path in beside))

    def beside(self, tests: set[str]) -> set[str]:
        """All tests of the files that the tests are in."""
        files = {test.partition("::")[0] for test in tests}
        return {test for test in self.seconds if test.partition("::")[0] in files}

    def _of(self, file: str) -> dict[int, set[str]]:
        if file not in self._lines:
            found: dict[int, set[str]] = {}
            query = (
                "select c.context, l.numbits from line_bits l join context c on c.id = l.context_id"
                " join file f on f.id = l.file_id where f.path = ?"
            )
            for context, bits in self._read(query, file):
                if context in self.seconds:
                    for line in _lines_of(bits):
                        found.setdefault(line, set()).add(context)
            self._lines[file] = found
        return self._lines[file]

    def _read(self, query: str, *values: str) -> list[tuple[str, Any]]:
        with sqlite3.connect(self.folder / "touched") as database:
            found: list[tuple[str, Any]] = database.execute(query, values).fetchall()
            return found


def _lines_of(bits: bytes) -> Iterator[int]:
    """The numbers that coverage packs into bytes: the lowest bit of the first byte is line 0."""
    for index, byte in enumerate(bits):
        yield from (index * 8 + bit for bit in range(8) if byte >> bit & 1)


def function_of(test: str) -> str:
    """A test without its parameters."""
    return re.sub(r"\[.*", "", test, flags=re.DOTALL)
