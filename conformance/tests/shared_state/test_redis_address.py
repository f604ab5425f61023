"""A Redis URL with a typo is told at once, in words that show no password, and before anything is sent."""

from __future__ import annotations

import copy
import socket
import threading
import warnings
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from rich.console import Console
from rich.traceback import Traceback
from servers import HOST, RedisServer

from wecom_openapi import RedisTokenStore, WeComWarning
from wecom_openapi.tokens.redis_address import RedisAddress, parse

PASSWORD = "hunter2canary"

WRONG = {
    "no scheme": (f"redis.example.test:6379/{PASSWORD}", "begin with redis://"),
    "typo in the scheme": (f"reddis://:{PASSWORD}@h:6379/0", "begin with redis://"),
    "one slash": (f"redis:/:{PASSWORD}@h:6379/0", "begin with redis://"),
    "http": (f"http://:{PASSWORD}@h:6379/0", "begin with redis://"),
    "no host": (f"redis://:{PASSWORD}@:6379/0", "host is missing"),
    "nothing": ("redis://", "host is missing"),
    "host with a slash too many": (f"redis:///:{PASSWORD}@h/0", "host is missing"),
    "port in words": (f"redis://:{PASSWORD}@h:port/0", "port is no number"),
    "port 0": (f"redis://:{PASSWORD}@h:0/0", "port is no number"),
    "port 65536": (f"redis://:{PASSWORD}@h:65536/0", "port is no number"),
    "database in words": (f"redis://:{PASSWORD}@h/cache", "number of a database"),
    "database below 0": (f"redis://:{PASSWORD}@h/-1", "number of a database"),
    "database in another script": (f"redis://:{PASSWORD}@h/٣", "number of a database"),
    "two databases": (f"redis://:{PASSWORD}@h/1?db=2", "twice"),
    "slash in the password": (f"redis://:{PASSWORD}/x@h:6379/0", "as %2F"),
    "question mark in the password": (f"redis://:x?{PASSWORD}@h:6379/0", "as %2F"),
    "hash in the password": (f"redis://:{PASSWORD}#x@h:6379/0", "# as %23"),
    "bracket in the password": (f"redis://:[{PASSWORD}@h:6379/0", "can't be read"),
    "space": (f"redis://:{PASSWORD} @h:6379/0", "a space"),
    "newline at the end": (f"redis://:{PASSWORD}@h:6379/0\n", "control character"),
    "unknown option": (f"redis://:{PASSWORD}@h/0?sokcet_timeout=1", "options after a ?"),
    "certificates not looked at": (f"rediss://:{PASSWORD}@h/0?ssl_cert_reqs=none", "options after a ?"),
    "files without TLS": (f"redis://:{PASSWORD}@h/0?ssl_ca_certs=x", "options after a ?"),
    "no path": ("unix:///?db=1", "path of the socket"),
    "host with a comma": (f"redis://:{PASSWORD}@h,x/0", "host is missing or no name"),
}


def rendered(exc: BaseException) -> str:
    """An exception as rich shows it, with what the frames of this package hold."""
    told = StringIO()
    frames = exc.__traceback__.tb_next if exc.__traceback__ else None  # without the test's own
    shown = Traceback.from_exception(type(exc), exc, frames, show_locals=True, locals_max_length=None)
    Console(file=told, width=400).print(shown)
    return told.getvalue()


@pytest.mark.parametrize("name", WRONG)
def test_a_typo_is_told_without_the_password(name: str) -> None:
    url, words = WRONG[name]
    with pytest.raises(ValueError, match=r"^Redis URL: ") as caught:
        RedisTokenStore(url)
    told = str(caught.value)
    assert words in told
    shown = rendered(caught.value)
    assert told[:40] in shown
    assert PASSWORD not in told + repr(caught.value) + shown
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    ("url", "options"),
    [
        ("redis://h", {"host": "h", "port": 6379, "ssl": False, "db": 0}),
        ("redis://h:1/", {"host": "h", "port": 1, "ssl": False, "db": 0}),
        ("redis://h:65535/15", {"host": "h", "port": 65535, "ssl": False, "db": 15}),
        ("redis://h?db=3", {"host": "h", "port": 6379, "ssl": False, "db": 3}),
        ("redis://[::1]:7/2", {"host": "::1", "port": 7, "ssl": False, "db": 2}),
        (
            "rediss://h/1?ssl_ca_certs=/ca.pem",
            {"host": "h", "port": 6379, "ssl": True, "db": 1, "ssl_ca_certs": "/ca.pem"},
        ),
        ("unix:///run/redis.sock?db=4", {"unix_socket_path": "/run/redis.sock", "db": 4}),
    ],
)
def test_a_good_url_is_read(url: str, options: dict[str, Any]) -> None:
    address = parse(url)
    assert isinstance(address, RedisAddress)
    assert address.options == options
    assert (address.username, address.password) == (None, None)


def test_user_and_password_are_read_and_not_shown() -> None:
    address = parse(f"redis://wecom:{PASSWORD}%2F%40%23@h:7/1")
    assert isinstance(address, RedisAddress)
    assert address.username == "wecom"
    assert address.password is not None
    assert address.password.reveal() == f"{PASSWORD}/@#"
    assert address.shown == "h:7, database 1"
    assert PASSWORD not in repr(address)


@pytest.mark.parametrize("url", [None, 6379, b"redis://h"])
def test_something_else_is_no_url(url: Any) -> None:
    with pytest.raises(TypeError, match="Redis URL: a string is needed"):
        RedisTokenStore(url)


@pytest.mark.parametrize("name", ["timeout", "lease", "rest"])
@pytest.mark.parametrize(("value", "error"), [(0, ValueError), (float("inf"), ValueError), ("1", TypeError)])
def test_times_that_make_no_sense(name: str, value: Any, error: type[Exception]) -> None:
    with pytest.raises(error, match=f"^{name}: "):
        RedisTokenStore("redis://h", **{name: value})


@pytest.fixture
def no_redis() -> Iterator[int]:
    """The port of a server that speaks another language."""
    with socket.create_server((HOST, 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    connection.recv(100)
                    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        thread = threading.Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


class TestWhatRedisRefuses:
    """It is there, and says that the URL is no good."""

    def refused(self, url: str, words: str) -> None:
        with pytest.raises(ValueError, match=words) as caught:
            RedisTokenStore(url, timeout=30)
        shown = rendered(caught.value)
        assert "Redis URL: Redis at 127.0.0.1:" in shown
        assert PASSWORD not in str(caught.value) + shown
        assert caught.value.__context__ is None

    def test_the_password(self, redis_server: RedisServer) -> None:
        self.refused(f"redis://:{PASSWORD}@{HOST}:{redis_server.port}/0", "AuthenticationError")

    def test_the_user(self, redis_server: RedisServer) -> None:
        self.refused(f"redis://nobody:{PASSWORD}@{HOST}:{redis_server.port}/0", "AuthenticationError")

    def test_that_there_is_no_password(self, redis_server: RedisServer) -> None:
        self.refused(f"redis://{HOST}:{redis_server.port}/0", "AuthenticationError")

    def test_the_database(self, redis_url: str) -> None:
        self.refused(redis_url[:-1] + "16", "DB index is out of range")

    def test_the_right_to_write(self, redis_server: RedisServer, redis_url: str) -> None:
        assert (
            redis_server.ask("ACL", "SETUSER", "reader", "on", f">{PASSWORD}", "~*", "+@read", "+eval")
            == b"+OK"
        )
        self.refused(f"redis://reader:{PASSWORD}@{HOST}:{redis_server.port}/0", "can't run this command")

    def test_another_protocol(self, no_redis: int) -> None:
        self.refused(f"redis://:{PASSWORD}@{HOST}:{no_redis}/0", "InvalidResponse")

    def test_tls(self, no_redis: int) -> None:
        self.refused(f"rediss://:{PASSWORD}@{HOST}:{no_redis}/0", "SSL")


def test_a_host_that_nobody_knows() -> None:
    with pytest.raises(ValueError, match=r"redis\.invalid:6379") as caught:
        RedisTokenStore(f"redis://:{PASSWORD}@redis.invalid/0")
    assert PASSWORD not in rendered(caught.value)


def test_where_nobody_listens_each_process_goes_on_alone() -> None:
    with socket.socket() as free:
        free.bind((HOST, 0))  # and nobody listens
        with pytest.warns(WeComWarning, match="each process has tokens of its own") as caught:
            store = RedisTokenStore(f"redis://:{PASSWORD}@{HOST}:{free.getsockname()[1]}/0", rest=3600)
    assert PASSWORD not in str(caught[0].message)
    assert store.load("k") is None
    store.save("k", "tok", 60)
    assert store.load("k") == "tok"


def test_a_store_shows_its_place_and_nothing_else(redis_url: str, redis_server: RedisServer) -> None:
    with warnings.catch_warnings(action="error"):
        store = RedisTokenStore(redis_url)
    assert repr(store) == f"<RedisTokenStore at {HOST}:{redis_server.port}, database 0>"
    shown = StringIO()
    Console(file=shown, width=400).print(vars(store), vars(store._redis), copy.copy(store._redis._options))
    assert redis_server.password not in shown.getvalue()
