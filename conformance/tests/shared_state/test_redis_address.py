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

ESCAPE = "a character of the password that has a meaning in a URL is written in percent: / as %2F, # as %23"
SCHEME = "it has to begin with redis://, rediss:// or unix://"
HOST_NAME = f"its host is missing or no name; {ESCAPE}"
PORT = f"its port is no number from 1 to 65535; {ESCAPE}"
DATABASE = f"what follows the host is the number of a database, such as /0; {ESCAPE}"
OPTIONS = f"the options after a ? that redis:// has are db; {ESCAPE}"
SPACE = "there is a space or a control character in it"

WRONG = {
    "no scheme": (f"redis.example.test:6379/{PASSWORD}", SCHEME),
    "typo in the scheme": (f"reddis://:{PASSWORD}@h:6379/0", SCHEME),
    "one slash": (f"redis:/:{PASSWORD}@h:6379/0", SCHEME),
    "http": (f"http://:{PASSWORD}@h:6379/0", SCHEME),
    "no host": (f"redis://:{PASSWORD}@:6379/0", HOST_NAME),
    "nothing": ("redis://", HOST_NAME),
    "host with a slash too many": (f"redis:///:{PASSWORD}@h/0", HOST_NAME),
    "port in words": (f"redis://:{PASSWORD}@h:port/0", PORT),
    "port 0": (f"redis://:{PASSWORD}@h:0/0", PORT),
    "port 65536": (f"redis://:{PASSWORD}@h:65536/0", PORT),
    "database in words": (f"redis://:{PASSWORD}@h/cache", DATABASE),
    "database below 0": (f"redis://:{PASSWORD}@h/-1", DATABASE),
    "database in another script": (f"redis://:{PASSWORD}@h/٣", DATABASE),
    "database of ten digits": (f"redis://:{PASSWORD}@h/1234567890", DATABASE),
    "two databases": (f"redis://:{PASSWORD}@h/1?db=2", "it names the number of the database twice"),
    "slash in the password": (f"redis://:{PASSWORD}/x@h:6379/0", HOST_NAME),
    "question mark in the password": (f"redis://:x?{PASSWORD}@h:6379/0", OPTIONS),
    "hash in the password": (f"redis://:{PASSWORD}#x@h:6379/0", f"there is a # in it; {ESCAPE}"),
    "bracket in the password": (f"redis://:[{PASSWORD}@h:6379/0", f"it can't be read; {ESCAPE}"),
    "space": (f"redis://:{PASSWORD} @h:6379/0", SPACE),
    "newline at the end": (f"redis://:{PASSWORD}@h:6379/0\n", SPACE),
    "unknown option": (f"redis://:{PASSWORD}@h/0?sokcet_timeout=1", OPTIONS),
    "option without a value": (f"redis://:{PASSWORD}@h/0?sokcet_timeout", OPTIONS),
    "nothing but an ampersand": (f"redis://:{PASSWORD}@h/0?&", OPTIONS),
    "database without a number": (f"redis://:{PASSWORD}@h?db=x", DATABASE),
    "certificates not looked at": (
        f"rediss://:{PASSWORD}@h/0?ssl_cert_reqs=none",
        "the options after a ? that rediss:// has are db, ssl_ca_certs, ssl_certfile, ssl_keyfile; " + ESCAPE,
    ),
    "files without TLS": (f"redis://:{PASSWORD}@h/0?ssl_ca_certs=x", OPTIONS),
    "no path": ("unix:///?db=1", "the path of the socket is missing"),
    "host with a comma": (f"redis://:{PASSWORD}@h,x/0", HOST_NAME),
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
    url, wrong = WRONG[name]
    with pytest.raises(ValueError, match="Redis URL") as caught:
        RedisTokenStore(url)
    told = str(caught.value)
    assert told == f"Redis URL: {wrong}; redis://:password@host:6379/0 is one"
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
        ("redis://h/123456789", {"host": "h", "port": 6379, "ssl": False, "db": 123456789}),
        ("redis://Host_1.example:7", {"host": "host_1.example", "port": 7, "ssl": False, "db": 0}),
        ("redis://[fe80::1%Eth0]:7", {"host": "fe80::1%Eth0", "port": 7, "ssl": False, "db": 0}),
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


@pytest.mark.parametrize(("url", "kind"), [(None, "NoneType"), (6379, "int"), (b"redis://h", "bytes")])
def test_something_else_is_no_url(url: Any, kind: str) -> None:
    with pytest.raises(TypeError) as caught:
        RedisTokenStore(url)
    assert str(caught.value) == f"Redis URL: a string is needed, not {kind}"


@pytest.mark.parametrize("name", ["timeout", "lease", "rest"])
@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0, "a finite number of seconds, at least 0.001, is needed, not 0"),
        (0.0009, "a finite number of seconds, at least 0.001, is needed, not 0.0009"),
        (float("inf"), "a finite number of seconds, at least 0.001, is needed, not inf"),
        (float("nan"), "a finite number of seconds, at least 0.001, is needed, not nan"),
        ("1", "a number of seconds is needed, not str"),
        (True, "a number of seconds is needed, not bool"),
    ],
)
def test_times_that_make_no_sense(name: str, value: Any, told: str) -> None:
    with pytest.raises((TypeError, ValueError)) as caught:
        RedisTokenStore("redis://h", **{name: value})
    assert str(caught.value) == f"{name}: {told}"
    assert isinstance(caught.value, TypeError if told.startswith("a number") else ValueError)


def test_the_shortest_times(redis_url: str) -> None:
    assert RedisTokenStore(redis_url, timeout=30, lease=0.001, rest=0.001).load("k") is None


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
