"""Plan a broadcast, queue its calls, and wait until the workers are through: ``python send.py NAME FILE TEXT``.

It may be ended and started again at any point: what is planned and sent stands in the journal.
"""

from __future__ import annotations

import sys
import time

from tasks import connect, send_call

from wecom_openapi.broadcast import Broadcast, CallState, CsvFile
from wecom_openapi.broadcast.celery_tasks import enqueue

PATIENCE = 3600.0
"""Seconds to wait for the workers."""


def main(name: str, audience: str, text: str) -> int:
    """Send a text; returns 0 where the outcome of every call is known."""
    with connect() as wecom:
        journal = wecom.journal
        assert journal is not None
        broadcast = Broadcast(journal, name)
        plan = broadcast.plan({"text": {"content": text}}, CsvFile(audience))
        print(f"{plan.recipients} recipients in {plan.calls} calls, {plan.duplicates} given twice")
        for entry, found in wecom.recover():  # what an earlier run was cut off in
            print(f"{entry.key}: {found.verdict}, {found.reason}")
        print(f"{enqueue(send_call, broadcast)} calls in the queue")
        ends = time.monotonic() + PATIENCE
        while any(broadcast.call(n).state is not CallState.UNKNOWN for n in broadcast.pending()):
            if time.monotonic() > ends:
                print("the workers are not through: start it again to look on")
                break
            time.sleep(0.2)
        summary = broadcast.summary()
        for standing, number in summary.counts.items():
            print(f"{number:8} {standing}")
        print(f"{broadcast.write_report(f'{name}.csv')} recipients in {name}.csv")
    return 0 if summary.is_complete else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
