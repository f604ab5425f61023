"""`Broadcast`: one message to an audience of any size."""

from __future__ import annotations

import os
from collections.abc import AsyncIterable, Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from wecom_client.types import Unset
from wecom_openapi.broadcast import planning, report, results, running
from wecom_openapi.broadcast.audience import AnyAsyncAudience, AnyAudience, Ids, audience_of
from wecom_openapi.broadcast.calls import UNSETTLED, Attempt, Call, Calls, CallState
from wecom_openapi.broadcast.kinds import OPERATION
from wecom_openapi.broadcast.message import message_of
from wecom_openapi.broadcast.pace import Pace
from wecom_openapi.broadcast.plan import Plan, read_plan
from wecom_openapi.broadcast.planning import Planner
from wecom_openapi.broadcast.report import Recipient, Summary
from wecom_openapi.broadcast.running import Progress
from wecom_openapi.broadcast.schedule import ATTEMPTS, GIVE_UP_AFTER, Schedule
from wecom_openapi.broadcast.schema import METADATA, PART, VERSION
from wecom_openapi.errors import WeComError
from wecom_openapi.journal import Journal
from wecom_openapi.journal.async_recording import in_thread

if TYPE_CHECKING:
    from wecom_client.models import AddMsgTemplateResponse
    from wecom_openapi.async_client import AsyncWeCom
    from wecom_openapi.client import WeCom

CONCURRENCY: Final = 4
"""Calls at a time. WeCom refuses too many at once with 45033 and doesn't say how many that are."""
_LONGEST: Final = 100


class Broadcast:
    """One message to an audience of any size: planned, then sent in as many calls as it takes, each of them once.

    ::

        with Journal("journal.db") as journal, WeCom(corpid, corpsecret, journal=journal) as wecom:
            broadcast = Broadcast(journal, "spring-2027")
            plan = broadcast.plan({"sender": "zhangsan", "text": {"content": "新品上市"}}, CsvFile("audience.csv"))
            broadcast.run(wecom)
            broadcast.summary().counts

    Everything about it stands in the journal's database, so that it can be stopped and gone on with at any point, by
    any process that has the journal. Nothing of its audience is held in memory but what one call takes.

    Args:
        journal: the journal of the clients that will send it.
        name: of the broadcast; what is planned under it is fixed.

    Raises:
        ValueError: the name is empty, longer than 100 characters, or has some that can't be printed.
        JournalError: the journal can't be used.
    """

    def __init__(self, journal: Journal, name: str) -> None:
        if not 0 < len(name) <= _LONGEST or not name.isprintable() or name != name.strip() or "/" in name:
            raise ValueError(
                f"name: 1 to {_LONGEST} printable characters without / are needed, and no spaces around them"
            )
        self.journal = journal
        self.name = name
        journal.add_tables(PART, VERSION, METADATA)
        self._known: Calls | None = None

    def __repr__(self) -> str:
        return f"Broadcast({self.journal!r}, {self.name!r})"

    # Planning.

    def plan(
        self, message: Any, audience: AnyAudience, *, progress: Callable[[int], object] | None = None
    ) -> Plan:
        """Plan it: which recipients go into which call. Nothing is sent.

        A recipient that is given twice is planned once, also where it has another sender the second time. What was
        planned under this name before is compared: the same message and audience give the same plan.

        Args:
            message: a mapping or an `AddMsgTemplateRequest` without recipients: text, attachments, ``chat_type``,
                ``sender`` for recipients that have none of their own.
            audience: ids, or pairs of sender and id; a `CsvFile` or a `ParquetFile`; `customers_of` or `groups_of`.
            progress: called with the number of recipients that were read.

        Raises:
            InvalidRequest: the message breaks the contract.
            InvalidAudience: somebody in the audience can't be sent to; says where.
            BroadcastConflict: the name has another message or audience, or is being planned by another process.
        """
        return planning.plan(self._planner(message, audience_of(audience)), progress)

    async def plan_async(self, message: Any, audience: AnyAsyncAudience) -> Plan:
        """`plan` without blocking. The audience may be an asynchronous iterable too, such as `customers_of_async`."""
        if not isinstance(audience, AsyncIterable):
            return await in_thread(partial(self.plan, message, audience))
        source = Ids(())
        return await planning.plan_async(self._planner(message, source), audience, source)

    def _planner(self, message: Any, audience: Any) -> Planner:
        return Planner(self.journal, self.name, message_of(message), audience)

    @property
    def planned(self) -> Plan:
        """The plan. Raises UnknownBroadcast where there is none of this name."""
        assert self._calls.id
        return read_plan(self.journal, self.name)

    @property
    def message(self) -> dict[str, Any]:
        """What is sent, without recipients. Raises UnknownBroadcast where there is none of this name."""
        return dict(self._calls.message.data)

    # Sending.

    def pending(self) -> list[int]:
        """The numbers of the calls that are not through: for `run_call`, by whichever worker takes them."""
        return self._calls.numbers(UNSETTLED)

    def call(self, n: int) -> Call:
        """A call as it stands. Raises LookupError where there is none of this number."""
        return self._calls.get(n)

    def calls(self) -> Iterator[Call]:
        """Every call as it stands."""
        return self._calls.all()

    def body(self, n: int) -> dict[str, Any]:
        """The request of a call."""
        call = self._calls.get(n)
        return self._calls.message.body(call.sender, [one for one, _ in self._calls.recipients(n)])

    def run_call(self, wecom: WeCom, n: int) -> Call:
        """Make one call. Any worker may take it, lose it or repeat it: the journal lets it leave once.

        Args:
            wecom: a client with this broadcast's journal.
            n: its number, from 1.

        Returns:
            The call, done; at once where it was done before.

        Raises:
            ValueError: the client has no journal, or another one.
            LookupError: there is no call of this number.
            WeComError: as `WeCom.add_msg_template`; what it means for the call is written down. An `InProgress` says
                that somebody else is at it.
        """
        calls = self._calls
        self._check(wecom)
        attempt = calls.begin(n)
        if isinstance(attempt, Call):
            return attempt
        try:
            answer = wecom.add_msg_template(attempt.body, key=attempt.key)
        except WeComError as exc:
            calls.failed(attempt, exc)
            raise
        return self._done(attempt, answer)

    async def run_call_async(self, wecom: AsyncWeCom, n: int) -> Call:
        """`run_call` for an `AsyncWeCom`."""
        self._check(wecom)
        attempt = await in_thread(partial(self._calls.begin, n))
        if isinstance(attempt, Call):
            return attempt
        try:
            answer = await wecom.add_msg_template(attempt.body, key=attempt.key)
        except WeComError as exc:
            await in_thread(partial(self._calls.failed, attempt, exc))
            raise
        return await in_thread(partial(self._done, attempt, answer))

    def run(
        self,
        wecom: WeCom,
        *,
        concurrency: int = CONCURRENCY,
        pace: Pace | None = None,
        progress: Progress | None = None,
        retry_refused: bool = False,
        attempts: int = ATTEMPTS,
        give_up_after: int = GIVE_UP_AFTER,
    ) -> Summary:
        """Make the calls that are not through, by threads. Ctrl-C finishes those in flight and begins no more.

        A call that fails doesn't end the run; what it was stands in the summary and the report. One whose outcome is
        unknown is not sent again: `WeCom.recover` finds out what became of it, and the next run takes that over.

        Args:
            wecom: a client with this broadcast's journal.
            concurrency: calls at a time.
            pace: how often; None for the whole of the vendor's limits.
            progress: told of every call that it is through with.
            retry_refused: whether calls that WeCom refused are made again, too.
            attempts: how often a call is tried that could not leave or was told to come later.
            give_up_after: so many failures in a row end the run.

        Returns:
            How far the broadcast has come.

        Raises:
            ValueError: the client has no journal, or another one; or an argument makes no sense.
            WeComError: the last of so many failures in a row, or one that no other call can escape.
        """
        schedule = self._schedule(wecom, concurrency, retry_refused, attempts, give_up_after)
        running.run(schedule, partial(self.run_call, wecom), pace or Pace(OPERATION), progress)
        if schedule.error is not None:
            raise schedule.error
        return self.summary()

    async def run_async(
        self,
        wecom: AsyncWeCom,
        *,
        concurrency: int = CONCURRENCY,
        pace: Pace | None = None,
        progress: Progress | None = None,
        retry_refused: bool = False,
        attempts: int = ATTEMPTS,
        give_up_after: int = GIVE_UP_AFTER,
    ) -> Summary:
        """`run` by tasks, for an `AsyncWeCom`. Where it is cancelled, calls in flight are finished first."""
        schedule = await in_thread(
            partial(self._schedule, wecom, concurrency, retry_refused, attempts, give_up_after)
        )
        send = partial(self.run_call_async, wecom)
        await running.run_async(schedule, send, pace or Pace(OPERATION), progress)
        if schedule.error is not None:
            raise schedule.error
        return await in_thread(self.summary)

    # What became of it.

    def summary(self) -> Summary:
        """How many recipients and calls have come how far."""
        return report.summary(self.journal, self.name, self._calls)

    def recipients(self) -> Iterator[Recipient]:
        """Every recipient and what became of it, in the order of the calls."""
        return report.recipients(self._calls)

    def write_report(self, path: str | os.PathLike[str]) -> int:
        """Write every recipient and what became of it into a CSV file. Says how many there are.

        Raises:
            OSError: the file can't be written.
        """
        return report.write_csv(path, self.recipients())

    def update_results(self, wecom: WeCom) -> int:
        """Ask what became of the recipients after their members have confirmed, and write it down for the report.

        It only reads, and may be repeated. Says of how many recipients something is known.

        Raises:
            WeComError: a task can't be read.
        """
        return results.update_results(self.journal, self._calls, wecom)

    @property
    def _calls(self) -> Calls:
        if self._known is None:
            self._known = Calls(self.journal, self.name)
        return self._known

    def _schedule(
        self,
        wecom: WeCom | AsyncWeCom,
        concurrency: int,
        retry_refused: bool,
        attempts: int,
        give_up_after: int,
    ) -> Schedule:
        self._check(wecom)
        states: Sequence[CallState] = (*UNSETTLED, *([CallState.REFUSED] if retry_refused else []))
        return Schedule(self._calls.numbers(states), concurrency, attempts, give_up_after)

    def _check(self, wecom: WeCom | AsyncWeCom) -> None:
        if wecom.journal is None:
            raise ValueError("a broadcast needs a client with its journal: WeCom(…, journal=journal)")
        if wecom.journal.name != self.journal.name:
            raise ValueError(
                f"the client has another journal ({wecom.journal.name}) than the broadcast ({self.journal.name})"
            )

    def _done(self, attempt: Attempt, answer: AddMsgTemplateResponse) -> Call:
        fail_list = [] if isinstance(answer.fail_list, Unset) else list(answer.fail_list or ())
        return self._calls.done(attempt, answer.msgid, fail_list)
