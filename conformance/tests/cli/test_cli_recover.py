"""``wecom send`` with a journal, and ``wecom recover``: never twice, and what became of what was cut off."""

from __future__ import annotations

import contextlib
import json
import signal
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fault_server import Connection, Seen
from program import MESSAGE, Cli

from wecom_mock.server import MockServer
from wecom_openapi import Journal
from wecom_openapi.journal import State
from wecom_openapi.journal.keys import digest

Save = Callable[[str, Any], str]
WITH = ("--journal", "journal.db")


def test_the_same_key_twice_creates_one_message(cli: Cli, mock: MockServer, save: Save) -> None:
    file = save("m.json", MESSAGE)
    first = cli("send", file, "--yes", "--json", "--key", "spring", *WITH)
    again = cli("send", file, "--yes", "--json", "--key", "spring", env={"WECOM_JOURNAL": "journal.db"})
    (msgid,) = mock.state.tasks
    assert (first.code, again.code) == (0, 0)
    assert first.json == again.json == {"msgid": msgid, "fail_list": []}
    assert first.err == ""
    (warning,) = again.errors
    assert warning["warning"]["kind"] == "Repeated"
    assert warning["warning"]["key"] == "spring"
    assert "nothing was sent: the journal has this call from 20" in warning["warning"]["message"]


def test_without_a_key_the_content_is_the_name(cli: Cli, mock: MockServer, save: Save) -> None:
    file, other = save("m.json", MESSAGE), save("n.json", {**MESSAGE, "text": {"content": "另一条"}})
    for each in (file, file, other):
        assert cli("send", each, "--yes", *WITH).code == 0
    assert len(mock.state.tasks) == 2


def test_a_key_of_another_message(cli: Cli, mock: MockServer, save: Save) -> None:
    cli("send", save("m.json", MESSAGE), "--yes", "--key", "spring", *WITH)
    other = save("n.json", {**MESSAGE, "text": {"content": "另一条"}})
    result = cli("send", other, "--yes", "--key", "spring", "--json", *WITH)
    assert (result.code, result.error["kind"]) == (2, "KeyReused")
    assert "has another body" in result.error["message"]
    assert len(mock.state.tasks) == 1


@pytest.mark.parametrize("command", ["send", "recover"])
def test_a_journal_that_cannot_be_used(cli: Cli, mock: MockServer, save: Save, command: str) -> None:
    save("journal.db", b"no database" * 1000)
    arguments = ("send", save("m.json", MESSAGE), "--yes") if command == "send" else ("recover",)
    result = cli(*arguments, *WITH, "--json")
    assert (result.code, result.error["kind"]) == (5, "JournalError")
    assert result.error["message"].endswith("the file is no database of SQLite")
    assert mock.state.tasks == {}


def test_the_password_of_a_journal_is_not_shown(cli: Cli, save: Save) -> None:
    url = "postgresql://me:pa55word-canary@127.0.0.1:1/journal"
    for arguments in (("send", save("m.json", MESSAGE), "--yes"), ("recover",)):
        result = cli(*arguments, env={"WECOM_JOURNAL": url})
        assert result.code == 5
        assert "postgresql://127.0.0.1:1/journal can't be used: nobody listens" in result.err
        assert "canary" not in result.err


def test_recover_wants_a_journal(cli: Cli) -> None:
    result = cli("recover", "--json")
    assert (result.code, result.error["variable"]) == (5, "WECOM_JOURNAL")


def plant(
    cli: Cli, base_url: str, key: str, operation: str = "add_msg_template", body: Any = MESSAGE
) -> None:
    """A call that was cut off."""
    with Journal(cli.folder / "journal.db") as journal:
        journal.begin(
            account="wwdemo",
            server=base_url,
            operation=operation,
            body=json.dumps(body).encode(),
            digest=digest(operation, body),
            key=key,
            seconds=0.0,
        )


def test_what_was_sent_and_what_was_not(cli: Cli, mock: MockServer, save: Save) -> None:
    plant(cli, mock.base_url, "sent")
    plant(cli, mock.base_url, "lost", body={**MESSAGE, "text": {"content": "另一条"}})
    created = cli("send", save("m.json", MESSAGE), "--yes", "--json").json
    result = cli("recover", *WITH, "--settle", "0.001s", "--json")
    found = {one["key"]: (one["verdict"], one["msgid"]) for one in result.json["recovered"]}
    assert found == {"sent": ("sent", created["msgid"]), "lost": ("not sent", None)}
    assert result.code == 0
    assert len(mock.state.tasks) == 1


def test_one_that_is_cut_off_says_how_to_find_out(cli: Cli, serve: Any, save: Save) -> None:
    server = serve(lambda connection, seen: connection.reset())
    file = save("m.json", MESSAGE)
    result = cli("send", file, "--yes", "--key", "k", *WITH, "--base-url", server.base_url, "--json")
    assert (result.code, result.error["kind"]) == (3, "OutcomeUnknown")
    assert result.error["find_out"] == f"wecom recover --journal journal.db --base-url {server.base_url}"
    again = cli("send", file, "--yes", "--key", "k", *WITH, "--base-url", server.base_url)
    assert again.code == 3
    assert len(server.calls) == 1


def test_a_journal_that_is_lost_while_a_call_is_made_hides_no_task(cli: Cli, serve: Any, save: Save) -> None:
    """The message was created, so its id has to be told, and no status may say that it wasn't."""

    def ruin(connection: Connection, seen: Seen) -> None:
        with contextlib.closing(sqlite3.connect(cli.folder / "journal.db")) as database, database:
            database.execute("DROP TABLE wecom_journal")
        connection.answer({"errcode": 0, "errmsg": "ok", "msgid": "m1"})

    server = serve(ruin)
    result = cli("send", save("m.json", MESSAGE), "--yes", *WITH, "--base-url", server.base_url, "--json")
    assert result.code == 0
    assert result.json == {"msgid": "m1", "fail_list": []}
    assert [each["warning"]["kind"] for each in result.errors] == ["JournalWarning", "JournalError"]


def test_a_key_that_is_none_is_told_before_anybody_is_asked(cli: Cli, mock: MockServer, save: Save) -> None:
    terminal = cli.at_terminal("send", save("m.json", MESSAGE), "--key", "a\tb", *WITH)
    result = terminal.end()
    assert result.code == 2
    assert "--key: 1 to 200 printable characters are needed" in result.err
    assert "[y/N]" not in result.err
    assert mock.state.tasks == {}


def test_killed_while_the_answer_is_waited_for(cli: Cli, serve: Any, save: Save) -> None:
    arrived = threading.Event()

    def hold(connection: Connection, seen: Seen) -> None:
        arrived.set()
        connection.hold()

    server = serve(hold)
    file = save("m.json", MESSAGE)
    process = cli.start("send", file, "--yes", "--key", "k", *WITH, "--base-url", server.base_url)
    assert arrived.wait(60)
    again = cli("send", file, "--yes", "--key", "k", *WITH, "--base-url", server.base_url, "--json")
    assert (again.code, again.error["kind"]) == (6, "InProgress")
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    with Journal(cli.folder / "journal.db") as journal:
        assert [entry.state for entry in journal.entries()] == [State.OPEN]
    with contextlib.closing(sqlite3.connect(Path(cli.folder) / "journal.db")) as database, database:
        database.execute("UPDATE wecom_journal SET boot_deadline = 0, deadline = ?", (time.time() - 1,))
    again = cli("send", file, "--yes", "--key", "k", *WITH, "--base-url", server.base_url, "--json")
    assert (again.code, again.error["kind"]) == (3, "OutcomeUnknown")
    assert len(server.calls) == 1
