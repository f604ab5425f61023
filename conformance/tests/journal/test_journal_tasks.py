"""Which tasks the calls of a corp became, from some time on: what `recover` holds to be known."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

from wecom_openapi import Journal
from wecom_openapi.journal import State
from wecom_openapi.journal.statements import tasks

NOON = 1_800_000_000.0


class AtNoon(Journal):
    """A journal whose clock a test sets."""

    clock = NOON

    def _now(self, connection: Connection) -> float:
        return self.clock


def test_from_the_very_moment_on_and_of_this_corp_alone(tmp_path: Path) -> None:
    with AtNoon(tmp_path / "journal.db") as journal:
        for later, account, msgid in (
            (-1, "wwcorp", "before"),
            (0, "wwcorp", "then"),
            (0, "wwother", "of another corp"),
            (1, "wwcorp", "after"),
            (2, "wwcorp", None),
        ):
            journal.clock = NOON + later
            entry = journal.begin(
                account=account,
                server="s",
                operation="o",
                body=b"{}",
                digest="d",
                key=f"{account}/{later}",
                seconds=1,
            ).entry
            assert journal.settle(entry, State.DONE, msgid=msgid)
        with journal.reading() as connection:
            assert tasks(connection, "wwcorp", NOON) == {"then", "after"}
            assert tasks(connection, "wwcorp", NOON + 1.5) == frozenset()
