"""Calls that are cut off, by a signal or by a full disk, and what ``wecom recover`` tells of them; word for word."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fault_server import Connection, FaultServer, Seen
from inside import Inside
from program import MESSAGE

from wecom_mock.server import MockServer
from wecom_openapi import Journal
from wecom_openapi.journal.keys import digest

Serve = Callable[..., FaultServer]
OTHER, TWICE = ({**MESSAGE, "text": {"content": text}} for text in ("另一条", "第三条"))
NEXT = "with --journal PATH nothing is sent twice, and wecom recover looks for it"
NEXT_ZH = "使用 --journal PATH 则不会重发，并由 wecom recover 代为查明"


def plant(folder: Path, server: str, key: str, body: Any, operation: str = "add_msg_template") -> float:
    """A call that was cut off, and when it began."""
    with Journal(folder / "j.db") as journal:
        journal.begin(
            account="wwdemo",
            server=server,
            operation=operation,
            body=json.dumps(body).encode(),
            digest=digest(operation, body),
            key=key,
            seconds=0.0,
        )
        return next(entry.started for entry in journal.entries() if entry.key == key)


class TestRecovering:
    @pytest.fixture
    def began(self, inside: Inside, mock: MockServer, save: Any) -> list[float]:
        """One was sent, one wasn't, of one it can't be told which of two it is, and a reminder shows nowhere."""
        folder = inside.cli.folder
        found = [
            plant(folder, mock.base_url, key, body)
            for key, body in (("spring", MESSAGE), ("lost", OTHER), ("twice", TWICE))
        ]
        found.append(plant(folder, mock.base_url, "again", {"msgid": "m1"}, "remind_groupmsg_send"))
        for body in (MESSAGE, TWICE, TWICE):
            assert inside("send", save("m.json", body), "--yes").code == 0
        return found

    COMMAND = ("recover", "--journal", "j.db", "--settle", "0.001s")

    def test_for_people(self, began: list[float], inside: Inside, mock: MockServer) -> None:
        first, second, third = mock.state.tasks
        said = (
            "spring  add_msg_template  {} ({})\n"
            f"  task {first}: the same content; all 2 recipients\n"
            "lost  add_msg_template  {}\n"
            "  of the tasks of that time (3) none is like it\n"
        )
        left = (
            "twice  add_msg_template  {}\n"
            "  2 tasks have its content, its time and its recipients\n"
            f"  {second}: the same content; all 2 recipients\n"
            f"  {third}: the same content; all 2 recipients\n"
            "again  remind_groupmsg_send  {}\n"
            "  no call shows what remind_groupmsg_send did\n"
        )
        unknown = left.format(*["can't tell"] * 2)
        assert inside(*self.COMMAND) == (3, said.format("sent", first, "not sent") + unknown, "")
        # What was found out is written down, and the rest stays.
        assert inside(*self.COMMAND, "--lang", "zh") == (3, left.format(*["无法判断"] * 2), "")

    def test_in_chinese_and_all_is_found(self, inside: Inside, mock: MockServer, save: Any) -> None:
        plant(inside.cli.folder, mock.base_url, "spring", MESSAGE)
        plant(inside.cli.folder, mock.base_url, "lost", OTHER)
        inside("send", save("m.json", MESSAGE), "--yes")
        (msgid,) = mock.state.tasks
        assert inside(*self.COMMAND, "--lang", "zh") == (
            0,
            f"spring  add_msg_template  已发送 ({msgid})\n"
            f"  task {msgid}: the same content; all 2 recipients\n"
            "lost  add_msg_template  未发送\n"
            "  of the tasks of that time (1) none is like it\n",
            "",
        )
        assert inside(*self.COMMAND) == (0, "nothing is to be found out\n", "")
        assert inside(*self.COMMAND, "--lang", "zh") == (0, "没有需要查明的调用\n", "")
        assert inside(*self.COMMAND, "--json").json == {"recovered": []}

    def test_for_programs(self, began: list[float], inside: Inside, mock: MockServer) -> None:
        first, *others = mock.state.tasks
        write = {"operation": "add_msg_template", "attempts": 1}
        unknown = {"verdict": "can't tell", "msgid": None}
        why = "the same content; all 2 recipients"
        result = inside(*self.COMMAND, "--json")
        assert (result.code, result.err) == (3, "")
        assert result.json == {
            "recovered": [
                {
                    "key": "spring",
                    **write,
                    "started": began[0],
                    "verdict": "sent",
                    "msgid": first,
                    "reason": f"task {first}: {why}",
                    "candidates": [],
                },
                {
                    "key": "lost",
                    **write,
                    "started": began[1],
                    "verdict": "not sent",
                    "msgid": None,
                    "reason": "of the tasks of that time (3) none is like it",
                    "candidates": [],
                },
                {
                    "key": "twice",
                    **write,
                    "started": began[2],
                    **unknown,
                    "reason": "2 tasks have its content, its time and its recipients",
                    "candidates": [
                        {"msgid": msgid, "create_time": int(mock.state.tasks[msgid].created), "why": why}
                        for msgid in others
                    ],
                },
                {
                    "key": "again",
                    "operation": "remind_groupmsg_send",
                    "attempts": 1,
                    "started": began[3],
                    **unknown,
                    "reason": "no call shows what remind_groupmsg_send did",
                    "candidates": [],
                },
            ]
        }


class TestRepeating:
    def test_what_the_journal_has_is_not_sent_and_said_to_be_from_then(
        self, inside: Inside, mock: MockServer, save: Any
    ) -> None:
        send = ("send", save("m.json", MESSAGE), "--yes", "--key", "spring", "--journal", "j.db")
        first = inside(*send)
        (msgid,) = mock.state.tasks
        assert first == (0, f"msgid: {msgid}\nfail_list: none\n", "")
        with Journal(inside.cli.folder / "j.db") as journal:
            (entry,) = journal.entries()
        when = inside.local(entry.started)
        en = f"nothing was sent: the journal has this call from {when}, with the key spring"
        zh = f"没有发送：日志中已有该调用（{when}），键为 spring"
        assert inside(*send) == (0, first.out, f"warning: {en}\n")
        assert inside(*send, "--lang", "zh").err == f"warning: {zh}\n"
        (told,) = inside(*send, "--json").errors
        assert told == {"warning": {"kind": "Repeated", "key": "spring", "msgid": msgid, "message": en}}
        assert len(mock.state.tasks) == 1

    def test_a_key_without_a_journal(self, inside: Inside, save: Any) -> None:
        send = ("send", save("m.json", MESSAGE), "--yes", "--key", "spring")
        message = "--key goes with --journal or WECOM_JOURNAL"
        assert inside(*send) == (2, "", f"error: {message}\n")
        assert inside(*send, "--lang", "zh").err == "error: --key 需要 --journal 或 WECOM_JOURNAL\n"
        told = {"kind": "Usage", "exit_code": 2, "option": "--key"}
        assert inside(*send, "--json").error == {**told, "message": message}
        error = inside(*send[:-1], "a\tb", "--journal", "j.db", "--json").error
        assert error.pop("message").startswith("--key: 1 to 200 printable characters are needed")
        assert error == told


@pytest.fixture
def interrupting(serve: Serve) -> Callable[[signal.Signals], FaultServer]:
    """A server that interrupts this process while its caller waits."""

    def start(number: signal.Signals) -> FaultServer:
        def handler(connection: Connection, seen: Seen) -> None:
            os.kill(os.getpid(), number)
            connection.hold()

        return serve(handler)

    return start


class TestSignals:
    @pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
    def test_while_a_write_is_in_flight(
        self, number: signal.Signals, status: int, interrupting: Any, inside: Inside, save: Any
    ) -> None:
        server = interrupting(number)
        send = ("send", save("m.json", MESSAGE), "--yes", "--base-url", server.base_url)
        result = inside(*send)
        fingerprint = hashlib.sha256(server.calls[0].body).hexdigest()
        first, find_out, next_time = result.err.splitlines()
        assert (result.code, result.out) == (status, "")
        assert first == (
            f"error: interrupted: add_msg_template had already left (body sha256 {fingerprint}): its outcome is "
            "unknown. Do not send it again: read the list of tasks or look into the admin console, then decide."
        )
        assert re.fullmatch(
            rf"to find out: wecom list --since \S+Z --base-url {re.escape(server.base_url)}", find_out
        )
        assert next_time == f"next time: {NEXT}"
        error = inside(*send, "--json", "--lang", "zh").error
        message = error.pop("message")
        assert error == {
            "kind": "Interrupted",
            "exit_code": status,
            "outcome_unknown": True,
            "find_out": message.splitlines()[1].removeprefix("to find out: "),
            "next_time": NEXT_ZH,
        }
        assert message.splitlines()[2] == f"next time: {NEXT_ZH}"

    def test_while_something_is_read(self, interrupting: Any, inside: Inside) -> None:
        server = interrupting(signal.SIGINT)
        assert inside("list", "--base-url", server.base_url) == (130, "", "")
        assert inside("list", "--base-url", server.base_url, "--json").error == {
            "kind": "Interrupted",
            "exit_code": 130,
            "outcome_unknown": False,
            "message": "interrupted",
        }

    def test_after_the_task_was_created(self, serve: Serve, inside: Inside, save: Any) -> None:
        def handler(connection: Connection, seen: Seen) -> None:
            if seen.path.endswith("add_msg_template"):
                connection.answer({"errcode": 0, "errmsg": "ok", "msgid": "m1"})
            else:
                os.kill(os.getpid(), signal.SIGINT)
                connection.hold()

        send = ("send", save("m.json", MESSAGE), "--yes", "--wait", "--base-url", serve(handler).base_url)
        assert inside(*send) == (
            130,
            "msgid: m1\nfail_list: none\n",
            "error: interrupted: task m1 was created\n",
        )
        assert inside(*send, "--lang", "zh").err == "error: interrupted: 任务 m1 已创建\n"


class TestFullDisks:
    def full(self, monkeypatch: pytest.MonkeyPatch, inside: Inside, *arguments: str) -> tuple[int, str]:
        with contextlib.ExitStack() as stack:
            patched = stack.enter_context(monkeypatch.context())
            disk = open("/dev/full", "w", encoding="utf-8")  # noqa: PTH123, SIM115 - closing it fails
            patched.setattr(sys, "stdout", disk)
            result = inside(*arguments)
            with contextlib.suppress(OSError):
                disk.close()
        return result.code, result.err

    def test_what_has_happened_is_told(
        self, monkeypatch: pytest.MonkeyPatch, inside: Inside, mock: MockServer, save: Any
    ) -> None:
        reason = "the output can't be written: No space left on device"
        send = ("send", save("m.json", MESSAGE), "--yes")
        result = self.full(monkeypatch, inside, *send)
        first = [*mock.state.tasks][-1]
        assert result == (1, f"error: {reason}: task {first} was created\n")
        code, err = self.full(monkeypatch, inside, *send, "--json", "--lang", "zh")
        second = [*mock.state.tasks][-1]
        message = f"{reason}: 任务 {second} 已创建"
        told = {"error": {"kind": "Output", "exit_code": 1, "message": message}}
        assert (code, json.loads(err)) == (1, told)
        assert self.full(monkeypatch, inside, "remind", first)[1] == (
            f"error: {reason}: {first}: members were reminded\n"
        )
        assert self.full(monkeypatch, inside, "cancel", first, "-y", "--lang", "zh")[1] == (
            f"error: {reason}: {first}: 任务已取消\n"
        )
        assert self.full(monkeypatch, inside, "customers", "lisi") == (1, f"error: {reason}\n")
