"""What was about to be sent and what became of it, on disk, so that nothing is sent twice and nothing is lost.

It needs SQLAlchemy: ``pip install 'wecom-openapi[journal]'``, or ``[postgres]`` for one that machines share. Without it
the rest of the client works as ever, so each name is imported when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wecom_openapi.journal.beginning import Begun
    from wecom_openapi.journal.entry import Entry, State
    from wecom_openapi.journal.limits import REPEAT_WINDOW
    from wecom_openapi.journal.recovery import Recovered
    from wecom_openapi.journal.store import Journal

_MODULES = {
    "Entry": "wecom_openapi.journal.entry",
    "State": "wecom_openapi.journal.entry",
    "Recovered": "wecom_openapi.journal.recovery",
    "REPEAT_WINDOW": "wecom_openapi.journal.limits",
    "Begun": "wecom_openapi.journal.beginning",
    "Journal": "wecom_openapi.journal.store",
}

__all__ = ["REPEAT_WINDOW", "Begun", "Entry", "Journal", "Recovered", "State"]


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        value = globals()[name] = getattr(import_module(_MODULES[name]), name)
    except ModuleNotFoundError as exc:
        if exc.name != "sqlalchemy":
            raise
        text = "a journal needs SQLAlchemy: pip install 'wecom-openapi[journal]'"
        raise ModuleNotFoundError(text, name=exc.name) from None
    return value
