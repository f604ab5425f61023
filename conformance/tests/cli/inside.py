"""Runs the program in this process, without the time that starting one takes: with pipes, and at a terminal."""

from __future__ import annotations

import contextlib
import io
import os
import pty
import re
import signal
import sys
import threading
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from program import Cli, Result

from wecom_cli.main import main

_OF_THE_TERMINAL = ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "COLORTERM", "TERM")
_MOVES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def plain(screen: str) -> str:
    """What a terminal got, without colours and movements of the cursor."""
    return _MOVES.sub("", screen)


class Inside:
    """The program, with the settings of another that is a process of its own.

    Args:
        cli: whose settings and folder.
        monkeypatch: of the test.
        capsys: of the test.
    """

    def __init__(self, cli: Cli, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.cli = cli
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(
        self, *arguments: str, env: Mapping[str, str | None] | None = None, stdin: str = ""
    ) -> Result:
        """Run it to its end, without a terminal."""
        with self._settings(env or {}) as patched:
            patched.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
            code = main(arguments)
        return self.cli.note(Result(int(code), *self._capsys.readouterr()))

    def at_terminal(
        self,
        *arguments: str,
        answers: Sequence[tuple[str, str]] = (),
        env: Mapping[str, str | None] | None = None,
        columns: int = 100,
        streams: Collection[str] = ("stdin", "stdout", "stderr"),
    ) -> Result:
        """Run it to its end at a terminal. ``err`` is what that has shown, with movements of the cursor.

        Args:
            arguments: of the program.
            answers: what is typed, each once some text has been shown.
            env: changes of the settings.
            columns: how wide the terminal is.
            streams: which are at the terminal; the others are pipes.
        """
        master, slave = pty.openpty()
        shown: list[bytes] = []
        reader = threading.Thread(target=_sit_at, args=(master, shown, answers), daemon=True)
        settings = {"TERM": "xterm-256color", "COLUMNS": str(columns), "LINES": "40", **(env or {})}
        try:
            with (
                self._settings(settings) as patched,
                os.fdopen(os.dup(slave), "r", encoding="utf-8", closefd=True) as keys,
                os.fdopen(slave, "w", encoding="utf-8", newline="") as screen,
            ):
                reader.start()
                for name in ("stdin", "stdout", "stderr"):
                    if name in streams:
                        patched.setattr(sys, name, keys if name == "stdin" else screen)
                    elif name == "stdin":
                        patched.setattr(sys, name, io.TextIOWrapper(io.BytesIO()))
                code = main(arguments)
            reader.join(60)
            assert not reader.is_alive()
        finally:
            os.close(master)
        text = b"".join(shown).decode().replace("\r\n", "\n")
        piped = self._capsys.readouterr()
        return self.cli.note(Result(int(code), piped.out, piped.err + text))

    def local(self, moment: float) -> str:
        """A time as the program tells it, in its zone."""
        zone = ZoneInfo(self.cli.settings["TZ"])
        return datetime.fromtimestamp(moment, zone).isoformat(sep=" ", timespec="seconds")

    @contextlib.contextmanager
    def _settings(self, changes: Mapping[str, str | None]) -> Iterator[pytest.MonkeyPatch]:
        before = signal.getsignal(signal.SIGTERM)
        try:
            with self._monkeypatch.context() as patched:
                patched.chdir(self.cli.folder)
                for name in _OF_THE_TERMINAL:
                    patched.delenv(name, raising=False)
                for name, value in {"COLUMNS": "80", **self.cli.settings, **changes}.items():
                    if value is None:
                        patched.delenv(name, raising=False)
                    else:
                        patched.setenv(name, value)
                time.tzset()
                yield patched
        finally:
            time.tzset()
            signal.signal(signal.SIGTERM, before)


def _sit_at(master: int, shown: list[bytes], answers: Sequence[tuple[str, str]]) -> None:
    """Read until the other side is closed, and type each answer when its question has come."""
    left = list(answers)
    with contextlib.suppress(OSError):  # Linux says EIO where the other side is closed
        while block := os.read(master, 65536):
            shown.append(block)
            while left and left[0][0] in b"".join(shown).decode(errors="replace"):
                os.write(master, left.pop(0)[1].encode())
