"""`add_msg_template` of the mock's own server against the same core under Starlette on uvicorn, and against Prism.

All three validate the call; ours and Starlette's store a task as well. One process each, the same bytes, several
connections with a few requests under way on each, in turns. Counted are answers a second of the server's processor
time, where the system tells it: that is what it serves with a core of its own, whoever else is busy on the machine.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.call import BODY
from wecom_mock.server import MockServer

PRISM = "@stoplight/prism-cli@5.14.2"
CONTRACT = Path(__file__).resolve().parents[1] / "openapi/wecom/contract.yaml"
CONNECTIONS, UNDER_WAY = 16, 8
ROUNDS = 5
ROUND_SECONDS = 1.0
START_SECONDS = 120.0
START_ROUNDS, START_AIM = 51, 150
HOST = "127.0.0.1"
SUCCESS = b'"errcode":0'


@dataclass
class Server:
    """A server that is measured."""

    name: str
    port: int
    request: bytes
    group: int
    """Of processes: all that serve."""
    aim: float | None = None
    answered: int = 0
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answered / self.seconds


def serving() -> str:
    """Requests a second of each, and how many times as many ours are."""
    lines: list[str] = []
    with ExitStack() as stack:
        ours = _mock(stack, "the mock's server", "own")
        servers = [ours]
        try:
            servers.append(_mock(stack, "the same core under Starlette on uvicorn", "starlette", aim=3))
        except RuntimeError as error:
            lines.append(f"       not compared with Starlette on uvicorn: {error}")
        try:
            servers.append(_prism(stack))
        except RuntimeError as error:
            lines.append(f"       not compared with Prism: {error}")
        for number in range(ROUNDS + 1):
            for server in servers:
                answered, seconds = _round(server)
                if number:
                    server.answered += answered
                    server.seconds += seconds
    own = ours.rate
    lines.insert(0, f"{own:6.0f}  add_msg_template a second of its processor through {ours.name}")
    for server in servers[1:]:
        assert server.aim is not None
        times = own / server.rate
        mark = "within" if times >= server.aim else "below"
        lines.append(
            f"{times:6.2f}  {mark} the aim of {server.aim:.2f}   times {server.name} ({server.rate:.0f} a second)"
        )
    return "\n".join(lines)


def start() -> str:
    """How long a test waits for a server of its own, in a process that has imported it."""
    times = []
    for _ in range(START_ROUNDS):
        begin = time.perf_counter()
        with MockServer():
            times.append(time.perf_counter() - begin)
    taken = statistics.median(times[1:]) * 1e3
    mark = "within" if taken <= START_AIM else "above"
    return f"{taken:6.1f}  {mark} the aim of {START_AIM} ms   milliseconds until MockServer serves"


def _mock(stack: ExitStack, name: str, kind: str, aim: float | None = None) -> Server:
    process = stack.enter_context(_program([sys.executable, "-m", "benchmarks.served", kind]))
    assert process.stdout is not None
    told = process.stdout.readline().split()
    if len(told) != 2:
        raise RuntimeError("it did not start; is it installed?")
    return Server(name, int(told[0]), _request(told[1]), process.pid, aim)


def _prism(stack: ExitStack) -> Server:
    if shutil.which("npx") is None:
        raise RuntimeError("no Node here")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = [
        "mock",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--multiprocess=false",
        "--verboseLevel",
        "error",
    ]
    process = stack.enter_context(_program(["npx", "--yes", PRISM, *options, str(CONTRACT)]))
    server = Server("Prism on the same contract", port, _request("accesstoken000001"), process.pid, 8)
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            _round(server, seconds=0.0)
        except OSError:
            time.sleep(0.2)
        else:
            return server
    raise RuntimeError("it did not start")


@contextmanager
def _program(command: list[str]) -> Iterator[subprocess.Popen[str]]:
    # A group of its own: npx starts Node as a child of a shell.
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    ) as process:
        try:
            yield process
        finally:
            _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)


def _request(token: str) -> bytes:
    body = json.dumps(BODY, ensure_ascii=False).encode()
    head = (
        f"POST /cgi-bin/externalcontact/add_msg_template?access_token={token} HTTP/1.1\r\n"
        "Host: 127.0.0.1\r\nAccept: */*\r\nUser-Agent: benchmarks\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _busy(group: int) -> float | None:
    """Seconds of the processor that a group of processes has had; None where the system doesn't tell."""
    total, ticks = 0, 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, IndexError):  # it has ended
            fields = path.read_text(encoding="utf-8").rpartition(")")[2].split()
            if int(fields[2]) == group:
                total, ticks = total + 1, ticks + int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK") if total else None


def _round(server: Server, seconds: float = ROUND_SECONDS) -> tuple[int, float]:
    """How many answers came, each of them a success, and how long it took."""
    done = 0
    before = _busy(server.group)
    with ExitStack() as stack, selectors.DefaultSelector() as selector:
        ends: dict[socket.socket, bytes] = {}
        for _ in range(CONNECTIONS):
            connection = stack.enter_context(socket.create_connection((HOST, server.port), timeout=30))
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            selector.register(connection, selectors.EVENT_READ)
            ends[connection] = b""
        start = time.perf_counter()
        for connection in ends:
            connection.sendall(server.request * UNDER_WAY)
        while (now := time.perf_counter()) < start + seconds or not done:
            events = selector.select(START_SECONDS)
            if not events:
                raise RuntimeError(f"{server.name} does not answer")
            for key, _ in events:
                ready = key.fileobj
                assert isinstance(ready, socket.socket)
                data = ready.recv(262144)
                if not data:
                    raise OSError("the connection was closed")
                seen = ends[ready] + data
                count = seen.count(SUCCESS)
                if seen.count(b'"errcode":') > count + 1:
                    raise RuntimeError(f"{server.name} refuses the call")
                # A mark may be cut by the end of a piece; what is kept is too short for a whole one.
                ends[ready] = seen[1 - len(SUCCESS) :]
                done += count
                ready.sendall(server.request * count)
        after = _busy(server.group)
        return done, now - start if before is None or after is None else after - before
