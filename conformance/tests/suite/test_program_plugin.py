"""``pytest --wecom-base-url URL``: tests of a server for whoever has one, and nothing for everybody else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the helpers beside this file

import faulty_mock as planted
from program_site import Program, environment, serving

from wecom_mock import Reply, Request, State, handle

QUICK = ("--wecom-examples", "3", "--wecom-operations", "groupchat_list,gettoken")


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.setenv("WECOM_CORPSECRET", "demo")
    (tmp_path / "test_own.py").write_text("def test_own():\n    pass\n", encoding="utf-8")
    return Program(tmp_path)


def _any_limit(state: State, request: Request, now: float) -> Reply:
    """Has no longest page."""
    reply = handle(state, request, now)
    if planted.rule_of(reply) != "groupchat_list.limit.max":
        return reply
    return planted.with_answer(
        reply, {"errcode": 0, "errmsg": "ok", "group_chat_list": [], "next_cursor": ""}
    )


def run(program: Program, *options: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "wecom_conformance.pytest_plugin",
        "-p",
        "no:cacheprovider",
    ]
    return subprocess.run(
        [*command, "--rootdir", str(program.folder), *options, str(program.folder)],
        cwd=program.folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def against(program: Program, base_url: str, *options: str) -> subprocess.CompletedProcess[str]:
    return run(program, "--wecom-base-url", base_url, "--wecom-settings", str(program.settings), *options)


def test_without_the_option_nothing_is_added(program: Program) -> None:
    done = run(program)
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout


def test_a_sound_server_passes(program: Program) -> None:
    with serving() as server:
        done = against(program, server.base_url, *QUICK, "-v", "--wecom-report", str(program.report))
    assert done.returncode == 0, done.stdout
    assert "groupchat_list[boundaries]" in done.stdout
    assert "13 passed" in done.stdout  # their own, and two times six phases
    assert program.data["verdict"] == "conforms"
    assert program.data["requests"] > 50


def test_a_fault_fails_and_shows_why(program: Program) -> None:
    with serving(_any_limit) as server:
        done = against(program, server.base_url, *QUICK, "--wecom-report", str(program.report))
    assert done.returncode == 1
    assert "WC201 accepted-what-the-contract-refuses [groupchat_list]" in done.stdout
    assert "rule: groupchat_list.limit.max" in done.stdout
    assert "again: curl" in done.stdout
    assert "Traceback" not in done.stdout
    assert "WC201" in program.codes
    assert json.dumps(program.data).count("demo-secret") == 0


def test_a_server_that_is_not_there_is_a_usage_error(program: Program) -> None:
    with serving() as server:
        base_url = server.base_url
    done = against(program, base_url)
    assert done.returncode == 4
    assert "Connection refused" in done.stderr
    assert "Traceback" not in done.stderr


def test_another_machine_needs_leave(program: Program) -> None:
    done = against(program, "http://192.0.2.1")
    assert done.returncode == 4
    assert "--wecom-allow-remote" in done.stderr or "--allow-remote" in done.stderr
