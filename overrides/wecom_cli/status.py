"""``wecom status``: how far a task has come."""

from __future__ import annotations

from wecom_cli import environment, results
from wecom_cli.exits import Exit
from wecom_cli.output import Output


def status(msgid: str, server: environment.Server, output: Output, *, recipients: bool) -> Exit:
    """Look once."""
    with environment.client(server) as wecom:
        seen = results.look(wecom, msgid)
    if output.json:
        output.document(results.data(seen))
        return Exit.DONE
    output.text(f"{msgid}: {results.summary(seen, output)}")
    output.table(results.member_columns(output), results.member_rows(seen, output))
    if recipients and seen.recipients:
        output.text()
        columns = [output.say(*pair) for pair in _RECIPIENT_COLUMNS]
        output.table(columns, results.recipient_rows(seen, output))
    return Exit.DONE


def watch(
    msgid: str, server: environment.Server, output: Output, *, deadline: float | None, interval: float | None
) -> Exit:
    """Look until it is done."""
    from wecom_cli.watching import follow

    with environment.client(server) as wecom:
        follow(wecom, msgid, output, deadline=deadline, interval=interval)
    return Exit.DONE


_RECIPIENT_COLUMNS = (
    ("RECIPIENT", "接收对象"),
    ("MEMBER", "成员"),
    ("STATUS", "状态"),
    ("TIME", "时间"),
)
