"""Finds out what became of a write, by reading: without input or output, so that sync and async share it.

It never guesses. That a message was sent takes one task that has its content, its time and its recipients, and no other
that may be it. That it was not takes a list that was read to its end, long enough after the attempt, by a clock that is
right, in which nothing is like it. Everything between is "can't tell".
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Collection, Generator, Iterable
from email.utils import parsedate_to_datetime
from typing import Any, Final

from attrs import frozen

from wecom_client.operations import OPERATIONS as TABLE
from wecom_client.types import Response
from wecom_client.wire import Operation
from wecom_contract import OPERATIONS
from wecom_openapi.errors import OutcomeUnknown, WeComError
from wecom_openapi.paging import Walk
from wecom_openapi.reconciliation.attempt import Attempt, Candidate, Reconciliation
from wecom_openapi.reconciliation.likeness import likeness
from wecom_openapi.reconciliation.targets import Targets, Verdict

DRIFT: Final = 12 * 3600.0
"""Seconds on either side of the attempt in which a task with its content and its recipients keeps the answer from being
"not sent": this machine's clock may have been wrong then, by a time zone for one."""
PAGES: Final = 500
"""So many pages are read in all. A list without an end is none that was read."""

CREATE: Final = "add_msg_template"
MOMENT: Final = "add_moment_task"


@frozen
class Ask:
    """Wants the answer to a call that reads, or its `WeComError`."""

    operation: Operation[Any]
    body: dict[str, Any]


Reading = Generator[Ask, Response[Any], Any]
Flow = Generator[Ask, Response[Any], Reconciliation]


def reconcile(
    what: OutcomeUnknown | Attempt,
    *,
    settle: float,
    clock_margin: float,
    known: Iterable[str] | None,
    clock: Callable[[], float] | None = None,
) -> Flow:
    """What to ask to find out what became of an attempt.

    Arguments, result and errors as for `wecom_openapi.WeCom.reconcile`.
    """
    attempt = what.attempt if isinstance(what, OutcomeUnknown) else what
    if not isinstance(attempt, Attempt):
        raise TypeError(f"what: an OutcomeUnknown with its attempt, or an Attempt, not {type(what).__name__}")
    for name, value in (("settle", settle), ("clock_margin", clock_margin)):
        if not (value >= 0 and math.isfinite(value)):
            raise ValueError(f"{name}: seconds are needed, not {value!r}")
    search = _Search(
        attempt, settle, clock_margin, None if known is None else frozenset(known), clock or time.time
    )
    if attempt.operation == CREATE:
        return search.task()
    return search.moment() if attempt.operation == MOMENT else search.nothing()


class _Unread(Exception):
    """The list could not be read; says why."""


class _Search:
    """The search for one attempt."""

    def __init__(
        self,
        attempt: Attempt,
        settle: float,
        margin: float,
        known: Collection[str] | None,
        clock: Callable[[], float],
    ) -> None:
        self._attempt = attempt
        self._settle = settle
        self._margin = margin
        self._known = known
        self._clock = clock
        self._pages = 0
        self._skew: float | None = None
        """Seconds that WeCom's clock is ahead of this machine's; None where no answer has told."""
        self._began, self._ended = sorted((attempt.started, attempt.ended))

    def nothing(self) -> Flow:
        """An operation whose doings no call shows."""
        yield from ()
        name = self._attempt.operation
        known = OPERATIONS.get(name)
        if known is not None and known.repeat.safe:
            return _open(f"no call shows what {name} did. It is safe to repeat it: {known.repeat.en}")
        return _open(f"no call shows what {name} did")

    def moment(self) -> Flow:
        """A moment: the list gives those that may be it, and can't say that one is."""
        try:
            rows = yield from self._rows("get_moment_list", filter_type=0)
        except _Unread as exc:
            return _open(str(exc))
        sent = {"text": self._attempt.body.get("text") or {}}
        found = [
            Candidate(row["moment_id"], _seconds(row.get("create_time")) or 0, "the same text")
            for row in rows
            if likeness(sent, {"text": row.get("text") or {}}).verdict == "same"
        ]
        return _open(
            "a moment is made by a job that may take a day and whose id no call gives again, and the list shows "
            "pictures by other ids than those that were sent",
            found,
        )

    def task(self) -> Flow:
        """A mass message."""
        asked = self._clock()
        chat_type = self._attempt.body.get("chat_type", OPERATIONS[CREATE].defaults["chat_type"])
        try:
            rows = yield from self._rows(
                "get_groupmsg_list_v2", chat_type=chat_type, filter_type=0, limit=100
            )
        except _Unread as exc:
            return _open(str(exc))
        matches: list[Candidate] = []
        doubtful: list[Candidate] = []
        for row in rows:
            content = self._content(row)
            if content is None:
                continue
            targets = yield from self._targets(row["msgid"])
            if targets is None:
                continue
            (has_content, why), (has_targets, about) = content, targets
            candidate = Candidate(row["msgid"], _seconds(row.get("create_time")) or 0, f"{why}; {about}")
            (matches if has_content and has_targets else doubtful).append(candidate)
        return self._verdict(len(rows), matches, doubtful, asked)

    def _verdict(
        self, seen: int, matches: list[Candidate], doubtful: list[Candidate], asked: float
    ) -> Reconciliation:
        both = [*matches, *doubtful]
        if self._skew is not None and abs(self._skew) > self._margin:
            off = f"this machine's clock and WeCom's are {abs(self._skew):.0f} s apart"
            return _open(f"{off}, so that the time of a task says nothing", both)
        if len(matches) == 1 and not doubtful:
            (one,) = matches
            return Reconciliation("sent", one.msgid, (), f"task {one.msgid}: {one.why}")
        if len(matches) > 1:
            return _open(f"{len(matches)} tasks have its content, its time and its recipients", both)
        if doubtful:
            number = "1 task" if len(doubtful) == 1 else f"{len(doubtful)} tasks"
            return _open(f"{number} may be it: {doubtful[0].why}", both)
        wait = self._ended + self._settle - asked
        if wait > 0:
            return _open(
                f"nothing is like it, and it is too early to be sure: ask again in {math.ceil(wait)} s"
            )
        if self._skew is None:
            return _open(
                "nothing is like it, but the answer has no Date by which to check this machine's clock"
            )
        return Reconciliation("not sent", None, (), f"of the tasks of that time ({seen}) none is like it")

    def _content(self, row: dict[str, Any]) -> Verdict | None:
        """Whether a listed task is the message in everything but its recipients, and why; None where it is another."""
        if row["msgid"] in (self._known or ()):
            return None
        if row.get("create_type", 0) != 0 or "creator" in row:  # a person made it
            return None
        like = likeness(self._attempt.body, row)
        if like.verdict != "same":
            return (False, like.why) if like.verdict == "open" else None
        made = _seconds(row.get("create_time"))
        if made is None:
            return False, "its time can't be read"
        away = max(self._start - made, made - self._end)
        if away > 0:
            # A clock that was wrong then and is right now shows in nothing but this.
            return False, f"it has the content, and was made {away} s before or after its time"
        return True, like.why

    def _targets(self, msgid: str) -> Generator[Ask, Response[Any], Verdict | None]:
        targets = Targets(self._attempt.body, others_known=self._known is not None)
        try:
            return (yield from targets.compare(msgid, self._pages_of, self._customers_of))
        except _Unread as exc:
            return False, str(exc)
        except WeComError as exc:
            code = getattr(exc, "errcode", None)
            told = f"errcode {code}" if code is not None else type(exc).__name__
            return False, f"its recipients can't be read ({told})"

    @property
    def _start(self) -> int:
        return max(0, math.floor(self._began - self._margin))

    @property
    def _end(self) -> int:
        # What was on its way when the attempt was given up may have been taken a little later.
        return math.ceil(self._ended + max(self._margin, self._settle))

    def _rows(self, operation: str, **fields: Any) -> Reading:
        """All rows of a list over the time of the attempt, as plain data."""
        around = max(DRIFT, self._margin)
        latest = min(math.ceil(self._ended + around), math.ceil(self._clock()))
        period = {
            "start_time": max(0, math.floor(self._began - around)),
            "end_time": max(self._end, latest),
        }
        try:
            return (yield from self._pages_of(operation, {**period, **fields}))
        except WeComError as exc:
            raise _Unread(f"{operation} can't be read: {exc}") from exc

    def _pages_of(
        self, operation: str, fields: dict[str, Any], enough: Callable[[list[Any]], bool] | None = None
    ) -> Reading:
        """The rows of all pages as plain data; only those up to a page that is ``enough``."""
        walk = Walk(TABLE[operation], fields)
        rows: list[dict[str, Any]] = []
        while walk.body is not None:
            self._pages += 1
            if self._pages > PAGES:
                raise _Unread(f"{operation} has no end within the {PAGES} pages that are read")
            answer = yield Ask(TABLE[operation], walk.body)
            self._read_clock(answer)
            fresh = [row.to_dict() for row in walk.take(answer.parsed)]
            rows += fresh
            if enough is not None and enough(fresh):
                break
        return rows

    def _customers_of(self, userid: str) -> Reading:
        """The customers of a member."""
        answer = yield Ask(TABLE["externalcontact_list"], {"userid": userid})
        return list(answer.parsed.external_userid)

    def _read_clock(self, answer: Response[Any]) -> None:
        """How far WeCom's clock is from this machine's, by the header of an answer that has just come."""
        try:
            date = parsedate_to_datetime(answer.headers.get("date", ""))
        except (TypeError, ValueError, OverflowError):  # the last one of a number that no clock shows
            return
        if date.tzinfo is None:  # it would be taken for this machine's own
            return
        skew = date.timestamp() - self._clock()
        if self._skew is None or abs(skew) > abs(self._skew):
            self._skew = skew


def _open(reason: str, candidates: Iterable[Candidate] = ()) -> Reconciliation:
    return Reconciliation("can't tell", None, tuple(candidates), reason)


def _seconds(value: Any) -> int | None:
    """A time as the list gives it: a number, or a text with one."""
    if type(value) is int:
        return value
    return (
        int(value)
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 12
        else None
    )
