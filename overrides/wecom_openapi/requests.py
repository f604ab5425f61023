"""Builds requests out of parts that are ready: parsing a URL costs more than all of the validation."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx

from wecom_client.types import UNSET
from wecom_openapi._version import __version__
from wecom_openapi.call import Call
from wecom_openapi.deadline import Exchange
from wecom_openapi.settings import Settings, phases
from wecom_openapi.upload import Form, Pass
from wecom_openapi.wire import BARE, PATH, VEILED, WireRequest, wire_request


class Requests:
    """The requests of one client."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.veiled: bool  # the driver says it, who knows what sends
        """Whether the URL's text may be without the token: see `wecom_openapi.wire.VeiledURL`."""
        self._longest = max(seconds or float("inf") for seconds in settings.timeouts.values())
        self._urls: dict[str, httpx.URL] = {}
        self._bare = httpx.Headers(
            [
                (b"Host", httpx.URL(settings.base_url).netloc),
                (b"Accept-Encoding", b"gzip"),
                (b"User-Agent", f"wecom-openapi/{__version__}".encode()),
            ]
        )
        self._with_body = httpx.Headers([*self._bare.raw, (b"Content-Type", b"application/json")])

    def build(
        self, call: Call[Any], exchange: Exchange, client: httpx.Client | httpx.AsyncClient | None
    ) -> WireRequest:
        """The request of a call, still without a token.

        Args:
            call: what to send.
            exchange: how long it may take.
            client: somebody else's client that will send it: what it adds to its requests, headers and cookies, is
                added here too.
        """
        operation = call.operation
        extensions: dict[str, Any] = {"timeout": self._timeouts(call, exchange)}
        url = self._urls.get(operation.path)
        if url is None:
            url = self._urls[operation.path] = httpx.URL(self._settings.base_url + operation.path)
        extra = call.options.extra_query
        if call.query or extra:
            url = url.copy_merge_params({**(extra or {}), **(call.query or {})})
        else:
            extensions[PATH] = operation.path
        if operation.bare_success:
            extensions[BARE] = True
        if self.veiled:
            extensions[VEILED] = True
        headers = self._bare
        if call.body is not None:
            headers = self._with_body.copy()
            headers["Content-Length"] = str(len(call.body))
        stream: Any = httpx.ByteStream(call.body or b"")
        if call.form is not None:
            headers, stream = self._form(call.form), FormStream(call.form)
        if client is not None:
            built = client.build_request(operation.method, url, headers=headers, content=call.body)
            url, headers = built.url, built.headers
            stream = stream if call.form is not None else built.stream
        request = wire_request(operation.method, url, headers, extensions, stream=stream)
        if call.form is None:
            request.read()  # as httpx's own client does: some transports want the bytes and not the stream
        return request

    def _form(self, form: Form) -> httpx.Headers:
        headers = self._bare.copy()
        headers["Content-Type"] = form.content_type
        headers["Content-Length"] = str(form.length)
        return headers

    def _timeouts(self, call: Call[Any], exchange: Exchange) -> dict[str, float | None]:
        timeouts = self._settings.timeouts
        if call.options.timeout is not UNSET:
            timeouts = phases(call.options.timeout)
        elif self._longest < exchange.remaining:
            return dict(timeouts)
        return {name: exchange.clip(seconds) for name, seconds in timeouts.items()}


class FormStream(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The bytes of a form, read while they are sent. A request that is sent again starts over."""

    def __init__(self, form: Form) -> None:
        self._form = form

    def __iter__(self) -> Iterator[bytes]:
        one = Pass(self._form)
        while block := one.next():
            yield block
            one.tell(block)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        import anyio.to_thread  # httpx imports it with the first client only, and so do we

        one = Pass(self._form)
        # Not to be abandoned at the deadline: the file is closed then, and the thread would read on.
        while block := await anyio.to_thread.run_sync(one.next) if self._form.source.blocking else one.next():
            yield block
            one.tell(block)
