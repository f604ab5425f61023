"""Opens databases: which one a caller means, and how each kind is to be used."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from wecom_openapi.errors import JournalError
from wecom_openapi.frames import frameless
from wecom_openapi.redaction import Secret

WRITES: Final = "wecom_writes"
"""Option of a connection: its transactions write, so SQLite is to take its lock when they begin. One that finds out
later that it writes may have to start over."""
DURABLE: Final = "wecom_durable"
"""Option of a connection: what it commits must survive a power failure too."""

_POSTGRES: Final = "postgresql"
_DRIVER: Final = "postgresql+psycopg"
_POOL: Final = 10
# Seconds without an answer to what was sent after which a connection is dead: a cut cable tells nobody.
_SILENCE: Final = 10


def url_of(where: str | os.PathLike[str]) -> URL:
    """What a caller gives, as a URL of SQLAlchemy's.

    Raises:
        TypeError: neither a text nor a path.
        JournalError: a URL that can't be read, or of another kind of database. Its text is not shown: it may hold a
            password.
    """
    if not isinstance(where, (str, os.PathLike)):
        raise TypeError(f"journal: a path or the URL of a database is needed, not {type(where).__name__}")
    path = os.fsdecode(where)
    if not path.strip():
        raise JournalError("journal: a path or the URL of a database is needed, not an empty text")
    is_path = isinstance(where, os.PathLike) or "://" not in path
    url = URL.create("sqlite", database=path) if is_path else _read(path)
    if url is None:
        raise JournalError(
            "journal: that is no URL of a database; postgresql+psycopg://USER:PASSWORD@HOST:5432/NAME is one, with "
            "%40 for an @ in the password and so on"
        )
    if url.drivername == _POSTGRES:
        url = url.set(drivername=_DRIVER)
    if url.drivername not in ("sqlite", _DRIVER):
        raise JournalError(
            "journal: a database of SQLite (sqlite:///PATH) or PostgreSQL (postgresql+psycopg://…) is needed"
        )
    if url.drivername == "sqlite" and (url.database in (None, "", ":memory:") or url.query):
        raise JournalError(
            "journal: a file is needed, as in sqlite:///journal.db: what is in memory is lost with the process"
        )
    return url


def _read(text: str) -> URL | None:
    try:
        return make_url(text)
    except (ArgumentError, ValueError):
        return None


def shown(url: URL) -> str:
    """Which database it is, fit for a log: no user, no password, no options."""
    if url.drivername == "sqlite":
        return f"sqlite:///{url.database}"
    port = f":{url.port}" if url.port else ""
    return f"postgresql://{url.host or ''}{port}/{url.database or ''}"


def open_engine(url: URL, patience: float) -> Engine:
    """An engine for the database, connected once.

    Args:
        url: from `url_of`.
        patience: seconds to wait for a connection, and for whoever holds a lock.

    Raises:
        JournalError: it can't be used; says why.
    """
    if url.drivername == "sqlite":
        _create_privately(Path(url.database or ""), shown(url))
        engine = create_engine(url, connect_args={"timeout": patience, "check_same_thread": False})
        event.listen(engine, "connect", _of_sqlite)
        event.listen(engine, "begin", _begin_of_sqlite)
        return engine
    try:
        engine = create_engine(
            url._replace(password=None),
            pool_size=_POOL,
            max_overflow=0,
            pool_timeout=patience,
            pool_pre_ping=True,
            connect_args={
                "client_encoding": "utf8",  # else a database in SQL_ASCII gives bytes for every text
                "connect_timeout": max(2, round(patience)),
                "tcp_user_timeout": _SILENCE * 1000,
                "keepalives_idle": _SILENCE,
                "options": f"-c lock_timeout={round(patience * 1000)} -c statement_timeout={round(patience * 2000)}",
            },
        )
    except ModuleNotFoundError:
        pass
    else:
        _keep_password(engine, url)
        return engine
    raise JournalError("a journal in PostgreSQL needs psycopg: pip install 'wecom-openapi[postgres]'")


def _keep_password(engine: Engine, url: URL) -> None:
    """Give the password to the driver alone, and drop the frames of the driver that hold it: else it would stand in
    the traceback of who is interrupted while a connection is made."""
    if not url.password:
        return
    password = Secret(str(url.password))

    @frameless
    def connect(dialect: Any, _: object, positional: Any, named: Any) -> Any:
        return dialect.connect(*positional, **named, password=password.reveal())

    event.listen(engine, "do_connect", connect)


def _create_privately(path: Path, name: str) -> None:
    """A file that only its owner may read: it holds whom a message went to. SQLite gives the files beside it the
    same rights."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        return
    except OSError as exc:
        reason = exc.strerror or type(exc).__name__
    else:
        return
    raise JournalError(f"the journal {name} can't be created: {reason}. Nothing was sent")


def _of_sqlite(connection: sqlite3.Connection, record: object) -> None:
    connection.isolation_level = None  # transactions begin where we say so
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA foreign_keys=ON")


def _begin_of_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    durable = options.get(DURABLE, True)
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
    driver.execute("BEGIN IMMEDIATE" if options.get(WRITES) else "BEGIN")


def write_options(durable: bool) -> dict[str, Any]:
    """Options of a connection that writes."""
    return {WRITES: True, DURABLE: durable}
