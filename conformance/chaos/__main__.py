"""``make chaos``: the client under faults, for as long as asked."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count, product
from pathlib import Path

from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from .canary import Net
from .elsewhere import play_elsewhere
from .files import SCRIPTS, leave_files, leave_har, run_program
from .keyed import keyed_cases, play_all_keyed
from .kills import Kill, Nursery, length, play, sample
from .matrix import cases, play_all
from .secrets import ALL as SECRETS
from .secrets import WAYS, faults, interrupt, send_out, send_wrong, ways
from .sessions import play_session
from .truth import Summary
from .watchers import watching

_AT_A_TIME = 48


def main() -> int:
    """Run it. Gives 0 where nothing was wrong, and else 1."""
    options = _parser().parse_args()
    ends = time.monotonic() + options.hours * 3600 if options.hours else float("inf")
    rounds = options.rounds or (None if options.hours else 1)
    total = Summary()
    shown = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    try:
        with Progress(*columns, console=shown) as progress, Nursery() as nursery:
            for number in count() if rounds is None else range(rounds):
                if time.monotonic() > ends:
                    break
                seed = options.seed + number
                for summary in _round(nursery, seed, options.kills, options.sessions, progress):
                    total.add(summary)
                    if time.monotonic() > ends:
                        break
    except KeyboardInterrupt:
        shown.print("stopped")
    print(f"seed {options.seed}")
    print("\n".join(total.lines()))
    return 0 if total.good else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m chaos", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="what is drawn follows from it (default: 1)")
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--rounds", type=int, help="so many rounds, each with a seed of its own (default: 1)")
    length.add_argument("--hours", type=float, help="begin no more rounds after so many hours")
    parser.add_argument(
        "--kills", type=int, default=0, help="kill points a round and way; 0 for every system call"
    )
    parser.add_argument("--sessions", type=int, default=100, help="broadcasts through random faults a round")
    return parser


def _round(nursery: Nursery, seed: int, kills: int, sessions: int, progress: Progress) -> Iterator[Summary]:
    """Everything once, a piece at a time."""
    chosen = list(cases())
    bar = progress.add_task(f"{seed}: faults", total=len(chosen))
    for start in range(0, len(chosen), _AT_A_TIME):
        yield play_all(chosen[start : start + _AT_A_TIME])
        progress.advance(bar, len(chosen[start : start + _AT_A_TIME]))
    yield play_elsewhere()
    keyed = list(keyed_cases())
    bar = progress.add_task(f"{seed}: keys", total=len(keyed))
    for start in range(0, len(keyed), _AT_A_TIME):
        yield play_all_keyed(keyed[start : start + _AT_A_TIME])
        progress.advance(bar, len(keyed[start : start + _AT_A_TIME]))
    yield from _secrets(progress, seed)
    bar = progress.add_task(f"{seed}: broadcasts", total=sessions)
    for number in range(sessions):
        yield play_session(nursery, seed * 1_000_000 + number)
        progress.advance(bar)
    for caller in ("sync", "async"):
        calls = length(nursery, caller)
        points = sample(seed, kills, calls) if kills else range(1, calls + 1)
        bar = progress.add_task(f"{seed}: kills [{caller}]", total=len(points))
        for at in points:
            yield play(nursery, Kill(caller, at))[0]
            progress.advance(bar)


def _secrets(progress: Progress, seed: int) -> Iterator[Summary]:
    chosen = list(ways())
    bar = progress.add_task(f"{seed}: secrets", total=len(chosen))
    net = Net(*SECRETS)
    with watching(net):
        for one in chosen:
            send_out(net, [one])
            progress.advance(bar)
        interrupt(net)
        send_wrong(net)
        with tempfile.TemporaryDirectory() as folder:
            leave_files(net, Path(folder), faults(WAYS[0]))
        with tempfile.TemporaryDirectory() as folder:
            leave_har(net, Path(folder))
        for script, fault, of_token in product(SCRIPTS, faults(WAYS[0]), (False, True)):
            if not (of_token and fault.at == "connect"):
                with tempfile.TemporaryDirectory() as folder:
                    run_program(net, Path(folder), script, fault, of_token=of_token)
    yield Summary(leaks=len(net.found), told=list(net.found))


if __name__ == "__main__":
    sys.exit(main())
