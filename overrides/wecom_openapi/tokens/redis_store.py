"""`RedisTokenStore`: one token for all processes and machines, and one of them at a time that asks for it.

Each process keeps the token in its own memory too and looks into Redis only where it has none: a call costs no look.
"""

from __future__ import annotations

import math
import secrets
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from wecom_openapi.frames import frameless
from wecom_openapi.tokens.redis_address import parse
from wecom_openapi.tokens.redis_link import CLAIM, DISCARD, LOOK, RELEASE, SAVE, RedisLink, Standing
from wecom_openapi.tokens.store import Claim, MemoryTokenStore

_T = TypeVar("_T")


class RedisTokenStore:
    """Keeps tokens in Redis, for all processes and machines that share it, for `WeCom` and `AsyncWeCom` alike.

    ::

        store = RedisTokenStore("rediss://:password@redis.example.com:6379/0")
        with WeCom(corpid, corpsecret, token_store=store) as wecom:
            ...

    Where a token ends, one process asks WeCom for the next, and the others wait for that. It holds a lease
    meanwhile, which ends by itself, so that a process that died stops nobody for long. Where Redis is down or slow
    each process goes on with tokens of its own: a `WeComWarning` says so, at later times a log record of
    ``wecom_openapi.redis``, and no call fails for it. Redis is left alone for ``rest`` seconds then, and used again
    when it answers.

    The tokens stand in Redis in plain: who can read it can call WeCom as your app, until they end. Their keys are
    hashes, and no corp's secret gets there.

    Args:
        url: ``redis://user:password@host:6379/0``, ``rediss://…`` for TLS, or ``unix:///path?db=0``. It is looked
            at once, here.
        prefix: what the names of all keys begin with.
        timeout: seconds for each answer of Redis.
        lease: seconds that one process has for asking WeCom, before another one may.
        rest: seconds that Redis is left alone after it failed.

    Raises:
        ValueError, TypeError: an argument makes no sense; or Redis is there and refuses the password, the database or
            the right to write, or there is no such host. Says which, without the password.
    """

    @frameless
    def __init__(
        self,
        url: str,
        *,
        prefix: str = "wecom",
        timeout: float = 0.25,
        lease: float = 10.0,
        rest: float = 5.0,
    ) -> None:
        if not isinstance(url, str):
            raise TypeError(f"Redis URL: a string is needed, not {type(url).__name__}")
        address = parse(url)
        if isinstance(address, str):
            raise ValueError(address)
        for name, value in (("timeout", timeout), ("lease", lease), ("rest", rest)):
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                raise TypeError(f"{name}: a number of seconds is needed, not {type(value).__name__}")
            if not (math.isfinite(value) and value >= 0.001):
                raise ValueError(
                    f"{name}: a finite number of seconds, at least 0.001, is needed, not {value!r}"
                )
        self._lease = lease
        self._near = MemoryTokenStore()
        # One look at a time: the second to come finds what the first has found.
        self._looking = threading.Lock()
        self._redis = RedisLink(address, prefix, timeout, rest)

    def __repr__(self) -> str:
        return f"<RedisTokenStore at {self._redis.shown}>"

    def near(self, key: str) -> str | None:
        """The token that this process has already."""
        return self._near.load(key)

    def load(self, key: str) -> str | None:
        """See `TokenStore.load`."""
        token = self.near(key)
        if token is None:
            with self._looking:
                token = self.near(key)
                if token is None:
                    token = self._learn(key, self._redis.ask(LOOK, key))
        return token

    def save(self, key: str, token: str, seconds: float) -> None:
        """See `TokenStore.save`. In Redis another token that stands there by now is left."""
        self.keep(key, "", token, seconds)

    def discard(self, key: str, token: str) -> None:
        """See `TokenStore.discard`."""
        if self.near(key) in (None, token):  # else somebody here has done it, and got another one
            self._near.discard(key, token)
            self._redis.ask(DISCARD, key, token)

    def claim(self, key: str) -> Claim:
        """See `SharedTokenStore.claim`."""
        token = self.near(key)
        if token is not None:
            return Claim(token)
        owner = secrets.token_hex(16)
        found = self._redis.ask(CLAIM, key, owner, _milliseconds(self._lease))
        if found is None:  # without Redis each process asks for itself
            return Claim(lease=RedisLease(self, key, ""))
        if found.granted:
            return Claim(lease=RedisLease(self, key, owner))
        return Claim(self._learn(key, found))

    def for_tasks(self) -> TaskStore:
        """The same store for an event loop: what has to ask Redis does so in a thread."""
        return TaskStore(self)

    def keep(self, key: str, owner: str, token: str, seconds: float) -> str:
        """Save a token under the lease of ``owner``, which ends by that; returns the one that stands now."""
        self._near.save(key, token, seconds)
        found = self._redis.ask(SAVE, key, owner, token, _milliseconds(seconds))
        if found is None or found.token == token:
            return token
        return self._learn(key, found) or token

    def give_up(self, key: str, owner: str) -> None:
        """End the lease of ``owner``, if it hasn't ended."""
        self._redis.ask(RELEASE, key, owner)

    def _learn(self, key: str, found: Standing | None) -> str | None:
        if found is None or found.token is None:
            return None
        if found.seconds > 0:
            self._near.save(key, found.token, found.seconds)
        return found.token


class RedisLease:
    """The right of one process to ask WeCom for a token.

    Args:
        store: where the token goes.
        key: the token's.
        owner: who holds the lease; empty where nobody gave any, because Redis is down.
    """

    def __init__(self, store: RedisTokenStore, key: str, owner: str) -> None:
        self._store = store
        self._key = key
        self._owner = owner

    def save(self, token: str, seconds: float) -> str:
        """See `Lease.save`."""
        owner, self._owner = self._owner, ""
        return self._store.keep(self._key, owner, token, seconds)

    def release(self) -> None:
        """See `Lease.release`."""
        owner, self._owner = self._owner, ""
        if owner:
            self._store.give_up(self._key, owner)


class TaskStore:
    """A `RedisTokenStore` for tasks."""

    def __init__(self, store: RedisTokenStore) -> None:
        self._store = store

    def load(self, key: str) -> Any:
        """See `TokenStore.load`."""
        return self._store.near(key) or _in_thread(lambda: self._store.load(key))

    def save(self, key: str, token: str, seconds: float) -> Any:
        """See `TokenStore.save`."""
        return _in_thread(lambda: self._store.save(key, token, seconds))

    def discard(self, key: str, token: str) -> Any:
        """See `TokenStore.discard`."""
        return _in_thread(lambda: self._store.discard(key, token))

    async def claim(self, key: str) -> Claim:
        """See `SharedTokenStore.claim`."""
        token, lease = await _in_thread(lambda: self._store.claim(key))
        return Claim(token, None if lease is None else TaskLease(lease))

    def __repr__(self) -> str:
        return repr(self._store)


class TaskLease:
    """A `RedisLease` for tasks."""

    def __init__(self, lease: Any) -> None:
        self._lease = lease

    def save(self, token: str, seconds: float) -> Any:
        """See `Lease.save`."""
        return _in_thread(lambda: self._lease.save(token, seconds))

    def release(self) -> Any:
        """See `Lease.release`."""
        return _in_thread(self._lease.release)


async def _in_thread(function: Callable[[], _T]) -> _T:
    from anyio.to_thread import run_sync

    return await run_sync(function)


def _milliseconds(seconds: float) -> int:
    return max(1, int(seconds * 1000))
