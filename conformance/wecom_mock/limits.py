"""How often one may call: counts per window of the clock, and who is shut out until when."""

from __future__ import annotations

from attrs import define, field

BAN_SECONDS = 3600.0
MINUTE, HOUR = 60.0, 3600.0


@define
class _Window:
    start: float
    count: int = 0
    blocked_until: float = 0.0


@define
class Limits:
    """Counts of calls by whatever they are counted for.

    Attributes:
        wrong_secrets: wrong secrets in a row that gettoken was asked with.
        banned_until: gettoken is refused until then (Unix seconds).
    """

    _windows: dict[tuple[str | int, ...], _Window] = field(factory=dict, init=False, repr=False)
    wrong_secrets: int = field(default=0, init=False)
    banned_until: float = field(default=0.0, init=False)

    def over(self, key: tuple[str | int, ...], limit: int, seconds: float, now: float) -> bool:
        """Count a call; whether it is one too many.

        Whoever goes over the limit is shut out for as long as the window is; calls meanwhile do not count.

        Args:
            key: what is counted.
            limit: how many calls a window may have.
            seconds: length of a window, which begins with its first call.
            now: Unix time in seconds.
        """
        window = self._windows.setdefault(key, _Window(now))
        if now < window.blocked_until:
            return True
        # A clock that was set back begins anew too.
        if not 0 <= now - window.start < seconds:
            window.start, window.count = now, 0
        window.count += 1
        if window.count > limit:
            window.start, window.count = now, 0
            window.blocked_until = now + seconds
            return True
        return False

    def wrong_secret(self, allowed: int | None, now: float) -> None:
        """Note a wrong secret; one more than ``allowed`` in a row bans the address for an hour."""
        self.wrong_secrets += 1
        if allowed is not None and self.wrong_secrets > allowed:
            self.wrong_secrets = 0
            self.banned_until = now + BAN_SECONDS

    def clear(self) -> None:
        """Forget every count and every ban."""
        self._windows.clear()
        self.wrong_secrets, self.banned_until = 0, 0.0
