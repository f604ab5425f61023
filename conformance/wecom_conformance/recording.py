"""Records what a client and a server say to each other, in a test or beside it, and holds it against the contract."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from .client_checks import ClientChecks
from .decoding import LARGEST, NotDecoded, decoded
from .exchange import Exchange
from .findings import Finding
from .judgement import Sent
from .ledger import Failure, Ledger
from .masking import Mask
from .recording_apps import ASGIApp, WSGIApp, recorded_asgi, recorded_wsgi

if TYPE_CHECKING:
    from .proxy import Proxy
    from .report import Summary


class Recorder:
    """Gets every exchange of a client, from whichever of its doors it comes.

    ```python
    recorder = wecom_conformance.record()
    client = httpx.Client(transport=recorder.transport())
    ...
    recorder.assert_conforms()
    ```

    Args:
        name: of the client, for the reports.
    """

    def __init__(self, name: str = "client") -> None:
        self.name = name
        self.ledger = Ledger()
        self.outside = 0
        """Exchanges that are about no part of this API."""
        self.mask = Mask()
        """Knows the secrets of every exchange that is kept or has a finding: of all that may be shown."""
        self._checks = ClientChecks()
        self._lock = threading.Lock()
        self._began = time.monotonic()

    def transport(self, inner: httpx.BaseTransport | None = None) -> httpx.BaseTransport:
        """A transport for `httpx.Client` that records.

        Args:
            inner: what sends; a plain `httpx.HTTPTransport` by default.
        """
        return _Transport(self, inner or httpx.HTTPTransport())

    def async_transport(self, inner: httpx.AsyncBaseTransport | None = None) -> httpx.AsyncBaseTransport:
        """The same for `httpx.AsyncClient`."""
        return _AsyncTransport(self, inner or httpx.AsyncHTTPTransport())

    def asgi(self, app: ASGIApp) -> ASGIApp:
        """An ASGI application, such as a stub, with a recorder in front."""
        return recorded_asgi(self, app)

    def wsgi(self, app: WSGIApp) -> WSGIApp:
        """The same for WSGI."""
        return recorded_wsgi(self, app)

    def proxy(self, to: str, *, port: int = 0, remote: bool = False) -> Proxy:
        """A proxy on 127.0.0.1, for clients in any language; a context manager.

        Args:
            to: where requests go on to.
            port: 0 for any free one.
            remote: whether ``to`` may be another machine.

        Raises:
            ProxyError: ``to`` is no such URL, or the port can't be used.
        """
        from .proxy import Proxy

        return Proxy(self, to, port=port, remote=remote)

    def note(
        self,
        method: str,
        url: str,
        body: bytes,
        content_type: str | None,
        *,
        status: int = 0,
        answer: bytes = b"",
        answer_type: str = "",
        encoding: str | None = None,
        began: float = 0.0,
        seconds: float = 0.0,
        why: str = "",
    ) -> Exchange | None:
        """Take an exchange into account.

        Args:
            method: of the request.
            url: of the request, with its query.
            body: of the request; empty where there was none.
            content_type: of the request.
            status: of the answer; 0 where there was none.
            answer: the body, as it went over the wire.
            answer_type: its content type.
            encoding: its content encoding.
            began: Unix time in seconds.
            seconds: until the answer was there.
            why: why it can't be judged; empty where it can.

        Returns:
            The exchange with what was found; None where it is about another API.
        """
        if not why:
            try:
                answer = decoded(answer, encoding)
            except NotDecoded as error:
                why = f"the answer: {error}"
        unjudged = (Finding("WC109", "", why, why[:40]),) if why else ()
        sent = Sent(method, url, body or None, content_type)
        exchange = Exchange("", sent, status, answer, answer_type, began, seconds, self.name, unjudged)
        with self._lock:
            judged = self._checks.judged(exchange)
            if judged is None:
                self.outside += 1
            else:
                self.ledger.add(judged)
                if judged.findings or not self.ledger.dropped:
                    self.mask.learn(judged)
        return judged

    @property
    def failures(self) -> list[Failure]:
        """What was found so far, each kind with the smallest request that shows it."""
        with self._lock:
            return self.ledger.sorted()

    def assert_conforms(self) -> None:
        """Fail where a call broke the contract, or where there was none.

        Raises:
            AssertionError: the text tells every kind of failure, without tokens.
        """
        from .report import data_of
        from .summary_text import lines

        if not self.ledger.sent:
            raise AssertionError("nothing was recorded")
        if self.ledger.errors():
            raise AssertionError("\n".join(lines(data_of(self.summary()))))

    def summary(self) -> Summary:
        """What the reports are made of."""
        from .report import Summary

        notes = [f"{self.outside} exchanges were about no part of this API"] if self.outside else []
        seconds = time.monotonic() - self._began
        return Summary("client", self.name, self.ledger, self.mask, notes=notes, seconds=seconds)

    def report(self, folder: Path | str) -> list[Path]:
        """Write report.html, report.json, junit.xml and traffic.har.

        Raises:
            ReportError: the folder can't be written to.
        """
        from .report import write_reports

        return write_reports(self.summary(), Path(folder))


class _Call:
    """One exchange on its way; noted when the body of its answer is closed."""

    def __init__(self, recorder: Recorder, request: httpx.Request, body: bytes | None) -> None:
        self.recorder, self.request, self.body = recorder, request, body
        self.began, self.clock = time.time(), time.monotonic()
        self.kept = bytearray()
        self.complete = False
        self.noted = False

    def keep(self, block: bytes) -> None:
        if len(self.kept) <= LARGEST:
            self.kept += block

    def end(self, response: httpx.Response | None) -> None:
        if self.noted:
            return
        self.noted = True
        why = "" if self.body is not None else "the request: its body is a stream"
        if response is not None and not self.complete and not why:
            why = "the answer: it was not read to its end"
        self.recorder.note(
            self.request.method,
            str(self.request.url),
            self.body or b"",
            self.request.headers.get("Content-Type"),
            status=0 if response is None else response.status_code,
            answer=bytes(self.kept),
            answer_type="" if response is None else response.headers.get("Content-Type", ""),
            encoding=None if response is None else response.headers.get("Content-Encoding"),
            began=self.began,
            seconds=time.monotonic() - self.clock,
            why=why,
        )


class _Stream(httpx.SyncByteStream):
    def __init__(self, call: _Call, inner: Any) -> None:
        self.call, self.inner = call, inner
        self.response: httpx.Response | None = None

    def __iter__(self) -> Iterator[bytes]:
        for block in self.inner:
            self.call.keep(block)
            yield block
        self.call.complete = True

    def close(self) -> None:
        self.inner.close()
        self.call.end(self.response)


class _AsyncStream(httpx.AsyncByteStream):
    def __init__(self, call: _Call, inner: Any) -> None:
        self.call, self.inner = call, inner
        self.response: httpx.Response | None = None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for block in self.inner:
            self.call.keep(block)
            yield block
        self.call.complete = True

    async def aclose(self) -> None:
        await self.inner.aclose()
        self.call.end(self.response)


class _Transport(httpx.BaseTransport):
    def __init__(self, recorder: Recorder, inner: httpx.BaseTransport) -> None:
        self.recorder, self.inner = recorder, inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        body = None
        with contextlib.suppress(httpx.StreamConsumed, httpx.RequestNotRead, RuntimeError):
            body = request.read()
        call = _Call(self.recorder, request, body)
        try:
            response = self.inner.handle_request(request)
        except BaseException:
            call.end(None)
            raise
        stream = _Stream(call, response.stream)
        stream.response = response
        response.stream = stream
        return _fresh(response, call)

    def close(self) -> None:
        self.inner.close()


class _AsyncTransport(httpx.AsyncBaseTransport):
    def __init__(self, recorder: Recorder, inner: httpx.AsyncBaseTransport) -> None:
        self.recorder, self.inner = recorder, inner

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        body = None
        with contextlib.suppress(httpx.StreamConsumed, httpx.RequestNotRead, RuntimeError):
            body = await request.aread()
        call = _Call(self.recorder, request, body)
        try:
            response = await self.inner.handle_async_request(request)
        except BaseException:
            call.end(None)
            raise
        stream = _AsyncStream(call, response.stream)
        stream.response = response
        response.stream = stream
        return _fresh(response, call)

    async def aclose(self) -> None:
        await self.inner.aclose()


def _fresh(response: httpx.Response, call: _Call) -> httpx.Response:
    """The response. One that was made in process has its content already, and nobody will read its stream."""
    if hasattr(response, "_content"):
        call.keep(response.content)
        call.complete = True
        response.headers.pop("Content-Encoding", None)
        call.end(response)
    return response
