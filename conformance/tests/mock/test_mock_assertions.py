"""What a test can say about the calls, and what it is told when that is not so."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from wecom_mock import CallLog, State
from wecom_mock.arrange import empty_company
from wecom_mock.caller import Answer, Caller
from wecom_mock.clock import Clock
from wecom_mock.faults import Fault
from wecom_mock.fixture import WeComMock
from wecom_openapi import Image, Link, LinkAttachment

LINK = {"msgtype": "link", "link": {"title": "标题", "url": "https://example.com"}}
IMAGE = {"msgtype": "image", "image": {"media_id": "M1"}}

Send = Callable[..., Answer]


@pytest.fixture
def mock() -> WeComMock:
    """Not started: what is asserted has nothing to do with sockets."""
    mock = WeComMock(State(empty_company()), clock=Clock(1795320000))
    mock.company.member("zhangsan").customer("wmA", tags=["vip"]).customer("wmB").group("wrA")
    mock.company.member("lisi").customer("wmC")
    return mock


@pytest.fixture
def send(mock: WeComMock) -> Send:
    def send(**body: Any) -> Answer:
        return Caller(mock.state, mock.clock).call("add_msg_template", body)

    return send


def told(act: Callable[[], Any]) -> str:
    with pytest.raises(AssertionError) as caught:
        act()
    return str(caught.value)


class TestSent:
    def test_what_was_sent_is_found(self, mock: WeComMock, send: Send) -> None:
        body = {"sender": "zhangsan", "text": {"content": "新品上市"}, "attachments": [LINK, IMAGE]}
        send(external_userid=["wmB", "wmA"], **body)
        (task,) = mock.assert_sent(
            to=["wmA", "wmB"],
            text="新品上市",
            sender="zhangsan",
            chat_type="single",
            attachments=[Link(title="标题", url="https://example.com"), IMAGE],
        )
        assert task is mock.tasks[0]
        mock.assert_sent(text=re.compile("上市$"), times=None)
        mock.assert_sent()
        whole = LinkAttachment(link=Link(title="标题", url="https://example.com"))
        mock.assert_sent(attachments=(whole, Image(media_id="M1")))

    def test_whom_it_reaches_counts_and_not_how_they_were_named(self, mock: WeComMock, send: Send) -> None:
        send(tag_filter={"group_list": [{"tag_list": ["vip"]}]}, sender="zhangsan", text={"content": "a"})
        mock.assert_sent(to="wmA", text="a")
        send(sender="zhangsan", text={"content": "b"})
        mock.assert_sent(to={"wmA", "wmB"}, text="b")
        send(chat_type="group", sender="zhangsan", text={"content": "c"})
        mock.assert_sent(to="wrA", text="c", chat_type="group", attachments=[])
        send(external_userid=["wmA", "wmC"], sender="zhangsan", text={"content": "d"})
        mock.assert_sent(to="wmA", text="d")

    def test_a_message_that_differs_is_shown_with_the_difference(self, mock: WeComMock, send: Send) -> None:
        send(external_userid=["wmA", "wmC"], sender="zhangsan", text={"content": "新品上市啦"})
        said = told(
            lambda: mock.assert_sent(to=["wmB", "wmC"], text="新品上市", sender="lisi", chat_type="group")
        )
        assert said.splitlines() == [
            "no message like this was sent:",
            "  to         wmB, wmC",
            "  text       '新品上市'",
            "  sender     lisi",
            "  chat_type  group",
            "nearest call of add_msg_template:",
            "  call 2, accepted:",
            "    to  lacks wmB, wmC (wmC in its fail_list); has wmA besides",
            "    text  '新品上市啦' instead of '新品上市', from character 5",
            "    sender  zhangsan instead of lisi",
            "    chat_type  single instead of group",
        ]

    def test_the_nearest_calls_come_first_and_no_more_than_three(self, mock: WeComMock, send: Send) -> None:
        for text in ("a", "b", "c"):
            send(external_userid=["wmA"], sender="zhangsan", text={"content": text})
        send(external_userid=["wmB"], sender="zhangsan", text={"content": "x"})
        said = told(lambda: mock.assert_sent(to="wmB", text="c"))
        assert said.splitlines()[3:] == [
            "nearest of 4 calls of add_msg_template:",
            "  call 8, accepted:",
            "    text  'x' instead of 'c', from character 1",
            "  call 6, accepted:",
            "    to  lacks wmB; has wmA besides",
            "  call 4, accepted:",
            "    to  lacks wmB; has wmA besides",
            "    text  'b' instead of 'c', from character 1",
        ]

    def test_how_attachments_differ(self, mock: WeComMock, send: Send) -> None:
        send(sender="zhangsan", attachments=[LINK, IMAGE])
        other = {"msgtype": "link", "link": {"title": "标题", "url": "https://example.org", "desc": "x"}}
        said = told(lambda: mock.assert_sent(attachments=[other]))
        url = "attachments[0].link.url  'https://example.com' instead of 'https://example.org', from character 17"
        assert said.splitlines() == [
            "no message like this was sent:",
            f"  attachments  [{other!r}]",
            "nearest call of add_msg_template:",
            "  call 2, accepted:",
            f"    {url}",
            "    attachments[0].link.desc  is not there; expected 'x'",
            f"    attachments[1]  is there besides: {IMAGE!r}",
        ]

    @pytest.mark.parametrize(
        ("sent", "wanted", "how"),
        [
            (1, True, "attachments[0].a  1 instead of True"),
            (True, 1, "attachments[0].a  True instead of 1"),
            (None, "x", "attachments[0].a  None instead of 'x'"),
            ("x", None, "attachments[0].a  'x' instead of None"),
            ({"b": 1}, [1], "attachments[0].a  {'b': 1} instead of [1]"),
            ([1], {"b": 1}, "attachments[0].a  [1] instead of {'b': 1}"),
            ([1], [1, 2], "attachments[0].a[1]  is not there; expected 2"),
            ([1, 2], [1], "attachments[0].a[1]  is there besides: 2"),
            ("ab", "a", "attachments[0].a  'ab' instead of 'a', from character 2"),
            ("a", "ab", "attachments[0].a  'a' instead of 'ab', from character 2"),
            ("", "a", "attachments[0].a  '' instead of 'a', from character 1"),
            ({"c": "x" * 298}, {}, f"attachments[0].a.c  is there besides: {'x' * 298!r}"),
            ({"c": "x" * 299}, {}, f"attachments[0].a.c  is there besides: '{'x' * 299}…"),
        ],
    )
    def test_how_values_differ(self, mock: WeComMock, send: Send, sent: Any, wanted: Any, how: str) -> None:
        send(sender="zhangsan", attachments=[{"a": sent}])
        said = told(lambda: mock.assert_sent(attachments=[{"a": wanted}])).splitlines()
        assert said[3:] == [
            "  call 2, refused with 40008, attachments.msgtype.required at attachments[0].msgtype:",
            f"    {how}",
        ]

    def test_a_long_text_is_shown_where_it_differs(self, mock: WeComMock, send: Send) -> None:
        send(sender="zhangsan", text={"content": "a" * 500 + "b"})
        said = told(lambda: mock.assert_sent(text="a" * 500 + "c"))
        differ = "'…" + "a" * 20 + "b' instead of '…" + "a" * 20 + "c', from character 501"
        assert said.splitlines()[-1] == f"    text  {differ}"
        said = told(lambda: mock.assert_sent(text="a" * 20 + "c"))
        differ = f"'{'a' * 60}' instead of '{'a' * 20}c', from character 21"
        assert said.splitlines()[-1] == f"    text  {differ}"
        said = told(lambda: mock.assert_sent(text="a" * 21 + "c" * 100))
        differ = f"'…{'a' * 60}' instead of '…{'a' * 20}{'c' * 40}', from character 22"
        assert said.splitlines()[-1] == f"    text  {differ}"
        said = told(lambda: mock.assert_sent(text=re.compile("zz")))
        assert said.splitlines() == [
            "no message like this was sent:",
            "  text  with /zz/ in it",
            "nearest call of add_msg_template:",
            "  call 2, accepted:",
            f"    text  '{'a' * 500}b' has no /zz/ in it",
        ]

    def test_a_message_without_text_and_a_long_list_of_recipients(self, mock: WeComMock, send: Send) -> None:
        ids = [f"wm{number}" for number in range(9)]
        mock.company.member("zhangsan").customers(ids)
        send(external_userid=[*ids, "wmX"], sender="zhangsan", attachments=[LINK])
        said = told(lambda: mock.assert_sent(to=["wmX"], text="a")).splitlines()
        assert said == [
            "no message like this was sent:",
            "  to    wmX",
            "  text  'a'",
            "nearest call of add_msg_template:",
            "  call 2, accepted:",
            "    to  lacks wmX (wmX in its fail_list); has wm0, wm1, wm2, wm3, wm4, wm5, wm6, wm7 and 1 more besides",
            "    text  none instead of 'a'",
        ]
        said = told(lambda: mock.assert_sent(to=ids[:8], text=re.compile("a"))).splitlines()
        assert said[1] == "  to    wm0, wm1, wm2, wm3, wm4, wm5, wm6, wm7"
        assert said[-2:] == ["    to  has wm8 besides", "    text  None has no /a/ in it"]
        assert told(lambda: mock.assert_sent(to=[])).splitlines()[1] == "  to  nobody"

    def test_a_call_that_got_a_page(self, mock: WeComMock, send: Send) -> None:
        mock.state.faults.add(Fault("html-502", "add_msg_template"))
        send(text={"content": "a"})
        assert told(lambda: mock.assert_sent(sender="zhangsan", text="a")).splitlines()[3:] == [
            "nearest call of add_msg_template:",
            "  call 2, answered with HTTP 502:",
            "    sender  none instead of zhangsan",
        ]

    def test_a_refused_call_is_not_sent_and_says_why(self, mock: WeComMock, send: Send) -> None:
        send(external_userid=["wmA"], sender="zhangsan", text={"content": ""})
        said = told(lambda: mock.assert_sent(to="wmA", text=""))
        assert said.splitlines() == [
            "no message like this was sent:",
            "  to    wmA",
            "  text  ''",
            "nearest call of add_msg_template:",
            "  call 2, refused with 40058, text.content.empty at text.content:",
            "    the same, but it was not accepted",
        ]
        send(external_userid=["wmA"], sender="nobody", text={"content": "a"})
        said = told(lambda: mock.assert_sent(text="b"))
        assert said.splitlines()[3] == "  call 4, refused with 60111, sender.unknown:"
        send(chat_type="group", chat_id_list=["wrA", "wrX"], text={"content": "b"})
        said = told(lambda: mock.assert_sent(to="wrA", text="b"))
        assert said.splitlines()[4:6] == [
            "  call 6, refused with 40058, sender.required-for-group at sender:",
            "    to  has wrX besides",
        ]
        send(sender="zhangsan")
        said = told(lambda: mock.assert_sent(text="b"))
        assert "  call 8, refused with 40063, message.content.required at the body:" in said.splitlines()

    def test_how_many_times(self, mock: WeComMock, send: Send) -> None:
        mock.assert_sent(text="a", times=0)
        send(sender="zhangsan", text={"content": "a"})
        assert told(lambda: mock.assert_sent(text="a", times=0)) == (
            "1 message like this was sent (call 2), none expected:\n  text  'a'"
        )
        send(sender="zhangsan", text={"content": "a"})
        assert told(lambda: mock.assert_sent(text="a")) == (
            "2 messages like this were sent (calls 2, 4), 1 expected:\n  text  'a'"
        )
        assert len(mock.assert_sent(text="a", times=2)) == len(mock.assert_sent(times=None)) == 2
        with pytest.raises(ValueError, match=r"^times is a count, or None for one or more$"):
            mock.assert_sent(times=-1)

    def test_no_call_at_all(self, mock: WeComMock) -> None:
        assert told(mock.assert_sent) == (
            "no message was sent\nno call reached the mock at all: does the code under test use its base_url?"
        )
        Caller(mock.state, mock.clock).token()
        Caller(mock.state, mock.clock).send("GET", "/else")
        Caller(mock.state, mock.clock).token()
        assert told(mock.assert_sent) == (
            "no message was sent\nthere was no call of add_msg_template, only of: gettoken, /else"
        )

    def test_a_log_that_is_full_says_so(self, mock: WeComMock, send: Send) -> None:
        mock.state.calls = CallLog(limit=1)
        for text in ("a", "b"):
            send(sender="zhangsan", text={"content": text})
        full = "(the log is full: the first {} calls are not in it any more)"
        assert told(lambda: mock.assert_sent(text="a")).splitlines()[-1] == full.format(3)
        assert told(mock.assert_nothing_sent).splitlines()[-1] == full.format(3)
        mock.state.calls = CallLog(limit=1)
        Caller(mock.state, mock.clock).token()
        mock.assert_nothing_sent()
        Caller(mock.state, mock.clock).token()
        assert told(mock.assert_nothing_sent) == (
            f"whether nothing was sent can't be told:\n{full.format(1)}"
        )


class TestNothingSent:
    def test_refusals_and_reads_send_nothing(self, mock: WeComMock, send: Send) -> None:
        mock.assert_nothing_sent()
        send(sender="nobody", text={"content": "a"})
        Caller(mock.state, mock.clock).call("externalcontact_list", {"userid": "zhangsan"})
        mock.assert_nothing_sent()

    @pytest.mark.parametrize("operation", ["add_msg_template", "add_moment_task", "send_welcome_msg"])
    def test_what_goes_to_customers_is_shown(self, mock: WeComMock, operation: str) -> None:
        body: dict[str, Any] = {"text": {"content": "新品"}}
        if operation == "add_msg_template":
            body["sender"] = "zhangsan"
        if operation == "send_welcome_msg":
            body["welcome_code"] = mock.welcome_code("zhangsan", "wmA")
        assert Caller(mock.state, mock.clock).call(operation, body).errcode == 0
        said = told(mock.assert_nothing_sent)
        assert said.startswith(f"something was sent:\n  call 2, {operation}: ")
        assert "新品" in said


class TestBrokenRules:
    def test_good_requests_and_refusals_by_the_company_break_none(self, mock: WeComMock, send: Send) -> None:
        send(sender="zhangsan", text={"content": "a"})
        send(sender="nobody", text={"content": "a"})
        mock.assert_no_broken_rules()

    def test_each_is_shown_with_what_was_given_and_what_to_do(self, mock: WeComMock, send: Send) -> None:
        send(
            sender="zhangsan",
            attachments=[{"msgtype": "link", "link": {"title": "标" * 50, "url": "https://a"}}],
        )
        caller = Caller(mock.state, mock.clock)
        caller.send("POST", "/cgi-bin/externalcontact/add_msg", b"")
        caller.call("add_msg_template", b"{")
        caller.send("GET", "/cgi-bin/externalcontact/add_msg_template")
        said = told(mock.assert_no_broken_rules).splitlines()
        assert said[:2] == [
            "requests broke rules of the contract:",
            "  call 2, add_msg_template: link.title.max-bytes",
        ]
        assert "attachments[0].link.title has 150 bytes" in said[2]
        assert said[3].startswith("    → shorten it by 22 bytes")
        assert said[4:] == [
            "  call 3, POST /cgi-bin/externalcontact/add_msg: no operation of the contract",
            "  call 5, add_msg_template: body.json",
            "  call 6, add_msg_template: request.method",
        ]


class TestPeople:
    def test_everybody_or_one_confirms(self, mock: WeComMock, send: Send) -> None:
        msgid = send(external_userid=["wmA", "wmC"], text={"content": "a"}).body["msgid"]
        mock.confirm(msgid, "lisi")
        task = mock.confirm(msgid)
        assert {one.userid: one.status for one in task.assignments.values()} == {"zhangsan": 2, "lisi": 2}
        with pytest.raises(ValueError, match=f"^nobody is left who could confirm {msgid}$"):
            mock.confirm(msgid)

    def test_who_refused_does_not_confirm_and_who_ignored_may(self, mock: WeComMock, send: Send) -> None:
        msgid = send(external_userid=["wmA", "wmC"], text={"content": "a"}).body["msgid"]
        mock.refuse(msgid, "lisi")
        mock.ignore(msgid)
        rows = Caller(mock.state, mock.clock).call("get_groupmsg_task", {"msgid": msgid}).body["task_list"]
        assert [(row["userid"], row["status"]) for row in rows] == [("zhangsan", 0), ("lisi", 0)]
        mock.confirm(msgid)
        rows = Caller(mock.state, mock.clock).call("get_groupmsg_task", {"msgid": msgid}).body["task_list"]
        assert [(row["userid"], row["status"]) for row in rows] == [("zhangsan", 2), ("lisi", 0)]
        with pytest.raises(ValueError, match=f"^lisi refused {msgid}$"):
            mock.confirm(msgid, "lisi")
        with pytest.raises(ValueError, match=f"^nobody is left who could confirm {msgid}$"):
            mock.ignore(msgid)

    def test_a_task_that_is_not_there(self, mock: WeComMock, send: Send) -> None:
        with pytest.raises(LookupError, match=r"^no task msgX; the last ones: none$"):
            mock.confirm("msgX")
        msgid = send(sender="zhangsan", text={"content": "a"}).body["msgid"]
        with pytest.raises(LookupError, match=f"^no task msgX; the last ones: {msgid}$"):
            mock.refuse("msgX")
        with pytest.raises(LookupError, match=f"^lisi has no task {msgid}$"):
            mock.confirm(msgid, "lisi")
        with pytest.raises(TypeError, match=r"^a msgid is text, not Task: say task\.msgid$"):
            mock.confirm(mock.tasks[0])  # type: ignore[arg-type]

    def test_time_counts_for_what_people_do(self, mock: WeComMock, send: Send) -> None:
        msgid = send(sender="zhangsan", text={"content": "a"}).body["msgid"]
        mock.clock.move(hours=1)
        task = mock.confirm(msgid)
        assert task.assignments["zhangsan"].send_time == 1795320000 + 3600
        code = mock.welcome_code("zhangsan", "wmA")
        mock.clock.move(20)
        late = Caller(mock.state, mock.clock).call(
            "send_welcome_msg", {"welcome_code": code, "text": {"content": "hi"}}
        )
        assert late.reason == "welcome_code.late"

    def test_a_customer_leaves_and_a_moment_is_published(self, mock: WeComMock) -> None:
        mock.unfriend("zhangsan", "wmA")
        assert "wmA" not in mock.state.company.customers
        caller = Caller(mock.state, mock.clock)
        job = caller.call("add_moment_task", {"text": {"content": "a"}}).body["jobid"]
        moment = caller.call("get_moment_task_result", {"jobid": job}).body["result"]["moment_id"]
        assert mock.publish_moment(moment, "zhangsan").published["zhangsan"] == ("wmB",)
