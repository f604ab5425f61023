"""Whether what a client said is the truth, by the ledger of the server; and the sums of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from attrs import define, field

from .callers import Said
from .faults import Outcome
from .ledger import Applied


def lies(said: Said, applied: Sequence[Applied]) -> list[str]:
    """What is untrue of what was said of one call.

    Args:
        said: by the client.
        applied: the tasks that the server made for this call.
    """
    found = []
    if said.outcome is None:
        found.append(f"it told no outcome, but raised {said.error!r}")
    if len(applied) > 1:
        found.append(f"it was done {len(applied)} times")
    if said.outcome == "done" and [one.msgid for one in applied] != [said.msgid]:
        made = ", ".join(one.msgid for one in applied) or "nothing"
        found.append(f"it was said to be done as {said.msgid}, and {made} was")
    if said.outcome in ("refused", "not sent") and applied:
        found.append(f"it was said to be {said.outcome}, and it was done")
    return found


@define
class Summary:
    """The sums of a run.

    Attributes:
        faults: how often each fault was played.
        sends: tasks that the server has made.
        duplicates: recipients that a task was made for twice under one key.
        lost: recipients of an audience that no report has.
        misreported: calls and recipients of which something untrue was said; what it was stands in ``told``.
        outcomes: how often each outcome was told.
        kills: how often a sending process was killed.
        unknown: recipients of which nobody could find out what became of them, and the report says so.
        leaks: secrets that were found where none may be.
        told: what was found, in words.
    """

    faults: Counter[str] = field(factory=Counter)
    sends: int = 0
    duplicates: int = 0
    lost: int = 0
    misreported: int = 0
    outcomes: Counter[Outcome | None] = field(factory=Counter)
    kills: int = 0
    unknown: int = 0
    leaks: int = 0
    told: list[str] = field(factory=list)

    @property
    def good(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.duplicates or self.lost or self.misreported or self.leaks)

    def call(self, where: str, said: Said, applied: Sequence[Applied], expects: frozenset[Outcome]) -> None:
        """Count one call.

        Args:
            where: the fault and who called, for people.
            said: what the client said of it.
            applied: the tasks that the server made for it.
            expects: the outcomes that make sense after this fault.
        """
        self.outcomes[said.outcome] += 1
        self.sends += len(applied)
        self.duplicates += max(0, len(applied) - 1)
        found = lies(said, applied)
        if not found and said.outcome not in expects:
            found = [f"{said.outcome} is none of {', '.join(sorted(expects))}: {said.error!r}"]
        self.misreported += bool(found)
        self.told += [f"{where}: {one}" for one in found]

    def add(self, other: Summary) -> None:
        """Take another run's sums in."""
        self.faults += other.faults
        self.outcomes += other.outcomes
        for name in ("sends", "duplicates", "lost", "misreported", "kills", "leaks", "unknown"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.told += other.told

    def lines(self) -> list[str]:
        """For people: the sums, and what was found."""
        outcomes = ", ".join(f"{count} {name}" for name, count in self.outcomes.most_common())
        return [
            f"faults tried   {len(self.faults)} kinds, {self.faults.total()} times",
            f"process kills  {self.kills}",
            f"sends          {self.sends} ({outcomes})",
            f"left unknown   {self.unknown} recipients",
            f"duplicates     {self.duplicates}",
            f"lost           {self.lost}",
            f"misreported    {self.misreported}",
            f"secrets found  {self.leaks}",
            *(f"! {one}" for one in self.told),
        ]
