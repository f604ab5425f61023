"""What changes of third-party apps while the mock runs: their tickets and their tokens."""

from __future__ import annotations

import math
from collections.abc import MutableMapping

from attrs import define, field


@define
class SuiteToken:
    """A suite_access_token: whose it is and until when (Unix seconds)."""

    value: str = field(repr=False)
    suite_id: str
    expires: float


@define
class SuiteTokens:
    """The tickets that were pushed, and the tokens that were handed out.

    Attributes:
        tickets: by suite_id: each ticket that was pushed, and until when it is good (Unix seconds).
        tokens: by value. Expired ones stay, since they get another answer than unknown ones.
    """

    tickets: MutableMapping[str, dict[str, float]] = field(factory=dict, repr=False)
    tokens: MutableMapping[str, SuiteToken] = field(factory=dict, repr=False)

    def push(self, suite_id: str, ticket: str, expires: float) -> None:
        """Note a new ticket of a suite."""
        self.tickets.setdefault(suite_id, {})[ticket] = expires

    def current(self, suite_id: str, now: float, seconds: int) -> tuple[str, int] | None:
        """The token of a suite and the seconds left, at most ``seconds``; None where it has none that is good."""
        for token in self.tokens.values():
            if token.suite_id == suite_id and now < token.expires:
                return token.value, min(seconds, math.ceil(token.expires - now))
        return None

    def revoke(self, suite_id: str | None) -> int:
        """Forget the tokens of a suite, or of all; how many it were."""
        gone = [value for value, token in self.tokens.items() if suite_id in (None, token.suite_id)]
        for value in gone:
            del self.tokens[value]
        return len(gone)

    def clear(self) -> None:
        """Forget everything."""
        self.tickets.clear()
        self.tokens.clear()
