"""``python -m wecom_conformance.faults``: break a copy of the repository, fault by fault, and see who notices."""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from wecom_conformance.faults.layers import Seen, layered, table
from wecom_conformance.faults.matrix import complaints, matrix
from wecom_conformance.faults.table import BUILD, PARTS, REPOSITORY, Fault, FaultError, load_faults
from wecom_conformance.faults.verdict import SECONDS, Result, Verdict, judge
from wecom_conformance.faults.workspace import workspace


def main(arguments: Sequence[str] | None = None) -> int:
    """0: every fault is killed and the control is clean; 1: something isn't; 2: it could not be run."""
    parser = argparse.ArgumentParser(prog="python -m wecom_conformance.faults", description=__doc__)
    parser.add_argument(
        "ids", nargs="*", metavar="ID", help="faults by id or by the beginning of it (default: all)"
    )
    parser.add_argument("--part", choices=PARTS, help="only the faults of one part")
    parser.add_argument("--slice", type=int, metavar="N", help="one in N of them, drawn from --seed")
    parser.add_argument("--seed", type=int, default=0, help="what --slice draws from (default: 0)")
    parser.add_argument(
        "--workers", type=int, default=1, help="how many copies at the same time (default: 1)"
    )
    parser.add_argument("--seconds", type=float, default=SECONDS, help="time limit of a run of tests")
    parser.add_argument(
        "--layers",
        action="store_true",
        help="ask every layer of the proof about each, whoever is named for it",
    )
    parser.add_argument("--list", action="store_true", help="show the faults and run nothing")
    options = parser.parse_args(arguments)
    if options.workers < 1 or (options.slice is not None and options.slice < 1):
        parser.error("--workers and --slice are numbers above 0")
    try:
        faults = chosen(load_faults(), options.ids, options.part, options.slice, options.seed)
    except FaultError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    if not faults:
        print("error: no fault of that name", file=sys.stderr)
        return 2
    if options.list:
        for fault in faults:
            print(f"{fault.part:18}{fault.id}: {fault.why}")
        return 0
    if options.layers:
        return ask_all(faults, REPOSITORY, options.workers, options.seconds)
    return run(faults, REPOSITORY, options.workers, options.seconds)


def ask_all(faults: Sequence[Fault], source: Path, workers: int, seconds: float) -> int:
    """Ask every layer about each fault and print who sees it; 1 where a layer sees something without a fault."""
    try:
        rows, clean = layered(faults, source, seconds, workers)
    except FaultError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    _tell(table(rows, clean))
    return 0 if set(clean.values()) == {Seen.NO} else 1


def chosen(
    faults: Sequence[Fault], ids: Sequence[str], part: str | None, slice_: int | None, seed: int
) -> list[Fault]:
    """The faults that are asked for; of a slice, one in ``slice_``, rounded up, at least one of each part."""
    found = [
        fault
        for fault in faults
        if part in (None, fault.part) and (not ids or any(fault.id.startswith(name) for name in ids))
    ]
    if slice_ is None:
        return found
    draw = random.Random(seed)  # noqa: S311 - the same slice for the same seed is what is wanted
    drawn: list[Fault] = []
    for name in PARTS:
        of_part = [fault for fault in found if fault.part == name]
        drawn += draw.sample(of_part, -(-len(of_part) // slice_))
    return [fault for fault in found if fault in drawn]


def run(faults: Sequence[Fault], source: Path, workers: int, seconds: float) -> int:
    """Judge the faults, run the control, print the matrix."""
    results: list[Result] = []
    with ThreadPoolExecutor(workers) as pool:
        control = pool.submit(clean, faults, source, seconds * 4)
        pending = [pool.submit(judge, fault, source, seconds) for fault in faults]
        try:
            for done in as_completed(pending):
                results.append(done.result())
                _progress(len(results), len(faults), results[-1])
            failure = control.result()
        except KeyboardInterrupt:
            pool.shutdown(cancel_futures=True)
            print("interrupted", file=sys.stderr)
            failure = "the control was not run"
    order = {fault.id: number for number, fault in enumerate(faults)}
    results.sort(key=lambda result: order[result.fault.id])
    _tell(matrix(results))
    print()
    _tell(complaints(results))
    killed = sum(result.verdict is Verdict.KILLED for result in results)
    equivalent = sum(result.verdict is Verdict.EQUIVALENT for result in results)
    print(f"{killed} of {len(faults) - equivalent} faults killed, {equivalent} equivalent")
    print("control without a fault: " + (failure or "no alarm"))
    return 0 if killed + equivalent == len(faults) and not failure else 1


def clean(faults: Sequence[Fault], source: Path, seconds: float) -> str:
    """Run all tests that are named on an unfaulted copy; empty where none fails."""
    tests = sorted({test for fault in faults for test in fault.caught_by if test != BUILD})
    with workspace(source) as copy:
        if any(BUILD in fault.caught_by for fault in faults):
            outcome = copy.step("regenerate", seconds)
            if outcome.code != 0:
                return f"the build fails\n{outcome.output}"
        if not tests:
            return ""
        outcome = copy.tests(tests, seconds, stop=False)
    return "" if outcome.code == 0 else f"the tests fail\n{outcome.output}"


def _progress(number: int, count: int, result: Result) -> None:
    print(f"{number}/{count}  {result.verdict.value:14}  {result.fault.id}", file=sys.stderr, flush=True)


def _tell(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


if __name__ == "__main__":
    sys.exit(main())
