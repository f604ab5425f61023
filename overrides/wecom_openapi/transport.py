"""Sends calls: the one module that does. Sync and async drivers of the same steps.

The requests go straight to httpx's transport, with URLs and headers that are ready: httpx's client parses a URL three
times a request, which costs more than validating it. What is made again, and when, is up to `wecom_openapi.retrying`;
the one replay after a refusal for a dead token is the token flow's.
"""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Mapping
from typing import TYPE_CHECKING, Any, Final

import httpx

from wecom_client.types import Response
from wecom_client.wire import CallOptions, Operation, ResponseT
from wecom_openapi import outcome
from wecom_openapi.bounded import aread, read
from wecom_openapi.call import Call, plan, plan_upload
from wecom_openapi.deadline import Exchange, current
from wecom_openapi.driver import LIMITS, Auths, BaseDriver, certificates
from wecom_openapi.envelope import CODE, OK
from wecom_openapi.errors import MalformedAnswer, WeComError
from wecom_openapi.frames import tidy
from wecom_openapi.retrying import Repetition
from wecom_openapi.settings import Settings
from wecom_openapi.upload import aopened, opened
from wecom_openapi.wire import ANSWER, BODY

if TYPE_CHECKING:
    from wecom_openapi.journal.async_recording import AsyncRecorder
    from wecom_openapi.journal.recording import Recorder

_FAILURES: Final = (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, OSError)


class Driver(BaseDriver):
    """Sends calls for `WeCom`.

    Args:
        settings: base URL, limits.
        auths: what adds the tokens.
        transport: used instead of one built here; closed with the driver.
        client: used instead of a transport; its owner closes it.
        pause: waits so many seconds between two attempts.
        recorder: sends what must not be sent twice by way of a journal.
    """

    def __init__(
        self,
        settings: Settings,
        auths: Auths,
        transport: httpx.BaseTransport | None = None,
        client: httpx.Client | None = None,
        pause: Callable[[float], object] = time.sleep,
        recorder: Recorder | None = None,
    ) -> None:
        super().__init__(settings, auths)
        self._pause = pause
        self.recorder = recorder
        self._client = client
        self._own = None
        self._transport = None
        if client is None:
            # A client is built for what it knows of the environment: proxies, and the certificates to trust.
            self._own = httpx.Client(transport=transport, verify=certificates(), limits=LIMITS)
            self._transport = self._own._transport_for_url(httpx.URL(settings.base_url))
        self._look_at(self._transport, client)

    def call(
        self,
        operation: Operation[ResponseT],
        body: Mapping[str, Any],
        confirmed: frozenset[str],
        options: CallOptions,
    ) -> Response[ResponseT]:
        """Validate a request, send it and read its answer. Arguments as for `wecom_openapi.call.plan`.

        Raises:
            WeComError: see `wecom_openapi.errors`.
        """
        if operation.parts:
            with opened(operation, body) as source:
                call = plan_upload(operation, body, source, options)
                return self._send(call, self._start(self._watched))
        self._judge_key(options, self.recorder)
        call = plan(operation, body, confirmed, options)
        exchange = self._start(self._watched)
        if self.recorder is None or not operation.takes_key:
            return self._send(call, exchange)
        return self.recorder.run(call, exchange, lambda: self._send(call, exchange))

    def _send(self, call: Call[ResponseT], exchange: Exchange) -> Response[ResponseT]:
        attempts: Repetition | None = None
        while True:
            try:
                return self._attempt(call, exchange)
            except WeComError as exc:
                attempts = attempts or Repetition(call, exchange, self._settings.retries)
                pause = attempts.after(exc)
                if pause is None:
                    raise
            self._pause(pause)
            exchange.again()

    @tidy
    def _attempt(self, call: Call[ResponseT], exchange: Exchange) -> Response[ResponseT]:
        auth = self._auth(call.operation)
        running = current.set(exchange)
        request = self._requests.build(call, exchange, self._client)
        flow = auth.sync_auth_flow(request)
        try:
            response = self._run(flow, request, exchange)
        except _FAILURES as exc:
            raise self._error(call, exchange, request, exc) from exc
        except BaseException as exc:
            outcome.annotate(exc, call, exchange)
            raise
        finally:
            flow.close()
            current.reset(running)
        return self._conclude(call, exchange, request, response)

    def _run(
        self, flow: Generator[httpx.Request, httpx.Response, None], request: httpx.Request, exchange: Exchange
    ) -> httpx.Response:
        outgoing = next(flow)
        while True:
            exchange.begin("call" if outgoing is request else "token")
            try:
                response = self._roundtrip(outgoing, exchange)
            except httpx.TransportError as exc:
                flow.throw(exc)  # the flow tells those who wait for the same token, and raises it again
                raise
            _note_refusal(exchange, response)
            try:
                outgoing = flow.send(response)
            except StopIteration:
                return response

    def _roundtrip(self, request: httpx.Request, exchange: Exchange) -> httpx.Response:
        if self._client is not None:
            response = self._client.send(request, stream=True, auth=None, follow_redirects=False)
        else:
            assert self._transport is not None
            response = self._transport.handle_request(request)
        exchange.answering = True
        try:
            body = read(response, self._settings.max_response_bytes)
            response.extensions[BODY] = body
            response.extensions[ANSWER] = self._settle(request, response, body)
        except MalformedAnswer as exc:
            response.extensions[ANSWER] = exc
        return response

    def close(self) -> None:
        """Close the connections. Doing it twice changes nothing."""
        self._closed = True
        if self._own is not None:
            self._own.close()
        if self.recorder is not None:
            self.recorder.close()


class AsyncDriver(BaseDriver):
    """Sends calls for `AsyncWeCom`. Arguments as for `Driver`."""

    def __init__(
        self,
        settings: Settings,
        auths: Auths,
        transport: httpx.AsyncBaseTransport | None = None,
        client: httpx.AsyncClient | None = None,
        pause: Callable[[float], Awaitable[object]] | None = None,
        recorder: AsyncRecorder | None = None,
    ) -> None:
        super().__init__(settings, auths)
        self._pause = _sleep if pause is None else pause
        self.recorder = recorder
        self._client = client
        self._own = None
        self._transport = None
        if client is None:
            self._own = httpx.AsyncClient(transport=transport, verify=certificates(), limits=LIMITS)
            self._transport = self._own._transport_for_url(httpx.URL(settings.base_url))
        self._look_at(self._transport, client)

    async def call(
        self,
        operation: Operation[ResponseT],
        body: Mapping[str, Any],
        confirmed: frozenset[str],
        options: CallOptions,
    ) -> Response[ResponseT]:
        """`Driver.call` for tasks."""
        if operation.parts:
            async with aopened(operation, body) as source:
                call = plan_upload(operation, body, source, options)
                return await self._send(call, self._start(self._watched))
        self._judge_key(options, self.recorder)
        call = plan(operation, body, confirmed, options)
        exchange = self._start(self._watched)
        if self.recorder is None or not operation.takes_key:
            return await self._send(call, exchange)
        return await self.recorder.run(call, exchange, lambda: self._send(call, exchange))

    async def _send(self, call: Call[ResponseT], exchange: Exchange) -> Response[ResponseT]:
        attempts: Repetition | None = None
        while True:
            try:
                return await self._attempt(call, exchange)
            except WeComError as exc:
                attempts = attempts or Repetition(call, exchange, self._settings.retries)
                pause = attempts.after(exc)
                if pause is None:
                    raise
            await self._pause(pause)
            exchange.again()

    @tidy
    async def _attempt(self, call: Call[ResponseT], exchange: Exchange) -> Response[ResponseT]:
        import anyio  # httpx imports it with the first client only, and so do we

        auth = self._auth(call.operation)
        running = current.set(exchange)
        request = self._requests.build(call, exchange, self._client)
        flow = auth.async_auth_flow(request)
        response: httpx.Response | None = None
        try:
            with anyio.move_on_after(exchange.remaining):
                try:
                    response = await self._run(flow, request, exchange)
                finally:
                    await flow.aclose()
        except _FAILURES as exc:
            raise self._error(call, exchange, request, exc) from exc
        except BaseException as exc:
            outcome.annotate(exc, call, exchange)
            raise
        finally:
            current.reset(running)
        if response is None:
            raise outcome.late(call, exchange)
        return self._conclude(call, exchange, request, response)

    async def _run(
        self, flow: AsyncGenerator[httpx.Request, httpx.Response], request: httpx.Request, exchange: Exchange
    ) -> httpx.Response:
        outgoing = await anext(flow)
        while True:
            exchange.begin("call" if outgoing is request else "token")
            try:
                response = await self._roundtrip(outgoing, exchange)
            except httpx.TransportError as exc:
                await flow.athrow(exc)
                raise
            _note_refusal(exchange, response)
            try:
                outgoing = await flow.asend(response)
            except StopAsyncIteration:
                return response

    async def _roundtrip(self, request: httpx.Request, exchange: Exchange) -> httpx.Response:
        if self._client is not None:
            response = await self._client.send(request, stream=True, auth=None, follow_redirects=False)
        else:
            assert self._transport is not None
            response = await self._transport.handle_async_request(request)
        exchange.answering = True
        try:
            body = await aread(response, self._settings.max_response_bytes)
            response.extensions[BODY] = body
            response.extensions[ANSWER] = self._settle(request, response, body)
        except MalformedAnswer as exc:
            response.extensions[ANSWER] = exc
        return response

    async def aclose(self) -> None:
        """Close the connections. Doing it twice changes nothing."""
        self._closed = True
        if self._own is not None:
            await self._own.aclose()
        if self.recorder is not None:
            self.recorder.close()


async def _sleep(seconds: float) -> None:
    import anyio

    await anyio.sleep(seconds)


def _note_refusal(exchange: Exchange, response: httpx.Response) -> None:
    """A request that was refused has left no trace, whatever happens to the call from here on."""
    answer = response.extensions[ANSWER]
    if not isinstance(answer, MalformedAnswer) and answer[CODE] != OK:
        exchange.answered()
