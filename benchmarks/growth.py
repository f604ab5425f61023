"""How the cost of a broadcast grows with its audience, as a table and a plot."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Rows = Sequence[Mapping[str, Any]]

LINES = (
    ("plan_seconds", "plan, CPU s", "#0f766e"),
    ("report_seconds", "report, CPU s", "#b45309"),
    ("mib_peak", "peak memory, MiB", "#4338ca"),
)
"""What is drawn: a key of the rows, its name, its colour."""

_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 720, 360, 60, 44, 150, 40


def table(rows: Rows, head: str) -> Iterator[str]:
    """The rows as Markdown."""
    yield head
    yield "|---:|---:|---:|---:|---:|---:|"
    for row in rows:
        yield (
            f"| {row['recipients']:,} | {row['calls']:,} | {row['plan_seconds']:.2f} | {row['report_seconds']:.2f} "
            f"| {row['mib_peak']:.0f} | {row['mib_on_disk']:.1f} |"
        )


def plot(rows: Rows) -> str:
    """Lines over the number of recipients, both axes logarithmic."""
    values = [max(float(row[key]), 0.001) for row in rows for key, _, _ in LINES]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    first, last = (math.log10(rows[end]["recipients"]) for end in (0, -1))

    def x(recipients: float) -> float:
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * (math.log10(recipients) - first) / (last - first)

    def y(value: float) -> float:
        share = (math.log10(max(value, 0.001)) - low) / (high - low)
        return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * share

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}"'
        ' font-family="sans-serif" font-size="13">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
        '<text x="12" y="24" font-weight="bold">Cost of a broadcast by recipients</text>',
    ]
    for power in range(low, high + 1):
        height = y(10.0**power)
        parts += [
            f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{height:.1f}" y2="{height:.1f}" stroke="#e2e8f0"/>',
            f'<text x="{_LEFT - 8}" y="{height + 4:.1f}" text-anchor="end">{10.0**power:g}</text>',
        ]
    parts += [
        f'<text x="{x(row["recipients"]):.1f}" y="{_HEIGHT - 14}" text-anchor="middle">{row["recipients"]:,}</text>'
        for row in rows
    ]
    for key, name, colour in LINES:
        points = " ".join(f"{x(row['recipients']):.1f},{y(float(row[key])):.1f}" for row in rows)
        end = y(float(rows[-1][key])) + 4
        parts += [
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>',
            f'<text x="{_WIDTH - _RIGHT + 8}" y="{end:.1f}" fill="{colour}">{name}</text>',
        ]
    return "\n".join([*parts, "</svg>", ""])
