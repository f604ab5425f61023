"""What a journal costs: how many creates a second it takes, each with its intent and its outcome on disk."""

from __future__ import annotations

import json
import tempfile
import threading
from pathlib import Path
from time import perf_counter, process_time

from wecom_openapi.journal import Journal, State
from wecom_openapi.journal.keys import digest

AIM = 1000
"""Creates a second."""

_BODY = {
    "sender": "zhangsan",
    "external_userid": ["woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA", "wmqfasd1e1927831123109rBAAAA"],
    "text": {"content": "新品上市"},
    "attachments": [{"msgtype": "image", "image": {"media_id": "MEDIA_ID"}}],
}
_ANSWER = b'{"errcode":0,"errmsg":"ok","fail_list":[],"msgid":"msgGCAAAXtWyujaWJHDDGi0mAAAA"}'


def journal() -> str:
    """SQLite in a temporary folder: with and without waiting for the disk, in one thread and in 50."""
    lines = []
    for power, meaning in ((True, "survives a power failure"), (False, "survives the process")):
        for threads, creates in ((1, 600), (50, 5000)):
            rate, cpu = _measure(power, threads, creates)
            aimed = threads > 1 or not power
            mark = f"  {'within' if rate >= AIM else 'below'} the aim of {AIM}" if aimed else ""
            lines.append(
                f"{rate:6.0f} creates a second, {cpu * 1e6:.0f} µs of processor each: journal in SQLite, {meaning}, "
                f"{threads} thread{'s' if threads > 1 else ''}{mark}"
            )
    return "\n".join(lines)


def _measure(power: bool, threads: int, creates: int) -> tuple[float, float]:
    with (
        tempfile.TemporaryDirectory() as folder,
        Journal(Path(folder) / "journal.db", survive_power_failure=power) as kept,
    ):
        kept.open()
        each = creates // threads
        # Where a thread fails there is no figure to be had: its exception is raised below.
        failed: list[BaseException] = []

        def run(number: int) -> None:
            try:
                for index in range(each):
                    _create(kept, f"{number}/{index}")
            except BaseException as exc:
                failed.append(exc)
                raise

        running = [threading.Thread(target=run, args=(number,)) for number in range(threads)]
        began, cpu = perf_counter(), process_time()
        for thread in running:
            thread.start()
        for thread in running:
            thread.join()
        seconds, spent = perf_counter() - began, process_time() - cpu
        if failed:
            raise failed[0]
        return each * threads / seconds, spent / (each * threads)


def _create(kept: Journal, key: str) -> None:
    """All that a journal does for one create."""
    body = json.dumps(_BODY).encode()
    begun = kept.begin(
        account="wwbench",
        server="https://qyapi.weixin.qq.com",
        operation="add_msg_template",
        body=body,
        digest=digest("add_msg_template", json.loads(body)),
        key=key,
        seconds=30.0,
    )
    kept.settle(begun.entry, State.DONE, answer=_ANSWER, msgid="msgGCAAAXtWyujaWJHDDGi0mAAAA")
