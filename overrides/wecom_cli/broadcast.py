"""``wecom broadcast plan``, ``status`` and ``report``: one message to many, before and after it is sent."""

from __future__ import annotations

import csv
import shlex
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import asdict, fields, frozen

from wecom_cli import environment, reading
from wecom_cli.exits import Exit, Stop
from wecom_cli.output import Output, show
from wecom_openapi import Broadcast

if TYPE_CHECKING:
    from wecom_openapi.broadcast import Plan, Recipient, Summary

STANDINGS: Final[Mapping[str, str]] = {
    "accepted": "已受理",
    "accepted or in fail_list": "已受理或在 fail_list 中",
    "fail_list": "在 fail_list 中",
    "over quota": "超出接收额度",
    "refused": "被拒绝",
    "unknown": "结果未知",
    "not sent yet": "尚未发送",
    "delivered": "已送达",
    "not a friend": "客户不是好友",
}
"""What is known of a recipient, in Chinese."""


@frozen(kw_only=True)
class Source:
    """Where the recipients come from, as the command line says."""

    file: str | None
    customers_of: Sequence[str]
    groups_of: Sequence[str]
    column: str | None
    sender_column: str | None
    encoding: str
    delimiter: str
    server: environment.Server


@contextmanager
def opened(name: str, journal: str | None) -> Iterator[Broadcast]:
    """A broadcast, with its journal open.

    Raises:
        Stop: the name is none, or the settings lack the journal.
        JournalError: the journal can't be used.
    """
    with environment.journal(journal) as kept:
        try:
            found = Broadcast(kept, name)
        except ValueError as exc:
            raise Stop(Exit.NOTHING_SENT, "Usage", f"NAME: {str(exc).removeprefix('name: ')}") from None
        yield found


def plan(name: str, message: str, source: Source, journal: str | None, output: Output) -> Exit:
    """Plan a broadcast, and show it."""
    body = reading.body(message)
    if not isinstance(body, dict):
        text = output.say("a JSON object is needed", "需要一个 JSON 对象")
        raise Stop(Exit.NOTHING_SENT, "Unreadable", f"{message}: {text}", file=message, reason=text)
    with opened(name, journal) as broadcast:
        with _audience(source) as audience, _counter(output) as progress:
            planned = broadcast.plan(body, audience, progress=progress)
        _show_plan(planned, broadcast.message, output)
    if not output.json:
        again = command(name, journal, source.server)
        output.note(output.say(f"nothing was sent; to send it: {again}", f"没有发送；发送请用：{again}"))
    return Exit.DONE


def command(name: str, journal: str | None, server: environment.Server) -> str:
    """What somebody is to type in order to send a broadcast."""
    options = environment.same_journal(journal) + environment.same_server(server)
    return f"wecom broadcast run {shlex.quote(name)}{options}"


@contextmanager
def _audience(source: Source) -> Iterator[Any]:
    from wecom_openapi.broadcast import CsvFile, ParquetFile, customers_of, groups_of

    if source.file is None:
        with environment.client(source.server) as wecom:
            if source.customers_of:
                yield customers_of(wecom, source.customers_of)
            else:
                yield groups_of(wecom, source.groups_of)
        return
    names = {"column": source.column, "sender_column": source.sender_column}
    if Path(source.file).suffix.lower() == ".parquet":
        try:
            file = ParquetFile(source.file, **names)
        except ModuleNotFoundError as exc:
            raise Stop(Exit.CONFIGURATION, "Installation", str(exc)) from None
        yield file
        return
    try:
        table = CsvFile(source.file, encoding=source.encoding, delimiter=source.delimiter, **names)
    except ValueError as exc:
        raise Stop(Exit.NOTHING_SENT, "Usage", f"--{exc}") from None
    yield table


@contextmanager
def _counter(output: Output) -> Iterator[Any]:
    """Shows at a terminal how many recipients were read."""
    if output.json or not sys.stderr.isatty():
        yield None
        return
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from wecom_cli.screen import console

    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description} {task.completed}", markup=False),
        TimeElapsedColumn(),
        console=console(sys.stderr),
        transient=True,
    )
    with bar:
        task = bar.add_task(output.say("recipients read:", "已读取："), total=None)
        yield lambda count: bar.update(task, completed=count)


def _show_plan(planned: Plan, message: Mapping[str, Any], output: Output) -> None:
    from wecom_cli.preview import draw, kinds
    from wecom_cli.screen import console

    if output.json:
        output.document({**asdict(planned), "message": kinds(message)})
        return
    output.text(whom(planned, output))
    if planned.duplicates:
        text = output.say(
            f"{planned.duplicates} of {planned.given} were given more than once and are left out",
            f"给出的 {planned.given} 个中有 {planned.duplicates} 个重复，已去除",
        )
        if planned.duplicates_of_another_sender:
            text += output.say(
                f", {planned.duplicates_of_another_sender} of them under another sender",
                f"，其中 {planned.duplicates_of_another_sender} 个属于另一成员",
            )
        output.text(text)
    if planned.resumed:
        output.text(output.say("it was planned before, just like this", "此前已按同样内容计划"))
    output.text(output.say("message:", "消息："))
    show(console(sys.stdout), *draw(message, output))


def whom(planned: Plan, output: Output) -> str:
    """Whom a broadcast reaches and how many calls that takes, in one line."""
    is_group = planned.chat_type == "group"
    en = ("customer group" if is_group else "customer") + ("" if planned.recipients == 1 else "s")
    zh = "个客户群" if is_group else "位客户"
    by_en = f"{planned.senders} sender{'' if planned.senders == 1 else 's'}"
    if not planned.senders:
        by_en = "the member who last talked to each customer"
    by_zh = f" {planned.senders} 位成员" if planned.senders else "最近与客户沟通的成员"
    calls = f"{planned.calls} call{'' if planned.calls == 1 else 's'}"
    return output.say(
        f"{planned.name}: {planned.recipients} {en} in {calls}; sent by {by_en}",
        f"{planned.name}：{planned.recipients} {zh}，{planned.calls} 次调用；由{by_zh}发送",
    )


def status(
    name: str, journal: str | None, output: Output, *, results: bool, server: environment.Server
) -> Exit:
    """Show how far it has come."""
    with opened(name, journal) as broadcast:
        broadcast.summary()  # whether there is one at all
        if results:
            with environment.client(server) as wecom:
                broadcast.update_results(wecom)
        summary = broadcast.summary()
    show_summary(summary, output)
    return Exit.DONE


def show_summary(summary: Summary, output: Output) -> None:
    """How many recipients have come how far."""
    if output.json:
        output.document(data(summary))
        return
    output.table(
        [output.say("RECIPIENTS", "接收对象"), output.say("NUMBER", "数量")],
        [[output.say(str(standing), STANDINGS[standing]), str(n)] for standing, n in summary.counts.items()],
    )
    through = sum(number for state, number in summary.calls.items() if state in ("done", "refused"))
    total = sum(summary.calls.values())
    output.text(
        output.say(f"{through} of {total} calls are through", f"{total} 次调用中 {through} 次已有结果")
    )


def data(summary: Summary) -> dict[str, Any]:
    """For programs."""
    return {
        "name": summary.name,
        "recipients": summary.recipients,
        "complete": summary.is_complete,
        "counts": {str(standing): number for standing, number in summary.counts.items()},
        "calls": {str(state): number for state, number in summary.calls.items()},
    }


def report(name: str, journal: str | None, output: Output, *, file: str | None, only: Sequence[str]) -> Exit:
    """List every recipient."""
    from wecom_openapi.broadcast.report import Recipient, row_of, write_csv

    with opened(name, journal) as broadcast:
        rows = (row for row in broadcast.recipients() if not only or row.standing in only)
        if file is not None:
            written = write_csv(file, rows)
            rest = "" if written == 1 else "s"
            output.text(output.say(f"{file}: {written} recipient{rest}", f"{file}：{written} 个接收对象"))
        elif output.json:
            with closing(rows):
                for row in rows:
                    output.line(row_data(row))
        else:
            writer = csv.writer(_Lines(output))
            writer.writerow([column.name for column in fields(Recipient)])
            writer.writerows(map(row_of, rows))
    return Exit.DONE


def row_data(row: Recipient) -> dict[str, Any]:
    """For programs."""
    return {**asdict(row), "standing": str(row.standing)}


class _Lines:
    """What writes CSV hands over a line at a time."""

    def __init__(self, output: Output) -> None:
        self._output = output

    def write(self, line: str) -> None:
        self._output.text(line.removesuffix("\r\n"))
