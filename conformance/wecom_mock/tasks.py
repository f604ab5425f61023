"""A mass message as the mock keeps it: who has to confirm it, and what became of each recipient."""

from __future__ import annotations

import itertools
from abc import abstractmethod
from collections.abc import MutableMapping, Sequence
from typing import Any, Literal

from attrs import define, field


@define
class Delivery:
    """One recipient of a task. ``status``: 0 unsent, 1 sent, 2 no longer a friend, 3 over quota."""

    target: str
    status: Literal[0, 1, 2, 3] = 0
    send_time: int | None = None


@define
class Assignment:
    """The part of a task that one member has to confirm. ``status``: 0 unsent, 2 confirmed.

    ``declined`` says what the member did instead; the API shows nothing of it. What was ignored can still be
    confirmed, what was refused can't.
    """

    userid: str
    deliveries: list[Delivery]
    status: Literal[0, 2] = 0
    send_time: int | None = None
    declined: Literal["ignored", "refused"] | None = None


@define
class Task:
    """A created mass message.

    Attributes:
        msgid: its id.
        chat_type: ``single`` or ``group``.
        body: the request body as it was accepted.
        created: Unix time in seconds.
        assignments: by userid, in the order of the first recipient.
        fail_list: the ids that were left out.
        cancelled: whether cancel_groupmsg_send was called.
        reminders: Unix times of the reminders.
        creator: the member who made it in the app; None for a call of the API.
        create_type: 0 by the company, and so by the API; 1 by a member.
    """

    msgid: str
    chat_type: Literal["single", "group"]
    body: dict[str, Any] = field(repr=False)
    created: float
    assignments: dict[str, Assignment]
    fail_list: list[str]
    cancelled: bool = False
    reminders: list[float] = field(factory=list)
    creator: str | None = None
    create_type: Literal[0, 1] = 0


class TaskStore(MutableMapping[str, Task]):
    """The tasks by msgid, in the order in which they were made."""

    @abstractmethod
    def between(
        self,
        start: int,
        end: int,
        *,
        chat_type: str,
        creator: str | None = None,
        create_type: int | None = None,
    ) -> Sequence[Task]:
        """The tasks of a period, both ends included, oldest first.

        Args:
            start: Unix time in seconds.
            end: the same.
            chat_type: ``single`` or ``group``.
            creator: only those of this member.
            create_type: only those of this type.
        """

    @abstractmethod
    def newest(self, count: int) -> list[Task]:
        """At most so many tasks, the one that was made last first."""


class Tasks(dict[str, Task], TaskStore):
    """The tasks in memory."""

    def between(
        self,
        start: int,
        end: int,
        *,
        chat_type: str,
        creator: str | None = None,
        create_type: int | None = None,
    ) -> Sequence[Task]:
        """See :meth:`TaskStore.between`."""
        found = [
            task
            for task in self.values()
            if task.chat_type == chat_type
            and start <= int(task.created) <= end
            and creator in (None, task.creator)
            and create_type in (None, task.create_type)
        ]
        return sorted(found, key=lambda task: int(task.created))

    def newest(self, count: int) -> list[Task]:
        """See :meth:`TaskStore.newest`."""
        return list(itertools.islice(reversed(self.values()), count))
