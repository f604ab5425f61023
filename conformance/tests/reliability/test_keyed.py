"""A call with a key, met by a fault and made again with the same key, is made once."""

from __future__ import annotations

import random

from chaos.callers import CALLERS
from chaos.faults import FAULTS
from chaos.keyed import REPEATS, keyed_cases, play_all_keyed
from wecom_conformance.budget import SEED, examples

CASES = 50


def test_a_key_that_is_repeated_after_a_fault() -> None:
    drawn = list(keyed_cases())
    assert len(drawn) == len(CALLERS) * len(FAULTS)
    chosen = random.Random(SEED).sample(drawn, min(examples(CASES), len(drawn)))
    summary = play_all_keyed(chosen)
    assert summary.told == []
    assert summary.good
    assert summary.faults.total() == len(chosen)
    assert summary.outcomes.total() == (1 + REPEATS) * len(chosen)
    # Those whose outcome is unknown stay so, and those that are told not to be done are done the second time.
    assert set(summary.outcomes) >= {"done", "unknown"}
    assert summary.sends <= len(chosen)
