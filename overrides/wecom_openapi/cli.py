"""``python -m wecom_openapi validate``: what the client would say of a request, from a shell."""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from attrs import asdict, frozen

from wecom_contract import OPERATIONS, UnknownOperation, Violation
from wecom_openapi import strict_json
from wecom_openapi._version import __version__
from wecom_openapi.validation import line, validate

Verdict = Literal["accepted", "accepted with warnings", "refused", "unreadable"]

_EPILOG = """\
exit status:
  0  every file is accepted, with or without warnings
  1  at least one is refused, and all could be read
  2  at least one could not be read, or the command line is wrong

--json prints one object:
  operation  name of the operation
  files      one entry a file: file, verdict (accepted, accepted with warnings, refused, unreadable),
             reason (why it is unreadable, else null), violations
  violations rule, severity (error, warning), path, pointer, keyword, limit, given, message, message_zh,
             fix, fix_zh,
             errcode (what WeCom would answer, where that is known), confirm (the flag to set to mean it,
             else null)

examples:
  python -m wecom_openapi validate request.json
  echo '{"sender": "zhangsan"}' | python -m wecom_openapi validate -
"""


@frozen
class Report:
    """What became of one file."""

    file: str
    verdict: Verdict
    reason: str | None = None
    violations: Sequence[Violation] = ()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: without the program's name; those of the process by default.

    Returns:
        The exit status.
    """
    try:
        return _run(_parser().parse_args(arguments))
    except BrokenPipeError:
        # Whoever read our output has gone. Python would complain when it flushes stdout at the end.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m wecom_openapi",
        description="Checks requests to WeCom against the contract. Sends nothing.",
    )
    parser.add_argument("--version", action="version", version=f"wecom-openapi {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    command = commands.add_parser(
        "validate",
        help="judge request bodies in files",
        description="Judges the request body in each file: every broken rule at once, and how to mend it.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("files", nargs="+", metavar="FILE", help="a JSON file; - for standard input")
    command.add_argument(
        "--operation",
        default="add_msg_template",
        metavar="NAME",
        help=f"the operation it is for: {', '.join(OPERATIONS)} (default: %(default)s)",
    )
    command.add_argument("--json", action="store_true", help="print the verdicts as JSON, for programs")
    return parser


def _run(options: argparse.Namespace) -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without Chinese
    if options.operation not in OPERATIONS:
        print(f"error: {UnknownOperation(options.operation)}", file=sys.stderr)
        return 2
    reports = []
    for name in options.files:
        report = _judge(options.operation, name)
        reports.append(report)
        if not options.json:
            _print(report)
    if options.json:
        result = {"operation": options.operation, "files": [asdict(report) for report in reports]}
        print(json.dumps(result, ensure_ascii=False, indent=2))
    sys.stdout.flush()
    return max(_STATUS[report.verdict] for report in reports)


_STATUS: dict[Verdict, int] = {"accepted": 0, "accepted with warnings": 0, "refused": 1, "unreadable": 2}


def _judge(operation: str, name: str) -> Report:
    shown = "<stdin>" if name == "-" else name
    try:
        body = _read(name)
    except strict_json.Unreadable as exc:
        return Report(shown, "unreadable", str(exc))
    except OSError as exc:
        return Report(shown, "unreadable", exc.strerror or str(exc))
    except ValueError as exc:
        return Report(shown, "unreadable", str(exc))  # a name that no file can have
    violations = validate(operation, body)
    if any(violation.severity == "error" for violation in violations):
        return Report(shown, "refused", None, violations)
    return Report(shown, "accepted with warnings" if violations else "accepted", None, violations)


def _read(name: str) -> Any:
    if name == "-":
        return strict_json.load(sys.stdin.buffer)
    with Path(name).open("rb") as stream:
        return strict_json.load(stream)


def _print(report: Report) -> None:
    name = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in report.file)
    print(f"{name}: {report.verdict}" + (f": {report.reason}" if report.reason else ""))
    for violation in report.violations:
        mark = "warning: " if violation.severity == "warning" else ""
        print(f"  {mark}{line(violation)}")
