"""``make bench``: every figure with its baseline and its aim."""

from __future__ import annotations

import argparse
import os
import platform
import sys

from benchmarks import (
    broadcast,
    call,
    imports,
    journal,
    memory,
    page,
    parsing,
    peers,
    proof,
    regeneration,
    serving,
    validation,
)

BENCHMARKS = {
    "call": call.whole_call,
    "peers": peers.peers,
    "parsing": parsing.parsing,
    "journal": journal.journal,
    "validation": validation.largest_body,
    "regenerate": regeneration.regenerate,
    "import": imports.import_time,
    "start": imports.start_up,
    "serving": serving.serving,
    "mock-start": serving.start,
    "broadcast": broadcast.by_size,
    "mock-memory": memory.flat,
    "proof": proof.proof,
}


def main() -> int:
    """Run the benchmarks that were named, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"one of {', '.join(BENCHMARKS)} (default: all)"
    )
    parser.add_argument(
        "--write", action="store_true", help="write docs/benchmarks.md and its plots anew; needs all"
    )
    arguments = parser.parse_args()
    names = arguments.names
    if names and arguments.write:
        parser.error("--write needs all benchmarks")
    for name in names:
        if name not in BENCHMARKS:
            parser.error(f"no benchmark {name}; there are {', '.join(BENCHMARKS)}")
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores; ratio to the baseline, medians of one run"
    )
    printed = []
    for name in names or BENCHMARKS:
        printed.append(str(BENCHMARKS[name]()))
        print(printed[-1], flush=True)
    if arguments.write:
        page.save("\n".join(printed), peers.last, broadcast.last)
    return 0


if __name__ == "__main__":
    sys.exit(main())
