"""``wecom remind`` and ``wecom cancel``: what can be done to a task that is there."""

from __future__ import annotations

import shlex

from wecom_cli import confirm, environment
from wecom_cli.exits import Exit
from wecom_cli.output import Output


def remind(msgid: str, server: environment.Server, output: Output) -> Exit:
    """Ask the members again who have not confirmed."""
    with environment.client(server) as wecom:
        output.find_out = _look(msgid, server)
        wecom.remind_groupmsg_send(msgid=msgid)
    return _tell(msgid, "reminded", output.say("members were reminded", "已提醒成员"), output)


def cancel(msgid: str, server: environment.Server, output: Output, *, yes: bool) -> Exit:
    """Stop what is not sent yet."""
    with environment.client(server) as wecom:
        if not yes:
            confirm.require(output, "cancel_groupmsg_send")
            confirm.ask(
                output,
                output.say(
                    f"Cancel task {msgid}? What is not sent yet will never be.",
                    f"取消任务 {msgid}？尚未发送的将不再发送。",
                ),
                output.say("the task was not cancelled", "任务没有取消"),
            )
        output.find_out = _look(msgid, server)
        wecom.cancel_groupmsg_send(msgid=msgid)
    return _tell(msgid, "cancelled", output.say("the task is cancelled", "任务已取消"), output)


def _look(msgid: str, server: environment.Server) -> str:
    return f"wecom status {shlex.quote(msgid)}{environment.same_server(server)}"


def _tell(msgid: str, word: str, text: str, output: Output) -> Exit:
    output.find_out, output.done = None, f"{msgid}: {text}"
    if output.json:
        output.document({"msgid": msgid, word: True})
    else:
        output.text(f"{msgid}: {text}")
    return Exit.DONE
