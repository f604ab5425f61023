"""Whom a mass message reaches, told by its request alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from attrs import asdict, frozen

from wecom_cli.language import Language

_SHOWN = 5

Kind = Literal["customers", "customers-by-tags", "all-customers", "groups", "all-groups"]


@frozen
class Audience:
    """Whom it reaches.

    Attributes:
        kind: how they are chosen.
        ids: those that the request lists, each once.
        tags: groups of tag ids: a customer needs one tag out of each group.
        sender: the member who is asked to send; None where each customer's own member is.
        allow_select: whether the member may choose again among them.
    """

    kind: Kind
    ids: Sequence[str] = ()
    tags: Sequence[Sequence[str]] = ()
    sender: str | None = None
    allow_select: bool = False

    @property
    def is_everyone(self) -> bool:
        """Whether nothing narrows it down."""
        return self.kind in ("all-customers", "all-groups")

    def describe(self, language: Language) -> str:
        """Whom, in one line."""
        return _zh(self) if language is Language.ZH else _en(self)

    def data(self) -> dict[str, Any]:
        """For programs."""
        return {**asdict(self), "count": len(self.ids) or None, "everyone": self.is_everyone}


def of(body: Mapping[str, Any]) -> Audience:
    """The audience of a request that keeps the contract."""
    sender = body.get("sender")
    if body.get("chat_type") == "group":
        chats = tuple(dict.fromkeys(body.get("chat_id_list") or ()))
        return Audience("groups" if chats else "all-groups", ids=chats, sender=sender)
    choice = bool(body.get("allow_select"))
    customers = tuple(dict.fromkeys(body.get("external_userid") or ()))
    if customers:
        return Audience("customers", ids=customers, sender=sender, allow_select=choice)
    groups = (body.get("tag_filter") or {}).get("group_list") or ()
    if groups:
        tags = tuple(tuple(group["tag_list"]) for group in groups)
        return Audience("customers-by-tags", tags=tags, sender=sender, allow_select=choice)
    return Audience("all-customers", sender=sender, allow_select=choice)


def _en(audience: Audience) -> str:
    of_whom = f" of {audience.sender}" if audience.sender else ""
    count = len(audience.ids)
    match audience.kind:
        case "customers":
            whom = f"{count} customer{'' if count == 1 else 's'}: {_listed(audience.ids, 'and {} more')}"
        case "groups":
            whom = (
                f"{count} customer group{'' if count == 1 else 's'}: {_listed(audience.ids, 'and {} more')}"
            )
        case "customers-by-tags":
            tags = " and ".join(f"({' or '.join(group)})" for group in audience.tags)
            whom = f"every customer{of_whom} with the tags {tags}"
        case "all-customers":
            whom = f"EVERY customer{of_whom}"
        case "all-groups":
            whom = f"EVERY customer group{of_whom}"
    by = audience.sender or "the member who last talked to each customer"
    choice = ", who may choose again among them" if audience.allow_select else ""
    return f"{whom}; sent by {by}{choice}"


def _zh(audience: Audience) -> str:
    of_whom = f"{audience.sender} 的" if audience.sender else ""
    count = len(audience.ids)
    match audience.kind:
        case "customers":
            whom = f"{count} 位客户：{_listed(audience.ids, '等，另有 {} 位')}"
        case "groups":
            whom = f"{count} 个客户群：{_listed(audience.ids, '等，另有 {} 个')}"
        case "customers-by-tags":
            tags = " 且 ".join(f"（{' 或 '.join(group)}）" for group in audience.tags)
            whom = f"{of_whom}所有带有标签 {tags} 的客户"
        case "all-customers":
            whom = f"{of_whom}【全部】客户"
        case "all-groups":
            whom = f"{of_whom}【全部】客户群"
    by = audience.sender or "最近与客户沟通的成员"
    choice = "，可重新选择客户" if audience.allow_select else ""
    return f"{whom}；由 {by} 确认发送{choice}"


def _listed(ids: Sequence[str], more: str) -> str:
    text = ", ".join(ids[:_SHOWN])
    left = len(ids) - _SHOWN
    return text + (f" {more.format(left)}" if left > 0 else "")
