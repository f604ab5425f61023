"""Where the settings come from, and what is said of those that are missing or wrong."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from fault_server import environment
from program import Cli

from wecom_mock.server import MockServer

ROOT = Path(__file__).resolve().parents[3]


def test_the_secret_from_a_file(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(f"{cli.secret}\n", encoding="utf-8")
    assert (
        cli("customers", "lisi2", env={"WECOM_CORPSECRET": None, "WECOM_CORPSECRET_FILE": "secret"}).code == 0
    )


def test_a_wrong_secret(cli: Cli) -> None:
    result = cli("list", env={"WECOM_CORPSECRET": "another-secret-9876543210"})
    assert (result.code, result.out) == (5, "")
    assert "errcode 40091" in result.err
    assert "another-secret" not in result.err


def test_an_app_without_the_right(cli: Cli) -> None:
    assert cli("list", env={"WECOM_CORPSECRET": "demo-hr"}).code == 5


@pytest.mark.parametrize(
    ("option", "variable", "attempts"),
    [
        ([], None, 3),
        ([], "", 3),
        ([], "1", 2),
        ([], "0", 1),
        (["--retries", "0"], "1", 1),
        (["--retries", "1"], "x", 2),
    ],
)
def test_how_often_a_call_is_made_again(
    option: list[str], variable: str | None, attempts: int, cli: Cli, mock: MockServer
) -> None:
    mock.state.fail_next("get_groupmsg_list_v2", -1, times=9)
    assert cli("list", *option, env={"WECOM_RETRIES": variable}).code == 6
    assert [call.operation for call in mock.state.calls].count("get_groupmsg_list_v2") == attempts


def test_the_base_url_of_the_command_line_counts_first(cli: Cli, mock: MockServer) -> None:
    assert (
        cli("customers", "lisi2", "--base-url", mock.base_url, env={"WECOM_BASE_URL": "nonsense"}).code == 0
    )


@pytest.mark.parametrize(
    "value", ["nonsense", "ftp://127.0.0.1", "http://u:p@127.0.0.1", "http://127.0.0.1/?x=1"]
)
def test_a_base_url_that_is_none(value: str, cli: Cli) -> None:
    result = cli("list", env={"WECOM_BASE_URL": value})
    assert (result.code, result.out) == (5, "")
    assert result.err.startswith("error: WECOM_BASE_URL: ")
    by_option = cli("list", "--base-url", value)
    assert (by_option.code, by_option.out) == (2, "")
    assert by_option.err.startswith("error: --base-url: ")


def test_no_option_takes_a_secret(cli: Cli) -> None:
    for command in ([], ["send"], ["list"], ["status"], ["upload"], ["customers"]):
        text = cli(*command, "--help").out
        assert "--corpsecret" not in text
        assert "--secret" not in text
        assert "--corpid" not in text
    assert cli("list", "--corpsecret", "x").code == 2


def test_completion_is_offered_and_harmless(cli: Cli) -> None:
    script = cli("--show-completion", "bash", env={"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"})
    assert script.code == 0
    assert "_WECOM_COMPLETE" in script.out
    words = {"_WECOM_COMPLETE": "complete_bash", "COMP_WORDS": "wecom s", "COMP_CWORD": "1"}
    result = cli(env=dict(words))
    assert (sorted(result.out.split()), result.err) == (["send", "status"], "")


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    script = (
        "import sys; sys.modules['typer'] = None; from wecom_cli.main import main; sys.exit(main(['list']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (5, "")
    assert done.stderr == "error: typer is needed: pip install 'wecom-openapi[cli]'\n"


def test_without_the_library_of_the_journal_it_says_what_to_install(cli: Cli, tmp_path: Path) -> None:
    script = (
        "import sys; sys.modules['sqlalchemy'] = None; from wecom_cli.main import main\n"
        "for line in (['recover'], ['recover', '--json'], ['broadcast', 'status', 'x']):\n"
        "    print(main([*line, '--journal', 'j.db']), flush=True)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=cli.environment(),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "5\n5\n5\n")
    message = "sqlalchemy is needed: pip install 'wecom-openapi[journal]'"
    people, programs, again = done.stderr.splitlines()
    assert people == again == f"error: {message}"
    assert json.loads(programs) == {"error": {"kind": "Installation", "exit_code": 5, "message": message}}


def test_the_entry_point() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    module, _, function = project["scripts"]["wecom"].partition(":")
    from importlib import import_module

    assert callable(getattr(import_module(module), function))
