"""The commands of the program: what each takes, and which part of the package does it."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from . import github
from .budget import SEED
from .engine import contract_path
from .exits import Exit
from .findings import CODES
from .har_file import HarError, check_har
from .masking import Mask
from .progress import Progress
from .report import ReportError, Summary, data_of, prepare, write_reports
from .runner import CouldNotRun, Plan, check_plan, run, summary_of, units_of
from .settings import SettingsError, load_settings
from .summary_text import lines

CANNOT = (CouldNotRun, ReportError, SettingsError, HarError)
"""Errors that mean that nothing can be said; the text of each is one line."""

app = typer.Typer(
    name="wecom-conformance",
    help="Hold a server or a client against the contract. Exit status: 0 conforms, 1 violations, 2 could not run.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Report = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="write reports there: HTML, JSON, JUnit, HAR, and schemathesis' own"),
]


class AnnotationsFor(StrEnum):
    """Who is told of findings where they belong, beside the summary."""

    NONE = "none"
    GITHUB = "github"


Annotations = Annotated[
    AnnotationsFor,
    typer.Option(help="also print workflow commands that show each finding at its rule in the contract"),
]


def _rate(text: str) -> float:
    """``5/s`` or ``90/min`` as requests a second."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)/(s|min)", text)
    if found is None or float(found[1]) == 0:
        raise typer.BadParameter(f"{text}: no rate such as 5/s or 90/min")
    return float(found[1]) / (60 if found[2] == "min" else 1)


@app.command("run")
def run_command(
    base_url: Annotated[str, typer.Option(metavar="URL", help="the server, such as http://127.0.0.1:8088")],
    settings: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="YAML with the ids that may be used; secrets come from the environment"
        ),
    ] = None,
    operations: Annotated[
        str, typer.Option(metavar="NAMES", help="only these, with commas between; all by default")
    ] = "",
    seed: Annotated[int, typer.Option(min=0, help="of what is drawn")] = SEED,
    examples: Annotated[
        int, typer.Option(min=1, max=100_000, help="how many requests are drawn for an operation")
    ] = 60,
    workers: Annotated[int, typer.Option(min=1, max=64, help="processes")] = 1,
    report: Report = None,
    allow_writes: Annotated[
        bool,
        typer.Option("--allow-writes", help="also operations that write; messages reach the given ids only"),
    ] = False,
    allow_everyone: Annotated[
        bool, typer.Option("--allow-everyone", help="also requests that may reach any customer: for a mock")
    ] = False,
    allow_remote: Annotated[
        bool,
        typer.Option(
            "--allow-remote", help="also a server on another machine; 5/s unless --rate says otherwise"
        ),
    ] = False,
    rate: Annotated[str, typer.Option(metavar="N/s", help="requests a second, or N/min")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="send nothing; list what would be sent")] = False,
    contract: Annotated[
        Path | None, typer.Option(metavar="FILE", help="another contract.yaml, of the same version")
    ] = None,
    annotations: Annotations = AnnotationsFor.NONE,
) -> int:
    """Hold a server against the contract."""
    told = load_settings(settings)
    plan = Plan(
        base_url,
        told,
        tuple(name for name in operations.replace(",", " ").split()),
        "everyone" if allow_everyone else "given" if allow_writes else "reads",
        seed,
        examples,
        workers,
        _rate(rate) if rate else 0.0,
        contract,
        allow_remote,
        dry_run,
    )
    check_plan(plan)
    if report is not None:
        prepare(report)
    if dry_run:
        return _dry(plan, report)
    with Progress(sys.stderr) as progress:
        result = run(plan.careful(), progress=progress.update)
    return _finish(summary_of(result), report, annotations, contract)


def _finish(
    summary: Summary,
    report: Path | None,
    annotations: AnnotationsFor = AnnotationsFor.NONE,
    contract: Path | None = None,
) -> int:
    """Tell how it ended, write the reports, and say it in a status."""
    data = data_of(summary)
    written = write_reports(summary, report, data) if report is not None else []
    told = [*lines(data), *(f"report: {path}" for path in written)]
    if annotations == AnnotationsFor.GITHUB:
        with github.no_commands():
            print("\n".join(told))
        for line in github.workflow_commands(data, contract or contract_path()):
            print(line)
        github.step_summary("\n".join(told))
    else:
        print("\n".join(told))
    if summary.ledger.errors():
        return Exit.VIOLATIONS
    return Exit.COULD_NOT_RUN if summary.interrupted else Exit.CONFORMS


def _dry(plan: Plan, report: Path | None) -> int:
    """List what a run would send: counts on the terminal, every request in a file where a folder is given."""
    mask, sent = Mask(plan.settings.known.corpsecret), Counter[str]()
    rows: list[str] = []

    def note(operation: Any, method: str, query: Mapping[str, Any], body: Any) -> None:
        sent[operation.id] += 1
        if report is not None:
            row = {"operation": operation.id, "method": method, "path": operation.path}
            row |= {"query": dict(query), "body": body}
            rows.append(mask.text(json.dumps(row, ensure_ascii=False, default=_shown)))

    with Progress(sys.stderr) as progress:
        result = run(plan, progress=progress.update, note=note)
    _, skipped = units_of(plan)
    for name, count in sent.items():
        print(f"would send: {name}: {count} requests")
    for name, why in skipped.items():
        print(f"would not send: {name}: {why}")
    for (name, why), count in sorted(result.withheld.items()):
        print(f"would not send: {name}: {count} requests: {why}")
    if plan.reach != "reads":
        print("would send as well: sequences of calls, which depend on the answers")
    if report is not None:
        file = report / "would-send.jsonl"
        file.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8", errors="backslashreplace")
        print(f"report: {file}")
    print(f"dry run: nothing was sent to {plan.base_url}")
    return Exit.COULD_NOT_RUN if result.interrupted else Exit.CONFORMS


def _shown(value: object) -> str:
    """Bytes, of which a file may have millions, in a list for people."""
    raw = value if isinstance(value, bytes) else getattr(value, "data", b"")
    return f"({len(raw)} bytes: {raw[:80]!r})" if isinstance(raw, bytes) else repr(value)


@app.command("explain")
def explain_command(
    code: Annotated[str, typer.Argument(help="such as WC201; without one, all of them in a line each")] = "",
    lang: Annotated[str, typer.Option(metavar="en|zh", help="of the meaning")] = "en",
) -> int:
    """Say what the code of a finding means."""
    if lang not in ("en", "zh"):
        raise typer.BadParameter(f"{lang}: no language; there are en and zh")
    if not code:
        for kind in CODES.values():
            print(f"{kind.code}  {kind.severity:<7}  {kind.name}")
        return Exit.CONFORMS
    found = CODES.get(code.upper())
    if found is None:
        raise CouldNotRun(f"{code}: no such code; there are {', '.join(CODES)}")
    print(f"{found.code} {found.name} ({found.severity})")
    print(found.zh if lang == "zh" else found.en)
    print(f"{'例' if lang == 'zh' else 'example'}: {found.example}")
    return Exit.CONFORMS


@app.command("check-har")
def check_har_command(
    file: Annotated[Path, typer.Argument(help="a HAR 1.2 document, of a browser or a proxy")],
    report: Report = None,
    annotations: Annotations = AnnotationsFor.NONE,
) -> int:
    """Hold what a client sent and got, recorded in a HAR, against the contract."""
    if report is not None:
        prepare(report)
    return _finish(check_har(file), report, annotations)


@app.command("proxy")
def proxy_command(
    to: Annotated[str, typer.Option(metavar="URL", help="where requests go on to")],
    port: Annotated[int, typer.Option(min=0, max=65535, help="on 127.0.0.1; 0 for any free one")] = 8089,
    report: Report = None,
    allow_remote: Annotated[
        bool, typer.Option("--allow-remote", help="also go on to another machine")
    ] = False,
    annotations: Annotations = AnnotationsFor.NONE,
) -> int:
    """Stand between a client and a server until Ctrl-C, and hold every exchange against the contract."""
    from .proxy import ProxyError, serve

    if report is not None:
        prepare(report)
    try:
        summary = serve(to, port, remote=allow_remote, told=lambda line: print(line, flush=True))
    except ProxyError as error:
        raise CouldNotRun(str(error)) from None
    return _finish(summary, report, annotations)
