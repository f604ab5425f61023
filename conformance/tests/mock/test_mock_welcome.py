"""Welcome messages: codes that are good once and for 20 seconds, and the templates for customer groups."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from wecom_mock import Settings, State
from wecom_mock.caller import Answer, Caller
from wecom_mock.server import MockServer
from wecom_mock.welcome import TEMPLATES
from wecom_mock.welcome_store import CODE_SECONDS

A, B = "woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA", "wmqfasd1e1927831123109rBAAAA"
OF_LISI = "wmCB22A6F6B4086E3513984E26BD8D4A"
TEXT = {"text": {"content": "您好，很高兴为您服务！"}}
IMAGE = {"media_id": "MEDIA_ID"}
CONTENTS: list[dict[str, Any]] = [
    {"text": {"content": "亲爱的%NICKNAME%用户，你好"}},
    {"image": {"media_id": "MEDIA_ID", "pic_url": "http://p.qpic.cn/pic_wework/1/0"}},
    {
        "text": {"content": "欢迎"},
        "link": {"title": "消息标题", "url": "https://example.link.com/path", "desc": ""},
    },
    {"miniprogram": {"title": "消息标题", "pic_media_id": "MEDIA_ID", "appid": "wx1", "page": "/path/index"}},
    {"text": {}, "file": {"media_id": "MEDIA_ID"}},
    {"video": {"media_id": "MEDIA_ID"}},
]
DONE = {"errcode": 0, "errmsg": "ok"}


def said(answer: Answer) -> tuple[int | None, str, str | None]:
    return answer.errcode, answer.errmsg, answer.reason


INVALID, CHATTING = "invalid welcome code", "externaluser has started chatting"


def add(mock: Any, token: str | None = None, **body: Any) -> str:
    answer = mock.call("group_welcome_template_add", body or TEXT, token=token)
    assert answer.errcode == 0, answer.body
    return str(answer.body["template_id"])


def stored(mock: Any, template_id: str, token: str | None = None) -> dict[str, Any]:
    answer = mock.call("group_welcome_template_get", {"template_id": template_id}, token=token)
    assert answer.errcode == 0, answer.body
    return {name: value for name, value in answer.body.items() if name not in DONE}


class TestSendWelcomeMsg:
    def test_a_new_customer_gets_the_message(self, mock: Any, state: State, clock: Any) -> None:
        code = state.welcome_code("zhangsan", A, clock())
        clock.forward(3)
        body = {
            "welcome_code": code,
            **TEXT,
            "attachments": [{"msgtype": "image", "image": IMAGE}, {"msgtype": "file", "file": IMAGE}],
        }
        assert mock.call("send_welcome_msg", body).body == DONE
        [message] = state.welcome.sent
        assert (message.userid, message.external_userid) == ("zhangsan", A)
        assert (message.body, message.sent) == (body, clock())

    def test_a_code_is_good_for_20_seconds(self, mock: Any, state: State, clock: Any) -> None:
        assert CODE_SECONDS == 20
        body = {"welcome_code": state.welcome_code("zhangsan", A, clock()), **TEXT}
        clock.forward(19.9)
        assert mock.call("send_welcome_msg", body).errcode == 0

        late = {"welcome_code": state.welcome_code("zhangsan", B, clock()), **TEXT}
        clock.forward(20)
        assert said(mock.call("send_welcome_msg", late)) == (41050, INVALID, "welcome_code.late")
        assert [message.external_userid for message in state.welcome.sent] == [A]

    def test_a_code_is_good_once(self, mock: Any, state: State, clock: Any) -> None:
        body = {"welcome_code": state.welcome_code("zhangsan", A, clock()), **TEXT}
        assert mock.call("send_welcome_msg", body).errcode == 0
        assert said(mock.call("send_welcome_msg", body)) == (41050, INVALID, "welcome_code.used")
        clock.forward(60)
        assert said(mock.call("send_welcome_msg", body)) == (41050, INVALID, "welcome_code.used")
        assert len(state.welcome.sent) == 1

    def test_a_used_code_may_be_answered_as_a_chat(self, clock: Any) -> None:
        state = State(settings=Settings(used_welcome_code=41051))
        caller = Caller(state, clock)
        body = {"welcome_code": state.welcome_code("zhangsan", A, clock()), **TEXT}
        assert caller.call("send_welcome_msg", body).errcode == 0
        assert said(caller.call("send_welcome_msg", body)) == (41051, CHATTING, "welcome_code.chatting")

    def test_no_other_value_of_the_setting(self) -> None:
        with pytest.raises(ValueError, match="used_welcome_code"):
            Settings(used_welcome_code=41096)  # type: ignore[arg-type]

    def test_an_unknown_code_is_refused(self, mock: Any, state: State) -> None:
        body = {"welcome_code": "CALLBACK_CODE", **TEXT}
        assert said(mock.call("send_welcome_msg", body)) == (41050, INVALID, "welcome_code.unknown")
        assert state.welcome.sent == []

    def test_the_faster_app_sends(self, mock: Any, state: State, clock: Any) -> None:
        first, second = (state.welcome_code("zhangsan", A, clock()) for _ in range(2))
        assert mock.call("send_welcome_msg", {"welcome_code": second, **TEXT}).errcode == 0
        assert said(mock.call("send_welcome_msg", {"welcome_code": first, **TEXT})) == (
            41051,
            CHATTING,
            "welcome_code.chatting",
        )

    def test_who_talks_already_gets_no_welcome(self, mock: Any, state: State, clock: Any) -> None:
        codes = {one: state.welcome_code("zhangsan", one, clock()) for one in (A, B)}
        state.start_chat("zhangsan", A)
        answer = mock.call("send_welcome_msg", {"welcome_code": codes[A], **TEXT})
        assert said(answer) == (41051, CHATTING, "welcome_code.chatting")
        assert mock.call("send_welcome_msg", {"welcome_code": codes[B], **TEXT}).errcode == 0

        again = state.welcome_code("zhangsan", A, clock())
        assert mock.call("send_welcome_msg", {"welcome_code": again, **TEXT}).errcode == 0

    def test_only_an_app_that_sees_the_member_may_greet(self, mock: Any, state: State, clock: Any) -> None:
        sales = mock.token("demo-sales")
        body = {"welcome_code": state.welcome_code("zhangsan", A, clock()), **TEXT}
        answer = mock.call("send_welcome_msg", body, token=sales)
        assert (answer.errcode, answer.reason) == (60011, "welcome_code.not-visible")
        assert mock.call("send_welcome_msg", body).errcode == 0

        own = {"welcome_code": state.welcome_code("lisi", OF_LISI, clock()), **TEXT}
        assert mock.call("send_welcome_msg", own, token=sales).errcode == 0

    def test_a_refused_request_does_not_use_the_code_up(self, mock: Any, state: State, clock: Any) -> None:
        code = state.welcome_code("zhangsan", A, clock())
        refused = mock.call("send_welcome_msg", {"welcome_code": code})
        assert (refused.errcode, refused.rule) == (40063, "send_welcome_msg.content.required")
        state.fail_next("send_welcome_msg", 41096, "welcome message is being distributed")
        assert mock.call("send_welcome_msg", {"welcome_code": code, **TEXT}).errcode == 41096
        assert mock.call("send_welcome_msg", {"welcome_code": code, **TEXT}).errcode == 0

    @pytest.mark.parametrize("body", [TEXT, {"welcome_code": "", **TEXT}])
    def test_without_a_code(self, mock: Any, body: dict[str, Any]) -> None:
        answer = mock.call("send_welcome_msg", body)
        assert answer.errcode == 41049
        assert answer.rule in (
            "send_welcome_msg.welcome_code.required",
            "send_welcome_msg.welcome_code.empty",
        )
        assert answer.errmsg == "missing welcome code"

    def test_media_is_looked_up_where_that_is_asked_for(self, clock: Any) -> None:
        state = State(settings=Settings(check_media=True))
        caller = Caller(state, clock)
        body: dict[str, Any] = {"welcome_code": state.welcome_code("zhangsan", A, clock())}
        bad = {**body, "attachments": [{"msgtype": "video", "video": {"media_id": "M"}}]}
        good = {**body, "attachments": [{"msgtype": "video", "video": IMAGE}]}
        assert said(caller.call("send_welcome_msg", bad)) == (40007, "invalid media_id", "media.unknown")
        assert caller.call("send_welcome_msg", good).errcode == 0

    def test_a_code_needs_a_customer_of_the_member(self, state: State) -> None:
        with pytest.raises(LookupError, match=f"{OF_LISI} is no customer of zhangsan"):
            state.welcome_code("zhangsan", OF_LISI, 0.0)
        with pytest.raises(LookupError, match="no welcome code of zhangsan"):
            state.start_chat("zhangsan", A)

    def test_a_reset_forgets_codes_and_messages(self, mock: Any, state: State, clock: Any) -> None:
        first = state.welcome_code("zhangsan", A, clock())
        mock.call("send_welcome_msg", {"welcome_code": first, **TEXT})
        add(mock)
        state.reset()
        assert (state.welcome.codes, state.welcome.sent, state.welcome.templates) == ({}, [], {})
        assert state.welcome_code("zhangsan", A, clock()) == first, "ids start over"

    def test_over_a_socket(self) -> None:
        state = State()
        with (
            MockServer(state, clock=lambda: 1795320000.0) as server,
            httpx.Client(base_url=server.base_url) as http,
        ):
            token = http.get("/cgi-bin/gettoken", params={"corpid": "wwdemo", "corpsecret": "demo"}).json()
            params = {"access_token": token["access_token"]}
            body = {"welcome_code": state.welcome_code("zhangsan", A, 1795320000.0), **TEXT}
            answers = [
                http.post("/cgi-bin/externalcontact/send_welcome_msg", params=params, json=body).json()
                for _ in range(2)
            ]
        assert answers[0] == DONE
        assert answers[1]["errcode"] == 41050


class TestGroupTemplates:
    @pytest.mark.parametrize("content", CONTENTS)
    def test_what_was_stored_comes_back(self, mock: Any, content: dict[str, Any]) -> None:
        template_id = add(mock, **content, agentid=1000014)
        assert template_id.startswith("msg")
        assert stored(mock, template_id) == content

    @pytest.mark.parametrize(("notify", "told"), [({}, True), ({"notify": 1}, True), ({"notify": 0}, False)])
    def test_members_are_told_unless_they_are_not_to_be(
        self, mock: Any, state: State, notify: dict[str, int], told: bool
    ) -> None:
        template_id = add(mock, **TEXT, **notify)
        assert state.welcome.templates[template_id].notify is told

    def test_an_edit_gives_the_whole_content(self, mock: Any, state: State, clock: Any) -> None:
        template_id, other = add(mock, **CONTENTS[2]), add(mock)
        clock.forward(5)
        edit = {"template_id": template_id, "image": IMAGE, "agentid": 1000014}
        assert mock.call("group_welcome_template_edit", edit).body == DONE
        assert stored(mock, template_id) == {"image": IMAGE}
        assert stored(mock, other) == TEXT
        assert state.welcome.templates[template_id].edited == clock()

    def test_a_deleted_template_is_gone(self, mock: Any) -> None:
        template_id, other = add(mock), add(mock)
        assert mock.call("group_welcome_template_del", {"template_id": template_id}).body == DONE
        for operation, more in (("get", {}), ("edit", TEXT), ("del", {})):
            answer = mock.call(f"group_welcome_template_{operation}", {"template_id": template_id, **more})
            assert said(answer) == (40037, "invalid template_id", "template_id.unknown")
        assert stored(mock, other) == TEXT

    def test_only_the_app_that_made_it_changes_it(self, mock: Any) -> None:
        sales = mock.token("demo-sales")
        template_id = add(mock)
        for operation, more in (("edit", CONTENTS[1]), ("del", {})):
            body = {"template_id": template_id, **more}
            answer = mock.call(f"group_welcome_template_{operation}", body, token=sales)
            assert (answer.errcode, answer.reason) == (41058, "template_id.other-app")
        assert stored(mock, template_id, sales) == TEXT, "it may be read"
        assert mock.call("group_welcome_template_del", {"template_id": template_id}).errcode == 0

    def test_a_company_has_room_for_100(self, mock: Any, state: State) -> None:
        assert TEMPLATES == 100
        sales, own = mock.token("demo-sales"), mock.token()
        made = [add(mock, sales if number % 2 else own) for number in range(100)]
        assert len(set(made)) == 100
        full = mock.call("group_welcome_template_add", TEXT)
        assert (full.errcode, full.reason) == (41055, "template.too-many")
        assert len(state.welcome.templates) == 100
        assert mock.call("group_welcome_template_edit", {"template_id": made[0], **TEXT}).errcode == 0

        assert mock.call("group_welcome_template_del", {"template_id": made[0]}).errcode == 0
        add(mock)

    def test_several_objects_are_refused_as_are_empty_ones(self, mock: Any, state: State) -> None:
        several = {**TEXT, "image": IMAGE, "video": {"media_id": "MEDIA_ID"}}
        answer = mock.call("group_welcome_template_add", several)
        assert (answer.errcode, answer.rule) == (40058, "group_welcome_template_add.content.one-kind")
        answer = mock.call("group_welcome_template_add", {**TEXT, "image": {}})
        assert (answer.errcode, answer.errmsg) == (40063, "some parameters are empty")
        assert state.welcome.templates == {}

    def test_media_is_looked_up_where_that_is_asked_for(self, clock: Any) -> None:
        caller = Caller(State(settings=Settings(check_media=True)), clock)
        template_id = add(caller, image=IMAGE)
        unknown = {"image": {"media_id": "M"}}
        for operation, more in (("add", {}), ("edit", {"template_id": template_id})):
            answer = caller.call(f"group_welcome_template_{operation}", {**unknown, **more})
            assert said(answer) == (40007, "invalid media_id", "media.unknown")
        assert stored(caller, template_id) == {"image": IMAGE}
