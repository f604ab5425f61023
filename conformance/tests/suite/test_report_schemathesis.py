"""The reports in schemathesis' formats, of exchanges that a quick run seldom has."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from wecom_conformance.exchange import Exchange
from wecom_conformance.findings import Finding
from wecom_conformance.judgement import Sent
from wecom_conformance.ledger import KEPT_BYTES, Ledger
from wecom_conformance.masking import Mask
from wecom_conformance.report import Summary, write_reports
from wecom_conformance.report_schemathesis import cassette_text, events_text, scenarios

CANARY = "canary-7f3a9c"
ADDRESS = "http://127.0.0.1/cgi-bin/externalcontact/cancel_groupmsg_send"


def exchange(source: str, **more: Any) -> Exchange:
    sent = Sent("POST", f"{ADDRESS}?access_token={CANARY}", b'{"msgid": "it\'s \\u0085"}', "application/json")
    given: dict[str, Any] = {
        "answer": b'{"errcode": 0}',
        "content_type": "application/json",
        "status": 200,
        **more,
    }
    return Exchange("cancel_groupmsg_send", sent, source=source, began=1795320000.0, seconds=0.25, **given)


def told(
    *exchanges: Exchange, interrupted: bool = False
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The interactions of the cassette, and the events."""
    ledger = Ledger()
    for one in exchanges:
        ledger.add(one)
    summary = Summary(
        "server", "http://127.0.0.1", ledger, Mask(CANARY), interrupted=interrupted, seconds=1.0, seed=7
    )
    found = scenarios(summary)
    texts = cassette_text(summary, found), events_text(summary, found)
    assert CANARY not in "".join(texts)
    return yaml.safe_load(texts[0])["http_interactions"] or [], [
        json.loads(line) for line in texts[1].splitlines()
    ]


@pytest.mark.parametrize(
    ("source", "phase"),
    [
        ("examples, WECOM_SEED=1", "examples"),
        ("vector text.1", "examples"),
        ("token: none", "examples"),
        ("boundaries, WECOM_SEED=1", "coverage"),
        ("drawn, WECOM_SEED=1", "fuzzing"),
        ("sequences, WECOM_SEED=1", "stateful"),
    ],
)
def test_the_phase_that_schemathesis_has_for_ours(source: str, phase: str) -> None:
    _, [_, _, finished, _] = told(exchange(source))
    assert finished["ScenarioFinished"]["phase"] == phase
    assert finished["ScenarioFinished"]["status"] == "success"


def test_an_exchange_without_an_answer() -> None:
    lost = exchange(
        "drawn",
        status=0,
        answer=b"",
        findings=(Finding("WC102", "cancel_groupmsg_send", f"ReadTimeout: {CANARY}", "ReadTimeout"),),
    )
    [one], events = told(lost, interrupted=True)
    assert (one["status"], one["response"]) == ("ERROR", None)
    assert json.loads(one["request"]["body"]["string"]) == {"msgid": "it's \x85"}
    [failure] = events[2]["ScenarioFinished"]["recorder"]["checks"]["000001"]
    assert (failure["name"], failure["status"]) == ("WC102", "failure")
    assert [next(iter(event)) for event in events[3:]] == ["Interrupted", "EngineFinished"]
    assert events[4]["EngineFinished"]["stop_reason"] == "interrupted"


def test_scenarios_are_apart_by_phase_and_a_path_of_nobody_is_left_out() -> None:
    elsewhere = Exchange("", Sent("GET", "http://127.0.0.1/favicon.ico", None), status=404)
    interactions, events = told(exchange("drawn"), elsewhere, exchange("boundaries"), exchange("drawn"))
    assert [one["id"] for one in interactions] == ["000001", "000004", "000003"]
    assert [list(event["ScenarioFinished"]["recorder"]["interactions"]) for event in events[2:-1]] == [
        ["000001", "000004"],
        ["000003"],
    ]
    assert [event["ScenarioFinished"]["elapsed_time"] for event in events[2:-1]] == [0.5, 0.25]


@pytest.mark.parametrize(("size", "cut"), [(KEPT_BYTES, None), (KEPT_BYTES + 1, KEPT_BYTES + 1)])
def test_a_long_answer_says_that_it_is_cut(size: int, cut: int | None) -> None:
    [one], _ = told(exchange("drawn", answer=b" " * size))
    assert one["response"]["body"].get("truncated_from", one["response"].get("truncated_from")) == cut


def test_nothing_at_all() -> None:
    interactions, events = told()
    assert interactions == []
    assert [next(iter(event)) for event in events] == ["Initialize", "EngineStarted", "EngineFinished"]
    assert events[0]["Initialize"]["seed"] == 7


def test_of_a_client_there_are_none(tmp_path: Any) -> None:
    written = write_reports(Summary("client", "mine", Ledger()), tmp_path)
    assert {path.name for path in written} == {"report.html", "report.json", "junit.xml", "traffic.har"}
