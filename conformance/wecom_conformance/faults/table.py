"""Reads the table of seeded faults.

The table is data; its format is told in ``conformance/faults/README.md``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import attrs
import yaml

REPOSITORY = Path(__file__).resolve().parents[3]
FOLDER = REPOSITORY / "conformance" / "faults"

PARTS = (
    "vendor document",
    "correction",
    "contract",
    "shared",
    "projection",
    "template",
    "generated client",
    "override",
    "token flow",
    "envelope",
    "mock behaviour",
    "mock wire",
    "proof",
)
"""The parts of the repository that a fault may sit in."""

BUILD = "build"
"""Stands among the tests where the build itself must refuse the fault."""

STEPS = ("contract", "regenerate", "golden")
"""What may be run between the change and the tests."""

_REQUIRED = {"id", "kind", "why", "file", "old", "new", "behaviour", "caught_by"}
_OPTIONAL = {"also", "steps", "equivalent"}

Step = Literal["contract", "regenerate", "golden"]


class FaultError(ValueError):
    """A file of the table that can't be read, or an entry that makes no sense; the text says where."""


@attrs.frozen
class Change:
    """One exact replacement: ``old`` stands in ``file`` once, and becomes ``new``."""

    file: str
    old: str
    new: str

    def apply(self, root: Path) -> None:
        """Make the change in a copy.

        Raises:
            FaultError: the text doesn't stand there, or more than once.
        """
        path = root / self.file
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        if (found := text.count(self.old)) != 1:
            raise FaultError(f"{self.file}: the text stands there {found} times, not once: {self.old[:60]!r}")
        path.write_text(text.replace(self.old, self.new), encoding="utf-8")


@attrs.frozen
class Fault:
    """One entry of the table.

    Attributes:
        id: stable name, unique in the table.
        part: where it sits, one of `PARTS`.
        kind: what sort of mistake it is, in the words of the table of kinds in the README.
        why: how somebody comes to make it.
        changes: what is changed, in this order.
        steps: what is run afterwards.
        behaviour: an input that gives another result with the fault.
        caught_by: the tests that must fail, as pytest names them, or `BUILD`.
        equivalent: why no input gives another result; empty for a fault that has one.
    """

    id: str
    part: str
    kind: str
    why: str
    changes: Sequence[Change]
    steps: Sequence[Step]
    behaviour: str
    caught_by: Sequence[str]
    equivalent: str

    @property
    def subjects(self) -> dict[str, list[str]]:
        """The tests by the folder that they stand in; the build is a subject of its own."""
        found: dict[str, list[str]] = {}
        for test in self.caught_by:
            found.setdefault(subject(test), []).append(test)
        return found


def subject(test: str) -> str:
    """The part of the suite that a test belongs to: the folder in ``conformance/tests``."""
    return BUILD if test == BUILD else test.split("/")[2]


def load_faults(folder: Path = FOLDER) -> list[Fault]:
    """All faults of the table, in the order of files and entries.

    Raises:
        FaultError: unreadable, not of the format, or an id twice.
    """
    faults = [fault for file in sorted(folder.glob("*.yaml")) for fault in _file(file)]
    if not faults:
        raise FaultError(f"{folder}: holds no faults; the table stands in the repository alone")
    seen: set[str] = set()
    for fault in faults:
        if fault.id in seen:
            raise FaultError(f"{fault.id}: stands twice")
        seen.add(fault.id)
    return faults


def _file(path: Path) -> Iterator[Fault]:
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise FaultError(f"{path.name}: can't be read: {error}") from None
    if not isinstance(document, dict) or set(document) != {"part", "faults"}:
        raise FaultError(f"{path.name}: needs part and faults, and nothing else")
    if document["part"] not in PARTS:
        raise FaultError(f"{path.name}: part must be one of {', '.join(PARTS)}, not {document['part']!r}")
    if not isinstance(document["faults"], list):
        raise FaultError(f"{path.name}: faults must be a list")
    for index, raw in enumerate(document["faults"]):
        yield _fault(f"{path.name} faults[{index}]", document["part"], raw)


def _fault(where: str, part: str, raw: Any) -> Fault:
    if not isinstance(raw, dict):
        raise FaultError(f"{where}: must be an object")
    where = f"{where} {raw.get('id', '')}".rstrip()
    for key in sorted(_REQUIRED - set(raw)):
        raise FaultError(f"{where}: has no {key}")
    for key in sorted(set(raw) - _REQUIRED - _OPTIONAL):
        raise FaultError(f"{where}: unknown key {key}")
    for key in ("id", "kind", "why", "behaviour", *({"equivalent"} & set(raw))):
        if not isinstance(raw[key], str) or not raw[key].strip():
            raise FaultError(f"{where}: {key} must be text")
    tests, steps = raw["caught_by"], raw.get("steps", [])
    if not isinstance(tests, list) or not all(isinstance(test, str) for test in tests):
        raise FaultError(f"{where}: caught_by must be a list of tests")
    if bool(tests) == ("equivalent" in raw):
        raise FaultError(f"{where}: needs either tests that catch it or a reason why it is equivalent")
    for test in tests:
        if test != BUILD and not test.startswith("conformance/tests/"):
            raise FaultError(f"{where}: {test} is no test of conformance/tests")
    if not isinstance(steps, list) or any(step not in STEPS for step in steps):
        raise FaultError(f"{where}: steps may be {', '.join(STEPS)}")
    return Fault(
        id=raw["id"],
        part=part,
        kind=raw["kind"],
        why=raw["why"],
        changes=[_change(where, raw), *(_change(where, also) for also in raw.get("also", []))],
        steps=steps,
        behaviour=raw["behaviour"],
        caught_by=tests,
        equivalent=raw.get("equivalent", ""),
    )


def _change(where: str, raw: Mapping[str, Any]) -> Change:
    for key in ("file", "old", "new"):
        if not isinstance(raw.get(key), str):
            raise FaultError(f"{where}: {key} must be text")
    if not raw["old"] or raw["old"] == raw["new"]:
        raise FaultError(f"{where}: old must be some text, and another one than new")
    return Change(raw["file"], raw["old"], raw["new"])
