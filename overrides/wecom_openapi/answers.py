"""From a decoded answer to the error or the success that it is."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from wecom_client.errors import InvalidData
from wecom_client.wire import Operation, ResponseT
from wecom_contract import ENVELOPE, OPERATIONS, Violation, check_response, errcode, faults
from wecom_openapi import errors
from wecom_openapi.bounded import malformed
from wecom_openapi.errors import MalformedAnswer, RefusedError, WeComWarning
from wecom_openapi.redaction import mask

if TYPE_CHECKING:
    from wecom_openapi.envelope import Answer

_BY_CATEGORY: Final[Mapping[str, type[RefusedError]]] = {
    "busy": errors.Busy,
    "credential": errors.CredentialError,
    "permission": errors.PermissionDenied,
    "frequency": errors.FrequencyLimited,
    "argument": errors.InvalidArgument,
    "audience": errors.AudienceError,
    "no-customers": errors.NoCustomers,
    "media": errors.MediaError,
    "dispatching": errors.TaskDispatching,
    "task-unknown": errors.TaskNotFound,
    "cancelled": errors.TaskCancelled,
    "configuration": errors.ConfigurationError,
}

_HINT: Final = re.compile(r"hint: ?\[([^\]]{1,100})\]")
_LONGEST: Final = 500


def accept(operation: str, answer: Answer, secrets: Callable[[], Sequence[str]] = tuple) -> Answer:
    """Judge a decoded answer.

    Args:
        operation: the operation that it answers.
        answer: an envelope with an integer errcode, as `wecom_openapi.envelope.decode` gives it.
        secrets: gives the values that must not show up in the text of an error or a warning.

    Returns:
        The answer of a success.

    Raises:
        RefusedError: the errcode is not 0.
        MalformedAnswer: the errcode is 0 and the rest breaks the contract: a msgid is missing, a list is a
            string.
    """
    if answer[ENVELOPE.code] != ENVELOPE.ok:
        raise refusal(operation, answer, *secrets())
    violations = check_response(operation, answer, read=True)
    if violations:
        raise broken(
            operation, malformed(_first(violations), "incomplete"), violations=violations, answer=answer
        )
    message = answer.get(ENVELOPE.message)
    if message not in ("ok", "", None):  # some answers have an empty errmsg
        text = mask(str(message), *secrets())
        answer[ENVELOPE.message] = text  # it stays with the answer
        text = text[:_LONGEST]
        warnings.warn(f"{operation} succeeded, and WeCom says: {text}", WeComWarning, stacklevel=2)
    return answer


def model(operation: Operation[ResponseT], answer: Answer) -> ResponseT:
    """The answer of a success as its model.

    Raises:
        MalformedAnswer: the model can't hold it.
    """
    try:
        return operation.parse(answer)
    except InvalidData as exc:
        raise broken(operation.id, malformed(str(exc), "incomplete"), answer=answer) from None


def refusal(operation: str, answer: Answer, *secrets: str) -> RefusedError:
    """The error for an answer whose errcode is not 0."""
    code: int = answer[ENVELOPE.code]
    message = answer.get(ENVELOPE.message)
    errmsg = mask(message[:_LONGEST], *secrets) if isinstance(message, str) else ""
    entry = errcode(code, operation)
    known = OPERATIONS.get(operation)
    page = known.page if known is not None else ""
    cls = _BY_CATEGORY.get(entry.category, RefusedError)
    if entry.effect == "unknown":
        cls = errors.BusyOutcomeUnknown if cls is errors.Busy else errors.RefusedOutcomeUnknown
    found = _HINT.search(errmsg)
    hint = found[1] if found else None
    text = [f"{operation} was refused: errcode {code}"]
    text.append(f" ({entry.en or entry.zh})" if entry.en or entry.zh else " (not in the vendor's table)")
    text.append(f": {errmsg!r}" if errmsg else "")
    text.append(
        ". Nothing happened"
        if entry.effect == "none"
        else f". It may have had an effect all the same, and may be repeated: {known.repeat.en.rstrip('.')}"
        if known is not None and known.repeat.safe
        else ". It may have had an effect all the same: do not send it again before you have looked"
    )
    text.append(f". What to do: {entry.action}" if entry.action else "")
    text.append(f". See {page}" if page else "")
    return cls(
        "".join(text),
        operation=operation,
        errcode=code,
        errmsg=errmsg,
        hint=hint,
        page=page,
        effect=entry.effect,
        # What a new token could mend was tried before this is raised. Who looped on "now" would never end.
        retry="never" if entry.retry == "now" else entry.retry,
        pause=float(entry.pause),
        meaning=entry.en,
        meaning_zh=entry.zh,
        action=entry.action,
        action_zh=entry.action_zh,
    )


def broken(
    operation: str,
    cause: MalformedAnswer,
    *,
    status: int | None = None,
    violations: Sequence[Violation] = (),
    answer: Mapping[str, Any] | None = None,
) -> MalformedAnswer:
    """``cause`` tied to its operation."""
    return MalformedAnswer(
        f"the answer to {operation} can't be read: {cause.reason}",
        operation=operation,
        reason=cause.reason,
        status=status if status is not None else cause.status,
        fault=cause.fault,
        retry=faults()[cause.fault].retry,
        violations=tuple(violations),
        answer=answer,
    )


def _first(violations: Sequence[Violation]) -> str:
    more = f" (and {len(violations) - 1} more)" if len(violations) > 1 else ""
    return f"{violations[0].message}{more}"
