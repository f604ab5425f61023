"""A weekly job of a shop: every customer gets the one offer that is for them, from a member who knows them.

Where WeCom is, and with which app, stands in the environment: WECOM_CORPID, WECOM_SECRET and, for a test system,
WECOM_BASE_URL.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from wecom_openapi import Link, NoCustomers, RefusedError, TaskCancelled, WeCom


@dataclass(frozen=True)
class Offer:
    """What customers with a tag get. Of several offers a customer gets the first."""

    tag: str
    text: str
    link: str


@dataclass(frozen=True)
class Created:
    """A task that a member has to confirm."""

    member: str
    tag: str
    msgid: str
    customers: tuple[str, ...]


@dataclass
class Report:
    """What a run did, and what it could not do."""

    created: list[Created] = field(default_factory=list)
    refused: list[tuple[str, str, int]] = field(default_factory=list)
    not_reached: list[str] = field(default_factory=list)


def connect() -> WeCom:
    """A client, as the environment says."""
    return WeCom(
        os.environ["WECOM_CORPID"],
        os.environ["WECOM_SECRET"],
        base_url=os.environ.get("WECOM_BASE_URL"),
    )


def segments(
    wecom: WeCom, members: Sequence[str], offers: Sequence[Offer]
) -> dict[tuple[str, str], list[str]]:
    """Who gets which offer from whom: the ids of customers by member and tag.

    Raises:
        LookupError: an offer for a tag that the company does not have.
    """
    ids = {tag.name: tag.id for group in wecom.get_corp_tag_list().tag_group for tag in group.tag or ()}
    for offer in offers:
        if offer.tag not in ids:
            raise LookupError(f"no tag {offer.tag}")
    found: dict[tuple[str, str], list[str]] = {}
    seen: set[str] = set()
    for member in members:
        try:
            rows = list(wecom.iter_batch_get_by_user(userid_list=[member]))
        except NoCustomers:
            continue
        for row in rows:
            customer = row.external_contact.external_userid
            carried = set(row.follow_info.tag_id or ())
            best = next((one for one in offers if ids[one.tag] in carried), None)
            # Who is a customer of several members hears from the first of them alone.
            if best is not None and customer not in seen:
                seen.add(customer)
                found.setdefault((member, best.tag), []).append(customer)
    return found


def send(wecom: WeCom, members: Sequence[str], offers: Sequence[Offer]) -> Report:
    """Create a task for every member and offer. One that is refused does not stop the others."""
    report = Report()
    by_tag = {offer.tag: offer for offer in offers}
    for (member, tag), customers in segments(wecom, members, offers).items():
        offer = by_tag[tag]
        try:
            task = wecom.add_msg_template(
                sender=member,
                external_userid=customers,
                text=offer.text,
                attachments=[Link(title=tag, url=offer.link)],
            )
        except RefusedError as refusal:
            report.refused.append((member, tag, refusal.errcode))
            continue
        failed = set(task.fail_list or ())
        report.not_reached += sorted(failed)
        reached = tuple(one for one in customers if one not in failed)
        report.created.append(Created(member, tag, task.msgid, reached))
    return report


def remind(wecom: WeCom, created: Iterable[Created]) -> list[str]:
    """Remind the members who have not confirmed; their userids. What was cancelled meanwhile is left alone."""
    reminded = []
    for task in created:
        try:
            waiting = [row.userid for row in wecom.iter_groupmsg_task(msgid=task.msgid) if row.status == 0]
            if waiting:
                wecom.remind_groupmsg_send(msgid=task.msgid)
        except TaskCancelled:
            continue
        reminded += waiting
    return reminded


def outcome(wecom: WeCom, created: Iterable[Created]) -> dict[str, int]:
    """How many customers have which status, by its name."""
    counts: dict[str, int] = {}
    for task in created:
        for row in wecom.iter_groupmsg_send_result(msgid=task.msgid, userid=task.member):
            counts[row.status.name] = counts.get(row.status.name, 0) + 1
    return counts
