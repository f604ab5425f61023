"""What to do about a token, as one generator without I/O: it yields what it wants done.

`wecom_openapi.tokens.auth` runs it for sync and for async. A `Source` is one token: of an app here, of a suite and of
a corp that has authorised it in `wecom_openapi.tokens.suite_flow`.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable, Generator, Mapping
from typing import Any, Final

import httpx

from wecom_client.wire import json_bytes
from wecom_contract import OPERATIONS, check_response, errcode
from wecom_openapi.answers import broken, refusal
from wecom_openapi.bounded import malformed
from wecom_openapi.deadline import current
from wecom_openapi.envelope import CODE, OK, Answer
from wecom_openapi.errors import MalformedAnswer, NotSent, WeComError
from wecom_openapi.faults import stated
from wecom_openapi.redaction import Secret, remember
from wecom_openapi.tokens.steps import Acquire, Asked, Keep, Pause, Release, Step, Steps
from wecom_openapi.tokens.store import Claim, Lease, TokenStore
from wecom_openapi.tokens.turn import Turn
from wecom_openapi.wire import BARE, PATH, VEILED, WireRequest, url_class, wire_request

EARLY: Final = 60.0
"""Seconds before its end that a token is no longer used: twice the default deadline of a call, so that a token
that is good when a call starts is good when it ends."""

_EARLY_SHARE: Final = 0.1
# WeCom hands out the same token until it ends, so near its end a fresh one lives for seconds. With the full margin
# it would be fetched anew for every call of the last minute; with a tenth of its life it is a handful of times.

_SHORTEST: Final = 0.02
_LONGEST: Final = 0.25
"""Seconds between two looks whether another process has the token by now: at first, and at last."""
_PATIENCE: Final = 60.0
"""Seconds after which a call that has no deadline waits no longer for others who ask, one after the other, in vain."""

_URLS: Final = 100

_INHERITED: Final = ("timeout", VEILED)


class Source:
    """One token: how to ask for it, where it is kept, what is sent under it.

    Args:
        base_url: the server, without a slash at its end.
        identity: what the token is for, secrets and all; a hash of it is the key in the store.
    """

    operation: str
    """The operation that gives the token."""
    parameter: str
    """The query parameter that carries it, and the field of the answer that it comes in."""

    def __init__(self, base_url: str, *identity: str) -> None:
        self.base_url = base_url
        self.turn = Turn()
        self._origin = _origin(httpx.URL(base_url))
        self._key = hashlib.sha256("\0".join((base_url, *identity)).encode()).hexdigest()
        self._failures = 0
        self._failure: WeComError | None = None
        self._urls: dict[tuple[str, str, type[httpx.URL]], httpx.URL] = {}

    def ask(self, request: httpx.Request) -> Asked:
        """Ask for the token on behalf of ``request``: the answer, and the secrets that it must not repeat."""
        raise NotImplementedError

    def is_dead(self, code: int) -> bool:
        """Whether a refusal with this code means that the token is dead."""
        return errcode(code).renews_token == self.parameter

    def send(self, request: httpx.Request) -> Steps:
        """Send a request under the token: at most twice, with at most one new token.

        Yields:
            Requests to send (expects their decoded answer, or the `MalformedAnswer` that it is), steps of a turn,
            calls of the store and of others (expects their result), pauses. A turn and a lease are given back by
            whoever runs this where the steps end before `Release`.

        Returns:
            The last answer to the request.
        """
        if PATH not in request.extensions and _origin(request.url) != self._origin:
            elsewhere: Answer | MalformedAnswer = yield request
            return elsewhere
        seen = self._failures
        token = yield self._load
        fetched = token is None
        if token is None:
            token = yield from self._renew(request, seen, dead=None)
        request.url = self._url(request, token)
        answer: Answer | MalformedAnswer = yield request
        if fetched or isinstance(answer, MalformedAnswer) or answer[CODE] == OK:
            return answer
        if not self.is_dead(answer[CODE]):
            return answer
        # The request was refused before it was processed, so sending it again is safe even where it writes.
        dead: str | None = token
        token = yield from self._renew(request, seen, dead)
        if token is None:
            # The new token is the same dead one, so the refusal stands. It is raised, because whoever runs a flow
            # takes the last response for the answer, and that is the token's here.
            raise refusal(_named(request), answer, dead or "")
        request.url = self._url(request, token)
        answer = yield request
        return answer

    def _renew(self, request: httpx.Request, seen: int, dead: str | None) -> Generator[Step, Any, str | None]:
        """A token that isn't ``dead``: another caller's or a new one; None where WeCom has no other.

        ``seen`` is how many renewals had failed when this call began.
        """
        yield Acquire(self.turn)
        if dead is not None:
            yield lambda store: store.discard(self._key, dead)
        token, lease = yield from self._claim()
        if token is None:
            # Where another caller failed since this call began, asking again would be a stampede, and WeCom bans an
            # address for an hour after some wrong secrets.
            failed = self._failures != seen
            if failed and self._failure is not None:
                raise copy.copy(self._failure)
            if not failed or dead is None:
                token = yield from self._fetch(request, dead, lease)
        if lease is not None:
            yield Release(lease)
        yield Release(self.turn)
        return token

    def _claim(self) -> Generator[Step, Any, Claim]:
        """The token that another caller has by now, or else the right to ask: with a lease, if the store has any."""
        claim: Callable[[str], Any] | None = yield lambda store: getattr(store, "claim", None)
        if claim is None:
            return Claim((yield self._load))
        waited, pause = 0.0, _SHORTEST
        while True:
            claimed: Claim = yield lambda _: claim(self._key)
            if claimed.lease is not None:
                yield Keep(claimed.lease)
            if claimed.lease is not None or claimed.token is not None:
                return claimed
            if waited >= _PATIENCE:
                raise httpx.PoolTimeout("other processes are still asking for the token")
            yield Pause(pause)
            waited, pause = waited + pause, min(1.5 * pause, _LONGEST)

    def _fetch(
        self, request: httpx.Request, dead: str | None, lease: Lease | None
    ) -> Generator[Step, Any, str | None]:
        try:
            token, life = self._accept(*(yield from self.ask(request)))
        except httpx.TransportError as exc:
            exchange = current.get()
            if exchange is None or not exchange.expired:  # a deadline is the caller's own affair
                reason = f"{type(exc).__name__} when another call was asking for the access token"
                text = f"nothing was sent: {reason}. It is safe to repeat it"
                self._fail(NotSent(text, reason=reason, **stated("no-token")))
            raise
        except WeComError as exc:
            self._fail(copy.copy(exc))
            raise
        if token == dead:
            self._fail(None)
            return None
        self._urls.clear()
        seconds = life - min(EARLY, life * _EARLY_SHARE)
        if lease is None:
            yield lambda store: store.save(self._key, token, seconds)
            return token
        stands: str = yield lambda _: lease.save(token, seconds)
        return stands

    def _accept(self, answer: Answer | MalformedAnswer, secrets: tuple[str, ...]) -> tuple[str, float]:
        """Token and life out of the answer to `ask`."""
        if isinstance(answer, MalformedAnswer):
            raise broken(self.operation, answer)
        if answer[CODE] != OK:
            raise refusal(self.operation, answer, *secrets)
        violations = check_response(self.operation, answer, read=True)
        if violations:
            raise broken(
                self.operation, malformed(violations[0].message, "incomplete"), violations=violations
            )
        return answer[self.parameter], float(answer["expires_in"])

    def _fail(self, failure: WeComError | None) -> None:
        self._failure = failure
        self._failures += 1

    def _load(self, store: TokenStore) -> Any:
        return store.load(self._key)

    def _url(self, request: httpx.Request, token: str | None) -> httpx.URL:
        path = request.extensions.get(PATH)
        if path is None or token is None:
            remember(token or "")
            return url_class(request)(request.url.copy_set_param(self.parameter, token))
        # Parsing a URL costs more than all of the validation.
        made = url_class(request)
        url = self._urls.get((path, token, made))
        if url is None:
            if len(self._urls) > _URLS:
                self._urls.clear()  # of tokens that another process renewed
            remember(token)
            url = self._urls[path, token, made] = made(self.base_url + path, params={self.parameter: token})
        return url

    def _token_request(self, request: httpx.Request, values: Mapping[str, str]) -> WireRequest:
        """A request of the operation that gives the token, as it is sent for ``request``."""
        operation = OPERATIONS[self.operation]
        headers = {"Accept-Encoding": "gzip"}
        if "user-agent" in request.headers:
            headers["User-Agent"] = request.headers["user-agent"]
        extensions = {name: value for name, value in request.extensions.items() if name in _INHERITED}
        extensions[PATH] = operation.path
        if operation.bare_success:
            extensions[BARE] = True
        url = httpx.URL(self.base_url + operation.path, params=None if operation.has_body else values)
        if not operation.has_body:
            return wire_request(operation.method, url, headers, extensions)
        headers["Content-Type"] = "application/json"
        body = json_bytes(values)
        return wire_request(operation.method, url, headers, extensions, content=body)


class AppSource(Source):
    """The access token of one app of one corp.

    Args:
        corpid: the corp.
        corpsecret: the app's secret.
        base_url: the server, without a slash at its end.
    """

    operation = "gettoken"
    parameter = "access_token"

    def __init__(self, corpid: str, corpsecret: str, base_url: str) -> None:
        super().__init__(base_url, corpid, corpsecret)
        self._corpid = corpid
        self._secret = Secret(corpsecret)
        remember(corpsecret)

    def __repr__(self) -> str:
        return f"{self._corpid!r}, {self._secret!r}, base_url={self.base_url!r}"

    def ask(self, request: httpx.Request) -> Asked:
        """See `Source.ask`."""
        secret = self._secret.reveal()
        answer = yield self._token_request(request, {"corpid": self._corpid, "corpsecret": secret})
        return answer, (secret,)


def _named(request: httpx.Request) -> str:
    path = request.url.path
    return next((name for name, operation in OPERATIONS.items() if path.endswith(operation.path)), path)


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port
