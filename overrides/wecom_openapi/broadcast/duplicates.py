"""Finds what comes twice in an audience that fits into no memory."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final

from wecom_openapi.errors import JournalError

_CACHE: Final = 64 * 1024
"""KiB of memory. What has no place in it goes into a temporary file; for a million ids nothing does."""
_BYTES: Final = 16
"""Of a digest: no two ids have the same one, as far as anybody could find them."""


class Seen:
    """The ids that have come, each with a number: a table with a unique index, in a temporary file of SQLite's that is
    gone when this is closed.

    The journal's own table has no such index: ids come in no order, so each would change another page of it.
    """

    def __init__(self) -> None:
        with _explained():
            # Without a name it is a temporary file. It is used by one thread at a time.
            self._table = sqlite3.connect("", isolation_level=None, check_same_thread=False)
            for statement in (
                "PRAGMA journal_mode=OFF",
                "PRAGMA synchronous=OFF",
                f"PRAGMA cache_size=-{_CACHE}",
                "CREATE TABLE seen (digest BLOB PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID",
                "BEGIN",
            ):
                self._table.execute(statement)

    def among(self, ids: Sequence[str]) -> Mapping[str, int]:
        """Those of some ids that have come, each with its number."""
        digests = {_digest(one): one for one in ids}
        marks = ",".join("?" * len(digests))
        with _explained():
            found = self._table.execute(
                f"SELECT digest, number FROM seen WHERE digest IN ({marks})",  # noqa: S608 - marks alone
                list(digests),
            )
            return {digests[digest]: number for digest, number in found}

    def add(self, numbers: Mapping[str, int]) -> None:
        """Ids that have not come before, each with its number."""
        with _explained():
            self._table.executemany(
                "INSERT INTO seen VALUES (?, ?)", [(_digest(one), n) for one, n in numbers.items()]
            )

    def close(self) -> None:
        """Give its memory and its file back. Doing it twice changes nothing."""
        self._table.close()


def _digest(one: str) -> bytes:
    return hashlib.blake2b(one.encode(), digest_size=_BYTES).digest()


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as exc:
        raise JournalError(
            f"the folder for temporary files can't be used to look for duplicates: {exc}. Nothing was sent"
        ) from None
