"""``wecom customers`` and ``wecom groups``: the ids that a message can be sent to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from wecom_cli import environment
from wecom_cli.exits import Exit
from wecom_cli.output import Output
from wecom_openapi import UNSET
from wecom_openapi.errors import NoCustomers

_PAGE: Final = 1000

STATUS: Final[Mapping[str, tuple[str, str]]] = {
    "NORMAL": ("the owner is there", "跟进人正常"),
    "OWNER_LEFT": ("the owner has left", "跟进人离职"),
    "BEING_HANDED_OVER": ("being handed over", "离职继承中"),
    "HANDED_OVER": ("handed over", "离职继承完成"),
}


def customers(userid: str, server: environment.Server, output: Output) -> Exit:
    """The customers of a member: an id a line."""
    with environment.client(server) as wecom:
        try:
            found = list(wecom.externalcontact_list(userid=userid).external_userid)
        except NoCustomers:
            found = []  # a refusal by its form, and an empty list by its meaning
    for each in found:
        if output.json:
            output.line({"external_userid": each})
        else:
            output.text(each)
    if not found:
        output.note(output.say(f"{userid} has no customers", f"{userid} 没有客户"))
    return Exit.DONE


def groups(owners: Sequence[str], server: environment.Server, output: Output) -> Exit:
    """The customer groups that the app sees, or those of some owners."""
    with environment.client(server) as wecom:
        rows = wecom.iter_groupchat_list(
            owner_filter={"userid_list": list(owners)} if owners else UNSET, limit=_PAGE
        )
        if output.json:
            for row in rows:
                output.line(_data(row))
            return Exit.DONE
        found = list(rows)
    if found:
        columns = [output.say("CHAT_ID", "群 ID"), output.say("STATUS", "状态")]
        output.table(columns, [[row.chat_id, _label(row.status, output)] for row in found])
    else:
        output.note(output.say("no customer groups", "没有客户群"))
    return Exit.DONE


def _label(status: Any, output: Output) -> str:
    if status is UNSET:
        return ""
    return output.say(*STATUS.get(status.name, (f"status {int(status)}", f"状态 {int(status)}")))


def _data(row: Any) -> dict[str, Any]:
    fields: dict[str, Any] = row.to_dict()
    if row.status is not UNSET:
        fields["status_name"] = row.status.name
    return fields
