"""Everything that can go wrong with a call, as a tree that can be caught at the level that matters.

::

    WeComError
    ├── InvalidRequest (ValueError)         refused here: the contract says no; nothing was sent
    │   ├── AudienceNotConfirmed            keeps the contract, but reaches everyone and to_all=True is missing
    │   └── KeyReused                       its key stands for another request in the journal
    ├── JournalError                        the journal can't be used, so nothing was sent
    ├── RefusedError                        WeCom answered with an errcode other than 0
    │   ├── CredentialError                 corpid, secret or token is no good
    │   ├── PermissionDenied                the app or the member has no right to this
    │   ├── FrequencyLimited                too many calls
    │   ├── InvalidArgument                 a value that WeCom doesn't take
    │   ├── AudienceError                   nobody who can be sent to
    │   │   └── NoCustomers                 the member has no such customer, or none at all: as good as an empty list
    │   ├── MediaError                      a media_id or file that is no good
    │   ├── TaskDispatching                 the task is still being handed out: ask again later
    │   │   └── TaskNotFound                no such task; soon after its creation, one that is still being handed out
    │   ├── TaskCancelled                   the task was cancelled
    │   ├── ConfigurationError              something in the admin console or the app's settings
    │   ├── Busy                            the system is busy
    │   │   └── BusyOutcomeUnknown          … and the write may have had an effect (also an OutcomeUnknown)
    │   └── RefusedOutcomeUnknown           the same for any other code (also an OutcomeUnknown)
    ├── ResultsNotReady (TimeoutError)      a task was not done within the time that was given to wait for it
    ├── MalformedAnswer                     bytes came back that are no answer of this API
    └── CallFailed                          no answer came back
        ├── NotSent                         the request had not left: safe to repeat
        │   └── InProgress                  another call with the same key is on its way
        ├── NoAnswer                        a reading call left and got no answer: safe to repeat
        ├── OutcomeUnknown                  a write left, and nobody knows what became of it: don't repeat blindly
        └── DeadlineExceeded (TimeoutError) the deadline passed; always one of the three above as well

One promise holds for every operation that writes: if the call may have had an effect, the exception is an
`OutcomeUnknown`. Any other `WeComError` means that nothing happened.

Every error says by `retry` whether the same call may be made again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from wecom_contract import Violation
    from wecom_openapi.reconciliation.attempt import Attempt
    from wecom_openapi.results import TaskResults

Effect = Literal["none", "unknown"]
Retry = Literal["never", "later"]


class Outcome(StrEnum):
    """What became of a call."""

    DONE = "done"
    """WeCom said that it is done. No error has this outcome; it is for whoever keeps a record of calls."""
    REFUSED = "refused"
    """WeCom said no. Nothing happened."""
    NOT_SENT = "not sent"
    """The request never left. Nothing happened, and it may be sent again."""
    UNKNOWN = "unknown"
    """It left, and no answer came that could be read. A call that only reads has changed nothing all the same."""


class WeComWarning(UserWarning):
    """Something that a caller should know of, though the call went on."""


class IgnoredFieldWarning(WeComWarning):
    """A field of the request will be ignored by WeCom."""


class JournalWarning(WeComWarning):
    """An outcome could not be written into the journal, or the journal doesn't know all of one."""


class WeComError(Exception):
    """The root. Every exception of this package that is about a call is one.

    All attributes have defaults, so that the errors survive `copy` and `pickle`.
    """

    operation: str | None = None
    """The operation that went wrong: of `gettoken`, where the token could not be had."""
    retry: Retry = "never"
    """Whether the same call may be made again as it is: ``later``, after a pause, or ``never``, because it would give
    the same or may have had an effect already. What a new token could mend was tried before an error is raised."""
    outcome: Outcome = Outcome.UNKNOWN
    """What became of the call that raised it. Only of one that reads it is `Outcome.UNKNOWN` without this being an
    `OutcomeUnknown`."""
    pause: float = 0.0
    """Seconds before which the same call would end in the same way."""
    fault: str = ""
    """How the call broke, by the name that it has in the contract (docs/reference/faults.md); empty where WeCom has
    refused it or it was never made."""
    attempts: int = 1
    """How often the call was made; see ``retries`` of `WeCom`. 0 where another with its key has no outcome yet."""

    def __init__(self, message: str = "", **attributes: Any) -> None:
        super().__init__(message)
        for name, value in attributes.items():
            setattr(self, name, value)


class InvalidRequest(WeComError, ValueError):
    """The request breaks the contract. Nothing was sent."""

    outcome: Outcome = Outcome.NOT_SENT

    violations: Sequence[Violation] = ()
    """Every broken rule at once, in the order of the body."""


class AudienceNotConfirmed(InvalidRequest):
    """The request keeps the contract, but would reach everyone, and the call didn't say ``to_all=True``."""

    confirm: str = ""
    """The flag to set to mean it."""


class KeyReused(InvalidRequest):
    """In the journal the key of this call stands for another one: another body, operation or server."""


class JournalError(WeComError):
    """The journal is locked, read-only, full, damaged, out of reach, or of a newer version. Nothing was sent."""

    outcome: Outcome = Outcome.NOT_SENT


class RefusedError(WeComError):
    """WeCom answered with an errcode other than 0."""

    outcome: Outcome = Outcome.REFUSED

    errcode: int = 0
    errmsg: str = ""
    """WeCom's own text. For people: it changes without notice, so never decide by it."""
    hint: str | None = None
    """The id out of ``hint: [...]``, which WeCom's support asks for."""
    page: str = ""
    """The vendor's page about the operation."""
    effect: Effect = "none"
    """Whether the request can have had an effect all the same."""
    meaning: str = ""
    meaning_zh: str = ""
    action: str = ""
    """What to do about it; empty where nothing general can be said."""
    action_zh: str = ""


class CredentialError(RefusedError):
    """The corpid, the secret or the token is no good. A dead token was already renewed once."""


class PermissionDenied(RefusedError):
    """The app or the member has no right to this."""


class FrequencyLimited(RefusedError):
    """Too many calls. The request was not processed: repeat it after a pause of about the window."""


class InvalidArgument(RefusedError):
    """A value that WeCom doesn't take. Repeating it gives the same."""


class AudienceError(RefusedError):
    """Nobody who can be sent to: no customers, none of them valid, or all over their quota."""


class NoCustomers(AudienceError):
    """The member has no such customer, or no customers at all. Where customers were asked for, that is an empty list
    rather than a fault; where one was named, the two are no contacts."""


class MediaError(RefusedError):
    """A media_id or file that is no good: expired after three days, of another type, or uploaded the wrong
    way."""


class TaskDispatching(RefusedError):
    """The task is still being handed out to its members. Ask again later."""


class TaskNotFound(TaskDispatching):
    """There is no task of this msgid, or none yet: WeCom also says so of a task that is still being handed out.

    Soon after the creation ask again, and not without end: a msgid that is wrong stays unknown.
    """


class TaskCancelled(RefusedError):
    """The task was cancelled. That is final."""


class ConfigurationError(RefusedError):
    """Something in the admin console or in the app's settings has to be changed first."""


class Busy(RefusedError):
    """The system is busy."""


class MalformedAnswer(WeComError):
    """Bytes came back that are no answer of this API: HTML, broken JSON, an errcode that is no integer, too
    much.

    Raised as it is for calls that only read. Where a write got such an answer it is the cause of an
    `OutcomeUnknown`.
    """

    retry: Retry = "later"
    reason: str = ""
    """What is wrong with the answer, in a few words."""
    status: int | None = None
    """The HTTP status; 200 says nothing at this API."""
    violations: Sequence[Violation] = ()
    """Where the envelope is fine and the rest of the answer breaks the contract: how."""
    answer: Mapping[str, Any] | None = None
    """The decoded answer, where there is one."""


class CallFailed(WeComError):
    """No answer came back."""

    reason: str = ""
    """What happened to the connection, in a few words."""


class NotSent(CallFailed):
    """The request had not left this machine, or was not processed. It is safe to repeat it."""

    retry: Retry = "later"
    outcome: Outcome = Outcome.NOT_SENT


class InProgress(NotSent):
    """Another call with the same key has not ended yet, here or elsewhere; later this one gives its outcome."""

    attempts: int = 0


class NoAnswer(CallFailed):
    """A call that only reads left this machine and got no answer. It is safe to repeat it."""

    retry: Retry = "later"


class OutcomeUnknown(CallFailed):
    """A write left this machine, and nobody knows what became of it.

    Do not send it again: WeCom has no idempotency key, so a second task would be a second message. Read the
    list of tasks or look into the admin console, then decide.
    """

    fingerprint: str = ""
    """SHA-256 of the body that was sent, in hex: tells in a log which request this was."""
    answer: Mapping[str, Any] | None = None
    """What could be read of the answer, where there was one."""
    attempt: Attempt | None = None
    """What was sent, and when: `WeCom.reconcile` finds out by it what became of it."""


class ResultsNotReady(WeComError, TimeoutError):
    """`wait_for_results` has waited as long as it was told to, and the task is not done. It goes on without us."""

    results: TaskResults | None = None
    """How far it had come when it was last seen."""


class DeadlineExceeded(CallFailed, TimeoutError):
    """The deadline of the whole call passed. Always a `NotSent`, a `NoAnswer` or an `OutcomeUnknown` as
    well."""


class NotSentInTime(NotSent, DeadlineExceeded):
    """The deadline passed before the request left."""


class NoAnswerInTime(NoAnswer, DeadlineExceeded):
    """The deadline passed before a reading call had its answer."""


class OutcomeUnknownInTime(OutcomeUnknown, DeadlineExceeded):
    """The deadline passed after a write had left and before its answer was there."""


class RefusedOutcomeUnknown(RefusedError, OutcomeUnknown):
    """WeCom refused a write with a code after which the write may have had an effect all the same."""

    outcome: Outcome = Outcome.UNKNOWN


class BusyOutcomeUnknown(Busy, RefusedOutcomeUnknown):
    """The system is busy (errcode -1), and the write may have had an effect all the same."""
