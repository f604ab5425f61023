"""Findings as annotations of GitHub Actions, each at the line of the contract that says what was broken."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_LEVELS = {"error": "error", "warning": "warning"}
_LONGEST = 1000


class Places:
    """Where in a contract document something stands.

    Args:
        contract: the file. Its path is told as it is seen from the working directory.
    """

    def __init__(self, contract: Path) -> None:
        whole = contract.resolve()
        here = Path.cwd().resolve()
        self.file = str(whole.relative_to(here) if whole.is_relative_to(here) else whole)
        self._rules: dict[str, int] = {}
        self._operations: dict[str, int] = {}
        for number, line in enumerate(contract.read_text(encoding="utf-8").splitlines(), 1):
            for found in re.finditer(r"(?<![\w.-])(id|operationId): ([\w.-]+)(?=[,}\s]|$)", line):
                lines = self._rules if found[1] == "id" else self._operations
                lines.setdefault(found[2], number)

    def line(self, rule: str = "", operation: str = "") -> int | None:
        """The line of a rule, else that of an operation, else None."""
        return self._rules.get(rule, self._operations.get(operation))


def workflow_commands(data: Mapping[str, Any], contract: Path) -> Iterator[str]:
    """A workflow command for every failure, errors first.

    Args:
        data: as `report.data_of` makes it.
        contract: the file that the run stood on.
    """
    places = Places(contract)
    for one in sorted(data["failures"], key=lambda one: str(one["severity"]) != "error"):
        rule = next(iter(one["rules"]), None)
        title = f"{one['code']} {one['name']}" + (f" ({one['operation']})" if one["operation"] else "")
        told = [one["detail"], *([f"{rule['id']}: {rule['en']}"] if rule else []), *one.get("fixes", ())]
        line = places.line(rule["id"] if rule else "", one["operation"])
        where = f"file={_property(places.file)},line={line}," if line is not None else ""
        level = _LEVELS[one["severity"]]
        yield f"::{level} {where}title={_property(title)}::{_message(chr(10).join(told))}"


@contextmanager
def no_commands() -> Iterator[None]:
    """Let nothing that is printed meanwhile count as a workflow command: a server under test may have written it."""
    word = secrets.token_hex(16)
    print(f"::stop-commands::{word}", flush=True)
    try:
        yield
    finally:
        print(f"::{word}::", flush=True)


def step_summary(text: str) -> None:
    """Put text on the page of the workflow's run, where there is one, as it is and not as Markdown."""
    place = os.environ.get("GITHUB_STEP_SUMMARY")
    if place:
        longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
        fence = "`" * max(3, longest + 1)
        with Path(place).open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{fence}text\n{text}\n{fence}\n")


def _message(text: str) -> str:
    """The text of a command. What it may not hold is written as GitHub wants it."""
    return text[:_LONGEST].replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
