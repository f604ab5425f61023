"""Somebody sets the clock of the machine while a call is open: nothing is sent twice for it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from chaos.company import CORPID, SECRET
from chaos.faults import FAULTS, NO_FAULT, Fault
from chaos.kills import LATER
from chaos.matrix import body
from chaos.server import ChaosServer
from chaos.wire import Request
from wecom_openapi import Journal, OutcomeUnknown, WeCom

DAY, HOUR = 86400.0, 3600.0
REAL = time.time


class Clock:
    """The two clocks of this machine: one that somebody sets, and one that goes on steadily."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.passed = self.wrong = 0.0
        steady = time.monotonic
        patch.setattr(time, "time", lambda: REAL() + self.passed + self.wrong)
        patch.setattr(time, "monotonic", lambda: steady() + self.passed)

    def at_wecom(self) -> float:
        """Theirs, which nobody sets."""
        return REAL() + self.passed


@pytest.mark.filterwarnings("ignore:.*was found out by reading")
@pytest.mark.parametrize(
    "ahead", [-2 * DAY, -HOUR, 0.0, HOUR, 2 * DAY], ids=lambda ahead: f"{ahead / HOUR:+g}h"
)
@pytest.mark.parametrize("done", [True, False], ids=["done", "not done"])
def test_a_clock_that_was_wrong_when_the_call_left(
    done: bool, ahead: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = FAULTS["is closed before the status line (length)" if done else "closed after the request"]
    meets = [lost]

    def draw(moment: str, request: Request | None) -> Fault:
        create = request is not None and request.operation == "add_msg_template"
        return meets.pop() if create and meets else NO_FAULT

    clock = Clock(monkeypatch)
    with (
        ChaosServer(draw, clock=clock.at_wecom) as server,
        Journal(tmp_path / "journal.db", survive_power_failure=False) as journal,
        WeCom(CORPID, SECRET, base_url=server.base_url, journal=journal) as wecom,
    ):
        clock.wrong = ahead
        with pytest.raises(OutcomeUnknown):
            wecom.add_msg_template(body("once"), key="k")
        clock.wrong, clock.passed = 0.0, LATER
        (found,) = wecom.recover()
        assert found.reconciliation.verdict == ("sent" if done else "not sent"), found.reconciliation.reason
        msgid = wecom.add_msg_template(body("once"), key="k").msgid
    assert [one.msgid for one in server.ledger.of("once")] == [msgid]
