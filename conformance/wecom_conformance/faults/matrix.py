"""The matrix of faults and parts of the suite, as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from wecom_conformance.faults.table import BUILD, PARTS, Fault
from wecom_conformance.faults.verdict import Result, Verdict

_MARK = {Verdict.KILLED: "x", Verdict.SURVIVED: "SURVIVED", Verdict.BROKEN: "BROKEN"}


def columns(faults: Iterable[Fault]) -> list[str]:
    """The parts of the suite that are named, the build first."""
    named = {subject for fault in faults for subject in fault.subjects}
    return [*([BUILD] if BUILD in named else []), *sorted(named - {BUILD})]


def matrix(results: Sequence[Result]) -> Iterator[str]:
    """A line for each fault with an x under each part of the suite that sees it, then the sums by part."""
    names = columns(result.fault for result in results)
    width = max([len(result.fault.id) for result in results] + [len("fault")]) + 2
    yield "fault".ljust(width) + "  ".join(names)
    for result in results:
        if not result.cells:
            yield result.fault.id.ljust(width) + result.verdict.value
            continue
        row = [_MARK[result.cells[name]] if name in result.cells else "·" for name in names]
        cells = (mark.ljust(len(name)) for mark, name in zip(row, names, strict=True))
        yield (result.fault.id.ljust(width) + "  ".join(cells)).rstrip()
    yield ""
    yield from sums(results, names)


def sums(results: Sequence[Result], names: Sequence[str]) -> Iterator[str]:
    """A line for each part that a fault may sit in: how many there are, how many are killed, and where."""
    width = max(len(part) for part in PARTS) + 2
    yield "part".ljust(width) + "  ".join(["faults", "killed", *names])
    for part in [*PARTS, None]:
        rows = [result for result in results if part in (None, result.fault.part)]
        if not rows:
            continue
        killed = sum(result.verdict is Verdict.KILLED for result in rows)
        counts = [sum(row.cells.get(name) is Verdict.KILLED for row in rows) for name in names]
        cells = zip(["faults", "killed", *names], [len(rows), killed, *counts], strict=True)
        yield (part or "all").ljust(width) + "  ".join(str(count).rjust(len(name)) for name, count in cells)


def complaints(results: Sequence[Result]) -> Iterator[str]:
    """What is wrong, a paragraph a fault, with the end of what the tests printed."""
    for result in results:
        if result.verdict in (Verdict.KILLED, Verdict.EQUIVALENT):
            continue
        yield f"{result.fault.id}: {result.verdict.value}"
        yield f"  the fault: {result.fault.why}"
        yield f"  must be seen by: {', '.join(result.fault.caught_by)}"
        yield from (f"  | {line}" for line in result.detail.splitlines()[-12:])
