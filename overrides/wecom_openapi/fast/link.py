"""A connection of asyncio's: what comes is kept until it is asked for."""

from __future__ import annotations

import asyncio
import select
from typing import Final, cast

import httpx

FULL: Final = 256 * 1024
"""Bytes that are kept unread; the server has to wait with the rest."""


class Gone(Exception):
    """The server has closed the connection; it may have said why."""


class Link(asyncio.Protocol):
    """One connection, with one request under way at a time."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._received: list[bytes] = []
        self._size = 0
        self._has_ended = False
        self._failure: Exception | None = None
        self._reading: asyncio.Future[None] | None = None
        self._writing: asyncio.Future[None] | None = None
        self._is_full = self._is_paused = self._is_lost = False
        self.expires = float("inf")

    # What asyncio calls.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._received.append(data)
        self._size += len(data)
        if self._size > FULL and not self._is_paused:
            self._is_paused = True
            self._transport.pause_reading()
        _wake(self._reading)

    def eof_received(self) -> None:
        self._has_ended = True
        _wake(self._reading)

    def connection_lost(self, exc: Exception | None) -> None:
        self._has_ended = self._is_lost = True
        self._failure = exc
        _wake(self._reading)
        _wake(self._writing)

    def pause_writing(self) -> None:
        self._is_full = True

    def resume_writing(self) -> None:
        self._is_full = False
        _wake(self._writing)

    # What the transport does with it.

    async def write(self, data: bytes, timeout: float | None) -> None:
        """Send bytes, and wait while the server takes them too slowly.

        Raises:
            Gone: the connection is closed.
            httpx.WriteTimeout: it took longer than ``timeout`` seconds.
        """
        # A write that failed closes the transport, and the loop says so only when it has its turn again.
        if self._has_ended or self._transport.is_closing():
            raise Gone
        self._transport.write(data)
        if self._is_full:
            self._writing = self._loop.create_future()
            await self._wait(self._writing, timeout, httpx.WriteTimeout("the server takes no more bytes"))
            if self._is_full:
                raise Gone

    async def read(self, timeout: float | None) -> bytes:
        """What has come; nothing where the connection has ended.

        Raises:
            httpx.ReadError: it broke.
            httpx.ReadTimeout: nothing came in ``timeout`` seconds.
        """
        if not self._received and not self._has_ended:
            if self._is_paused:
                self._is_paused = False
                self._transport.resume_reading()
            self._reading = self._loop.create_future()
            await self._wait(self._reading, timeout, httpx.ReadTimeout("nothing came in time"))
        if self._received:
            data = self._received[0] if len(self._received) == 1 else b"".join(self._received)
            self._received.clear()
            self._size = 0
            return data
        if self._failure is not None:
            raise httpx.ReadError(str(self._failure)) from self._failure
        return b""

    async def _wait(
        self, future: asyncio.Future[None], timeout: float | None, failure: httpx.TimeoutException
    ) -> None:
        if timeout is None:
            await future
            return
        # asyncio.timeout would do, at many times the cost.
        timer = self._loop.call_later(timeout, _fail, future, failure)
        try:
            await future
        finally:
            timer.cancel()

    def has_expired(self) -> bool:
        """Whether it has rested for too long, or the server has closed it or said something unasked."""
        # Of a paused one nobody knows: TLS may hold bytes that the system has given out already.
        if self._has_ended or self._received or self._is_paused or self._loop.time() > self.expires:
            return True
        return _is_readable(self._transport.get_extra_info("socket").fileno())

    def close(self) -> None:
        """Close it, without a word to the server: nobody would wait for its answer."""
        # Where asyncio has sent the rest after the server's end of file, aborting once more fails in its depths.
        if not self._is_lost:
            self._transport.abort()


def _wake(future: asyncio.Future[None] | None) -> None:
    if future is not None and not future.done():
        future.set_result(None)


def _fail(future: asyncio.Future[None], failure: Exception) -> None:
    if not future.done():
        future.set_exception(failure)


def _is_readable(number: int) -> bool:
    """Whether something has come that the event loop hasn't seen yet: it can only be the connection's end."""
    if number < 0:
        return True
    if not hasattr(select, "poll"):
        return bool(select.select([number], [], [], 0)[0])
    poll = select.poll()
    poll.register(number, select.POLLIN)
    return bool(poll.poll(0))
