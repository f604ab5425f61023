"""The version of a contract is raised as far as its changes mean, or the gate fails."""

from __future__ import annotations

import copy
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.comparison import compare
from pipeline.errors import PipelineError
from pipeline.version_gate import check_version

REQUEST = "AddMsgTemplateRequest"


def after(contract: Mapping[str, Any], version: str, change: str) -> dict[str, Any]:
    """The contract with one change of its request, and a version."""
    new = copy.deepcopy(dict(contract))
    new["info"]["version"] = version
    properties = new["components"]["schemas"][REQUEST]["properties"]
    match change:
        case "breaks":
            properties["attachments"]["maxItems"] -= 1
        case "adds":
            properties["attachments"]["maxItems"] += 1
        case "words":
            properties["attachments"]["description"] = "Other words."
    return new


def gate(contract: Mapping[str, Any], old: str, new: str, change: str) -> None:
    before = after(contract, old, "nothing")
    now = after(contract, new, change)
    check_version(before, now, compare(before, now))


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("1.0.0", "2.0.0", "breaks"),
        ("1.9.9", "2.0.0", "breaks"),
        ("1.0.0", "1.1.0", "adds"),
        ("1.0.0", "2.0.0", "adds"),
        ("1.0.0", "1.0.0", "words"),
        ("1.0.0", "1.0.1", "words"),
        ("1.0.0", "1.0.0", "nothing"),
        ("1.9.0", "1.10.0", "adds"),
    ],
)
def test_passes(old: str, new: str, change: str, contract: Mapping[str, Any]) -> None:
    gate(contract, old, new, change)


@pytest.mark.parametrize(
    ("old", "new", "change", "why"),
    [
        ("1.0.0", "1.0.0", "breaks", "1.0.0 → 1.0.0; changes that break somebody: 1; raise the major number"),
        ("1.0.0", "1.1.0", "breaks", "1.0.0 → 1.1.0; changes that break somebody: 1; raise the major number"),
        ("1.0.0", "1.0.9", "breaks", "1.0.0 → 1.0.9; changes that break somebody: 1; raise the major number"),
        ("1.0.0", "1.0.0", "adds", "1.0.0 → 1.0.0; changes: 1; raise the minor number"),
        ("1.0.0", "1.0.1", "adds", "1.0.0 → 1.0.1; changes: 1; raise the minor number"),
        ("2.0.0", "1.9.9", "breaks", "goes back: 2.0.0 → 1.9.9"),
        ("1.0.1", "1.0.0", "nothing", "goes back: 1.0.1 → 1.0.0"),
        ("1.10.0", "1.9.0", "adds", "goes back: 1.10.0 → 1.9.0"),
        (
            "1.0.0",
            "2025-11-17",
            "breaks",
            "the newer one is '2025-11-17', and not three numbers like 1.2.3",
        ),
        ("v1", "2.0.0", "breaks", "the older one is 'v1', and not three numbers like 1.2.3"),
        ("1.0.0", "2.0", "breaks", "the newer one is '2.0', and not three numbers like 1.2.3"),
        ("1.0.0", "01.0.0", "nothing", "the newer one is '01.0.0', and not three numbers like 1.2.3"),
    ],
)
def test_fails(old: str, new: str, change: str, why: str, contract: Mapping[str, Any]) -> None:
    with pytest.raises(PipelineError) as caught:
        gate(contract, old, new, change)
    assert str(caught.value) == f"info.version: {why}"


@pytest.mark.parametrize(("version", "code"), [("1.9.0", 1), ("2.0.0", 0)])
def test_the_command(version: str, code: int, contract: Mapping[str, Any], tmp_path: Path) -> None:
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(yaml.safe_dump(after(contract, "1.0.0", "nothing"), allow_unicode=True), encoding="utf-8")
    new.write_text(yaml.safe_dump(after(contract, version, "breaks"), allow_unicode=True), encoding="utf-8")
    command = [sys.executable, "-m", "pipeline", "changes", "--from", str(old), "--to", str(new)]
    gated = subprocess.run([*command, "--gate"], capture_output=True, text=True, timeout=60, check=False)
    plain = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert gated.returncode == code
    assert "breaking: 1" in gated.stdout
    assert ("raise the major number" in gated.stderr) is bool(code)
    assert plain.returncode == 0


def test_the_gate_is_for_changes_alone() -> None:
    command = [sys.executable, "-m", "pipeline", "check", "--gate"]
    assert subprocess.run(command, capture_output=True, timeout=60, check=False).returncode == 2
