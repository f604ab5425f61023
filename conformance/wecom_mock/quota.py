"""How often a customer or group may be written to, per natural day, week or month in China's time zone."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, MutableMapping
from datetime import date, timedelta
from functools import lru_cache

from attrs import define, field

from .settings import QuotaPolicy

_CHINA_SECONDS, _DAY_SECONDS = 8 * 3600, 24 * 3600


def period(policy: QuotaPolicy, now: float) -> tuple[str, int | None]:
    """The running period and how many messages it allows.

    Args:
        policy: see :class:`~wecom_mock.settings.Settings`.
        now: Unix time in seconds.

    Returns:
        A name that is equal for all moments of one period, and the limit (``None``: no limit).
    """
    return _period(policy, int((now + _CHINA_SECONDS) // _DAY_SECONDS))


@lru_cache(maxsize=64)
def _period(policy: QuotaPolicy, number: int) -> tuple[str, int | None]:
    """The same of a day in China, counted from the first one of Unix time."""
    day = date(1970, 1, 1) + timedelta(days=number)
    year, week, _ = day.isocalendar()
    match policy:
        case "days-of-month":
            return f"{day:%Y-%m}", calendar.monthrange(day.year, day.month)[1]
        case "per-month-4":
            return f"{day:%Y-%m}", 4
        case "per-week-7":
            return f"{year}-W{week}", 7
        case "per-day-1":
            return day.isoformat(), 1
        case "unlimited":
            return "", None


@define
class Ledger:
    """Who received how many messages in which period."""

    counts: MutableMapping[tuple[str, str], int] = field(factory=dict)

    def used_up(self, target: str, policy: QuotaPolicy, now: float) -> bool:
        """Whether the target may not be written to any more in the running period."""
        return self.all_used_up((target,), policy, now)

    def all_used_up(self, targets: Iterable[str], policy: QuotaPolicy, now: float) -> bool:
        """Whether none of the targets may be written to any more in the running period."""
        name, limit = period(policy, now)
        if limit is None:
            return False
        counts = self.counts
        for target in targets:
            if counts.get((target, name), 0) < limit:
                return False
        return True

    def used(self, target: str, policy: QuotaPolicy, now: float) -> int:
        """How many messages the target got in the running period."""
        return self.counts.get((target, period(policy, now)[0]), 0)

    def fill(self, target: str, policy: QuotaPolicy, now: float) -> int | None:
        """Use up what is left of the running period; the limit, ``None`` (and nothing done) where there is none."""
        name, limit = period(policy, now)
        if limit is not None:
            self.counts[target, name] = max(limit, self.counts.get((target, name), 0))
        return limit

    def empty(self, target: str, policy: QuotaPolicy, now: float) -> None:
        """Forget what the target got in the running period."""
        self.counts.pop((target, period(policy, now)[0]), None)

    def count(self, target: str, policy: QuotaPolicy, now: float) -> None:
        """Note one message that reached the target."""
        name, _ = period(policy, now)
        self.counts[target, name] = self.counts.get((target, name), 0) + 1
