"""Which limits of a newer page an older correction is told to have replaced."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.overlay import Action, apply, overruled
from pipeline.rules import WORDS

EVIDENCE = [{"source": "s", "date": "2025-01-01", "confidence": "V"}]


def told(before: Any, value: Any, kind: str = "update", target: str = "$.schema") -> list[str]:
    action = Action("x", "o.overlay.yaml", target, kind, value, "", EVIDENCE, None, None)
    _, applied = apply({"schema": before}, [action], "2025-01-02")
    return list(overruled(applied))


@pytest.mark.parametrize("keyword", sorted({*WORDS, "default", "format"} - {"enum", "x-span"}))
def test_every_constraint_of_one_value_is_a_limit(keyword: str) -> None:
    assert told({keyword: 1}, {keyword: 2}) == [
        f"says schema.{keyword} 1, newer than the 2 of x (o.overlay.yaml)"
    ]
    assert told({keyword: 1}, 2, target=f"$.schema['{keyword}']") == told({keyword: 1}, {keyword: 2})
    assert told({keyword: 1}, {keyword: 1}) == []
    assert told({}, {keyword: 2}) == []


@pytest.mark.parametrize("keyword", ["description", "title", "x-subject"])
def test_words_are_none(keyword: str) -> None:
    assert told({keyword: "a"}, {keyword: "b"}) == []


def test_a_field_that_is_called_like_a_limit_is_none() -> None:
    assert told({"format": {"title": "a"}}, {"format": {"title": "b"}}) == []
    assert told({"items": {"maximum": 1}}, {"items": {"maximum": 2}}) == [
        "says items.maximum 1, newer than the 2 of x (o.overlay.yaml)"
    ]


def test_what_is_removed_or_moved_is_no_other_limit() -> None:
    assert told({"maximum": 1}, None, "remove", "$.schema.maximum") == []
    assert told({"maximum": 1}, "$.schema", "copy") == []
