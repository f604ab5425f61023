"""What the journal says to its database: statements that are built once, and rows as entries."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Executable, Select, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from wecom_openapi.journal.entry import Entry, State
from wecom_openapi.journal.schema import ENTRIES

NOTHING_HAPPENED: Final = (State.NOT_SENT, State.REFUSED)
"""States in which an attempt has had no effect, so that another one may follow."""
SETTLED: Final = (State.DONE, *NOTHING_HAPPENED)

_ENDING: Final = ("state", "ended", "answer", "msgid", "errcode", "recovered", "reason")
_BEGINNING: Final = ("state", "attempts", "started", "deadline", "boot", "boot_deadline", "body")
_THIS: Final = (ENTRIES.c.id == bindparam("of_id"), ENTRIES.c.attempts == bindparam("of_attempts"))

BY_KEY: Final = select(ENTRIES).where(
    ENTRIES.c.account == bindparam("account"), ENTRIES.c.key == bindparam("key")
)
BY_DIGEST: Final = (
    select(ENTRIES)
    .where(
        ENTRIES.c.account == bindparam("account"),
        ENTRIES.c.digest == bindparam("digest"),
        ENTRIES.c.derived.is_(True),
    )
    .order_by(ENTRIES.c.id.desc())
    .limit(1)
)
"""The last call with some content whose key was derived from it."""

_AGAIN: Final = (
    update(ENTRIES)
    .where(*_THIS, ENTRIES.c.state.in_([str(state) for state in NOTHING_HAPPENED]))
    .values(
        {name: bindparam(f"new_{name}") for name in _BEGINNING}
        | {"ended": None, "errcode": None, "recovered": False, "reason": ""}
    )
)
_SETTLE: Final = update(ENTRIES).where(*_THIS).values({name: bindparam(f"new_{name}") for name in _ENDING})
_SETTLE_OPEN: Final = _SETTLE.where(ENTRIES.c.state == str(State.OPEN))
_SETTLE_UNKNOWN: Final = _SETTLE.where(ENTRIES.c.state == str(State.UNKNOWN))


@cache
def insert_once(database: str) -> Executable:
    """Inserts an entry, unless one with its key is there already; in the words of one kind of database."""
    dialect: Any = sqlite if database == "sqlite" else postgresql
    statement: Executable = (
        dialect.insert(ENTRIES)
        .on_conflict_do_nothing(index_elements=["account", "key"])
        .returning(ENTRIES.c.id)
    )
    return statement


def one(connection: Connection, statement: Select[Any], values: dict[str, Any]) -> Entry | None:
    """The entry that a statement finds."""
    row = connection.execute(statement, values).first()
    return None if row is None else entry_of(row)


def every(connection: Connection, *wanted: ColumnElement[bool]) -> list[Entry]:
    """The entries that meet all conditions, the oldest first."""
    return [
        entry_of(row) for row in connection.execute(select(ENTRIES).where(*wanted).order_by(ENTRIES.c.id))
    ]


def begin_again(connection: Connection, entry: Entry, fresh: dict[str, Any]) -> Entry | None:
    """Another attempt of a call that had no effect; None where somebody else has begun one."""
    values = {f"new_{name}": fresh[name] for name in _BEGINNING}
    values["new_attempts"] = entry.attempts + 1
    if not connection.execute(_AGAIN, {**values, "of_id": entry.id, "of_attempts": entry.attempts}).rowcount:
        return None
    return one(connection, BY_KEY, {"account": entry.account, "key": entry.key})


def end(connection: Connection, entry: Entry, only: State | None, values: dict[str, Any]) -> bool:
    """Write the outcome of an attempt.

    Args:
        connection: in a transaction that writes.
        entry: the attempt's.
        only: the state that it must have for it; None for any.
        values: by the name of the column.

    Returns:
        Whether the entry is there, still this attempt's, and in that state.
    """
    statement = {None: _SETTLE, State.OPEN: _SETTLE_OPEN, State.UNKNOWN: _SETTLE_UNKNOWN}[only]
    named = {f"new_{name}": values[name] for name in _ENDING}
    done = connection.execute(statement, {**named, "of_id": entry.id, "of_attempts": entry.attempts})
    return done.rowcount == 1


def is_taken(connection: Connection, entry: Entry, msgid: str) -> bool:
    """Whether another call of the corp has become a task already."""
    found = connection.execute(
        select(ENTRIES.c.id).where(
            ENTRIES.c.account == entry.account, ENTRIES.c.msgid == msgid, ENTRIES.c.id != entry.id
        )
    )
    return found.first() is not None


def tasks(connection: Connection, account: str, since: float) -> frozenset[str]:
    """The tasks that calls of a corp became from some time on."""
    wanted = select(ENTRIES.c.msgid).where(ENTRIES.c.account == account, ENTRIES.c.ended >= since)
    return frozenset(msgid for msgid in connection.execute(wanted).scalars() if msgid is not None)


def entry_of(row: Any) -> Entry:
    """A row as an entry."""
    values = dict(row._mapping)
    values["state"] = State(values["state"])
    values["body"] = bytes(values["body"])
    if values["answer"] is not None:
        values["answer"] = bytes(values["answer"])
    return Entry(**values)


def made(number: int, fresh: dict[str, Any]) -> Entry:
    """The entry that was inserted under a number."""
    nothing = dict.fromkeys(("ended", "answer", "msgid", "errcode"))
    return Entry(**{**nothing, **fresh, "id": number, "state": State(fresh["state"])})
