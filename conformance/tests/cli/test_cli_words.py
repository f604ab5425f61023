"""What the commands print beside a terminal: whole texts in both languages, and whole JSON documents."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from fault_server import FaultServer
from inside import Inside
from program import MESSAGE, OF_LISI, A

from wecom_mock import Settings
from wecom_mock.server import MockServer

Serve = Callable[..., FaultServer]
AT = 1_795_000_000
SHOWN, ISO = "2026-11-18 19:06:40 +0800", "2026-11-18T11:06:40+00:00"


@pytest.fixture
def answering(serve: Serve) -> Callable[..., dict[str, str | None]]:
    """A server with one answer for each call, by the end of its path."""

    def start(**answers: dict[str, Any]) -> dict[str, str | None]:
        ok = {"errcode": 0, "errmsg": "ok", "next_cursor": ""}
        server = serve(
            lambda connection, seen: connection.answer({**ok, **answers[seen.path.rpartition("/")[2]]})
        )
        return {"WECOM_BASE_URL": server.base_url}

    return start


class TestStatus:
    def test_of_a_message_to_customers(self, inside: Inside, mock: MockServer, save: Any) -> None:
        mock.state.settings = Settings(quota_policy="per-day-1")
        for last in (False, True):
            msgid = inside("send", save("m.json", MESSAGE), "--yes", "--json").json["msgid"]
            if last:
                mock.state.unfriend("lisi", OF_LISI)
            mock.state.confirm(msgid, "zhangsan", AT)
            mock.state.confirm(msgid, "lisi", AT)
        failed = "1 failed: no longer a friend, 1 failed: has had other mass messages"
        assert inside("status", msgid, "--recipients").out == (
            f"{msgid}: 2 of 2 members confirmed; recipients: {failed}\n"
            "MEMBER    STATUS     TIME                       RECIPIENTS\n"
            f"zhangsan  confirmed  {SHOWN}  1 failed: has had other mass messages\n"
            f"lisi      confirmed  {SHOWN}  1 failed: no longer a friend\n"
            "\n"
            "RECIPIENT                         MEMBER    STATUS                               TIME\n"
            f"{A}  zhangsan  failed: has had other mass messages\n"
            f"{OF_LISI}  lisi      failed: no longer a friend\n"
        )
        assert inside("status", msgid, "--recipients", "--lang", "zh").out == (
            f"{msgid}: 2 位成员中 2 位已确认；接收对象：1 失败：客户不是好友, 1 失败：客户已收到其他群发消息\n"
            "成员      状态    时间                       接收对象\n"
            f"zhangsan  已发送  {SHOWN}  1 失败：客户已收到其他群发消息\n"
            f"lisi      已发送  {SHOWN}  1 失败：客户不是好友\n"
            "\n"
            "接收对象                          成员      状态                          时间\n"
            f"{A}  zhangsan  失败：客户已收到其他群发消息\n"
            f"{OF_LISI}  lisi      失败：客户不是好友\n"
        )
        assert "RECIPIENT  " not in inside("status", msgid).out

    def test_of_a_message_to_groups(self, inside: Inside, mock: MockServer, save: Any) -> None:
        chat = "wr2GCAAAXtWyujaWJHDDGasdadAAA"
        body = {"chat_type": "group", "sender": "zhangsan", "chat_id_list": [chat], "text": {"content": "x"}}
        msgid = inside("send", save("m.json", body), "--yes", "--json").json["msgid"]
        assert inside("status", msgid, "--recipients").out == (
            f"{msgid}: 0 of 1 members confirmed\n"
            "MEMBER    STATUS             TIME  RECIPIENTS\n"
            "zhangsan  not confirmed yet\n"
        )
        mock.state.confirm(msgid, "zhangsan", AT)
        assert inside("status", msgid, "--recipients").out.splitlines()[-2:] == [
            "RECIPIENT                      MEMBER    STATUS  TIME",
            f"{chat}  zhangsan  sent    {SHOWN}",
        ]

    def test_of_states_that_no_page_names(self, inside: Inside, answering: Any) -> None:
        env = answering(
            get_groupmsg_task={"task_list": [{"userid": "a", "status": 7}, {"userid": "b", "status": 2}]},
            get_groupmsg_send_result={
                "send_list": [{"userid": "a", "status": 9}, {"userid": "a", "status": 0}]
            },
        )
        result = inside("status", "m", "--recipients", env=env)
        assert result.out == (
            "m: 2 of 2 members confirmed; recipients: 2 not sent yet, 2 status 9\n"
            "MEMBER  STATUS     TIME  RECIPIENTS\n"
            "a       status 7         2 not sent yet, 2 status 9\n"
            "b       confirmed\n"
            "\n"
            "RECIPIENT  MEMBER  STATUS        TIME\n"
            "           a       status 9\n"
            "           a       not sent yet\n"
            "           a       status 9\n"
            "           a       not sent yet\n"
        )
        assert "a     状态 7        2 未发送, 2 状态 9" in inside("status", "m", "--lang", "zh", env=env).out
        document = inside("status", "m", "--json", env=env).json
        assert document["counts"] == {"UNSENT": 2, "UNKNOWN_9": 2}
        assert document["members"][0] == {"userid": "a", "status": 7, "status_name": "UNKNOWN_7"}

    def test_of_a_task_without_members(self, inside: Inside, answering: Any) -> None:
        env = answering(get_groupmsg_task={"task_list": []})
        result = inside("status", "m", "--recipients", env=env)
        assert result.out == "m: 0 of 0 members confirmed\nMEMBER  STATUS  TIME  RECIPIENTS\n"

    def test_every_change_is_a_line_with_all_but_the_recipients(
        self, inside: Inside, mock: MockServer, save: Any
    ) -> None:
        msgid = inside("send", save("m.json", MESSAGE), "--yes", "--json").json["msgid"]
        mock.state.confirm(msgid, "zhangsan", AT)
        watch = ("status", msgid, "--watch", "--interval", "0.02s", "--deadline")
        result = inside(*watch, "0.2s", "--json")
        lisi = {"userid": "lisi", "status": 0, "status_name": "UNSENT"}
        sent = {"status_name": "SENT", "send_time": AT, "send_time_iso": ISO}
        progress = {
            "event": "progress",
            "msgid": msgid,
            "complete": False,
            "members": [{"userid": "zhangsan", "status": 2, **sent}, lisi],
            "waiting": ["lisi"],
            "counts": {"SENT": 1},
        }
        recipients = [{"external_userid": A, "userid": "zhangsan", "status": 1, **sent}]
        end = {**progress, "event": "not-ready", "recipients": recipients}
        assert (result.code, result.lines) == (4, [progress, end])  # many looks, and one change
        table = (
            "MEMBER    STATUS             TIME                       RECIPIENTS\n"
            f"zhangsan  confirmed          {SHOWN}  1 sent\n"
            "lisi      not confirmed yet\n"
        )
        result = inside(*watch, "0.2s")
        assert result.out == f"1 of 2 members confirmed; recipients: 1 sent\n{table}"
        mock.state.confirm(msgid, "lisi", AT)
        result = inside("status", msgid, "--watch", "--json")
        (looked, done) = result.lines
        assert (result.code, looked["event"], looked["complete"]) == (0, "progress", True)
        assert done == {
            **looked,
            "event": "done",
            "recipients": inside("status", msgid, "--json").json["recipients"],
        }
        result = inside("send", "m.json", "--yes", "--wait", "--deadline", "0.01s", "--json")
        created, waiting, not_ready = result.lines
        assert created == {"event": "created", "msgid": waiting["msgid"], "fail_list": []}
        assert (waiting["event"], not_ready["event"]) == ("progress", "not-ready")


ROWS: list[dict[str, Any]] = [
    {
        "msgid": "m1",
        "creator": "lisi",
        "create_time": AT,
        "create_type": 1,
        "text": {"content": "x" * 40},
    },
    {"msgid": "m2", "create_time": str(AT), "create_type": 0, "text": {"content": "x" * 41}},
    {"msgid": "m3", "creator": "", "text": {"content": ""}},
    {
        "msgid": "m4",
        "create_time": AT,
        "attachments": [
            {"msgtype": "link", "link": {"title": "t" * 41}},
            {"msgtype": "image", "image": {"media_id": "M"}},
            {"msgtype": "link", "link": {"title": ""}},
        ],
    },
]


class TestList:
    def test_each_row(self, inside: Inside, answering: Any) -> None:
        env = answering(get_groupmsg_list_v2={"group_msg_list": ROWS})
        result = inside("list", env=env)
        x, t = "x" * 39, "t" * 39
        assert result == (
            0,
            "CREATED                    MSGID  BY               MESSAGE\n"
            f"{SHOWN}  m1     lisi (personal)  {x}x\n"
            f"{SHOWN}  m2     API              {x}…\n"
            "                           m3     API\n"
            f"{SHOWN}  m4     API              [link: {t}…] [image] [link]\n",
            "",
        )
        assert inside("list", "--lang", "zh", env=env).out == (
            "创建时间                   MSGID  创建者        消息\n"
            f"{SHOWN}  m1     lisi（个人）  {x}x\n"
            f"{SHOWN}  m2     接口          {x}…\n"
            "                           m3     接口\n"
            f"{SHOWN}  m4     接口          [link: {t}…] [image] [link]\n"
        )
        stamp = {"create_time": AT, "create_time_iso": ISO}
        assert inside("list", "--json", env=env).lines == [
            {**ROWS[0], **stamp, "create_type_name": "MEMBER"},
            {**ROWS[1], **stamp, "create_type_name": "COMPANY"},
            ROWS[2],
            {**ROWS[3], **stamp},
        ]

    def test_how_many_and_whether_there_are_more(self, inside: Inside, answering: Any) -> None:
        env = answering(get_groupmsg_list_v2={"group_msg_list": ROWS})
        for limit, more in ((1, True), (3, True), (4, False), (5, False)):
            result = inside("list", "--limit-rows", str(limit), env=env)
            assert len(result.out.splitlines()) == 1 + min(limit, 4)
            assert result.err == (f"the first {limit}; there are more\n" if more else "")
            assert len(inside("list", "--limit-rows", str(limit), "--json", env=env).lines) == min(limit, 4)
        zh = inside("list", "--limit-rows", "2", "--lang", "zh", env=env)
        assert zh.err == "仅显示前 2 条，还有更多\n"

    def test_nothing(self, inside: Inside) -> None:
        assert inside("list") == (0, "", "no tasks in this period\n")
        assert inside("list", "--lang", "zh") == (0, "", "该时间段内没有任务\n")
        assert inside("list", "--json") == (0, "", "")

    def test_an_end_before_the_beginning(self, inside: Inside) -> None:
        command = ("list", "--since", "1d", "--until", "2d")
        assert inside(*command).err == (
            "error: get_groupmsg_list_v2 was not sent: the request breaks 1 rule of the contract\n"
            "  end_time is before start_time; exchange start_time and end_time [get_groupmsg_list_v2.span]\n"
        )
        assert inside(*command, "--lang", "zh").err == (
            "error: get_groupmsg_list_v2 未发送：请求违反契约的 1 条规则\n"
            "  end_time 早于 start_time；请交换 start_time 与 end_time [get_groupmsg_list_v2.span]\n"
        )


class TestContacts:
    def test_states_of_groups(self, inside: Inside, answering: Any) -> None:
        states: list[Any] = [0, 1, 2, 3, 9]
        rows = [{"chat_id": f"wr{state}", "status": state} for state in states] + [{"chat_id": "wrX"}]
        env = answering(list={"group_chat_list": rows})
        assert inside("groups", env=env).out == (
            "CHAT_ID  STATUS\n"
            "wr0      the owner is there\n"
            "wr1      the owner has left\n"
            "wr2      being handed over\n"
            "wr3      handed over\n"
            "wr9      status 9\n"
            "wrX\n"
        )
        assert inside("groups", "--lang", "zh", env=env).out == (
            "群 ID  状态\n"
            "wr0    跟进人正常\n"
            "wr1    跟进人离职\n"
            "wr2    离职继承中\n"
            "wr3    离职继承完成\n"
            "wr9    状态 9\n"
            "wrX\n"
        )
        names = ["NORMAL", "OWNER_LEFT", "BEING_HANDED_OVER", "HANDED_OVER", "UNKNOWN_9"]
        assert inside("groups", "--json", env=env).lines == [
            *({**row, "status_name": name} for row, name in zip(rows, names, strict=False)),
            {"chat_id": "wrX"},
        ]

    def test_what_is_asked_for(self, inside: Inside, mock: MockServer) -> None:
        assert inside("groups", "--owner", "lisi2").err == "no customer groups\n"
        assert inside("groups", "--owner", "lisi2", "--lang", "zh").err == "没有客户群\n"
        assert inside("groups", "--owner", "lisi", "--owner", "wangwu", "--json").code == 0
        assert inside("groups", "--json").code == 0
        bodies = [call.body for call in mock.state.calls if call.operation == "groupchat_list"]
        assert bodies == [
            {"owner_filter": {"userid_list": ["lisi2"]}, "limit": 1000},
            {"owner_filter": {"userid_list": ["lisi2"]}, "limit": 1000},
            {"owner_filter": {"userid_list": ["lisi", "wangwu"]}, "limit": 1000},
            {"limit": 1000},
        ]

    @pytest.mark.parametrize("how", [{"errcode": 84061, "errmsg": "none"}, {"external_userid": []}])
    def test_a_member_without_customers(self, how: dict[str, Any], inside: Inside, answering: Any) -> None:
        env = answering(list=how)
        assert inside("customers", "lisi2", env=env) == (0, "", "lisi2 has no customers\n")
        assert inside("customers", "lisi2", "--lang", "zh", env=env) == (0, "", "lisi2 没有客户\n")
        assert inside("customers", "lisi2", "--json", env=env) == (0, "", "")
        assert inside("customers", "li\nsi", env=env).err == "li\\nsi has no customers\n"


class TestTasks:
    def test_in_both_languages(self, inside: Inside, mock: MockServer, save: Any) -> None:
        save("m.json", {**MESSAGE, "external_userid": [A, "wmNobody"]})
        result = inside("send", "m.json", "--yes", "--lang", "zh")
        msgid = [*mock.state.tasks][-1]
        assert result == (0, f"msgid: {msgid}\nfail_list：1 个未纳入\n  wmNobody\n", "")
        assert inside("send", "m.json", "--yes").out.splitlines()[1:] == [
            "fail_list: 1 left out",
            "  wmNobody",
        ]
        save("m.json", MESSAGE)
        assert inside("send", "m.json", "--yes").out.splitlines()[1:] == ["fail_list: none"]
        assert inside("send", "m.json", "--yes", "--lang", "zh").out.splitlines()[1:] == ["fail_list：无"]
        assert inside("remind", msgid).out == f"{msgid}: members were reminded\n"
        assert inside("remind", msgid, "--lang", "zh").out == f"{msgid}: 已提醒成员\n"
        assert inside("remind", msgid, "--json").json == {"msgid": msgid, "reminded": True}
        other = [*mock.state.tasks][-1]
        assert inside("cancel", other, "-y", "--json").json == {"msgid": other, "cancelled": True}
        assert inside("cancel", msgid, "-y", "--lang", "zh").out == f"{msgid}: 任务已取消\n"


class TestUploads:
    PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100

    def test_for_programs(self, inside: Inside, mock: MockServer, save: Any) -> None:
        before = int(time.time())
        document = inside("upload", save("a.txt", b"some text"), "--type", "file", "--json").json
        stamp = document.pop("created_at")
        ((media_id, _),) = mock.state.media.files.items()
        assert before <= stamp <= time.time()
        iso = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(stamp))
        assert document == {"media_id": media_id, "type": "file", "created_at_iso": iso}
        document = inside("upload", save("a.png", self.PNG), "--for-link", "--json").json
        assert document == {"url": [*mock.state.media.images][-1]}

    def test_an_answer_that_says_less(self, inside: Inside, answering: Any, save: Any) -> None:
        env = answering(upload={"media_id": "M"})
        upload = ("upload", save("a.png", self.PNG), "--type", "image")
        assert inside(*upload, "--json", env=env).json == {"media_id": "M", "type": "image"}
        assert inside(*upload, "--lang", "zh", env=env) == (0, "media_id: M\n", "三天内有效\n")

    def test_what_is_wrong_with_a_file(self, inside: Inside, save: Any) -> None:
        assert inside("upload", "no\x00where", "--for-link").err == (
            "error: no\\x00where: embedded null byte\n"
        )
        for name, reason in (("none", "No such file or directory"), (".", "no regular file")):
            assert inside("upload", name, "--type", "file", "--json").error == {
                "kind": "Unreadable",
                "exit_code": 2,
                "file": name,
                "reason": reason,
                "message": f"{name}: {reason}",
            }
        zh = inside("upload", save("a.png", self.PNG), "--type", "video", "--lang", "zh")
        assert (zh.code, zh.err.splitlines()[0]) == (
            2,
            "error: media_upload 未发送：请求违反契约的 2 条规则",
        )
        assert inside("upload", "a.png", "--for-link", "--lang", "zh").err == "永久有效\n"


class TestFiles:
    @pytest.mark.parametrize(
        ("name", "reason"),
        [
            ("nowhere.json", "No such file or directory"),
            (".", "Is a directory"),
            ("a\0b", "embedded null byte"),
            ("empty.json", "empty"),
        ],
    )
    def test_that_cannot_be_read(self, name: str, reason: str, inside: Inside, save: Any) -> None:
        save("empty.json", b"")
        shown = name.replace("\0", "\\x00")
        assert inside("send", name, "--yes") == (2, "", f"error: {shown}: {reason}\n")
        assert inside("send", name, "--dry-run", "--json").error == {
            "kind": "Unreadable",
            "exit_code": 2,
            "file": name,
            "reason": reason,
            "message": f"{name}: {reason}",
        }

    def test_standard_input_is_named(self, inside: Inside) -> None:
        result = inside("send", "-", "--yes", stdin="{")
        assert result.err.startswith("error: <stdin>: line 1, column 2: ")
        assert inside("send", "-", "--yes", "--json", stdin="").error["file"] == "<stdin>"
