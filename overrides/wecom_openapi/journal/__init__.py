"""What was about to be sent and what became of it, on disk, so that nothing is sent twice and nothing is lost.

It needs SQLAlchemy: ``pip install 'wecom-openapi[journal]'``, or ``[postgres]`` for one that machines share.
"""

from wecom_openapi.journal.entry import Entry, State
from wecom_openapi.journal.store import REPEAT_WINDOW, Begun, Journal

__all__ = ["REPEAT_WINDOW", "Begun", "Entry", "Journal", "State"]
