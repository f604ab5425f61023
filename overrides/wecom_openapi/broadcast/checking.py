"""Judges recipients before any of them is planned."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from wecom_contract import check
from wecom_openapi.broadcast.audience import Audience, Row
from wecom_openapi.broadcast.faults import Fault, invalid
from wecom_openapi.broadcast.kinds import OPERATION, Kind

_LONGEST: Final = 256
"""Characters of an id. No page gives a limit; what is longer than this is a line of something else."""
_ID: Final = re.compile(rf"[^\s\x00-\x1f\x7f]{{1,{_LONGEST}}}")
_LONGEST_SENDER: Final = 255
_ANY: Final[Mapping[str, Any]] = {"sender": "x", "text": {"content": "x"}}


class Check:
    """Whether rows can be sent to.

    Args:
        kind: of the recipients.
        audience: says where a row stands.
        has_sender: whether there is a sender for rows without one.
    """

    def __init__(self, kind: Kind, audience: Audience, has_sender: bool) -> None:
        self._kind = kind
        self._audience = audience
        self._most = kind.most
        self._needs_sender = kind.needs_sender and not has_sender

    def __call__(self, rows: Sequence[Row]) -> None:
        """Judge some rows.

        Raises:
            InvalidAudience: at least one of them can't be sent to.
        """
        faults = [fault for row in rows if (fault := self._fault(row)) is not None]
        if faults:
            raise invalid(faults, more=True)
        body = {"chat_type": self._kind.chat_type, self._kind.field: [one for _, one, _ in rows]}
        for start in range(0, len(rows), self._most):
            part = body[self._kind.field][start : start + self._most]
            for broken in check(OPERATION, {**body, self._kind.field: part, **_ANY}):
                found = re.match(rf"/{self._kind.field}/(\d+)", broken.pointer)
                if broken.severity == "error" and found:
                    number = rows[start + int(found[1])][2]
                    place = self._audience.place(number)
                    raise invalid([Fault(place, broken.message, broken.message_zh)], more=True)

    def _fault(self, row: Row) -> Fault | None:
        sender, one, number = row
        kind = self._kind
        if _ID.fullmatch(one) is None:
            return Fault(self._audience.place(number), *_no_id(one))
        if one.startswith(kind.others):
            en, zh = ("a customer group", "客户群") if kind.chat_type == "single" else ("a customer", "客户")
            return Fault(
                self._audience.place(number),
                f"{one} is the id of {en}, and this message goes to {kind.en}s",
                f"{one} 是{zh}的 id，而这条消息发给{kind.zh}",
            )
        if sender is None:
            if not self._needs_sender:
                return None
            return Fault(
                self._audience.place(number),
                f"{one} has no sender: a message to groups is sent by their owner. Give a sender for all, or for each",
                f"{one} 没有指定发送成员：发给客户群的消息由群主发送。请统一指定 sender，或逐个指定",
            )
        if len(sender) > _LONGEST_SENDER or not sender.isprintable():
            return Fault(
                self._audience.place(number), "its sender is no userid", "其 sender 不是有效的 userid"
            )
        return None


def _no_id(text: str) -> tuple[str, str]:
    if not text:
        return "the id is missing", "缺少 id"
    if len(text) > _LONGEST:
        return (
            f"no id: it has {len(text)} characters, and {_LONGEST} are more than any has",
            f"不是 id：有 {len(text)} 个字符，超过 {_LONGEST}",
        )
    return "it has white space or control characters, and so is no id", "含有空白或控制字符，不是 id"
