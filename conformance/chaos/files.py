"""What runs leave on disk and on a terminal: journal, report, HAR, log of calls, the output of the program."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import warnings
from collections.abc import Iterable
from itertools import cycle
from pathlib import Path
from typing import Final

from attrs import evolve

from wecom_mock import State
from wecom_mock.har import write_har
from wecom_openapi import Broadcast, Journal, WeCom, WeComError

from .canary import Canary, Net
from .company import CORPID, company
from .faults import NO_FAULT, Fault
from .matrix import body
from .nursery import audience
from .secrets import SECRET, draw_for
from .server import ChaosServer, always

_COMMANDS: Final = (
    ("send", "--json", "--sender", "zhangsan", "--to", "wmzhangsan0000000000", "--text", "canary"),
    ("status", "--json", "m1"),
    ("customers", "--json", "zhangsan"),
)


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


def run_program(net: Net, folder: Path, chosen: Iterable[Fault]) -> int:
    """Run ``wecom`` against these answers, and throw what it prints into the net. Gives how often it ran."""
    count = 0
    for command, fault in zip(cycle(_COMMANDS), chosen):
        with ChaosServer(draw_for(fault, of_token=count % 2 == 1)) as server:
            done = subprocess.run(
                [sys.executable, "-m", "wecom_cli", *command],
                env={
                    **os.environ,
                    "WECOM_CORPID": CORPID,
                    "WECOM_CORPSECRET": SECRET.value,
                    "WECOM_BASE_URL": server.base_url,
                },
                cwd=folder,
                capture_output=True,
                timeout=120,
                check=False,
            )
        net.throw(f"wecom {command[0]}, {fault.name}: stdout", done.stdout)
        net.throw(f"wecom {command[0]}, {fault.name}: stderr", done.stderr)
        count += 1
    return count


def _throw_all(net: Net, folder: Path, where: str) -> None:
    for path in sorted(folder.iterdir()):
        net.throw(f"{where}: {path.name}", path.read_bytes())
