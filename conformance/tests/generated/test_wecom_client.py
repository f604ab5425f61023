"""The committed client of WeCom: what the templates promise, on the real contract."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

from wecom_client import models, types
from wecom_client.errors import EnvelopeError, InvalidData
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


def test_what_each_operation_is() -> None:
    table = {
        name: (each.method, each.path, each.effect, each.auth, each.confirms)
        for name, each in OPERATIONS.items()
    }
    root = "/cgi-bin/externalcontact"
    assert table == {
        "gettoken": ("GET", "/cgi-bin/gettoken", "read", None, ()),
        "add_msg_template": ("POST", f"{root}/add_msg_template", "write", "access_token", ("to_all",)),
        "get_groupmsg_task": ("POST", f"{root}/get_groupmsg_task", "read", "access_token", ()),
        "get_groupmsg_send_result": ("POST", f"{root}/get_groupmsg_send_result", "read", "access_token", ()),
        "remind_groupmsg_send": ("POST", f"{root}/remind_groupmsg_send", "write", "access_token", ()),
        "cancel_groupmsg_send": ("POST", f"{root}/cancel_groupmsg_send", "write", "access_token", ()),
        "media_upload": ("POST", "/cgi-bin/media/upload", "write", "access_token", ()),
        "media_uploadimg": ("POST", "/cgi-bin/media/uploadimg", "write", "access_token", ()),
    }
