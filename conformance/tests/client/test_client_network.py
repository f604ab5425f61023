"""The deadline below the pool, and the rest of the network layer, piece by piece."""

from __future__ import annotations

import random
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import httpcore
import httpx
import pytest
from fault_server import Connection, FaultServer, Seen, created

from wecom_openapi import NotSent, OutcomeUnknownInTime, WeCom
from wecom_openapi.deadline import Exchange, current
from wecom_openapi.lookup import LOOKUPS, addresses
from wecom_openapi.network import AsyncDeadlineBackend, DeadlineBackend, DeadlineStream, watch

Serve = Callable[..., FaultServer]

CREATE = {"sender": "zhangsan", "external_userid": ["wmA"], "text": {"content": "新品上市"}}


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Inner(httpcore.NetworkStream):
    """A connection that notes what is asked of it."""

    def __init__(self) -> None:
        self.log: list[tuple[Any, ...]] = []

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self.log.append(("read", timeout))
        return b"x"

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.log.append(("write", buffer, timeout))

    def close(self) -> None:
        self.log.append(("close",))

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        self.log.append(("start_tls", timeout))
        return self

    def get_extra_info(self, info: str) -> Any:
        return info


@contextmanager
def within(exchange: Exchange) -> Iterator[Exchange]:
    token = current.set(exchange)
    try:
        yield exchange
    finally:
        current.reset(token)


def test_waits_are_cut_short_at_the_deadline() -> None:
    clock = Clock()
    inner = Inner()
    stream = DeadlineStream(inner)
    with within(Exchange(10, True, clock)) as exchange:
        stream.read(1, 3)
        clock.now = 8
        stream.read(1, 3)
        stream.read(1, None)
        stream.start_tls(ssl.create_default_context(), None, 5)
        assert inner.log == [("read", 3), ("read", 2), ("read", 2), ("start_tls", 2)]
        assert not exchange.expired
        clock.now = 10
        for wait in (lambda: stream.read(1, 3), lambda: stream.start_tls(ssl.create_default_context())):
            with pytest.raises(httpcore.TimeoutException, match="deadline"):
                wait()
        assert exchange.expired
    assert len(inner.log) == 4


def test_head_and_body_leave_in_one_go() -> None:
    inner = Inner()
    stream = DeadlineStream(inner)
    with within(Exchange(10, True, Clock())) as exchange:
        exchange.begin("call")
        stream.write(b"head", 3)
        stream.write(b"body", 3)
        assert inner.log == []
        assert not exchange.may_have_effect
        stream.write(b"", 3)
        assert inner.log == [("write", b"headbody", 3)]
        assert exchange.may_have_effect
        stream.write(b"more", 3)
        stream.read(1, 3)
    assert inner.log[1:] == [("write", b"more", 3), ("read", 3)]


@pytest.mark.parametrize("size", [1, 32763, 32764, 32765, 32768, 65532, 65533, 100_000])
@pytest.mark.parametrize("called", [True, False])
def test_head_and_body_leave_whole_however_long_they_are(size: int, called: bool) -> None:
    inner = Inner()
    stream = DeadlineStream(inner)
    body = random.Random(size).randbytes(size)
    with within(Exchange(10, True, Clock())) if called else nullcontext():
        stream.write(b"head", 3)
        stream.write(body, 3)
        stream.write(b"", 3)
    pieces = [bytes(entry[1]) for entry in inner.log]
    assert b"".join(pieces) == b"head" + body
    assert len(pieces[0]) == min(4 + size, 32768)
    assert len(pieces) == -(-(4 + size) // 32768)


def test_a_long_body_is_written_in_pieces_each_within_the_deadline() -> None:
    clock = Clock()

    class Slow(Inner):
        def write(self, buffer: bytes, timeout: float | None = None) -> None:
            super().write(buffer, timeout)
            clock.now += 4

    inner = Slow()
    stream = DeadlineStream(inner)
    with within(Exchange(10, True, clock)) as exchange:
        exchange.begin("call")
        with pytest.raises(httpcore.WriteTimeout):
            stream.write(b"x" * 32 * 1024 * 5, 60)
        assert exchange.may_have_effect
    assert [(len(entry[1]), entry[2]) for entry in inner.log] == [(32768, 10), (32768, 6), (32768, 2)]


def test_outside_of_a_call_nothing_changes() -> None:
    inner = Inner()
    stream = DeadlineStream(inner)
    stream.write(b"a", 3)
    stream.read(1, 4)
    stream.write(b"b", None)
    stream.write(b"", None)
    stream.close()
    assert inner.log == [("write", b"a", 4), ("read", 4), ("write", b"b", None), ("close",)]
    assert stream.get_extra_info("socket") == "socket"


class Addresses(httpcore.NetworkBackend):
    """Connects to nothing but the last address, and notes the time that each was given."""

    def __init__(self, clock: Clock, taken: float) -> None:
        self.clock = clock
        self.taken = taken
        self.tried: list[tuple[str, float | None]] = []

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, *_: Any, **__: Any) -> Any:
        self.tried.append((host, timeout))
        self.clock.now += self.taken
        raise httpcore.ConnectTimeout("no answer")


def test_all_addresses_of_a_host_share_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    hosts = ["127.0.0.1", "127.0.0.2", "127.0.0.2", "127.0.0.3"]
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, 80)) for host in hosts]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    clock = Clock()
    inner = Addresses(clock, 6)
    backend = DeadlineBackend(inner)
    with within(Exchange(10, True, clock)), pytest.raises(httpcore.ConnectTimeout, match="deadline"):
        backend.connect_tcp("host.invalid", 80, 60)
    assert inner.tried == [("127.0.0.1", 10), ("127.0.0.2", 4)]


def test_a_socket_of_the_file_system_has_the_deadline_too() -> None:
    class Path(httpcore.NetworkBackend):
        def connect_unix_socket(self, path: str, timeout: float | None = None, *_: Any) -> Inner:
            tried.append((path, timeout))
            return Inner()

    tried: list[tuple[str, float | None]] = []
    clock = Clock()
    backend = DeadlineBackend(Path())
    backend.connect_unix_socket("/run/wecom", None)
    with within(Exchange(10, True, clock)):
        backend.connect_unix_socket("/run/wecom", None)
        backend.connect_unix_socket("/run/wecom", 3)
        clock.now = 10
        with pytest.raises(httpcore.ConnectTimeout, match="deadline"):
            backend.connect_unix_socket("/run/wecom", 3)
    assert tried == [("/run/wecom", None), ("/run/wecom", 10), ("/run/wecom", 3)]


def test_the_pauses_of_a_transport_that_connects_again_end_with_the_call() -> None:
    class Pauses(Addresses):
        def sleep(self, seconds: float) -> None:
            slept.append(seconds)

    slept: list[float] = []
    clock = Clock()
    backend = DeadlineBackend(Pauses(clock, 0))
    backend.sleep(64)
    with within(Exchange(10, True, clock)):
        backend.sleep(1)
        clock.now = 7
        backend.sleep(64)
        clock.now = 11
        backend.sleep(128)
    assert slept == [64, 1, 3, 0]


def test_a_host_without_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    backend = DeadlineBackend(Addresses(Clock(), 0))
    with within(Exchange(10, True, Clock())), pytest.raises(httpcore.ConnectError, match="Name or service"):
        backend.connect_tcp("host.invalid", 80, 60)


def test_httpx_still_has_the_place_where_the_deadline_goes() -> None:
    with httpx.HTTPTransport() as transport:
        assert watch(transport)
        assert watch(transport)
        backend = transport._pool._network_backend  # type: ignore[attr-defined]
        assert isinstance(backend, DeadlineBackend)
        assert not isinstance(backend._inner, DeadlineBackend)
    proxied = httpx.HTTPTransport(proxy="http://127.0.0.1:1")
    assert watch(proxied)
    assert isinstance(proxied._pool._network_backend, DeadlineBackend)  # type: ignore[attr-defined]
    tasks = httpx.AsyncHTTPTransport()
    assert watch(tasks)
    assert isinstance(tasks._pool._network_backend, AsyncDeadlineBackend)  # type: ignore[attr-defined]


def test_other_transports_are_left_alone() -> None:
    assert not watch(httpx.MockTransport(lambda _: httpx.Response(200)))
    transport = httpx.HTTPTransport()
    transport._pool = object()  # type: ignore[assignment]
    assert not watch(transport)


def test_a_proxy_of_the_environment_is_used_and_watched(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = serve(created)
    for name in ("HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, proxy.base_url)
    for name in ("NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    with pytest.warns(UserWarning, match="unencrypted"):
        wecom = WeCom("ww", "secret", base_url="http://wecom.invalid")
    with wecom:
        assert wecom._driver._watched
        assert wecom.add_msg_template(sender="z", external_userid=["wmA"], text="x").msgid
    # A proxy gets the whole URL; the helper parses it down to the path.
    assert [request.head.split(b" ")[1].partition(b"?")[0] for request in proxy.seen] == [
        b"http://wecom.invalid/cgi-bin/gettoken",
        b"http://wecom.invalid/cgi-bin/externalcontact/add_msg_template",
    ]


def test_an_exchange_knows_how_far_it_is() -> None:
    clock = Clock()
    exchange = Exchange(10, True, clock)
    assert not exchange.may_have_effect
    exchange.begin("token")
    exchange.left = True
    assert not exchange.may_have_effect
    exchange.begin("call")
    assert not exchange.may_have_effect
    exchange.left = True
    assert exchange.may_have_effect
    exchange.answered()
    assert not exchange.may_have_effect
    unwatched = Exchange(10, False, clock)
    unwatched.begin("call")
    assert unwatched.may_have_effect
    assert exchange.clip(None) == 10
    assert exchange.clip(3) == 3
    clock.now = 11
    assert exchange.clip(3) == 0
    assert exchange.expired


def test_the_deadline_is_checked_between_the_chunks_for_somebody_elses_client(
    serve: Serve, warm: Any
) -> None:
    def dribble(connection: Connection, _: Seen) -> None:
        connection.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        connection.dribble(b"1\r\n \r\n" * 1000)

    server = serve(dribble)
    with (
        httpx.Client() as client,
        WeCom("ww", "secret", base_url=server.base_url, client=client, deadline=1, token_store=warm) as wecom,
        pytest.raises(OutcomeUnknownInTime),
    ):
        wecom.add_msg_template(sender="z", external_userid=["wmA"], text="x")
    assert len(server.calls) == 1


def test_an_answer_that_is_complete_late_is_still_an_answer() -> None:
    from wecom_openapi.bounded import read

    clock = Clock()

    class Late(httpx.SyncByteStream):
        def __init__(self, *chunks: bytes) -> None:
            self.chunks = chunks

        def __iter__(self) -> Iterator[bytes]:
            for chunk in self.chunks:
                clock.now = 11
                yield chunk

    with within(Exchange(10, False, clock)):
        assert read(httpx.Response(200, stream=Late(b"{}")), 100) == b"{}"
        with pytest.raises(httpx.ReadTimeout):
            read(httpx.Response(200, stream=Late(b"{", b"}")), 100)


def test_a_name_that_nobody_finds_ends_with_the_call(warm: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where no name server answers: the system's own function is busy for many times as long."""
    over = threading.Event()

    def nobody_answers(*_: Any, **__: Any) -> Any:
        assert over.wait(60)
        raise socket.gaierror("too late")

    monkeypatch.setattr(socket, "getaddrinfo", nobody_answers)
    try:
        with (
            WeCom("ww", "secret", base_url="https://wecom.invalid", token_store=warm, retries=0) as wecom,
            pytest.raises(NotSent, match="ConnectTimeout: the host's name was not found in time"),
        ):
            wecom.add_msg_template(CREATE, timeout=0.2)
        assert not over.is_set()
    finally:
        over.set()


def test_lookups_that_nobody_waits_for_any_more_are_not_without_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    over = threading.Event()
    under_way: list[str] = []

    def nobody_answers(host: str, *_: Any, **__: Any) -> Any:
        under_way.append(host)
        assert over.wait(60)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80))]

    monkeypatch.setattr(socket, "getaddrinfo", nobody_answers)
    try:
        for number in range(LOOKUPS + 3):
            with pytest.raises(httpcore.ConnectTimeout, match="not found in time"):
                addresses(f"host{number}.invalid", 80, 0.01)
    finally:
        over.set()
    assert addresses("host.invalid", 80, 30) == ["127.0.0.1"]
    assert len(under_way) == LOOKUPS + 1
    assert addresses("127.0.0.1", 80, 0) == ["127.0.0.1"]


def test_a_lookup_where_there_can_be_no_more_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """As at the end of a program, from Python 3.12 on."""

    def no_more(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread at interpreter shutdown")

    monkeypatch.setattr(threading.Thread, "start", no_more)
    for _ in range(LOOKUPS + 1):
        assert "127.0.0.1" in addresses("localhost", 80, 30)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "fe80::1%lo"])
def test_an_address_needs_no_lookup_beside_the_call(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    threads = set[str]()
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *_, **__: threads.add(threading.current_thread().name) or []
    )
    addresses(host, 80, 5)
    assert threads == {threading.current_thread().name}
    addresses("localhost", 80, 5)
    assert len(threads) == 2
