"""The mock keeps the contract: every operation, in every phase, in process and over a socket."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from attrs import evolve

from wecom_conformance.known_ids import KnownIds
from wecom_conformance.phases import PHASES, Run, Suite
from wecom_conformance.suite_schema import NOT_DRAWN
from wecom_conformance.target import Target
from wecom_contract import OPERATIONS
from wecom_mock import Settings, State, create_app
from wecom_mock.server import MockServer

# An operation without an example in the contract, and those without a token; forms, which are not drawn.
NOTHING_TO_SEND = {("examples", "gettoken"), ("tokens", "gettoken"), ("tokens", "get_suite_token")} | {
    (phase, name) for phase in ("examples", "boundaries", "drawn") for name in NOT_DRAWN
}


@pytest.fixture(params=["in process", "over a socket"])
def target(request: pytest.FixtureRequest, known: KnownIds) -> Iterator[Target]:
    # The suite makes more moments in a minute than a company may.
    state = State(settings=Settings(moments_per_minute=None))
    known = evolve(
        known,
        welcome_code=lambda: state.welcome_code(known.member, known.customers[0], time.time()),
        publish=lambda moment: state.publish_moment(moment, known.member, time.time()),
    )
    if request.param == "in process":
        with Target(known, app=create_app(state)) as one:
            yield one
    else:
        with MockServer(state) as server, Target(known, base_url=server.base_url) as one:
            yield one


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("phase", PHASES)
def test_every_answer_keeps_the_contract(suite: Suite, target: Target, phase: str, operation: str) -> None:
    tally = PHASES[phase](Run(suite, target), operation)

    if (phase, operation) in NOTHING_TO_SEND:
        assert tally.accepted + tally.refused == 0
        return
    assert tally.accepted or phase == "tokens", "nothing good was sent"
    assert tally.refused or phase == "examples", "nothing bad was sent"


def test_the_same_seed_draws_the_same_and_another_one_others(known: KnownIds) -> None:
    def drawn(seed: int) -> list[tuple[str, object]]:
        seen: list[tuple[str, object]] = []
        app = create_app(State(), clock=lambda: 1795320000.0)
        with Target(known, app=app) as target:
            target.session.hooks["response"].append(
                lambda answer, **_: seen.append((answer.request.url, answer.request.body))
            )
            Run(Suite(seed=seed), target, drawn=20).drawings("remind_groupmsg_send")
        return seen

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)


def test_a_task_lives_as_its_calls_say(suite: Suite, target: Target) -> None:
    tasks = Run(suite, target).sequences()

    assert min(tasks.calls.values()) > 0, f"some state of a task was never asked about: {tasks.calls}"
    assert min(tasks.templates.calls.values()) > 0, tasks.templates.calls
