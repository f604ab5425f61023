"""A proxy on 127.0.0.1 that records: a client in any language is checked by giving it another base URL."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

import httpx

from .decoding import LARGEST
from .loopback import is_loopback
from .recording import Recorder

if TYPE_CHECKING:
    from .report import Summary

HOST = "127.0.0.1"
SECONDS = 60.0
LARGEST_REQUEST = 32 * 1024 * 1024
_HOP = frozenset(
    "connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer transfer-encoding "
    "upgrade host content-length".split()
)


class ProxyError(RuntimeError):
    """The proxy can't stand where it was told to; the text is one line that says why."""


class Proxy:
    """A running proxy; a context manager.

    Args:
        recorder: gets every exchange.
        to: where requests go on to: scheme, host and port.
        port: on 127.0.0.1; 0 for any free one.
        remote: whether ``to`` may be another machine.
        told: gets a line for every finding.

    Raises:
        ProxyError: ``to`` is no such URL, or the port can't be used.
    """

    def __init__(
        self,
        recorder: Recorder,
        to: str,
        *,
        port: int = 0,
        remote: bool = False,
        told: Callable[[str], object] | None = None,
    ) -> None:
        self.recorder, self.to, self.told = recorder, _origin(to, remote), told
        self.client = httpx.Client(timeout=SECONDS, trust_env=False, follow_redirects=False)
        try:
            self._server = _Server((HOST, port), _Handler)
        except OSError as error:
            self.client.close()
            raise ProxyError(f"port {port} on {HOST} can't be used: {error.strerror or error}") from None
        self._server.proxy = self
        self._thread = threading.Thread(target=self._server.serve_forever, name="wecom-proxy", daemon=True)

    @property
    def base_url(self) -> str:
        """``http://127.0.0.1:<port>``, for the client."""
        return f"http://{HOST}:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        self.client.close()


def serve(to: str, port: int, *, remote: bool, told: Callable[[str], object]) -> Summary:
    """Run a proxy until Ctrl-C, and give what was seen.

    Raises:
        ProxyError: it can't be started.
    """
    recorder = Recorder("what went through the proxy")
    with Proxy(recorder, to, port=port, remote=remote, told=told) as proxy:
        told(f"recording proxy on {proxy.base_url}, going on to {proxy.to}; Ctrl-C ends it")
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()
    return recorder.summary()


def _origin(to: str, remote: bool) -> str:
    parts = urlsplit(to)
    try:
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        raise ProxyError(f"{to.rpartition('@')[2]}: no URL such as http://127.0.0.1:8088")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ProxyError(f"{parts.scheme}://{parts.netloc}: give scheme, host and port only, with no path")
    if not is_loopback(host) and not remote:
        raise ProxyError(f"{host} is another machine than this one; give --allow-remote if that is meant")
    return f"{parts.scheme}://{parts.netloc}"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    proxy: Proxy


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "wecom-conformance"
    sys_version = ""
    timeout = SECONDS

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the name is the base class's
        """Nothing: the URLs have tokens in them."""

    def _go_on(self) -> None:
        assert isinstance(self.server, _Server)
        proxy = self.server.proxy
        length = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers or not length.isdigit() or int(length) > LARGEST_REQUEST:
            self._reply(
                413 if length.isdigit() else 411, b"wecom-conformance: no such body can be recorded\n"
            )
            self.close_connection = True
            return
        body = self.rfile.read(int(length))
        if not self.path.startswith("/"):
            self._reply(400, b"wecom-conformance: give the proxy as the base URL\n")
            return
        began, clock = time.time(), time.monotonic()
        status, headers, content, why = self._ask(proxy, body)
        found = proxy.recorder.note(
            self.command,
            proxy.to + self.path,
            body,
            self.headers.get("Content-Type"),
            status=status,
            answer=content,
            answer_type=headers.get("content-type", ""),
            encoding=headers.get("content-encoding"),
            began=began,
            seconds=time.monotonic() - clock,
            why=why,
        )
        if found is not None and proxy.told is not None:
            for finding in found.findings:
                proxy.told(f"{finding.operation or '-'}: {proxy.recorder.mask.text(str(finding))}")
        if not status:
            self._reply(502, b"wecom-conformance: the server gave no answer\n")
            return
        kept = [(name, value) for name, value in headers.multi_items() if name.lower() not in _HOP]
        self._reply(status, content, kept)

    def _ask(self, proxy: Proxy, body: bytes) -> tuple[int, httpx.Headers, bytes, str]:
        headers = [(name, value) for name, value in self.headers.items() if name.lower() not in _HOP]
        content = bytearray()
        try:
            with proxy.client.stream(
                self.command, proxy.to + self.path, headers=headers, content=body or None
            ) as answer:
                for block in answer.iter_raw():
                    content += block
                    if len(content) > LARGEST:
                        return 0, httpx.Headers(), b"", f"the answer: more than {LARGEST} bytes"
                return answer.status_code, answer.headers, bytes(content), ""
        except (httpx.HTTPError, httpx.InvalidURL):
            return 0, httpx.Headers(), b"", ""

    def _reply(self, status: int, content: bytes, headers: list[tuple[str, str]] | None = None) -> None:
        self.send_response_only(status)
        for name, value in headers if headers is not None else [("Content-Type", "text/plain")]:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)


for _method in ("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"):
    setattr(_Handler, f"do_{_method}", _Handler._go_on)
