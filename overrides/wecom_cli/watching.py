"""Follows a task until it is done, and shows each step: live on a terminal, else a line a change."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any, Protocol, Self

from wecom_cli import results
from wecom_cli.output import Output
from wecom_openapi import TaskResults, WeCom
from wecom_openapi.errors import ResultsNotReady

DEADLINE = 3600.0
INTERVAL = 5.0
_LONGEST_INTERVAL = 60.0


class View(Protocol):
    """What is told of every look at the task."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def __call__(self, seen: TaskResults) -> None: ...


def follow(
    wecom: WeCom, msgid: str, output: Output, *, deadline: float | None, interval: float | None
) -> None:
    """Wait for a task, showing how far it is.

    Args:
        wecom: the client.
        msgid: the task.
        output: where it is shown.
        deadline: seconds until it gives up; None for an hour.
        interval: seconds between two looks; None for a pause that grows from 5 s to a minute.

    Raises:
        ResultsNotReady: the deadline passed. What was seen is shown.
        WeComError: as `WeCom.wait_for_results`.
    """
    seen: TaskResults | None = None
    try:
        with _view(output, msgid) as view:
            seen = wecom.wait_for_results(
                msgid,
                deadline=DEADLINE if deadline is None else deadline,
                interval=INTERVAL if interval is None else interval,
                longest_interval=_LONGEST_INTERVAL if interval is None else interval,
                progress=view,
            )
    except ResultsNotReady as exc:
        seen = exc.results
        raise
    finally:
        if seen is not None:
            _end(seen, output)


def _end(seen: TaskResults, output: Output) -> None:
    if output.json:
        output.line({"event": "done" if seen.is_complete else "not-ready", **results.data(seen)})
    elif not _is_live():
        output.table(results.member_columns(output), results.member_rows(seen, output))


def _view(output: Output, msgid: str) -> View:
    if output.json:
        return _Changes(
            lambda seen: output.line({"event": "progress", **results.data(seen, recipients=False)})
        )
    if _is_live():
        return _Live(output, msgid)
    return _Changes(lambda seen: output.text(results.summary(seen, output)))


def _is_live() -> bool:
    from wecom_cli.screen import console

    screen = console(sys.stdout)
    return screen.is_terminal and not screen.is_dumb_terminal


class _Changes:
    """Hands on what is new, and only that."""

    def __init__(self, tell: Any) -> None:
        self._tell = tell
        self._last: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def __call__(self, seen: TaskResults) -> None:
        state = results.data(seen)
        if state != self._last:
            self._last = state
            self._tell(seen)


class _Live:
    """A table that renews itself, with a bar for the members and one for their recipients."""

    def __init__(self, output: Output, msgid: str) -> None:
        from rich.live import Live
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
        from rich.text import Text

        from wecom_cli.screen import console
        from wecom_cli.text import printable

        self._output = output
        screen = console(sys.stdout)
        self._bars = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=screen,
        )
        self._members = self._bars.add_task(output.say("members", "成员"), total=None)
        self._recipients = self._bars.add_task(output.say("recipients", "接收对象"), total=None)
        self._live = Live(Text(printable(msgid)), console=screen, refresh_per_second=2)

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._live.stop()

    def __call__(self, seen: TaskResults) -> None:
        from rich.console import Group

        from wecom_cli.screen import table
        from wecom_openapi import GroupmsgSendStatus

        members, recipients = len(seen.members), len(seen.recipients)
        unsent = seen.counts.get(GroupmsgSendStatus.UNSENT, 0)
        self._bars.update(self._members, completed=members - len(seen.waiting), total=members or None)
        # Who has not confirmed has no recipients yet, so the total is of those who have.
        self._bars.update(self._recipients, completed=recipients - unsent, total=recipients or None)
        drawn = table(results.member_columns(self._output), results.member_rows(seen, self._output))
        self._live.update(Group(drawn, self._bars), refresh=True)
