"""The mock says the time of its own clock, so that a client can tell when that was moved away from its machine's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from wecom_mock import Clock, InProcessTransport, State
from wecom_mock.faults import Fault
from wecom_mock.server import MockServer
from wecom_openapi import Journal, OutcomeUnknown, WeCom

Client = Callable[..., Any]
HOUR = 3600
NOW = 1795320000.75
BODY: dict[str, Any] = {"sender": "zhangsan", "text": {"content": "新品上市"}}


@pytest.fixture(params=["socket", "in process"])
def door(request: pytest.FixtureRequest) -> Iterator[tuple[State, Clock, dict[str, Any]]]:
    """A mock with a clock of its own, and what a client needs to reach it."""
    state, clock = State(), Clock(running=True)
    if request.param == "in process":
        yield state, clock, {"base_url": "https://mock.test", "transport": InProcessTransport(state, clock)}
        return
    with MockServer(state, clock=clock) as server:
        yield state, clock, {"base_url": server.base_url}


def loses(state: State, call: Client, kind: str) -> OutcomeUnknown:
    state.faults.add(Fault(kind, "add_msg_template", times=1))
    with pytest.raises(OutcomeUnknown) as caught:
        call("add_msg_template", BODY, to_all=True)
    return caught.value


@pytest.mark.parametrize(("kind", "verdict"), [("reset-after", "sent"), ("reset-before", "not sent")])
@pytest.mark.parametrize("hours", [0, 1, -1])
def test_a_clock_that_was_moved_shows(
    hours: int, kind: str, verdict: str, door: tuple[State, Clock, dict[str, Any]], client: Client
) -> None:
    state, clock, reach = door
    clock.move(hours=hours)
    call = client(**reach)
    lost = loses(state, call, kind)
    found = call("reconcile", lost, settle=0)
    if hours:
        assert found.verdict == "can't tell"
        assert any(f"{HOUR + off} s apart" in found.reason for off in (-1, 0, 1))
    else:
        assert found.verdict == verdict
    # Whoever moves the clock knows by how much.
    known = call("reconcile", lost, settle=0, clock_margin=2 * HOUR)
    assert (known.verdict, known.msgid) == (verdict, next(iter(state.tasks), None))


@pytest.mark.parametrize(("kind", "verdict"), [("reset-after", "sent"), ("reset-before", "not sent")])
def test_recover_by_a_clock_that_was_moved(
    kind: str, verdict: str, door: tuple[State, Clock, dict[str, Any]], tmp_path: Path
) -> None:
    state, clock, reach = door
    clock.move(hours=1)
    with (
        Journal(tmp_path / "journal.db") as journal,
        WeCom("wwdemo", "demo", journal=journal, **reach) as wecom,
    ):
        loses(state, lambda method, body, **rest: getattr(wecom, method)(body, **rest), kind)
        (open_,) = wecom.recover(settle=0)
        assert open_.reconciliation.verdict == "can't tell"
        (found,) = wecom.recover(settle=0, clock_margin=2 * HOUR)
        assert found.reconciliation.verdict == verdict


def dates(client: httpx.Client, clock: Clock) -> list[float]:
    found = []
    for step in (0.0, 0.25, 86400.0):
        clock.move(step)
        answers = [client.get("/cgi-bin/gettoken"), client.get("/nowhere"), client.head("/cgi-bin/gettoken")]
        told = {answer.headers["date"] for answer in answers}
        assert [len(answer.headers.get_list("date")) for answer in answers] == [1, 1, 1]
        found += [parsedate_to_datetime(one).timestamp() for one in told]
    return found


def test_the_date_is_that_of_the_clock_through_every_door_of_ours() -> None:
    wanted = [1795320000.0, 1795320001.0, 1795406401.0]
    clock = Clock(NOW)
    with (
        MockServer(State(), clock=clock) as mock,
        httpx.Client(base_url=mock.base_url, trust_env=False) as client,
    ):
        assert dates(client, clock) == wanted
    clock = Clock(NOW)
    with httpx.Client(base_url="http://mock", transport=InProcessTransport(State(), clock)) as client:
        assert dates(client, clock) == wanted
        clock.set(0)
        assert client.get("/").headers["date"] == "Thu, 01 Jan 1970 00:00:00 GMT"


def test_the_answer_to_too_much_and_one_that_breaks_off_have_it_too() -> None:
    clock, state = Clock(NOW), State()
    with httpx.Client(base_url="http://mock", transport=InProcessTransport(state, clock)) as client:
        body = b" " * (state.settings.max_body_bytes + 1)
        assert client.post("/cgi-bin/gettoken", content=body).headers["date"].endswith("00:00 GMT")
        state.faults.add(Fault("truncate", "gettoken", times=1))
        with client.stream("GET", "/cgi-bin/gettoken") as answer:
            assert "date" in answer.headers
