"""Broken rules on the wire: errcode, the server's wording, the hint, the mock's own headers."""

from __future__ import annotations

import re
from typing import Any

import pytest

from wecom_contract import OPERATIONS, rules

TEXT, TITLE, ATTACHMENTS, CHATS = (
    rules()[name].limit
    for name in (
        "text.content.max-bytes",
        "link.title.max-bytes",
        "attachments.max-items",
        "chat_id_list.max-items",
    )
)
BASE: dict[str, Any] = {"sender": "zhangsan", "text": {"content": "x"}}
LINK = {"title": "t", "url": "https://example.com"}
SUFFIX = ". invalid Request Parameter"


def with_attachment(**attachment: Any) -> dict[str, Any]:
    """The attachment stands at index 1, so that a path with an index tells where."""
    return {**BASE, "attachments": [{"msgtype": "file", "file": {"media_id": "M"}}, attachment]}


def with_link(**fields: Any) -> dict[str, Any]:
    return with_attachment(msgtype="link", link={**LINK, **fields})


REFUSED: list[tuple[Any, int, str, str, str]] = [
    ({"sender": "zhangsan"}, 40063, "some parameters are empty", "message.content.required", ""),
    (
        {"text": {"content": "x"}},
        40063,
        "some parameters are empty",
        "audience.required-for-single",
        "",
    ),
    (
        with_attachment(msgtype="image", image={}),
        40063,
        "some parameters are empty",
        "image.source.required",
        "attachments[1].image",
    ),
    ({**BASE, "sender": ""}, 40058, "field sender unexpected empty string", "sender.empty", "sender"),
    (
        {**BASE, "text": {"content": ""}},
        40058,
        "field text.content unexpected empty string",
        "text.content.empty",
        "text.content",
    ),
    (
        {**BASE, "text": {"content": "汉" * (TEXT // 3) + "abc"}},
        40058,
        f"text.content exceed max length {TEXT}{SUFFIX}",
        "text.content.max-bytes",
        "text.content",
    ),
    (
        with_link(title="汉" * (TITLE // 3 + 1)),
        40058,
        f"attachments.link.title exceed max length {TITLE}{SUFFIX}",
        "link.title.max-bytes",
        "attachments[1].link.title",
    ),
    (
        with_link(url="example.com"),
        45034,
        "attachments.link.url need protocol header",
        "link.url.scheme",
        "attachments[1].link.url",
    ),
    (
        {**BASE, "attachments": [{"msgtype": "link", "link": LINK}] * (ATTACHMENTS + 1)},
        41064,
        f"field `attachments` expect array size in [0, {ATTACHMENTS}]{SUFFIX}",
        "attachments.max-items",
        "attachments",
    ),
    (
        {**BASE, "chat_id_list": ["wr"] * (CHATS + 1)},
        40058,
        f"field `chat_id_list` expect array size in [0, {CHATS}]{SUFFIX}",
        "chat_id_list.max-items",
        "chat_id_list",
    ),
    (
        {**BASE, "tag_filter": {"group_list": [{"tag_list": []}]}},
        40058,
        f"field `tag_filter.group_list.tag_list` expect array size at least 1{SUFFIX}",
        "tag_filter.group.tag_list.min-items",
        "tag_filter.group_list[0].tag_list",
    ),
    ({**BASE, "chat_type": "both"}, 40058, "chat_type invalid", "chat_type.enum", "chat_type"),
    (
        with_attachment(msgtype="voice", voice={}),
        41065,
        "attachments.msgtype invalid",
        "attachments.msgtype.enum",
        "attachments[1].msgtype",
    ),
    (
        with_attachment(link=LINK),
        40008,
        "invalid param 'attachments.msgtype'",
        "attachments.msgtype.required",
        "attachments[1].msgtype",
    ),
    (
        with_attachment(msgtype="link"),
        40058,
        "invalid param 'attachments.link'",
        "attachments.link.required",
        "attachments[1].link",
    ),
    (
        {**BASE, "externalUserid": []},
        40058,
        "invalid param 'externalUserid'",
        "body.unknown-field",
        "externalUserid",
    ),
    (
        {**BASE, "external_userid": "wm1"},
        40058,
        "Warning: wrong json format. invalid param 'external_userid'",
        "external_userid.type",
        "external_userid",
    ),
    (
        {**with_link(), "text": None},
        40058,
        "Warning: wrong json format. invalid param 'text'",
        "text.type",
        "text",
    ),
    ([], 40058, "Warning: wrong json format. invalid Request Parameter", "body.type", ""),
    (
        {"chat_type": "group", "text": {"content": "x"}},
        40058,
        "invalid param 'sender'",
        "sender.required-for-group",
        "sender",
    ),
]


@pytest.mark.parametrize(
    ("body", "errcode", "errmsg", "rule", "path"), REFUSED, ids=[row[3] for row in REFUSED]
)
def test_a_broken_rule_is_answered_in_the_servers_words(
    mock: Any, state: Any, body: Any, errcode: int, errmsg: str, rule: str, path: str
) -> None:
    answer = mock.call("add_msg_template", body)
    assert (answer.errcode, answer.errmsg) == (errcode, errmsg)
    assert (answer.rule, answer.path) == (rule, path)
    assert "msgid" not in answer.body
    assert state.tasks == {}


ACCEPTED: list[Any] = [
    {**BASE, "text": {"content": "汉" * 1333 + "a"}},
    with_link(title="汉" * 42 + "ab"),
    with_link(url="x:"),
    with_link(desc="", picurl=""),
    {**BASE, "attachments": [{"msgtype": "link", "link": LINK}] * 9},
    {**BASE, "chat_id_list": ["wr"] * 2000},
    {**BASE, "attachments": []},
    {**BASE, "tag_filter": {}},
    with_attachment(msgtype="image", image={"pic_url": "http://p.qpic.cn/a"}),
    {"chat_type": "group", **BASE},
    {"sender": "zhangsan", "text": {}, "attachments": [{"msgtype": "link", "link": LINK}]},
]


@pytest.mark.parametrize("body", ACCEPTED)
def test_the_other_side_of_the_boundary_is_accepted(mock: Any, body: Any) -> None:
    assert mock.call("add_msg_template", body).errcode == 0


@pytest.mark.parametrize(
    ("operation", "body", "errcode", "errmsg", "rule"),
    [
        ("get_groupmsg_task", {}, 41046, "missing group msg id", "get_groupmsg_task.msgid.required"),
        (
            "remind_groupmsg_send",
            {"msgid": ""},
            41046,
            "missing group msg id",
            "remind_groupmsg_send.msgid.empty",
        ),
        ("cancel_groupmsg_send", {}, 41046, "missing group msg id", "cancel_groupmsg_send.msgid.required"),
        (
            "get_groupmsg_task",
            {"msgid": "m", "limit": 0},
            40058,
            "limit invalid",
            "get_groupmsg_task.limit.min",
        ),
        (
            "get_groupmsg_task",
            {"msgid": "m", "limit": 1001},
            40058,
            "limit invalid",
            "get_groupmsg_task.limit.max",
        ),
        (
            "get_groupmsg_task",
            {"msgid": "m", "msgcursorid": "C"},
            40058,
            "invalid param 'msgcursorid'",
            "get_groupmsg_task.body.unknown-field",
        ),
        (
            "get_groupmsg_send_result",
            {"msgid": "m", "userId": "zhangsan"},
            40058,
            None,
            None,
        ),
        (
            "remind_groupmsg_send",
            {"msgid": 7},
            40058,
            "Warning: wrong json format. invalid param 'msgid'",
            "remind_groupmsg_send.msgid.type",
        ),
    ],
)
def test_the_other_operations_keep_their_rules(
    mock: Any, operation: str, body: Any, errcode: int, errmsg: str | None, rule: str | None
) -> None:
    answer = mock.call(operation, body)
    assert answer.errcode == errcode
    if rule is None:
        assert answer.rule in {
            "get_groupmsg_send_result.userid.required",
            "get_groupmsg_send_result.body.unknown-field",
        }
    else:
        assert (answer.errmsg, answer.rule) == (errmsg, rule)


def test_an_error_has_the_hint_the_address_and_the_link(mock: Any) -> None:
    answer = mock.call("add_msg_template", {"sender": "zhangsan"})
    assert re.fullmatch(
        r"some parameters are empty, hint: \[1795320000_\d{1,2}_[0-9a-f]{32}\], from ip: 127\.0\.0\.1, "
        r"more info at https://open\.work\.weixin\.qq\.com/devtool/query\?e=40063",
        answer.body["errmsg"],
    )


def test_every_error_has_a_hint_of_its_own(mock: Any) -> None:
    hints = {mock.call("add_msg_template", {}).body["errmsg"] for _ in range(200)}
    assert len(hints) == 200


def test_headers_of_an_error_and_of_a_success(mock: Any) -> None:
    error = mock.call("add_msg_template", {"sender": "zhangsan"}).headers
    assert error["server"] == "nginx"
    assert error["error-code"] == "40063"
    assert error["error-msg"] == "some parameters are empty"
    assert error["x-w-no"].isdigit()
    assert error["x-mock-rule"] == "message.content.required; path="
    success = mock.call("add_msg_template", BASE).headers
    assert success["server"] == "nginx"
    assert not {"error-code", "error-msg", "x-mock-rule", "x-mock-reason"} & set(success)


@pytest.mark.parametrize(
    "name", ["收件人", "a\r\nX-Evil: 1", "a%0d%0ab", "💥" * 1000, "", " ", "[3]", "\x7f"]
)
def test_a_field_name_from_outside_is_made_safe_for_a_header(mock: Any, name: str) -> None:
    answer = mock.call("add_msg_template", {**BASE, name: 1})
    assert answer.rule == "body.unknown-field"
    assert "x-evil" not in answer.headers
    # 200 characters of 4 bytes, each byte as %XX.
    assert len(answer.headers["x-mock-rule"]) <= len("body.unknown-field; path=") + 200 * 12
    assert len(answer.headers["error-msg"]) <= 200 * 12


def test_warnings_of_the_contract_are_told_in_a_header_of_a_success(mock: Any) -> None:
    answer = mock.call(
        "add_msg_template",
        {**BASE, "external_userid": ["woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA"], "chat_id_list": ["wr"]},
    )
    assert answer.errcode == 0
    assert answer.warnings == ("chat_id_list.ignored-for-single",)
    assert (
        mock.call(
            "add_msg_template", {**BASE, "external_userid": answer.body["fail_list"] or ["wmx"]}
        ).warnings
        == ()
    )


@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_an_injected_error_is_answered_as_often_as_asked_and_has_no_effect(
    mock: Any, state: Any, clock: Any, operation: str
) -> None:
    task = mock.call("add_msg_template", BASE).body["msgid"]
    template = mock.call("group_welcome_template_add", {"text": {"content": "x"}}).body["template_id"]
    code = state.welcome_code("zhangsan", "woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA", clock())
    jobid = mock.call("add_moment_task", {"text": {"content": "x"}}).body["jobid"]
    [moment] = state.moments.by_id
    state.publish_moment(moment, "zhangsan", clock())
    bodies: dict[str, Any] = {
        "gettoken": {"corpid": "wwdemo", "corpsecret": "demo"},
        "add_msg_template": BASE,
        "get_groupmsg_list_v2": {"start_time": 1795310000, "end_time": 1795320000},
        "get_groupmsg_send_result": {"msgid": task, "userid": "zhangsan"},
        "externalcontact_list": {"userid": "zhangsan"},
        "batch_get_by_user": {"userid_list": ["zhangsan"]},
        "groupchat_list": {"limit": 1},
        "get_corp_tag_list": {},
        "send_welcome_msg": {"welcome_code": code, "text": {"content": "x"}},
        "group_welcome_template_add": {"text": {"content": "x"}},
        "group_welcome_template_edit": {"template_id": template, "text": {"content": "x"}},
        "group_welcome_template_get": {"template_id": template},
        "group_welcome_template_del": {"template_id": template},
        "media_upload": {"type": "file", "media": {"filename": "a.txt", "filelength": 6}},
        "media_uploadimg": {"media": {"filename": "a.jpg", "filelength": 6}},
        "add_moment_task": {"text": {"content": "x"}},
        "get_moment_task_result": {"jobid": jobid},
        "get_moment_list": {"start_time": 1, "end_time": 2},
        "get_moment_task": {"moment_id": moment},
        "get_moment_send_result": {"moment_id": moment, "userid": "zhangsan"},
        "cancel_moment_task": {"moment_id": moment},
    }
    bodies["get_suite_token"] = {
        "suite_id": "wwdemosuite",
        "suite_secret": "demo-suite",
        "suite_ticket": "demo-ticket",
    }
    bodies["get_corp_token"] = {"auth_corpid": "wwdemo", "permanent_code": "demo-permanent"}
    body = bodies.get(operation, {"msgid": task})
    token = mock.suite_token() if operation == "get_corp_token" else mock.token()
    state.fail_next(operation, -1, times=2)
    state.fail_next(operation, 45009, "api freq out of limit")
    answers = [mock.call(operation, body, token=token) for _ in range(4)]
    assert [one.errcode for one in answers] == [-1, -1, 45009, 0]
    assert [one.errmsg for one in answers[:3]] == ["system error", "system error", "api freq out of limit"]
    assert {one.reason for one in answers[:3]} == {"injected"}
    assert len(state.tasks) == (2 if operation == "add_msg_template" else 1)
    assert not state.tasks[task].cancelled or operation == "cancel_groupmsg_send"
    assert len(state.moments.by_id) == len(state.moments.jobs) == (2 if operation == "add_moment_task" else 1)
    assert not state.moments.by_id[moment].cancelled or operation == "cancel_moment_task"


@pytest.mark.parametrize("errcode", [-(2**31), 2**31 - 1, 1])
def test_any_32_bit_errcode_but_0_can_be_injected(mock: Any, state: Any, errcode: int) -> None:
    state.fail_next("add_msg_template", errcode)
    assert mock.call("add_msg_template", BASE).errcode == errcode


def test_a_refused_call_does_not_use_up_an_injected_error(mock: Any, state: Any) -> None:
    state.fail_next("add_msg_template", -1)
    assert mock.call("add_msg_template", {}).errcode == 40063
    assert mock.call("add_msg_template", BASE).errcode == -1
    assert mock.call("add_msg_template", BASE).errcode == 0


@pytest.mark.parametrize(
    ("operation", "errcode", "times"),
    [
        ("add_msg_template", 0, 1),
        ("add_msg_template", 2**31, 1),
        ("add_msg_template", -(2**31) - 1, 1),
        ("add_msg_template", -1, 0),
        ("add_msg_templates", -1, 1),
    ],
)
def test_only_real_errors_can_be_injected(state: Any, operation: str, errcode: int, times: int) -> None:
    with pytest.raises(ValueError, match=r"errcode must|times must|no operation"):
        state.fail_next(operation, errcode, times=times)
    assert state.faults.list() == ()
