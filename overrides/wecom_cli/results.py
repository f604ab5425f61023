"""How far a task has come, as data for programs and as rows for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from wecom_cli import times
from wecom_cli.output import Output
from wecom_openapi import GroupmsgSendStatus, GroupmsgTaskStatus, TaskResults, WeCom

MEMBER: Final[Mapping[GroupmsgTaskStatus, tuple[str, str]]] = {
    GroupmsgTaskStatus.UNSENT: ("not confirmed yet", "未发送"),
    GroupmsgTaskStatus.SENT: ("confirmed", "已发送"),
}
RECIPIENT: Final[Mapping[GroupmsgSendStatus, tuple[str, str]]] = {
    GroupmsgSendStatus.UNSENT: ("not sent yet", "未发送"),
    GroupmsgSendStatus.SENT: ("sent", "已发送"),
    GroupmsgSendStatus.NO_FRIEND: ("failed: no longer a friend", "失败：客户不是好友"),
    GroupmsgSendStatus.QUOTA_USED_UP: ("failed: has had other mass messages", "失败：客户已收到其他群发消息"),
}


def look(wecom: WeCom, msgid: str) -> TaskResults:
    """The task as it is now: all pages of its members, and of the recipients of those who have confirmed."""
    members = list(wecom.iter_groupmsg_task(msgid=msgid))
    recipients = [
        row
        for member in members
        if member.status != GroupmsgTaskStatus.UNSENT
        for row in wecom.iter_groupmsg_send_result(msgid=msgid, userid=member.userid)
    ]
    return TaskResults(msgid, tuple(members), tuple(recipients))


def data(results: TaskResults, *, recipients: bool = True) -> dict[str, Any]:
    """For programs. Numbers as WeCom gave them, with their names and times beside them."""
    counts = {status.name: number for status, number in sorted(results.counts.items())}
    found: dict[str, Any] = {
        "msgid": results.msgid,
        "complete": results.is_complete,
        "members": [_row(member) for member in results.members],
        "waiting": results.waiting,
        "counts": counts,
    }
    if recipients:
        found["recipients"] = [_row(recipient) for recipient in results.recipients]
    return found


def label(status: Any, output: Output) -> str:
    """A status in words; of one that no page names, the number."""
    table: Mapping[Any, tuple[str, str]] = MEMBER if isinstance(status, GroupmsgTaskStatus) else RECIPIENT
    words = {int(known): said for known, said in table.items()}
    return output.say(*words.get(int(status), (f"status {int(status)}", f"状态 {int(status)}")))


def member_rows(results: TaskResults, output: Output) -> list[list[str]]:
    """A row a member: who, status, when, and what became of the recipients."""
    sent: dict[str, Counter[GroupmsgSendStatus]] = {}
    for row in results.recipients:
        sent.setdefault(row.userid, Counter())[row.status] += 1
    return [
        [
            member.userid,
            label(member.status, output),
            times.shown(member.send_time),
            ", ".join(
                f"{number} {label(status, output)}"
                for status, number in sorted(sent.get(member.userid, Counter()).items())
            ),
        ]
        for member in results.members
    ]


def member_columns(output: Output) -> list[str]:
    """The names of what `member_rows` gives."""
    return [
        output.say("MEMBER", "成员"),
        output.say("STATUS", "状态"),
        output.say("TIME", "时间"),
        output.say("RECIPIENTS", "接收对象"),
    ]


def recipient_rows(results: TaskResults, output: Output) -> list[list[str]]:
    """A row a recipient."""
    return [
        [
            str(row.external_userid or row.chat_id or ""),
            row.userid,
            label(row.status, output),
            times.shown(row.send_time),
        ]
        for row in results.recipients
    ]


def summary(results: TaskResults, output: Output) -> str:
    """How far it has come, in one line."""
    members, waiting = len(results.members), len(results.waiting)
    counts = ", ".join(
        f"{number} {label(status, output)}" for status, number in sorted(results.counts.items())
    )
    done = output.say(
        f"{members - waiting} of {members} members confirmed",
        f"{members} 位成员中 {members - waiting} 位已确认",
    )
    if not counts:
        return done
    return done + output.say(f"; recipients: {counts}", f"；接收对象：{counts}")


def _row(row: Any) -> dict[str, Any]:
    fields: dict[str, Any] = row.to_dict()
    fields["status_name"] = row.status.name
    if "send_time" in fields:
        fields["send_time_iso"] = times.iso(fields["send_time"])
    return fields
