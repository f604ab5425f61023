"""Options that several commands have, and what a command line becomes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, TypeVar

import typer
from attrs import frozen

from wecom_cli import times
from wecom_cli.environment import MOST_RETRIES
from wecom_cli.exits import Exit
from wecom_cli.language import Language
from wecom_cli.output import Output

_T = TypeVar("_T")


@frozen
class Job:
    """A command with all that it was given. It runs outside of the parser, whose idea of errors is another."""

    work: Callable[[Output], Exit]
    as_json: bool
    language: Language | None


def _parser(read: Callable[[str], _T]) -> Callable[[str], _T]:
    def parse(text: str) -> _T:
        try:
            return read(text)
        except ValueError as exc:
            raise typer.BadParameter(str(exc)) from None

    return parse


def _moment(text: str) -> datetime:
    return times.moment(text)


Json = Annotated[
    bool, typer.Option("--json", help="Print JSON alone, for programs; errors as JSON on stderr.")
]
Lang = Annotated[
    Language | None,
    typer.Option("--lang", help="Language of violations and meanings; that of LC_ALL or LANG by default."),
]
BaseUrl = Annotated[
    str | None, typer.Option("--base-url", metavar="URL", help="Another server; else WECOM_BASE_URL counts.")
]
Retries = Annotated[
    int | None,
    typer.Option(
        "--retries",
        metavar="N",
        min=0,
        max=MOST_RETRIES,
        help="How often a call is made again that may be; else WECOM_RETRIES counts (2).",
    ),
]
JournalPath = Annotated[
    str | None,
    typer.Option(
        "--journal",
        metavar="PATH",
        help="The journal: a file or a database's URL; else WECOM_JOURNAL counts.",
    ),
]
Key = Annotated[
    str | None,
    typer.Option(
        "--key",
        metavar="KEY",
        help="Names the call in the journal: another one with this key is not sent. Else its content is its name, for "
        "24 hours.",
    ),
]
Settle = Annotated[
    float | None,
    typer.Option(
        "--settle",
        metavar="TIME",
        parser=_parser(times.seconds),
        help="How long a task may take into WeCom's list (2m).",
    ),
]
Msgid = Annotated[str, typer.Argument(metavar="MSGID", help="Id of the task.")]
Deadline = Annotated[
    float | None,
    typer.Option(
        "--deadline", metavar="TIME", parser=_parser(times.seconds), help="Give up after 90s, 30m, 2h … (1h)."
    ),
]
Interval = Annotated[
    float | None,
    typer.Option(
        "--interval",
        metavar="TIME",
        parser=_parser(times.seconds),
        help="Time between two looks; by default it grows from 5s to 1m.",
    ),
]
Since = Annotated[
    datetime,
    typer.Option(
        "--since",
        metavar="TIME",
        parser=_parser(_moment),
        help="From when on: 7d, 2026-11-01, 2026-11-01T09:30.",
    ),
]
Until = Annotated[
    datetime,
    typer.Option("--until", metavar="TIME", parser=_parser(_moment), help="Up to when, written likewise."),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")]
