"""``python -m mutants``: change a copy of the code at random places, and see who notices."""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from pathlib import Path
from queue import SimpleQueue

from mutants.argued import load_argued
from mutants.choice import LONG
from mutants.figures import GOOD, table
from mutants.mutant import Mutant
from mutants.touched import Touched, measure
from mutants.verdict import Result, Verdict, judge
from wecom_conformance.faults.table import REPOSITORY
from wecom_conformance.faults.workspace import Workspace, workspace

CODE = {
    "contract": "openapi/wecom_contract",
    "overrides": "overrides/wecom_openapi",
    "cli": "overrides/wecom_cli",
    "pipeline": "openapi/pipeline",
    "mock": "conformance/wecom_mock",
}
MEASURED = REPOSITORY / "build" / "mutants"


def main(arguments: Sequence[str] | None = None) -> int:
    """0: nothing survived that isn't argued; 1: something did; 2: it could not be run."""
    parser = argparse.ArgumentParser(prog="python -m mutants", description=__doc__)
    parser.add_argument("packages", nargs="*", metavar="PACKAGE", help=f"of {', '.join(CODE)} (default: all)")
    parser.add_argument(
        "--sample", type=int, default=80, help="how many of each; 0 for every one (default: 80)"
    )
    parser.add_argument("--seed", type=int, default=0, help="what the sample is drawn from (default: 0)")
    parser.add_argument(
        "--workers", type=int, default=1, help="how many copies at the same time (default: 1)"
    )
    parser.add_argument(
        "--long", type=float, default=LONG, help="seconds of tests that a survivor is shown to; 0: none"
    )
    parser.add_argument("--measured", type=Path, default=MEASURED, help="where the measurements are kept")
    parser.add_argument(
        "--only", metavar="FILE:NUMBER", nargs="*", default=[], help="these, of an earlier run"
    )
    parser.add_argument(
        "--below", metavar="PATH", nargs="*", default=[], help="of a package only these files and folders"
    )
    parser.add_argument("--again", action="store_true", help="those that an earlier run left alive")
    options = parser.parse_args(arguments)
    try:
        from mutants.mutation import count, mutants
    except ImportError as exc:
        parser.error(f"{exc.name} is missing: `make mutants` installs it, by requirements/mutation.txt")
    packages = {name: CODE[name] for name in options.packages or CODE if name in CODE}
    if len(packages) != len(options.packages or CODE) or options.sample < 0 or options.workers < 1:
        parser.error(f"packages are {', '.join(CODE)}, --sample is 0 or more, and --workers 1 or more")
    if not (options.measured / "touched").is_file():
        measure(REPOSITORY, options.measured, options.workers)
    sizes, chosen = {}, {}
    for name, folder in packages.items():
        counts = {path: count(REPOSITORY / path) for path in _files(folder) if _below(path, options.below)}
        sizes[name] = sum(counts.values())
        every = [(path, number) for path, many in counts.items() for number in range(many)]
        draw = random.Random(f"{options.seed} {name}")  # noqa: S311 - the same sample for the same seed is what is wanted
        some = every if not options.sample else draw.sample(every, min(options.sample, len(every)))
        if options.only:
            some = [one for one in every if f"{one[0]}:{one[1]}" in options.only]
        if options.again:
            alive = json.loads((options.measured / "alive" / f"{name}.json").read_text(encoding="utf-8"))
            some = [(path, number) for path, number in every if f"{path}:{number}" in alive]
        chosen[name] = [
            mutant
            for path in sorted({path for path, _ in some})
            for mutant in mutants(REPOSITORY, path, sorted(number for other, number in some if other == path))
        ]
    types = options.measured / "types"
    results = run(chosen, Touched(options.measured), options.workers, types, options.long)
    for line in _told(results):
        print(line)
    for line in table(results, sizes):
        print(line)
    (options.measured / "alive").mkdir(exist_ok=True)
    for name, found in results.items():
        alive = [f"{one.mutant.file}:{one.mutant.number}" for one in found if _alive(one)]
        (options.measured / "alive" / f"{name}.json").write_text(
            json.dumps(alive, indent=0), encoding="utf-8"
        )
    return 1 if any(_alive(one) for found in results.values() for one in found) else 0


def run(
    chosen: dict[str, list[Mutant]], touched: Touched, workers: int, types: Path, long: float = LONG
) -> dict[str, list[Result]]:
    """Judge the mutants of each package, in as many copies as there are workers."""
    argued = load_argued()
    results: dict[str, list[Result]] = {name: [] for name in chosen}
    copies: SimpleQueue[Workspace] = SimpleQueue()

    def one(mutant: Mutant) -> Result:
        if any(entry.covers(mutant) for entry in argued):
            return Result(mutant, Verdict.ARGUED, 0)
        copy = copies.get()
        try:
            return judge(mutant, copy, touched, types, long)
        finally:
            copies.put(copy)

    with ExitStack() as stack:
        for _ in range(workers):
            copies.put(stack.enter_context(workspace(REPOSITORY)))
        pool = stack.enter_context(ThreadPoolExecutor(workers))
        pending = {pool.submit(one, mutant): name for name, many in chosen.items() for mutant in many}
        for number, done in enumerate(as_completed(pending), 1):
            result = done.result()
            results[pending[done]].append(result)
            place = f"{result.mutant.file}:{result.mutant.line}"
            print(f"{number}/{len(pending)}  {result.verdict.value:10}  {place}", file=sys.stderr, flush=True)
    return results


def _files(folder: str) -> list[str]:
    found = (REPOSITORY / folder).rglob("*.py")
    return sorted(
        path.relative_to(REPOSITORY).as_posix() for path in found if "__pycache__" not in path.parts
    )


def _below(path: str, places: Sequence[str]) -> bool:
    return not places or any(Path(path).is_relative_to(place) for place in places)


def _alive(result: Result) -> bool:
    return result.verdict not in (*GOOD, Verdict.ARGUED)


def _told(results: dict[str, list[Result]]) -> list[str]:
    """What is alive, with the change and where to look."""
    lines: list[str] = []
    for found in results.values():
        for one in found:
            if _alive(one):
                mutant = one.mutant
                lines.append(
                    f"{mutant.file}:{mutant.line} (number {mutant.number}): {one.verdict.value}, {one.tests} tests"
                )
                lines += [f"  - {line}" for line in mutant.old.splitlines()]
                lines += [f"  + {line}" for line in mutant.new.splitlines()]
    return lines


if __name__ == "__main__":
    os.environ.setdefault("PYTHONHASHSEED", "0")
    sys.exit(main())
