"""How far a run is, on a terminal; nothing where there is none."""

from __future__ import annotations

from types import TracebackType
from typing import Self, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from .runner import Result


class Progress:
    """A bar, with how many requests were sent and how many kinds of findings there are.

    Args:
        stream: where it is drawn, if that is a terminal.
    """

    def __init__(self, stream: TextIO) -> None:
        console = Console(file=stream)
        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[told]}"),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("testing", total=None, told="")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def update(self, result: Result, total: int) -> None:
        """Draw how far the run is."""
        told = f"{sum(result.ledger.sent.values())} requests, {len(result.ledger.failures)} findings"
        self._bar.update(self._task, total=total, completed=len(result.units), told=told)
