"""Two encoders, one body: orjson, and Python's own for what orjson refuses or writes in another way."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wecom_openapi import writing
from wecom_openapi.validation import judge

CREATE = {"sender": "zhangsan", "external_userid": ["wmA"], "text": {"content": "新品上市"}}
Verdict = tuple[bytes, list[Any]]


def no_encoder(body: object) -> bytes:
    """In orjson's place: Python's own has all to do."""
    raise TypeError


def judged(body: object, encoder: Any) -> Verdict:
    """What is sent of a body, and what is said about it."""
    before, writing.dumps = writing.dumps, encoder  # type: ignore[misc]
    try:
        return judge("add_msg_template", body)
    finally:
        writing.dumps = before  # type: ignore[misc]


def same(body: object) -> Verdict:
    """The verdict on a body whichever encoder writes it."""
    found = judged(body, writing.dumps)
    assert found == judged(body, no_encoder)
    return found


def python(body: object) -> bytes | None:
    """The bytes as Python's own encoder writes them; None where it refuses."""
    try:
        return json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    except ValueError:
        return None


def test_orjson_is_the_one_that_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "dumps", lambda body: b"as it says")
    assert judge("add_msg_template", CREATE)[0] == b"as it says"


def surrogates() -> st.SearchStrategy[str]:
    return st.text(st.characters(categories=["Cs", "Cc", "Lo", "Po"]), max_size=5)


def values(names: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | surrogates()
    return st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4),
        max_leaves=15,
    )


@given(st.dictionaries(st.text(max_size=4) | surrogates(), values(st.text(max_size=4)), max_size=4))
@example({"a": 1e-05})
@example({"a": [1.5e-07, "é"]})
@example({"a": float("nan")})
@example({"a": {"b": [float("inf")]}})
@example({"a": 2**64 - 1, "b": -(2**63), "c": 2**64, "d": -(2**63) - 1, "e": 10**400})
@example({"a": "\ud800", "b": ["x", "\udfff"]})
@example({"\ud800": 1})
@example({"a": '\0\b\t\n\f\r\x1f\x7f\x80"\\/\u2028\u2029\ufeff\U0001f600'})
@example({"a": [], "b": {}, "c": [[]], "d": [{}], "": None})
def test_every_body_is_written_as_python_writes_it(body: dict[str, Any]) -> None:
    sent, violations = same(body)
    expected = python(body)
    assert sent == (expected or b"")
    if expected is None:
        assert violations


@given(st.dictionaries(st.text(max_size=3) | st.integers() | st.none() | st.floats(), st.text(max_size=3)))
def test_a_name_that_is_no_text_is_written_by_python(body: dict[Any, Any]) -> None:
    assert same(body)[0] == (python(body) or b"")


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), [1.0, float("-inf")], {"a": [{"b": float("nan")}]}]
)
def test_what_json_has_no_number_for_is_refused(value: Any) -> None:
    """orjson would write null."""
    sent, violations = same({**CREATE, "x": value})
    assert sent == b""
    assert violations


@pytest.mark.parametrize("depth", [1, 200, 252, 253, 254, 255, 600])
def test_how_deep_a_body_is_decides_neither(depth: int) -> None:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    body = {**CREATE, "x": value}
    sent, _ = same(body)
    assert sent == python(body)


@pytest.mark.parametrize("count", [0, 1, 100, 101, 10_000])
@pytest.mark.parametrize("text", ["x", "新品", "\\", "\x7f"])
def test_a_long_list_beside_any_text(count: int, text: str) -> None:
    body = {
        **CREATE,
        "external_userid": [f"wm{number}" for number in range(count)],
        "text": {"content": text},
    }
    assert same(body)[0] == python(body)


def test_a_body_that_holds_itself_is_refused() -> None:
    body: dict[str, Any] = {**CREATE}
    body["x"] = [body]
    sent, violations = same(body)
    assert (sent, [one.rule for one in violations]) == (b"", ["json.depth"])
