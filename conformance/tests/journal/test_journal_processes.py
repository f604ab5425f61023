"""Real processes with one journal: of many with the same key one sends, and one that is killed leaves the truth."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fault_server import environment
from journal_sender import BODY, POINTS
from sqlalchemy import text

from wecom_mock import State
from wecom_mock.server import MockServer
from wecom_openapi import Journal, OutcomeUnknown, WeCom
from wecom_openapi.journal import State as Known

PROGRAM = Path(__file__).with_name("journal_sender.py")


@pytest.fixture
def server() -> Iterator[MockServer]:
    with MockServer(State()) as running:
        yield running


def start(server: MockServer, where: str, point: str = "-", kind: str = "sync") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(PROGRAM), kind, server.base_url, where, "spring/1", point],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
    )


def finish(processes: list[subprocess.Popen[str]]) -> list[str]:
    """Let all of them begin at one moment; what each has told."""
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    return [process.communicate(timeout=60)[0].strip() for process in processes]


def tasks(server: MockServer) -> list[str]:
    """The tasks that there are."""
    with WeCom("wwdemo", "demo", base_url=server.base_url) as wecom:
        now = int(time.time())
        return [
            row.msgid
            for row in wecom.iter_groupmsg_list_v2(
                chat_type="single", start_time=now - 600, end_time=now + 600
            )
        ]


def test_of_many_processes_with_the_same_key_one_sends(server: MockServer, where: str) -> None:
    kinds = ("sync", "async", "sync") if where.startswith("sqlite") else ("async", "sync")
    told = finish([start(server, where, kind=kind) for kind in kinds])
    (msgid,) = tasks(server)
    assert set(told) <= {msgid, "InProgress"}
    assert msgid in told


def let_time_pass(where: str) -> None:
    """The deadline of every call that is open has passed."""
    with Journal(where) as journal, journal.writing() as connection:
        connection.execute(text("UPDATE wecom_journal SET deadline = started, boot_deadline = 0"))


KILLED: dict[str, tuple[Known | None, str | None]] = {
    "before the intent": (None, None),
    "after the intent": (Known.OPEN, "not sent"),
    "before it is sent": (Known.OPEN, "not sent"),
    "half sent": (Known.OPEN, "not sent"),
    "after it is sent": (Known.OPEN, "sent"),
    "after the answer": (Known.OPEN, "sent"),
    "after the outcome": (Known.DONE, None),
}
"""By the point of the kill: what the journal says then, and what `recover` finds out."""


@pytest.mark.parametrize("point", KILLED)
def test_killed_at_any_point_it_leaves_the_truth(server: MockServer, file: Path, point: str) -> None:
    assert set(KILLED) == set(POINTS)
    where, (state, verdict) = str(file), KILLED[point]
    process = start(server, where, point, kind="async" if point == "after the answer" else "sync")
    assert finish([process]) == [""]
    assert process.returncode == -signal.SIGKILL
    with Journal(where) as journal:
        assert [entry.state for entry in journal.entries()] == ([] if state is None else [state])
    before = tasks(server)
    with WeCom("wwdemo", "demo", base_url=server.base_url, journal=where) as wecom:
        assert wecom.recover(settle=0) == []  # it may still be running
        let_time_pass(where)
        if verdict is not None:
            with pytest.raises(OutcomeUnknown):
                wecom.add_msg_template(key="spring/1", **BODY)
        found = wecom.recover(settle=0)
        assert [one.reconciliation.verdict for one in found] == ([] if verdict is None else [verdict])
        assert tasks(server) == before
        if verdict == "sent":
            with pytest.warns(UserWarning, match="was found out by reading"):
                task = wecom.add_msg_template(key="spring/1", **BODY)
        else:
            task = wecom.add_msg_template(key="spring/1", **BODY)
        assert tasks(server) == [task.msgid]
        assert wecom.recover(settle=0) == []
