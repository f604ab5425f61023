"""At a terminal: what is drawn, in which colours, how wide, and what is gone again; and what is asked there."""

from __future__ import annotations

import io
import json
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from fault_server import FaultServer
from inside import Inside, plain
from program import MESSAGE, OF_LISI, A

from wecom_mock.arrange import Arrange
from wecom_mock.server import MockServer

Save = Callable[[str, Any], str]
BAR = "━" * 40
ASIDE = ("stdin", "stderr")
LINK = {"title": "秋季新品", "url": "https://example.com/a"}


def lines(screen: str) -> list[str]:
    """What stands there at the end: the text without movements, and what a bar has drawn over itself by its last."""
    found = []
    for line in screen.split("\n"):
        text = plain(line.rpartition("\r\x1b[2K")[2] if "━" in line or "\u280b" in line else line)
        found.append(re.sub(r"(?<!\d)\d:\d\d:\d\d", "TIME", text.rstrip()))
    return found


@pytest.fixture
def msgid(inside: Inside, save: Save) -> str:
    """A task of zhangsan and lisi, a customer each."""
    found: str = inside("send", save("m.json", MESSAGE), "--yes", "--json").json["msgid"]
    return found


TO = f"to: 2 customers: {A}, {OF_LISI}; sent by the member who last talked to each customer"
ASKED = [
    TO,
    "message:",
    "  新品上市",
    "  ╭─ link ────────────────╮",
    "  │ 秋季新品              │",
    "  │ https://example.com/a │",
    "  ╰───────────────────────╯",
]
TO_ZH = f"发送给：2 位客户：{A}, {OF_LISI}；由 最近与客户沟通的成员 确认发送"
ASKED_ZH = [TO_ZH, "消息：", "  新品上市", "  ╭─ 图文链接 ────────────╮", *ASKED[4:]]


class TestQuestions:
    @pytest.mark.parametrize(
        ("language", "shown", "question", "no"),
        [
            ("en", ASKED, "Create this mass message? [y/N] ", "not confirmed: nothing was sent"),
            ("zh", ASKED_ZH, "创建这条群发消息？ [y/N] ", "未确认：没有发送"),
        ],
    )
    def test_of_sending(
        self,
        language: str,
        shown: list[str],
        question: str,
        no: str,
        inside: Inside,
        mock: MockServer,
        save: Save,
    ) -> None:
        save("m.json", {**MESSAGE, "attachments": [{"msgtype": "link", "link": LINK}]})
        command = ("send", "m.json", "--lang", language)
        for answer in ("n\n", "\n", "yea\n", "\x04"):
            result = inside.at_terminal(*command, answers=[(question, answer)])
            said = question + answer.strip("\n").replace("\x04", "")
            assert result.code == 2
            assert lines(result.err) == [*shown, said.rstrip(), f"error: {no}", ""]
        result = inside.at_terminal(*command, "--json", answers=[(question, "n\n")], streams=ASIDE)
        told = {"kind": "NotConfirmed", "exit_code": 2, "message": no}
        assert json.loads(result.err.splitlines()[-1]) == {"error": told}
        assert mock.state.tasks == {}
        for answer in ("y\n", " YES \n", "是\n"):
            result = inside.at_terminal(*command, answers=[(question, answer)], streams=ASIDE)
            assert result.code == 0
            assert result.out.startswith("msgid: msg")
            assert lines(result.err) == [*shown, question + answer.strip("\n").rstrip(), ""]
        assert len(mock.state.tasks) == 3
        # The headline of a card alone is bold.
        assert [line for line in result.err.split("\n") if "\x1b[1m" in line] == [
            f"  │ \x1b[1m秋季新品\x1b[0m              │{' ' * 73}"
        ]

    def test_of_cancelling(self, inside: Inside, mock: MockServer, msgid: str) -> None:
        asked = f"Cancel task {msgid}? What is not sent yet will never be. [y/N] "
        result = inside.at_terminal("cancel", msgid, answers=[("[y/N] ", "n\n")])
        assert (result.code, result.err) == (
            2,
            f"{asked}n\nerror: not confirmed: the task was not cancelled\n",
        )
        asked_zh = f"取消任务 {msgid}？尚未发送的将不再发送。 [y/N] "
        result = inside.at_terminal("cancel", msgid, "--lang", "zh", answers=[("[y/N] ", "n\n")])
        assert (result.code, result.err) == (2, f"{asked_zh}n\nerror: 未确认：任务没有取消\n")
        assert not mock.state.tasks[msgid].cancelled
        result = inside.at_terminal("cancel", msgid, "--lang", "zh", answers=[("[y/N] ", "是\n")])
        assert (result.code, result.err) == (0, f"{asked_zh}是\n{msgid}: 任务已取消\n")
        assert mock.state.tasks[msgid].cancelled

    def test_where_nobody_can_be_asked(self, inside: Inside, mock: MockServer, msgid: str) -> None:
        en = "nobody can be asked here, as this is no terminal; use --yes to do it without asking"
        zh = "当前不是终端，无法询问；使用 --yes 可不经询问执行"
        for command, operation in (
            (("send", "m.json"), "add_msg_template"),
            (("cancel", msgid), "cancel_groupmsg_send"),
        ):
            assert inside(*command) == (2, "", f"error: {operation}: {en}\n")
            assert inside(*command, "--lang", "zh") == (2, "", f"error: {operation}：{zh}\n")
            assert inside(*command, "--json").error == {
                "kind": "NotConfirmed",
                "exit_code": 2,
                "message": f"{operation}: {en}",
            }
        for streams in (
            ("stdin", "stdout"),
            ("stdout", "stderr"),
        ):  # the question, or the answer, would get lost
            result = inside.at_terminal("cancel", msgid, streams=streams)
            assert (result.code, result.err) == (2, f"error: cancel_groupmsg_send: {en}\n")
        text = (
            "standard input has the request, so it can't have an answer; use --yes to send it without asking"
        )
        assert inside("send", "-", stdin=json.dumps(MESSAGE)) == (2, "", f"error: {text}\n")
        assert inside("send", "-", "--lang", "zh", stdin=json.dumps(MESSAGE)) == (
            2,
            "",
            "error: 标准输入已用于请求内容，无法询问；使用 --yes 可不经询问发送\n",
        )
        assert len(mock.state.tasks) == 1


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


class TestTables:
    @pytest.mark.parametrize("kind", [Screen, io.StringIO])
    def test_a_text_is_printed_as_it_is(
        self, kind: type[io.StringIO], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It may be of others: it is no markup, has no names of little pictures, and its numbers are no decoration."""
        from wecom_cli.screen import console

        monkeypatch.setenv("TERM", "xterm-256color")
        monkeypatch.setenv("COLUMNS", "40")
        stream = kind()
        console(stream).print("[b]1[/b] :smile: 'x' " + "y" * 40)
        width = 40 if kind is Screen else 100
        shown = stream.getvalue()
        assert shown.replace("\n", "").replace(" ", "") == "[b]1[/b]:smile:'x'" + "y" * 40
        assert max(map(len, shown.splitlines())) <= width

    def test_names_of_columns_are_bold_and_nothing_else(self, inside: Inside, msgid: str) -> None:
        result = inside.at_terminal("status", msgid)
        bold = re.findall("\x1b\\[1m(.*?)\x1b\\[0m", result.err)
        assert [text.strip() for text in bold if text.strip()] == ["MEMBER", "STATUS", "TIME", "RECIPIENTS"]
        assert set(re.findall("\x1b\\[[0-9;]*m", result.err)) == {"\x1b[1m", "\x1b[0m"}

    def test_an_id_that_does_not_fit_is_folded_and_stays_whole(
        self, inside: Inside, mock: MockServer, msgid: str
    ) -> None:
        mock.state.tasks[msgid].created = 1_795_000_000
        result = inside.at_terminal("list", "--since", "2026-11-18", columns=60, env={"NO_COLOR": "1"})
        rows = [line for line in lines(result.err) if line]
        assert max(len(row) for row in rows) <= 60
        assert msgid in "".join(re.findall(r"(?<=  )\S{10,}", "\n".join(row[12:] for row in rows)))


class TestWatching:
    def test_members_and_recipients_have_a_bar_each(
        self, inside: Inside, mock: MockServer, msgid: str
    ) -> None:
        mock.state.confirm(msgid, "zhangsan", 1_795_000_000)
        end = [
            "zhangsan  confirmed          2026-11-18 19:06:40 +0800  1 sent",
            "lisi      not confirmed yet",
            f"members    {BAR[:20]}╺{BAR[21:]} 1/2 TIME",
            f"recipients {BAR} 1/1 TIME",
            f"error: task {msgid} is not done after 0.01 s: 1 of 2 members have not confirmed",
            "",
        ]
        result = inside.at_terminal("status", msgid, "--watch", "--deadline", "0.01s")
        assert result.code == 4
        assert lines(result.err)[-6:] == end
        mock.state.confirm(msgid, "lisi", 1_795_000_000)
        result = inside.at_terminal("status", msgid, "--watch", "--lang", "zh")
        assert result.code == 0
        assert lines(result.err)[-6:] == [
            "成员      状态    时间                       接收对象",
            "zhangsan  已发送  2026-11-18 19:06:40 +0800  1 已发送",
            "lisi      已发送  2026-11-18 19:06:40 +0800  1 已发送",
            f"成员     {BAR} 2/2 TIME",
            f"接收对象 {BAR} 2/2 TIME",
            "",
        ]
        assert result.err.startswith("\x1b[?25l")  # the cursor is away meanwhile
        assert result.err.endswith("\x1b[?25h")

    def test_nobody_has_confirmed(self, inside: Inside, msgid: str) -> None:
        result = inside.at_terminal("status", msgid, "--watch", "--deadline", "0.01s")
        assert lines(result.err)[-4:-2] == [f"members    {BAR} 0/2 TIME", f"recipients {BAR} 0/? TIME"]

    def test_until_the_first_answer_the_task_is_named(self, inside: Inside, serve: Any) -> None:
        def late(connection: Any, seen: Any) -> None:
            time.sleep(0.05)
            connection.answer({"errcode": 48002, "errmsg": "no"})

        server: FaultServer = serve(late)
        result = inside.at_terminal("status", "m\x1b1", "--watch", "--base-url", server.base_url)
        assert lines(result.err)[0] == "m\\x1b1"

    @pytest.mark.parametrize("env", [{"TERM": "dumb"}, {"TERM": "xterm-256color"}])
    def test_a_dumb_terminal_gets_lines(
        self, env: dict[str, str | None], inside: Inside, mock: MockServer, msgid: str
    ) -> None:
        mock.state.confirm(msgid, "zhangsan", 1_795_000_000)
        mock.state.confirm(msgid, "lisi", 1_795_000_000)
        result = inside.at_terminal("status", msgid, "--watch", env=env)
        live = env["TERM"] != "dumb"
        assert ("\x1b[?25l" in result.err) is live
        assert ("2 of 2 members confirmed; recipients: 2 sent\n" in result.err) is not live


class TestBars:
    def test_of_an_upload_is_gone_again(self, inside: Inside, save: Save) -> None:
        save("a picture with quite a long name [b].png", b"\x89PNG\r\n\x1a\n" + b"0" * 10_000)
        command = ("upload", "a picture with quite a long name [b].png")
        for options, label, note in (
            (("--type", "image"), "media_id", "valid for three days"),
            (("--for-link",), "url", "it stays valid"),
        ):
            result = inside.at_terminal(*command, *options, streams=ASIDE)
            assert result.code == 0
            assert result.out.startswith(f"{label}: ")
            bar, rest = lines(result.err)[0], result.err.partition("\x1b[?25h")[2]
            assert bar.startswith(f"a picture with quite a long n… {BAR} 10.0/10.0 kB ")
            assert rest == f"\r\x1b[1A\x1b[2K{note}\n"  # a line up, and cleared
            quiet = inside.at_terminal(*command, *options, "--json", streams=ASIDE)
            assert (quiet.code, quiet.err) == (0, "")

    def test_of_a_broadcast(self, inside: Inside, mock: MockServer, save: Save) -> None:
        company = Arrange(mock.state)
        rows = ["external_userid,sender"]
        for m in range(2):
            for c in range(2):
                company.member(f"m{m}").customer(f"wm{m}x{c}")
                rows.append(f"wm{m}x{c},m{m}")
        save("m.json", {"text": {"content": "新品上市"}})
        save("a.csv", "\n".join(rows).encode())
        said = {
            "en": (
                "recipients read: 4",
                "x-en: 4 customers in 2 calls; sent by 2 senders",
                "Send this broadcast? [y/N] ",
                "not confirmed: nothing was sent",
                f"calls {BAR} 2/2 4 recipients TIME",
            ),
            "zh": (
                "已读取： 4",
                "x-zh：4 位客户，2 次调用；由 2 位成员发送",
                "发送这次群发？ [y/N] ",
                "未确认：没有发送",
                f"调用 {BAR} 2/2 4 个接收对象 TIME",
            ),
        }
        for language, (read, whom, question, no, bar) in said.items():
            options = ("--journal", "j.db", "--lang", language)
            plan = ("broadcast", "plan", f"x-{language}", "m.json", "a.csv", *options)
            result = inside.at_terminal(*plan, streams=ASIDE)
            assert result.code == 0
            assert f"{read} " in plain(result.err)
            assert result.err.partition("\x1b[?25h")[2].startswith("\r\x1b[1A\x1b[2K")
            run = ("broadcast", "run", f"x-{language}", *options)
            result = inside.at_terminal(*run, answers=[(question, "n\n")])
            assert (result.code, lines(result.err)) == (
                2,
                [whom, "  新品上市", f"{question}n", f"error: {no}", ""],
            )
            result = inside.at_terminal(*run, answers=[(question, "y\n")], streams=ASIDE)
            assert (result.code, lines(result.err)) == (
                0,
                [whom, "  新品上市", f"{question}y", bar, ""],
            )
            again = inside.at_terminal(*run, "--yes", "--json")
            assert again.err.startswith('{\n  "name"')  # JSON alone
