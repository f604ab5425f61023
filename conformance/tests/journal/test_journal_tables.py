"""The tables as databases in use have them: who changes one of them has to raise the version of its part, too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import URL, Dialect, Table
from sqlalchemy.schema import CreateIndex, CreateTable

from wecom_openapi.broadcast import schema as broadcast
from wecom_openapi.journal import schema as journal

MADE = Path(__file__).parent
PARTS: dict[str, tuple[int, list[Table]]] = {
    journal.PART: (journal.VERSION, [journal.VERSIONS, journal.ENTRIES]),
    broadcast.PART: (broadcast.VERSION, list(broadcast.METADATA.sorted_tables)),
}


def statements(tables: list[Table], dialect: Dialect) -> str:
    """What creates the tables, and their indexes."""
    made = [str(CreateTable(table).compile(dialect=dialect)) for table in tables]
    indexes = [index for table in tables for index in table.indexes]
    made += sorted(str(CreateIndex(index).compile(dialect=dialect)) for index in indexes)
    return "".join(re.sub(r"\s*\n\s*", "\n", one).strip() + ";\n" for one in made)


@pytest.mark.parametrize("database", ["sqlite", "postgresql+psycopg"])
@pytest.mark.parametrize("part", ["journal", "broadcast"])
def test_the_tables_of_a_version_never_change(part: str, database: str) -> None:
    dialect = URL.create(database).get_dialect()()
    version, tables = PARTS[part]
    made = (MADE / f"tables_{part}_{version}.{dialect.name}.sql").read_text(encoding="utf-8")
    assert statements(tables, dialect) == made
