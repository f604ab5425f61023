"""What ``wecom broadcast`` prints beside a terminal: whole texts in both languages, and whole JSON documents."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest
from fault_server import Connection, Seen
from inside import Inside
from program import Result

from wecom_cli.broadcast import STANDINGS, show_summary
from wecom_cli.choices import Outcome
from wecom_cli.language import Language
from wecom_cli.output import Output
from wecom_mock.arrange import Arrange
from wecom_mock.server import MockServer
from wecom_openapi.broadcast import CallState, Standing, Summary

MESSAGE = {"text": {"content": "新品上市"}}
ROWS = ["wm0x0,m0", "wm0x1,m0", "wm1x0,m1"]
Run = Callable[..., Result]


@pytest.fixture
def run(inside: Inside, mock: MockServer, save: Callable[[str, Any], str]) -> Run:
    """A command of ``wecom broadcast``, with a journal; the company has three more customers of two members."""
    company = Arrange(mock.state)
    for row in ROWS:
        company.member(row[-2:]).customer(row[:5])
    save("m.json", MESSAGE)
    save("a.csv", "\n".join(["external_userid,sender", *ROWS]).encode())

    def start(*arguments: str, **options: Any) -> Result:
        return inside("broadcast", *arguments, "--journal", "j.db", **options)

    return start


PLANS = [
    (
        ROWS,
        "x: 3 customers in 2 calls; sent by 2 senders",
        "x：3 位客户，2 次调用；由 2 位成员发送",
        None,
        None,
    ),
    (
        [*ROWS, "wm0x0,m0", "wm0x0,m1"],
        "x: 3 customers in 2 calls; sent by 2 senders",
        "x：3 位客户，2 次调用；由 2 位成员发送",
        "2 of 5 were given more than once and are left out, 1 of them under another sender",
        "给出的 5 个中有 2 个重复，已去除，其中 1 个属于另一成员",
    ),
    (
        ["wm0x0,m0", "wm0x0,m0"],
        "x: 1 customer in 1 call; sent by 1 sender",
        "x：1 位客户，1 次调用；由 1 位成员发送",
        "1 of 2 were given more than once and are left out",
        "给出的 2 个中有 1 个重复，已去除",
    ),
    (
        ["wm0x0", "wm0x1"],
        "x: 2 customers in 1 call; sent by the member who last talked to each customer",
        "x：2 位客户，1 次调用；由最近与客户沟通的成员发送",
        None,
        None,
    ),
]


class TestPlan:
    @pytest.mark.parametrize(("rows", "whom", "whom_zh", "twice", "twice_zh"), PLANS)
    def test_of_a_file(
        self,
        rows: list[str],
        whom: str,
        whom_zh: str,
        twice: str | None,
        twice_zh: str | None,
        run: Run,
        save: Any,
    ) -> None:
        header = "external_userid,sender" if "," in rows[0] else "external_userid"
        save("b.csv", "\n".join([header, *rows]).encode())
        expected = [whom, *filter(None, [twice]), "message:", "  新品上市"]
        assert run("plan", "x", "m.json", "b.csv") == (
            0,
            "\n".join([*expected, ""]),
            "nothing was sent; to send it: wecom broadcast run x --journal j.db\n",
        )
        expected = [whom_zh, *filter(None, [twice_zh]), "此前已按同样内容计划", "消息：", "  新品上市"]
        assert run("plan", "x", "m.json", "b.csv", "--lang", "zh") == (
            0,
            "\n".join([*expected, ""]),
            "没有发送；发送请用：wecom broadcast run x --journal j.db\n",
        )
        again = run("plan", "x", "m.json", "b.csv").out.splitlines()
        assert again[-3:] == ["it was planned before, just like this", "message:", "  新品上市"]

    def test_of_groups(self, run: Run, save: Any) -> None:
        save("g.json", {**MESSAGE, "chat_type": "group"})
        plan = ("plan", "g", "g.json", "--groups-of", "zhangsan", "--groups-of", "lisi")
        assert run(*plan).out.splitlines()[0] == "g: 3 customer groups in 2 calls; sent by 2 senders"
        assert run(*plan, "--lang", "zh").out.splitlines()[0] == "g：3 个客户群，2 次调用；由 2 位成员发送"
        assert run("plan", "h", "g.json", "--groups-of", "lisi").out.splitlines()[0] == (
            "h: 1 customer group in 1 call; sent by 1 sender"
        )

    def test_for_programs(self, run: Run, save: Any) -> None:
        link = {"msgtype": "link", "link": {"title": "x", "url": "https://e.com"}}
        save("m.json", {**MESSAGE, "attachments": [link]})
        save("b.csv", "\n".join(["external_userid,sender", *ROWS, "wm0x0,m1"]).encode())
        result = run("plan", "x", "m.json", "b.csv", "--json")
        assert (result.code, result.err) == (0, "")
        assert result.json == {
            "name": "x",
            "chat_type": "single",
            "recipients": 3,
            "calls": 2,
            "senders": 2,
            "given": 4,
            "duplicates": 1,
            "duplicates_of_another_sender": 1,
            "resumed": False,
            "message": ["text", "link"],
        }

    def test_files_of_other_kinds(self, run: Run, save: Any, tmp_path: Path) -> None:
        save("gb.csv", "客户;成员\nwm0x0;m0\nwm1x0;m1\n".encode("gb18030"))
        columns = ("--column", "客户", "--sender-column", "成员")
        options = ("--encoding", "gb18030", "--delimiter", ";", *columns)
        assert run("plan", "gb", "m.json", "gb.csv", *options).out.splitlines()[0] == (
            "gb: 2 customers in 2 calls; sent by 2 senders"
        )
        table = pyarrow.table({"客户": ["wm0x0", "wm1x0"], "成员": ["m0", "m1"]})
        pyarrow.parquet.write_table(table, tmp_path / "p.PARQUET")
        assert run("plan", "pq", "m.json", "p.PARQUET", *columns).out.splitlines()[0] == (
            "pq: 2 customers in 2 calls; sent by 2 senders"
        )

    @pytest.mark.parametrize(
        ("arguments", "kind", "message"),
        [
            (
                ("a/b", "m.json", "a.csv"),
                "Usage",
                "NAME: 1 to 100 printable characters without / are needed, and no spaces around them",
            ),
            (
                ("x", "m.json", "a.csv", "--encoding", "klingon"),
                "Usage",
                "--encoding: 'klingon' is not known",
            ),
            (
                ("x", "m.json", "a.csv", "--delimiter", ";;"),
                "Usage",
                "--delimiter: one character is needed",
            ),
            (("x", "list.json", "a.csv"), "Unreadable", "list.json: a JSON object is needed"),
            (("x", "none.json", "a.csv"), "Unreadable", "none.json: No such file or directory"),
        ],
    )
    def test_what_makes_no_sense(
        self, arguments: tuple[str, ...], kind: str, message: str, run: Run, save: Any
    ) -> None:
        save("list.json", [])
        assert run("plan", *arguments) == (2, "", f"error: {message}\n")
        error = run("plan", *arguments, "--json").error
        if kind == "Unreadable":
            file, _, reason = message.partition(": ")
            assert (error.pop("file"), error.pop("reason")) == (file, reason)
        assert error == {"kind": kind, "exit_code": 2, "message": message}
        if "list.json" in arguments:
            zh = run("plan", *arguments, "--lang", "zh")
            assert zh.err == "error: list.json: 需要一个 JSON 对象\n"


class TestRun:
    def test_some_calls_are_refused(self, run: Run, mock: MockServer) -> None:
        run("plan", "x", "m.json", "a.csv")
        summary = "RECIPIENTS    NUMBER\nnot sent yet  3\n0 of 2 calls are through\n"
        assert run("status", "x") == (0, summary, "")
        refused = "nobody can be asked here, as this is no terminal; use --yes to do it without asking"
        assert run("run", "x") == (2, "", f"error: broadcast run: {refused}\n")
        mock.state.fail_next("add_msg_template", 60111)
        assert run("run", "x", "--yes", "--concurrency", "1") == (
            1,
            "RECIPIENTS  NUMBER\naccepted    1\nrefused     2\n2 of 2 calls are through\n",
            "error: WeCom has refused some calls: see the report\n",
        )
        assert run("run", "x", "--yes", "--lang", "zh") == (
            1,
            "接收对象  数量\n已受理    1\n被拒绝    2\n2 次调用中 2 次已有结果\n",
            "error: 部分调用被拒绝：见报告\n",
        )
        document = {
            "name": "x",
            "recipients": 3,
            "complete": True,
            "counts": {"accepted": 1, "refused": 2},
            "calls": {"done": 1, "refused": 1},
        }
        result = run("run", "x", "--yes", "--json")
        assert (result.code, result.json) == (1, document)
        assert result.error == {
            "kind": "Incomplete",
            "exit_code": 1,
            **document,
            "message": "WeCom has refused some calls: see the report",
        }
        asked = len(mock.state.calls)
        assert run("status", "x", "--lang", "zh").code == 0
        assert len(mock.state.calls) == asked  # only with --results
        (error,) = {row["reason"] for row in rows_of(run("report", "x", "--only", "refused"))}
        (msgid,) = mock.state.tasks
        assert [list(row.values()) for row in rows_of(run("report", "x"))] == [
            ["wm0x0", "m0", "refused", "1", "", "60111", error],
            ["wm0x1", "m0", "refused", "1", "", "60111", error],
            ["wm1x0", "m1", "accepted", "2", msgid, "", ""],
        ]
        assert run("report", "x", "--only", "accepted", "--only", "unknown", "--json").lines == [
            {
                "recipient": "wm1x0",
                "sender": "m1",
                "standing": "accepted",
                "call": 2,
                "msgid": msgid,
                "errcode": None,
                "reason": "",
            }
        ]
        for only, en, zh in (("accepted", "1 recipient", "1"), ("refused", "2 recipients", "2")):
            report = ("report", "x", "-o", "r.csv", "--only", only)
            assert run(*report) == (0, f"r.csv: {en}\n", "")
            assert run(*report, "--lang", "zh") == (0, f"r.csv：{zh} 个接收对象\n", "")
        # Made again, a line a call, and nothing is left.
        result = run("run", "x", "--yes", "--retry-refused", "--json", "--concurrency", "1")
        call, _, rest = result.out.partition("\n")
        assert result.code == 0
        told = json.loads(call)
        assert told.pop("msgid") in mock.state.tasks
        assert told == {"event": "call", "settled": 1, "total": 1, "n": 1, "state": "done", "size": 2}
        assert json.loads(rest) == {**document, "counts": {"accepted": 3}, "calls": {"done": 2}}

    def test_some_are_left(self, run: Run, mock: MockServer) -> None:
        run("plan", "x", "m.json", "a.csv")
        nowhere = {"WECOM_BASE_URL": "http://127.0.0.1:9"}
        options = ("--yes", "--retries", "0")
        result = run("run", "x", *options, "--json", env=nowhere)
        document = {
            "name": "x",
            "recipients": 3,
            "complete": False,
            "counts": {"not sent yet": 3},
            "calls": {"planned": 2},
        }
        message = "3 of 3 recipients are left; to go on: wecom broadcast run x --journal j.db"
        assert result.error == {"kind": "Incomplete", "exit_code": 6, **document, "message": message}
        zh = run("run", "x", *options, "--lang", "zh", env=nowhere)
        assert zh == (
            6,
            "接收对象  数量\n尚未发送  3\n2 次调用中 0 次已有结果\n",
            "error: 3 个接收对象中还有 3 个未发送；继续：wecom broadcast run x --journal j.db\n",
        )

    def test_some_are_unknown(self, run: Run, serve: Any) -> None:
        def lose(connection: Connection, seen: Seen) -> None:
            if seen.path.endswith("add_msg_template"):
                connection.reset()
            else:
                connection.answer({"errcode": 0, "errmsg": "ok", "next_cursor": "", "group_msg_list": []})

        run("plan", "x", "m.json", "a.csv")
        server = serve(lose)
        options = ("--yes", "--base-url", server.base_url)
        result = run("run", "x", *options)
        assert result == (
            3,
            "RECIPIENTS  NUMBER\nunknown     3\n0 of 2 calls are through\n",
            "error: some outcomes are unknown: run it again, which looks them up first\n",
        )
        looked = len(server.calls)
        result = run("run", "x", *options, "--lang", "zh")
        assert (result.code, result.err) == (3, "error: 部分结果未知：请再次运行，会先查明\n")
        later = [seen.path.rpartition("/")[2] for seen in server.calls[looked:]]
        assert later
        assert set(later) == {"get_groupmsg_list_v2"}
        assert run("run", "x", *options, "--json").error["exit_code"] == 3


class TestStopping:
    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("en", r"\d of 3 recipients are left; to go on: "),
            ("zh", r"3 个接收对象中还有 \d 个未发送；继续："),
        ],
    )
    def test_it_says_how_many_are_left(self, language: str, said: str, run: Run, serve: Any) -> None:
        def answer(connection: Connection, seen: Seen) -> None:
            os.kill(os.getpid(), signal.SIGINT)
            connection.answer({"errcode": 0, "errmsg": "ok", "msgid": "m1"})

        run("plan", "x", "m.json", "a.csv")
        server = serve(answer)
        options = ("--yes", "--concurrency", "1", "--base-url", server.base_url, "--lang", language)
        result = run("run", "x", *options)
        again = re.escape(f"wecom broadcast run x --journal j.db --base-url {server.base_url}")
        assert (result.code, result.out) == (130, "")
        assert re.fullmatch(f"error: interrupted: {said}{again}\n", result.err)


def test_what_is_known_of_recipients_in_words(inside: Inside, capsys: pytest.CaptureFixture[str]) -> None:
    summary = Summary(
        name="x",
        recipients=45,
        counts=dict(zip(Standing, range(1, 10), strict=True)),
        calls={CallState.DONE: 2, CallState.REFUSED: 1, CallState.PLANNED: 2},
    )
    show_summary(summary, Output(json=False, language=Language.EN))
    assert capsys.readouterr().out == (
        "RECIPIENTS                NUMBER\n"
        "accepted                  1\n"
        "accepted or in fail_list  2\n"
        "fail_list                 3\n"
        "over quota                4\n"
        "refused                   5\n"
        "unknown                   6\n"
        "not sent yet              7\n"
        "delivered                 8\n"
        "not a friend              9\n"
        "3 of 5 calls are through\n"
    )
    show_summary(summary, Output(json=False, language=Language.ZH))
    assert capsys.readouterr().out == (
        "接收对象                 数量\n"
        "已受理                   1\n"
        "已受理或在 fail_list 中  2\n"
        "在 fail_list 中          3\n"
        "超出接收额度             4\n"
        "被拒绝                   5\n"
        "结果未知                 6\n"
        "尚未发送                 7\n"
        "已送达                   8\n"
        "客户不是好友             9\n"
        "5 次调用中 3 次已有结果\n"
    )


def test_a_table_needs_its_library(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pyarrow.parquet.write_table(pyarrow.table({"external_userid": ["wm0x0"]}), tmp_path / "a.parquet")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    result = run("plan", "x", "m.json", "a.parquet")
    assert (result.code, result.out) == (5, "")
    assert result.err.endswith("pip install 'wecom-openapi[parquet]'\n")
    assert run("plan", "x", "m.json", "a.parquet", "--json").error["kind"] == "Installation"


def rows_of(result: Result) -> list[dict[str, str]]:
    assert (result.code, result.err) == (0, "")
    return list(csv.DictReader(io.StringIO(result.out)))


def test_every_outcome_has_words_and_can_be_asked_for() -> None:
    assert {str(each) for each in Standing} == set(STANDINGS) == {each.value for each in Outcome}
