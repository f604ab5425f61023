"""``wecom broadcast run``: sends what is planned, shows how far it is, and can be stopped at any point."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from attrs import frozen

from wecom_cli import broadcast as shown
from wecom_cli import confirm, environment
from wecom_cli.exits import Exit
from wecom_cli.output import Output, show
from wecom_cli.text import printable
from wecom_openapi.broadcast import CallState, Standing, Summary
from wecom_openapi.errors import IgnoredFieldWarning, JournalWarning

if TYPE_CHECKING:
    from wecom_openapi import Broadcast, WeCom
    from wecom_openapi.broadcast import Call


@frozen(kw_only=True)
class Request:
    """What the command line asks for."""

    name: str
    concurrency: int
    retry_refused: bool
    yes: bool
    journal: str | None
    server: environment.Server


def run(request: Request, output: Output) -> Exit:
    """Confirm, find out what is unknown, send what is left, and sum up."""
    with shown.opened(request.name, request.journal) as broadcast:
        planned = broadcast.planned
        with environment.client(request.server, journal=broadcast.journal) as wecom:
            if not request.yes:
                confirm.require(output, "broadcast run")
                sys.stderr.write(printable(shown.whom(planned, output)) + "\n")
                _show_message(broadcast, output)
                confirm.ask(
                    output,
                    output.say("Send this broadcast?", "发送这次群发？"),
                    output.say("nothing was sent", "没有发送"),
                )
            try:
                summary = _send(broadcast, wecom, request, output)
            except BaseException:
                output.done = _go_on(broadcast.summary(), request, output)
                raise
        shown.show_summary(summary, output)
        return _status(summary, request, output)


def _send(broadcast: Broadcast, wecom: WeCom, request: Request, output: Output) -> Summary:
    with warnings.catch_warnings(), _progress(broadcast, output) as progress:
        # Said when it was planned; and what the other one says stands in the report.
        warnings.simplefilter("ignore", IgnoredFieldWarning)
        warnings.simplefilter("ignore", JournalWarning)
        if Standing.UNKNOWN in broadcast.summary().counts:
            wecom.recover()
        return broadcast.run(
            wecom, concurrency=request.concurrency, retry_refused=request.retry_refused, progress=progress
        )


def _show_message(broadcast: Broadcast, output: Output) -> None:
    from wecom_cli.preview import draw
    from wecom_cli.screen import console

    show(console(sys.stderr), *draw(broadcast.message, output))


def _status(summary: Summary, request: Request, output: Output) -> Exit:
    if Standing.UNKNOWN in summary.counts:
        status, word = (
            Exit.UNKNOWN,
            output.say(
                "some outcomes are unknown: run it again, which looks them up first",
                "部分结果未知：请再次运行，会先查明",
            ),
        )
    elif Standing.NOT_SENT in summary.counts:
        status, word = Exit.AGAIN, _go_on(summary, request, output)
    elif CallState.REFUSED in summary.calls:
        status, word = (
            Exit.FAILED,
            output.say("WeCom has refused some calls: see the report", "部分调用被拒绝：见报告"),
        )
    else:
        return Exit.DONE
    output.fail(word, kind="Incomplete", exit_code=int(status), **shown.data(summary))
    return status


def _go_on(summary: Summary, request: Request, output: Output) -> str:
    left = summary.counts.get(Standing.NOT_SENT, 0)
    again = shown.command(request.name, request.journal, request.server)
    return output.say(
        f"{left} of {summary.recipients} recipients are left; to go on: {again}",
        f"{summary.recipients} 个接收对象中还有 {left} 个未发送；继续：{again}",
    )


@contextmanager
def _progress(
    broadcast: Broadcast, output: Output
) -> Iterator[Callable[[Call | None, int, int], object] | None]:
    """A line a call for programs; a bar at a terminal; nothing elsewhere."""
    if output.json:

        def tell(call: Call | None, settled: int, total: int) -> None:
            facts: dict[str, Any] = {"event": "call", "settled": settled, "total": total}
            if call is not None:
                facts.update(n=call.n, state=str(call.state), msgid=call.msgid, size=call.size)
            output.line(facts)

        yield tell
        return
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from wecom_cli.screen import console

    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[recipients]}", markup=False),
        TimeRemainingColumn(),
        console=console(sys.stderr),
    )
    with bar:
        task = bar.add_task(
            output.say("calls", "调用"), total=len(broadcast.pending()) or None, recipients=""
        )
        sent = 0

        def move(call: Call | None, settled: int, total: int) -> None:
            nonlocal sent
            sent += call.size if call is not None else 0
            words = output.say(f"{sent} recipients", f"{sent} 个接收对象")
            bar.update(task, completed=settled, total=total, recipients=words)

        yield move
