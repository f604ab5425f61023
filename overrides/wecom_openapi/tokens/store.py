"""Where access tokens are kept."""

from __future__ import annotations

import threading
import time
from collections.abc import Awaitable, Callable
from typing import NamedTuple, Protocol


class TokenStore(Protocol):
    """Where tokens are kept. The methods may be coroutines where only `AsyncWeCom` uses the store."""

    def load(self, key: str) -> str | None | Awaitable[str | None]:
        """The token under ``key``, or None where there is none or its time is over."""

    def save(self, key: str, token: str, seconds: float) -> None | Awaitable[None]:
        """Keep ``token`` for ``seconds``."""

    def discard(self, key: str, token: str) -> None | Awaitable[None]:
        """Forget ``token``, unless another one stands there by now."""


class Lease(Protocol):
    """The right to be the only one that asks for a token, among all processes and for a limited time."""

    def save(self, token: str, seconds: float) -> str | Awaitable[str]:
        """Keep ``token`` for ``seconds``; the lease ends by that.

        Returns:
            The token that stands now: another one, where the lease had ended before and somebody was faster.
        """
        raise NotImplementedError

    def release(self) -> None | Awaitable[None]:
        """Let the next one ask. Does nothing where the lease has ended."""


class Claim(NamedTuple):
    """What became of a wish to ask for a token. Where both are None, somebody else is asking: look again soon."""

    token: str | None = None
    """There is one by now."""
    lease: Lease | None = None
    """The one who wished is to ask."""


class SharedTokenStore(TokenStore, Protocol):
    """A store of several processes, one of which at a time asks for a new token. Two methods more, which may be absent
    from a `TokenStore`."""

    def claim(self, key: str) -> Claim | Awaitable[Claim]:
        """Wish to ask for the token under ``key``. Doesn't wait for others."""
        raise NotImplementedError

    def for_tasks(self) -> TokenStore:
        """The store for `AsyncWeCom`, where that needs another one."""
        raise NotImplementedError


class MemoryTokenStore:
    """Keeps tokens in this process.

    Args:
        clock: seconds, monotonic: a token's life must not depend on somebody setting the system's time.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._held: dict[str, tuple[str, float]] = {}
        self._lock = threading.Lock()

    def load(self, key: str) -> str | None:
        """See `TokenStore.load`."""
        held = self._held.get(key)
        return held[0] if held is not None and self._clock() < held[1] else None

    def save(self, key: str, token: str, seconds: float) -> None:
        """See `TokenStore.save`."""
        with self._lock:
            self._held[key] = (token, self._clock() + seconds)

    def discard(self, key: str, token: str) -> None:
        """See `TokenStore.discard`."""
        with self._lock:
            held = self._held.get(key)
            if held is not None and held[0] == token:
                del self._held[key]

    def __repr__(self) -> str:
        return f"<MemoryTokenStore of {len(self._held)}>"
