"""`TokenAuth`: the access token for threads and tasks alike.

It is an `httpx.Auth`, so a plain ``httpx.Client(auth=TokenAuth(...))`` can use it too. The logic stands in
`wecom_openapi.token_flow`; here are the two ways to run it.
"""

from __future__ import annotations

import inspect
import threading
from collections.abc import AsyncGenerator, Generator
from typing import TYPE_CHECKING, Any

import httpx

from wecom_contract import SERVER
from wecom_openapi import redaction
from wecom_openapi.bounded import ReadyStream, aread, malformed, read
from wecom_openapi.deadline import current
from wecom_openapi.defaults import MAX_RESPONSE_BYTES
from wecom_openapi.envelope import decode
from wecom_openapi.errors import MalformedAnswer
from wecom_openapi.token_flow import Lock, TokenFlow
from wecom_openapi.token_store import MemoryTokenStore, TokenStore
from wecom_openapi.wire import ANSWER

if TYPE_CHECKING:
    import anyio


class TokenAuth(httpx.Auth):
    """Adds the app's access token to requests, and renews it once where WeCom says that it is dead.

    Args:
        corpid: the corp.
        corpsecret: the app's secret; for an app developed on a corp's behalf its permanent code.
        base_url: requests to another origin are left alone, so the token goes nowhere else.
        store: where tokens are kept; in memory by default. Its key is a hash of base URL, corp and secret, so two
            apps never share a token.
        max_response_bytes: cap on a decoded answer.

    Raises (from the request that it is used for):
        RefusedError: WeCom refused to give a token, or gives the dead one again, mostly as a `CredentialError`.
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
        max_response_bytes: int = MAX_RESPONSE_BYTES,
    ) -> None:
        redaction.install()
        self._flow = TokenFlow(corpid, corpsecret, base_url.rstrip("/"))
        self._store: TokenStore = MemoryTokenStore() if store is None else store
        self._limit = max_response_bytes
        self._thread_lock = threading.Lock()
        self._task_lock: anyio.Lock | None = None

    def __repr__(self) -> str:
        return f"TokenAuth({self._flow!r})"

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Run the flow for a sync client."""
        steps = self._flow.steps(request)
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
                        _settle(response, read(response, self._limit))
                        response.read()
                    result = response.extensions[ANSWER]
                elif step is Lock.ACQUIRE:
                    exchange = current.get()
                    if not self._thread_lock.acquire(timeout=-1 if exchange is None else exchange.clip(None)):
                        raise httpx.PoolTimeout("another call is still asking for the token")
                    locked = True
                elif step is Lock.RELEASE:
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
        steps = self._flow.steps(request)
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
                        _settle(response, await aread(response, self._limit))
                        await response.aread()
                    result = response.extensions[ANSWER]
                elif step is Lock.ACQUIRE:
                    lock = self._lock_for_tasks()
                    await lock.acquire()
                    locked = lock
                elif step is Lock.RELEASE:
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
            import anyio  # httpx imports it with the first client only, and so do we

            self._task_lock = anyio.Lock()
        return self._task_lock


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
