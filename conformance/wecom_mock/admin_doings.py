"""What each operation of the admin API does. Arguments were held against its description before they come here.

A handler changes nothing before it is sure of everything: what it raises leaves the state as it was.
"""

from __future__ import annotations

from typing import Any

import attrs

from . import admin_views as views
from .company import Customer, Group, Tag, TagGroup
from .company_edit import check_size, with_customers, with_groups, with_members, with_tag_groups
from .faults import Fault
from .refusal import StorageError
from .state import State
from .welcome_store import CODE_SECONDS

_DONE = {"ok": True}


def get_company(state: State, arguments: dict[str, Any], now: float) -> dict[str, Any]:
    """Show the company."""
    return views.company(state.company)


def change_company(state: State, arguments: dict[str, Any], now: float) -> dict[str, Any]:
    """Add or change members, customers, groups and tags."""
    company = with_members(state.company, arguments.get("members", []))
    company = with_tag_groups(company, [_tag_group(one) for one in arguments.get("tag_groups", [])])
    company = with_customers(company, [_customer(one) for one in arguments.get("customers", [])])
    company = with_groups(
        company,
        [Group(**{**one, "status": int(one.get("status", 0))}) for one in arguments.get("groups", [])],
    )
    check_size(company)
    state.company = company
    return views.company(company)


def _customer(given: dict[str, Any]) -> Customer:
    followed_by = tuple(given["followed_by"])
    told = {"added": int(given["added"])} if "added" in given else {}
    return Customer(
        external_userid=given["external_userid"],
        followed_by=followed_by,
        last_chat=given.get("last_chat", followed_by[0]),
        tags=frozenset(given.get("tags", ())),
        name=given.get("name", ""),
        **told,
    )


def _tag_group(given: dict[str, Any]) -> TagGroup:
    tags = tuple(
        Tag(tag_id=one["tag_id"], name=one.get("name", one["tag_id"]), deleted=one.get("deleted", False))
        for one in given["tags"]
    )
    return TagGroup(group_id=given["group_id"], name=given.get("name", given["group_id"]), tags=tags)


def leave_customer(state: State, arguments: dict[str, Any], now: float) -> dict[str, Any]:
    """Let customer and member part."""
    state.unfriend(arguments["userid"], arguments["external_userid"])
    return dict(_DONE)


def list_quota(state: State, arguments: dict[str, Any], now: float) -> dict[str, Any]:
    """What each customer and group has received."""
    targets = [*state.company.customers, *state.company.groups]
    return {
        "policy": state.settings.quota_policy,
        "quota": [views.quota(state, target, now) for target in targets],
    }


def fill_quota(state: State, arguments: dict[str, Any], now: float) -> dict[str, Any]:
    """Use up a quota."""
    state.fill_quota(arguments["target"], now)
    return views.quota(state, arguments["target"], now)


def clear_quota(state: State, arguments: dict[str, Any], now: float) -> dict[str, Any]:
    """Give a quota back."""
    state.clear_quota(arguments["target"], now)
    return views.quota(state, arguments["target"], now)


def list_tasks(state: State, arguments: dict[str, Any], now: float) -> dict[str, Any]:
    """The newest tasks."""
    newest = views.newest(state.tasks, int(arguments["limit"]))
    return {"tasks": [views.task(one) for one in newest], "total": len(state.tasks)}


def get_task(state: State, arguments: dict[str, Any], now: float) -> dict[str, Any]:
    """One task."""
    task = state.tasks.get(arguments["msgid"])
    if task is None:
        raise LookupError(f"no task {arguments['msgid']}")
    return views.task(task, whole=True)


def confirm_task(state: State, arguments: dict[str, Any], now: float) -> dict[str, Any]:
    """Let a member send it."""
    return views.task(state.confirm(arguments["msgid"], arguments["userid"], now), whole=True)


def ignore_task(state: State, arguments: dict[str, Any], now: float) -> dict[str, Any]:
    """Let a member put it aside."""
    return views.task(state.ignore(arguments["msgid"], arguments["userid"]), whole=True)


def refuse_task(state: State, arguments: dict[str, Any], now: float) -> dict[str, Any]:
    """Let a member refuse it."""
    return views.task(state.refuse(arguments["msgid"], arguments["userid"]), whole=True)


def list_moments(state: State, arguments: dict[str, Any], now: float) -> dict[str, Any]:
    """The newest moments."""
    newest = views.newest(state.moments.by_id, int(arguments["limit"]))
    return {"moments": [views.moment(one) for one in newest], "total": len(state.moments.by_id)}


def publish_moment(state: State, arguments: dict[str, Any], now: float) -> dict[str, Any]:
    """Let a member publish it."""
    return views.moment(state.publish_moment(arguments["moment_id"], arguments["userid"], now))


def hand_out_welcome_code(state: State, arguments: dict[str, Any], now: float) -> dict[str, Any]:
    """Do what the event about a new customer does."""
    code = state.welcome_code(arguments["userid"], arguments["external_userid"], now)
    return {"welcome_code": code, "expires": now + CODE_SECONDS}


def revoke_tokens(state: State, arguments: dict[str, Any], now: float) -> dict[str, Any]:
    """Make tokens invalid."""
    name = arguments.get("app")
    if name is not None and all(app.name != name for app in state.company.apps):
        raise LookupError(f"no app {name}")
    return {"revoked": state.revoke_tokens(name)}


def revoke_suite_tokens(state: State, arguments: dict[str, Any], now: float) -> dict[str, Any]:
    """Make tokens of suites invalid."""
    suite_id = arguments.get("suite_id")
    if suite_id is not None and suite_id not in state.company.suites:
        raise LookupError(f"no suite {suite_id}")
    return {"revoked": state.revoke_suite_tokens(suite_id)}


def push_suite_ticket(state: State, arguments: dict[str, Any], now: float) -> dict[str, Any]:
    """Push a ticket."""
    ticket = state.push_ticket(arguments["suite_id"], now, arguments.get("ticket"))
    return {"suite_ticket": ticket, "expires": now + state.settings.ticket_seconds}


def get_clock(state: State, arguments: dict[str, Any], now: float) -> dict[str, Any]:
    """The time."""
    return views.clock(state, now)


def move_clock(state: State, arguments: dict[str, Any], now: float) -> dict[str, Any]:
    """Move the clock."""
    if state.clock is None:
        raise ValueError("this mock goes by the clock of the machine, which it can't move")
    step = arguments["move"] if "move" in arguments else arguments["set"] - now
    if not 0 <= now + step <= views.LAST_SECOND:
        raise ValueError("the clock goes from 1970 to 2100")
    with state.lock:
        state.clock.move(step)
        try:
            state.settle()
        except StorageError:
            state.clock.move(-step)
            raise
    return views.clock(state, state.clock())


def get_settings(state: State, arguments: dict[str, Any], now: float) -> dict[str, Any]:
    """The settings."""
    return views.settings(state.settings)


def change_settings(state: State, arguments: dict[str, Any], now: float) -> dict[str, Any]:
    """Change settings."""
    state.settings = attrs.evolve(state.settings, **arguments)
    return views.settings(state.settings)


def list_calls(state: State, arguments: dict[str, Any], now: float) -> dict[str, Any]:
    """The newest exchanges."""
    after, limit = int(arguments["after"]), int(arguments["limit"])
    found = views.recent_calls(state, after, limit)
    last = found[-1].number if found else after
    return {"calls": [views.exchange(one) for one in found], "last": last}


def _faults(state: State) -> dict[str, Any]:
    return {"faults": [views.fault(one) for one in state.faults.list()]}


def list_faults(state: State, arguments: dict[str, Any], now: float) -> dict[str, Any]:
    """The faults that are switched on."""
    return _faults(state)


def add_fault(state: State, arguments: dict[str, Any], now: float) -> dict[str, Any]:
    """Switch one on."""
    given = dict(arguments)
    # In JSON, 3.0 is an integer too.
    given |= {name: int(given[name]) for name in ("times", "errcode", "limit", "size") if name in given}
    state.faults.add(Fault(**given))
    return _faults(state)


def remove_fault(state: State, arguments: dict[str, Any], now: float) -> dict[str, Any]:
    """Switch one off."""
    state.faults.remove(int(arguments["number"]))
    return _faults(state)


def clear_faults(state: State, arguments: dict[str, Any], now: float) -> dict[str, Any]:
    """Switch all off."""
    state.faults.clear()
    return dict(_DONE)


def reset(state: State, arguments: dict[str, Any], now: float) -> dict[str, Any]:
    """Start over."""
    state.reset()
    return dict(_DONE)
