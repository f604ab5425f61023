"""What is said to Redis about tokens, and how to do without it where it can't be had.

Each look is one script over a connection of its own: looks are hours apart, and a connection that was idle for so
long may be dead without anybody telling.
"""

from __future__ import annotations

import logging
import re
import socket
import ssl
import threading
import time
import warnings
from typing import Any, Final, NamedTuple

from wecom_openapi.circuit import Circuit
from wecom_openapi.errors import WeComWarning
from wecom_openapi.redaction import Secret, mask, remember
from wecom_openapi.tokens.redis_address import RedisAddress

try:
    import redis.exceptions
    from redis.backoff import NoBackoff
    from redis.retry import Retry
except ModuleNotFoundError as exc:
    raise ModuleNotFoundError(
        "RedisTokenStore needs more: pip install 'wecom-openapi[redis]'", name=exc.name
    ) from None

_LOG: Final = logging.getLogger("wecom_openapi.redis")
_TOKEN: Final = re.compile(rb"[\x21-\x7e]{1,4096}")

# KEYS are the token's and the lease's. A token is cut where it is longer than any, so that no answer is.
LOOK: Final = "return {redis.call('GETRANGE', KEYS[1], 0, 4096), redis.call('PTTL', KEYS[1])}"
CLAIM: Final = """
local token = redis.call('GETRANGE', KEYS[1], 0, 4096)
if token ~= '' then return {token, redis.call('PTTL', KEYS[1])} end
if redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2]) then return {'', 1} end
return {'', 0}
"""
# Who holds no lease (any more) overwrites nothing: the token that stands there is a newer one.
SAVE: Final = """
local mine = redis.call('GET', KEYS[2]) == ARGV[1]
if mine then redis.call('DEL', KEYS[2]) end
if mine or redis.call('EXISTS', KEYS[1]) == 0 then redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end
return {redis.call('GETRANGE', KEYS[1], 0, 4096), redis.call('PTTL', KEYS[1])}
"""
DISCARD: Final = "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end return {'', 0}"
RELEASE: Final = "if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('DEL', KEYS[2]) end return {'', 0}"
_TRY: Final = "redis.call('SET', KEYS[2], ARGV[1], 'PX', 1) redis.call('DEL', KEYS[2]) return {'', 0}"

# What passes by itself, and is no reason to refuse an address.
_PASSING: Final = (
    redis.exceptions.ClusterDownError,
    redis.exceptions.OutOfMemoryError,
    redis.exceptions.TryAgainError,
)


class Standing(NamedTuple):
    """What stands in Redis."""

    token: str | None
    seconds: float
    """How long it will stand there."""
    granted: bool = False
    """Whether the lease is the caller's now."""


class RedisLink:
    """Runs scripts on a Redis. Where that fails it is left alone for a while, and everybody goes on without.

    Args:
        address: where it is.
        prefix: what the names of all keys begin with.
        timeout: seconds for each answer.
        rest: seconds that Redis is left alone after it failed.

    Raises:
        ValueError: Redis is there and refuses the password, the database or the right to write, or there is no such
            host.
    """

    def __init__(self, address: RedisAddress, prefix: str, timeout: float, rest: float) -> None:
        self.shown = address.shown
        self._options = _options(address, timeout)
        self._prefix = prefix
        self._timeout = timeout
        self._circuit = Circuit(rest)
        self._lock = threading.Lock()
        self._warned = False
        self._check()

    def ask(self, script: str, key: str, *arguments: str | int) -> Standing | None:
        """What a script answers; None where Redis can't be had."""
        with self._lock:  # the second to come then knows that Redis is down
            if not self._circuit.may_try:
                return None
            begun = time.monotonic()
            try:
                found = self._run(script, key, *arguments)
            except Exception as exc:  # noqa: BLE001 - whatever a broken server makes of the library
                self._failed(_told(exc))
                return None
            took = time.monotonic() - begun
            if took > 2 * self._timeout:  # it takes several answers to get one
                self._failed(f"it took {took:.2f} s to answer, with timeout={self._timeout:g}")
            elif self._circuit.worked():
                _LOG.info("Redis at %s answers again: tokens are shared", self.shown)
            return found

    def _run(self, script: str, key: str, *arguments: str | int) -> Standing:
        # The braces keep both keys together in a Redis of several nodes.
        keys = [f"{self._prefix}:{{{key}}}:{what}" for what in ("token", "lease")]
        with redis.Redis(**self._options) as client:
            return _read(client.eval(script, len(keys), *keys, *arguments))

    def _failed(self, reason: str) -> None:
        if not self._circuit.failed():
            return
        text = (
            f"Redis at {self.shown} can't be used: {reason}. Until it can, each process has tokens of its own"
        )
        if self._warned:
            _LOG.warning("%s", text)
        else:
            self._warned = True
            warnings.warn(text, WeComWarning, stacklevel=2)

    def _check(self) -> None:
        refused: str | None = None
        try:
            self._run(_TRY, "check", "check")
        except Exception as exc:  # noqa: BLE001 - as above
            if _is_lasting(exc):
                refused = _told(exc)
            else:
                self._failed(_told(exc))
        if refused is not None:  # out of reach of the library's frames, which hold the password
            raise ValueError(f"Redis URL: Redis at {self.shown} can't be used: {refused}")


class _Credentials(redis.CredentialProvider):
    """User and password, out of sight of whoever prints the options."""

    def __init__(self, username: str | None, password: Secret) -> None:
        self._username = username
        self._password = password

    def get_credentials(self) -> tuple[str] | tuple[str, str]:
        password = self._password.reveal()
        return (password,) if self._username is None else (self._username, password)


def _options(address: RedisAddress, timeout: float) -> dict[str, Any]:
    options = address.options | {
        "protocol": 2,
        "retry": Retry(NoBackoff(), 0),
        "socket_connect_timeout": timeout,
        "socket_timeout": timeout,
    }
    if address.password is not None or address.username is not None:
        password = address.password or Secret("")
        remember(password.reveal())
        options["credential_provider"] = _Credentials(address.username, password)
    return options


def _read(answer: Any) -> Standing:
    """An answer of Redis, where anybody may have written."""
    token, number = answer
    if type(token) is not bytes or type(number) is not int:
        raise ValueError("the answer is none of a script of ours")
    if not token:
        return Standing(None, 0, granted=number == 1)
    if not _TOKEN.fullmatch(token):
        raise ValueError("what stands under the key is no token")
    return Standing(token.decode("ascii"), number / 1000)


def _is_lasting(exc: Exception) -> bool:
    """Whether a failure is about the address, and not about the moment."""
    known = redis.exceptions
    if isinstance(exc, (known.AuthenticationError, known.ResponseError, known.InvalidResponse)):
        return not isinstance(exc, _PASSING)
    cause: BaseException | None = exc
    while cause is not None:
        if isinstance(cause, (ssl.SSLError, UnicodeError)):
            return True
        if isinstance(cause, socket.gaierror):
            return cause.errno == socket.EAI_NONAME
        cause = cause.__cause__ or cause.__context__
    return False


def _told(exc: Exception) -> str:
    """What an exception says, in a line that has no secret."""
    text = "".join(char if char.isprintable() else " " for char in str(exc)[:1000])
    return f"{type(exc).__name__}: {mask(text)[:200]}"
