"""What the admin API and the console show of a state: JSON data, secrets left out."""

from __future__ import annotations

import datetime
from collections import deque
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from .quota import period

if TYPE_CHECKING:
    from .calls import Exchange
    from .company import Company
    from .faults import Fault
    from .moment_store import Moment
    from .settings import Settings
    from .state import State
    from .tasks import Assignment, Task

_T = TypeVar("_T")
HIDDEN = "***"
LAST_SECOND = 4102444800
"""2100-01-01: as far as the clock goes."""


def company(shown: Company) -> dict[str, Any]:
    """The company; secrets, tickets and permanent codes are not in it."""
    return {
        "corpid": shown.corpid,
        "apps": [
            {
                "name": app.name,
                "secret": HIDDEN,
                "visible": None if app.visible is None else sorted(app.visible),
                "customer_contact": app.customer_contact,
            }
            for app in shown.apps
        ],
        "members": list(shown.members),
        "unlicensed": sorted(shown.unlicensed),
        "customers": [
            {
                "external_userid": one.external_userid,
                "name": one.name,
                "followed_by": list(one.followed_by),
                "last_chat": one.last_chat,
                "tags": sorted(one.tags),
                "added": one.added,
            }
            for one in shown.customers.values()
        ],
        "groups": [attrs.asdict(one) for one in shown.groups.values()],
        "tag_groups": [
            {
                "group_id": group.group_id,
                "name": group.name,
                "tags": [attrs.asdict(tag) for tag in group.tags],
            }
            for group in shown.tag_groups
        ],
        "departments": [{"id": number, "members": [*each]} for number, each in shown.departments.items()],
        "media": sorted(shown.media),
        "suites": [
            {"suite_id": suite.suite_id, "secret": HIDDEN, "corps": sorted(suite.corps)}
            for suite in shown.suites.values()
        ],
    }


def _assignment(shown: Assignment, *, whole: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "userid": shown.userid,
        "status": shown.status,
        "send_time": shown.send_time,
        "declined": shown.declined,
        "recipients": len(shown.deliveries),
    }
    if whole:
        told["deliveries"] = [
            {"target": one.target, "status": one.status, "send_time": one.send_time}
            for one in shown.deliveries
        ]
    return told


def task(shown: Task, *, whole: bool = False) -> dict[str, Any]:
    """A task; ``whole``: with its message and every recipient."""
    told = {
        "msgid": shown.msgid,
        "chat_type": shown.chat_type,
        "created": shown.created,
        "cancelled": shown.cancelled,
        "create_type": shown.create_type,
        "creator": shown.creator,
        "fail_list": list(shown.fail_list),
        "reminders": list(shown.reminders),
        "members": [_assignment(one, whole=whole) for one in shown.assignments.values()],
    }
    return {**told, "body": shown.body} if whole else told


def moment(shown: Moment) -> dict[str, Any]:
    """A moment, and who has published it."""
    return {
        "moment_id": shown.moment_id,
        "created": shown.created,
        "members": list(shown.members),
        "published": list(shown.published),
        "creator": shown.creator,
        "cancelled": shown.cancelled,
        "body": shown.body,
    }


def quota(state: State, target: str, now: float) -> dict[str, Any]:
    """What a customer or group has received in the running period."""
    policy = state.settings.quota_policy
    name, limit = period(policy, now)
    return {
        "target": target,
        "kind": "customer" if target in state.company.customers else "group",
        "used": state.ledger.used(target, policy, now),
        "limit": limit,
        "period": name,
    }


def clock(state: State, now: float) -> dict[str, Any]:
    """The time, and whether it can be moved."""
    utc = datetime.datetime.fromtimestamp(now, datetime.UTC)
    return {
        "now": now,
        "utc": utc.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "movable": state.clock is not None,
    }


def settings(shown: Settings) -> dict[str, Any]:
    """All settings by name."""
    return attrs.asdict(
        shown, value_serializer=lambda _, __, value: [*value] if isinstance(value, tuple) else value
    )


def exchange(shown: Exchange) -> dict[str, Any]:
    """A call of the API and its answer."""
    return {
        "number": shown.number,
        "at": shown.at,
        "operation": shown.operation,
        "method": shown.method,
        "path": shown.path,
        "query": shown.query,
        "body": shown.body,
        "status": shown.status,
        "errcode": shown.errcode,
        "answer": shown.answer,
        "rule": shown.rule,
        "path_broken": shown.path_broken,
        "reason": shown.reason,
        "warnings": list(shown.warnings),
        "seconds": shown.seconds,
    }


def newest(store: Mapping[str, _T], count: int) -> list[_T]:
    """The values that were put in last, the newest first."""
    return [store[name] for name in reversed(deque(store, maxlen=count))]


def recent_calls(state: State, after: int, limit: int) -> list[Exchange]:
    """The newest calls with a greater number, oldest first."""
    if not state.calls:
        return []
    # Numbers have no gaps, so the last one says how many are new.
    new = min(limit, state.calls[-1].number - after)
    return state.calls[-new:] if new > 0 else []


def fault(shown: Fault) -> dict[str, Any]:
    """A fault that is switched on."""
    names = [one.name for one in attrs.fields(type(shown))]
    return {**{name: getattr(shown, name) for name in names}, "left": shown.left}
