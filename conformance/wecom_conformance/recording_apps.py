"""Recorders in front of applications: ASGI and WSGI."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, MutableMapping
from typing import TYPE_CHECKING, Any

from .decoding import LARGEST

if TYPE_CHECKING:
    from .recording import Recorder

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ASGIApp = Callable[[Message, Receive, Send], Awaitable[None]]
WSGIApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def recorded_asgi(recorder: Recorder, app: ASGIApp) -> ASGIApp:
    """The application with a recorder in front; what isn't HTTP passes by."""

    async def recorded(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        began, clock = time.time(), time.monotonic()
        body, content, start = bytearray(), bytearray(), dict[str, Any]()
        whole = {"request": False, "answer": False}

        async def receive_and_keep() -> Message:
            message = await receive()
            if message["type"] == "http.request":
                if len(body) <= LARGEST:
                    body.extend(message.get("body", b""))
                whole["request"] = not message.get("more_body", False)
            return message

        async def send_and_keep(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            elif message["type"] == "http.response.body":
                if len(content) <= LARGEST:
                    content.extend(message.get("body", b""))
                whole["answer"] = not message.get("more_body", False)
            await send(message)

        try:
            await app(scope, receive_and_keep, send_and_keep)
        finally:
            headers = _text_headers(scope.get("headers", ()))
            answered = _text_headers(start.get("headers", ()))
            recorder.note(
                scope["method"],
                _url(scope, headers.get("host", "asgi")),
                bytes(body),
                headers.get("content-type"),
                status=int(start.get("status", 0)) if whole["answer"] else 0,
                answer=bytes(content),
                answer_type=answered.get("content-type", ""),
                encoding=answered.get("content-encoding"),
                began=began,
                seconds=time.monotonic() - clock,
                why=_why(bytes(body), whole["request"] or not _has_body(headers)),
            )

    return recorded


def recorded_wsgi(recorder: Recorder, app: WSGIApp) -> WSGIApp:
    """The application with a recorder in front."""

    def recorded(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        began, clock = time.time(), time.monotonic()
        tee = _Tee(environ["wsgi.input"])
        told: dict[str, Any] = {"status": 0, "headers": {}}

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            told.update(
                status=int(status.split(" ", 1)[0]), headers={name.lower(): value for name, value in headers}
            )
            return start_response(status, headers, *more)

        content = bytearray()
        complete = False
        try:
            answer = app({**environ, "wsgi.input": tee}, start)
            yield from _kept(answer, content)
            complete = True
        finally:
            length = int(environ.get("CONTENT_LENGTH") or 0)
            query = environ.get("QUERY_STRING", "")
            host = environ.get("HTTP_HOST") or environ.get("SERVER_NAME", "wsgi")
            path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
            recorder.note(
                environ["REQUEST_METHOD"],
                f"{environ.get('wsgi.url_scheme', 'http')}://{host}{path}" + (f"?{query}" if query else ""),
                bytes(tee.kept),
                environ.get("CONTENT_TYPE") or None,
                status=told["status"] if complete else 0,
                answer=bytes(content),
                answer_type=told["headers"].get("content-type", ""),
                encoding=told["headers"].get("content-encoding"),
                began=began,
                seconds=time.monotonic() - clock,
                why=_why(bytes(tee.kept), len(tee.kept) >= length),
            )

    return recorded


def _kept(answer: Iterable[bytes], content: bytearray) -> Iterator[bytes]:
    try:
        for block in answer:
            if len(content) <= LARGEST:
                content.extend(block)
            yield block
    finally:
        if callable(close := getattr(answer, "close", None)):
            close()


class _Tee:
    """The input of a WSGI application, which keeps what is read of it."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner
        self.kept = bytearray()

    def _keep(self, block: bytes) -> bytes:
        if len(self.kept) <= LARGEST:
            self.kept += block
        return block

    def read(self, *size: int) -> bytes:
        return self._keep(self.inner.read(*size))

    def readline(self, *size: int) -> bytes:
        return self._keep(self.inner.readline(*size))

    def readlines(self, *hint: int) -> list[bytes]:
        return [self._keep(line) for line in self.inner.readlines(*hint)]

    def __iter__(self) -> Iterator[bytes]:
        for line in self.inner:
            yield self._keep(line)


def _why(body: bytes, complete: bool) -> str:
    if len(body) > LARGEST:
        return f"the request: more than {LARGEST} bytes"
    return "" if complete else "the request: it was not read to its end"


def _has_body(headers: dict[str, str]) -> bool:
    return headers.get("content-length", "0") != "0" or "transfer-encoding" in headers


def _text_headers(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers}


def _url(scope: Message, host: str) -> str:
    query = scope.get("query_string", b"").decode("latin-1")
    return f"{scope.get('scheme', 'http')}://{host}{scope['path']}" + (f"?{query}" if query else "")
