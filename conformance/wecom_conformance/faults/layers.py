"""Which layers of the proof notice a fault, each asked alone: what one layer sees and no other is why it is there."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from enum import Enum
from pathlib import Path

import attrs

from wecom_conformance.faults.table import Fault, FaultError
from wecom_conformance.faults.workspace import Workspace, workspace

_TESTS = "conformance/tests"


def _of(subject: str, *names: str) -> tuple[str, ...]:
    return tuple(f"{_TESTS}/{subject}/{name}.py" for name in names)


LAYERS: Mapping[str, Sequence[str]] = {
    "vectors": _of("contract", "test_vectors"),
    "engines": _of("contract", "test_two_engines"),
    "tables": _of("contract", "test_contract_package", "test_contract_edges", "test_shared_tables"),
    "build": (
        *_of(
            "pipeline", "test_contract_document", "test_contract_rules", "test_corrections", "test_projection"
        ),
        *_of("pipeline", "test_corrections_conditions", "test_vendor_pages", "test_overlay", "test_gates"),
    ),
    "models": _of(
        "generated",
        "test_unions",
        "test_models",
        "test_envelope",
        "test_methods",
        "test_lists",
        "test_client",
    ),
    "agreement": _of("agreement", "test_agreement", "test_client_requests"),
    "client": (
        *_of("client", "test_client_calls", "test_client_tokens", "test_client_paging", "test_client_errors"),
        *_of(
            "client", "test_client_outcome", "test_client_edges", "test_client_redaction", "test_client_raw"
        ),
        *_of("client", "test_client_waiting", "test_client_network", "test_client_faults"),
        *_of("client", "test_client_fast", "test_client_fast_answer", "test_client_pool"),
    ),
    "reliability": (
        *_of("reliability", "test_outcomes", "test_retry", "test_surplus"),
        *_of("journal", "test_journal_calls", "test_journal_keys", "test_journal_store"),
        *_of("broadcast", "test_broadcast_planning", "test_broadcast_input", "test_broadcast_run"),
    ),
    "mock": (
        *_of("mock", "test_mock_bodies", "test_mock_calls", "test_mock_lifecycle", "test_mock_listing"),
        *_of("mock", "test_mock_moments", "test_mock_recipients", "test_mock_tokens", "test_mock_welcome"),
        *_of(
            "mock",
            "test_mock_audience",
            "test_mock_wording",
            "test_mock_edges",
            "test_mock_errors",
            "test_mock_server",
            "test_mock_adapters",
        ),
    ),
    "suite": _of("suite", "test_suite_phases"),
    "end to end": _of(
        "end_to_end", "test_end_to_end_calls", "test_end_to_end_tokens", "test_end_to_end_wire"
    ),
}
"""The layers, the cheapest first; the slow corners of each are left out, so that a fault takes a minute or two."""

ONLY = {"suite": ("-k", "process and not socket and not drawn and not boundaries")}
"""Options for a layer: the suite is run in process alone, without the phases that take minutes."""


class Seen(Enum):
    """What one layer made of a fault."""

    YES = "x"
    NO = "·"
    UNSURE = "?"
    """It could not be run to its end."""


@attrs.frozen
class Row:
    """One fault.

    Attributes:
        cells: by layer; empty where the build refused the fault, and so nothing else was asked.
    """

    fault: Fault
    cells: Mapping[str, Seen]

    @property
    def alone(self) -> str:
        """The one layer that sees it; empty where several do, or none."""
        seen = [name for name, cell in self.cells.items() if cell is Seen.YES]
        return seen[0] if len(seen) == 1 else ""


def ask(fault: Fault, source: Path, seconds: float) -> Row:
    """Apply a fault to a copy and run every layer in it, whether it is named for it or not.

    Raises:
        FaultError: the text that it changes is no longer there.
    """
    with workspace(source) as copy:
        for change in fault.changes:
            change.apply(copy.root)
        for step in fault.steps:
            if copy.step(step, seconds).code != 0:
                return Row(fault, {})
        return Row(fault, {name: seen(copy, name, seconds) for name in LAYERS})


def seen(copy: Workspace, layer: str, seconds: float) -> Seen:
    """Run one layer in a copy, up to the first test that fails."""
    outcome = copy.tests([*ONLY.get(layer, ()), *LAYERS[layer]], seconds)
    return {0: Seen.NO, 1: Seen.YES}.get(-1 if outcome.code is None else outcome.code, Seen.UNSURE)


def control(source: Path, seconds: float) -> dict[str, Seen]:
    """The layers on an untouched copy: none may see anything."""
    with workspace(source) as copy:
        return {name: seen(copy, name, seconds) for name in LAYERS}


def table(rows: Sequence[Row], clean: Mapping[str, Seen]) -> Iterator[str]:
    """A line for each fault, how many each layer sees and how many it alone, and the control."""
    width = max([len(row.fault.id) for row in rows] + [len("seen by it alone")]) + 2
    yield "fault".ljust(width) + "  ".join(LAYERS)
    for row in rows:
        if not row.cells:
            yield row.fault.id.ljust(width) + "refused by the build"
            continue
        cells = (cell.value.ljust(len(name)) for name, cell in row.cells.items())
        yield (row.fault.id.ljust(width) + "  ".join(cells)).rstrip()
    yield ""
    sums = {name: sum(row.cells.get(name) is Seen.YES for row in rows) for name in LAYERS}
    alone = {name: sum(row.alone == name for row in rows) for name in LAYERS}
    for title, counts in (("seen", sums), ("seen by it alone", alone)):
        cells = (str(counts[name]).ljust(len(name)) for name in LAYERS)
        yield (title.ljust(width) + "  ".join(cells)).rstrip()
    cells = (clean[name].value.ljust(len(name)) for name in LAYERS)
    yield ("without a fault".ljust(width) + "  ".join(cells)).rstrip()


def layered(
    faults: Sequence[Fault], source: Path, seconds: float, workers: int = 1
) -> tuple[list[Row], dict[str, Seen]]:
    """Every fault against every layer, and the control, in so many copies at the same time.

    Raises:
        FaultError: a fault doesn't apply.
    """
    asked = [fault for fault in faults if not fault.equivalent]
    with ThreadPoolExecutor(workers) as pool:
        clean = pool.submit(control, source, seconds)
        pending = {pool.submit(ask, fault, source, seconds): fault for fault in asked}
        try:
            for number, done in enumerate(as_completed(pending), 1):
                _progress(number, len(asked), done.result())
            return [done.result() for done in pending], clean.result()
        except FaultError as error:
            pool.shutdown(cancel_futures=True)
            raise FaultError(f"{pending[done].id}: {error}") from None


def _progress(number: int, count: int, row: Row) -> None:
    seen_by = [f"{name}{cell.value}" for name, cell in row.cells.items() if cell is not Seen.NO]
    told = ", ".join(seen_by) or "nobody" if row.cells else "the build"
    print(f"{number}/{count}  {row.fault.id}: {told}", file=sys.stderr, flush=True)
