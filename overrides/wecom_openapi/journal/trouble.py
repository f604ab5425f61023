"""Says in one sentence what is wrong with the database of a journal."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from wecom_openapi.errors import JournalError


def explained(exc: SQLAlchemyError | sqlite3.Error, name: str, patience: float) -> JournalError:
    """The error for what a database says. Its own text is left out: it may quote what was written, or the URL."""
    reason = "it gives no connection, since all of them are in use" if isinstance(exc, PoolTimeout) else None
    cause = exc.orig if isinstance(exc, DBAPIError) else exc if isinstance(exc, sqlite3.Error) else None
    if isinstance(cause, sqlite3.Error):
        reason = _of_sqlite_error(cause, patience)
    elif cause is not None:
        reason = _of_postgres_error(cause, patience)
    return JournalError(f"the journal {name} can't be used: {reason or type(exc).__name__}")


def _of_sqlite_error(exc: sqlite3.Error, patience: float) -> str | None:
    code: int | None = getattr(exc, "sqlite_errorcode", None)
    known: dict[int, str] = {
        sqlite3.SQLITE_BUSY: f"another process has it locked, for longer than {patience:g} s",
        sqlite3.SQLITE_LOCKED: f"another process has it locked, for longer than {patience:g} s",
        sqlite3.SQLITE_READONLY: "it can't be written; see the rights of the file and its folder",
        sqlite3.SQLITE_PERM: "it can't be written; see the rights of the file and its folder",
        sqlite3.SQLITE_FULL: "the disk is full",
        sqlite3.SQLITE_CANTOPEN: "the file can't be opened; see the rights of the file and its folder",
        sqlite3.SQLITE_NOTADB: "the file is no database of SQLite",
        sqlite3.SQLITE_CORRUPT: "the file is damaged",
        sqlite3.SQLITE_IOERR: "the disk can't be read or written",
    }
    # The low byte is the kind, the rest tells more of it.
    return None if code is None else known.get(code & 0xFF)


def _of_postgres_error(exc: BaseException, patience: float) -> str:
    state = getattr(exc, "sqlstate", None) or ""
    text = str(exc)
    rules: tuple[tuple[Callable[[], bool], str], ...] = (
        (lambda: state.startswith("28") or "authentication failed" in text, "user or password is wrong"),
        (
            lambda: state == "3D000" or ("database" in text and "does not exist" in text),
            "there is no such database",
        ),
        (lambda: state in ("55P03", "57014"), f"something in it is locked for longer than {patience:g} s"),
        (lambda: state == "42501", "the user has no right to its tables"),
        (lambda: state == "25006", "it is read-only"),
        (lambda: state in ("53100", "53200"), "its disk or memory is full"),
        (lambda: state.startswith("53") or "too many clients" in text, "it takes no more connections"),
        (lambda: "refused" in text, "nobody listens at this host and port"),
        (
            lambda: "resolve" in text or "translate host" in text or "Name or service" in text,
            "its host is not known",
        ),
        (lambda: "timeout" in text or "timed out" in text, f"it doesn't answer within {patience:g} s"),
    )
    found = next((reason for holds, reason in rules if holds()), "")
    return found or (f"PostgreSQL says {state}" if state else "the connection failed")


def strip(exc: BaseException) -> None:
    """Take the frames off an exception and its causes: some of them hold the URL with its password, and who prints an
    error with the variables of each frame would show it."""
    link: BaseException | None = exc
    while link is not None:
        link.__traceback__ = None
        link = link.__cause__ or link.__context__
