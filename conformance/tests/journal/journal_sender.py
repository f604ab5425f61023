"""A program of its own that creates one mass message with a journal, and may end at a point of it.

``python journal_sender.py sync|async BASE_URL JOURNAL KEY POINT``: prints the msgid or the name of the error. At
POINT it kills itself with the signal that no program survives; ``-`` is for nowhere. A line on stdin lets it begin.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from wecom_openapi import AsyncWeCom, Journal, WeCom, WeComError
from wecom_openapi.deadline import Exchange
from wecom_openapi.network import DeadlineStream

BODY: dict[str, Any] = {
    "sender": "zhangsan",
    "external_userid": ["woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA"],
    "text": "新品",
}
Inner = Callable[..., Any]


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def before(inner: Inner) -> Inner:
    return lambda *args, **kwargs: die()


def after(inner: Inner) -> Inner:
    def wrapped(*args: Any, **kwargs: Any) -> None:
        inner(*args, **kwargs)
        die()

    return wrapped


def cutting(write: Callable[[DeadlineStream, bytes], None]) -> Callable[[Inner], Inner]:
    """Instead of sending the request that creates, do something with its bytes and die."""

    def of(inner: Inner) -> Inner:
        def flush(
            stream: DeadlineStream, exchange: Exchange | None, timeout: float | None, more: bytes = b""
        ) -> None:
            if b"add_msg_template" in stream._held:
                write(stream, stream._held + more)
                die()
            inner(stream, exchange, timeout, more)

        return flush

    return of


def whole(stream: DeadlineStream, held: bytes) -> None:
    stream._inner.write(held, 10)
    assert stream._inner.read(1, 10)  # once something comes back it has been taken


POINTS: dict[str, tuple[type[Any], str, Callable[[Inner], Inner]]] = {
    "before the intent": (Journal, "begin", before),
    "after the intent": (Journal, "begin", after),
    "before it is sent": (DeadlineStream, "_flush", cutting(lambda stream, held: None)),
    "half sent": (DeadlineStream, "_flush", cutting(lambda stream, held: stream._inner.write(held[:-5], 10))),
    "after it is sent": (DeadlineStream, "_flush", cutting(whole)),
    "after the answer": (Journal, "settle", before),
    "after the outcome": (Journal, "settle", after),
}


def main(kind: str, base_url: str, where: str, key: str, point: str) -> None:
    if point in POINTS:
        owner, name, trap = POINTS[point]
        setattr(owner, name, trap(getattr(owner, name)))
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        if kind == "sync":
            with WeCom("wwdemo", "demo", base_url=base_url, journal=where) as wecom:
                print(wecom.add_msg_template(key=key, **BODY).msgid)
        else:

            async def create() -> None:
                async with AsyncWeCom("wwdemo", "demo", base_url=base_url, journal=where) as wecom:
                    print((await wecom.add_msg_template(key=key, **BODY)).msgid)

            asyncio.run(create())
    except WeComError as exc:
        print(type(exc).__name__)


if __name__ == "__main__":
    main(*sys.argv[1:])
