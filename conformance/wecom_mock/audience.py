"""Who gets a mass message, and who of the named ones can't."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from attrs import Factory, define

from .call import Call
from .refusal import Refusal


@define
class Audience:
    """Recipients by the member who sends to them, and the ids that were named in vain."""

    by_member: Mapping[str, list[str]] = Factory(lambda: defaultdict(list))
    fail_list: list[str] = Factory(list)

    def add(self, userid: str, target: str) -> None:
        """Let the member send to the target."""
        self.by_member[userid].append(target)

    @property
    def targets(self) -> Iterator[str]:
        """All recipients."""
        return chain.from_iterable(self.by_member.values())


def _sender(call: Call) -> str | None:
    sender: str | None = call.body.get("sender")
    if sender is None:
        return None
    if sender not in call.state.company.members:
        raise Refusal("sender.unknown")
    if not call.may_use(sender):
        raise Refusal("sender.not-visible")
    return sender


def _distinct(ids: Iterable[str]) -> Iterable[str]:
    # Whether the server merges repeated ids was not observed; a task with one row per recipient needs it.
    return dict.fromkeys(ids)


def group_audience(call: Call) -> Audience:
    """The groups of a group task: those listed, or all that the sender owns.

    A listed group that is unknown, or not owned by the sender, lands in ``fail_list``. Without a sender
    (only where the settings allow it) each group is its owner's.

    Raises:
        Refusal: a sender that can't send, or no group left.
    """
    company, sender = call.state.company, _sender(call)
    listed: list[str] = call.body.get("chat_id_list") or []
    audience = Audience()
    owned = () if listed else [one.chat_id for one in company.groups.values() if one.owner == sender]
    for chat_id in _distinct(listed or owned):
        group = company.groups.get(chat_id)
        if group is not None and (group.owner == sender if sender else call.may_use(group.owner)):
            audience.add(group.owner, chat_id)
        else:
            audience.fail_list.append(chat_id)
    if not audience.by_member:
        raise Refusal("audience.nobody")
    return audience


def _tagged(call: Call, tag_groups: list[dict[str, Any]], candidates: Iterable[str]) -> list[str]:
    wanted = [frozenset[str](group["tag_list"]) for group in tag_groups]
    if any(not tags <= call.state.company.tags for tags in wanted):
        raise Refusal("tag.unknown")
    customers = call.state.company.customers
    # OR inside a group, AND between groups.
    return [one for one in candidates if all(customers[one].tags & tags for tags in wanted)]


def single_audience(call: Call) -> Audience:
    """The customers of a task for customers: those listed, else those with the tags, else all of the sender.

    Without a sender each customer is sent to by the member who chatted with it last. A listed customer that
    is unknown, not the sender's, or out of the app's sight lands in ``fail_list``.

    Raises:
        Refusal: a sender that can't send, an unknown tag, or no customer left.
    """
    company, sender = call.state.company, _sender(call)
    customers = company.customers
    listed: list[str] = call.body.get("external_userid") or []
    tag_groups: list[dict[str, Any]] = (call.body.get("tag_filter") or {}).get("group_list") or []
    audience = Audience()
    if listed:
        candidates: Iterable[str] = _distinct(listed)
    else:
        reachable = [one for one in company.customers if sender is None or company.follows(sender, one)]
        candidates = _tagged(call, tag_groups, reachable) if tag_groups else reachable
    for external_userid in candidates:
        customer = customers.get(external_userid)
        member = sender if customer is None or sender is not None else customer.last_chat
        # Whether the app sees the sender was looked at before.
        if (
            customer is not None
            and member in customer.followed_by
            and (member is sender or call.may_use(member))
        ):
            audience.add(member, external_userid)
        elif listed:
            audience.fail_list.append(external_userid)
    if not audience.by_member:
        strangers = listed and not any(one in company.customers for one in listed)
        raise Refusal("audience.not-external-contact" if strangers else "audience.nobody")
    return audience
