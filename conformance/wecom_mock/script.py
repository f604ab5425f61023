"""What members do of themselves after a call: a table of rules, carried out as the clock goes on.

Nothing runs in the background: what is due is done before the next request is answered, with the time at which it
was due. So it is the same through every door and with every clock.
"""

from __future__ import annotations

import contextlib
import heapq
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from attrs import define, field, frozen

if TYPE_CHECKING:
    from .state import State

Deed = Literal["confirm", "publish", "ignore", "unfriend", "revoke-tokens"]
AFTER: Mapping[str, frozenset[str] | None] = {
    "confirm": frozenset({"add_msg_template", "remind_groupmsg_send"}),
    "publish": frozenset({"add_moment_task"}),
    "ignore": frozenset({"add_msg_template", "remind_groupmsg_send", "add_moment_task"}),
    "unfriend": None,
    "revoke-tokens": None,
}
"""Which operations a deed may follow; ``None``: any."""
_CHOSEN = ("confirm", "publish", "ignore")


@frozen(kw_only=True)
class Rule:
    """What somebody does after a call.

    For ``confirm``, ``publish`` and ``ignore`` the first rule that is for a member decides what that member does.
    The others are done each time.

    Attributes:
        when: id of the operation, after a call with errcode 0.
        do: ``confirm`` the task, ``publish`` the moment, ``ignore`` either, ``unfriend`` (``member`` and ``customer``
            part), ``revoke-tokens`` of all apps.
        after: seconds of the mock's clock.
        member: who does it; whoever is asked to when absent.
        customer: of ``unfriend``.
        probability: of each member, from 0 to 1; drawn from the seed of the state.
    """

    when: str
    do: Deed
    after: float = 0.0
    member: str | None = None
    customer: str | None = None
    probability: float = 1.0

    def __attrs_post_init__(self) -> None:
        after = AFTER[self.do]
        if after is not None and self.when not in after:
            raise ValueError(f"{self.do} can't follow {self.when}, only {', '.join(sorted(after))}")
        if (self.do == "unfriend") != (self.customer is not None):
            raise ValueError("customer belongs to unfriend, and to nothing else")
        if self.do == "unfriend" and self.member is None:
            raise ValueError("unfriend needs a member")
        if self.do == "revoke-tokens" and self.member is not None:
            raise ValueError("revoke-tokens has no member")
        if self.after < 0 or not 0 <= self.probability <= 1:
            raise ValueError("after must be at least 0 and probability from 0 to 1")


@define
class Script:
    """Rules, and the deeds that they have led to and that are not due yet."""

    rules: tuple[Rule, ...] = ()
    _due: list[tuple[float, int, Callable[[float], object]]] = field(factory=list, init=False, repr=False)
    _number: int = field(default=0, init=False)

    def clear(self) -> None:
        """Forget what is not due yet; the rules stay."""
        self._due.clear()
        self._number = 0

    def run(self, now: float) -> None:
        """Do all that is due."""
        while self._due and self._due[0][0] <= now:
            due, _, deed = heapq.heappop(self._due)
            # A task that was cancelled or confirmed by hand meanwhile is no fault of the script.
            with contextlib.suppress(LookupError, ValueError):
                deed(due)

    def note(
        self, state: State, operation: str, body: Mapping[str, Any], fields: Mapping[str, Any], now: float
    ) -> None:
        """Take a call that was a success, with its body and the fields of its answer."""
        rules = [rule for rule in self.rules if rule.when == operation]
        for rule in rules:
            if rule.do not in _CHOSEN and _drawn(state, rule, f"{operation} {self._number}"):
                self._plan(now + rule.after, _deed(state, rule))
        chosen = [rule for rule in rules if rule.do in _CHOSEN]
        if chosen:
            for since, thing, member, act in _asked(state, operation, body, fields, now):
                for rule in chosen:
                    if rule.member in (None, member) and _drawn(state, rule, f"{thing} {member}"):
                        if rule.do != "ignore":
                            self._plan(max(since, now + rule.after), act)
                        break

    def _plan(self, due: float, deed: Callable[[float], object]) -> None:
        self._number += 1
        heapq.heappush(self._due, (due, self._number, deed))


def _deed(state: State, rule: Rule) -> Callable[[float], object]:
    if rule.do == "revoke-tokens":
        return lambda _: state.revoke_tokens()
    member, customer = rule.member, rule.customer
    assert member is not None
    assert customer is not None
    return lambda _: state.unfriend(member, customer)


def _drawn(state: State, rule: Rule, of: str) -> bool:
    if rule.probability == 1:
        return True
    drawn = int.from_bytes(state.digest("script", rule.when, rule.do, of)[:6], "big") / 2**48
    return drawn < rule.probability


def _asked(
    state: State, operation: str, body: Mapping[str, Any], fields: Mapping[str, Any], now: float
) -> Iterable[tuple[float, str, str, Callable[[float], object]]]:
    """The members that a call asks to do something: from when on they can, with what, who, and how it is done."""
    if operation == "add_moment_task":
        moment_id = state.moments.jobs[fields["jobid"]].moment_id
        if moment_id is not None:
            moment = state.moments.by_id[moment_id]
            for member in moment.members:
                yield moment.created, moment.moment_id, member, _publish(state, moment.moment_id, member)
    else:
        task = state.tasks[fields["msgid"] if operation == "add_msg_template" else body["msgid"]]
        for member, assignment in task.assignments.items():
            if assignment.status == 0:
                yield now, task.msgid, member, _confirm(state, task.msgid, member)


def _publish(state: State, moment_id: str, member: str) -> Callable[[float], object]:
    return lambda due: state.publish_moment(moment_id, member, due)


def _confirm(state: State, msgid: str, member: str) -> Callable[[float], object]:
    return lambda due: state.confirm(msgid, member, due)
