"""A score from a sample, and how far it may be from the score of all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import sqrt

from mutants.verdict import Result, Verdict

GOOD = (Verdict.KILLED, Verdict.HANGS, Verdict.TYPES)
CONFIDENCE = 1.96
"""Standard deviations to either side: 95 in 100 such intervals hold the true share."""


def interval(hits: int, count: int) -> tuple[float, float]:
    """Wilson's interval for a share of which ``hits`` of ``count`` were seen; of none, everything is possible."""
    if count == 0:
        return 0.0, 1.0
    z, share = CONFIDENCE, hits / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return max(0.0, middle - half), min(1.0, middle + half)


def table(results: Mapping[str, Sequence[Result]], sizes: Mapping[str, int]) -> Iterator[str]:
    """A line for each package: how many mutants it has, how many were tried, and what became of them."""
    names = [verdict.value for verdict in Verdict]
    yield "  ".join(["package".ljust(28), "mutants", "tried", *names, "score", "95 %"])
    for package, found in results.items():
        counts = {verdict: sum(one.verdict is verdict for one in found) for verdict in Verdict}
        hits = sum(counts[verdict] for verdict in GOOD)
        count = len(found) - counts[Verdict.ARGUED]
        low, high = interval(hits, count)
        score = f"{100 * hits / count:.1f}" if count else "-"
        cells = [str(counts[verdict]).rjust(len(verdict.value)) for verdict in Verdict]
        yield "  ".join(
            [
                package.ljust(28),
                str(sizes[package]).rjust(7),
                str(len(found)).rjust(5),
                *cells,
                score.rjust(5),
                f"{100 * low:.1f}-{100 * high:.1f}",
            ]
        )
