"""The whole text of what is told of a Redis that can't be used, by hand; a server that answers as it likes stands for
it."""

from __future__ import annotations

import logging
import re
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from servers import HOST

from wecom_openapi import RedisTokenStore, WeComWarning

KEY = "k" * 64
PASSWORD = "hunter2canary"
GOOD = b"*2\r\n$0\r\n\r\n:0\r\n"
ALONE = "Until it can, each process has tokens of its own"


class Odd:
    """Takes every command of a client, and answers its scripts in the order that is set."""

    def __init__(self) -> None:
        self.answers: list[bytes] = []
        self.received = b""
        self._listener = socket.create_server((HOST, 0))
        self.port = self._listener.getsockname()[1]
        self.url = f"redis://:{PASSWORD}@{HOST}:{self.port}/0"
        self.shown = f"Redis at {HOST}:{self.port}, database 0"
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection:
                while data := connection.recv(65536):
                    self.received += data
                    for command in re.findall(rb"(?m)^\*\d+\r\n\$\d+\r\n(\w+)", data):
                        connection.sendall(self.answers.pop(0) if command == b"EVAL" else b"+OK\r\n")

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()


@pytest.fixture
def odd() -> Iterator[Odd]:
    server = Odd()
    yield server
    server.close()


def error(text: bytes) -> bytes:
    return b"-" + text + b"\r\n"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (error(b"OOM out of memory"), "OutOfMemoryError: out of memory"),
        (error(b"CLUSTERDOWN the cluster is down"), "ClusterDownError: the cluster is down"),
        (error(b"TRYAGAIN later"), "TryAgainError: later"),
        (b"*2\r\n:1\r\n:2\r\n", "ValueError: the answer is none of a script of ours"),
        (b"*2\r\n$1\r\nx\r\n$1\r\n1\r\n", "ValueError: the answer is none of a script of ours"),
        (b"*2\r\n$3\r\na b\r\n:9000\r\n", "ValueError: what stands under the key is no token"),
        (
            b"*2\r\n$4097\r\n" + b"x" * 4097 + b"\r\n:9000\r\n",
            "ValueError: what stands under the key is no token",
        ),
    ],
)
def test_what_may_pass_is_warned_of_and_tried_again(
    odd: Odd, answer: bytes, reason: str, caplog: Any
) -> None:
    odd.answers = [answer, GOOD, answer]
    with pytest.warns(WeComWarning) as told:
        store = RedisTokenStore(odd.url, timeout=30, rest=0.001)
    text = f"{odd.shown} can't be used: {reason}. {ALONE}"
    assert [str(warning.message) for warning in told] == [text]
    with caplog.at_level(logging.INFO, "wecom_openapi.redis"):
        while odd.answers:
            assert store.load(KEY) is None
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("INFO", f"{odd.shown} answers again: tokens are shared"),
        ("WARNING", text),
    ]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (error(b"WRONGPASS invalid"), "AuthenticationError: invalid"),
        (error(b"ERR no\tscripts"), "ResponseError: no scripts"),
        (error(b"ERR it was " + PASSWORD.encode()), "ResponseError: it was ***"),
        (error(b"ERR " + b"x" * 200), f"ResponseError: {'x' * 200}"),
        (error(b"ERR " + b"x" * 201), f"ResponseError: {'x' * 200}"),
    ],
)
def test_what_lasts_is_an_error_of_the_url(odd: Odd, answer: bytes, reason: str) -> None:
    odd.answers = [answer]
    with pytest.raises(ValueError, match="Redis URL") as caught:
        RedisTokenStore(odd.url, timeout=30)
    assert str(caught.value) == f"Redis URL: {odd.shown} can't be used: {reason}"


def test_the_longest_token_and_how_long_it_stands(odd: Odd) -> None:
    odd.answers = [GOOD, b"*2\r\n$4096\r\n" + b"x" * 4096 + b"\r\n:3600000\r\n"]
    store = RedisTokenStore(odd.url, timeout=30)
    assert store.load(KEY) == store.load(KEY) == "x" * 4096
    assert odd.answers == []


@pytest.mark.parametrize("milliseconds", [0, -1])
def test_a_token_that_has_no_time_left_is_not_kept(odd: Odd, milliseconds: int) -> None:
    odd.answers = [GOOD, b"*2\r\n$3\r\ntok\r\n:%d\r\n" % milliseconds, GOOD]
    store = RedisTokenStore(odd.url, timeout=30)
    assert (store.load(KEY), store.load(KEY)) == ("tok", None)


@pytest.mark.parametrize(
    ("user", "said"),
    [
        ("", None),
        (f":{PASSWORD}@", b"*2\r\n$4\r\nAUTH\r\n$13\r\nhunter2canary\r\n"),
        ("wecom@", b"*3\r\n$4\r\nAUTH\r\n$5\r\nwecom\r\n$0\r\n\r\n"),
        (f"wecom:{PASSWORD}@", b"*3\r\n$4\r\nAUTH\r\n$5\r\nwecom\r\n$13\r\nhunter2canary\r\n"),
    ],
)
def test_who_it_says_that_it_is(odd: Odd, user: str, said: bytes | None) -> None:
    odd.answers = [GOOD]
    RedisTokenStore(f"redis://{user}{HOST}:{odd.port}/0", timeout=30)
    assert b"EVAL" in odd.received
    assert re.findall(rb"\*\d\r\n\$4\r\nAUTH\r\n(?:\$\d+\r\n\w*\r\n)+", odd.received) == (
        [said] if said else []
    )
