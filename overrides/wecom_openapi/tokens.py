"""The access token: fetched once, kept, renewed when it is dead, for threads and tasks alike.

`TokenAuth` is an `httpx.Auth`, so a plain ``httpx.Client(auth=TokenAuth(...))`` can use it too. Its logic
is one generator without I/O; two short drivers run it for sync and for async.
"""

from __future__ import annotations

import copy
import hashlib
import inspect
import threading
from collections.abc import AsyncGenerator, Callable, Generator
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

import httpx

from wecom_contract import OPERATIONS, SERVER, check_response
from wecom_openapi import redaction
from wecom_openapi.answers import broken, refusal
from wecom_openapi.bounded import DEFAULT_LIMIT, ReadyStream, aread, malformed, read
from wecom_openapi.deadline import current
from wecom_openapi.envelope import CODE, OK, Answer, decode
from wecom_openapi.errors import MalformedAnswer, NotSent, WeComError
from wecom_openapi.redaction import Secret
from wecom_openapi.token_store import MemoryTokenStore, TokenStore
from wecom_openapi.wire import ANSWER, PATH, WireRequest

if TYPE_CHECKING:
    import anyio

DEAD_TOKEN_CODES: Final = frozenset({40001, 40014, 42001})
"""Refusals that mean a dead token: invalid, expired, and "invalid credential", which WeCom says of tokens
too."""

EARLY: Final = 60.0
"""Seconds before its end that a token is no longer used: twice the default deadline of a call, so that a
token that is good when a call starts is good when it ends."""

_EARLY_SHARE: Final = 0.1
# WeCom hands out the same token until it ends, so near its end a fresh one lives for seconds. With the full
# margin it would be fetched anew for every call of the last minute; a tenth of its life makes that a
# handful of times.

_GETTOKEN: Final = "gettoken"
_URLS: Final = 100


class _Lock(Enum):
    ACQUIRE = 1
    RELEASE = 2


_StoreCall = Callable[[TokenStore], Any]
_Step = httpx.Request | _Lock | _StoreCall
_Steps = Generator[_Step, Any, None]


class TokenAuth(httpx.Auth):
    """Adds the app's access token to requests, and renews it once where WeCom says that it is dead.

    Args:
        corpid: the corp.
        corpsecret: the app's secret; for an app developed on a corp's behalf its permanent code.
        base_url: requests to another origin are left alone, so the token goes nowhere else.
        store: where tokens are kept; in memory by default. Its key is a hash of base URL, corp and secret,
            so two apps never share a token.
        max_response_bytes: cap on a decoded answer.

    Raises (from the request that it is used for):
        RefusedError: WeCom refused to give a token, mostly as a `CredentialError`.
        MalformedAnswer: what came back instead of a token can't be read.
        NotSent: another call that was already asking for the token could not reach WeCom.

    Source: https://developer.work.weixin.qq.com/document/path/91039
    """

    def __init__(
        self,
        corpid: str,
        corpsecret: str,
        *,
        base_url: str = SERVER,
        store: TokenStore | None = None,
        max_response_bytes: int = DEFAULT_LIMIT,
    ) -> None:
        redaction.install()
        self._corpid = corpid
        self._secret = Secret(corpsecret)
        self._base_url = base_url.rstrip("/")
        self._origin = _origin(httpx.URL(base_url))
        self._store: TokenStore = MemoryTokenStore() if store is None else store
        self._limit = max_response_bytes
        identity = "\0".join((self._base_url, corpid, corpsecret)).encode()
        self._key = hashlib.sha256(identity).hexdigest()
        self._thread_lock = threading.Lock()
        self._task_lock: anyio.Lock | None = None
        self._failures = 0
        self._failure: WeComError | None = None
        self._urls: dict[tuple[str, str], httpx.URL] = {}
        self._parameter = next(op.auth for op in OPERATIONS.values() if op.auth is not None)

    def __repr__(self) -> str:
        return f"TokenAuth({self._corpid!r}, {self._secret!r}, base_url={self._base_url!r})"

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Run the flow for a sync client."""
        steps = self._steps(request)
        locked = False
        try:
            step = next(steps)
            while True:
                result: Any = None
                if isinstance(step, httpx.Request):
                    try:
                        response = yield step
                    except httpx.TransportError as exc:
                        step = steps.throw(exc)
                        continue
                    if ANSWER not in response.extensions:
                        self._settle(response, read(response, self._limit))
                        response.read()
                    result = response.extensions[ANSWER]
                elif step is _Lock.ACQUIRE:
                    exchange = current.get()
                    if not self._thread_lock.acquire(timeout=-1 if exchange is None else exchange.clip(None)):
                        raise httpx.PoolTimeout("another call is still asking for the token")
                    locked = True
                elif step is _Lock.RELEASE:
                    self._thread_lock.release()
                    locked = False
                else:
                    result = step(self._store)
                    if inspect.isawaitable(result):
                        raise TypeError(
                            "the methods of this token store are coroutines: it is for AsyncWeCom"
                        )
                step = steps.send(result)
        except StopIteration:
            return
        finally:
            steps.close()
            if locked:
                self._thread_lock.release()

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """Run the flow for an async client."""
        steps = self._steps(request)
        locked: anyio.Lock | None = None
        try:
            step = next(steps)
            while True:
                result: Any = None
                if isinstance(step, httpx.Request):
                    try:
                        response = yield step
                    except httpx.TransportError as exc:
                        step = steps.throw(exc)
                        continue
                    if ANSWER not in response.extensions:
                        self._settle(response, await aread(response, self._limit))
                        await response.aread()
                    result = response.extensions[ANSWER]
                elif step is _Lock.ACQUIRE:
                    lock = self._lock_for_tasks()
                    await lock.acquire()
                    locked = lock
                elif step is _Lock.RELEASE:
                    if locked is not None:
                        locked.release()
                    locked = None
                else:
                    result = step(self._store)
                    if inspect.isawaitable(result):
                        result = await result
                step = steps.send(result)
        except StopIteration:
            return
        finally:
            steps.close()
            if locked is not None:
                locked.release()

    def _lock_for_tasks(self) -> anyio.Lock:
        if self._task_lock is None:
            import anyio  # only here, so that sync users don't pay for it

            self._task_lock = anyio.Lock()
        return self._task_lock

    def _steps(self, request: httpx.Request) -> _Steps:
        """What to do for one request: at most two sendings of it and one fetching of the token."""
        if PATH not in request.extensions and _origin(request.url) != self._origin:
            yield request
            return
        token = yield self._load
        fetched = token is None
        if token is None:
            token = yield from self._renew(request, dead=None)
        request.url = self._url(request, token)
        answer = yield request
        if fetched or isinstance(answer, MalformedAnswer) or answer[CODE] not in DEAD_TOKEN_CODES:
            return
        # The request was refused before it was processed, so sending it again is safe even where it writes.
        dead = token
        token = yield from self._renew(request, dead)
        if token is None:
            # The new token is the same dead one, so the refusal stands. It is raised, because whoever runs a flow
            # takes the last response for the answer, and that is the token's here.
            raise refusal(_named(request), answer, dead)
        request.url = self._url(request, token)
        yield request

    def _renew(self, request: httpx.Request, dead: str | None) -> Generator[_Step, Any, str | None]:
        """A token that isn't ``dead``: another caller's or a new one; None where WeCom has no other."""
        seen = self._failures
        yield _Lock.ACQUIRE
        if dead is not None:
            yield lambda store: store.discard(self._key, dead)
        token: str | None = yield self._load
        if token is None:
            # Where another caller tried while this one waited, asking again would be a stampede, and WeCom
            # bans an address for an hour after some wrong secrets.
            tried = self._failures != seen
            if tried and self._failure is not None:
                raise copy.copy(self._failure)
            if not tried or dead is None:
                token = yield from self._fetch(request, dead)
        yield _Lock.RELEASE
        return token

    def _fetch(self, request: httpx.Request, dead: str | None) -> Generator[_Step, Any, str | None]:
        try:
            token, life = self._accept((yield self._token_request(request)))
        except httpx.TransportError as exc:
            exchange = current.get()
            if exchange is None or not exchange.expired:  # a deadline is the caller's own affair
                reason = f"{type(exc).__name__} when asking for the token"
                self._fail(NotSent(f"nothing was sent: {reason}", reason=reason))
            raise
        except WeComError as exc:
            self._fail(copy.copy(exc))
            raise
        if token == dead:
            self._fail(None)
            return None
        self._urls.clear()
        yield lambda store: store.save(self._key, token, life - min(EARLY, life * _EARLY_SHARE))
        return token

    def _accept(self, answer: Answer | MalformedAnswer) -> tuple[str, float]:
        """Token and life out of an answer of gettoken."""
        if isinstance(answer, MalformedAnswer):
            raise broken(_GETTOKEN, answer)
        if answer[CODE] != OK:
            raise refusal(_GETTOKEN, answer, self._secret.reveal())
        violations = check_response(_GETTOKEN, answer)
        if violations:
            raise broken(_GETTOKEN, malformed(violations[0].message), violations=violations)
        return answer["access_token"], float(answer["expires_in"])

    def _fail(self, failure: WeComError | None) -> None:
        self._failure = failure
        self._failures += 1

    def _load(self, store: TokenStore) -> Any:
        return store.load(self._key)

    def _url(self, request: httpx.Request, token: str | None) -> httpx.URL:
        path = request.extensions.get(PATH)
        if path is None:
            return request.url.copy_set_param(self._parameter or "", token)
        # Parsing a URL costs more than all of the validation.
        url = self._urls.get((path, token or ""))
        if url is None:
            if len(self._urls) > _URLS:
                self._urls.clear()  # tokens that another process renewed
            url = httpx.URL(self._base_url + path, params={self._parameter or "": token})
            self._urls[path, token or ""] = url
        return url

    def _token_request(self, request: httpx.Request) -> httpx.Request:
        operation = OPERATIONS[_GETTOKEN]
        values = {"corpid": self._corpid, "corpsecret": self._secret.reveal()}
        url = httpx.URL(self._base_url + operation.path, params=values)
        headers = {"Accept": "application/json", "Accept-Encoding": "gzip"}
        if "user-agent" in request.headers:
            headers["User-Agent"] = request.headers["user-agent"]
        timeout = {k: v for k, v in request.extensions.items() if k == "timeout"}
        return WireRequest(operation.method, url, headers=headers, extensions=timeout)

    @staticmethod
    def _settle(response: httpx.Response, body: bytes) -> None:
        """Read a response for a client that isn't ours, and leave it as if the client had."""
        response.headers.pop("content-encoding", None)
        response.stream = ReadyStream(body)
        try:
            if response.status_code != httpx.codes.OK:
                raise malformed(f"its HTTP status is {response.status_code}")
            response.extensions[ANSWER] = decode(body)
        except MalformedAnswer as exc:
            response.extensions[ANSWER] = exc


def _named(request: httpx.Request) -> str:
    path = request.url.path
    return next((name for name, operation in OPERATIONS.items() if path.endswith(operation.path)), path)


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port
