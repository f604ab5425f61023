"""Sends calls: the one module that does. Sync and async drivers of the same steps.

The requests go straight to httpx's transport, with URLs and headers that are ready: httpx's client parses a
URL three times a request, which costs more than validating it. Nothing is ever sent twice here; the one
replay, after a refusal for a dead token, is the token flow's.
"""

from __future__ import annotations

import logging
import ssl
from collections.abc import AsyncGenerator, Generator, Mapping
from functools import cache
from typing import Any, Final

import httpx

from wecom_client.types import Response
from wecom_client.wire import CallOptions, Operation, ResponseT
from wecom_openapi import outcome
from wecom_openapi.answers import accept, model
from wecom_openapi.bounded import aread, malformed, read
from wecom_openapi.call import Call, plan, plan_upload
from wecom_openapi.deadline import Exchange, current
from wecom_openapi.envelope import CODE, OK, Answer, decode
from wecom_openapi.errors import MalformedAnswer, WeComError
from wecom_openapi.requests import Requests
from wecom_openapi.settings import Settings
from wecom_openapi.upload import aopened, opened
from wecom_openapi.wire import ANSWER, BARE, BODY, scrub, secrets_of

_LOG: Final = logging.getLogger("wecom_openapi")
Auths = Mapping[str | None, httpx.Auth]
"""What adds the token to a request, by the query parameter that carries it; None is for no token."""

_FAILURES: Final = (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, OSError)


class _Driver:
    """What both drivers share: building the request, and making sense of what became of it."""

    def __init__(self, settings: Settings, auths: Auths) -> None:
        self._settings = settings
        self._auths = auths
        self._closed = False
        self._requests = Requests(settings)

    @property
    def base_url(self) -> str:
        """The server, without a slash at its end."""
        return self._settings.base_url

    def _start(self, watched: bool) -> Exchange:
        if self._closed:
            raise RuntimeError("this client is closed")
        return Exchange(self._settings.deadline, watched)

    def _auth(self, operation: Operation[Any]) -> httpx.Auth:
        """What adds the token that an operation needs."""
        if operation.auth not in self._auths:
            raise outcome.without_token(operation)
        return self._auths[operation.auth]

    def _settle(
        self, request: httpx.Request, response: httpx.Response, body: bytes
    ) -> Answer | MalformedAnswer:
        if response.status_code != httpx.codes.OK:
            return malformed(f"its HTTP status is {response.status_code}, where this API answers 200 always")
        try:
            return decode(body, bare=BARE in request.extensions)
        except MalformedAnswer as exc:
            return exc

    def _conclude(
        self, call: Call[ResponseT], request: httpx.Request, response: httpx.Response
    ) -> Response[ResponseT]:
        answer: Answer | MalformedAnswer = response.extensions[ANSWER]
        if _LOG.isEnabledFor(logging.DEBUG):
            result = answer.reason if isinstance(answer, MalformedAnswer) else f"{CODE} {answer[CODE]}"
            _LOG.debug("%s: status %d, %s", call.operation.id, response.status_code, result)
        try:
            if isinstance(answer, MalformedAnswer):
                raise answer
            parsed = model(call.operation, accept(call.operation.id, answer, lambda: secrets_of(request)))
            return Response(response.status_code, response.extensions[BODY], response.headers, parsed)
        except MalformedAnswer as exc:
            error = outcome.unreadable(call, exc, response.status_code)
        raise error from error.__cause__

    def _error(
        self, call: Call[Any], exchange: Exchange, request: httpx.Request, exc: Exception
    ) -> WeComError:
        secrets = secrets_of(request)
        scrub(exc, *secrets)
        return outcome.failed(call, exchange, exc)


class Driver(_Driver):
    """Sends calls for `WeCom`.

    Args:
        settings: base URL, limits.
        auths: what adds the tokens.
        transport: used instead of one built here; closed with the driver.
        client: used instead of a transport; its owner closes it.
    """

    def __init__(
        self,
        settings: Settings,
        auths: Auths,
        transport: httpx.BaseTransport | None = None,
        client: httpx.Client | None = None,
    ) -> None:
        super().__init__(settings, auths)
        self._client = client
        self._own = None
        self._transport = None
        if client is None:
            # A client is built for what it knows of the environment: proxies, and the certificates to trust.
            self._own = httpx.Client(transport=transport, verify=_certificates())
            self._transport = self._own._transport_for_url(httpx.URL(settings.base_url))
        self._watched = self._transport is not None and _watch(self._transport)

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
                return self._send(plan_upload(operation, body, source, options))
        return self._send(plan(operation, body, confirmed, options))

    def _send(self, call: Call[ResponseT]) -> Response[ResponseT]:
        exchange = self._start(self._watched)
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
        return self._conclude(call, request, response)

    def _run(
        self, flow: Generator[httpx.Request, httpx.Response, None], request: httpx.Request, exchange: Exchange
    ) -> httpx.Response:
        outgoing = next(flow)
        while True:
            exchange.begin("call" if outgoing is request else "token")
            try:
                response = self._roundtrip(outgoing)
            except httpx.TransportError as exc:
                flow.throw(exc)  # the flow tells those who wait for the same token, and raises it again
                raise
            _note_refusal(exchange, response)
            try:
                outgoing = flow.send(response)
            except StopIteration:
                return response

    def _roundtrip(self, request: httpx.Request) -> httpx.Response:
        if self._client is not None:
            response = self._client.send(request, stream=True, auth=None, follow_redirects=False)
        else:
            assert self._transport is not None
            response = self._transport.handle_request(request)
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


class AsyncDriver(_Driver):
    """Sends calls for `AsyncWeCom`. Arguments as for `Driver`."""

    def __init__(
        self,
        settings: Settings,
        auths: Auths,
        transport: httpx.AsyncBaseTransport | None = None,
        client: httpx.AsyncClient | None = None,
    ) -> None:
        super().__init__(settings, auths)
        self._client = client
        self._own = None
        self._transport = None
        if client is None:
            self._own = httpx.AsyncClient(transport=transport, verify=_certificates())
            self._transport = self._own._transport_for_url(httpx.URL(settings.base_url))
        self._watched = self._transport is not None and _watch(self._transport)

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
                return await self._send(plan_upload(operation, body, source, options))
        return await self._send(plan(operation, body, confirmed, options))

    async def _send(self, call: Call[ResponseT]) -> Response[ResponseT]:
        import anyio  # httpx imports it with the first client only, and so do we

        exchange = self._start(self._watched)
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
        return self._conclude(call, request, response)

    async def _run(
        self, flow: AsyncGenerator[httpx.Request, httpx.Response], request: httpx.Request, exchange: Exchange
    ) -> httpx.Response:
        outgoing = await anext(flow)
        while True:
            exchange.begin("call" if outgoing is request else "token")
            try:
                response = await self._roundtrip(outgoing)
            except httpx.TransportError as exc:
                await flow.athrow(exc)
                raise
            _note_refusal(exchange, response)
            try:
                outgoing = await flow.asend(response)
            except StopAsyncIteration:
                return response

    async def _roundtrip(self, request: httpx.Request) -> httpx.Response:
        if self._client is not None:
            response = await self._client.send(request, stream=True, auth=None, follow_redirects=False)
        else:
            assert self._transport is not None
            response = await self._transport.handle_async_request(request)
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


def _watch(transport: httpx.BaseTransport | httpx.AsyncBaseTransport) -> bool:
    from wecom_openapi.network import (
        watch,
    )  # it needs httpcore, which httpx imports with the first client only

    return watch(transport)


@cache
def _certificates() -> ssl.SSLContext:
    """What httpx trusts. Reading the certificates takes longer than some calls, so all clients share them."""
    return httpx.create_ssl_context()


def _note_refusal(exchange: Exchange, response: httpx.Response) -> None:
    """A request that was refused has left no trace, whatever happens to the call from here on."""
    answer = response.extensions[ANSWER]
    if not isinstance(answer, MalformedAnswer) and answer[CODE] != OK:
        exchange.answered()
