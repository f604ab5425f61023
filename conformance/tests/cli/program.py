"""Starts the program: with pipes, and with a terminal."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import Any, NamedTuple

from fault_server import environment

COMMAND = [sys.executable, "-m", "wecom_cli"]
LIMIT = 60.0

A = "woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA"
OF_LISI = "wmCB22A6F6B4086E3513984E26BD8D4A"
MESSAGE: dict[str, Any] = {"external_userid": [A, OF_LISI], "text": {"content": "新品上市"}}
EVERYONE: dict[str, Any] = {"sender": "zhangsan", "text": {"content": "新品上市"}}
BROKEN: dict[str, Any] = {
    "externalUserid": [A],
    "sender": "zhangsan",
    "attachments": [{"msgtype": "link", "link": {"title": "中" * 43, "url": "https://example.com"}}],
}


class Result(NamedTuple):
    """What a run left."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """The JSON lines on stdout."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def errors(self) -> list[Any]:
        """The JSON lines on stderr."""
        return [json.loads(line) for line in self.err.splitlines()]

    @property
    def error(self) -> Any:
        """The one error on stderr."""
        (only,) = self.errors
        return only["error"]


class Cli:
    """The program, with its settings.

    Args:
        folder: where it runs.
        base_url: the server.
        secret: of the app.
    """

    def __init__(self, folder: Path, base_url: str, secret: str) -> None:
        self.folder = folder
        self.secret = secret
        self.settings = {
            "WECOM_CORPID": "wwdemo",
            "WECOM_CORPSECRET": secret,
            "WECOM_BASE_URL": base_url,
            "TZ": "Asia/Shanghai",
        }
        self.printed: list[str] = []

    def environment(self, changes: dict[str, str | None] | None = None) -> dict[str, str]:
        """Of a run; None takes a variable away."""
        settings = {**environment(), "PYTHONUTF8": "0", "PYTHONIOENCODING": "utf-8", **self.settings}
        settings.pop("NO_COLOR", None)
        for name, value in (changes or {}).items():
            settings.pop(name, None)
            if value is not None:
                settings[name] = value
        return settings

    def __call__(
        self, *arguments: str, env: dict[str, str | None] | None = None, stdin: str | bytes = b""
    ) -> Result:
        """Run it to its end, without a terminal."""
        done = subprocess.run(
            [*COMMAND, *arguments],
            cwd=self.folder,
            env=self.environment(env),
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            timeout=LIMIT,
            check=False,
        )
        return self.note(Result(done.returncode, done.stdout.decode(), done.stderr.decode()))

    def start(self, *arguments: str, env: dict[str, str | None] | None = None) -> subprocess.Popen[str]:
        """Start it, with pipes."""
        return subprocess.Popen(
            [*COMMAND, *arguments],
            cwd=self.folder,
            env=self.environment(env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def end(self, process: subprocess.Popen[str]) -> Result:
        """Wait for a started one."""
        out, err = process.communicate(timeout=LIMIT)
        return self.note(Result(process.returncode, out, err))

    def note(self, result: Result) -> Result:
        self.printed += [result.out, result.err]
        assert "Traceback" not in result.err, result.err
        return result

    def at_terminal(
        self, *arguments: str, env: dict[str, str | None] | None = None, stdout_too: bool = True
    ) -> Terminal:
        """Start it at a terminal of its own."""
        return Terminal(
            self,
            [*COMMAND, *arguments],
            self.environment({"TERM": "xterm-256color", **(env or {})}),
            stdout_too,
        )


class Terminal:
    """A run at a terminal of 100 columns. Stdout is a pipe where ``stdout_too`` is false."""

    def __init__(self, cli: Cli, command: list[str], env: dict[str, str], stdout_too: bool) -> None:
        self._cli = cli
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
        # The first terminal that the leader of a session opens is the one whose Ctrl-C it gets.
        opening = ["sh", "-c", 'tty=$1; shift; exec "$@" <"$tty"', "sh", os.ttyname(slave)]
        self.process = subprocess.Popen(
            [*opening, *command],
            cwd=cli.folder,
            env=env,
            stdin=slave,
            stdout=slave if stdout_too else subprocess.PIPE,
            stderr=slave,
            start_new_session=True,
        )
        os.close(slave)
        self.screen = ""
        self._raw = b""

    def wait_for(self, text: str) -> None:
        """Read until the terminal has shown some text."""
        ends = time.monotonic() + LIMIT
        while text not in self.screen:
            assert time.monotonic() < ends, f"{text!r} never came: {self.screen!r}"
            assert self._read(), f"it ended without {text!r}: {self.screen!r}"

    def type(self, text: str) -> None:
        """Press keys."""
        os.write(self._master, text.encode())

    def end(self) -> Result:
        """Read until it ends. ``err`` is what the terminal has shown."""
        out = b""
        while self._read():
            pass
        if self.process.stdout is not None:
            out = self.process.stdout.read()
            self.process.stdout.close()
        code = self.process.wait(LIMIT)
        os.close(self._master)
        return self._cli.note(Result(code, out.decode(), self.screen))

    def _read(self) -> bool:
        readable, _, _ = select.select([self._master], [], [], LIMIT)
        assert readable, f"nothing came: {self.screen!r}"
        with contextlib.suppress(OSError):  # Linux says EIO where the other side is closed
            block = os.read(self._master, 65536)
            self._raw += block
            self.screen = self._raw.decode(errors="replace")
            return bool(block)
        return False
