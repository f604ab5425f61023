"""A state in a SQLite file: it survives the end of the process at any moment, with every call that was answered."""

from __future__ import annotations

import hashlib
import math
import os
import sqlite3
import stat
import time
from collections.abc import Callable, MutableMapping, MutableSequence
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from attrs import define, field, fields, has

from .clock import LAST_SECOND, Clock
from .codec import Codec, codec_for
from .company import Company
from .demo import demo_company
from .faults import Faults
from .refusal import StorageError
from .script import Script
from .settings import Settings
from .state import State
from .stored import StoredDict, StoredList, StoredTasks, read
from .tasks import Task, TaskStore
from .unit_of_work import UnitOfWork

#: In the head of the file, so that no other SQLite file is taken for one: the letters WCMK.
APPLICATION = 0x57434D4B
#: Of the tables and of what stands in them.
VERSION = 1

#: What is no fact about the company: how this run behaves, and what it has seen.
PASSING = frozenset({"admin_hosts", "answering", "calls", "clock", "lock", "settings"})


class StateFileError(Exception):
    """A file that can't hold the state; the text is one line ``file: what is wrong``."""


class _Cell:
    """A value that is replaced, never changed in place; written when it is another one than before."""

    def __init__(self, unit: UnitOfWork, owner: object, name: str, place: str, codec: Codec) -> None:
        self._unit, self._owner, self._attribute, self._place, self._codec = unit, owner, name, place, codec
        rows = unit.read("SELECT value FROM cells WHERE place = ?", (place,))
        if rows:
            setattr(owner, name, read(codec, rows[0][0]))
        else:
            self._write()
        self._was: object = getattr(owner, name)
        unit.tracked.append(self)

    def _write(self) -> None:
        text = self._codec.dumps(getattr(self._owner, self._attribute))
        self._unit.write("INSERT OR REPLACE INTO cells (place, value) VALUES (?, ?)", (self._place, text))

    def flush(self) -> None:
        """Write the value where it is a new one."""
        if getattr(self._owner, self._attribute) is not self._was:
            self._write()

    def saved(self) -> None:
        """Note the value that is in the file."""
        self._was = getattr(self._owner, self._attribute)

    def forget(self) -> None:
        """Put the value of the file back."""
        setattr(self._owner, self._attribute, self._was)


class _Memory:
    """What a part of the state remembers, small and changed in place; written when its text is another one."""

    def __init__(self, unit: UnitOfWork, owner: Faults | Script, place: str) -> None:
        self._unit, self._owner, self._place = unit, owner, place
        kind: Any = type(owner.memory)
        self._codec = codec_for(kind)
        rows = unit.read("SELECT value FROM cells WHERE place = ?", (place,))
        # Where a file of an older version has none, the first change writes it.
        self._text = rows[0][0] if rows else self._codec.dumps(owner.memory)
        self._new = self._text
        self._take()
        unit.tracked.append(self)

    def _take(self) -> None:
        self._owner.memory = read(self._codec, self._text)

    def flush(self) -> None:
        """Write what is remembered where that has changed."""
        text = self._codec.dumps(self._owner.memory)
        if text != self._new:
            self._unit.write("INSERT OR REPLACE INTO cells (place, value) VALUES (?, ?)", (self._place, text))
            self._new = text

    def saved(self) -> None:
        """Note the text that is in the file."""
        self._text = self._new

    def forget(self) -> None:
        """Remember what the file has."""
        self._new = self._text
        self._take()


@define(eq=False)
class StoredState(State):
    """A state whose changes are in a file when the call or method that made them returns.

    What it hands out may be changed while ``lock`` is held; after that it is a copy. ``ahead`` is how many seconds the
    running clock of its door is ahead of the machine's, so that no restart brings back what its time has ended.
    """

    ahead: float = field(default=0.0, init=False)

    def take_clock(self, clock: Callable[[], float]) -> None:
        """Remember the clock of a door. One that runs and was not set goes on where the last one was."""
        if isinstance(clock, Clock) and clock.running and not clock.ahead:
            clock.move(self.ahead)
        super().take_clock(clock)

    def settle(self) -> None:
        """Write what was changed under the lock so far, and how far the clock was moved."""
        if self.clock is not None and self.clock.running and self.ahead != self.clock.ahead:
            self.ahead = self.clock.ahead
        if isinstance(self.lock, UnitOfWork):
            self.lock.settle()

    def undo(self) -> None:
        """Put everything back to what is in the file."""
        if isinstance(self.lock, UnitOfWork):
            self.lock.undo()

    def close(self) -> None:
        """Let go of the file."""
        with self.lock:
            self.settle()
        if isinstance(self.lock, UnitOfWork):
            self.lock.close()


def _keep(unit: UnitOfWork, holder: Any, prefix: str = "") -> None:
    """Put every field of a state, and of the stores in it, in the place where it is kept, by its type alone."""
    hints = get_type_hints(type(holder))
    for each in fields(type(holder)):
        name, hint = each.name, hints[each.name]
        place = f"{prefix}{name.lstrip('_')}"
        if place in PASSING:
            continue
        origin, arguments = get_origin(hint), get_args(hint)
        if hint in (Faults, Script):
            _Memory(unit, getattr(holder, name), place)
        elif hint is TaskStore:
            setattr(holder, name, StoredTasks(unit, place, codec_for(str), codec_for(Task)))
        elif origin is MutableMapping:
            setattr(holder, name, StoredDict(unit, place, codec_for(arguments[0]), codec_for(arguments[1])))
        elif origin is MutableSequence:
            setattr(holder, name, StoredList(unit, place, codec_for(arguments[0])))
        elif has(hint) and hint is not Company:
            _keep(unit, getattr(holder, name), f"{place}.")
        elif origin in (list, dict, set):
            raise TypeError(f"a change inside {place} would be missed: {hint}")
        else:
            _Cell(unit, holder, name, place, codec_for(hint))


def _connect(path: Path) -> sqlite3.Connection:
    """Open the file, and change nothing in one that isn't ours.

    Raises:
        StateFileError: as for :func:`open_state`.
    """
    try:
        # It holds secrets and tokens, if only of a mocked company.
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NONBLOCK, 0o600)
    except OSError as error:
        raise StateFileError(f"{path}: can't be used: {error.strerror or error}") from None
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise StateFileError(f"{path}: is no regular file")
    finally:
        os.close(descriptor)
    connection = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        # Two mocks on one file would each answer from what the other doesn't know.
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        _check(path, connection)
        # Each answered call is in the log when its process dies; only the machine itself can lose the last ones.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("CREATE TABLE IF NOT EXISTS cells (place TEXT PRIMARY KEY, value TEXT NOT NULL)")
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        connection.close()
        raise StateFileError(f"{path}: {_said(error)}") from None
    except BaseException:
        connection.close()
        raise
    return connection


def _check(path: Path, connection: sqlite3.Connection) -> None:
    application, version, tables = (
        connection.execute(query).fetchone()[0]
        for query in ("PRAGMA application_id", "PRAGMA user_version", "SELECT COUNT(*) FROM sqlite_master")
    )
    # A process that died while it made the file leaves one without tables.
    if (application, version, tables) == (0, 0, 0):
        return
    if application != APPLICATION:
        raise StateFileError(f"{path}: a SQLite file of another program")
    if version > VERSION:
        raise StateFileError(f"{path}: written by a newer version (format {version}, known is {VERSION})")


def _said(error: Exception) -> str:
    told = str(error)
    if "locked" in told:
        return "in use by another process"
    return "not a SQLite file" if "not a database" in told else told


def open_state(
    path: str | Path,
    company: Company | None = None,
    settings: Settings | None = None,
    seed: int | None = None,
) -> StoredState:
    """Open a state that is kept in a file, or begin one.

    Args:
        path: the SQLite file, made where it is missing. One process at a time may use it.
        company: where the file begins, the built-in one when absent. Given again as it was, it stays as the calls
            since have left it; given with changes, it replaces the one of the file.
        settings: of this run; not kept.
        seed: see :class:`~wecom_mock.state.State`; the one of the file when absent.

    Raises:
        StateFileError: the file can't be written, is in use, no state, damaged, of a newer version, or one of
            another company or seed.
    """
    path = Path(path)
    connection = _connect(path)
    try:
        unit = UnitOfWork(connection)
        with unit:
            return _opened(path, unit, company, settings or Settings(), seed)
    except StorageError as error:
        connection.close()
        raise StateFileError(f"{path}: {_said(error)}") from None
    except BaseException:
        connection.close()
        raise


def _opened(
    path: Path,
    unit: UnitOfWork,
    company: Company | None,
    settings: Settings,
    seed: int | None,
) -> StoredState:
    begun = unit.read("SELECT value FROM cells WHERE place = 'seed'")
    # What is drawn from the seed when a state is made is drawn from the right one.
    known_seed = read(codec_for(int), begun[0][0]) if begun else seed or 0
    state = StoredState(company or demo_company(), settings, known_seed)
    _keep(unit, state)
    if seed not in (None, state.seed):
        raise StateFileError(f"{path}: begun with the seed {state.seed}, not {seed}")
    if company is not None and company.corpid != state.company.corpid:
        raise StateFileError(f"{path}: holds the company {state.company.corpid!r}, not {company.corpid!r}")
    text = codec_for(Company).dumps(company or state.company)
    digest = hashlib.sha256(text.encode("ascii")).hexdigest()
    known = unit.read("SELECT value FROM cells WHERE place = 'given'")
    if not begun or (company is not None and known != [(digest,)]):
        unit.write("INSERT OR REPLACE INTO cells VALUES ('given', ?)", (digest,))
        state.company = company or state.company
    if not (math.isfinite(state.ahead) and 0 <= time.time() + state.ahead < LAST_SECOND):
        raise StateFileError(
            f"{path}: its clock is {state.ahead} s ahead of this machine's, where no time is"
        )
    state.faults.restarted()
    state.lock = state.faults.lock = unit
    return state
