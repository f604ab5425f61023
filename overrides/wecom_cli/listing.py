"""``wecom list``: the tasks of a period."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any, Final, Literal

from attrs import frozen

from wecom_cli import environment, times
from wecom_cli.choices import ChatType, Filter
from wecom_cli.exits import Exit
from wecom_cli.output import Output
from wecom_cli.text import excerpt
from wecom_openapi import UNSET, GroupmsgCreateType, GroupmsgRecord

_FILTER_TYPES: Final[dict[Filter, Literal[0, 1, 2]]] = {Filter.CORP: 0, Filter.PERSONAL: 1, Filter.ALL: 2}
_SHOWN: Final = 40


@frozen(kw_only=True)
class Query:
    """What the command line asks for."""

    server: environment.Server
    since: datetime
    until: datetime
    chat_type: ChatType
    creator: str | None
    filter: Filter
    limit_rows: int | None


def list_tasks(query: Query, output: Output) -> Exit:
    """Print the tasks: a table, or a JSON line each as they come."""
    with environment.client(query.server) as wecom:
        rows: Iterator[GroupmsgRecord] = wecom.iter_groupmsg_list_v2(
            chat_type=query.chat_type.value,
            start_time=query.since,
            end_time=query.until,
            creator=UNSET if query.creator is None else query.creator,
            filter_type=_FILTER_TYPES[query.filter],
        )
        wanted = islice(rows, query.limit_rows)
        if output.json:
            for row in wanted:
                output.line(_data(row))
            return Exit.DONE
        found = list(wanted)
        more = (
            query.limit_rows is not None and len(found) == query.limit_rows and next(rows, None) is not None
        )
    if found:
        columns = ("CREATED", "MSGID", "BY", "MESSAGE"), ("创建时间", "MSGID", "创建者", "消息")
        names = [output.say(en, zh) for en, zh in zip(*columns, strict=True)]
        output.table(names, [_cells(row, output) for row in found])
    else:
        output.note(output.say("no tasks in this period", "该时间段内没有任务"))
    if more:
        sys.stdout.flush()
        output.note(
            output.say(f"the first {len(found)}; there are more", f"仅显示前 {len(found)} 条，还有更多")
        )
    return Exit.DONE


def _cells(row: GroupmsgRecord, output: Output) -> list[str]:
    by = str(row.creator) if row.creator else output.say("API", "接口")
    if row.create_type == GroupmsgCreateType.MEMBER:
        by += output.say(" (personal)", "（个人）")
    return [times.shown(row.create_time), row.msgid, by, _message(row.to_dict())]


def _message(row: dict[str, Any]) -> str:
    content = (row.get("text") or {}).get("content")
    parts = [excerpt(content, _SHOWN)] if isinstance(content, str) and content else []
    for attachment in row.get("attachments") or ():
        kind = attachment.get("msgtype")
        inside = attachment.get(kind)
        title = inside.get("title") if isinstance(inside, dict) else None
        parts.append(f"[{kind}{': ' + excerpt(title, _SHOWN) if isinstance(title, str) and title else ''}]")
    return " ".join(parts)


def _data(row: GroupmsgRecord) -> dict[str, Any]:
    fields = row.to_dict()
    if (stamp := times.number(fields.get("create_time"))) is not None:
        fields["create_time"] = stamp
        fields["create_time_iso"] = times.iso(stamp)
    if row.create_type is not UNSET:
        fields["create_type_name"] = row.create_type.name
    return fields
