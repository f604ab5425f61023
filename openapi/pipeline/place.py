"""Puts what a build made in its place: all of it or, when anything goes wrong, nothing."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import PipelineError


def files_in(folder: Path) -> Iterator[Path]:
    """The files of a folder that the build fills, in order; what Python leaves there by itself is passed over."""
    if folder.is_dir():
        yield from (p for p in sorted(folder.rglob("*")) if not p.is_dir() and "__pycache__" not in p.parts)


def place(files: Mapping[Path, bytes], folders: Iterable[Path]) -> None:
    """Write what differs from ``files`` and remove what else stands in ``folders``.

    Every new file is first written beside its place, and every old one copied. Only when all are there do the new ones
    take their places, each in one step. A file that is right already is not touched.

    Args:
        files: content by path.
        folders: folders that hold nothing but such files.

    Raises:
        PipelineError: something can't be written; everything stands as it stood before.
    """
    moves: list[_Move] = []
    made: list[Path] = []
    try:
        changed = [(path, content) for path, content in sorted(files.items()) if not _is(path, content)]
        strays = [path for folder in folders for path in files_in(folder) if path not in files]
        for path, content in [*changed, *((path, None) for path in strays)]:
            made += _make_folders(path.parent)
            moves.append(_Move(path))
            moves[-1].prepare(content)
        with _uninterrupted():
            _exchange(moves)
    except OSError as error:
        where = error.filename or (moves[-1].path if moves else "the outputs")
        raise PipelineError(str(where), f"{error.strerror or error}; nothing was written") from None
    else:
        made = []
    finally:
        for move in moves:
            move.tidy()
        _remove_empty(made)
    for folder in folders:
        _remove_left(folder)


@dataclass(slots=True)
class _Move:
    """One file that is to be replaced, made or removed."""

    path: Path
    fresh: Path | None = None
    """The new file, beside the old one; None where the file is only to go."""
    kept: Path | None = None
    """A copy of the old file; None where there was none."""

    def prepare(self, content: bytes | None) -> None:
        if self.path.is_dir() and not self.path.is_symlink():
            raise IsADirectoryError(0, "is a folder where a file should be", str(self.path))
        if content is not None:
            self.fresh = _beside(self.path)
            self.fresh.write_bytes(content)
            self.fresh.chmod(0o644)
        if os.path.lexists(self.path):
            self.kept = _beside(self.path)
            shutil.copy2(self.path, self.kept, follow_symlinks=False)

    def make(self) -> None:
        if self.fresh is not None:
            self.fresh.replace(self.path)
        else:
            self.path.unlink()

    def undo(self) -> None:
        if self.kept is not None:
            self.kept.replace(self.path)
        else:
            self.path.unlink(missing_ok=True)

    def tidy(self) -> None:
        for path in (self.fresh, self.kept):
            if path is not None:
                path.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(6)}")


def _is(path: Path, content: bytes) -> bool:
    return path.is_file() and not path.is_symlink() and path.read_bytes() == content


def _make_folders(folder: Path) -> list[Path]:
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing[::-1]


def _exchange(moves: Iterable[_Move]) -> None:
    done: list[_Move] = []
    try:
        for move in moves:
            done.append(move)
            move.make()
    except BaseException:
        for move in reversed(done):
            move.undo()
        raise


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let an interrupt wait for the few milliseconds in which old and new stand beside each other."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {kind: signal.signal(kind, signal.SIG_IGN) for kind in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)


def _remove_empty(folders: Iterable[Path]) -> None:
    for folder in reversed(list(folders)):
        with contextlib.suppress(OSError):  # not empty
            folder.rmdir()


def _remove_left(folder: Path) -> None:
    """Remove the folders beneath ``folder`` that have no file any more, and what Python left in them."""
    folders = sorted(path for path in folder.rglob("*") if path.is_dir())
    for cache in (path for path in folders if path.name == "__pycache__"):
        if not any(files_in(cache.parent)):
            shutil.rmtree(cache, ignore_errors=True)
    _remove_empty(folders)
