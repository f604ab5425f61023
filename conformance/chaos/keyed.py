"""Every fault, met by a call with a key that is then repeated on a server that is well: once is enough."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from wecom_openapi import Journal

from .callers import CALLERS, Said
from .faults import FAULTS, NO_FAULT, Fault
from .ledger import Applied
from .matrix import DEADLINE, body, warm
from .server import ChaosServer
from .truth import Summary
from .wire import Request

REPEATS: Final = 2
KEY: Final = "once"
_AT_ONCE: Final = 8


@frozen
class Keyed:
    """One fault and who meets it."""

    fault: Fault
    caller: str


def keyed_cases(faults: Iterable[Fault] = FAULTS.values()) -> Iterator[Keyed]:
    """Each fault with each caller."""
    for fault in faults:
        for caller in CALLERS:
            yield Keyed(fault, caller)


class _Once:
    """A fault of the first create or of the first connection, and nothing after it."""

    def __init__(self, fault: Fault) -> None:
        self._left: list[Fault] = [fault]

    def draw(self, moment: str, request: Request | None) -> Fault:
        if not self._left or self._left[0].at != moment:
            return NO_FAULT
        if request is not None and request.operation != "add_msg_template":
            return NO_FAULT
        return self._left.pop()


def play_keyed(case: Keyed) -> Summary:
    """Make the call, and make it again with the same key; hold each word against what was done by then."""
    said: list[tuple[Said, list[Applied]]] = []
    with (
        tempfile.TemporaryDirectory(prefix="wecom-keyed-") as folder,
        ChaosServer(_Once(case.fault).draw) as server,
        Journal(Path(folder) / "journal.db", survive_power_failure=False) as journal,
    ):
        settings: dict[str, Any] = {
            "journal": journal,
            "token_store": warm(server),
            **({"deadline": DEADLINE, "timeout": 30} if case.fault.slow else {}),
        }

        def note(one: Said) -> None:
            if one.outcome != "done":
                server.quiet()  # what is on its way may still be done
            said.append((one, server.ledger.applied))

        for _ in range(1 + REPEATS):
            note(CALLERS[case.caller](server.base_url, body("keyed"), key=KEY, **settings))
        server.quiet()
        applied = server.ledger.applied
    summary = Summary()
    summary.faults[case.fault.name] += 1
    for number, (one, then) in enumerate(said):
        where = f"{case.fault.name}, time {number + 1} with one key [{case.caller}]"
        summary.call(where, one, then, case.fault.expects | {"done", "unknown"})
    # Each call was counted with all that was done by then; it was one task, if any.
    summary.sends = len(applied)
    summary.duplicates = max(0, len(applied) - 1)
    return summary


def play_all_keyed(chosen: Iterable[Keyed]) -> Summary:
    """Play cases side by side."""
    total = Summary()
    with warnings.catch_warnings(), ThreadPoolExecutor(_AT_ONCE) as pool:
        warnings.simplefilter("ignore")
        for summary in pool.map(play_keyed, chosen):
            total.add(summary)
    return total
