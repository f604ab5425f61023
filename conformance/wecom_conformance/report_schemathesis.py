"""The exchanges of a run in two formats of schemathesis, by its own writers: a cassette and the engine's events.

The suite makes its cases with schemathesis and sends them itself, so no engine writes these. What the writers get
has no secrets any more: they look for them in headers and addresses only, not in bodies.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import StringIO
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import schemathesis
from attrs import define, field
from requests import PreparedRequest
from schemathesis.config import OutputConfig
from schemathesis.core.failures import Failure as StockFailure
from schemathesis.core.failures import Severity
from schemathesis.core.transport import Response
from schemathesis.engine import Status, StopReason, events
from schemathesis.engine.recorder import Interaction, Request, ScenarioRecorder
from schemathesis.engine.run import PhaseName
from schemathesis.reporting.ndjson import NdjsonWriter
from schemathesis.reporting.vcr import VcrWriter

from wecom_contract import OPERATIONS

from .engine import load_contract
from .exchange import Exchange
from .ledger import KEPT_BYTES

if TYPE_CHECKING:
    from .masking import Mask
    from .report import Summary

PHASES: Mapping[str, PhaseName] = {
    "boundaries": PhaseName.COVERAGE,
    "drawn": PhaseName.FUZZING,
    "sequences": PhaseName.STATEFUL_TESTING,
}
"""What schemathesis calls a phase of ours; what is written by hand counts among the examples."""
CHECK = "contract"
"""The check that an exchange stood with which nothing is wrong."""


@define
class Scenario:
    """The exchanges of one phase of one operation."""

    phase: PhaseName
    recorder: ScenarioRecorder
    began: float
    seconds: float = 0.0
    suite: Any = field(factory=uuid4)

    @property
    def status(self) -> Status:
        """Whether something is wrong with one of them."""
        return Status.FAILURE if self.recorder.failing_case_ids() else Status.SUCCESS

    def add(self, number: int, operation: Any, exchange: Exchange, mask: Mask) -> None:
        """One more, the secrets of which are to be taken out.

        Args:
            number: of the exchange, which becomes its id.
            operation: as schemathesis has it.
            exchange: as it was.
            mask: what takes the secrets out.
        """
        shown, recorder = mask.exchange(exchange), self.recorder
        address = urlsplit(shown.sent.url)
        query = {
            name: values[0] if len(values) == 1 else values
            for name, values in parse_qs(address.query, keep_blank_values=True).items()
        }
        case = operation.Case(method=shown.sent.method, query=query, media_type=shown.sent.content_type)
        case.id = f"{number:06}"
        recorder.record_case(case=case)
        interaction = _interaction(shown)
        recorder.record_interaction(case.id, interaction)
        if interaction.response is not None and not shown.findings:
            recorder.record_check_success(name=CHECK, case_id=case.id)
        for finding in shown.findings:
            serious = finding.kind.severity == "error"
            told = StockFailure(
                operation=operation.label,
                title=finding.kind.name,
                message=mask.text(finding.detail),
                case_id=case.id,
                severity=Severity.HIGH if serious else Severity.LOW,
            )
            recorder.record_check_failure(name=finding.code, case_id=case.id, code_sample="", failure=told)
        self.seconds += exchange.seconds


def scenarios(summary: Summary) -> list[Scenario]:
    """What both formats are made of, in the order of the requests."""
    document = schemathesis.openapi.from_dict(dict(load_contract().document))
    found: dict[tuple[str, str], Scenario] = {}
    for number, exchange in enumerate(summary.ledger.kept(), 1):
        if not exchange.operation:
            continue
        known, phase = OPERATIONS[exchange.operation], _phase(exchange)
        if (known.id, phase) not in found:
            recorder = ScenarioRecorder(label=f"{known.method} {known.path}")
            stock = PHASES.get(phase, PhaseName.EXAMPLES)
            found[known.id, phase] = Scenario(stock, recorder, exchange.began)
        found[known.id, phase].add(number, document[known.path][known.method], exchange, summary.mask)
    return list(found.values())


def cassette_text(summary: Summary, found: list[Scenario]) -> str:
    """A VCR cassette in YAML."""
    output = StringIO()
    with VcrWriter(output, OutputConfig()) as writer:
        writer.open(summary.seed, command=_command(summary))
        for scenario in found:
            writer.write(scenario.recorder)
    return output.getvalue() + "\n"


def events_text(summary: Summary, found: list[Scenario]) -> str:
    """The events as NDJSON, an object a line. Bodies are base64 there."""
    output = StringIO()
    with NdjsonWriter(output, OutputConfig().sanitization) as writer:
        writer.open(summary.seed, command=_command(summary))
        for event in _events(summary, found):
            writer.write_event(event)
    return output.getvalue()


def _events(summary: Summary, found: list[Scenario]) -> Iterator[events.EngineEvent]:
    yield events.EngineStarted()
    for scenario in found:
        finished = events.ScenarioFinished(
            id=uuid4(),
            phase=scenario.phase,
            suite_id=scenario.suite,
            label=scenario.recorder.label,
            status=scenario.status,
            recorder=scenario.recorder,
            elapsed_time=scenario.seconds,
            skip_reason=None,
            is_final=False,
        )
        finished.timestamp = scenario.began + scenario.seconds
        yield finished
    if summary.interrupted:
        yield events.Interrupted(phase=None)
    yield events.EngineFinished(
        running_time=summary.seconds,
        stop_reason=StopReason.INTERRUPTED if summary.interrupted else StopReason.COMPLETED,
    )


def _interaction(exchange: Exchange) -> Interaction:
    sent, answer = exchange.sent, exchange.answer
    headers = {} if sent.content_type is None else {"Content-Type": [sent.content_type]}
    body = None if sent.body is None else sent.body[:KEPT_BYTES]
    request = Request(sent.method, sent.url, body, None if body is None else len(body), headers)
    response = None
    if exchange.status:
        prepared = PreparedRequest()
        prepared.method, prepared.url = sent.method, sent.url
        response = Response(
            exchange.status,
            {"content-type": [exchange.content_type]},
            answer[:KEPT_BYTES],
            prepared,
            exchange.seconds,
            verify=True,
            content_size=len(answer),
        )
    interaction = Interaction(request, response)
    interaction.timestamp = exchange.began
    return interaction


def _phase(exchange: Exchange) -> str:
    """Of ``vector text.1``, ``token: none`` or ``drawn, WECOM_SEED=1`` the first word."""
    return exchange.source.partition(" ")[0].strip(",:")


def _command(summary: Summary) -> str:
    return f"wecom-conformance run --base-url {summary.mask.text(summary.where)}"
