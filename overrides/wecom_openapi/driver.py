"""What the drivers for sync and async share: everything but sending."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import httpx

from wecom_client.types import UNSET, Response
from wecom_client.wire import CallOptions, Operation, ResponseT
from wecom_openapi import outcome
from wecom_openapi.answers import accept, model
from wecom_openapi.bounded import malformed
from wecom_openapi.call import Call
from wecom_openapi.deadline import Exchange
from wecom_openapi.envelope import CODE, Answer, decode
from wecom_openapi.errors import MalformedAnswer, OutcomeUnknown, WeComError
from wecom_openapi.faults import of_status
from wecom_openapi.redaction import mask_data
from wecom_openapi.requests import Requests
from wecom_openapi.settings import Settings
from wecom_openapi.wire import ANSWER, BARE, BODY, scrub, secrets_of, takes_parts

_LOG: Final = logging.getLogger("wecom_openapi")
Auths = Mapping[str | None, httpx.Auth]
"""What adds the token to a request, by the query parameter that carries it; None is for no token."""


LIMITS: Final = httpx.Limits(max_connections=100, max_keepalive_connections=100)
"""httpx keeps 20 only: of fifty threads thirty would connect anew for each call."""


class BaseDriver:
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

    def _look_at(
        self,
        transport: httpx.BaseTransport | httpx.AsyncBaseTransport | None,
        client: httpx.Client | httpx.AsyncClient | None,
    ) -> None:
        """Find out what can be seen of what sends, and what it needs to be shown."""
        self._watched = transport is not None and watched(transport)
        self._requests.veiled = takes_parts(client, transport, self._settings.base_url)

    def _start(self, watched: bool) -> Exchange:
        if self._closed:
            raise RuntimeError("this client is closed")
        return Exchange(self._settings.deadline, watched)

    def _judge_key(self, options: CallOptions, journal: object) -> None:
        if options.key is not UNSET:
            from wecom_openapi.journal.keys import judge_key  # few have one

            judge_key(options.key, journal)

    def _auth(self, operation: Operation[Any]) -> httpx.Auth:
        """What adds the token that an operation needs."""
        if operation.auth not in self._auths:
            raise outcome.without_token(operation)
        return self._auths[operation.auth]

    def _settle(
        self, request: httpx.Request, response: httpx.Response, body: bytes
    ) -> Answer | MalformedAnswer:
        if response.status_code != httpx.codes.OK:
            return malformed(
                f"its HTTP status is {response.status_code}, where this API answers 200 always",
                of_status(response.status_code),
            )
        try:
            return decode(body, bare=BARE in request.extensions)
        except MalformedAnswer as exc:
            return exc

    def _conclude(
        self, call: Call[ResponseT], exchange: Exchange, request: httpx.Request, response: httpx.Response
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
        except OutcomeUnknown as exc:
            exc.fingerprint = outcome.fingerprint(call)
            exc.attempt = outcome.attempt(call, exchange)
            raise
        except MalformedAnswer as exc:
            # It is kept by whoever keeps the error, and a careless server repeats what it was sent.
            exc.answer = mask_data(exc.answer, *secrets_of(request))
            error = outcome.unreadable(call, exchange, exc, response.status_code)
        raise error from error.__cause__

    def _error(
        self, call: Call[Any], exchange: Exchange, request: httpx.Request, exc: Exception
    ) -> WeComError:
        secrets = secrets_of(request)
        scrub(exc, *secrets)
        return outcome.failed(call, exchange, exc)


def watched(transport: httpx.BaseTransport | httpx.AsyncBaseTransport) -> bool:
    """Put the deadline below a transport; whether that was possible."""
    from wecom_openapi.network import (
        watch,  # it needs httpcore, which httpx imports with the first client only
    )

    return watch(transport)


@cache
def certificates() -> ssl.SSLContext:
    """What httpx trusts. Reading the certificates takes longer than some calls, so all clients share them."""
    return httpx.create_ssl_context()
