"""``wecom recover``: finds out what became of the calls in a journal that were cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wecom_cli import environment
from wecom_cli.exits import Exit
from wecom_cli.output import Output

if TYPE_CHECKING:
    from wecom_openapi.journal import Recovered

_CHINESE = {"sent": "已发送", "not sent": "未发送", "can't tell": "无法判断"}


def recover(journal: str | None, server: environment.Server, output: Output, *, settle: float | None) -> Exit:
    """Look into all of them, and tell what was found."""
    with environment.journal(journal) as kept, environment.client(server, journal=kept) as wecom:
        found = wecom.recover(**({} if settle is None else {"settle": settle}))
    if output.json:
        output.document({"recovered": [_data(one) for one in found]})
    elif not found:
        output.text(output.say("nothing is to be found out", "没有需要查明的调用"))
    for one in () if output.json else found:
        entry, reconciliation = one
        verdict = output.say(reconciliation.verdict, _CHINESE[reconciliation.verdict])
        msgid = f" ({reconciliation.msgid})" if reconciliation.msgid else ""
        output.text(f"{entry.key}  {entry.operation}  {verdict}{msgid}")
        output.text(f"  {reconciliation.reason}")
        for candidate in reconciliation.candidates:
            output.text(f"  {candidate.msgid}: {candidate.why}")
    unknown = any(one.reconciliation.verdict == "can't tell" for one in found)
    return Exit.UNKNOWN if unknown else Exit.DONE


def _data(one: Recovered) -> dict[str, Any]:
    entry, found = one
    return {
        "key": entry.key,
        "operation": entry.operation,
        "started": entry.started,
        "attempts": entry.attempts,
        "verdict": found.verdict,
        "msgid": found.msgid,
        "reason": found.reason,
        "candidates": [
            {"msgid": each.msgid, "create_time": each.create_time, "why": each.why}
            for each in found.candidates
        ],
    }
