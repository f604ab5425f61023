"""What a run or a recording comes to, as plain data that every report is made of."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

from attrs import field, frozen

from wecom_contract import CONTRACT_VERSION, OPERATIONS, check, errcode, rules

from .curl import curl_line
from .engine import load_contract
from .findings import CODES
from .judgement import Unreadable, request_value
from .ledger import OTHER, REFUSED, SENT, SERVED, Failure, Ledger
from .masking import Mask
from .parameters import declared
from .vectors import load_vectors

Subject = Literal["server", "client"]
SHOWN = 4000


class ReportError(RuntimeError):
    """A report can't be written; the text is one line that says where and why."""


@frozen
class Summary:
    """A run or a recording, ready to be written.

    Attributes:
        subject: whether a server or a client was tested.
        where: the server, or what was recorded.
        ledger: what was seen.
        mask: takes secrets out.
        units: names of what was done, with the operation of each.
        withheld: (operation, why, how many) of what was not sent.
        skipped: operation → why it was not tested.
        notes: further lines for the head of a report, such as the seed.
        interrupted: whether it ended early.
        seconds: how long it took.
        seed: of what was drawn; None where nothing was.
    """

    subject: Subject
    where: str
    ledger: Ledger
    mask: Mask = field(factory=Mask)
    units: Sequence[tuple[str, str]] = ()
    withheld: Sequence[tuple[str, str, int]] = ()
    skipped: Mapping[str, str] = field(factory=dict)
    notes: Sequence[str] = ()
    interrupted: bool = False
    seconds: float = 0.0
    seed: int | None = None

    @property
    def conforms(self) -> bool:
        """Whether nothing was found that makes a run fail."""
        return not self.ledger.errors()

    @property
    def verdict(self) -> str:
        """In one word."""
        if self.ledger.errors():
            return "violations"
        return "interrupted" if self.interrupted else "conforms"


def failure_data(summary: Summary, failure: Failure) -> dict[str, Any]:
    """One failure as plain data without secrets: the smallest request that shows it, its rules and their evidence."""
    finding, exchange, mask = failure.finding, failure.exchange, summary.mask
    data: dict[str, Any] = {
        "code": finding.code,
        "name": finding.kind.name,
        "severity": finding.kind.severity,
        "operation": finding.operation,
        "page": OPERATIONS[finding.operation].page if finding.operation in OPERATIONS else "",
        "detail": mask.text(finding.detail),
        "meaning": finding.kind.en,
        "meaning_zh": finding.kind.zh,
        "count": failure.count,
        "rules": [_rule_data(name) for name in failure.rules],
    }
    if exchange is not None:
        shown = mask.exchange(exchange)
        data["source"] = shown.source
        data["request"] = f"{shown.sent.method} {shown.sent.url}"
        data["body"] = _text(shown.sent.body)
        data["answer"] = _text(shown.answer) if exchange.status else ""
        data["status"] = exchange.status
        data["curl"] = mask.text(curl_line(exchange.sent)) if exchange.size < 100_000 else ""
        data["fixes"] = [mask.text(one) for one in _fixes(failure)]
    return data


def _fixes(failure: Failure) -> list[str]:
    if failure.exchange is None or not failure.rules:
        return []
    try:
        found = check(
            failure.finding.operation, request_value(failure.finding.operation, failure.exchange.sent)
        )
    except Unreadable:
        return []
    return [f"{one.path or 'the body'}: {one.fix}" for one in found if one.rule in failure.rules and one.fix]


def _rule_data(name: str) -> dict[str, Any]:
    rule = rules()[name]
    return {
        "id": rule.id,
        "place": rule.place,
        "limit": rule.limit,
        "errcode": rule.errcode,
        "en": rule.en,
        "zh": rule.zh,
        "evidence": [f"{one.source} ({one.date}, {one.confidence})" for one in rule.evidence],
    }


def _text(raw: bytes | None) -> str:
    text = (raw or b"").decode("utf-8", "backslashreplace")
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}… ({len(raw or b'')} bytes)"


@cache
def _refused_by_hand() -> frozenset[str]:
    """Rules that a row of the table of vectors breaks; it takes a while to read."""
    return frozenset(rule for row in load_vectors() if not row.accepted for rule in row.rules)


def matrix(summary: Summary) -> list[dict[str, Any]]:
    """A row for every rule: what contract, client and server do with what breaks it, as far as the run can tell."""
    refused = _refused_by_hand()
    skipped, rows = set(summary.skipped), []
    for rule in rules().values():
        if rule.errcode is None and rule.id not in refused:
            continue  # a warning
        seen: Mapping[str, int] = summary.ledger.rules.get(rule.id, {})
        server, client = "not seen", "not seen"
        if seen and summary.subject == "server":
            server = "accepts it" if seen.get(SERVED) else "other code" if seen.get(OTHER) else "refuses it"
            if not any(seen.get(one) for one in (SERVED, OTHER, REFUSED)):
                server = "not seen"
        elif summary.subject == "client":
            client = "breaks it" if sum(seen.values()) else client
            if client == "not seen" and summary.ledger.sent.get(rule.operation):
                client = "keeps it"
            server = "accepts it" if seen.get(SERVED) else "refuses it" if seen.get(REFUSED) else server
        rows.append(
            {
                "rule": rule.id,
                "operation": rule.operation,
                "errcode": rule.errcode,
                "contract": "refuses it" if rule.id in refused else "not in the table",
                "client": client,
                "server": "not tested" if rule.operation in skipped and server == "not seen" else server,
                "times": sum(seen.get(one, 0) for one in (REFUSED, OTHER, SERVED, SENT)),
            }
        )
    return rows


def coverage(summary: Summary, table: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What was reached, of all that there is: operations, parameters and answers.

    Args:
        summary: of what.
        table: its `matrix`.
    """
    contract, ledger, operations = load_contract(), summary.ledger, list[dict[str, Any]]()
    for name, known in OPERATIONS.items():
        there, seen = declared(contract, name), ledger.parameters.get(name, set())
        codes: Mapping[int | None, int] = ledger.codes.get(name, {})
        operations.append(
            {
                "operation": name,
                "summary": known.summary,
                "effect": known.effect,
                "sent": ledger.sent.get(name, 0),
                "served": ledger.served.get(name, 0),
                "skipped": summary.skipped.get(name, ""),
                "parameters": len(there),
                "parameters_sent": len(set(there) & seen),
                "missing": [one for one in there if one not in seen] if ledger.sent.get(name) else [],
                "codes": [
                    {"code": code, "count": count, "meaning": "" if code is None else errcode(code).en}
                    for code, count in sorted(codes.items(), key=lambda item: -item[1])
                ],
            }
        )
    return {
        "operations": operations,
        "operations_sent": sum(1 for one in operations if one["sent"]),
        "operations_served": sum(1 for one in operations if one["served"]),
        "rules": len(table),
        "rules_seen": sum(1 for row in table if row["times"]),
        "parameters": sum(one["parameters"] for one in operations),
        "parameters_sent": sum(one["parameters_sent"] for one in operations),
    }


def data_of(summary: Summary) -> dict[str, Any]:
    """All of it as plain data, which report.json and report.html are made of."""
    for exchange in summary.ledger.kept():
        summary.mask.learn(exchange)
    table = matrix(summary)
    return {
        "program": "wecom-conformance",
        "contract": CONTRACT_VERSION,
        "subject": summary.subject,
        "where": summary.mask.text(summary.where),
        "verdict": summary.verdict,
        "interrupted": summary.interrupted,
        "seconds": round(summary.seconds, 1),
        "requests": sum(summary.ledger.sent.values()),
        "notes": [summary.mask.text(note) for note in summary.notes],
        "failures": [failure_data(summary, one) for one in summary.ledger.sorted()],
        "coverage": coverage(summary, table),
        "matrix": table,
        "withheld": [
            {"operation": name, "why": why, "count": count} for name, why, count in summary.withheld
        ],
        "codes": [
            {"code": kind.code, "name": kind.name, "severity": kind.severity, "en": kind.en, "zh": kind.zh}
            for kind in CODES.values()
        ],
    }


def prepare(folder: Path) -> None:
    """Make the folder of the reports, and see that it can be written to, before a run begins.

    Raises:
        ReportError: it can't.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{os.getpid()}"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise ReportError(f"{folder}: can't be written to: {error.strerror or error}") from None


def write_reports(summary: Summary, folder: Path, data: dict[str, Any] | None = None) -> list[Path]:
    """Write ``report.html``, ``report.json``, ``junit.xml`` and ``traffic.har``, and of a server's run also
    ``schemathesis-cassette.yaml`` and ``schemathesis-events.ndjson``.

    Args:
        summary: of what.
        folder: made where it is missing.
        data: `data_of` the summary, where that is known already.

    Raises:
        ReportError: the folder can't be written to.
    """
    from .report_har import har_text
    from .report_html import html_text
    from .report_junit import junit_text

    told = data_of(summary) if data is None else data
    makers: dict[str, Callable[[], str]] = {
        "report.html": lambda: html_text(told),
        "report.json": lambda: json.dumps(told, ensure_ascii=False, indent=1) + "\n",
        "junit.xml": lambda: junit_text(summary, told),
        "traffic.har": lambda: har_text(summary),
    }
    if summary.subject == "server":
        from .report_schemathesis import cassette_text, events_text, scenarios

        found = scenarios(summary)
        makers["schemathesis-cassette.yaml"] = lambda: cassette_text(summary, found)
        makers["schemathesis-events.ndjson"] = lambda: events_text(summary, found)
    prepare(folder)
    written = []
    for name, make in makers.items():
        path, beside = folder / name, folder / f".{name}.part"
        try:
            beside.write_text(make(), encoding="utf-8", errors="backslashreplace", newline="\n")
            beside.replace(path)
        except OSError as error:
            raise ReportError(f"{path}: can't be written: {error.strerror or error}") from None
        written.append(path)
    return written
