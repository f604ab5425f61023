"""What runs leave on disk and on a terminal: journal, report, HAR, log of calls, the output of the program."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import warnings
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from attrs import evolve

from wecom_mock import State
from wecom_mock.har import write_har
from wecom_openapi import Broadcast, Journal, WeCom, WeComError

from .canary import Canary, Net
from .company import CORPID, SENDERS, company
from .faults import NO_FAULT, Fault
from .matrix import body
from .nursery import audience
from .secrets import SECRET, draw_for
from .server import ChaosServer, always

_JOURNAL: Final = ("--journal", "canary.db")
SCRIPTS: Final[Mapping[str, Sequence[Sequence[str]]]] = {
    "alone": (
        ("send", "--yes", "message.json"),
        ("status", "--json", "m1"),
        ("customers", "zhangsan"),
    ),
    "journal": (
        ("send", "--yes", "--json", *_JOURNAL, "--key", "k", "message.json"),
        ("send", "--yes", *_JOURNAL, "--key", "k", "message.json"),
        ("recover", "--json", *_JOURNAL),
    ),
    "broadcast": (
        ("broadcast", "plan", *_JOURNAL, "canary", "text.json", "audience.csv"),
        ("broadcast", "run", "--yes", *_JOURNAL, "canary"),
        ("broadcast", "status", "--results", *_JOURNAL, "canary"),
        ("broadcast", "report", "--output", "report.csv", *_JOURNAL, "canary"),
        ("broadcast", "report", "--json", *_JOURNAL, "canary"),
        ("recover", *_JOURNAL),
    ),
}
"""Commands of ``wecom`` that are run one after another in one folder, by what they go through."""

_PROGRAM: Final = """
import json, logging, sys
logging.basicConfig(level=logging.DEBUG)
from wecom_cli.main import main
for line in sys.stdin:
    main(json.loads(line))
"""
"""All commands of a script in one process, with the logs of every library on stderr."""


def leave_files(net: Net, folder: Path, chosen: Iterable[Fault]) -> int:
    """Keep a journal and write reports while the server answers in these ways, and throw every file into the net.

    Returns:
        How many bytes the files had.
    """
    for number, fault in enumerate(chosen):
        with (
            ChaosServer(draw_for(fault, of_token=False)) as server,
            Journal(folder / f"{number}.db", survive_power_failure=False) as journal,
            WeCom(CORPID, SECRET.value, base_url=server.base_url, journal=journal, retries=0) as wecom,
            warnings.catch_warnings(),
        ):
            warnings.simplefilter("ignore")
            for _ in range(2):
                with contextlib.suppress(WeComError):
                    wecom.add_msg_template(body("canary"), key="k")
            with contextlib.suppress(WeComError):
                wecom.recover()
            broadcast = Broadcast(journal, "canary")
            broadcast.plan({"text": {"content": "canary"}}, audience(1))
            with contextlib.suppress(WeComError):
                broadcast.run(wecom, give_up_after=2, attempts=1)
            broadcast.write_report(folder / f"{number}.csv")
            net.throw(f"{fault.name}: journal", journal)
            net.throw(f"{fault.name}: entries", list(journal.entries()))
            # With the journal open, its log of changes is there too.
            _throw_all(net, folder, fault.name)
    return sum(path.stat().st_size for path in folder.iterdir())


def leave_har(net: Net, folder: Path) -> None:
    """Let the mock log a call and write it as HAR; the token is one that it has made."""
    known = company()
    state = State(evolve(known, apps=(evolve(known.apps[0], secret=SECRET.value),)))
    with (
        ChaosServer(always(NO_FAULT), state) as server,
        WeCom(CORPID, SECRET.value, base_url=server.base_url) as wecom,
    ):
        wecom.add_msg_template(body("canary"))
        token = Canary("the mock's token", server.token())
    write_har(folder / "calls.har", state.calls)
    its_own = Net(SECRET, token)
    for where in (its_own, net):
        where.throw("the log of calls", list(state.calls))
        _throw_all(where, folder, "HAR")
    net.found += its_own.found


def run_program(net: Net, folder: Path, script: str, fault: Fault, *, of_token: bool = False) -> bytes:
    """Run the commands of a script against a server that answers so, and throw into the net what they print, what they
    log and the files that they leave.

    Returns:
        What stood on stderr, the logs among it.
    """
    to = dict(audience(1))
    message = {"sender": SENDERS[0], "external_userid": [to[SENDERS[0]]], "text": {"content": "canary"}}
    (folder / "message.json").write_text(json.dumps(message))
    (folder / "text.json").write_text(json.dumps({"text": message["text"]}))
    lines = "".join(f"{sender},{one}\n" for sender, one in to.items())
    (folder / "audience.csv").write_text("sender,external_userid\n" + lines)
    with ChaosServer(draw_for(fault, of_token=of_token)) as server:
        done = subprocess.run(
            [sys.executable, "-c", _PROGRAM],
            input="".join(f"{json.dumps(command)}\n" for command in SCRIPTS[script]).encode(),
            env={
                **os.environ,
                "WECOM_CORPID": CORPID,
                "WECOM_CORPSECRET": SECRET.value,
                "WECOM_BASE_URL": server.base_url,
                "WECOM_RETRIES": "0",
            },
            cwd=folder,
            capture_output=True,
            timeout=120,
            check=True,
        )
    # A command line that is refused sends nothing, and what isn't sent can't leak.
    assert b"Usage" not in done.stderr
    assert b"see: wecom" not in done.stderr
    assert server.connections
    net.throw(f"wecom, {script}, {fault.name}: stdout", done.stdout)
    net.throw(f"wecom, {script}, {fault.name}: stderr", done.stderr)
    _throw_all(net, folder, f"wecom, {script}, {fault.name}")
    return done.stderr


def _throw_all(net: Net, folder: Path, where: str) -> None:
    for path in sorted(folder.iterdir()):
        net.throw(f"{where}: {path.name}", path.read_bytes())
