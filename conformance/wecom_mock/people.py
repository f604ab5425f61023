"""What members and customers do in the app, and no call of the API can do for them."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from .company import Company
from .moment_store import Moment, Moments
from .quota import Ledger
from .settings import Settings
from .tasks import Assignment, Delivery, Task, TaskStore
from .welcome_store import CODE_SECONDS, WelcomeCode, WelcomeStore

_WELCOME_CODE_CHARS = 43


class People:
    """A part of :class:`~wecom_mock.state.State`. Every method may be called while a server answers requests."""

    company: Company
    settings: Settings
    tasks: TaskStore
    ledger: Ledger
    moments: Moments
    welcome: WelcomeStore
    lock: AbstractContextManager[Any, None | bool]

    def mint(self, kind: str, characters: int) -> str:
        """A new text of that many characters."""
        raise NotImplementedError

    def new_msgid(self) -> str:
        """A new task id."""
        raise NotImplementedError

    def new_moment_id(self) -> str:
        """A new id of a moment."""
        raise NotImplementedError

    def confirm(self, msgid: str, userid: str, now: float) -> Task:
        """Do what the member does in the app: send the task to all of its recipients.

        Each gets status 1; 2 if it is no longer the member's customer or group; 3 if it is over quota.

        Args:
            msgid: the task.
            userid: a member the task was given to.
            now: Unix time in seconds.

        Raises:
            LookupError: no such task, or not for this member.
            ValueError: cancelled, already confirmed, or refused by this member.
        """
        with self.lock:
            task, assignment = self._open(msgid, userid)
            related = self.company.follows if task.chat_type == "single" else self.company.owns
            for delivery in assignment.deliveries:
                if not related(userid, delivery.target):
                    delivery.status = 2
                elif self.ledger.used_up(delivery.target, self.settings.quota_policy, now):
                    delivery.status = 3
                else:
                    self.ledger.count(delivery.target, self.settings.quota_policy, now)
                    delivery.status, delivery.send_time = 1, int(now)
            assignment.status, assignment.send_time, assignment.declined = 2, int(now), None
            return task

    def ignore(self, msgid: str, userid: str) -> Task:
        """Let the member put a task aside. The API goes on to show it as unsent, and it can be confirmed later.

        Raises:
            LookupError: no such task, or not for this member.
            ValueError: cancelled, already confirmed, or refused by this member.
        """
        with self.lock:
            task, assignment = self._open(msgid, userid)
            assignment.declined = "ignored"
            return task

    def refuse(self, msgid: str, userid: str) -> Task:
        """Let the member refuse a task for good. The API goes on to show it as unsent: it knows no refusal.

        Raises:
            LookupError: no such task, or not for this member.
            ValueError: cancelled, already confirmed, or already refused by this member.
        """
        with self.lock:
            task, assignment = self._open(msgid, userid)
            assignment.declined = "refused"
            return task

    def _open(self, msgid: str, userid: str) -> tuple[Task, Assignment]:
        """A task that waits for the member."""
        task = self.tasks.get(msgid)
        if task is None or userid not in task.assignments:
            raise LookupError(f"{userid} has no task {msgid}")
        assignment = task.assignments[userid]
        if task.cancelled:
            raise ValueError(f"task {msgid} was cancelled")
        if assignment.status != 0:
            raise ValueError(f"{userid} already confirmed {msgid}")
        if assignment.declined == "refused":
            raise ValueError(f"{userid} refused {msgid}")
        return task, assignment

    def fill_quota(self, target: str, now: float) -> int:
        """Let a customer or group have received as much as the running period allows.

        Args:
            target: external_userid or chat id.
            now: Unix time in seconds.

        Returns:
            How many messages a period allows.

        Raises:
            LookupError: no such customer or group.
            ValueError: the settings know no limit.
        """
        with self.lock:
            self._known_target(target)
            limit = self.ledger.fill(target, self.settings.quota_policy, now)
            if limit is None:
                raise ValueError("the setting quota_policy is unlimited: there is nothing to fill")
            return limit

    def clear_quota(self, target: str, now: float) -> None:
        """Let a customer or group have received nothing in the running period.

        Raises:
            LookupError: no such customer or group.
        """
        with self.lock:
            self._known_target(target)
            self.ledger.empty(target, self.settings.quota_policy, now)

    def _known_target(self, target: str) -> None:
        if target not in self.company.customers and target not in self.company.groups:
            raise LookupError(f"no customer or group {target}")

    def send_personally(self, userid: str, content: str, now: float) -> Task:
        """Do what a member does who writes to all of his customers in the app; nobody has to confirm that.

        Args:
            userid: the member.
            content: the text.
            now: Unix time in seconds.

        Raises:
            LookupError: no such member.
        """
        with self.lock:
            customers = self.company.customers_of(userid)
            assignment = Assignment(userid, [Delivery(customer) for customer in customers])
            task = Task(
                msgid=self.new_msgid(),
                chat_type="single",
                body={"text": {"content": content}},
                created=now,
                assignments={userid: assignment},
                fail_list=[],
                creator=userid,
                create_type=1,
            )
            self.tasks[task.msgid] = task
            return self.confirm(task.msgid, userid, now)

    def publish_moment(self, moment_id: str, userid: str, now: float) -> Moment:
        """Do what the member does in the app: publish a moment of the company.

        Those see it who are customers of the member at this time and have one of the tags that were asked for.

        Args:
            moment_id: the moment.
            userid: a member who was asked to publish it.
            now: Unix time in seconds.

        Raises:
            LookupError: no such moment at this time, or not for this member.
            ValueError: cancelled, or already published by this member.
        """
        with self.lock:
            moment = self.moments.by_id.get(moment_id)
            if moment is None or moment.created > now or userid not in moment.members:
                raise LookupError(f"{userid} has no moment {moment_id}")
            if userid in moment.published:
                raise ValueError(f"{userid} already published {moment_id}")
            if moment.cancelled:
                raise ValueError(f"moment {moment_id} was cancelled")
            moment.publish(self.company, userid)
            return moment

    def post_moment(self, userid: str, content: str, now: float) -> Moment:
        """Do what a member does without being asked: publish a moment of their own, for all their customers.

        Args:
            userid: the member.
            content: the text of the moment.
            now: Unix time in seconds.

        Raises:
            LookupError: no such member.
        """
        with self.lock:
            if userid not in self.company.members:
                raise LookupError(f"no member {userid}")
            body = {"text": {"content": content}}
            moment = Moment(self.new_moment_id(), body, now, (userid,), creator=userid)
            moment.publish(self.company, userid)
            return self.moments.add(moment)

    def unfriend(self, userid: str, external_userid: str) -> None:
        """Let customer and member part.

        Raises:
            LookupError: they are not related.
        """
        with self.lock:
            self.company = self.company.without_relation(userid, external_userid)

    def welcome_code(self, userid: str, external_userid: str, now: float) -> str:
        """Do what the event about a new customer does: hand out a code for send_welcome_msg.

        Every call is an event of its own; two calls before a message is sent are the events that two apps get.

        Args:
            userid: the member who has the new customer.
            external_userid: the customer.
            now: Unix time in seconds; the code is good for 20 seconds.

        Returns:
            The code.

        Raises:
            LookupError: they are not related.
        """
        with self.lock:
            if not self.company.follows(userid, external_userid):
                raise LookupError(f"{external_userid} is no customer of {userid}")
            value = self.mint("welcome_code", _WELCOME_CODE_CHARS)
            self.welcome.codes[value] = WelcomeCode(value, userid, external_userid, now + CODE_SECONDS)
            return value

    def start_chat(self, userid: str, external_userid: str) -> None:
        """Let customer and member begin to talk: the codes that were handed out for them give 41051.

        Raises:
            LookupError: there is no code for them.
        """
        with self.lock:
            if not self.welcome.start_chat(userid, external_userid):
                raise LookupError(f"no welcome code of {userid} for {external_userid}")
