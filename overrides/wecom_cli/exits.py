"""What the exit status of the program says."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Final


class Exit(IntEnum):
    """An exit status."""

    DONE = 0
    FAILED = 1
    NOTHING_SENT = 2
    UNKNOWN = 3
    NOT_READY = 4
    CONFIGURATION = 5
    AGAIN = 6
    INTERRUPTED = 130
    READER_GONE = 141
    TERMINATED = 143


MEANINGS: Final[Mapping[Exit, str]] = {
    Exit.DONE: "done",
    Exit.FAILED: "WeCom refused the call, or answered with something that is no answer",
    Exit.NOTHING_SENT: "nothing was sent: wrong command line, unreadable file, a request that breaks the contract, "
    "or nobody confirmed it",
    Exit.UNKNOWN: "outcome unknown: a write left and may have had an effect; look before you repeat it",
    Exit.NOT_READY: "the task was not done within the deadline; it goes on without us",
    Exit.CONFIGURATION: "settings: a variable is missing or wrong, the journal can't be used, or WeCom takes exception "
    "to the corpid, the secret, the app's rights or its configuration",
    Exit.AGAIN: "nothing happened, and the same may work later: no connection, no answer to a reading call, too many "
    "calls, busy, being dispatched",
    Exit.INTERRUPTED: "Ctrl-C; where a write was in flight, stderr says that its outcome is unknown",
    Exit.READER_GONE: "whoever read the output has gone",
    Exit.TERMINATED: "SIGTERM; as for Ctrl-C",
}
"""Every status, in plain English: for the help."""


class Stop(Exception):
    """Ends the program with a text for its user.

    Args:
        exit: the status.
        kind: a word for programs.
        message: one line, or more, for people.
        data: what programs are told beside it.
    """

    def __init__(self, exit: Exit, kind: str, message: str, **data: object) -> None:  # noqa: A002 - of the process
        super().__init__(message)
        self.exit = exit
        self.kind = kind
        self.data = data
