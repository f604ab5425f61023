"""Whom a message can be sent to: the customers of members, the customer groups, and the tags."""

from __future__ import annotations

from typing import Any, TypeVar

from .call import Call
from .company import Customer, Group, Tag, TagGroup
from .paging import page
from .refusal import Refusal

#: More members than this in the app's sight, and groupchat_list wants to know whose groups.
MOST_OWNERS = 1000
#: When the tags were made; a company has no times of its own.
TAGS_MADE = 1557838797
_T = TypeVar("_T", Tag, TagGroup)


def _check_member(call: Call, userid: str) -> None:
    if userid not in call.state.company.members:
        raise Refusal("userid.unknown")
    if not call.may_use(userid):
        raise Refusal("userid.not-visible")


def externalcontact_list(call: Call) -> dict[str, Any]:
    """The ids of a member's customers. None at all is a refusal, and has an empty list (recorded 2019, 2020)."""
    userid = call.body["userid"]
    _check_member(call, userid)
    found = call.state.company.customers_of(userid)
    if not found:
        raise Refusal("userid.no-customers", fields={"external_userid": []})
    return {"external_userid": found}


def batch_get_by_user(call: Call) -> dict[str, Any]:
    """The customers of members, one row for each member and customer.

    Members without a licence are left out and named; where nobody has one the call is refused. What the
    server does with members who have no customers, or with one that is unknown among known ones, was not
    observed: here the former add nothing, and the latter is refused.
    """
    company = call.state.company
    members: list[str] = list(dict.fromkeys(call.body["userid_list"]))
    for userid in members:
        _check_member(call, userid)
    unlicensed = [userid for userid in members if userid in company.unlicensed]
    if len(unlicensed) == len(members):
        raise Refusal("userid.unlicensed")
    rows = [
        (userid, company.customers[external_userid])
        for userid in members
        if userid not in company.unlicensed
        for external_userid in company.customers_of(userid)
    ]

    def row(pair: tuple[str, Customer]) -> dict[str, Any]:
        userid, customer = pair
        # Ids of users of WeCom begin with wo, those of WeChat with wm.
        contact: dict[str, Any] = {
            "external_userid": customer.external_userid,
            "type": 2 if customer.external_userid.startswith("wo") else 1,
        }
        info: dict[str, Any] = {
            "userid": userid,
            "createtime": customer.added,
            "tag_id": sorted(customer.tags & company.tags),
        }
        if customer.name:
            contact["name"] = info["remark"] = customer.name
        return {"external_contact": contact, "follow_info": info}

    cursor, found = page(call, ("contacts", _app(call), *members), rows, row)
    answer: dict[str, Any] = {"external_contact_list": found, "next_cursor": cursor}
    if unlicensed:
        answer["fail_info"] = {"unlicensed_userid_list": unlicensed}
    return answer


def groupchat_list(call: Call) -> dict[str, Any]:
    """The groups of the owners whom the app sees; those of anybody else are missing without a word."""
    company = call.state.company
    owners: list[str] = (call.body.get("owner_filter") or {}).get("userid_list") or []
    if not owners and sum(call.may_use(userid) for userid in company.members) > MOST_OWNERS:
        raise Refusal("owners.too-many")
    status = int(call.body.get("status_filter", 0))
    rows = [
        group
        for group in company.groups.values()
        if call.may_use(group.owner)
        and (not owners or group.owner in owners)
        and (status == 0 or group.status == status)
    ]

    def row(group: Group) -> dict[str, Any]:
        return {"chat_id": group.chat_id, "status": group.status}

    scope = ("groups", _app(call), str(status), *sorted(set(owners)))
    cursor, found = page(call, scope, rows, row)
    return {"group_chat_list": found, "next_cursor": cursor}


def get_corp_tag_list(call: Call) -> dict[str, Any]:
    """The tags by group: all, or those of the groups or with the ids that are asked for.

    Deleted ones show only by id. A tag that is asked for comes in its group, without the others of it.
    """
    groups = call.state.company.tag_groups
    group_ids, tag_ids = (frozenset(call.body.get(name) or ()) for name in ("group_id", "tag_id"))
    if group_ids:
        if not group_ids <= {group.group_id for group in groups}:
            raise Refusal("tag.unknown")
        chosen = [(group, group.tags) for group in groups if group.group_id in group_ids]
    elif tag_ids:
        if not tag_ids <= {tag.tag_id for group in groups for tag in group.tags}:
            raise Refusal("tag.unknown")
        chosen = [(group, tuple(tag for tag in group.tags if tag.tag_id in tag_ids)) for group in groups]
    else:
        chosen = [(group, tuple(tag for tag in group.tags if not tag.deleted)) for group in groups]
    found = []
    for group, tags in chosen:
        if not tags:
            continue
        rows = [_tag(group, tag) for tag in tags]
        shown = {"group_id": group.group_id, "group_name": group.name, "create_time": TAGS_MADE, "tag": rows}
        shown["order"] = _order(groups, group)
        # A group says whether it was deleted only where tags are asked for, a tag in both cases.
        if tag_ids and not group_ids:
            shown["deleted"] = group.deleted
        if tag_ids or group_ids:
            for row, tag in zip(rows, tags, strict=True):
                row["deleted"] = tag.deleted
        found.append(shown)
    return {"tag_group": found}


def _tag(group: TagGroup, tag: Tag) -> dict[str, Any]:
    order = _order(group.tags, tag)
    return {"id": tag.tag_id, "name": tag.name, "create_time": TAGS_MADE, "order": order}


def _order(things: tuple[_T, ...], one: _T) -> int:
    """The one that stands first has the greatest number."""
    return len(things) - 1 - things.index(one)


def _app(call: Call) -> str:
    return call.app.name if call.app else ""
