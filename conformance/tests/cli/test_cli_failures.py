"""What goes wrong on the way: an exit status for each kind, and never a word too few about a write."""

from __future__ import annotations

import hashlib
import json
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from fault_server import CREATE_PATH, CREATED, Connection, FaultServer, Seen, refused
from program import COMMAND, MESSAGE, Cli

from wecom_mock.server import MockServer

Save = Callable[[str, Any], str]
Serve = Callable[..., FaultServer]


def at(server: FaultServer) -> dict[str, str | None]:
    return {"WECOM_BASE_URL": server.base_url}


@pytest.mark.parametrize(
    ("code", "status"),
    [
        (-1, 6),
        (40058, 1),
        (41048, 1),
        (41093, 1),
        (41063, 6),
        (45009, 6),
        (48002, 5),
        (60011, 5),
        (987654, 1),
    ],
)
def test_refusals_of_a_reading_call(code: int, status: int, cli: Cli, mock: MockServer) -> None:
    mock.state.fail_next("get_groupmsg_task", code, times=6)  # twice, and each time again where that may help
    result = cli("status", "m")
    assert (result.code, result.out) == (status, "")
    assert f"errcode {code}" in result.err
    error = cli("status", "m", "--json").error
    assert (error["errcode"], error["exit_code"], error["effect"]) == (code, status, "none")
    assert {
        "kind",
        "message",
        "operation",
        "errmsg",
        "hint",
        "meaning",
        "meaning_zh",
        "action",
        "page",
    } <= set(error)


@pytest.mark.parametrize(("code", "status"), [(-1, 3), (45009, 6), (41048, 1), (987654, 3)])
def test_refusals_of_a_writing_call(code: int, status: int, cli: Cli, mock: MockServer, save: Save) -> None:
    mock.state.fail_next("add_msg_template", code)
    result = cli("send", save("m.json", MESSAGE), "--yes")
    assert (result.code, result.out) == (status, "")
    assert ("wecom list --since" in result.err) is (status == 3)
    assert ("\nnext time: with --journal PATH " in result.err) is (status == 3)


def break_off(connection: Connection, seen: Seen) -> None:
    connection.reset()


def garble(connection: Connection, seen: Seen) -> None:
    connection.answer(b"<html>")


@pytest.mark.parametrize("handler", [break_off, garble])
@pytest.mark.parametrize("kind", ["single", "group"])
def test_an_unknown_outcome_says_how_to_find_out(
    handler: Any, kind: str, cli: Cli, serve: Serve, save: Save
) -> None:
    server = serve(handler)
    body = MESSAGE
    if kind == "group":
        body = {"chat_type": "group", "sender": "lisi", "chat_id_list": ["wrA"], "text": {"content": "x"}}
    result = cli("send", save("m.json", body), "--yes", env=at(server))
    assert (result.code, result.out) == (3, "")
    (sent,) = server.calls
    fingerprint = hashlib.sha256(sent.body).hexdigest()
    assert fingerprint in result.err
    suffix = " --chat-type group" if kind == "group" else ""
    assert re.search(
        rf"^to find out: wecom list --since \d{{4}}-\d\d-\d\dT[\d:]{{8}}Z{suffix}$", result.err, re.M
    )
    error = cli("send", "m.json", "--yes", "--json", "--base-url", server.base_url).error
    assert (error["kind"], error["exit_code"], error["fingerprint"]) == ("OutcomeUnknown", 3, fingerprint)
    assert error["find_out"].startswith("wecom list --since ")
    assert error["find_out"].endswith(f" --base-url {server.base_url}")
    assert "--journal PATH" in error["next_time"]
    with_one = cli("send", "m.json", "--yes", "--json", "--journal", "j.db", env=at(server)).error
    assert (with_one["exit_code"], with_one["find_out"]) == (3, "wecom recover --journal j.db")
    assert "next_time" not in with_one


def test_the_command_that_finds_out_works(cli: Cli, mock: MockServer, save: Save) -> None:
    mock.state.fail_next("add_msg_template", -1)
    command = cli("send", save("m.json", MESSAGE), "--yes", "--json").error["find_out"].split()
    assert command[0] == "wecom"
    made = cli("send", "m.json", "--yes", "--json").json["msgid"]
    assert [line["msgid"] for line in cli(*command[1:], "--json").lines] == [made]


def test_nobody_there(cli: Cli, save: Save) -> None:
    nowhere: dict[str, str | None] = {"WECOM_BASE_URL": "http://127.0.0.1:9"}
    result = cli("send", save("m.json", MESSAGE), "--yes", env=nowhere)
    assert (result.code, result.out) == (6, "")
    assert "was not sent" in result.err
    assert cli("list", "--json", env=nowhere).error["kind"] == "NotSent"


def test_no_answer_to_a_reading_call(cli: Cli, serve: Serve) -> None:
    assert cli("list", env=at(serve(break_off))).code == 6


def test_an_answer_that_is_none(cli: Cli, serve: Serve) -> None:
    error = cli("list", "--json", env=at(serve(garble))).error
    assert (error["kind"], error["exit_code"]) == ("MalformedAnswer", 1)


def test_the_time_for_a_call(cli: Cli, serve: Serve, save: Save) -> None:
    server = serve(lambda connection, seen: connection.hold())
    result = cli(
        "send", save("m.json", MESSAGE), "--yes", "--json", env={**at(server), "WECOM_TIMEOUT": "0.3"}
    )
    assert (result.code, result.error["kind"]) == (3, "OutcomeUnknownInTime")
    assert cli("list", env={**at(server), "WECOM_TIMEOUT": "0.3"}).code == 6


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("as_json", [False, True])
def test_a_signal_while_a_write_is_in_flight(
    number: signal.Signals, status: int, as_json: bool, cli: Cli, serve: Serve, save: Save
) -> None:
    arrived = threading.Event()

    def handler(connection: Connection, seen: Seen) -> None:
        arrived.set()
        connection.hold()

    server = serve(handler)
    name = save("m.json", MESSAGE)
    process = cli.start("send", name, "--yes", *(["--json"] if as_json else []), env=at(server))
    assert arrived.wait(60)
    process.send_signal(number)
    result = cli.end(process)
    assert (result.code, result.out) == (status, "")
    (sent,) = server.calls
    assert sent.path == CREATE_PATH
    message = result.error["message"] if as_json else result.err
    assert "its outcome is unknown" in message
    assert hashlib.sha256(sent.body).hexdigest() in message
    assert "to find out: wecom list --since " in message
    if as_json:
        assert result.error["outcome_unknown"] is True


@pytest.mark.parametrize("as_json", [False, True])
def test_a_signal_while_nothing_has_left(as_json: bool, cli: Cli, serve: Serve, save: Save) -> None:
    arrived = threading.Event()

    def tokens(connection: Connection, seen: Seen) -> None:
        arrived.set()
        connection.hold()

    server = serve(break_off, tokens=tokens)
    name = save("m.json", MESSAGE)
    process = cli.start("send", name, "--yes", *(["--json"] if as_json else []), env=at(server))
    assert arrived.wait(60)
    process.send_signal(signal.SIGINT)
    result = cli.end(process)
    assert (result.code, result.out) == (130, "")
    if as_json:
        assert result.error["outcome_unknown"] is False
    else:
        assert result.err == ""


def test_a_signal_while_it_waits_names_the_task(cli: Cli, mock: MockServer, save: Save) -> None:
    process = cli.start("send", save("m.json", MESSAGE), "--yes", "--wait")
    assert process.stdout is not None
    msgid = process.stdout.readline().removeprefix("msgid: ").strip()
    for _ in range(2):  # the rest of what was created, and the first look
        process.stdout.readline()
    process.send_signal(signal.SIGINT)
    result = cli.end(process)
    assert result.code == 130
    assert result.err == f"error: interrupted: task {msgid} was created\n"


def test_a_reader_that_goes_away(cli: Cli, serve: Serve) -> None:
    rows = [{"msgid": f"m{number}", "create_time": 1} for number in range(5000)]
    page = {"errcode": 0, "errmsg": "ok", "next_cursor": "", "group_msg_list": rows}
    server = serve(lambda connection, seen: connection.answer(page))
    for options in (["--json"], [], ["--limit-rows", "4999"]):
        process = cli.start("list", *options, env={**at(server), "PYTHONUNBUFFERED": "1"})
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read()
        process.stderr.close()
        assert (process.wait(60), errors) == (141, "")


def test_a_disk_that_is_full(cli: Cli, mock: MockServer, save: Save) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run(
            [*COMMAND, "send", save("m.json", MESSAGE), "--yes"],
            cwd=cli.folder,
            env=cli.environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
    (msgid,) = mock.state.tasks
    assert done.returncode == 1
    assert done.stderr == (
        f"error: the output can't be written: No space left on device: task {msgid} was created\n"
    )


def test_a_warning_of_the_client(cli: Cli, serve: Serve, save: Save) -> None:
    odd = {**CREATED, "errmsg": "ok, but \x1b[31mlook"}
    server = serve(lambda connection, seen: connection.answer(odd))
    result = cli("send", save("m.json", MESSAGE), "--yes", env=at(server))
    assert result.code == 0
    assert result.err.startswith("warning: add_msg_template succeeded, and WeCom says: ok, but \\x1b[31mlook")
    told = cli("send", "m.json", "--yes", "--json", env=at(server))
    assert told.json["msgid"] == CREATED["msgid"]
    assert told.errors[0]["warning"]["kind"] == "WeComWarning"


HOSTILE = "\x1b[31mred\x1b]0;title\x07\x9b2J\r\x00[bold red]x[/] \u202eevil\u2028"
ACTED_ON = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]")


@pytest.mark.parametrize("options", [[], ["--json"], ["--lang", "zh"]])
def test_what_a_terminal_would_act_on_is_escaped(
    options: list[str], cli: Cli, serve: Serve, save: Save
) -> None:
    name = HOSTILE.replace("\0", "")
    link = {"title": HOSTILE[:20], "url": "https://e.com/\x1b[2J"}
    controls = {**MESSAGE, "text": {"content": HOSTILE}, "attachments": [{"msgtype": "link", "link": link}]}
    runs = [
        # A control character is refused: it would have to be sent as an escape, which WeCom doesn't take.
        (cli("send", save("c.json", json.dumps(controls).encode()), "--dry-run", *options), 2),
        (cli("status", name, *options), 2),
        (cli("send", name, *options), 2),
        (cli("status", "a", name, *options), 2),
        (cli("list", f"--since={name}", *options), 2),
    ]
    # These need no escape, so they may be sent, and are shown.
    others = "\x7f\x9b2J\u202eevil\u2028[bold red]x[/]"
    link = {"title": others, "url": "https://e.com/", "desc": others}
    allowed = {**MESSAGE, "text": {"content": others}, "attachments": [{"msgtype": "link", "link": link}]}
    runs.append((cli("send", save("a.json", allowed), "--dry-run", *options), 0))
    refusal = serve(lambda connection, seen: connection.answer(refused(40058, HOSTILE)))
    runs.append((cli("status", "m", *options, env=at(refusal)), 1))
    rows = [
        {"msgid": HOSTILE, "creator": HOSTILE, "create_time": 1, "text": {"content": HOSTILE}},
        {"msgid": "m1", "attachments": [{"msgtype": HOSTILE, "link": {"title": HOSTILE}}]},
        {"msgid": "m2", "attachments": [{"msgtype": "link", "link": {"title": HOSTILE, "url": "u"}}]},
    ]
    page = {"errcode": 0, "errmsg": "ok", "next_cursor": "", "group_msg_list": rows}
    listing = serve(lambda connection, seen: connection.answer(page))
    runs.append((cli("list", *options, env=at(listing)), 0))
    for result, code in runs:
        assert result.code == code
        for text in (result.out, result.err):
            assert not ACTED_ON.search(text), text
    for result, _ in runs[-2:]:
        assert "[bold red]x[/]" in result.out + result.err  # no markup


def test_hostile_rows_at_a_terminal(cli: Cli, serve: Serve) -> None:
    rows = [
        {
            "msgid": "m1",
            "creator": HOSTILE,
            "create_time": 10**17,
            "text": {"content": "中文" * 100 + HOSTILE},
        }
    ]
    page = {"errcode": 0, "errmsg": "ok", "next_cursor": "", "group_msg_list": rows}
    run = cli.at_terminal("list", env=at(serve(lambda connection, seen: connection.answer(page))))
    screen = run.end().err
    assert "\x1b]0;" not in screen
    assert "\x1b[31m" not in screen
    assert "\x9b" not in screen
    from rich.cells import cell_len

    assert max(cell_len(line) for line in re.sub(r"\x1b\[[0-9;]*m", "", screen).splitlines()) <= 100


def test_a_terminal_without_chinese(cli: Cli, mock: MockServer) -> None:
    mock.state.send_personally("lisi", "个人消息", time.time())
    ascii_only: dict[str, str | None] = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    result = cli("list", env=ascii_only)
    assert result.code == 0
    assert "\\u4e2a\\u4eba" in result.out
    assert cli("list", "--json", env=ascii_only).lines[0]["text"]["content"] == "个人消息"
    assert cli("errcode", "41048", env=ascii_only).code == 0


def test_json_output_is_json_and_chinese_stays_readable(cli: Cli, mock: MockServer) -> None:
    mock.state.send_personally("lisi", "个人\u0085消息 👨\u200d👩\u200d👧\u2029", time.time())
    out = cli("list", "--json").out
    assert "个人\\u0085消息 👨\u200d👩\u200d👧\\u2029" in out
    assert json.loads(out)["text"]["content"] == "个人\u0085消息 👨\u200d👩\u200d👧\u2029"
