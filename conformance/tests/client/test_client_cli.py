"""``python -m wecom_openapi validate`` as a process of its own."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import fields
from fault_server import environment

from wecom_contract import OPERATIONS, Violation
from wecom_openapi import __version__, validate

GOOD: dict[str, Any] = {"sender": "zhangsan", "external_userid": ["wmA"], "text": {"content": "新品上市"}}
EVERYONE: dict[str, Any] = {"sender": "zhangsan", "text": {"content": "新品上市"}}
BROKEN: dict[str, Any] = {
    "externalUserid": ["wmA"],
    "attachments": [{"msgtype": "link", "link": {"title": "中" * 43, "url": "example.com"}}],
}

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs the command line in a folder of its own."""

    def start(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
        settings = {**environment(), "PYTHONUTF8": "0", **options.pop("env", {})}
        return subprocess.run(
            [sys.executable, "-m", "wecom_openapi", *arguments],
            cwd=tmp_path,
            env=settings,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
            **options,
        )

    return start


@pytest.fixture
def save(tmp_path: Path) -> Callable[[str, Any], str]:
    """Writes a file: JSON data, or bytes as they are."""

    def write(name: str, content: Any) -> str:
        raw = content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode()
        (tmp_path / name).write_bytes(raw)
        return name

    return write


Save = Callable[[str, Any], str]


def test_accepted(run: Run, save: Save) -> None:
    result = run("validate", save("good.json", GOOD))
    assert (result.returncode, result.stdout, result.stderr) == (0, "good.json: accepted\n", "")


def test_accepted_with_warnings(run: Run, save: Save) -> None:
    result = run("validate", save("all.json", EVERYONE))
    assert result.returncode == 0
    first, second = result.stdout.splitlines()
    assert first == "all.json: accepted with warnings"
    assert second.startswith("  warning: ")
    assert "[audience.everyone-single]" in second


def test_refused_with_everything_that_is_wrong(run: Run, save: Save) -> None:
    result = run("validate", save("broken.json", BROKEN))
    assert result.returncode == 1
    lines = result.stdout.splitlines()
    assert lines[0] == "broken.json: refused"
    violations = validate("add_msg_template", BROKEN)
    assert len(violations) >= 4
    assert len(lines) == 1 + len(violations)
    for line, violation in zip(lines[1:], violations, strict=True):
        assert violation.message in line
        assert violation.fix in line
        assert f"[{violation.rule}]" in line
    assert "129 bytes" in result.stdout
    assert "43 characters" in result.stdout
    assert "attachments[0].link.title" in result.stdout


UNREADABLE = [
    ("broken", b'{"sender": "a",\n  "text": }', "line 2, column 11: Expecting value"),
    ("trailing", b"{} x", "line 1, column 4: Extra data"),
    (
        "twice",
        b'{"sender": "a", "text": {"content": "x", "content": "y"}}',
        "the key 'content' stands twice in one object",
    ),
    ("nan", b'{"allow_select": NaN}', "NaN is not JSON"),
    ("utf8", b'{\n"sender": "\xff"}', "line 2: byte 13 (0xff) is not UTF-8"),
    ("gbk", '{"sender": "张三"}'.encode("gbk"), "is not UTF-8"),
    ("empty", b"", "empty"),
    ("blank", b" \n", "empty"),
    ("digits", b'{"allow_select": ' + b"1" * 5000 + b"}", "a number with thousands of digits"),
    ("deep", b"[" * 100_000, "nested too deeply"),
    ("big", b" " * (10 * 1024 * 1024) + b"{}", "longer than 10485760 bytes"),
]


@pytest.mark.parametrize(("name", "content", "reason"), UNREADABLE, ids=[name for name, _, _ in UNREADABLE])
def test_unreadable(name: str, content: bytes, reason: str, run: Run, save: Save) -> None:
    result = run("validate", save(f"{name}.json", content))
    assert result.returncode == 2
    assert result.stdout.startswith(f"{name}.json: unreadable: ")
    assert reason in result.stdout
    assert "Traceback" not in result.stderr


def test_a_file_of_the_greatest_length_is_read(run: Run, save: Save) -> None:
    raw = json.dumps(GOOD).encode()
    assert run("validate", save("big.json", raw + b" " * (10 * 1024 * 1024 - len(raw)))).returncode == 0


def test_no_such_file(run: Run) -> None:
    result = run("validate", "nowhere.json")
    assert (result.returncode, result.stdout) == (2, "nowhere.json: unreadable: No such file or directory\n")


def test_a_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    result = run("validate", "folder")
    assert (result.returncode, result.stdout) == (2, "folder: unreadable: Is a directory\n")


def test_a_byte_order_mark_is_taken(run: Run, save: Save) -> None:
    assert run("validate", save("bom.json", b"\xef\xbb\xbf" + json.dumps(GOOD).encode())).returncode == 0


@pytest.mark.parametrize("body", [[], None, "text", 7, True])
def test_json_that_is_no_object_is_refused(body: Any, run: Run, save: Save) -> None:
    result = run("validate", save("odd.json", body))
    assert result.returncode == 1
    assert "[body.type]" in result.stdout


def test_half_a_surrogate_pair_is_refused(run: Run, save: Save) -> None:
    result = run(
        "validate", save("half.json", b'{"sender": "a", "text": {"content": "\\ud83d"}, "\\ud83d": 1}')
    )
    assert result.returncode == 1
    assert "json.unicode" in result.stdout


def test_a_deep_body_is_refused(run: Run, save: Save) -> None:
    result = run("validate", save("deep.json", b'{"sender": "a", "text": ' + b"[" * 500 + b"]" * 500 + b"}"))
    assert result.returncode == 1
    assert "Traceback" not in result.stderr


def test_every_file_is_judged_and_the_worst_counts(run: Run, save: Save) -> None:
    names = [save("a.json", BROKEN), "nowhere.json", save("b.json", GOOD), save("c.json", EVERYONE)]
    result = run("validate", *names)
    assert result.returncode == 2
    verdicts = [line for line in result.stdout.splitlines() if not line.startswith(" ")]
    assert verdicts == [
        "a.json: refused",
        "nowhere.json: unreadable: No such file or directory",
        "b.json: accepted",
        "c.json: accepted with warnings",
    ]
    assert run("validate", *(name for name in names if name != "nowhere.json")).returncode == 1


def test_standard_input(run: Run) -> None:
    result = run("validate", "-", input=json.dumps(GOOD))
    assert (result.returncode, result.stdout) == (0, "<stdin>: accepted\n")
    assert run("validate", "-", input="{").returncode == 2


def test_another_operation(run: Run, save: Save) -> None:
    good, bad = (
        save("good.json", {"msgid": "m", "limit": 1000}),
        save("bad.json", {"msgid": "m", "limit": 1001}),
    )
    result = run("validate", "--operation", "get_groupmsg_task", good, bad)
    assert result.returncode == 1
    assert "good.json: accepted\nbad.json: refused\n" in result.stdout
    assert "[get_groupmsg_task.limit.max]" in result.stdout
    assert "1001" in result.stdout


def test_an_unknown_operation(run: Run, save: Save) -> None:
    result = run("validate", "--operation", "add_msg_templates", save("good.json", GOOD))
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.startswith("error: no operation 'add_msg_templates'")
    assert "add_msg_template?" in result.stderr


def test_json_for_programs(run: Run, save: Save) -> None:
    names = [save("good.json", GOOD), save("all.json", EVERYONE), save("broken.json", BROKEN), "nowhere.json"]
    result = run("validate", "--json", *names)
    assert result.returncode == 2
    report = json.loads(result.stdout)
    assert set(report) == {"operation", "files"}
    assert report["operation"] == "add_msg_template"
    assert [entry["file"] for entry in report["files"]] == names
    verdicts = [entry["verdict"] for entry in report["files"]]
    assert verdicts == ["accepted", "accepted with warnings", "refused", "unreadable"]
    assert [entry["reason"] for entry in report["files"]] == [None, None, None, "No such file or directory"]
    for entry in report["files"]:
        assert set(entry) == {"file", "verdict", "reason", "violations"}
    keys = (
        "rule severity path pointer keyword limit given message message_zh fix fix_zh errcode confirm".split()
    )
    assert {frozenset(v) for entry in report["files"] for v in entry["violations"]} == {frozenset(keys)}
    assert [v["rule"] for v in report["files"][2]["violations"]] == [
        v.rule for v in validate("add_msg_template", BROKEN)
    ]
    assert report["files"][1]["violations"][0]["confirm"] == "to_all"
    assert "字" in result.stdout


def test_the_keys_of_the_json_are_documented(run: Run) -> None:
    text = run("validate", "--help").stdout
    for word in (
        "operation",
        "files",
        "verdict",
        "reason",
        "violations",
        "pointer",
        "errcode",
        "exit status",
        "--json",
    ):
        assert word in text


def test_a_terminal_without_chinese(run: Run, save: Save) -> None:
    name = save("b.json", {**GOOD, "客户": 1})
    for arguments in (["validate", name], ["validate", "--json", name]):
        result = run(*arguments, env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"})
        assert result.returncode == 1
        assert "\\u5ba2" in result.stdout
        assert "Traceback" not in result.stderr


def test_what_a_terminal_would_act_on_is_escaped(run: Run, save: Save) -> None:
    name = save("b.json", {**GOOD, "\x1b[31mred\n": 1})
    result = run("validate", name)
    assert result.returncode == 1
    assert "\x1b" not in result.stdout
    assert "\\x1b[31mred\\n" in result.stdout
    # The file, the key that no JSON can hold raw, and the field that the contract lacks.
    assert len(result.stdout.splitlines()) == 3


def test_a_name_that_no_file_can_have(capsys: pytest.CaptureFixture[str]) -> None:
    from wecom_openapi.cli import main

    assert main(["validate", "a\0b"]) == 2
    assert capsys.readouterr().out == "a\\x00b: unreadable: embedded null byte\n"


@pytest.mark.parametrize("arguments", [[], ["validate"], ["check", "x"], ["validate", "--no-such", "x"]])
def test_a_wrong_command_line(arguments: list[str], run: Run) -> None:
    result = run(*arguments)
    assert result.returncode == 2
    assert "usage: python -m wecom_openapi" in result.stderr


def help_of(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    """The help as it is shown on a wide terminal, which breaks no line."""
    from wecom_openapi.cli import main

    monkeypatch.setenv("COLUMNS", "2000")
    monkeypatch.setenv("NO_COLOR", "1")
    with pytest.raises(SystemExit):
        main([*arguments, "--help"])
    return capsys.readouterr().out


def test_the_help(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    lines = help_of(capsys, monkeypatch).splitlines()
    assert lines[:3] == [
        "usage: python -m wecom_openapi [-h] [--version] COMMAND ...",
        "",
        "Checks requests to WeCom against the contract. Sends nothing.",
    ]
    assert [line.split(maxsplit=1) for line in lines if line.startswith("    validate")] == [
        ["validate", "judge request bodies in files"]
    ]


def test_the_help_of_the_command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    shown = help_of(capsys, monkeypatch, "validate")
    lines = shown.splitlines()
    assert lines[:3] == [
        "usage: python -m wecom_openapi validate [-h] [--operation NAME] [--json] FILE [FILE ...]",
        "",
        "Judges the request body in each file: every broken rule at once, and how to mend it.",
    ]
    known = ", ".join(OPERATIONS)
    assert [line.split(maxsplit=1) for line in lines if line.startswith(("  FILE", "  --json  "))] == [
        ["FILE", "a JSON file; - for standard input"],
        ["--json", "print the verdicts as JSON, for programs"],
    ]
    assert f"  --operation NAME  the operation it is for: {known} (default: add_msg_template)" in lines
    assert "\n\nexit status:\n" in shown
    assert shown.endswith("python -m wecom_openapi validate -\n")
    told = shown.partition("\n  violations ")[2].partition("\n\nexamples:")[0]
    assert re.findall(r"\w+", re.sub(r"\([^)]*\)", "", told)) == [one.name for one in fields(Violation)]


def test_help_and_version(run: Run) -> None:
    assert run("--version").stdout == f"wecom-openapi {__version__}\n"
    result = run("--help")
    assert result.returncode == 0
    assert "validate" in result.stdout


def test_a_reader_that_goes_away(tmp_path: Path, save: Save) -> None:
    name = save("broken.json", {**BROKEN, "attachments": [{"msgtype": f"x{index}"} for index in range(2000)]})
    process = subprocess.Popen(
        [sys.executable, "-m", "wecom_openapi", "validate", *[name] * 20],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert process.wait(60) == 141
    assert errors == b""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to send")
def test_an_interrupt(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "wecom_openapi", "validate", "-", "-"],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**environment(), "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    # More than a pipe holds: the write returns when the program is reading, so it is running.
    process.stdin.write(b" " * 200_000)
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert (process.returncode, output, errors) == (130, b"", b"")


def test_the_http_library_is_not_needed(tmp_path: Path, save: Save) -> None:
    save("good.json", GOOD)
    script = (
        "import sys; from wecom_openapi.cli import main; status = main(['validate', 'good.json']);"
        "sys.exit(status or any(name in sys.modules for name in ('httpx', 'httpcore', 'anyio', 'ssl')))"
    )
    result = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=environment(guarded=False),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (result.returncode, result.stdout) == (0, b"good.json: accepted\n")
