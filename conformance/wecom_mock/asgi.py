"""The mock as an ASGI application."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Coroutine, MutableMapping
from typing import Any

from attrs import evolve

from . import wire
from .core import body_limit, handle, too_large
from .faults import PAUSE_SECONDS, PIECE_BYTES, Fault
from .state import State
from .wire import Reply, Request

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ASGIApp = Callable[[Message, Receive, Send], Coroutine[Any, Any, None]]


class _TooLarge(Exception):
    """The body is over the limit; the rest of it was not asked for."""


class _Gone(Exception):
    """The client left before its body was complete."""


def create_app(state: State, clock: Callable[[], float] = time.time) -> ASGIApp:
    """Put an ASGI application in front of a state.

    The core runs without an ``await`` inside, so requests never interleave.

    An application has no hold on the connection. Of the faults that are about one it can do ``silence``, ``slow`` and
    ``truncate``, the last by ending without the rest, which the server then notes as an error. Where ``refuse`` and the
    resets are due it answers 500 and says which one it was in ``X-Mock-Fault``; the effect of the call is as it
    ought to be.

    Args:
        state: the mocked company.
        clock: Unix time in seconds; a test passes its own.
    """

    state.take_clock(clock)

    async def app(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
        elif scope["type"] == "http":
            refused = state.faults.refuses()
            headers = tuple(
                (name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]
            )
            query = scope.get("query_string", b"")
            request = Request(scope["method"], scope["path"], query, b"", _content_type(scope), headers)
            try:
                body = await _read(scope, receive, body_limit(state.settings, scope["path"]))
            except _TooLarge:
                await _send(send, too_large(state, request, clock()))
            except _Gone:
                pass
            else:
                if refused:
                    await _confess(send, refused)
                else:
                    reply = handle(state, evolve(request, body=body), clock())
                    await _send_or_break(receive, send, reply)
        else:
            # A WebSocket gets the refusal that ASGI has for it.
            await receive()
            await send({"type": "websocket.close", "code": 1000})

    return app


def _content_type(scope: Message) -> str:
    found = [value for name, value in scope["headers"] if name.lower() == b"content-type"]
    return found[0].decode("latin-1") if len(found) == 1 else ""


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


async def _read(scope: Message, receive: Receive, limit: int) -> bytes:
    for name, value in scope["headers"]:
        if name.lower() == b"content-length" and value.isdigit() and int(value[:20]) > limit:
            raise _TooLarge
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _Gone
        chunk: bytes = message.get("body", b"")
        size += len(chunk)
        if size > limit:
            raise _TooLarge
        chunks.append(chunk)
        if not message.get("more_body", False):
            return b"".join(chunks)


async def _send(send: Send, reply: Reply) -> None:
    await _start(send, reply)
    await send({"type": "http.response.body", "body": reply.body})


async def _start(send: Send, reply: Reply) -> None:
    headers = [(name.lower().encode("ascii"), value.encode("ascii")) for name, value in reply.headers]
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})


async def _confess(send: Send, fault: Fault) -> None:
    told = f"{fault.kind}; an ASGI application can't break a connection"
    await _send(send, wire.page(500, "Internal Server Error", ("X-Mock-Fault", told)))


async def _send_or_break(receive: Receive, send: Send, reply: Reply) -> None:
    fault = reply.fault
    if fault is None:
        await _send(send, reply)
    elif fault.kind == "silence":
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(fault.seconds):
                while (await receive())["type"] != "http.disconnect":
                    pass
    elif fault.kind == "truncate":
        await _start(send, reply)
        part = reply.body[: fault.kept(len(reply.body))]
        await send({"type": "http.response.body", "body": part, "more_body": True})
    elif fault.kind == "slow":
        await _start(send, reply)
        size = PIECE_BYTES if fault.size is None else fault.size
        for start in range(0, len(reply.body), size):
            piece = {"type": "http.response.body", "body": reply.body[start : start + size]}
            await send({**piece, "more_body": True})
            await asyncio.sleep(PAUSE_SECONDS if fault.pause is None else fault.pause)
        await send({"type": "http.response.body", "body": b""})
    else:
        await _confess(send, fault)
