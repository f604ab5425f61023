"""What members do of themselves after a call: a table of rules, carried out as the clock goes on.

Nothing runs in the background: what is due is done before the next request is answered, with the time at which it
was due. So it is the same through every door and with every clock.
"""

from __future__ import annotations

import contextlib
import heapq
from collections.abc import Iterable, Mapping
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


@frozen(order=True)
class Planned:
    """A deed that is not done yet.

    Attributes:
        due: when it is done (Unix seconds).
        number: which of the script's it is.
        do: what is done.
        of: the task, the moment, or the customer.
        member: who does it.
    """

    due: float
    number: int
    do: Deed
    of: str = ""
    member: str = ""

    def carry_out(self, state: State) -> None:
        """Do it."""
        match self.do:
            case "confirm":
                state.confirm(self.of, self.member, self.due)
            case "publish":
                state.publish_moment(self.of, self.member, self.due)
            case "unfriend":
                state.unfriend(self.member, self.of)
            case _:
                state.revoke_tokens()


@define(eq=False)
class Plan:
    """What is not done yet, the next first (a heap); and how many deeds there have been."""

    deeds: list[Planned] = field(factory=list)
    numbers: int = 0


@define
class Script:
    """Rules, and the deeds that they have led to and that are not due yet."""

    rules: tuple[Rule, ...] = ()
    memory: Plan = field(factory=Plan, init=False, repr=False)

    def clear(self) -> None:
        """Forget what is not due yet; the rules stay."""
        self.memory = Plan()

    def run(self, state: State, now: float) -> None:
        """Do all that is due."""
        while self.memory.deeds and self.memory.deeds[0].due <= now:
            deed = heapq.heappop(self.memory.deeds)
            # A task that was cancelled or confirmed by hand meanwhile is no fault of the script.
            with contextlib.suppress(LookupError, ValueError):
                deed.carry_out(state)

    def note(
        self, state: State, operation: str, body: Mapping[str, Any], fields: Mapping[str, Any], now: float
    ) -> None:
        """Take a call that was a success, with its body and the fields of its answer."""
        rules = [rule for rule in self.rules if rule.when == operation]
        for rule in rules:
            if rule.do not in _CHOSEN and _drawn(state, rule, f"{operation} {self.memory.numbers}"):
                self._plan(now + rule.after, rule.do, rule.customer or "", rule.member or "")
        chosen = [rule for rule in rules if rule.do in _CHOSEN]
        if chosen:
            for since, thing, member in _asked(state, operation, body, fields, now):
                for rule in chosen:
                    if rule.member in (None, member) and _drawn(state, rule, f"{thing} {member}"):
                        if rule.do != "ignore":
                            self._plan(max(since, now + rule.after), rule.do, thing, member)
                        break

    def _plan(self, due: float, do: Deed, of: str, member: str) -> None:
        self.memory.numbers += 1
        heapq.heappush(self.memory.deeds, Planned(due, self.memory.numbers, do, of, member))


def _drawn(state: State, rule: Rule, of: str) -> bool:
    if rule.probability == 1:
        return True
    drawn = int.from_bytes(state.digest("script", rule.when, rule.do, of)[:6], "big") / 2**48
    return drawn < rule.probability


def _asked(
    state: State, operation: str, body: Mapping[str, Any], fields: Mapping[str, Any], now: float
) -> Iterable[tuple[float, str, str]]:
    """The members that a call asks to do something: from when on they can, with what, and who."""
    if operation == "add_moment_task":
        moment_id = state.moments.jobs[fields["jobid"]].moment_id
        if moment_id is not None:
            moment = state.moments.by_id[moment_id]
            for member in moment.members:
                yield moment.created, moment.moment_id, member
    else:
        task = state.tasks[fields["msgid"] if operation == "add_msg_template" else body["msgid"]]
        for member, assignment in task.assignments.items():
            if assignment.status == 0:
                yield now, task.msgid, member
