"""Reads of more than one call: pages that repeat, skip, go on or are too long, and a read that changes by itself."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

sys.path.insert(0, str(Path(__file__).parent))  # the helpers beside this file

import faulty_mock as planted
from program_site import app_of

from wecom_conformance.checks import Broken
from wecom_conformance.known_ids import KnownIds
from wecom_conformance.ledger import Ledger
from wecom_conformance.pages import has_pages, reads
from wecom_conformance.phases import Run, Suite
from wecom_conformance.target import Target
from wecom_contract import OPERATIONS
from wecom_mock import Reply, Request, Settings, State, handle

LIST = "groupchat_list"
ROWS = "group_chat_list"


def _pages(change: Callable[[dict[str, Any], Mapping[str, Any]], dict[str, Any]]) -> planted.Fault:
    """A server that changes every page of one list: ``change(answer, body)``."""

    def fault(state: State, request: Request, now: float) -> Reply:
        reply = handle(state, request, now)
        if request.path != OPERATIONS[LIST].path or planted.answer_of(reply)["errcode"]:
            return reply
        return planted.with_answer(reply, change(planted.answer_of(reply), json.loads(request.body)))

    return fault


def _small(body: Mapping[str, Any]) -> bool:
    return body.get("limit") == 1


def _for_ever(state: State, request: Request, now: float) -> Reply:
    """The last page leads to itself."""
    reply = handle(state, request, now)
    answer = planted.answer_of(reply)
    if request.path == OPERATIONS[LIST].path and not answer["errcode"] and _small(json.loads(request.body)):
        cursor = json.loads(request.body).get("cursor", "")
        return planted.with_answer(reply, {**answer, "next_cursor": answer.get("next_cursor") or cursor})
    return reply


def _repeats() -> planted.Fault:
    first: list[Any] = []

    def change(answer: dict[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
        if not _small(body):
            return answer
        first.extend(answer[ROWS][: 1 - len(first)])
        return {**answer, ROWS: first[:1]}

    return _pages(change)


def _restless() -> planted.Fault:
    count = [0]

    def change(answer: dict[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
        count[0] += 1
        return {**answer, "counted": count[0]}

    return _pages(change)


FAULTS: dict[str, tuple[planted.Fault, str]] = {
    "changes by itself": (_restless(), "WC402"),
    "repeats a row": (_repeats(), "WC403"),
    "never ends": (_for_ever, "WC404"),
    "drops the second page": (
        _pages(lambda answer, body: {**answer, "next_cursor": ""} if _small(body) else answer), "WC405",
    ),
    "ignores the limit": (
        _pages(lambda answer, body: {**answer, ROWS: answer[ROWS] * 2} if _small(body) else answer), "WC406",
    ),
}  # fmt: skip


def found(suite: Suite, known: KnownIds, fault: planted.Fault, operation: str) -> tuple[set[str], Ledger]:
    ledger = Ledger()
    state = State(settings=Settings(moments_per_minute=None))
    # Times of requests are those of now, so the mock's clock is too.
    app = app_of(fault, state, [])
    with Target(known, app=app, observer=ledger.add) as target:
        if known.publish is not None:
            target.known = evolve(
                known, publish=lambda moment: state.publish_moment(moment, known.member, time.time())
            )
        try:
            reads(Run(suite, target), operation)
        except Broken as failure:
            for loose in failure.loose:
                ledger.add_loose(loose, target.last)
    return {one.finding.code for one in ledger.sorted()}, ledger


@pytest.mark.parametrize(("fault", "code"), FAULTS.values(), ids=list(FAULTS))
def test_a_fault_of_pages_is_found(suite: Suite, known: KnownIds, fault: planted.Fault, code: str) -> None:
    codes, ledger = found(suite, known, fault, LIST)
    assert codes == {code}
    [failure] = ledger.sorted()
    assert failure.exchange is not None, "the request that shows it is missing"


@pytest.mark.parametrize(
    "operation",
    [name for name, one in OPERATIONS.items() if one.effect == "read" and one.auth == "access_token"],
)
def test_a_sound_server_stands_it(suite: Suite, known: KnownIds, operation: str) -> None:
    codes, ledger = found(suite, known, handle, operation)
    assert codes == set()
    assert ledger.sent[operation] >= 2
    if operation in (LIST, "get_groupmsg_list_v2", "batch_get_by_user"):
        assert has_pages(suite.contract, operation)
        assert ledger.sent[operation] >= 5, "there was nothing to page through"


@pytest.mark.parametrize("operation", [name for name, one in OPERATIONS.items() if one.effect == "write"])
def test_a_write_is_no_read(suite: Suite, known: KnownIds, operation: str) -> None:
    _, ledger = found(suite, known, handle, operation)
    assert ledger.sent.total() == 0
