"""``wecom send``: creates a mass message out of a file, once its user has seen whom it reaches."""

from __future__ import annotations

import shlex
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from attrs import frozen

from wecom_cli import audience, confirm, environment, reading, violations
from wecom_cli.exits import Exit, Stop
from wecom_cli.output import Output, show
from wecom_cli.text import printable
from wecom_openapi import validate
from wecom_openapi.errors import AudienceNotConfirmed, IgnoredFieldWarning, JournalError, WeComError
from wecom_openapi.validation import enforce

if TYPE_CHECKING:
    from wecom_openapi import Journal

_OPERATION = "add_msg_template"


@frozen(kw_only=True)
class Request:
    """What the command line asks for."""

    file: str
    server: environment.Server
    dry_run: bool
    to_all: bool
    yes: bool
    wait: bool
    deadline: float | None
    key: str | None = None
    journal: str | None = None


def send(request: Request, output: Output) -> Exit:
    """Judge, confirm, send, and wait where that is wanted."""
    body = reading.body(request.file)
    found = validate(_OPERATION, body)
    confirmed = frozenset({"to_all"} if request.to_all else ())
    if request.dry_run:
        return _dry_run(body, found, confirmed, output)
    for notice in enforce(_OPERATION, found, confirmed):
        output.warn(violations.lines([notice], output.language)[0], kind="IgnoredField", rule=notice.rule)
    reached = audience.of(body)
    key = _key(request.key)
    # Whatever is missing is to be said before somebody is asked.
    with (
        _journal(request, output) as journal,
        environment.client(request.server, journal=journal) as wecom,
    ):
        if not request.yes:
            _confirm(request, body, reached, output)
        output.find_out = _find_out(body, request, journal)
        if journal is None:
            output.next_time = output.say(
                "with --journal PATH nothing is sent twice, and wecom recover looks for it",
                "使用 --journal PATH 则不会重发，并由 wecom recover 代为查明",
            )
        began = 0.0 if journal is None else journal.now()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", IgnoredFieldWarning)  # said above
            task = wecom.add_msg_template(body, to_all=request.to_all, key=key)
        output.find_out = None
        output.done = output.say(f"task {task.msgid} was created", f"任务 {task.msgid} 已创建")
        fail_list = list(task.fail_list or ())
        _created(task.msgid, fail_list, request, output)
        if journal is not None:
            _tell_of_repetition(task.msgid, journal, began, output)
        return _wait(wecom, task.msgid, request, output) if request.wait else Exit.DONE


def _dry_run(body: Any, found: list[Any], confirmed: frozenset[str], output: Output) -> Exit:
    """Say what would happen. The verdict is the result here, so it goes to stdout."""
    broken = [each for each in found if each.severity == "error"]
    verdict, status = "accepted", Exit.DONE
    try:
        enforce(_OPERATION, found, confirmed)
    except AudienceNotConfirmed:
        verdict, status = "needs --to-all", Exit.NOTHING_SENT
    except WeComError:
        verdict, status = "refused", Exit.NOTHING_SENT
    if output.json:
        reached = None if broken else audience.of(body).data()
        message = None if broken else _kinds(body)
        output.document(
            {
                "dry_run": True,
                "verdict": verdict,
                "exit_code": int(status),
                "violations": violations.data(found),
                "audience": reached,
                "message": message,
            }
        )
        return status
    words = {
        "accepted": output.say("accepted: nothing was sent", "通过：没有发送"),
        "needs --to-all": output.say(
            "refused without --to-all: it would reach everyone", "未加 --to-all，将被拒绝：会发给所有人"
        ),
        "refused": output.say("refused: it breaks the contract", "拒绝：不符合契约"),
    }
    output.text(words[verdict])
    for each, text in zip(found, violations.lines(found, output.language), strict=True):
        mark = output.say("warning: ", "警告：") if each.severity == "warning" else ""
        output.text(f"  {mark}{text}")
    if not broken:
        _show(body, audience.of(body), output, sys.stdout)
    return status


def _kinds(body: Mapping[str, Any]) -> list[str]:
    from wecom_cli.preview import kinds

    return kinds(body)


def _show(body: Mapping[str, Any], reached: audience.Audience, output: Output, stream: Any) -> None:
    from wecom_cli.preview import draw
    from wecom_cli.screen import console

    stream.write(output.say("to: ", "发送给：") + printable(reached.describe(output.language)) + "\n")
    stream.write(output.say("message:", "消息：") + "\n")
    stream.flush()
    show(console(stream), *draw(body, output))


def _confirm(request: Request, body: Mapping[str, Any], reached: audience.Audience, output: Output) -> None:
    if request.file == "-":
        raise Stop(
            Exit.NOTHING_SENT,
            "NotConfirmed",
            output.say(
                "standard input has the request, so it can't have an answer; use --yes to send it without asking",
                "标准输入已用于请求内容，无法询问；使用 --yes 可不经询问发送",
            ),
        )
    confirm.require(output, _OPERATION)
    _show(body, reached, output, sys.stderr)
    confirm.ask(
        output,
        output.say("Create this mass message?", "创建这条群发消息？"),
        output.say("nothing was sent", "没有发送"),
    )


@contextmanager
def _journal(request: Request, output: Output) -> Iterator[Journal | None]:
    """The journal, opened: whatever is wrong with it is to be said before somebody is asked."""
    journal = environment.journal_if_given(request.journal)
    if journal is None:
        if request.key is not None:
            text = output.say(
                "--key goes with --journal or WECOM_JOURNAL", "--key 需要 --journal 或 WECOM_JOURNAL"
            )
            raise Stop(Exit.NOTHING_SENT, "Usage", text, option="--key")
        yield None
        return
    with journal:
        journal.open()
        yield journal


def _key(given: str | None) -> Any:
    from wecom_openapi import UNSET
    from wecom_openapi.journal.keys import check_key

    try:
        return UNSET if given is None else check_key(given)
    except ValueError as exc:
        raise Stop(Exit.NOTHING_SENT, "Usage", f"--{exc}", option="--key") from None


def _tell_of_repetition(msgid: str, journal: Journal, began: float, output: Output) -> None:
    """The journal has answered, so that nothing was sent. Who meant it anew has to know."""
    try:
        entries = journal.entries(msgid=msgid)
    except JournalError as exc:
        # The task is there: no status that invites to send it again may come of this.
        output.warn(str(exc), kind=type(exc).__name__, msgid=msgid)
        return
    earlier = [entry for entry in entries if entry.started < began]
    if earlier:
        when = datetime.fromtimestamp(earlier[-1].started).astimezone().isoformat(sep=" ", timespec="seconds")
        output.warn(
            output.say(
                f"nothing was sent: the journal has this call from {when}, with the key {earlier[-1].key}",
                f"没有发送：日志中已有该调用（{when}），键为 {earlier[-1].key}",
            ),
            kind="Repeated",
            key=earlier[-1].key,
            msgid=msgid,
        )


def _find_out(body: Mapping[str, Any], request: Request, journal: Journal | None) -> str:
    """Shows the tasks of now, so that a lost one can be found among them; or lets the journal find out."""
    server = request.server
    if journal is not None:
        return f"wecom recover{environment.same_journal(request.journal)}{environment.same_server(server)}"
    # By WeCom's clock it may be a little earlier than by ours.
    since = (datetime.now(UTC) - timedelta(minutes=1)).isoformat(timespec="seconds").replace("+00:00", "Z")
    kind = " --chat-type group" if body.get("chat_type") == "group" else ""
    return f"wecom list --since {since}{kind}{environment.same_server(server)}"


def _created(msgid: str, fail_list: list[str], request: Request, output: Output) -> None:
    if output.json:
        result = {"msgid": msgid, "fail_list": fail_list}
        # Printed before the wait: whatever becomes of that, the id must not be lost.
        if request.wait:
            output.line({"event": "created", **result})
        else:
            output.document(result)
        return
    output.text(f"msgid: {msgid}")
    if fail_list:
        output.text(
            output.say(f"fail_list: {len(fail_list)} left out", f"fail_list：{len(fail_list)} 个未纳入")
        )
        for each in fail_list:
            output.text(f"  {each}")
    else:
        output.text(output.say("fail_list: none", "fail_list：无"))


def _wait(wecom: Any, msgid: str, request: Request, output: Output) -> Exit:
    from wecom_cli.failures import message
    from wecom_cli.watching import follow

    try:
        follow(wecom, msgid, output, deadline=request.deadline, interval=None)
    except WeComError as exc:
        # The task is there: no status that invites to send it again may come of the waiting.
        reason = message(exc, output)
        go_on = f"wecom status {shlex.quote(msgid)} --watch{environment.same_server(request.server)}"
        text = output.say(
            f"the message was created ({msgid}), and waiting for it ended: {reason}\ngo on: {go_on}",
            f"消息已创建（{msgid}），等待中止：{reason}\n继续查看：{go_on}",
        )
        output.fail(
            text,
            kind=type(exc).__name__,
            exit_code=int(Exit.NOT_READY),
            msgid=msgid,
            errcode=getattr(exc, "errcode", None),
        )
        return Exit.NOT_READY
    return Exit.DONE
