"""What goes wrong and what people have yet to do, in the file of a state: as it would go on without a restart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from wecom_mock import State, demo_company
from wecom_mock.caller import Caller
from wecom_mock.faults import Fault
from wecom_mock.persistence import open_state
from wecom_mock.refusal import StorageError
from wecom_mock.scenario import parse_scenario
from wecom_mock.settings import Settings
from wecom_mock.unit_of_work import UnitOfWork

NOW = 1795320000.0
LOGIN = {"corpid": "wwdemo", "corpsecret": "demo"}
TASK = {"sender": "zhangsan", "text": {"content": "x"}}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "state.sqlite"


def call(state: State, operation: str = "gettoken", body: Any = None, now: float = NOW) -> int | None:
    return Caller(state, lambda: now).call(operation, LOGIN if body is None else body).errcode


def over_restarts(place: Path, step: Callable[[State, int], object], runs: int = 4) -> list[object]:
    found = []
    for run in range(runs):
        state = open_state(place)
        found.append(step(state, run))
        state.close()
    return found


def in_one(step: Callable[[State, int], object], runs: int = 4) -> list[object]:
    state = State()
    return [step(state, run) for run in range(runs)]


def test_what_is_left_of_a_fault_and_its_number(place: Path) -> None:
    def step(state: State, run: int) -> object:
        if run == 0:
            state.faults.add(Fault("errcode", "gettoken", times=3, errcode=7, errmsg="半\ud800"))
            state.faults.add(Fault("slow", times=2, pause=0.5, size=3))
            state.faults.remove(2)
        answers = [call(state), call(state)]
        state.faults.add(Fault("warning", "cancel_groupmsg_send"))
        return answers, [(one.number, one.kind, one.left, one.fired) for one in state.faults.list()]

    assert over_restarts(place, step) == in_one(step)
    assert in_one(step, 2) == [
        ([7, 7], [(1, "errcode", 1, 2), (3, "warning", None, 0)]),
        ([7, 0], [(3, "warning", None, 0), (4, "warning", None, 0)]),
    ]


def test_draws_of_a_probability_go_on(place: Path) -> None:
    def step(state: State, run: int) -> object:
        if run == 0:
            state.faults.add(Fault("errcode", probability=0.5, errcode=7))
        return [call(state) for _ in range(12)]

    with_restarts = over_restarts(place, step)
    assert with_restarts == in_one(step)
    assert with_restarts[0] != with_restarts[1]


def test_counts_of_a_limit_and_a_ban_go_on(place: Path) -> None:
    def step(state: State, run: int) -> object:
        if run == 0:
            state.faults.add(Fault("frequency", "gettoken", limit=3, seconds=60))
        if run == 2:
            state.faults.add(Fault("ip-ban"))
        return [call(state, now=NOW + run), call(state, now=NOW + run + (0 if run < 3 else 3700))]

    assert over_restarts(place, step) == in_one(step) == [[0, 0], [0, 45009], [45009, 45009], [45009, 0]]


def test_a_fault_that_comes_true_beside_a_call_is_kept_too(place: Path) -> None:
    def step(state: State, run: int) -> object:
        if run == 0:
            state.faults.add(Fault("refuse", times=3))
        return state.faults.refuses() is not None

    assert over_restarts(place, step) == [True, True, True, False]


@pytest.mark.parametrize(("fault", "kept"), [({}, 0), ({"seconds": 5.0}, 1), ({"times": 2}, 1)])
def test_a_restart_lifts_a_refusal_that_nobody_could_lift(
    place: Path, fault: dict[str, Any], kept: int
) -> None:
    state = open_state(place)
    state.faults.add(Fault("refuse", **fault))
    state.close()
    state = open_state(place)
    assert len(state.faults.list()) == kept
    state.close()


def test_a_scenario_given_again_adds_nothing_and_a_changed_one_replaces_all(place: Path) -> None:
    def begin(text: str) -> Any:
        state = open_state(place, demo_company(), Settings())
        parse_scenario(text, state.company).put_into(state)
        return state

    def left(state: State) -> list[tuple[str, int | None]]:
        return [(one.kind, one.left) for one in state.faults.list()]

    text = (
        "faults: [{kind: errcode, operation: gettoken, times: 2}, {kind: slow, operation: get_moment_list}]"
    )
    state = begin(text)
    state.faults.add(Fault("truncate", "get_moment_list"))
    assert call(state) == -1
    before = left(state)
    state.close()
    assert before == [("errcode", 1), ("slow", None), ("truncate", None)]
    state = begin(text)
    assert left(state) == before
    assert call(state) == -1
    state.close()
    state = begin(text)
    assert left(state) == before[1:]
    state.close()
    state = begin(text.replace("times: 2", "times: 5"))
    assert left(state) == [("errcode", 5), ("slow", None)]
    state.reset()
    state.close()
    # Whoever starts over has the scenario from its beginning.
    state = begin(text.replace("times: 2", "times: 5"))
    assert left(state) == [("errcode", 5), ("slow", None)]
    state.close()


def test_one_scenario_in_two_mocks_counts_for_each(place: Path) -> None:
    scenario = parse_scenario("faults: [{kind: errcode, times: 1}]", demo_company())
    first, second = scenario.state(demo_company()), scenario.state(demo_company())
    assert [call(first), call(second), call(first), call(second)] == [-1, -1, 0, 0]


def test_deeds_that_are_not_due_yet_are_done_in_another_process(place: Path) -> None:
    text = """
people:
- {when: add_msg_template, member: zhangsan, do: confirm, after: 10}
- {when: add_msg_template, do: revoke-tokens, after: 20}
- {when: add_msg_template, do: unfriend, member: lisi, customer: %s, after: 5}
"""
    state = open_state(place)
    customer = next(one for one in state.company.customers.values() if "lisi" in one.followed_by)
    parse_scenario(text % customer.external_userid, state.company).put_into(state)
    assert call(state, "add_msg_template", TASK) == 0
    (msgid,) = state.tasks
    state.close()

    # By the file alone: the scenario is not given again.
    state = open_state(place)
    assert call(state, "get_groupmsg_task", {"msgid": msgid}, NOW + 4) == 0
    assert state.company.follows("lisi", customer.external_userid)
    assert state.tasks[msgid].assignments["zhangsan"].status == 0
    assert call(state, "get_groupmsg_task", {"msgid": msgid}, NOW + 10) == 0
    state.close()
    state = open_state(place)
    assert not state.company.follows("lisi", customer.external_userid)
    # As of the moment when it was due.
    assert state.tasks[msgid].assignments["zhangsan"].send_time == int(NOW) + 10
    (old,) = state.tokens
    call(state, now=NOW + 21)
    assert old not in state.tokens
    assert not state.script.memory.deeds
    state.close()


def test_what_can_not_be_written_has_not_come_true(place: Path) -> None:
    state = open_state(place)
    state.faults.add(Fault("errcode", "gettoken", times=2, errcode=7))
    state.faults.add(Fault("refuse", times=2))
    assert isinstance(state.lock, UnitOfWork)
    state.lock.read("PRAGMA query_only = 1")
    assert Caller(state, lambda: NOW).call("gettoken", LOGIN).status == 500
    assert state.faults.refuses() is None
    with pytest.raises(StorageError):
        state.faults.add(Fault("slow"))
    assert [(one.kind, one.left) for one in state.faults.list()] == [("errcode", 2), ("refuse", 2)]
    state.lock.read("PRAGMA query_only = 0")
    assert call(state) == 7
    assert state.faults.refuses() is not None
    state.close()
    state = open_state(place)
    assert [(one.kind, one.left) for one in state.faults.list()] == [("errcode", 1), ("refuse", 1)]
    state.close()


def test_a_file_of_a_version_that_kept_none(place: Path) -> None:
    state = open_state(place)
    state.faults.add(Fault("errcode", "gettoken", errcode=7))
    assert isinstance(state.lock, UnitOfWork)
    with state.lock:
        state.lock.write("DELETE FROM cells WHERE place IN ('faults', 'script')")
    state.close()
    state = open_state(place)
    assert (state.faults.list(), call(state)) == ((), 0)
    state.close()
