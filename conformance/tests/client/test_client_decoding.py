"""Two decoders, one verdict: jiter, and Python's own, which says why an answer is refused."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_client_faults import GOOD, MALFORMED, Fault, names

from wecom_contract.depth import is_within
from wecom_openapi import MalformedAnswer, envelope
from wecom_openapi.envelope import decode
from wecom_openapi.validation import _copy

Verdict = tuple[str, Any]


def no_decoder(body: bytes, **settings: Any) -> Any:
    """In jiter's place: Python's own has all to do."""
    raise ValueError


@pytest.fixture
def plain_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(envelope, "from_json", no_decoder)


def verdict(body: bytes, decoder: Any) -> Verdict:
    before, envelope.from_json = envelope.from_json, decoder  # type: ignore[misc]
    try:
        return "taken", repr(decode(body))
    except MalformedAnswer as error:
        return "refused", error.reason
    finally:
        envelope.from_json = before  # type: ignore[misc]


def same(body: bytes) -> Verdict:
    """The verdict of both decoders."""
    found = verdict(body, envelope.from_json)
    assert found == verdict(body, no_decoder)
    return found


def test_jiter_is_the_one_that_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(envelope, "from_json", lambda body, **settings: {"errcode": 0, "from": "jiter"})
    assert decode(b"{}")["from"] == "jiter"


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=20,
)


@given(values, st.booleans(), st.integers(0, 2**32))
def test_any_json_and_what_becomes_of_it_when_bytes_change(value: Any, escaped: bool, seed: int) -> None:
    body = json.dumps({"errcode": 0, "x": value}, ensure_ascii=escaped).encode("utf-8", "surrogatepass")
    same(body)
    chance = random.Random(seed)
    broken = bytearray(body)
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(broken))
        match chance.randrange(3):
            case 0:
                broken[place] = chance.choice(b'{}[]",:\\0e-.u\x00\xff t')
            case 1:
                del broken[place]
            case _:
                broken[place:place] = broken[chance.randrange(len(broken)) : place]
        if not broken:
            return
    same(bytes(broken))


@given(st.lists(st.sampled_from(["a", "b", "\\u0061", "é", "\\u00e9"]), max_size=4))
def test_a_key_that_stands_twice_is_found_however_it_is_written(keys: list[str]) -> None:
    body = "".join(f',"{key}":1' for key in keys).encode()
    once = len({json.loads(f'"{key}"') for key in keys}) == len(keys)
    assert same(b'{"errcode":0' + body + b"}")[0] == ("taken" if once else "refused")
    inner = b'{"errcode":0,"x":[{"z":1' + body + b"}]}"
    assert same(inner)[0] == ("taken" if once else "refused")


@pytest.mark.parametrize("text", ["\\ud800", "a\\udfffb", "\\ude00\\ud83d", "\\uD83D\\u0041"])
@pytest.mark.parametrize("place", ['"errmsg":"%s"', '"%s":1', '"x":[{"y":"%s"}]'])
def test_half_of_a_surrogate_pair_is_refused(text: str, place: str) -> None:
    found = same(f'{{"errcode":0,{place % text}}}'.encode())
    assert found == ("refused", "a text in it has half of a surrogate pair, which is no character")


def test_a_whole_pair_is_a_character() -> None:
    assert same(b'{"errcode":0,"errmsg":"\\ud83d\\ude00 \\\\ud800"}')[0] == "taken"
    assert decode(b'{"errcode":0,"errmsg":"\\ud83d\\ude00"}')["errmsg"] == "😀"


@pytest.mark.parametrize(("digits", "taken"), [(4300, True), (4301, False)])
def test_a_number_has_so_many_digits_at_most(digits: int, taken: bool) -> None:
    assert (same(b'{"errcode":0,"x":' + b"1" * digits + b"}")[0] == "taken") is taken


@pytest.mark.parametrize(("depth", "taken"), [(63, True), (64, False)])
@pytest.mark.parametrize("kind", ["[]", "{}", "both"])
def test_how_deep_an_answer_may_be(kind: str, depth: int, taken: bool) -> None:
    inner: Any = 1
    for level in range(depth):
        inner = [inner] if kind == "[]" or (kind == "both" and level % 2) else {"a": inner}
    found = same(json.dumps({"errcode": 0, "x": inner}).encode())
    assert found[0] == ("taken" if taken else "refused")
    if not taken:
        assert found[1] == "it is nested too deeply"


@pytest.mark.parametrize("value", [1, "a", None, True, 1.5, 10**400])
def test_a_single_value_has_no_depth(value: Any) -> None:
    assert is_within(value, 0)
    assert not is_within([value], 0)
    assert is_within([value], 1)
    assert not is_within({"a": [value]}, 1)
    assert is_within([], 1)


@pytest.mark.usefixtures("plain_python")
class TestPythonAlone:
    """A slice of the faults once more, by the decoder that says why."""

    @pytest.fixture
    def serve_one(self, serve: Callable[..., Any], invoke: Callable[..., Any]) -> Callable[..., Any]:
        def call(handler: Any) -> Any:
            return invoke(serve(handler).base_url, "get_groupmsg_task", msgid="m1")

        return call

    @pytest.mark.parametrize("fault", MALFORMED[10:], ids=names)
    def test_what_is_refused(self, fault: Fault, serve_one: Callable[..., Any]) -> None:
        with pytest.raises(MalformedAnswer) as caught:
            serve_one(fault.handler)
        assert fault.reason in caught.value.reason

    @pytest.mark.parametrize(("name", "handler"), GOOD[-3:], ids=[name for name, _ in GOOD[-3:]])
    def test_what_is_taken(
        self, name: str, handler: Any, serve: Callable[..., Any], invoke: Callable[..., Any]
    ) -> None:
        create = {"sender": "zhangsan", "external_userid": ["wmA"], "text": {"content": "x"}}
        assert invoke(serve(handler).base_url, "add_msg_template", create).msgid == "m1"


class Shown(str):
    """A text that is another one when it is written."""


odd = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from([Shown("x"), (1, 2), 10**400]),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.text(max_size=3) | st.integers() | st.none(), inner, max_size=4),
    max_leaves=20,
)


@given(odd)
def test_what_is_judged_is_what_the_bytes_say(value: Any) -> None:
    """A copy is judged in place of the bytes only where JSON would give it back unchanged."""
    kinds: set[type] = set()
    copy = _copy({"x": value}, kinds)
    if copy is None:
        return
    assert kinds >= set(scalars(value))
    assert (float in kinds) == (float in scalars(value))
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    except ValueError:
        return  # it is refused as no JSON, whatever the copy is
    again = json.loads(text)
    assert repr({"x": again}) == repr(copy)


def scalars(value: Any) -> Iterator[type]:
    """The types of what is neither a list nor a dict."""
    if isinstance(value, (list, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from scalars(item)
    else:
        yield type(value)


def test_a_copy_shares_nothing_that_can_change() -> None:
    body = {"a": ["x"], "b": {"c": [{"d": 1}]}}
    copy = _copy(body, set())
    assert copy == body
    body["a"].append("y")  # type: ignore[attr-defined]
    body["b"]["c"][0]["d"] = 2  # type: ignore[index]
    assert copy == {"a": ["x"], "b": {"c": [{"d": 1}]}}


@pytest.mark.parametrize(
    "value", [{1: "a"}, {"a": (1,)}, {"a": Shown("x")}, {"a": [Shown("x")]}, {Shown("a"): 1}]
)
def test_what_json_would_change_is_parsed_again(value: Any) -> None:
    assert _copy(value, set()) is None
