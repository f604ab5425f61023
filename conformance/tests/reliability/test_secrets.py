"""A token and a secret in no log, span, traceback with locals, pickle, copy or report; and a search that would find
them."""

from __future__ import annotations

import base64
import copy
import json
import logging
import pickle
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from chaos import secrets
from chaos.canary import Canary, Net, canary
from chaos.secrets import (
    ALL,
    BY,
    SECRET,
    TOKEN,
    WAYS,
    interrupt,
    play_secrets,
    send_out,
    send_wrong,
    ways,
    wrong_arguments,
)
from chaos.watchers import LIBRARIES, show, watching
from wecom_conformance.budget import SEED
from wecom_openapi import frames, redaction, wire
from wecom_openapi.frames import frameless
from wecom_openapi.redaction import Secret, mask_data

CALLS = 64


def test_nothing_of_a_call_shows_a_secret() -> None:
    """A sample that follows from the seed, and each way at least once."""
    drawn = list(ways())
    random.Random(SEED).shuffle(drawn)
    chosen = drawn[:CALLS]
    assert {way for way, *_ in chosen} == set(WAYS)
    assert {caller for *_, caller in chosen} == set(BY)
    net = Net(*ALL)
    with watching(net) as (loggers, spans):
        assert send_out(net, chosen) == CALLS
        # Only httpx's own transports are watched by it, and a call needs a token first.
        assert spans() > sum("fast" not in caller for *_, caller in chosen)
    assert net.found == []
    assert {"httpcore.http11", "asyncio", "wecom_openapi"} <= loggers
    assert net.characters > 1_000_000


def test_nothing_of_an_interruption_shows_a_secret() -> None:
    net = Net(*ALL)
    with watching(net):
        interrupt(net)
    assert net.found == []
    assert net.characters > 10_000


def test_nothing_of_wrong_arguments_shows_a_secret() -> None:
    net = Net(*ALL)
    assert send_wrong(net) == len(list(wrong_arguments()))
    assert net.found == []


# Each guard taken away: what it keeps in must then be found, or nobody knows whether the search sees anything.


def _no_filter() -> Iterator[None]:
    kept = redaction.RedactingFilter.filter
    redaction.RedactingFilter.filter = lambda self, record: True  # type: ignore[method-assign]
    yield
    redaction.RedactingFilter.filter = kept  # type: ignore[method-assign]


def _plain_url() -> Iterator[None]:
    kept = wire.VeiledURL.__str__
    wire.VeiledURL.__str__ = httpx.URL.__str__  # type: ignore[method-assign]
    yield
    wire.VeiledURL.__str__ = kept  # type: ignore[method-assign]


def _all_frames() -> Iterator[None]:
    kept = frames._KEEPERS
    frames._KEEPERS = frozenset()
    yield
    frames._KEEPERS = kept


def _plain_texts() -> Iterator[None]:
    kept = redaction.MASK
    from wecom_openapi import answers, driver

    masks = answers.mask, driver.mask_data
    answers.mask, driver.mask_data = (lambda text, *_: text), (lambda value, *_: value)
    yield
    answers.mask, driver.mask_data = masks
    assert kept == redaction.MASK


def _open_secrets() -> Iterator[None]:
    kept = Secret.__repr__
    Secret.__repr__ = lambda self: repr(self._value)  # type: ignore[method-assign]
    yield
    Secret.__repr__ = kept  # type: ignore[method-assign]


GUARDS: dict[str, tuple[Callable[[], Iterator[None]], str]] = {
    "the filter of the logs": (_no_filter, "the log of "),
    "the URL without its token": (_plain_url, "a span of OpenTelemetry"),
    "the frames that are left out": (_all_frames, "traceback with locals"),
    "the texts that are masked": (_plain_texts, ": str"),
    "the secret that doesn't show itself": (_open_secrets, "variables"),
}


@pytest.mark.parametrize("guard", GUARDS)
def test_the_search_finds_what_a_guard_keeps_in(guard: str) -> None:
    take_away, where = GUARDS[guard]
    create = [one for one in ways(WAYS[:1]) if one[3] == "sync"]
    net = Net(*ALL)
    with contextmanager(take_away)(), watching(net):
        send_out(net, create)
    assert any(where in one for one in net.found), net.found


FORMS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "first characters": lambda text: text[:12],
    "last characters": lambda text: text[-12:],
    "in a URL": lambda text: quote(text, safe=""),
    "in a URL in a URL": lambda text: quote(quote(text, safe=""), safe=""),
    "in JSON": json.dumps,
    "in hex": lambda text: text.encode().hex(),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64 of more, one on": lambda text: base64.b64encode(f"x{text}y".encode()).decode(),
    "base64 of more, two on": lambda text: base64.b64encode(f"xy{text}z".encode()).decode(),
    "base64 for URLs": lambda text: base64.urlsafe_b64encode(text.encode()).decode(),
    "pickled": lambda text: pickle.dumps(text).decode("latin-1"),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_found(form: str) -> None:
    net = Net(Canary("it", SECRET.value))
    net.throw("here", f"before {FORMS[form](SECRET.value)} behind")
    assert net.found
    other = Net(Canary("it", SECRET.value))
    other.throw("here", f"before {FORMS[form](TOKEN.value.replace('kAn', 'x'))} behind")
    assert other.found == []


def test_canaries_differ() -> None:
    assert len({one.value[:12] for one in ALL}) == len({one.value[-12:] for one in ALL}) == len(ALL)
    assert "kAn" not in repr(SECRET)
    assert canary("x", 1) != canary("x", 2)


def test_a_leak_is_in_the_summary() -> None:
    class Leaky:
        def __repr__(self) -> str:
            return f"Leaky({SECRET.value})"

    net = Net(*ALL)
    show(net, "an object", Leaky())
    assert "corpsecret (plain) in an object: repr" in net.found[0]
    assert SECRET.value not in "".join(net.found)
    assert play_secrets([]).good


def test_a_secret_is_not_pickled_and_its_copies_are_secrets() -> None:
    secret = Secret(SECRET.value)
    says = "a secret is not pickled: give it to whoever needs it in the way that they keep secrets"
    with pytest.raises(TypeError, match=f"^{says}$"):
        pickle.dumps(secret)
    assert copy.copy(secret) is copy.deepcopy(secret) is secret
    assert SECRET.value not in f"{secret} {secret!r} {[secret]}"


def test_masking_of_data() -> None:
    data = {"errmsg": "bad tok-12345678", "list": ["tok-12345678", 7, None, {"tok-12345678": True}]}
    assert mask_data(data, "tok-12345678") == {"errmsg": "bad ***", "list": ["***", 7, None, {"***": True}]}
    assert data["errmsg"] == "bad tok-12345678"


def test_a_frameless_function_raises_what_it_raised() -> None:
    @frameless
    def fails(secret: str) -> str:
        raise KeyError("of it")

    with pytest.raises(KeyError, match="of it") as caught:
        fails(SECRET.value)
    net = Net(*ALL)
    from chaos.watchers import show_error

    show_error(net, "it", caught.value)
    assert net.found == []
    assert frameless(str.upper)("a") == "A"


def test_frames_of_the_caller_stay() -> None:
    """Whoever writes a token store wants to see where it failed."""

    class Broken:
        def load(self, key: str) -> str | None:
            where = "in the store"
            raise ZeroDivisionError(where)

        save = discard = load

    from wecom_openapi import WeCom

    store: Any = Broken()
    with (
        WeCom("ww", SECRET.value, base_url="http://127.0.0.1:9", token_store=store) as wecom,
        pytest.raises(ZeroDivisionError) as caught,
    ):
        wecom.get_groupmsg_task(msgid="m")
    names = [entry.name for entry in caught.traceback]
    assert names[0] == "test_frames_of_the_caller_stay"
    assert names[-1] == "load"
    assert "sync_auth_flow" not in names


def test_a_transport_of_somebody_else_gets_the_whole_url() -> None:
    """It may send the text of the URL, as those that wrap another library do."""
    seen: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(str(request.url))
        answer = {
            "errcode": 0,
            "errmsg": "ok",
            "access_token": "tok-of-a-test",
            "expires_in": 7200,
            "task_list": [],
        }
        return httpx.Response(200, json=answer)

    from wecom_openapi import WeCom

    with WeCom("ww", "the-secret", transport=httpx.MockTransport(handler)) as wecom:
        wecom.get_groupmsg_task(msgid="m")
    assert "corpsecret=the-secret" in seen[0]
    assert "access_token=tok-of-a-test" in seen[1]


def test_all_libraries_are_listened_to() -> None:
    net = Net(*ALL)
    with watching(net):
        for name in LIBRARIES:
            logging.getLogger(f"{name}.below").debug("with %s", SECRET.value)
    assert len({one.partition(" in ")[2].partition(",")[0] for one in net.found}) == 2 * len(LIBRARIES)


def test_the_ways_are_those_of_the_secrets() -> None:
    assert secrets.WAYS is WAYS
    assert {way.suite for way in WAYS} == {True, False}
