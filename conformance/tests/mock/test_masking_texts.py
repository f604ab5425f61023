"""What is masked in queries, JSON and other text, and what is left as it is."""

from __future__ import annotations

import inspect

import pytest

from wecom_mock import App, State, make_company
from wecom_mock.masking import masked, masked_pairs, masked_query, masked_text


@pytest.mark.parametrize(
    ("query", "pairs", "text"),
    [
        (b"", [], ""),
        (b"a=1&b=&c", [("a", "1"), ("b", ""), ("c", "")], "a=1&b=&c="),
        (
            b"access_token=x&ACCESS_TOKEN=y&token=",
            [("access_token", "***"), ("ACCESS_TOKEN", "***"), ("token", "")],
            None,
        ),
        (
            b"corpsecret=x&my_ticket=y&auth_permanent_code=z",
            None,
            "corpsecret=***&my_ticket=***&auth_permanent_code=***",
        ),
        (b"tokens=1&token1=2", [("tokens", "1"), ("token1", "2")], "tokens=1&token1=2"),
        (b"\xff=%ff&a%26=%2F+", [("\ufffd", "\ufffd"), ("a&", "/ ")], "%EF%BF%BD=%EF%BF%BD&a%26=%2F%20"),
        (b"&".join([b"a=1"] * 64), [("a", "1")] * 64, "&".join(["a=1"] * 64)),
        (b"&".join([b"token=1"] * 65), [("(too many parameters)", "")], "%28too%20many%20parameters%29="),
    ],
)
def test_queries(query: bytes, pairs: list[tuple[str, str]] | None, text: str | None) -> None:
    assert pairs is None or masked_pairs(query) == pairs
    assert text is None or masked_query(query) == text


def test_data() -> None:
    data = {
        "Token": "x",
        "tokens": "y",
        "list": [{"suite_secret": 5}, 1],
        "ticket": None,
        "secret": True,
        "a": {"b": 1},
    }
    assert masked(data) == {
        "Token": "***",
        "tokens": "y",
        "list": [{"suite_secret": "***"}, 1],
        "ticket": None,
        "secret": True,
        "a": {"b": 1},
    }


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('{"access_token":"a\\"b", "x": 1', '{"access_token":"***", "x": 1'),
        ('{"SECRET" : 12, "b": 2}', '{"SECRET" : "***", "b": 2}'),
        ('{"ticket":"cut o', '{"ticket":"***"'),
        ("GET /a?Token=x&b=1 and permanent_code=y z", "GET /a?Token=***&b=1 and permanent_code=*** z"),
        ("a=1&suite_TICKET%3Dx", "a=1&suite_TICKET%3D***"),
        ('{"name":"token"}', '{"name":"token"}'),
    ],
)
def test_text(text: str, shown: str) -> None:
    assert masked_text(text) == shown


def test_a_state_is_made_of_three_things_and_shows_no_secret() -> None:
    assert list(inspect.signature(State).parameters) == ["company", "settings", "seed"]
    state = State(make_company(corpid="ww", apps=[App(name="a", secret="hidden")]))
    assert "hidden" not in repr(state)
    head, tail = f"State(company={state.company!r}, settings={state.settings!r}, ", "admin_hosts=frozenset())"
    assert (
        repr(state) == f"{head}seed=0, tasks={{}}, moments=Moments(by_id={{}}, jobs={{}}, recent=()), {tail}"
    )
