"""What is written down of a call that has ended, and what an entry tells of when that was."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from attrs import evolve

from wecom_client.types import Response
from wecom_openapi import InProgress, Journal, NotSent, OutcomeUnknown, RefusedError
from wecom_openapi.deadline import Exchange
from wecom_openapi.journal import Entry, State
from wecom_openapi.journal.entry import answer_of
from wecom_openapi.journal.recording import attempt_of, failure, success


def answered(msgid: Any, content: bytes | None = None) -> dict[str, Any]:
    parsed: Any = SimpleNamespace(msgid=msgid)
    content = json.dumps({"errcode": 0, "msgid": msgid}).encode() if content is None else content
    return success(Response(200, content, httpx.Headers(), parsed))


@pytest.mark.parametrize(
    ("msgid", "kept"),
    [
        ("m1", "m1"),
        ("m" * 255, "m" * 255),
        ("m" * 256, None),
        ("m\n1", None),
        (7, None),
        (None, None),
    ],
)
def test_of_a_success_the_task_and_the_answer(msgid: Any, kept: str | None) -> None:
    assert answered(msgid) == {
        "state": State.DONE,
        "answer": json.dumps({"errcode": 0, "msgid": msgid}).encode(),
        "msgid": kept,
    }


def test_of_an_operation_without_a_task_the_answer_alone() -> None:
    parsed: Any = SimpleNamespace()
    ended = success(Response(200, b'{"errcode": 0}', httpx.Headers(), parsed))
    assert ended == {"state": State.DONE, "answer": b'{"errcode": 0}', "msgid": None}


def test_an_answer_is_kept_without_its_byte_order_mark_and_without_secrets() -> None:
    given = b'\xef\xbb\xbf{"errcode": 0, "access_token": "tok-1"}'
    assert answered("m1", given)["answer"] == b'{"errcode": 0, "access_token": "***"}'


@pytest.mark.parametrize(
    ("exc", "ending"),
    [
        (RefusedError("WeCom says no", errcode=41048), (State.REFUSED, 41048, "WeCom says no")),
        (NotSent("x", reason="nobody listens"), (State.NOT_SENT, None, "nobody listens")),
        (InProgress("on its way"), (State.NOT_SENT, None, "on its way")),
        (OutcomeUnknown("x", reason="the line\nwas cut\x00"), (State.UNKNOWN, None, "the line was cut ")),
        (OutcomeUnknown("x" * 500), (State.UNKNOWN, None, "x" * 500)),
        (OutcomeUnknown("x" * 501), (State.UNKNOWN, None, "x" * 500)),
        (OutcomeUnknown("access_token=tok-1"), (State.UNKNOWN, None, "access_token=***")),
    ],
)
def test_of_an_error_its_outcome_its_code_and_why(exc: Any, ending: tuple[State, int | None, str]) -> None:
    state, errcode, reason = ending
    assert failure(exc, Exchange(1.0, True)) == {"state": state, "errcode": errcode, "reason": reason}


@pytest.mark.parametrize("has_left", [True, False])
def test_of_anything_else_its_name(has_left: bool) -> None:
    exchange = Exchange(1.0, watched=not has_left)
    exchange.begin("call")
    state = State.UNKNOWN if has_left else State.NOT_SENT
    assert failure(KeyboardInterrupt("x"), exchange) == {"state": state, "reason": "KeyboardInterrupt"}


@pytest.fixture
def entry(tmp_path: Path) -> Entry:
    """Of a machine that was started anew since: its clock alone tells."""
    with Journal(tmp_path / "journal.db") as journal:
        begun = journal.begin(
            account="w", server="s", operation="o", body=b'{"a": 1}', digest="d", key="k", seconds=1
        )
    return evolve(begun.entry, started=1_000.0, deadline=1_030.0, boot="")


@pytest.mark.parametrize(
    ("ended", "until"),
    [(None, 1_030), (1_000, 1_000), (1_007, 1_007), (1_030, 1_030), (999.9, 1_030), (1_030.1, 1_030)],
)
def test_when_it_was_by_this_machine_s_clock(entry: Entry, ended: float | None, until: float) -> None:
    """An end that is out of the time of the call was somebody else's, or by another clock."""
    attempt = attempt_of(evolve(entry, ended=ended))
    assert (attempt.operation, attempt.body) == ("o", {"a": 1})
    assert (attempt.started, attempt.ended) == (1_000, until)
    ahead = attempt_of(evolve(entry, ended=ended), ahead=5.0)
    assert (ahead.started, ahead.ended) == (995, until - 5)


def test_what_an_entry_shows_of_itself(entry: Entry) -> None:
    """Neither whom a message went to nor what it says."""
    shown = repr(evolve(entry, answer=b'{"msgid": "m1"}'))
    assert shown.startswith(
        "Entry(id=1, account='w', server='s', operation='o', key='k', derived=False, state="
    )
    assert not {"digest=", "body=", "answer=", "boot="} & {
        f"{each.split('=')[0]}=" for each in shown.split(", ")
    }
    assert "boot_deadline" not in shown


def test_the_states_as_databases_in_use_have_them() -> None:
    assert [str(state) for state in State] == ["open", "done", "refused", "not sent", "unknown"]


@pytest.mark.parametrize(("msgid", "more"), [(None, {}), ("m1", {"msgid": "m1"})])
def test_the_answer_to_a_call_that_was_found_by_reading(msgid: str | None, more: dict[str, str]) -> None:
    assert json.loads(answer_of(msgid)) == {"errcode": 0, "errmsg": "ok", **more}
