"""A real Redis and a real PostgreSQL on free ports of the loopback interface, each in a temporary folder of its own.

The programs are the system's (Debian: redis-server, postgresql). Both fixtures of the tests' conftest stand on this.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

HOST = "127.0.0.1"
_WAIT = 60.0
"""Seconds for a server to start or to stop, on a machine however busy."""
_TRIES = 5
"""A port that was free may be taken when the server comes to bind it."""


class NotInstalled(Exception):
    """The server's program isn't on this machine; the text says how to get it."""


class Server:
    """A server of somebody else's, as a child of this process."""

    program: str
    install: str

    def __init__(self) -> None:
        self.password = secrets.token_urlsafe(12)
        self.port = 0
        self.folder = Path()
        self._as_nobody: dict[str, Any] = {}
        self._process: subprocess.Popen[bytes] | None = None

    @classmethod
    def find(cls) -> str:
        """Where the program is."""
        found = shutil.which(cls.program, path=os.pathsep.join([os.environ.get("PATH", ""), *_places()]))
        if found is None:
            raise NotInstalled(f"no {cls.program} here: {cls.install}")
        return found

    def __enter__(self) -> Self:
        self.find()
        self.folder = Path(tempfile.mkdtemp(prefix=f"wecom-{self.program}-"))
        self._as_nobody = unprivileged(self.folder)
        try:
            self.prepare()
            for attempt in range(_TRIES):
                self.port = free_port()
                if self._try():
                    return self
                assert attempt < _TRIES - 1, f"{self.program} did not start:\n{self.log()}"
        except BaseException:
            self.stop()
            raise
        raise AssertionError

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _try(self) -> bool:
        """Start it; False where it ended before it answered."""
        self.start()
        ends = time.monotonic() + _WAIT
        while not self.answers():
            assert self._process is not None
            if self._process.poll() is not None:
                return False
            assert time.monotonic() < ends, f"{self.program} does not answer:\n{self.log()}"
            time.sleep(0.01)
        return True

    def start(self) -> None:
        """Start it on its port, as somebody who isn't root."""
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(self.command(), stdout=log, stderr=log, **self._as_nobody)

    def again(self) -> None:
        """Start it on the port that it had, and wait until it answers."""
        assert self._try(), f"{self.program} did not start again:\n{self.log()}"

    def kill(self, number: signal.Signals = signal.SIGKILL) -> None:
        """End the process, as a machine that is switched off would."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGCONT)
            self._process.send_signal(number)
            self._process.wait(_WAIT)

    def pause(self) -> None:
        """Let it hang: connections are taken by the kernel, and nothing answers."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, self._process.pid, os.WSTOPPED | os.WNOWAIT)

    def go_on(self) -> None:
        """Let it answer again."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        """End it and remove its folder. Doing it twice changes nothing."""
        self.kill(signal.SIGTERM if self.program == "redis-server" else signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def pid(self) -> int:
        """Its process."""
        assert self._process is not None
        return self._process.pid

    def log(self) -> str:
        """What it has told."""
        return (self.folder / "log").read_text(errors="replace")

    def write(self, name: str, text: str) -> Path:
        """A file in the folder of the server, which the server alone can read."""
        path = self.folder / name
        path.touch(mode=0o600)
        path.write_text(text)
        unprivileged(path)
        return path

    def run(self, command: Sequence[str | Path]) -> None:
        """A program that comes with the server, as the server's user."""
        done = subprocess.run(command, check=False, capture_output=True, timeout=_WAIT, **self._as_nobody)
        assert done.returncode == 0, done.stderr.decode(errors="replace")

    def prepare(self) -> None:
        """Make what it needs before its first start."""

    def command(self) -> list[str]:
        """Its command line."""
        raise NotImplementedError

    def answers(self) -> bool:
        """Whether it is ready."""
        raise NotImplementedError


class RedisServer(Server):
    """A Redis that keeps nothing on disk and wants a password."""

    program = "redis-server"
    install = "apt-get install redis-server"

    @property
    def url(self) -> str:
        """With the password; the first of its databases."""
        return self.url_at(self.port)

    def url_at(self, port: int) -> str:
        """The same by way of another port that leads to it."""
        return f"redis://:{self.password}@{HOST}:{port}/0"

    def command(self) -> list[str]:
        lines = (
            *(f"bind {HOST}", f"port {self.port}", f"requirepass {self.password}"),
            *('save ""', "appendonly no", f"dir {self.folder}"),
        )
        return [self.find(), str(self.write("redis.conf", "\n".join(lines) + "\n"))]

    def answers(self) -> bool:
        try:
            return self.ask("PING") == b"+PONG"
        except OSError:
            return False

    def ask(self, *words: str) -> bytes:
        """The first line of the answer to one command, without a library between."""
        with socket.create_connection((HOST, self.port), timeout=5) as connection:
            for command in (("AUTH", self.password), words):
                parts = "".join(f"${len(word.encode())}\r\n{word}\r\n" for word in command)
                connection.sendall(f"*{len(command)}\r\n{parts}".encode())
                with connection.makefile("rb") as answer:
                    line = answer.readline().rstrip()
        return line


class PostgresServer(Server):
    """A PostgreSQL that doesn't wait for the disk: it must outlive its clients here, not a power cut."""

    program = "postgres"
    install = "apt-get install postgresql"
    user = "wecom"

    def __init__(self) -> None:
        super().__init__()
        self._made = 0

    def url(self, database: str) -> str:
        """For SQLAlchemy, with the password."""
        return f"postgresql+psycopg://{self.user}:{self.password}@{HOST}:{self.port}/{database}"

    def prepare(self) -> None:
        secret = self.write("password", self.password)
        options = (f"--username={self.user}", f"--pwfile={secret}", "--auth=scram-sha-256", "--encoding=UTF8")
        quick = ("--locale=C", "--no-sync", "--no-instructions")
        self.run([Path(self.find()).resolve().with_name("initdb"), *options, *quick, self.folder / "data"])

    def command(self) -> list[str]:
        settings = {
            "fsync": "off",
            "full_page_writes": "off",
            "listen_addresses": HOST,
            "max_connections": "200",
            "port": str(self.port),
            "shared_buffers": "32MB",
            "unix_socket_directories": "",
        }
        chosen = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [self.find(), "-D", str(self.folder / "data"), *chosen]

    def answers(self) -> bool:
        import psycopg

        try:
            self.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def execute(self, statement: str) -> None:
        """One statement, in the database that is there from the beginning."""
        import psycopg

        with psycopg.connect(
            host=HOST,
            port=self.port,
            user=self.user,
            password=self.password,
            dbname="postgres",
            autocommit=True,
            connect_timeout=5,
        ) as connection:
            connection.execute(statement.encode())

    def new_database(self) -> str:
        """The URL of an empty one."""
        self._made += 1
        name = f"test_{self._made}"
        self.execute(f"CREATE DATABASE {name} STRATEGY FILE_COPY")
        return self.url(name)


def unprivileged(path: Path) -> dict[str, Any]:
    """Give a folder or file to somebody who isn't root, where this process is. PostgreSQL refuses to be root.

    Returns:
        Options of `subprocess`, to run a program in the folder as its owner.
    """
    options: dict[str, Any] = {"cwd": path, "stdin": subprocess.DEVNULL}
    if os.geteuid() == 0:
        names = {account.pw_name for account in pwd.getpwall()}
        owner = pwd.getpwnam(next(name for name in ("postgres", "nobody") if name in names))
        os.chown(path, owner.pw_uid, owner.pw_gid)
        options |= {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    return options


def _places() -> list[str]:
    """Where Debian has the programs that no path leads to, the newest version first."""
    found = Path("/usr/lib/postgresql").glob("*/bin")
    number: Callable[[Path], float] = lambda path: float(path.parent.name)  # noqa: E731
    return [str(path) for path in sorted(found, key=number, reverse=True)]


def free_port() -> int:
    """A port that nobody has."""
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        port: int = listener.getsockname()[1]
    return port
