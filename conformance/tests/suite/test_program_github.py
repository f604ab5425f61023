"""Annotations of GitHub Actions: each at the line of the rule, and nothing that a server says becomes a command."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from wecom_conformance.commands import AnnotationsFor, _finish
from wecom_conformance.engine import contract_path
from wecom_conformance.exits import Exit
from wecom_conformance.findings import CODES, Finding
from wecom_conformance.github import Places, step_summary, workflow_commands
from wecom_conformance.ledger import Ledger
from wecom_conformance.report import Summary
from wecom_contract import OPERATIONS, rules

HOSTILE = "100%, a:b\r\n::add-mask::x\n##[error]y"


def failure(code: str = "WC201", rule: str = "", operation: str = "", detail: str = "d") -> dict[str, Any]:
    found = [{"id": rule, "en": rules()[rule].en}] if rule else []
    kind = CODES[code]
    return {
        "code": code,
        "name": kind.name,
        "severity": kind.severity,
        "operation": operation,
        "detail": detail,
        "rules": found,
    }


def commands(*failures: dict[str, Any]) -> list[str]:
    return list(workflow_commands({"failures": failures}, contract_path()))


def test_every_rule_and_every_operation_has_its_line() -> None:
    lines: dict[str, int] = {}

    def walk(node: yaml.Node) -> None:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value in ("id", "operationId") and isinstance(value, yaml.ScalarNode):
                    lines.setdefault(value.value, value.start_mark.line + 1)
                walk(value)
        elif isinstance(node, yaml.SequenceNode):
            for item in node.value:
                walk(item)

    walk(yaml.compose(contract_path().read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))
    places = Places(contract_path())
    for name in rules():
        assert places.line(name) == lines[name], name
    for name in OPERATIONS:
        assert places.line(operation=name) == lines[name], name
    assert places.line("no.such-rule", "nothing") is None


def test_the_path_is_that_from_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "api" / "contract.yaml"
    file.parent.mkdir()
    file.write_text("id: x\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert Places(file).file == "api/contract.yaml"
    monkeypatch.chdir(file.parent)
    assert Places(file).file == "contract.yaml"
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert Places(file).file == str(file)


def test_what_each_command_says() -> None:
    of_a_rule, of_none, warning = commands(
        failure("WC505", "chat_id_list.ignored-for-single", "add_msg_template"),
        failure("WC201", "sender.empty", "add_msg_template", "accepted"),
        failure("WC102", detail="no answer"),
    )
    places = Places(contract_path())
    where = f"file={places.file},line={places.line('sender.empty')}"
    title = "title=WC201 accepted-what-the-contract-refuses (add_msg_template)"
    assert of_a_rule == f"::error {where},{title}::accepted%0Asender.empty: {rules()['sender.empty'].en}"
    assert of_none == "::error title=WC102 no-answer::no answer"
    assert warning.startswith(f"::warning file={places.file},line=")
    at_the_operation = commands(failure("WC105", operation="gettoken"))[0]
    assert f",line={places.line(operation='gettoken')}," in at_the_operation


def test_a_command_is_one_line_whatever_is_in_it() -> None:
    (told,) = commands(failure(detail=HOSTILE))
    assert "\n" not in told
    assert "\r" not in told
    assert told.endswith("::100%25, a:b%0D%0A::add-mask::x%0A##[error]y")
    (long,) = commands(failure(detail="x" * 5000))
    assert len(long) < 1200


def test_what_a_server_has_written_is_no_command(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    ledger = Ledger()
    ledger.add_loose(Finding("WC101", "gettoken", f"{HOSTILE} ``` ````"))
    assert _finish(Summary("server", "x", ledger), None, AnnotationsFor.GITHUB) == Exit.VIOLATIONS
    first, *between = capsys.readouterr().out.splitlines()
    stop = re.fullmatch(r"::stop-commands::([0-9a-f]{32})", first)
    assert stop is not None
    end = between.index(f"::{stop[1]}::")
    assert "add-mask" in "\n".join(between[:end])
    assert [line.partition(" ")[0] for line in between[end + 1 :]] == ["::error"]
    text = page.read_text(encoding="utf-8")
    assert text.startswith("`````text\n")
    assert text.endswith("\n`````\n")
    step_summary("more")
    assert page.read_text(encoding="utf-8").endswith("```text\nmore\n```\n")
    monkeypatch.delenv("GITHUB_STEP_SUMMARY")
    step_summary("nowhere")


def test_without_them_nothing_is_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    ledger = Ledger()
    ledger.add_loose(Finding("WC101", "gettoken", "x"))
    assert _finish(Summary("server", "x", ledger), None) == Exit.VIOLATIONS
    assert "::" not in capsys.readouterr().out
