"""``make bench``: every figure with its baseline and its aim."""

from __future__ import annotations

import argparse
import os
import platform
import sys

from benchmarks import broadcast, call, imports, journal, memory, proof, regeneration, serving, validation

BENCHMARKS = {
    "call": call.whole_call,
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
    names = parser.parse_args().names
    for name in names:
        if name not in BENCHMARKS:
            parser.error(f"no benchmark {name}; there are {', '.join(BENCHMARKS)}")
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores; ratio to the baseline, medians of one run"
    )
    for name in names or BENCHMARKS:
        print(BENCHMARKS[name](), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
