"""``--base-url``, ``--retries`` and ``--lang`` reach every command that calls WeCom, and the hints that it gives."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fault_server import FaultServer, refused
from inside import Inside
from program import MESSAGE, A

from wecom_mock.server import MockServer
from wecom_openapi import Journal
from wecom_openapi.journal.keys import digest

Serve = Callable[..., FaultServer]
NONSENSE: dict[str, str | None] = {"WECOM_BASE_URL": "nonsense", "WECOM_RETRIES": "nonsense"}
JOURNAL = ("--journal", "j.db")

CALLING = {
    "send": ("m.json", "--yes"),
    "status": ("m1",),
    "recover": (*JOURNAL, "--settle", "0.001s"),
    "remind": ("m1",),
    "cancel": ("m1", "--yes"),
    "list": (),
    "customers": ("lisi",),
    "groups": (),
    "upload": ("p.png", "--type", "image"),
    "upload --for-link": ("p.png",),
    "broadcast plan": ("x", "m.json", "--customers-of", "lisi", *JOURNAL),
    "broadcast run": ("planned", "--yes", *JOURNAL),
    "broadcast status": ("sent", "--results", *JOURNAL),
}


@pytest.fixture
def ready(inside: Inside, mock: MockServer, save: Callable[[str, Any], str]) -> Inside:
    """With the files, and a journal with a broadcast that is planned and one that is sent."""
    save("p.png", b"\x89PNG\r\n\x1a\n" + b"0" * 100)
    save("m.json", {"text": MESSAGE["text"]})
    save("a.csv", f"external_userid\n{A}\n".encode())
    for name in ("planned", "sent"):
        assert inside("broadcast", "plan", name, "m.json", "a.csv", *JOURNAL).code == 0
    assert inside("broadcast", "run", "sent", "--yes", *JOURNAL).code == 0
    save("m.json", MESSAGE)
    return inside


def plant(inside: Inside, server: str, operation: str = "add_msg_template", body: Any = MESSAGE) -> None:
    """A call that was cut off."""
    with Journal(Path(inside.cli.folder) / "j.db") as journal:
        journal.begin(
            account="wwdemo",
            server=server,
            operation=operation,
            body=json.dumps(body).encode(),
            digest=digest(operation, body),
            key=f"a {operation}",
            seconds=0.0,
        )


def test_they_reach_the_client(ready: Inside, serve: Serve, save: Any) -> None:
    """Nothing else says where the server is; refused for now, a call would be made again; the refusal is in Chinese."""
    server = serve(lambda connection, seen: connection.answer(refused(6000)))
    plant(ready, server.base_url)
    options = ("--base-url", server.base_url, "--retries", "0", "--lang", "zh")
    for command, arguments in CALLING.items():
        server.seen.clear()
        save("m.json", MESSAGE if command == "send" else {"text": MESSAGE["text"]})
        result = ready(*command.split(), *arguments, *options, env=NONSENSE)
        # A broadcast tries each of its calls three times in one run, and what is called again adds to that.
        assert len(server.calls) == (3 if command == "broadcast run" else 1), (command, result)
        assert result.code in (3, 6), (command, result)
        told = {"recover": "无法判断", "broadcast run": "还有 1 个未发送"}.get(
            command, "被拒绝：errcode 6000"
        )
        assert told in result.out + result.err, command


def test_what_to_type_next_has_the_server_too(
    ready: Inside, mock: MockServer, serve: Serve, save: Any
) -> None:
    """And quoted, where a shell would take it for something else."""
    lost = serve(lambda connection, seen: connection.reset())
    gone = ("--base-url", lost.base_url)
    for command in (("remind", "m 1"), ("cancel", "m 1", "--yes")):
        hint = ready(*command, *gone, "--json").error["find_out"]
        assert hint == f"wecom status 'm 1' --base-url {lost.base_url}"
        assert ready(*command, "--json", env={"WECOM_BASE_URL": lost.base_url}).error["find_out"] == (
            "wecom status 'm 1'"
        )
        plain = ready(*command, *gone).err.splitlines()
        assert plain[2:] == [f"to find out: {hint}"]  # there is no journal that would spare it
    for path, shown in (("my journal.db", "'my journal.db'"), ("a@b.db", "a@b.db")):
        error = ready("send", "m.json", "--yes", "--json", "--journal", path, *gone).error
        assert error["find_out"] == f"wecom recover --journal {shown} --base-url {lost.base_url}"
    error = ready("send", "m.json", "--yes", "--json", *JOURNAL, env={"WECOM_BASE_URL": lost.base_url}).error
    assert error["find_out"] == "wecom recover --journal j.db"
    # A URL may hold a password, which is not to be shown: the environment has to have it.
    save("a.csv", f"external_userid\n{A}\n".encode())
    save("m.json", {"text": MESSAGE["text"]})
    here = ("--base-url", mock.base_url)
    for name, shown in (("x", "x"), ("春 季", "'春 季'"), ("a&b", "'a&b'"), ("it's $1", "'it'\"'\"'s $1'")):
        again = f"wecom broadcast run {shown} --journal j.db --base-url {mock.base_url}"
        planned = ready("broadcast", "plan", name, "m.json", "a.csv", *JOURNAL, *here)
        assert planned.err == f"nothing was sent; to send it: {again}\n"
        mock.state.fail_next("add_msg_template", 6000, times=3)
        left = ready("broadcast", "run", name, "--yes", "--retries", "0", *JOURNAL, *here)
        assert left.err == f"error: 1 of 1 recipients are left; to go on: {again}\n"


def test_a_lost_message_is_looked_for_from_a_minute_earlier_on(ready: Inside, serve: Serve) -> None:
    """WeCom's clock need not be ours."""
    from datetime import datetime

    lost = serve(lambda connection, seen: connection.reset())
    before = int(time.time())
    hint = ready("send", "m.json", "--yes", "--json", "--base-url", lost.base_url).error["find_out"]
    prefix, _, rest = hint.partition(" --since ")
    since, _, server = rest.partition(" ")
    assert (prefix, server) == ("wecom list", f"--base-url {lost.base_url}")
    assert since.endswith("Z")
    assert before - 60 <= datetime.fromisoformat(since).timestamp() <= time.time() - 60


def test_the_journal_has_its_password_from_the_environment(inside: Inside, save: Any) -> None:
    from wecom_cli.environment import same_journal

    assert same_journal("postgresql://me:pa55word@db/x") == ""
    assert same_journal("postgresql://db/x") == " --journal postgresql://db/x"
    assert same_journal(None) == ""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_where_the_waiting_ends_the_hint_has_the_server_too(
    language: str, ready: Inside, mock: MockServer
) -> None:
    mock.state.fail_next("get_groupmsg_task", 48002)
    options = ("--base-url", mock.base_url, "--lang", language)
    result = ready("send", "m.json", "--yes", "--wait", *options, env={"WECOM_BASE_URL": "nonsense"})
    msgid = [*mock.state.tasks][-1]
    first, last = result.err.splitlines()
    assert result.code == 4
    go_on = f"wecom status {msgid} --watch --base-url {mock.base_url}"
    if language == "en":
        assert first.startswith(
            f"error: the message was created ({msgid}), and waiting for it ended: get_groupmsg_task was refused: "
            "errcode 48002 (this app may not call this API): "
        )
        assert last == f"go on: {go_on}"
    else:
        assert first.startswith(
            f"error: 消息已创建（{msgid}），等待中止：get_groupmsg_task 被拒绝：errcode 48002（API接口无权限调用）："
        )
        assert last == f"继续查看：{go_on}"


def test_an_address_of_a_server_that_is_none(inside: Inside) -> None:
    option = inside("list", "--base-url", "nonsense")
    variable = inside("list", env={"WECOM_BASE_URL": "nonsense"})
    reason = "a URL with https:// (or http:// for a mock) and a host is needed"
    assert option == (2, "", f"error: --base-url: {reason}\n")
    assert variable == (5, "", f"error: WECOM_BASE_URL: {reason}\n")
    assert inside("list", "--base-url", "nonsense", "--json").error == {
        "kind": "Usage",
        "exit_code": 2,
        "option": "--base-url",
        "message": f"--base-url: {reason}",
    }
    assert inside("list", "--json", env={"WECOM_BASE_URL": "nonsense"}).error == {
        "kind": "Settings",
        "exit_code": 5,
        "variable": "WECOM_BASE_URL",
        "message": f"WECOM_BASE_URL: {reason}",
    }
