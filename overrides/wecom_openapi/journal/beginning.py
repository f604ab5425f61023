"""Whether a call that is about to be sent is a new one, or one that the journal knows."""

from __future__ import annotations

import time
import uuid
from typing import Any

from attrs import frozen
from sqlalchemy import Connection

from wecom_openapi.journal.entry import BOOT, Entry, State
from wecom_openapi.journal.statements import (
    BY_DIGEST,
    BY_KEY,
    NOTHING_HAPPENED,
    begin_again,
    insert_once,
    made,
    one,
)


@frozen
class Begun:
    """What the journal says to a call that is about to be sent."""

    entry: Entry
    is_ours: bool
    """Whether the call is to be sent. If not, the entry is another call's with the same key."""
    now: float
    """By the journal's clock."""


class Beginning:
    """The first thing that is written of a call.

    Args:
        wanted: what is known of the call, by the name of the column.
        key: the caller's; None for one that is derived from the content.
        seconds: after which the call has ended for sure.
        window: seconds for which the same content without a key counts as the same call.
    """

    def __init__(self, wanted: dict[str, Any], *, key: str | None, seconds: float, window: float) -> None:
        self._wanted = wanted
        self._key = key
        self._seconds = seconds
        self._window = window

    def write(self, connection: Connection, now: float) -> Begun:
        """Write it, unless the call is one that was sent.

        Args:
            connection: in a transaction that writes.
            now: by the journal's clock.
        """
        fresh = {
            **self._wanted,
            "derived": self._key is None,
            "state": str(State.OPEN),
            "attempts": 1,
            "created": now,
            "started": now,
            "deadline": now + self._seconds,
            "boot": BOOT,
            "boot_deadline": time.monotonic() + self._seconds,
            "recovered": False,
            "reason": "",
        }
        while True:
            found = self._name(connection, fresh, now)
            if found is None:
                number = connection.execute(insert_once(connection.dialect.name), fresh).scalar()
                if number is not None:
                    return Begun(made(number, fresh), True, now)
                found = one(connection, BY_KEY, fresh)
            if found is None:
                continue  # somebody has forgotten it in between
            if found.state not in NOTHING_HAPPENED or not _is_same(found, fresh):
                return Begun(found, False, now)
            again = begin_again(connection, found, fresh)
            if again is not None:
                return Begun(again, True, now)

    def _name(self, connection: Connection, fresh: dict[str, Any], now: float) -> Entry | None:
        """Give an entry its key; the entry that has it, where that is known already."""
        if self._key is not None:
            fresh["key"] = self._key
        elif not self._window:
            fresh["key"] = str(uuid.uuid4())
        else:
            last = one(connection, BY_DIGEST, fresh)
            if last is not None and now - last.started < self._window:
                return last
            number = 1 + (0 if last is None else int(last.key.rpartition("#")[2]))
            fresh["key"] = f"{fresh['digest']}#{number}"
        return None


def _is_same(entry: Entry, fresh: dict[str, Any]) -> bool:
    """Whether an entry is of the very request."""
    return all(getattr(entry, name) == fresh[name] for name in ("digest", "operation", "server"))
