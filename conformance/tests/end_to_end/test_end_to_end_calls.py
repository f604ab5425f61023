"""As another team would use it: the client against the mock, over a real socket, sync and async."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from wecom_client.models import GetGroupmsgTaskRequest, GroupmsgTask
from wecom_contract import rules
from wecom_mock import Settings
from wecom_mock.server import MockServer
from wecom_openapi import (
    AddMsgTemplateRequest,
    AudienceError,
    AudienceNotConfirmed,
    BusyOutcomeUnknown,
    FrequencyLimited,
    IgnoredFieldWarning,
    Image,
    ImageAttachment,
    InvalidArgument,
    InvalidRequest,
    Link,
    MediaError,
    Miniprogram,
    NoCustomers,
    OutcomeUnknown,
    RefusedError,
    TaskCancelled,
    TaskDispatching,
    Text,
)

sys.path.insert(0, str(Path(__file__).parent))  # the ids beside this file

from demo_ids import CREATE, CUSTOMER, GROUP, OF_LISI, OTHER

Invoke = Callable[..., Any]
_BYTES = rules()["text.content.max-bytes"].limit
LONGEST = "标" * (_BYTES // 3) + "a" * (_BYTES % 3)


def test_the_example_of_the_readme(wecom: Invoke, mock: MockServer) -> None:
    task = wecom(
        "add_msg_template",
        sender="zhangsan",
        external_userid=[CUSTOMER],
        text="新品上市",
        attachments=[Image(media_id="MEDIA_ID"), Link(title="消息标题", url="https://example.com")],
    )

    assert task.fail_list == []
    assert mock.state.tasks[task.msgid].body == {
        "sender": "zhangsan",
        "external_userid": [CUSTOMER],
        "text": {"content": "新品上市"},
        "attachments": [
            {"msgtype": "image", "image": {"media_id": "MEDIA_ID"}},
            {"msgtype": "link", "link": {"title": "消息标题", "url": "https://example.com"}},
        ],
    }


def test_keywords_model_and_mapping_make_the_same_task(wecom: Invoke, mock: MockServer) -> None:
    body = {
        "external_userid": [CUSTOMER],
        "text": {"content": "👋 新品上市"},
        "attachments": [{"msgtype": "image", "image": {"media_id": "MEDIA_ID"}}],
    }
    by_keywords = wecom("add_msg_template", **body)
    by_mapping = wecom("add_msg_template", body)
    by_model = wecom(
        "add_msg_template",
        AddMsgTemplateRequest(
            external_userid=[CUSTOMER],
            text=Text(content="👋 新品上市"),
            attachments=[ImageAttachment(image=Image(media_id="MEDIA_ID"))],
        ),
    )

    assert len({by_keywords.msgid, by_mapping.msgid, by_model.msgid}) == 3
    assert [mock.state.tasks[task.msgid].body for task in (by_keywords, by_mapping, by_model)] == [body] * 3


def test_who_cannot_be_reached_is_in_the_fail_list(wecom: Invoke) -> None:
    task = wecom(
        "add_msg_template", sender="zhangsan", external_userid=[CUSTOMER, OF_LISI, "wmNobody"], text="hi"
    )
    assert task.fail_list == [OF_LISI, "wmNobody"]


def test_a_task_from_its_making_to_its_end(wecom: Invoke, mock: MockServer, clock: Any) -> None:
    task = wecom("add_msg_template", sender="zhangsan", external_userid=[CUSTOMER, OTHER], text="hi")

    [member] = wecom("get_groupmsg_task", msgid=task.msgid).task_list
    assert isinstance(member, GroupmsgTask)
    assert (member.userid, member.status) == ("zhangsan", 0)

    wecom("remind_groupmsg_send", msgid=task.msgid)
    clock.now += 60
    mock.state.confirm(task.msgid, "zhangsan", clock.now)

    [member] = wecom("get_groupmsg_task", GetGroupmsgTaskRequest(msgid=task.msgid)).task_list
    assert (member.status, member.send_time) == (2, int(clock.now))
    first = wecom("get_groupmsg_send_result", msgid=task.msgid, userid="zhangsan", limit=1)
    rest = wecom(
        "get_groupmsg_send_result", msgid=task.msgid, userid="zhangsan", limit=1, cursor=first.next_cursor
    )
    sent = [row.to_dict() for page in (first, rest) for row in page.send_list]
    assert [(row["external_userid"], row["status"]) for row in sent] == [(CUSTOMER, 1), (OTHER, 1)]
    assert rest.next_cursor == ""

    wecom("cancel_groupmsg_send", msgid=task.msgid)
    with pytest.raises(TaskCancelled) as caught:
        wecom("get_groupmsg_task", msgid=task.msgid)
    assert caught.value.errcode == 41093


def test_a_group_task(wecom: Invoke, mock: MockServer) -> None:
    task = wecom(
        "add_msg_template",
        chat_type="group",
        sender="zhangsan",
        chat_id_list=[GROUP, "wrNone"],
        text="群公告",
    )

    assert task.fail_list == ["wrNone"]
    assert mock.state.tasks[task.msgid].chat_type == "group"


@pytest.mark.parametrize(
    ("body", "error", "code"),
    [
        ({"external_userid": ["wmNobody"]}, NoCustomers, 84061),
        ({"external_userid": [OF_LISI], "sender": "zhangsan"}, AudienceError, 41048),
        ({"external_userid": [CUSTOMER], "sender": "nobody"}, InvalidArgument, 60111),
        ({"tag_filter": {"group_list": [{"tag_list": ["etNone"]}]}}, AudienceError, 40068),
        ({"chat_type": "group", "sender": "zhangsan", "chat_id_list": ["wrNone"]}, AudienceError, 41048),
    ],
)
def test_a_business_error_is_its_class(
    wecom: Invoke, body: dict[str, Any], error: type[RefusedError], code: int
) -> None:
    with pytest.raises(error) as caught:
        wecom("add_msg_template", {**body, "text": {"content": "hi"}})

    assert (caught.value.errcode, caught.value.effect, caught.value.operation) == (
        code,
        "none",
        "add_msg_template",
    )
    assert caught.value.page == CREATE.page
    assert caught.value.hint is not None
    assert not isinstance(caught.value, OutcomeUnknown)


@pytest.mark.parametrize("mock", [Settings(check_media=True, dispatch_seconds=5.0)], indirect=True)
def test_media_and_dispatching(wecom: Invoke, clock: Any) -> None:
    with pytest.raises(MediaError):
        wecom("add_msg_template", external_userid=[CUSTOMER], attachments=[Image(media_id="OTHER")])
    task = wecom("add_msg_template", external_userid=[CUSTOMER], text="hi")
    with pytest.raises(TaskDispatching):
        wecom("get_groupmsg_task", msgid=task.msgid)
    clock.now += 5
    assert len(wecom("get_groupmsg_task", msgid=task.msgid).task_list) == 1


def test_the_fourth_reminder_is_too_often(wecom: Invoke) -> None:
    task = wecom("add_msg_template", external_userid=[CUSTOMER], text="hi")
    for _ in range(3):
        wecom("remind_groupmsg_send", msgid=task.msgid)
    with pytest.raises(FrequencyLimited):
        wecom("remind_groupmsg_send", msgid=task.msgid)


def test_busy_after_a_write_is_an_unknown_outcome_and_after_a_read_is_not(
    wecom: Invoke, mock: MockServer
) -> None:
    mock.state.fail_next("add_msg_template", -1)
    with pytest.raises(BusyOutcomeUnknown):
        wecom("add_msg_template", external_userid=[CUSTOMER], text="hi")
    mock.state.fail_next("get_groupmsg_task", -1)
    with pytest.raises(RefusedError) as caught:
        wecom("get_groupmsg_task", msgid="msg1")
    assert not isinstance(caught.value, OutcomeUnknown)


@pytest.mark.parametrize(
    ("body", "rules"),
    [
        ({"text": {"content": ""}, "external_userid": [CUSTOMER]}, ["text.content.empty"]),
        ({"text": {"content": LONGEST + "a"}, "external_userid": [CUSTOMER]}, ["text.content.max-bytes"]),
        (
            {"text": {"content": "x"}, "externalUserid": [CUSTOMER], "sender": "zhangsan"},
            ["body.unknown-field"],
        ),
        (
            {"external_userid": [CUSTOMER], "chat_type": "Single", "allow_select": "yes"},
            ["chat_type.enum", "allow_select.type", "message.content.required"],
        ),
    ],
)
def test_a_broken_request_never_leaves(
    wecom: Invoke, mock: MockServer, body: dict[str, Any], rules: list[str]
) -> None:
    with pytest.raises(InvalidRequest) as caught:
        wecom("add_msg_template", body)
    assert {one.rule for one in caught.value.violations} == set(rules)
    assert not mock.state.tokens, "not even for a token"


@pytest.mark.parametrize(
    ("fields", "who"),
    [
        ({"sender": "zhangsan"}, "every customer of the member zhangsan"),
        ({"chat_type": "group", "sender": "wangwu"}, "every customer group of the member wangwu"),
    ],
)
def test_everyone_is_only_reached_on_purpose(
    wecom: Invoke, mock: MockServer, fields: dict[str, Any], who: str
) -> None:
    with pytest.raises(AudienceNotConfirmed, match=who):
        wecom("add_msg_template", text="hi", **fields)
    assert not mock.state.tasks
    task = wecom("add_msg_template", text="hi", to_all=True, **fields)
    assert mock.state.tasks[task.msgid].fail_list == []


def test_an_ignored_field_is_told_and_sent(wecom: Invoke, mock: MockServer) -> None:
    with pytest.warns(IgnoredFieldWarning, match="chat_id_list"):
        task = wecom("add_msg_template", external_userid=[CUSTOMER], chat_id_list=[GROUP], text="hi")
    assert mock.state.tasks[task.msgid].chat_type == "single"


def test_a_large_message_comes_through(wecom: Invoke, mock: MockServer) -> None:
    """All of the limits at once: recipients, bytes of text, attachments."""
    strangers = rules()["external_userid.max-items"].limit - 1
    card = {
        "title": "😀" * (rules()["miniprogram.title.max-bytes"].limit // 4),
        "pic_media_id": "m",
        "appid": "a",
        "page": "p",
    }
    body = {
        "external_userid": [CUSTOMER, *(f"wm{number:030}" for number in range(strangers))],
        "text": {"content": LONGEST},
        "attachments": [{"msgtype": "miniprogram", "miniprogram": card}]
        * rules()["attachments.max-items"].limit,
    }
    task = wecom("add_msg_template", body)
    assert len(task.fail_list) == strangers
    assert mock.state.tasks[task.msgid].body == body


def test_models_of_every_kind_go_over_the_wire(wecom: Invoke, mock: MockServer) -> None:
    card = Miniprogram(title="小程序", pic_media_id="m", appid="wx1", page="/index")
    task = wecom("add_msg_template", external_userid=[CUSTOMER], attachments=[card])
    assert mock.state.tasks[task.msgid].body["attachments"] == [
        {"msgtype": "miniprogram", "miniprogram": card.to_dict()}
    ]
