"""Calls of wechatpy, as its users write them: only the base URL is another one. Prints one line of JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from wechatpy.exceptions import WeChatClientException
from wechatpy.work import WeChatClient

A = "woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA"


def client_of(base: str, token: str | None = None) -> Any:
    class Client(WeChatClient):
        API_BASE_URL = f"{base}/cgi-bin/"

        def fetch_access_token(self) -> Any:
            # The address stands in the method itself, a second time.
            params = {"corpid": self.corp_id, "corpsecret": self.secret}
            return self._fetch_access_token(url=f"{base}/cgi-bin/gettoken", params=params)

    return Client("wwdemo", "demo", access_token=token)


def refused(call: Callable[[], object]) -> Any:
    try:
        call()
    except WeChatClientException as error:
        return error.errcode if error.errcode is not None else f"HTTP {error.response.status_code}"
    return 0


def send(base: str, picture: str) -> dict[str, Any]:
    client = client_of(base)
    with Path(picture).open("rb") as file:
        uploaded = client.media.upload("image", file)
    with Path(picture).open("rb") as file:
        url = client.media.upload_img(file)["url"]
    template = {
        "chat_type": "single",
        "external_userid": [A, "wmNobodyKnowsThisOneAAAAAAAAAAAA"],
        "sender": "zhangsan",
        "text": {"content": "新品上市 🎉"},
        "attachments": [{"msgtype": "image", "image": {"media_id": uploaded["media_id"]}}],
    }
    answer = client.external_contact.add_msg_template(template)
    return {"msgid": answer["msgid"], "fail_list": answer["fail_list"], "url": url}


def people(base: str) -> dict[str, Any]:
    contacts = client_of(base).external_contact
    groups = contacts.get_group_chat_list(2)
    more = contacts.get_group_chat_list(2, cursor=groups["next_cursor"])
    return {
        "customers": contacts.list("lisi")["external_userid"],
        "groups": [one["chat_id"] for one in (*groups["group_chat_list"], *more["group_chat_list"])],
        "tag_groups": len(contacts.get_corp_tag_list()["tag_group"]),
        "none": refused(lambda: contacts.list("wangwu")),
    }


def welcome(base: str, code: str) -> dict[str, Any]:
    contacts = client_of(base).external_contact
    message = {"welcome_code": code, "text": {"content": "您好"}}
    template = {"text": {"content": "亲爱的%NICKNAME%"}}
    first = contacts.send_welcome_msg(message)["errcode"]
    template_id = contacts.add_group_welcome_template(template)["template_id"]
    contacts.update_group_welcome_template({"text": {"content": "欢迎"}}, template_id)
    stored = contacts.get_group_welcome_template(template_id)["text"]["content"]
    contacts.del_group_welcome_template(template_id)
    return {
        "codes": [first, refused(lambda: contacts.send_welcome_msg(message))],
        "stored": stored,
        "gone": refused(lambda: contacts.get_group_welcome_template(template_id)),
    }


def stale(base: str) -> dict[str, Any]:
    """With a token that is none."""
    template = {"sender": "zhangsan", "text": {"content": "hello"}}
    return {"msgid": client_of(base, "stale").external_contact.add_msg_template(template)["msgid"]}


def retired(base: str) -> dict[str, Any]:
    """What it still sends, and the API no longer takes."""
    contacts = client_of(base).external_contact
    example = {
        "chat_type": "single",
        "external_userid": [A],
        "sender": "zhangsan",
        "text": {"content": "文本消息内容"},
        "image": {"media_id": "MEDIA_ID"},
    }
    return {
        "add_msg_template": refused(lambda: contacts.add_msg_template(example)),
        "batch_get_by_user": refused(lambda: contacts.batch_get_by_user("zhangsan")),
        "get_group_msg_result": refused(lambda: contacts.get_group_msg_result("msgid")),
    }


def calls(base: str, picture: str, now: str, code: str) -> dict[str, Any]:
    """Every call that it is tried with here, once; as of the example in its documentation, see `retired`."""
    send(base, picture)
    people(base)
    welcome(base, code)
    stale(base)
    retired(base)
    return {}


def trouble(base: str, *texts: str) -> list[str]:
    """What the caller is told of messages, one for each text."""
    client, told = client_of(base), []
    for text in texts:
        try:
            client.external_contact.add_msg_template({"sender": "zhangsan", "text": {"content": text}})
            told.append("")
        except Exception as error:  # noqa: BLE001  # which one it is, is what is asked
            told.append(type(error).__name__)
    return told


STEPS: dict[str, Callable[..., Any]] = {
    "send": send,
    "people": people,
    "welcome": welcome,
    "stale": stale,
    "retired": retired,
    "calls": calls,
    "trouble": trouble,
}

if __name__ == "__main__":
    print(json.dumps(STEPS[sys.argv[1]](*sys.argv[2:])))
