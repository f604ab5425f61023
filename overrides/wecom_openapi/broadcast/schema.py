"""The tables of broadcasts. They stand beside the journal's, in the same database."""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    Double,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

VERSION: Final = 1
PART: Final = "broadcast"

METADATA: Final = MetaData()

BROADCASTS: Final = Table(
    "wecom_broadcast",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", String(100), nullable=False, unique=True),
    Column("chat_type", String(10), nullable=False),
    Column("message", Text, nullable=False),
    # Of what was given: a broadcast is fixed once it is planned.
    Column("message_digest", String(64), nullable=False),
    Column("audience_digest", String(64)),
    Column("planned", Boolean, nullable=False),
    Column("given", Integer, nullable=False),
    Column("duplicates", Integer, nullable=False),
    Column("duplicates_of_another_sender", Integer, nullable=False),
    Column("created", Double, nullable=False),
    sqlite_autoincrement=True,  # a number is never given again, so what an abandoned plan still writes is nobody's
)

CALLS: Final = Table(
    "wecom_broadcast_call",
    METADATA,
    Column("broadcast", Integer, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("sender", String(255)),
    Column("size", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("started", Double),
    Column("ended", Double),
    Column("msgid", String(255)),
    Column("errcode", Integer),
    Column("reason", Text, nullable=False),
    # Not where the task was found by reading: only the answer had it.
    Column("fail_list_known", Boolean, nullable=False),
)

RECIPIENTS: Final = Table(
    "wecom_broadcast_recipient",
    METADATA,
    # In the order of calls, so that what is one call's lies together.
    Column("broadcast", Integer, primary_key=True),
    Column("call", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("recipient", String(256), nullable=False),
    # Where it isn't what became of the call: left out by WeCom, or what the results said later.
    Column("result", String(20)),
    sqlite_with_rowid=False,
)

Index("wecom_broadcast_state", CALLS.c.broadcast, CALLS.c.state)
