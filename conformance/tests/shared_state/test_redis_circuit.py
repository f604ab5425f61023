"""When something that failed is tried again."""

from __future__ import annotations

import pytest

from wecom_openapi.circuit import Circuit


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_what_works_is_tried(clock: Clock) -> None:
    circuit = Circuit(5, clock)
    assert circuit.may_try
    assert not circuit.worked()
    assert circuit.may_try


def test_what_failed_is_left_alone(clock: Clock) -> None:
    circuit = Circuit(5, clock)
    assert circuit.failed()
    clock.now += 4.999
    assert not circuit.may_try


def test_after_its_rest_it_is_tried(clock: Clock) -> None:
    circuit = Circuit(5, clock)
    circuit.failed()
    clock.now += 5
    assert circuit.may_try
    assert circuit.worked()
    assert circuit.may_try


def test_one_that_fails_again_rests_again_and_is_no_news(clock: Clock) -> None:
    circuit = Circuit(5, clock)
    circuit.failed()
    clock.now += 5
    assert not circuit.failed()
    clock.now += 4.999
    assert not circuit.may_try
    clock.now += 0.001
    assert circuit.may_try
