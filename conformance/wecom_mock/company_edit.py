"""A company with people, groups and tags added or changed: what the admin API and the console may do to it."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from .company import OTHER_TAGS, Company, Customer, Group, Tag, TagGroup

LARGEST = 100_000
"""So many members, customers or groups a company may grow to by hand."""


def with_members(company: Company, members: Iterable[str]) -> Company:
    """The company with these members too; who is there already stays where it is."""
    return evolve(company, members=tuple(dict.fromkeys((*company.members, *members))))


def with_customers(company: Company, customers: Iterable[Customer]) -> Company:
    """The company with these customers, each in the place of the one with its id; tags they bring become known.

    Raises:
        ValueError: a customer of nobody, of an unknown member, or who chatted last with a stranger.
    """
    known = set(company.members)
    merged = dict(company.customers)
    carried: dict[str, None] = {}
    for customer in customers:
        strangers = [one for one in customer.followed_by if one not in known]
        if strangers:
            raise ValueError(f"customer {customer.external_userid}: no member {strangers[0]}")
        if customer.last_chat not in customer.followed_by:
            raise ValueError(
                f"customer {customer.external_userid}: last_chat {customer.last_chat or 'nobody'} "
                "is not one of followed_by"
            )
        merged[customer.external_userid] = customer
        carried |= dict.fromkeys(sorted(customer.tags))
    listed = {tag.tag_id for group in company.tag_groups for tag in group.tags}
    loose = TagGroup(
        group_id=OTHER_TAGS,
        name="未分组",
        tags=tuple(Tag(tag_id=one, name=one) for one in carried if one not in listed),
    )
    changed = evolve(company, customers=merged)
    return with_tag_groups(changed, [loose]) if loose.tags else changed


def with_groups(company: Company, groups: Iterable[Group]) -> Company:
    """The company with these groups, each in the place of the one with its id.

    Raises:
        ValueError: a group of an unknown member.
    """
    merged = dict(company.groups)
    for group in groups:
        if group.owner not in company.members:
            raise ValueError(f"group {group.chat_id}: no member {group.owner}")
        merged[group.chat_id] = group
    return evolve(company, groups=merged)


def with_tag_groups(company: Company, groups: Iterable[TagGroup]) -> Company:
    """The company with these tags; a group or a tag that is there is changed, the others in it stay.

    Raises:
        ValueError: a tag that is in another group.
    """
    merged = {group.group_id: group for group in company.tag_groups}
    home = {tag.tag_id: group.group_id for group in company.tag_groups for tag in group.tags}
    for group in groups:
        tags = {tag.tag_id: tag for tag in merged[group.group_id].tags} if group.group_id in merged else {}
        for tag in group.tags:
            if home.setdefault(tag.tag_id, group.group_id) != group.group_id:
                raise ValueError(f"tag {tag.tag_id} is in the group {home[tag.tag_id]}")
            tags[tag.tag_id] = tag
        merged[group.group_id] = evolve(group, tags=tuple(tags.values()))
    everything = tuple(merged.values())
    alive = frozenset(tag.tag_id for group in everything for tag in group.tags if not tag.deleted)
    return evolve(company, tag_groups=everything, tags=alive)


def check_size(company: Company) -> None:
    """Refuse a company that has grown too large.

    Raises:
        ValueError: more than :data:`LARGEST` members, customers, groups or tags.
    """
    tags = sum(len(group.tags) for group in company.tag_groups)
    largest = max(len(company.members), len(company.customers), len(company.groups), tags)
    if largest > LARGEST:
        raise ValueError(f"a company may have at most {LARGEST} members, customers, groups and tags")
