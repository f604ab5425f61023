"""How much is drawn, and from which seed: little and always the same, unless somebody goes hunting.

``WECOM_EXAMPLES=2000`` draws that many examples for every property, ``WECOM_SEED=7`` draws others.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

import hypothesis
from hypothesis import HealthCheck, Phase, core
from hypothesis.vendor import pretty

_Test = TypeVar("_Test", bound=Callable[..., Any])

SEED = int(os.environ.get("WECOM_SEED", "1"))


def examples(usual: int) -> int:
    """How many examples to draw, where ``usual`` are enough on a usual day."""
    return int(os.environ.get("WECOM_EXAMPLES", usual))


def limits(usual: int, *, shrink: bool = True, **more: Any) -> hypothesis.settings:
    """Settings of hypothesis for a property.

    Args:
        usual: how many examples are enough on a usual day.
        shrink: whether to look for a smaller example once one has failed.
        more: further settings.
    """
    _show_examples()
    return hypothesis.settings(
        max_examples=examples(usual),
        database=None,
        deadline=None,
        derandomize=False,  # the seed is given instead
        phases=[Phase.explicit, Phase.generate, *([Phase.shrink] if shrink else [])],
        # All of these are about speed or about how much was thrown away: a busy machine must not fail a test.
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
        **more,
    )


def _show_examples() -> None:
    """Let hypothesis print failing examples again: schemathesis swaps its printer for one that prints nothing,
    to be quick with thousands of explicit examples, which aren't used here."""
    core.RepresentationPrinter = pretty.RepresentationPrinter  # type: ignore[attr-defined]


def drawing(usual: int, **more: Any) -> Callable[[_Test], _Test]:
    """Decorates a property: how many examples, from the seed of this run."""

    def decorate(test: _Test) -> _Test:
        drawn: _Test = hypothesis.seed(SEED)(limits(usual, **more)(test))
        return drawn

    return decorate
