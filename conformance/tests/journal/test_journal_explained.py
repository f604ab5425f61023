"""One sentence for each thing that can be wrong with a journal's database, word for word."""

from __future__ import annotations

import sqlite3
import sys
import threading
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import ArgumentError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from wecom_openapi import Journal, JournalError, WeCom
from wecom_openapi.journal.engine import open_engine, url_of
from wecom_openapi.journal.trouble import explained, strip

NAME = "postgresql://db/x"
USED = f"the journal {NAME} can't be used: "
LOCKED = "another process has it locked, for longer than 2.5 s"
RIGHTS = "it can't be written; see the rights of the file and its folder"


def told(exc: SQLAlchemyError | sqlite3.Error) -> str:
    error = explained(exc, NAME, 2.5)
    assert str(error).startswith(USED)
    return str(error).removeprefix(USED)


def of_driver(exc: Exception) -> OperationalError:
    """As SQLAlchemy gives it, which quotes the statement and its values."""
    return OperationalError("INSERT INTO wecom_journal", {"body": "wmA"}, exc)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (sqlite3.SQLITE_BUSY, LOCKED),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, LOCKED),
        (sqlite3.SQLITE_LOCKED, LOCKED),
        (sqlite3.SQLITE_READONLY, RIGHTS),
        (sqlite3.SQLITE_READONLY_DBMOVED, RIGHTS),
        (sqlite3.SQLITE_PERM, RIGHTS),
        (sqlite3.SQLITE_FULL, "the disk is full"),
        (sqlite3.SQLITE_CANTOPEN, "the file can't be opened; see the rights of the file and its folder"),
        (sqlite3.SQLITE_NOTADB, "the file is no database of SQLite"),
        (sqlite3.SQLITE_CORRUPT, "the file is damaged"),
        (sqlite3.SQLITE_IOERR_FSYNC, "the disk can't be read or written"),
        (sqlite3.SQLITE_NOMEM, "OperationalError"),
        (None, "OperationalError"),
    ],
)
def test_what_sqlite_says(code: int | None, reason: str) -> None:
    exc = sqlite3.OperationalError("wmA")
    if code is not None:
        exc.sqlite_errorcode = code
    assert told(exc) == reason
    assert told(of_driver(exc)) == reason


LOGIN = "user or password is wrong"
MISSING = "there is no such database"
HELD = "something in it is locked for longer than 2.5 s"
ENOUGH = "it takes no more connections"
UNKNOWN_HOST = "its host is not known"
SILENT = "it doesn't answer within 2.5 s"


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ("28P01", LOGIN),
        ("28000", LOGIN),
        ("3D000", MISSING),
        ("55P03", HELD),
        ("57014", HELD),
        ("42501", "the user has no right to its tables"),
        ("25006", "it is read-only"),
        ("53100", "its disk or memory is full"),
        ("53200", "its disk or memory is full"),
        ("53300", ENOUGH),
        ("42P01", "PostgreSQL says 42P01"),
    ],
)
def test_what_postgresql_says(state: str, reason: str) -> None:
    assert told(of_driver(psycopg.errors.lookup(state)("wmA"))) == reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            'connection failed: connection to server at "10.0.0.1", port 5432 failed: FATAL:  password '
            'authentication failed for user "me"',
            LOGIN,
        ),
        (
            'connection failed: connection to server at "10.0.0.1", port 5432 failed: FATAL:  database "x" does '
            "not exist",
            MISSING,
        ),
        (
            'connection failed: connection to server at "10.0.0.1", port 5432 failed: FATAL:  role "x" does not '
            "exist",
            "the connection failed",
        ),
        ("FATAL:  sorry, too many clients already", ENOUGH),
        (
            'connection to server at "10.0.0.1", port 5432 failed: Connection refused',
            "nobody listens at this host and port",
        ),
        ("failed to resolve host 'db': [Errno -2] No such host", UNKNOWN_HOST),
        ('could not translate host name "db" to address', UNKNOWN_HOST),
        ("[Errno -2] Name or service not known", UNKNOWN_HOST),
        ("connection timeout expired", SILENT),
        ('connection to server at "10.0.0.1", port 5432 failed: Connection timed out', SILENT),
        ("server closed the connection unexpectedly", "the connection failed"),
        ('the database "x" was dropped', "the connection failed"),
    ],
)
def test_what_its_driver_says_where_no_server_said_anything(text: str, reason: str) -> None:
    assert told(of_driver(psycopg.OperationalError(text))) == reason


def test_what_comes_from_beneath_the_driver() -> None:
    assert told(of_driver(ConnectionError("Connection refused"))) == "nobody listens at this host and port"


def test_what_sqlalchemy_says() -> None:
    assert told(PoolTimeout("QueuePool limit")) == "it gives no connection, since all of them are in use"
    assert told(ArgumentError("wmA")) == "ArgumentError"


@pytest.mark.parametrize("link", ["__cause__", "__context__"])
def test_no_frame_is_left_on_what_led_to_it(link: str) -> None:
    """A frame of the driver may hold the password."""
    raised: list[ValueError] = []
    for _ in range(3):
        try:
            raise ValueError
        except ValueError as exc:
            raised.append(exc)
    first, second, third = raised
    setattr(first, link, second)
    setattr(second, link, third)
    strip(first)
    assert [exc.__traceback__ for exc in raised] == [None, None, None]


NOT_EMPTY = "journal: a path or the URL of a database is needed, not an empty text"
A_FILE = "journal: a file is needed, as in sqlite:///journal.db: what is in memory is lost with the process"
KINDS = "journal: a database of SQLite (sqlite:///PATH) or PostgreSQL (postgresql+psycopg://…) is needed"
NO_URL = (
    "journal: that is no URL of a database; postgresql+psycopg://USER:PASSWORD@HOST:5432/NAME is one, with %40 for an "
    "@ in the password and so on"
)


@pytest.mark.parametrize(
    ("where", "reason"),
    [
        ("", NOT_EMPTY),
        ("  ", NOT_EMPTY),
        ("sqlite://", A_FILE),
        ("sqlite:///", A_FILE),
        ("sqlite:///:memory:", A_FILE),
        (":memory:", A_FILE),
        ("sqlite:///file.db?mode=ro", A_FILE),
        ("mysql://me:pw@127.0.0.1/db", KINDS),
        ("postgresql+psycopg2://me:pw@127.0.0.1/db", KINDS),
        ("postgresql://me:pw/x@127.0.0.1:port/db", NO_URL),
        ("://me:pw@127.0.0.1/db", NO_URL),
    ],
)
def test_what_is_no_place_for_one(where: str, reason: str) -> None:
    with pytest.raises(JournalError) as caught:
        Journal(where)
    assert str(caught.value) == reason


@pytest.mark.parametrize(
    ("where", "name"),
    [
        ("postgresql://me:pw@db:5433/x?sslmode=require", "postgresql://db:5433/x"),
        ("postgresql+psycopg://me:pw@db/x", "postgresql://db/x"),
        ("postgresql://me:pw@/x", "postgresql:///x"),
        ("postgresql://db", "postgresql://db/"),
        ("journal.db", "sqlite:///journal.db"),
        (Path("a://b"), "sqlite:///a:/b"),
    ],
)
def test_how_one_is_called(where: Any, name: str) -> None:
    assert Journal(where).name == name


@pytest.mark.parametrize(("journal", "kind"), [(7, "int"), (b"journal.db", "bytes")])
def test_what_is_no_journal(journal: Any, kind: str) -> None:
    with pytest.raises(TypeError) as caught:
        WeCom("ww", "secret", journal=journal)
    assert str(caught.value) == f"journal: a path or the URL of a database is needed, not {kind}"


def test_a_file_that_cannot_be_created(tmp_path: Path) -> None:
    file = tmp_path / "missing" / "journal.db"
    with pytest.raises(JournalError) as caught:
        Journal(file).open()
    assert str(caught.value) == (
        f"the journal sqlite:///{file} can't be created: No such file or directory. Nothing was sent"
    )


@pytest.mark.parametrize(
    ("patience", "seconds", "lock", "statement"), [(0.3, 2, 300, 600), (7.6, 8, 7600, 15200)]
)
def test_what_the_driver_of_postgresql_is_told(
    patience: float, seconds: int, lock: int, statement: int
) -> None:
    """That it is not to wait longer than the patience, and nothing of an answer that never comes."""
    given: dict[str, Any] = {}

    def stop(dialect: Any, record: Any, positional: Any, named: dict[str, Any]) -> None:
        given.update({name: value for name, value in named.items() if name != "context"})
        raise psycopg.OperationalError("that is enough")

    engine = open_engine(url_of("postgresql://me@127.0.0.1:1/x"), patience)
    event.listen(engine, "do_connect", stop)
    with pytest.raises(OperationalError):
        engine.connect()
    assert given == {
        "host": "127.0.0.1",
        "port": 1,
        "user": "me",
        "dbname": "x",
        "client_encoding": "utf8",
        "connect_timeout": seconds,
        "tcp_user_timeout": 10_000,
        "keepalives_idle": 10,
        "options": f"-c lock_timeout={lock} -c statement_timeout={statement}",
    }
    pool: Any = engine.pool
    assert (pool.size(), pool._max_overflow, pool.timeout(), pool._pre_ping) == (10, 0, patience, True)


def test_sqlite_waits_for_a_lock_as_long_as_the_patience(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal.db", patience=0.3) as journal, journal.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 300


def test_more_to_write_than_it_can(tmp_path: Path) -> None:
    begun, go = threading.Event(), threading.Event()

    class Slow(Journal):
        def _now(self, connection: Connection) -> float:
            begun.set()
            assert go.wait(30)
            return super()._now(connection)

    def begin(key: str) -> None:
        journal.begin(account="w", server="s", operation="o", body=b"{}", digest=key, key=key, seconds=1)

    with Slow(tmp_path / "journal.db", patience=0.05) as journal:
        first = threading.Thread(target=begin, args=("first",))
        first.start()
        assert begun.wait(30)
        with pytest.raises(JournalError) as caught:
            begin("second")
        go.set()
        first.join(30)
        assert [entry.key for entry in journal.entries()] == ["first"]
    assert str(caught.value) == (
        f"the journal sqlite:///{tmp_path / 'journal.db'} can't be used: it has more to write than it can within 0.05 s"
    )


def test_postgresql_without_its_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(JournalError) as caught:
        Journal("postgresql://me:pw@127.0.0.1:1/x").open()
    assert str(caught.value) == (
        "a journal in PostgreSQL needs psycopg: pip install 'wecom-openapi[postgres]'"
    )


@pytest.mark.parametrize(
    ("option", "value", "kind", "reason"),
    [
        ("patience", "5", TypeError, "a number of seconds is needed, not str"),
        ("patience", True, TypeError, "a number of seconds is needed, not bool"),
        ("patience", 0, ValueError, "a finite number of seconds from 0.001 on is needed, not 0"),
        ("patience", 0.0009, ValueError, "a finite number of seconds from 0.001 on is needed, not 0.0009"),
        ("repeat_window", None, TypeError, "a number of seconds is needed, not NoneType"),
        ("repeat_window", -1, ValueError, "a finite number of seconds from 0 on is needed, not -1"),
        (
            "repeat_window",
            float("inf"),
            ValueError,
            "a finite number of seconds from 0 on is needed, not inf",
        ),
        (
            "patience",
            float("nan"),
            ValueError,
            "a finite number of seconds from 0.001 on is needed, not nan",
        ),
    ],
)
def test_seconds_that_make_no_sense(
    tmp_path: Path, option: str, value: Any, kind: type[Exception], reason: str
) -> None:
    with pytest.raises(kind) as caught:
        Journal(tmp_path / "journal.db", **{option: value})
    assert str(caught.value) == f"{option}: {reason}"
    assert Journal(tmp_path / "journal.db", repeat_window=0, patience=0.001).name
