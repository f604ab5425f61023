"""The one way out: answers on stdout, everything else on stderr, for people or for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import IO, TYPE_CHECKING, Any

from wecom_cli.language import Language
from wecom_cli.text import harmless_json, paragraphs, printable

if TYPE_CHECKING:
    from rich.console import Console


class Output:
    """Where a command writes.

    Args:
        json: for programs: JSON alone on stdout, and an object a line on stderr.
        language: of the texts for people.
    """

    def __init__(self, *, json: bool, language: Language) -> None:
        self.json = json
        self.language = language
        self.find_out: str | None = None
        """The command that tells what became of the write that is about to be sent."""
        self.next_time: str | None = None
        """What spares the user that search."""
        self.done: str | None = None
        """What has happened already, should the rest of the command fail."""

    def say(self, en: str, zh: str) -> str:
        """A text in the language of the user."""
        return self.language.pick(en, zh)

    def document(self, data: object) -> None:
        """The result of a command for programs, over several lines."""
        self._write(sys.stdout, encoded(data, indent=2))

    def line(self, data: object) -> None:
        """One of several results for programs, on a line of its own."""
        self._write(sys.stdout, encoded(data))

    def text(self, text: str = "") -> None:
        """A line of the result for people."""
        self._write(sys.stdout, printable(text))

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A table for people. The cells may hold anything."""
        from wecom_cli.screen import console, table

        show(console(sys.stdout), table(columns, rows))

    def warn(self, message: str, **data: object) -> None:
        """Something that the user should know of, though the command goes on."""
        self._aside("warning", message, data)

    def fail(self, message: str, **data: object) -> None:
        """Why the command ends without a result."""
        self._aside("error", message, data)

    def note(self, message: str) -> None:
        """What people are told beside the result, in one line; programs don't need it."""
        if not self.json:
            self._write(sys.stderr, printable(message))

    def _aside(self, kind: str, message: str, data: dict[str, object]) -> None:
        if self.json:
            self._write(sys.stderr, encoded({kind: {**data, "message": message}}))
        else:
            first, *rest = paragraphs(message)
            self._write(sys.stderr, "\n".join([f"{kind}: {first}", *rest]))

    def _write(self, stream: IO[str], text: str) -> None:
        write(stream, text.split("\n"))


def encoded(data: object, indent: int | None = None) -> str:
    """JSON with Chinese as it is, and without a byte that a terminal would act on."""
    return harmless_json(json.dumps(data, ensure_ascii=False, indent=indent, default=str))


def show(console: Console, *parts: Any) -> None:
    """Print with rich; without blanks at the ends of lines where it isn't for a screen."""
    if console.is_terminal:
        console.print(*parts)
        return
    with console.capture() as captured:
        console.print(*parts)
    write(console.file, [line.rstrip() for line in captured.get().removesuffix("\n").split("\n")])


def write(stream: IO[str], lines: Sequence[str]) -> None:
    """Write lines one by one: of one long text an unbuffered stream loses the rest where the reader goes away."""
    stream.writelines(f"{line}\n" for line in lines)
    stream.flush()
