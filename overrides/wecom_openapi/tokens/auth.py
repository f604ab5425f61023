"""`TokenAuth`: the access token for threads and tasks alike.

It is an `httpx.Auth`, so a plain ``httpx.Client(auth=TokenAuth(...))`` can use it too. The logic stands in
`wecom_openapi.tokens.flow`; here are the two ways to run it.
"""

from __future__ import annotations

import inspect
import time
from collections.abc import AsyncGenerator, Generator
from contextlib import AsyncExitStack, ExitStack
from threading import Lock
from typing import TYPE_CHECKING, Any

import httpx

from wecom_contract import SERVER
from wecom_openapi import redaction
from wecom_openapi.bounded import ReadyStream, aread, malformed, read
from wecom_openapi.deadline import current
from wecom_openapi.defaults import MAX_RESPONSE_BYTES
from wecom_openapi.envelope import decode
from wecom_openapi.errors import MalformedAnswer
from wecom_openapi.faults import of_status
from wecom_openapi.frames import frameless
from wecom_openapi.tokens.flow import AppSource, Source
from wecom_openapi.tokens.steps import Acquire, Consult, Keep, Pause, Release, StoreCall
from wecom_openapi.tokens.store import Lease, MemoryTokenStore, TokenStore
from wecom_openapi.tokens.turn import Turn
from wecom_openapi.wire import ANSWER, BARE

if TYPE_CHECKING:
    import anyio


class SourceAuth(httpx.Auth):
    """Adds the token of a source to requests, and renews it once where WeCom says that it is dead.

    Args:
        source: the token.
        store: where it is kept.
        limit: cap on a decoded answer.
    """

    def __init__(self, source: Source, store: TokenStore, limit: int) -> None:
        redaction.install()
        self.parameter = source.parameter
        self._source = source
        self._store = store
        self._task_store = getattr(store, "for_tasks", lambda: store)()
        self._limit = limit

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._source!r})"

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Run the flow for a sync client."""
        steps = self._source.send(request)
        held: list[Lock | Lease] = []
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
                        _settle(step, response, read(response, self._limit))
                        response.read()
                    result = response.extensions[ANSWER]
                elif isinstance(step, Acquire):
                    exchange = current.get()
                    if not step.turn.thread.acquire(timeout=-1 if exchange is None else exchange.clip(None)):
                        raise httpx.PoolTimeout("another call is still asking for the token")
                    held.append(step.turn.thread)
                elif isinstance(step, Keep):
                    held.append(step.lease)
                elif isinstance(step, Release):
                    one = step.held.thread if isinstance(step.held, Turn) else step.held
                    held.remove(one)
                    one.release()
                elif isinstance(step, Pause):
                    _pause(step.seconds)
                else:
                    result = _consult(step, self._store)
                    if inspect.isawaitable(result):
                        raise _for_tasks(step, result)
                step = steps.send(result)
        except StopIteration:
            return
        finally:
            steps.close()
            with ExitStack() as stack:  # somebody's lease that can't be given back doesn't keep the turn
                for one in held:
                    stack.callback(one.release)

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """Run the flow for an async client."""
        steps = self._source.send(request)
        held: dict[int, anyio.Lock | Lease] = {}
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
                        _settle(step, response, await aread(response, self._limit))
                        await response.aread()
                    result = response.extensions[ANSWER]
                elif isinstance(step, Acquire):
                    lock = step.turn.for_tasks()
                    await lock.acquire()
                    held[id(step.turn)] = lock
                elif isinstance(step, Keep):
                    held[id(step.lease)] = step.lease
                elif isinstance(step, Release):
                    await _release(held.pop(id(step.held)))
                elif isinstance(step, Pause):
                    await _apause(step.seconds)
                else:
                    result = _consult(step, self._task_store)
                    if inspect.isawaitable(result):
                        result = await result
                step = steps.send(result)
        except StopIteration:
            return
        finally:
            steps.close()
            async with AsyncExitStack() as stack:
                for one in held.values():
                    stack.push_async_callback(_release, one)


class TokenAuth(SourceAuth):
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

    @frameless
    def __init__(
        self,
        corpid: str,
        corpsecret: str,
        *,
        base_url: str = SERVER,
        store: TokenStore | None = None,
        max_response_bytes: int = MAX_RESPONSE_BYTES,
    ) -> None:
        source = AppSource(corpid, corpsecret, base_url.rstrip("/"))
        super().__init__(source, MemoryTokenStore() if store is None else store, max_response_bytes)


def _consult(step: Consult | StoreCall, store: TokenStore) -> Any:
    return step.function() if isinstance(step, Consult) else step(store)


def _pause(seconds: float) -> None:
    exchange = current.get()
    time.sleep(seconds if exchange is None else exchange.clip(seconds))
    if exchange is not None and exchange.expired:
        raise httpx.PoolTimeout("another process is still asking for the token")


async def _apause(seconds: float) -> None:
    import anyio  # httpx imports it with the first client only, and so do we

    await anyio.sleep(seconds)


async def _release(one: anyio.Lock | Lease) -> None:
    """Give a turn or a lease back, also where the task is being cancelled."""
    result = one.release()
    if result is not None:
        import anyio

        with anyio.CancelScope(shield=True):
            await result


def _for_tasks(step: Consult | StoreCall, result: Any) -> TypeError:
    """The error for a coroutine where nobody can wait for it."""
    if inspect.iscoroutine(result):
        result.close()
    if isinstance(step, Consult):
        return TypeError(f"the {step.name} comes from a coroutine: it is for AsyncWeCom")
    return TypeError("the methods of this token store are coroutines: it is for AsyncWeCom")


def _settle(request: httpx.Request, response: httpx.Response, body: bytes) -> None:
    """Read a response for a client that isn't ours, and leave it as if the client had."""
    response.headers.pop("content-encoding", None)
    response.stream = ReadyStream(body)
    try:
        if response.status_code != httpx.codes.OK:
            raise malformed(f"its HTTP status is {response.status_code}", of_status(response.status_code))
        response.extensions[ANSWER] = decode(body, bare=BARE in request.extensions)
    except MalformedAnswer as exc:
        response.extensions[ANSWER] = exc
