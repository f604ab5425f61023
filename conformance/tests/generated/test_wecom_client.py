"""The committed client of WeCom: what the templates promise, on the real contract."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import httpx
import pytest

from wecom_client import AuthenticatedClient, models, types
from wecom_client.api.token import get_corp_token, get_suite_token
from wecom_client.errors import EnvelopeError, InvalidData, InvalidResponse
from wecom_client.operations import ADD_MSG_TEMPLATE, OPERATIONS
from wecom_client.wire import read_envelope

PAGE: dict[str, Any] = {
    "chat_type": "single",
    "external_userid": ["woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA", "wmqfasd1e1927831123109rBAAAA"],
    "sender": "zhangsan",
    "text": {"content": "文本消息内容"},
    "attachments": [
        {"msgtype": "image", "image": {"media_id": "MEDIA_ID", "pic_url": "http://p.qpic.cn/0"}},
        {"msgtype": "link", "link": {"title": "消息标题", "picurl": "p", "desc": "d", "url": "https://u"}},
        {
            "msgtype": "miniprogram",
            "miniprogram": {"title": "t", "pic_media_id": "M", "appid": "wx1", "page": "/index.html"},
        },
        {"msgtype": "video", "video": {"media_id": "MEDIA_ID"}},
        {"msgtype": "file", "file": {"media_id": "MEDIA_ID"}},
    ],
}
"""The example of the vendor's page."""


def test_the_example_of_the_page_survives_the_models() -> None:
    request = models.AddMsgTemplateRequest.from_dict(PAGE)
    assert request.to_dict() == PAGE
    kinds = [type(each).__name__ for each in request.attachments or []]
    assert kinds == [f"{kind}Attachment" for kind in ("Image", "Link", "Miniprogram", "Video", "File")]
    for copied in (copy.deepcopy(request), pickle.loads(pickle.dumps(request))):
        assert copied == request


def test_an_attachment_has_its_msgtype() -> None:
    attachment = models.ImageAttachment(image=models.Image(media_id="M"))
    assert attachment.to_dict() == {"msgtype": "image", "image": {"media_id": "M"}}


def test_an_attachment_of_tomorrow_survives() -> None:
    body = {**PAGE, "attachments": [{"msgtype": "poll", "poll": {"question": "?"}}]}
    request = models.AddMsgTemplateRequest.from_dict(body)
    assert [type(each) for each in request.attachments or []] == [models.UnknownVariant]
    assert request.to_dict() == body


def test_a_mistyped_field_reaches_validation() -> None:
    assert models.AddMsgTemplateRequest.from_dict({"externalUserid": ["x"]}).to_dict() == {
        "externalUserid": ["x"]
    }


@pytest.mark.parametrize("answer", [{}, {"fail_list": None}, {"fail_list": []}])
def test_fail_list_is_always_a_list(answer: dict[str, Any]) -> None:
    assert ADD_MSG_TEMPLATE.parse({"errcode": 0, "errmsg": "ok", "msgid": "m", **answer}).fail_list == []


def test_a_success_without_msgid_is_no_success() -> None:
    with pytest.raises(InvalidData, match="'msgid' is missing"):
        ADD_MSG_TEMPLATE.parse({"errcode": 0, "errmsg": "ok"})


def test_a_refusal_is_an_error() -> None:
    with pytest.raises(EnvelopeError, match=r"^40063: some parameters are empty$"):
        read_envelope(b'{"errcode":40063,"errmsg":"some parameters are empty"}')


def test_the_token_stands_in_no_repr() -> None:
    answer = models.GettokenResponse.from_dict({"errcode": 0, "access_token": "TOKEN", "expires_in": 7200})
    assert answer.access_token == "TOKEN"
    assert "TOKEN" not in repr(answer)


def test_the_file_to_send_is_not_the_file_to_upload() -> None:
    assert models.File(media_id="M").to_dict() == {"media_id": "M"}
    assert models.File.__module__ != types.File.__module__


def test_which_answers_may_lack_the_code() -> None:
    bare = {name for name, each in OPERATIONS.items() if each.bare_success}
    assert bare == {"get_suite_token", "get_corp_token"}


@pytest.mark.parametrize(
    ("call", "request_model", "answer"),
    [
        (
            get_suite_token,
            models.GetSuiteTokenRequest(suite_id="a", suite_secret="b", suite_ticket="c"),
            {"suite_access_token": "t", "expires_in": 7200},
        ),
        (
            get_corp_token,
            models.GetCorpTokenRequest(auth_corpid="a", permanent_code="b"),
            {"access_token": "t", "expires_in": 7200},
        ),
    ],
)
def test_a_success_without_a_code(call: Any, request_model: Any, answer: dict[str, Any]) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=answer))
    client = AuthenticatedClient("https://example.invalid", token="t", httpx_args={"transport": transport})
    parsed = call.sync(client=client, body=request_model)
    assert parsed.to_dict() == {**answer, "errcode": 0}
    refusal = httpx.MockTransport(lambda _: httpx.Response(200, json={**answer, "errcode": 40001}))
    client = AuthenticatedClient("https://example.invalid", token="t", httpx_args={"transport": refusal})
    with pytest.raises(EnvelopeError):
        call.sync(client=client, body=request_model)


@pytest.mark.parametrize(
    "content", [b'{"errcode":null}', b'{"errcode":"0"}', b'{"errcode":true}', b"[]", b""]
)
def test_an_answer_that_may_lack_the_code_has_no_other_licence(content: bytes) -> None:
    assert read_envelope(b"{}", bare=True) == {"errcode": 0}
    with pytest.raises(InvalidResponse):
        read_envelope(content, bare=True)
    with pytest.raises(InvalidResponse):
        read_envelope(b"{}")


def test_what_each_operation_is() -> None:
    table = {
        name: (each.method, each.path, each.effect, each.auth, each.confirms)
        for name, each in OPERATIONS.items()
    }
    root = "/cgi-bin/externalcontact"
    template = f"{root}/group_welcome_template"
    assert table == {
        "gettoken": ("GET", "/cgi-bin/gettoken", "read", None, ()),
        "add_msg_template": ("POST", f"{root}/add_msg_template", "write", "access_token", ("to_all",)),
        "get_groupmsg_list_v2": ("POST", f"{root}/get_groupmsg_list_v2", "read", "access_token", ()),
        "get_groupmsg_task": ("POST", f"{root}/get_groupmsg_task", "read", "access_token", ()),
        "get_groupmsg_send_result": ("POST", f"{root}/get_groupmsg_send_result", "read", "access_token", ()),
        "remind_groupmsg_send": ("POST", f"{root}/remind_groupmsg_send", "write", "access_token", ()),
        "cancel_groupmsg_send": ("POST", f"{root}/cancel_groupmsg_send", "write", "access_token", ()),
        "send_welcome_msg": ("POST", f"{root}/send_welcome_msg", "write", "access_token", ()),
        "group_welcome_template_add": ("POST", f"{template}/add", "write", "access_token", ()),
        "group_welcome_template_edit": ("POST", f"{template}/edit", "write", "access_token", ()),
        "group_welcome_template_get": ("POST", f"{template}/get", "read", "access_token", ()),
        "group_welcome_template_del": ("POST", f"{template}/del", "write", "access_token", ()),
        "externalcontact_list": ("GET", f"{root}/list", "read", "access_token", ()),
        "batch_get_by_user": ("POST", f"{root}/batch/get_by_user", "read", "access_token", ()),
        "groupchat_list": ("POST", f"{root}/groupchat/list", "read", "access_token", ()),
        "get_corp_tag_list": ("POST", f"{root}/get_corp_tag_list", "read", "access_token", ()),
        "get_suite_token": ("POST", "/cgi-bin/service/get_suite_token", "read", None, ()),
        "get_corp_token": ("POST", "/cgi-bin/service/get_corp_token", "read", "suite_access_token", ()),
        "add_moment_task": ("POST", f"{root}/add_moment_task", "write", "access_token", ("to_all",)),
        "get_moment_task_result": ("GET", f"{root}/get_moment_task_result", "read", "access_token", ()),
        "get_moment_list": ("POST", f"{root}/get_moment_list", "read", "access_token", ()),
        "get_moment_task": ("POST", f"{root}/get_moment_task", "read", "access_token", ()),
        "get_moment_send_result": ("POST", f"{root}/get_moment_send_result", "read", "access_token", ()),
        "cancel_moment_task": ("POST", f"{root}/cancel_moment_task", "write", "access_token", ()),
        "media_upload": ("POST", "/cgi-bin/media/upload", "write", "access_token", ()),
        "media_uploadimg": ("POST", "/cgi-bin/media/uploadimg", "write", "access_token", ()),
    }
