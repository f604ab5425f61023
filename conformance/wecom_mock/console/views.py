"""What each page of the console shows, as data for its template."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from attrs import frozen

from wecom_contract import OPERATIONS, errcode
from wecom_mock import admin_views
from wecom_mock.faults import KINDS
from wecom_mock.quota import period
from wecom_mock.state import State

from .phones import phase_of, phone, waiting
from .words import FAULTS_ZH

if TYPE_CHECKING:
    from wecom_mock.calls import Exchange
    from wecom_mock.company import Customer

TASKS, CALLS, SHORT_LOG, ROWS = 20, 100, 8, 200
_JSON_LIMIT = 20_000


@frozen
class Line:
    """A call in the log."""

    call: Exchange
    code: Any
    request: str
    answer: str

    @property
    def verdict(self) -> str:
        """``broken`` (a rule of the contract), ``refused``, ``warned``, ``ok`` or ``page`` (no answer of the API)."""
        if self.call.rule:
            return "broken"
        if self.call.errcode is None:
            return "page"
        if self.call.errcode:
            return "refused"
        return "warned" if self.call.warnings else "ok"


def _pretty(value: object) -> str:
    if value is None:
        return ""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return text if len(text) <= _JSON_LIMIT else text[:_JSON_LIMIT] + " …"


def _log(state: State, limit: int) -> list[Line]:
    newest = list(state.calls[-limit:])[::-1]
    return [Line(one, errcode(one.errcode or 0), _pretty(one.body), _pretty(one.answer)) for one in newest]


def desk(state: State, query: Mapping[str, str], now: float) -> dict[str, Any]:
    """The phones, the tasks, the newest calls."""
    pending = waiting(state, now)
    asked = query.get("member")
    first = next((one for one, number in pending.items() if number), None)
    chosen = asked if asked in state.company.members else first or next(iter(state.company.members), None)
    newest = admin_views.newest(state.tasks, TASKS)
    tasks = [
        (task, [(userid, phase_of(task, one)) for userid, one in task.assignments.items()]) for task in newest
    ]
    return {
        "pending": pending,
        "phone": None if chosen is None else phone(state, chosen, now),
        "tasks": tasks,
        "total": len(state.tasks),
        "log": _log(state, SHORT_LOG),
    }


def company(state: State, query: Mapping[str, str], now: float) -> dict[str, Any]:
    """Members, customers, groups, tags, apps."""
    shown, policy = state.company, state.settings.quota_policy
    name, limit = period(policy, now)
    find = query.get("find", "").strip()[:100]
    tag_names = {tag.tag_id: tag.name or tag.tag_id for group in shown.tag_groups for tag in group.tags}

    def used(target: str) -> int:
        return state.ledger.used(target, policy, now)

    def matches(one: Customer) -> bool:
        low = find.lower()
        return any(low in text.lower() for text in (one.external_userid, one.name, *one.followed_by))

    customers = [one for one in shown.customers.values() if not find or matches(one)]
    return {
        "company": shown,
        "find": find,
        "found": len(customers),
        "customers": [(one, used(one.external_userid)) for one in customers[:ROWS]],
        "groups": [(one, used(one.chat_id)) for one in list(shown.groups.values())[:ROWS]],
        "members": list(shown.members[:ROWS]),
        "tag_names": tag_names,
        "period": name,
        "limit": limit,
        "customers_of": _counts(one.followed_by for one in shown.customers.values()),
        "groups_of": _counts((one.owner,) for one in shown.groups.values()),
    }


def _counts(many: Any) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in itertools.chain.from_iterable(many):
        found[one] = found.get(one, 0) + 1
    return found


def calls(state: State, query: Mapping[str, str], now: float) -> dict[str, Any]:
    """The log."""
    return {"log": _log(state, CALLS), "total": len(state.calls)}


def faults(state: State, query: Mapping[str, str], now: float) -> dict[str, Any]:
    """The switches."""
    listed = state.faults.list()
    return {
        "kinds": KINDS,
        "faults": listed,
        "on": {kind: [one for one in listed if one.kind == kind] for kind in KINDS},
        "about": {kind: (how.about, FAULTS_ZH.get(kind, how.about)) for kind, how in KINDS.items()},
        "operations": sorted(OPERATIONS),
    }


def settings(state: State, query: Mapping[str, str], now: float) -> dict[str, Any]:
    """The settings with their choices."""
    from wecom_mock.admin_api import description

    properties = description()["components"]["schemas"]["SettingsChange"]["properties"]
    values = admin_views.settings(state.settings)
    return {
        "properties": properties,
        "values": values,
        "texts": {name: _plain(one) for name, one in values.items()},
    }


def _plain(value: object) -> str:
    """A value as a field of a form has it."""
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
