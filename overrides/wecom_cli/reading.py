"""Reads the request that a user has in a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from wecom_cli.exits import Exit, Stop
from wecom_openapi import strict_json


def body(name: str) -> Any:
    """The JSON value in a file; ``-`` is standard input.

    Raises:
        Stop: it can't be read; says why.
    """
    shown = "<stdin>" if name == "-" else name
    try:
        if name == "-":
            return strict_json.load(sys.stdin.buffer)
        with Path(name).open("rb") as stream:
            return strict_json.load(stream)
    except strict_json.Unreadable as exc:
        reason = str(exc)
    except OSError as exc:
        reason = exc.strerror or str(exc)
    except ValueError as exc:
        reason = str(exc)  # a name that no file can have
    raise Stop(Exit.NOTHING_SENT, "Unreadable", f"{shown}: {reason}", file=shown, reason=reason)
