"""A server that answers everything at once with a created task; `python -m benchmarks.answering [CORE]` starts it.

It costs so little that what is measured is the client, and it checks nothing: that is the mock's to do.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import cast

ANSWER = b'{"errcode":0,"errmsg":"ok","fail_list":[],"msgid":"msgGCAAAXtWyujaWJHDDGi0mAAAA"}'
TOKEN = b'{"errcode":0,"errmsg":"ok","access_token":"accesstoken000001","expires_in":7200}'
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=UTF-8\r\nContent-Length: %d\r\n\r\n"
LENGTH = b"content-length:"


class Answering(asyncio.Protocol):
    """One connection, with one request under way at a time."""

    def __init__(self) -> None:
        self._head = b""
        self._missing = 0
        self._answer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        if not self._missing:
            head, end, rest = (self._head + data).partition(b"\r\n\r\n")
            if not end:
                self._head = head
                return
            self._head = b""
            _, _, length = head.lower().partition(LENGTH)
            body = TOKEN if b"/gettoken" in head else ANSWER
            self._answer = HEAD % len(body) + body
            self._missing = int(length.split(b"\r\n", 1)[0] or 0)
            data = rest
        self._missing = max(0, self._missing - len(data))
        if not self._missing:
            self._transport.write(self._answer)


async def serve() -> None:
    """Listen on a free port of 127.0.0.1 and print it; ends with the process that started it."""
    server = await asyncio.get_running_loop().create_server(Answering, "127.0.0.1", 0, backlog=256)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


@contextlib.contextmanager
def answering(core: int | None = None) -> Iterator[str]:
    """The base URL of such a server in a process of its own, on a core of its own if one is named."""
    command = [sys.executable, "-m", "benchmarks.answering", *([] if core is None else [str(core)])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.terminate()


def pin(core: int) -> None:
    """Keep this process on one core, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {core})


if __name__ == "__main__":
    if len(sys.argv) > 1:
        pin(int(sys.argv[1]))
    with contextlib.suppress(ImportError):
        import uvloop

        uvloop.install()
    asyncio.run(serve())
