"""What is drawn with rich. Text of others never reaches its markup."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from wecom_cli.text import printable

_UNLIMITED: Final = 10_000  # columns of what is no screen: nothing is folded for the next program
_CARD: Final = 64


class Screen(Console):
    """A console that leaves a broken pipe to the program."""

    def on_broken_pipe(self) -> None:
        """Called by rich where it has caught one."""
        raise  # noqa: PLE0704 - rich calls it in its handler


def console(stream: Any) -> Console:
    """For stdout or stderr. Colours only on a terminal, and not where NO_COLOR is set."""
    is_screen = stream.isatty()
    return Screen(
        file=stream,
        markup=False,
        highlight=False,
        emoji=False,
        soft_wrap=False,
        width=None if is_screen else _UNLIMITED,
        force_terminal=None if is_screen else False,
    )


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """A table without lines. What doesn't fit is folded: an id must stay whole to be copied."""
    drawn = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    for name in columns:
        drawn.add_column(name, overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(printable(cell)) for cell in row))
    return drawn


def bubble(lines: Sequence[str]) -> Padding:
    """The text of a message."""
    return Padding(Text("\n".join(lines), overflow="fold"), (0, 0, 0, 2))


def card(kind: str, lines: Sequence[str]) -> Padding:
    """An attachment as a box, with the kind in its border and the first of at least one line in bold."""
    text = Text("\n".join(lines), overflow="fold")
    text.stylize("bold", 0, len(lines[0]))
    widest = max(cell_len(line) for line in lines)
    panel = Panel(
        text, title=Text(kind), title_align="left", width=min(_CARD, max(widest, cell_len(kind) + 2) + 4)
    )
    return Padding(panel, (0, 0, 0, 2))
