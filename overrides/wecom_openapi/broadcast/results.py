"""What became of the recipients of a broadcast after its tasks were made: asked of WeCom, task by task."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, or_, update

from wecom_client.values import GroupmsgSendStatus, GroupmsgTaskStatus
from wecom_openapi.broadcast.calls import FAIL_LIST, Calls, CallState
from wecom_openapi.broadcast.schema import RECIPIENTS
from wecom_openapi.journal import Journal

if TYPE_CHECKING:
    from wecom_openapi.client import WeCom

_SOME: Final = 1_000

_RESULTS: Final[Mapping[GroupmsgSendStatus, str]] = {
    GroupmsgSendStatus.SENT: "sent",
    GroupmsgSendStatus.NO_FRIEND: "no friend",
    GroupmsgSendStatus.QUOTA_USED_UP: "over quota",
}


def update_results(journal: Journal, calls: Calls, wecom: WeCom) -> int:
    """Ask for the results of every task, and write down what is new.

    Returns:
        Of how many recipients something is known.
    """
    known = 0
    for n in calls.numbers([CallState.DONE]):
        msgid = calls.get(n).msgid
        if msgid is None:
            continue
        position = {one: at for at, (one, _) in enumerate(calls.recipients(n))}
        rows: list[dict[str, Any]] = []
        for row in _rows(wecom, msgid):
            result = _RESULTS.get(row.status)
            one = row.chat_id if calls.message.kind.chat_type == "group" else row.external_userid
            if result is None or one not in position:
                continue
            known += 1
            rows.append({"of_position": position[one], "to_result": result})
            if len(rows) == _SOME:
                _write(journal, calls.id, n, rows)
                rows = []
        _write(journal, calls.id, n, rows)
    return known


def _rows(wecom: WeCom, msgid: str) -> Iterable[Any]:
    for member in wecom.iter_groupmsg_task(msgid=msgid):
        if member.status != GroupmsgTaskStatus.UNSENT:
            yield from wecom.iter_groupmsg_send_result(msgid=msgid, userid=member.userid)


def _write(journal: Journal, broadcast: int, n: int, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    changed = (
        update(RECIPIENTS)
        .where(
            RECIPIENTS.c.broadcast == broadcast,
            RECIPIENTS.c.call == n,
            RECIPIENTS.c.position == bindparam("of_position"),
            or_(RECIPIENTS.c.result.is_(None), RECIPIENTS.c.result != FAIL_LIST),
        )
        .values(result=bindparam("to_result"))
    )
    with journal.writing(durable=False) as connection:
        connection.execute(changed, rows)
