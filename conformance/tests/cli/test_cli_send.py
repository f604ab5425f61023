"""``wecom send``: what it refuses, what it shows, and what it creates."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from program import MESSAGE, A, Cli

from wecom_mock.server import MockServer

Save = Callable[[str, Any], str]
GROUP: dict[str, Any] = {
    "chat_type": "group",
    "sender": "zhangsan",
    "chat_id_list": ["wr2GCAAAXtWyujaWJHDDGasdadAAA"],
    "text": {"content": "入群福利"},
}


def test_it_creates_the_message_and_prints_its_id(cli: Cli, mock: MockServer, save: Save) -> None:
    result = cli("send", save("m.json", {**MESSAGE, "external_userid": [A, "wmNobody"]}), "--yes")
    (msgid,) = mock.state.tasks
    assert result == (0, f"msgid: {msgid}\nfail_list: 1 left out\n  wmNobody\n", "")


def test_for_programs_it_prints_one_document(cli: Cli, mock: MockServer, save: Save) -> None:
    result = cli("send", save("m.json", {**MESSAGE, "external_userid": [A, "wmNobody"]}), "--yes", "--json")
    (msgid,) = mock.state.tasks
    assert (result.code, result.json, result.err) == (0, {"msgid": msgid, "fail_list": ["wmNobody"]}, "")


def test_it_says_that_nobody_was_left_out(cli: Cli, save: Save) -> None:
    assert "fail_list: none\n" in cli("send", save("m.json", MESSAGE), "--yes").out


def test_standard_input(cli: Cli, mock: MockServer) -> None:
    result = cli("send", "-", "--yes", stdin=json.dumps(MESSAGE, ensure_ascii=False))
    assert result.code == 0
    (task,) = mock.state.tasks.values()
    assert task.body == MESSAGE


UNREADABLE = [
    ("broken", b'{"sender": "a",\n  "text": }', "line 2, column 11: Expecting value"),
    ("utf8", b'{\n"sender": "\xff"}', "line 2: byte 13 (0xff) is not UTF-8"),
    ("empty", b"", "empty"),
    ("twice", b'{"sender": "a", "sender": "b"}', "stands twice"),
    ("big", b" " * (10 * 1024 * 1024) + b"{}", "longer than 10485760 bytes"),
]


@pytest.mark.parametrize(("name", "content", "reason"), UNREADABLE, ids=[name for name, _, _ in UNREADABLE])
def test_files_that_cannot_be_read(name: str, content: bytes, reason: str, cli: Cli, save: Save) -> None:
    result = cli("send", save(f"{name}.json", content), "--yes")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"error: {name}.json: ")
    assert reason in result.err
    from_stdin = cli("send", "-", "--yes", "--json", stdin=content)
    assert (from_stdin.code, from_stdin.error["file"]) == (2, "<stdin>")
    assert reason in from_stdin.error["reason"]


def test_files_that_are_none(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert cli("send", "nowhere.json").err == "error: nowhere.json: No such file or directory\n"
    assert cli("send", "folder").err == "error: folder: Is a directory\n"
    assert cli("send", "folder").code == 2


@pytest.mark.parametrize("body", [[], None, "text", 7])
def test_json_that_is_no_object(body: Any, cli: Cli, save: Save) -> None:
    for options in (["--yes"], ["--dry-run"]):
        result = cli("send", save("m.json", body), *options)
        assert result.code == 2
        assert "[body.type]" in result.out + result.err


def test_without_a_terminal_yes_is_needed(cli: Cli, mock: MockServer, save: Save) -> None:
    result = cli("send", save("m.json", MESSAGE))
    assert (result.code, result.out) == (2, "")
    assert "this is no terminal; use --yes" in result.err
    assert cli("send", "m.json", "--json").error["kind"] == "NotConfirmed"
    assert "use --yes" in cli("send", "-", stdin=json.dumps(MESSAGE)).err
    assert mock.state.tasks == {}


@pytest.mark.parametrize("answer", ["y\n", "YES\n", "是\n"])
def test_at_a_terminal_it_asks_with_the_audience_shown(
    answer: str, cli: Cli, mock: MockServer, save: Save
) -> None:
    run = cli.at_terminal("send", save("m.json", GROUP), stdout_too=False)
    run.wait_for("Create this mass message? [y/N] ")
    assert "to: 1 customer group: wr2GCAAAXtWyujaWJHDDGasdadAAA; sent by zhangsan" in run.screen
    assert "入群福利" in run.screen
    assert mock.state.tasks == {}
    run.type(answer)
    result = run.end()
    (msgid,) = mock.state.tasks
    assert (result.code, result.out) == (0, f"msgid: {msgid}\nfail_list: none\n")


def test_the_question_for_programs_is_not_on_stdout(cli: Cli, mock: MockServer, save: Save) -> None:
    run = cli.at_terminal("send", save("m.json", MESSAGE), "--json", "--lang", "zh", stdout_too=False)
    run.wait_for("创建这条群发消息？ [y/N] ")
    assert "发送给：2 位客户" in run.screen
    run.type("y\n")
    result = run.end()
    assert (result.code, [result.json["msgid"]]) == (0, [*mock.state.tasks])


def test_ctrl_c_at_the_question(cli: Cli, mock: MockServer, save: Save) -> None:
    run = cli.at_terminal("send", save("m.json", MESSAGE))
    run.wait_for("[y/N] ")
    run.type("\x03")
    result = run.end()
    assert result.code == 130
    assert "unknown" not in result.err
    assert mock.state.tasks == {}


def test_what_is_missing_is_said_before_it_asks(cli: Cli, save: Save) -> None:
    run = cli.at_terminal("send", save("m.json", MESSAGE), env={"WECOM_CORPSECRET": None})
    result = run.end()
    assert result.code == 5
    assert "[y/N]" not in result.err


def test_waiting(cli: Cli, mock: MockServer, save: Save) -> None:
    process = cli.start("send", save("m.json", MESSAGE), "--yes", "--wait", "--json")
    assert process.stdout is not None
    created = json.loads(process.stdout.readline())
    assert created["event"] == "created"
    for userid in ("zhangsan", "lisi"):
        mock.state.confirm(created["msgid"], userid, time.time())
    result = cli.end(process)
    assert (result.code, result.err) == (0, "")
    last = result.lines[-1]
    assert (last["event"], last["complete"], last["counts"]) == ("done", True, {"SENT": 2})


def test_waiting_in_vain_does_not_invite_to_send_again(cli: Cli, mock: MockServer, save: Save) -> None:
    result = cli("send", save("m.json", MESSAGE), "--yes", "--wait", "--deadline", "0.05s")
    (msgid,) = mock.state.tasks
    assert result.code == 4
    assert result.out.startswith(f"msgid: {msgid}\n")
    assert f"the message was created ({msgid})" in result.err
    assert f"wecom status {msgid} --watch" in result.err


def test_no_failure_of_the_waiting_gives_another_status(cli: Cli, mock: MockServer, save: Save) -> None:
    for code in (41093, 40058, 48002):  # cancelled; refused; not allowed
        mock.state.fail_next("get_groupmsg_task", code)
        result = cli("send", save("m.json", MESSAGE), "--yes", "--wait", "--json")
        assert (result.code, result.error["exit_code"], result.error["errcode"]) == (4, 4, code)
        assert result.error["msgid"] == result.lines[0]["msgid"]
