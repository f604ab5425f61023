"""The clients that are compared, each used as its own pages say; only the base URL is another one.

Every one sends the same body to the same path with a token in the query, and gives the msgid of the answer. Bare HTTP
libraries are given the token; the others ask for it themselves, once.
"""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import httpx

from wecom_openapi import AsyncWeCom, Image, Link, WeCom
from wecom_openapi.fast import AsyncFastTransport, FastTransport

Body = dict[str, Any]
Call = Callable[[], str]
AsyncCall = Callable[[], Awaitable[str]]

PATH = "/cgi-bin/externalcontact/add_msg_template"
TOKEN = "accesstoken000001"  # noqa: S105 - that of a server that checks none
CORPID, SECRET = "wwbench", "secret-of-the-bench"

OURS, OURS_FAST = "wecom-openapi", "wecom-openapi, fast"
ALL_OURS = (OURS, OURS_FAST)
FLOOR = "http.client"


def body_of(recipients: int) -> Body:
    """The request, as plain data."""
    return {
        "sender": "zhangsan",
        "external_userid": [f"wmqfasd1e19278{number:018}" for number in range(recipients)],
        "text": {"content": "新品上市"},
        "attachments": [
            {"msgtype": "image", "image": {"media_id": "MEDIA_ID"}},
            {"msgtype": "link", "link": {"title": "消息标题", "url": "https://example.com"}},
        ],
    }


def _arguments(body: Body) -> dict[str, Any]:
    return {
        "sender": body["sender"],
        "external_userid": body["external_userid"],
        "text": "新品上市",
        "attachments": [Image(media_id="MEDIA_ID"), Link(title="消息标题", url="https://example.com")],
    }


def ours(base_url: str, body: Body) -> Call:
    """All of a call: built, judged, sent, read."""
    wecom = WeCom(CORPID, SECRET, base_url=base_url)

    def call() -> str:
        return wecom.add_msg_template(**_arguments(body)).msgid

    return call


def ours_fast(base_url: str, body: Body) -> Call:
    """The same with the transport of the `fast` extra."""
    wecom = WeCom(CORPID, SECRET, base_url=base_url, transport=FastTransport())

    def call() -> str:
        return wecom.add_msg_template(**_arguments(body)).msgid

    return call


def bare_httpx(base_url: str, body: Body) -> Call:
    """https://www.python-httpx.org/advanced/clients/"""
    client = httpx.Client()
    url = base_url + PATH
    return lambda: str(client.post(url, params={"access_token": TOKEN}, json=body).json()["msgid"])


def bare_requests(base_url: str, body: Body) -> Call:
    """https://requests.readthedocs.io/en/latest/user/advanced/#session-objects"""
    import requests

    session = requests.Session()
    url = base_url + PATH
    return lambda: str(session.post(url, params={"access_token": TOKEN}, json=body).json()["msgid"])


def bare_http_client(base_url: str, body: Body) -> Call:
    """The standard library's, with a connection for each thread: the least that a call can cost in Python."""
    address = urlsplit(base_url)
    held = threading.local()

    def call() -> str:
        if not hasattr(held, "connection"):
            held.connection = http.client.HTTPConnection(str(address.hostname), address.port)
        data = json.dumps(body, ensure_ascii=False).encode()
        held.connection.request(
            "POST", f"{PATH}?access_token={TOKEN}", data, {"Content-Type": "application/json"}
        )
        return str(json.loads(held.connection.getresponse().read())["msgid"])

    return call


def lush(base_url: str, body: Body) -> Call:
    """https://pypi.org/project/lush-wecom/"""
    from lush_wecom.client import WeComClient
    from lush_wecom.core.token_mgr import WeComTokenManager

    manager = WeComTokenManager(CORPID, SECRET)
    client = WeComClient(manager)
    client.BASE_URL = manager.token_client.BASE_URL = f"{base_url}/cgi-bin"
    return lambda: str(client.add_msg_template(_lush_request(body)).msgid)


def wechatpy(base_url: str, body: Body) -> Call:
    """As the page about WeCom in wechatpy's own documentation has it."""
    from wechatpy.work import WeChatClient

    class Client(WeChatClient):  # type: ignore[misc]
        API_BASE_URL = f"{base_url}/cgi-bin/"

        def fetch_access_token(self) -> Any:
            # The address stands in the method itself, a second time.
            params = {"corpid": self.corp_id, "corpsecret": self.secret}
            return self._fetch_access_token(url=f"{base_url}/cgi-bin/gettoken", params=params)

    client = Client(CORPID, SECRET)
    return lambda: str(client.external_contact.add_msg_template(body)["msgid"])


async def ours_async(base_url: str, body: Body) -> AsyncCall:
    """As `ours`, for tasks."""
    wecom = AsyncWeCom(CORPID, SECRET, base_url=base_url)

    async def call() -> str:
        return (await wecom.add_msg_template(**_arguments(body))).msgid

    return call


async def ours_fast_async(base_url: str, body: Body) -> AsyncCall:
    """As `ours_fast`, for tasks."""
    wecom = AsyncWeCom(CORPID, SECRET, base_url=base_url, transport=AsyncFastTransport())

    async def call() -> str:
        return (await wecom.add_msg_template(**_arguments(body))).msgid

    return call


async def bare_httpx_async(base_url: str, body: Body) -> AsyncCall:
    """https://www.python-httpx.org/async/"""
    client = httpx.AsyncClient()
    url = base_url + PATH

    async def call() -> str:
        answer = await client.post(url, params={"access_token": TOKEN}, json=body)
        return str(answer.json()["msgid"])

    return call


async def lush_async(base_url: str, body: Body) -> AsyncCall:
    """As `lush`, for tasks."""
    from lush_wecom.client import AsyncWeComClient
    from lush_wecom.core.token_mgr import AsyncWeComTokenManager

    manager = AsyncWeComTokenManager(CORPID, SECRET)
    client = AsyncWeComClient(manager)
    client.BASE_URL = manager.token_client.BASE_URL = f"{base_url}/cgi-bin"

    async def call() -> str:
        return str((await client.add_msg_template(_lush_request(body))).msgid)

    return call


def _lush_request(body: Body) -> Any:
    from lush_wecom.models import add_msg_template_vo as add

    return add.AddMsgTemplateRequest(
        external_userid=body["external_userid"],
        sender=body["sender"],
        text=add.TextMessage(content="新品上市"),
        attachments=[
            add.Attachment(msgtype="image", image=add.ImageAttachment(media_id="MEDIA_ID")),
            add.Attachment(
                msgtype="link", link=add.LinkAttachment(title="消息标题", url="https://example.com")
            ),
        ],
    )


SYNC: dict[str, Callable[[str, Body], Call]] = {
    OURS: ours,
    OURS_FAST: ours_fast,
    "httpx": bare_httpx,
    "requests": bare_requests,
    "lush-wecom": lush,
    "wechatpy": wechatpy,
    FLOOR: bare_http_client,
}
ASYNC: dict[str, Callable[[str, Body], Awaitable[AsyncCall]]] = {
    OURS: ours_async,
    OURS_FAST: ours_fast_async,
    "httpx": bare_httpx_async,
    "lush-wecom": lush_async,
}
