"""What is on a member's phone."""

from __future__ import annotations

from typing import Literal

from attrs import field, frozen

from wecom_mock.admin_views import newest
from wecom_mock.quota import period
from wecom_mock.state import State
from wecom_mock.tasks import Assignment, Task

from .messages import Message, message

LOOKED_AT = 500
"""So many of the newest tasks are looked through for what is on a phone."""
SHOWN = 20
"""So many messages a phone shows."""
RECIPIENTS = 100

Phase = Literal["waiting", "sent", "cancelled", "ignored", "refused", "published"]


@frozen
class Recipient:
    """One who gets a message. ``status`` as in the API; ``full``: nothing more can be sent in this period."""

    target: str
    name: str
    status: int
    full: bool


@frozen
class Item:
    """One message on a phone."""

    kind: Literal["mass", "own", "moment", "welcome"]
    number: str
    created: float
    phase: Phase
    shown: Message = field(repr=False)
    to_groups: bool = False
    reminders: int = 0
    total: int = 0
    recipients: tuple[Recipient, ...] = ()

    @property
    def can_confirm(self) -> bool:
        """Whether the member may still send it."""
        return self.phase in ("waiting", "ignored")


@frozen
class Phone:
    """A member's phone.

    Attributes:
        userid: the member.
        items: the newest first.
    """

    userid: str
    items: tuple[Item, ...] = field(repr=False)


def _newest(state: State) -> list[Task]:
    return newest(state.tasks, LOOKED_AT)


def phase_of(task: Task, assignment: Assignment) -> Phase:
    """How far a member is with a task."""
    if assignment.status == 2:
        return "sent"
    if task.cancelled:
        return "cancelled"
    return assignment.declined or "waiting"


def waiting(state: State, now: float) -> dict[str, int]:
    """How many messages wait for each member, among the newest."""
    found = dict.fromkeys(state.company.members, 0)
    for task in _newest(state):
        for userid, assignment in task.assignments.items():
            if phase_of(task, assignment) == "waiting":
                found[userid] = found.get(userid, 0) + 1
    for moment in newest(state.moments.by_id, LOOKED_AT):
        if not moment.cancelled and moment.created <= now:
            for userid in moment.members:
                if userid not in moment.published:
                    found[userid] = found.get(userid, 0) + 1
    return found


def phone(state: State, userid: str, now: float) -> Phone:
    """The phone of a member."""
    items = [*_tasks(state, userid, now), *_moments(state, userid, now), *_welcomes(state, userid)]
    items.sort(key=lambda item: item.created, reverse=True)
    return Phone(userid, tuple(items[:SHOWN]))


def _tasks(state: State, userid: str, now: float) -> list[Item]:
    found = []
    for task in _newest(state):
        assignment = task.assignments.get(userid)
        if assignment is None:
            continue
        found.append(
            Item(
                kind="mass" if task.creator is None else "own",
                number=task.msgid,
                created=task.created,
                phase=phase_of(task, assignment),
                shown=message(task.body, state.media),
                to_groups=task.chat_type == "group",
                reminders=len(task.reminders),
                total=len(assignment.deliveries),
                recipients=_recipients(state, assignment, now),
            )
        )
        if len(found) == SHOWN:
            break
    return found


def _recipients(state: State, assignment: Assignment, now: float) -> tuple[Recipient, ...]:
    policy = state.settings.quota_policy
    _, limit = period(policy, now)
    found = []
    for one in assignment.deliveries[:RECIPIENTS]:
        customer = state.company.customers.get(one.target)
        full = limit is not None and state.ledger.used(one.target, policy, now) >= limit
        found.append(Recipient(one.target, customer.name if customer else "", one.status, full))
    return tuple(found)


def _moments(state: State, userid: str, now: float) -> list[Item]:
    found = []
    for moment in newest(state.moments.by_id, LOOKED_AT):
        if userid not in moment.members or moment.created > now:
            continue
        customers = moment.published.get(userid, ())
        phase: Phase = "cancelled" if moment.cancelled else "waiting"
        found.append(
            Item(
                kind="moment",
                number=moment.moment_id,
                created=moment.created,
                phase="published" if userid in moment.published else phase,
                shown=message(moment.body, state.media),
                total=len(customers),
                recipients=tuple(_seen(state, one) for one in customers[:RECIPIENTS]),
            )
        )
        if len(found) == SHOWN:
            break
    return found


def _welcomes(state: State, userid: str) -> list[Item]:
    own = [
        (number, one) for number, one in enumerate(state.welcome.sent[-LOOKED_AT:]) if one.userid == userid
    ]
    return [
        Item(
            kind="welcome",
            number=f"welcome-{number}",
            created=one.sent,
            phase="sent",
            shown=message(one.body, state.media),
            total=1,
            recipients=(_seen(state, one.external_userid),),
        )
        for number, one in own[-SHOWN:]
    ]


def _seen(state: State, external_userid: str) -> Recipient:
    customer = state.company.customers.get(external_userid)
    return Recipient(external_userid, customer.name if customer else "", 1, False)
