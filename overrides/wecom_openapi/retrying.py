"""Decides whether a call is made again, and when: without input or output, so that sync and async share it.

What may be repeated stands in the contract; here it is only kept. A write that may have had its effect is never
repeated, unless the contract calls that safe.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from wecom_openapi.call import Call
from wecom_openapi.deadline import Exchange
from wecom_openapi.errors import Outcome, OutcomeUnknown, WeComError
from wecom_openapi.outcome import is_safe

if TYPE_CHECKING:
    from attrs import Attribute

_LOG: Final = logging.getLogger("wecom_openapi")


def _seconds(instance: Retries, attribute: Attribute[float], value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{attribute.name}: a number of seconds is needed, not {type(value).__name__}")
    if not (math.isfinite(value) and value >= 0):
        raise ValueError(f"{attribute.name}: a finite number of seconds is needed, not {value!r}")


def _times(instance: Retries, attribute: Attribute[int], value: Any) -> None:
    if type(value) is not int:
        raise TypeError(f"retries: a number or a Retries is needed, not {type(value).__name__}")
    if value < 0:
        raise ValueError(f"retries: 0 for none, or a number above, not {value!r}")


@frozen
class Retries:
    """How often a call is made again that may be, and how long the pauses are.

    Each pause is drawn at random between none and a longest one, which doubles from pause to pause: clients that were
    cut off together don't come back together.

    Args:
        times: how often at most, after the first time; 0 is never.
        first: seconds that the first pause may take.
        longest: seconds that no pause is longer than, unless WeCom asks for more.

    Raises:
        TypeError, ValueError: an argument makes no sense; says which.
    """

    times: int = field(default=2, validator=_times)
    first: float = field(default=0.5, validator=_seconds)
    longest: float = field(default=8.0, validator=_seconds)

    @classmethod
    def of(cls, given: Any) -> Retries:
        """What a caller gave as ``retries``: one of these, or a number of times."""
        return given if isinstance(given, Retries) else cls(given)


class Repetition:
    """The attempts of one call.

    Args:
        call: what is being done.
        exchange: how long it may take: one deadline for all attempts.
        retries: how often, and after which pauses.
    """

    def __init__(self, call: Call[Any], exchange: Exchange, retries: Retries) -> None:
        self._call = call
        self._exchange = exchange
        self._retries = retries
        self._failures: list[WeComError] = []

    def after(self, failure: WeComError) -> float | None:
        """What to do after an attempt has failed: so many seconds of pause and then another one, or None for no more.

        Raises:
            OutcomeUnknown: there is no more to do, and an earlier attempt may have had its effect.
        """
        self._failures.append(failure)
        number = len(self._failures)
        if number <= self._retries.times and self._may_repeat(failure):
            pause = failure.pause + _drawn(self._retries, number)
            if pause < self._exchange.remaining:
                name = self._call.operation.id
                _LOG.info("%s: attempt %d: %s; the next one in %.2f s", name, number, _told(failure), pause)
                return pause
        # Forgotten here: an error that holds on to what holds on to it stays until somebody collects garbage.
        failures, self._failures = self._failures, []
        truth = _conclusion(failures)
        if truth is not failure:
            raise truth
        return None

    def _may_repeat(self, failure: WeComError) -> bool:
        if failure.retry != "later":
            return False
        return failure.outcome is Outcome.NOT_SENT or is_safe(self._call)


def _conclusion(failures: Sequence[WeComError]) -> WeComError:
    """The error that all attempts together have come to: that of the last, unless an earlier one may have had its
    effect and the last one hadn't."""
    *before, last = failures
    truth = last
    if not isinstance(last, OutcomeUnknown):
        truth = next((each for each in before if isinstance(each, OutcomeUnknown)), last)
    truth.attempts = len(failures)
    for number, each in enumerate(failures, 1):
        if each is not truth:
            truth.add_note(f"attempt {number} of {len(failures)}: {_told(each)}")
    return truth


def _drawn(retries: Retries, number: int) -> float:
    """Seconds of the pause after so many attempts."""
    # Most calls succeed, so it is imported with the first one that doesn't.
    from tenacity import RetryCallState, Retrying, wait_random_exponential

    state = RetryCallState(Retrying(), None, (), {})
    state.attempt_number = number
    return wait_random_exponential(multiplier=retries.first, max=retries.longest)(state)


def _told(failure: WeComError) -> str:
    """An error in a few words, without anything that came over the wire."""
    code = getattr(failure, "errcode", None)
    return f"{type(failure).__name__} ({failure.fault or f'errcode {code}'})"
