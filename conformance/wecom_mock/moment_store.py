"""The moments of a company, and the jobs that make them."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from typing import Any

from attrs import define, field, frozen

from .company import Company


@define
class Moment:
    """A moment, of the company or of one member.

    Attributes:
        moment_id: its id.
        body: the request body as it was accepted; for a moment of a member, its content in the same shape.
        created: Unix time in seconds from which on it is there.
        members: who is asked to publish it.
        tags: only customers with one of these see it; ``None`` means all.
        creator: the member who made it alone; ``None``: the company did.
        published: by userid, the customers who can see what that member published.
        cancelled: whether cancel_moment_task was called.
    """

    moment_id: str
    body: dict[str, Any] = field(repr=False)
    created: float
    members: tuple[str, ...]
    tags: frozenset[str] | None = None
    creator: str | None = None
    published: dict[str, tuple[str, ...]] = field(factory=dict)
    cancelled: bool = False

    def publish(self, company: Company, userid: str) -> None:
        """Let a member publish it: those see it who are the member's customers now and have a tag."""
        self.published[userid] = tuple(
            customer.external_userid
            for customer in company.customers.values()
            if userid in customer.followed_by and (self.tags is None or customer.tags & self.tags)
        )


@frozen
class Job:
    """What add_moment_task starts.

    Attributes:
        created: Unix time in seconds.
        moment_id: of what it makes; ``None`` where nobody is left to publish or to see it.
        invalid_users: userids that are unknown or that the app doesn't see.
        invalid_departments: departments that are unknown, or none of whose members the app sees.
        invalid_tags: unknown tags.
    """

    created: float
    moment_id: str | None
    invalid_users: tuple[str, ...]
    invalid_departments: tuple[int, ...]
    invalid_tags: tuple[str, ...]


@define
class Moments:
    """All moments of a company by id, all jobs by id, and the times of the newest calls that made one."""

    by_id: MutableMapping[str, Moment] = field(factory=dict)
    jobs: MutableMapping[str, Job] = field(factory=dict)
    recent: tuple[float, ...] = ()

    def add(self, moment: Moment) -> Moment:
        """Keep a moment."""
        self.by_id[moment.moment_id] = moment
        return moment

    def between(self, start: float, end: float) -> Iterable[Moment]:
        """The moments that were created in a period, in order of their creation."""
        found = [moment for moment in self.by_id.values() if start <= int(moment.created) <= end]
        return sorted(found, key=lambda moment: moment.created)

    def clear(self) -> None:
        """Forget all."""
        self.by_id.clear()
        self.jobs.clear()
        self.recent = ()
