"""The tables of the journal, and which version of them a database has."""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Double,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    insert,
    select,
    text,
)

from wecom_openapi.errors import JournalError

VERSION: Final = 1
"""Of the tables below. A newer program may change them, and then an older one must not write."""

PART: Final = "journal"

_METADATA: Final = MetaData()

VERSIONS: Final = Table(
    "wecom_journal_schema",
    _METADATA,
    Column("part", String(40), primary_key=True),
    Column("version", Integer, nullable=False),
)
"""A row for each group of tables in the database: those of the journal, and of what stands beside it."""

ENTRIES: Final = Table(
    "wecom_journal",
    _METADATA,
    Column("id", Integer, primary_key=True),
    Column("account", String(200), nullable=False),
    Column("server", String(500), nullable=False),
    Column("operation", String(100), nullable=False),
    Column("key", String(255), nullable=False),
    Column("derived", Boolean, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("state", String(20), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("created", Double, nullable=False),
    Column("started", Double, nullable=False),
    Column("ended", Double),
    Column("deadline", Double, nullable=False),
    Column("boot", String(100), nullable=False),
    Column("boot_deadline", Double, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("answer", LargeBinary),
    Column("msgid", String(255)),
    Column("errcode", Integer),
    Column("recovered", Boolean, nullable=False),
    Column("reason", String, nullable=False),
    # This decides which of two calls with the same key is the one that is sent.
    UniqueConstraint("account", "key", name="wecom_journal_once"),
    Index("wecom_journal_digest", "account", "digest"),
    Index("wecom_journal_msgid", "account", "msgid"),
    Index("wecom_journal_state", "state"),
)

# Any number will do that nobody else uses for a lock of the same kind.
_LOCK: Final = 7_301_226_514


def prepare(connection: Connection, part: str, version: int, metadata: MetaData) -> None:
    """Create a group of tables where it isn't there yet.

    Args:
        connection: in a transaction in which nobody else creates tables.
        part: name of the group.
        version: that this program knows.
        metadata: the tables.

    Raises:
        JournalError: a newer program has made the tables.
    """
    lock(connection)
    VERSIONS.create(connection, checkfirst=True)
    found = connection.execute(select(VERSIONS.c.version).where(VERSIONS.c.part == part)).scalar()
    if found is None:
        metadata.create_all(connection, checkfirst=True)
        connection.execute(insert(VERSIONS).values(part=part, version=version))
    elif found != version:
        raise JournalError(
            f"the tables of the {part} have version {found}, and this program knows version {version}: "
            "use the program that made them, or another journal"
        )


def prepare_journal(connection: Connection) -> None:
    """Create the journal's own tables where they aren't there yet."""
    prepare(connection, PART, VERSION, _METADATA)


def lock(connection: Connection) -> None:
    """Keep every other `lock` waiting until the transaction ends. In SQLite a transaction that writes does."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
