"""A mock for one test: a server on a free port, time, people, and what is said about the calls."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self

from . import assertions
from .arrange import Arrange, empty_company
from .clock import Clock
from .server import MockServer
from .state import State

if TYPE_CHECKING:
    from .calls import CallLog
    from .moment_store import Moment
    from .tasks import Task


class WeComMock:
    """What the fixture ``wecom_mock`` gives; a test without pytest says ``with WeComMock() as mock``.

    Args:
        state: the mocked company; one with an app and nobody in it when absent.
        clock: the time; when absent the real one, standing still until it is moved.

    Attributes:
        state: the mocked company with all that calls have made of it.
        clock: the mock's time; it passes when it is moved.
        company: puts members, customers, groups and tags into the company.
    """

    def __init__(self, state: State | None = None, *, clock: Clock | None = None) -> None:
        self.state = State(empty_company()) if state is None else state
        self.clock = Clock() if clock is None else clock
        self.company = Arrange(self.state)
        self._server = MockServer(self.state, clock=self.clock)

    def __repr__(self) -> str:
        return f"<WeCom mock on {self.base_url}, {self.company!r}, {len(self.calls)} calls>"

    def __enter__(self) -> Self:
        self._server.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.__exit__(kind, error, trace)

    @property
    def base_url(self) -> str:
        """``http://127.0.0.1:<port>``, without a slash at the end."""
        return self._server.base_url

    @property
    def corpid(self) -> str:
        """The corpid of the company."""
        return self.state.company.corpid

    @property
    def secret(self) -> str:
        """The ``corpsecret`` of its first app."""
        return self.state.company.apps[0].secret

    @property
    def calls(self) -> CallLog:
        """What was asked and answered, parsed, oldest first; tokens and secrets are masked."""
        return self.state.calls

    @property
    def tasks(self) -> list[Task]:
        """The mass messages that were created, oldest first."""
        with self.state.lock:
            return list(self.state.tasks.values())

    # What people do

    def confirm(self, msgid: str, userid: str | None = None) -> Task:
        """Let members send a task to its recipients.

        Args:
            msgid: the task.
            userid: the member; everybody who has not sent or refused it yet when absent.

        Raises:
            LookupError: no such task, or not for this member.
            ValueError: cancelled, or nobody is left to do it.
        """
        return self._each(msgid, userid, lambda one: self.state.confirm(msgid, one, self.clock()))

    def ignore(self, msgid: str, userid: str | None = None) -> Task:
        """Let members put a task aside: it stays unsent, and can be confirmed later.

        Arguments as of :meth:`confirm`.
        """
        return self._each(msgid, userid, lambda one: self.state.ignore(msgid, one))

    def refuse(self, msgid: str, userid: str | None = None) -> Task:
        """Let members refuse a task for good. The API knows no refusal: it stays unsent.

        Arguments as of :meth:`confirm`.
        """
        return self._each(msgid, userid, lambda one: self.state.refuse(msgid, one))

    def publish_moment(self, moment_id: str, userid: str) -> Moment:
        """Let a member publish a moment of the company: see ``State.publish_moment``."""
        return self.state.publish_moment(moment_id, userid, self.clock())

    def welcome_code(self, userid: str, external_userid: str) -> str:
        """Let a customer come to a member: the code for send_welcome_msg, good for 20 seconds of the mock's time."""
        return self.state.welcome_code(userid, external_userid, self.clock())

    def unfriend(self, userid: str, external_userid: str) -> None:
        """Let a customer leave a member.

        Raises:
            LookupError: they are not related.
        """
        self.state.unfriend(userid, external_userid)

    def _each(self, msgid: str, userid: str | None, act: Callable[[str], Task]) -> Task:
        if not isinstance(msgid, str):
            raise TypeError(f"a msgid is text, not {type(msgid).__name__}: say task.msgid")
        with self.state.lock:
            if userid is not None:
                return act(userid)
            task = self.state.tasks.get(msgid)
            if task is None:
                known = ", ".join(list(self.state.tasks)[-3:]) or "none"
                raise LookupError(f"no task {msgid}; the last ones: {known}")
            left = [
                one.userid
                for one in task.assignments.values()
                if one.status == 0 and one.declined != "refused"
            ]
            if not left:
                raise ValueError(f"nobody is left who could confirm {msgid}")
            for one in left:
                task = act(one)
            return task

    # What is said about the calls

    def assert_sent(
        self,
        *,
        to: str | Iterable[str] | None = None,
        text: str | re.Pattern[str] | None = None,
        sender: str | None = None,
        attachments: Iterable[object] | None = None,
        chat_type: Literal["single", "group"] | None = None,
        times: int | None = 1,
    ) -> list[Task]:
        """Assert that a message like this was created. What is left out may be anything.

        Args:
            to: ids of all the customers or groups that it reaches (without those in ``fail_list``), in any order.
            text: its text, or a pattern that is found in it.
            sender: the userid that was sent along.
            attachments: all of them, in order, as mappings or as models of the client.
            chat_type: ``single`` or ``group``.
            times: how many of them there are; any number but none when ``None``.

        Returns:
            Their tasks, oldest first.

        Raises:
            AssertionError: with the nearest calls and how they differ.
        """
        __tracebackhide__ = True
        if times is not None and times < 0:
            raise ValueError("times is a count, or None for one or more")
        wanted = assertions.Wanted(
            to=None if to is None else frozenset([to] if isinstance(to, str) else to),
            text=text,
            sender=sender,
            attachments=None if attachments is None else tuple(assertions.plain(one) for one in attachments),
            chat_type=chat_type,
        )
        with self.state.lock:
            tasks, told = assertions.not_sent_like_this(self.state, wanted, times)
        if told:
            raise AssertionError(told)
        return tasks

    def assert_nothing_sent(self) -> None:
        """Assert that no message, moment or welcome message was accepted.

        Raises:
            AssertionError: with what was sent.
        """
        __tracebackhide__ = True
        if told := assertions.something_sent(self.state):
            raise AssertionError(told)

    def assert_no_broken_rules(self) -> None:
        """Assert that every request was what the contract asks for: no rule broken, no unknown path, no bad JSON.

        Raises:
            AssertionError: with each rule, what was given and how to mend it.
        """
        __tracebackhide__ = True
        if told := assertions.broken_rules(self.state):
            raise AssertionError(told)
