"""What to do about the access token, as one generator without I/O: it yields what it wants done.

`wecom_openapi.tokens` runs it for sync and for async.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable, Generator
from enum import Enum
from typing import Any, Final

import httpx

from wecom_contract import OPERATIONS, check_response, errcode
from wecom_openapi.answers import broken, refusal
from wecom_openapi.bounded import malformed
from wecom_openapi.deadline import current
from wecom_openapi.envelope import CODE, OK, Answer
from wecom_openapi.errors import MalformedAnswer, NotSent, WeComError
from wecom_openapi.redaction import Secret, remember
from wecom_openapi.token_store import TokenStore
from wecom_openapi.wire import PATH, WireRequest

EARLY: Final = 60.0
"""Seconds before its end that a token is no longer used: twice the default deadline of a call, so that a token
that is good when a call starts is good when it ends."""

_EARLY_SHARE: Final = 0.1
# WeCom hands out the same token until it ends, so near its end a fresh one lives for seconds. With the full margin
# it would be fetched anew for every call of the last minute; with a tenth of its life it is a handful of times.

_GETTOKEN: Final = "gettoken"
_URLS: Final = 100


class Lock(Enum):
    """Steps that make one caller at a time ask for a token."""

    ACQUIRE = 1
    RELEASE = 2


StoreCall = Callable[[TokenStore], Any]
Step = httpx.Request | Lock | StoreCall
Steps = Generator[Step, Any, None]


class TokenFlow:
    """The flow for one app of one corp.

    Args:
        corpid: the corp.
        corpsecret: the app's secret.
        base_url: the server, without a slash at its end.
    """

    def __init__(self, corpid: str, corpsecret: str, base_url: str) -> None:
        self._corpid = corpid
        self._secret = Secret(corpsecret)
        remember(corpsecret)
        self._base_url = base_url
        self._origin = _origin(httpx.URL(base_url))
        identity = "\0".join((base_url, corpid, corpsecret)).encode()
        self._key = hashlib.sha256(identity).hexdigest()
        self._parameter: str = next(op.auth for op in OPERATIONS.values() if op.auth is not None)
        self._failures = 0
        self._failure: WeComError | None = None
        self._urls: dict[tuple[str, str], httpx.URL] = {}

    def __repr__(self) -> str:
        return f"{self._corpid!r}, {self._secret!r}, base_url={self._base_url!r}"

    def steps(self, request: httpx.Request) -> Steps:
        """What to do for one request: at most two sendings of it and one fetching of the token.

        Yields:
            Requests to send (expects their decoded answer, or the `MalformedAnswer` that it is), steps of the lock,
            and calls of the store (expects their result). The lock is given back by whoever runs this where the steps
            end before `Lock.RELEASE`.
        """
        if PATH not in request.extensions and _origin(request.url) != self._origin:
            yield request
            return
        seen = self._failures
        token = yield self._load
        fetched = token is None
        if token is None:
            token = yield from self._renew(request, seen, dead=None)
        request.url = self._url(request, token)
        answer = yield request
        if fetched or isinstance(answer, MalformedAnswer) or answer[CODE] == OK:
            return
        if not errcode(answer[CODE]).renews_token:
            return
        # The request was refused before it was processed, so sending it again is safe even where it writes.
        dead: str | None = token
        token = yield from self._renew(request, seen, dead)
        if token is None:
            # The new token is the same dead one, so the refusal stands. It is raised, because whoever runs a flow
            # takes the last response for the answer, and that is the token's here.
            raise refusal(_named(request), answer, dead or "")
        request.url = self._url(request, token)
        yield request

    def _renew(self, request: httpx.Request, seen: int, dead: str | None) -> Generator[Step, Any, str | None]:
        """A token that isn't ``dead``: another caller's or a new one; None where WeCom has no other.

        ``seen`` is how many renewals had failed when this call began.
        """
        yield Lock.ACQUIRE
        if dead is not None:
            yield lambda store: store.discard(self._key, dead)
        token: str | None = yield self._load
        if token is None:
            # Where another caller failed since this call began, asking again would be a stampede, and WeCom bans an
            # address for an hour after some wrong secrets.
            failed = self._failures != seen
            if failed and self._failure is not None:
                raise copy.copy(self._failure)
            if not failed or dead is None:
                token = yield from self._fetch(request, dead)
        yield Lock.RELEASE
        return token

    def _fetch(self, request: httpx.Request, dead: str | None) -> Generator[Step, Any, str | None]:
        try:
            token, life = self._accept((yield self._token_request(request)))
        except httpx.TransportError as exc:
            exchange = current.get()
            if exchange is None or not exchange.expired:  # a deadline is the caller's own affair
                reason = f"{type(exc).__name__} when another call was asking for the access token"
                self._fail(NotSent(f"nothing was sent: {reason}. It is safe to repeat it", reason=reason))
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
        if path is None or token is None:
            remember(token or "")
            return request.url.copy_set_param(self._parameter, token)
        # Parsing a URL costs more than all of the validation.
        url = self._urls.get((path, token))
        if url is None:
            if len(self._urls) > _URLS:
                self._urls.clear()  # of tokens that another process renewed
            remember(token)
            url = self._urls[path, token] = httpx.URL(self._base_url + path, params={self._parameter: token})
        return url

    def _token_request(self, request: httpx.Request) -> httpx.Request:
        operation = OPERATIONS[_GETTOKEN]
        values = {"corpid": self._corpid, "corpsecret": self._secret.reveal()}
        url = httpx.URL(self._base_url + operation.path, params=values)
        headers = {"Accept-Encoding": "gzip"}
        if "user-agent" in request.headers:
            headers["User-Agent"] = request.headers["user-agent"]
        timeout = {name: value for name, value in request.extensions.items() if name == "timeout"}
        return WireRequest(operation.method, url, headers=headers, extensions=timeout)


def _named(request: httpx.Request) -> str:
    path = request.url.path
    return next((name for name, operation in OPERATIONS.items() if path.endswith(operation.path)), path)


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port
