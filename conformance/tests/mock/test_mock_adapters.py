"""One behaviour behind every door: in process, ASGI, a real socket."""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
import subprocess
import threading
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import unquote

import httpx
import pytest

from wecom_mock import InProcessTransport, Settings, State, create_app
from wecom_mock.caller import Caller
from wecom_mock.server import MockServer, bind

NOW = 1795320000.0
POST = "/cgi-bin/externalcontact/"
TASK = {"sender": "zhangsan", "text": {"content": "新品上市"}}
HOST = "http://127.0.0.1"

# The curl command of the vendor's page of 2022-08-30; only the port is added and the token filled in.
PAGE_BODY = """{
"chat_type": "single",
"external_userid": [
"woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA",
"wmqfasd1e1927831123109rBAAAA"
],
"sender": "zhangsan",
"text": {
"content": "文本消息内容"
},
"attachments": [
{
"msgtype": "image",
"image": {
"media_id": "MEDIA_ID",
"pic_url": "http://p.qpic.cn/pic_wework/3474110808/7a6344sdadfwehe42060/0"
}
},
{
"msgtype": "link",
"link": {
"title": "消息标题",
"picurl": "https://example.pic.com/path",
"desc": "消息描述",
"url": "https://example.link.com/path"
}
},
{
"msgtype": "miniprogram",
"miniprogram": {
"title": "消息标题",
"pic_media_id": "MEDIA_ID",
"appid": "wx8bd80126147dfAAA",
"page": "/path/index.html"
}
},
{
"msgtype": "video",
"video": {
"media_id": "MEDIA_ID"
}
},
{
"msgtype": "file",
"file": {
"media_id": "MEDIA_ID"
}
}
]
}"""
PAGE_COMMAND = f"""\
curl --location -g --request POST \
'http://127.0.0.1:PORT/cgi-bin/externalcontact/add_msg_template?access_token=TOKEN' \\
--header 'Content-Type: application/json' \\
--data-raw '{PAGE_BODY}'"""


@pytest.fixture
def server() -> Iterator[MockServer]:
    with MockServer(clock=lambda: NOW) as running:
        yield running


def token_of(state: State) -> str:
    return Caller(state, lambda: NOW).token()


def script() -> list[httpx.Request]:
    """Requests of every kind, against a state that was seeded the same way."""
    token = token_of(State())
    body = json.dumps(TASK, ensure_ascii=False).encode()
    url = f"{HOST}{POST}add_msg_template?access_token={token}"
    return [
        httpx.Request("GET", f"{HOST}/cgi-bin/gettoken?corpid=wwdemo&corpsecret=demo"),
        httpx.Request("GET", f"{HOST}/cgi-bin/gettoken?corpid=wwdemo&corpsecret=%E4%BD%A0"),
        httpx.Request("POST", url, content=body),
        httpx.Request("POST", url, content=body, headers={"Content-Type": "text/plain"}),
        httpx.Request("POST", url, content=PAGE_BODY.encode()),
        httpx.Request("POST", url, content=b""),
        httpx.Request("POST", url, content=b"\xff"),
        httpx.Request("POST", url, content='{"未知":1}'.encode()),
        httpx.Request("GET", url),
        httpx.Request("PUT", url, content=body),
        httpx.Request("POST", f"{HOST}{POST}add_msg_template", content=body),
        httpx.Request("POST", f"{HOST}{POST}add_msg_template?access_token=a+b%20c", content=body),
        httpx.Request("POST", f"{HOST}{POST}unknown?access_token={token}", content=body),
        httpx.Request("GET", f"{HOST}/%E4%BD%A0%0d%0a"),
        httpx.Request("GET", f"{HOST}/%63gi-bin/gettoken?corpid=wwdemo&corpsecret=demo"),
        httpx.Request("POST", url, content=b" " * (2 * 1024 * 1024 + 1)),
    ]


def seen(response: httpx.Response) -> tuple[int, list[tuple[str, str]], bytes]:
    headers = [
        (name, value) for name, value in response.headers.multi_items() if name not in {"date", "connection"}
    ]
    return response.status_code, headers, response.content


def in_process() -> list[Any]:
    with httpx.Client(transport=InProcessTransport(State(), lambda: NOW)) as client:
        return [seen(client.send(request)) for request in script()]


def in_process_async() -> list[Any]:
    async def run() -> list[Any]:
        async with httpx.AsyncClient(transport=InProcessTransport(State(), lambda: NOW)) as client:
            return [seen(await client.send(request)) for request in script()]

    return asyncio.run(run())


def asgi() -> list[Any]:
    async def run() -> list[Any]:
        transport = httpx.ASGITransport(create_app(State(), lambda: NOW))
        async with httpx.AsyncClient(transport=transport) as client:
            return [seen(await client.send(request)) for request in script()]

    return asyncio.run(run())


def on_a_socket() -> list[Any]:
    with MockServer(clock=lambda: NOW) as mock, httpx.Client(trust_env=False) as client:
        answers = []
        for request in script():
            request.url = request.url.copy_with(port=mock.port)
            answers.append(seen(client.send(request)))
        return answers


def test_every_door_gives_the_same_replies() -> None:
    expected = in_process()
    assert [status for status, _, _ in expected] == [200] * 12 + [404, 404, 200, 413]
    codes = [json.loads(body)["errcode"] for status, _, body in expected if status == 200]
    assert codes == [0, 40091, 0, 0, 0, 40058, 40058, 40058, 40058, 40058, 41001, 40014, 0]
    for door in (in_process_async, asgi, on_a_socket):
        assert door() == expected, door.__name__


def test_a_body_that_comes_in_pieces_is_put_together_and_bounded() -> None:
    state = State(settings=Settings(max_body_bytes=1000))
    token = token_of(state)
    url = f"{HOST}{POST}add_msg_template?access_token={token}"
    raw = json.dumps(TASK, ensure_ascii=False).encode()
    asked = 0

    def endless() -> Iterator[bytes]:
        nonlocal asked
        while True:
            asked += 1
            yield b" " * 100

    async def pieces() -> AsyncIterator[bytes]:
        for index in range(len(raw)):
            yield raw[index : index + 1]

    async def endless_async() -> AsyncIterator[bytes]:
        for piece in endless():
            yield piece

    async def run() -> list[int]:
        async with httpx.AsyncClient(transport=InProcessTransport(state, lambda: NOW)) as client:
            taken = await client.post(url, content=pieces())
            refused = await client.post(url, content=endless_async())
            return [taken.json()["errcode"], refused.status_code]

    with httpx.Client(transport=InProcessTransport(state, lambda: NOW)) as client:
        assert client.post(url, content=iter([raw[:7], raw[7:]])).json()["errcode"] == 0
        assert client.post(url, content=endless()).status_code == 413
    assert asked == 11
    assert asyncio.run(run()) == [0, 413]


def _log_of_a_refused_body(door: str) -> list[Any]:
    """What stands in the log after a body over the limit has come in pieces, through a door."""
    state = State(settings=Settings(max_body_bytes=1000))
    url = f"{HOST}{POST}add_msg_template?access_token=secret"

    def pieces() -> Iterator[bytes]:
        yield from [b" " * 600] * 2

    async def of_an_async_client() -> int:
        async def pieces_async() -> AsyncIterator[bytes]:
            for piece in pieces():
                yield piece

        transport: Any = (
            httpx.ASGITransport(create_app(state, lambda: NOW))
            if door == "asgi"
            else InProcessTransport(state, lambda: NOW)
        )
        async with httpx.AsyncClient(transport=transport) as client:
            return (await client.post(url, content=pieces_async())).status_code

    if door == "in-process":
        with httpx.Client(transport=InProcessTransport(state, lambda: NOW)) as client:
            status = client.post(url, content=pieces()).status_code
    elif door.startswith("socket"):
        content: Any = pieces() if door == "socket" else b"".join(pieces())
        with MockServer(state, clock=lambda: NOW) as mock, httpx.Client(trust_env=False) as client:
            status = client.post(url.replace(HOST, mock.base_url), content=content).status_code
    else:
        status = asyncio.run(of_an_async_client())
    assert status == 413
    return [
        (one.number, one.at, one.operation, one.method, one.path, one.query, one.status, one.size)
        for one in state.calls
    ]


@pytest.mark.parametrize("door", ["in-process", "in-process-async", "asgi", "socket", "socket-announced"])
def test_a_body_that_a_door_refuses_stands_in_the_log(door: str) -> None:
    expected = (1, NOW, "add_msg_template", "POST", f"{POST}add_msg_template", "access_token=***", 413, 0)
    assert _log_of_a_refused_body(door) == [expected]


def exchange(port: int, raw: bytes, until: bytes) -> bytes:
    """Send bytes, read until the answer ends so; the connection stays half open meanwhile."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(raw)
        answer = b""
        while not answer.endswith(until):
            piece = connection.recv(65536)
            if not piece:
                break
            answer += piece
        return answer


def page_request(token: str) -> bytes:
    body = PAGE_BODY.encode()
    head = (
        f"POST /cgi-bin/externalcontact/add_msg_template?access_token={token} HTTP/1.1\r\n"
        f"Host: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def test_the_bytes_of_the_pages_example_over_a_plain_socket(server: MockServer) -> None:
    answer = exchange(server.port, page_request(token_of(server.state)), b"}")
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 ")
    assert b"\r\nserver: nginx\r\n" in head.lower()
    assert head.lower().count(b"\r\nserver:") == 1
    found = json.loads(body)
    assert (found["errcode"], found["errmsg"], found["fail_list"]) == (0, "ok", [])
    assert found["msgid"] in server.state.tasks


@pytest.mark.skipif(
    shutil.which("curl") is None or shutil.which("sh") is None,
    reason="no curl here; the same bytes are sent by the test before this one",
)
def test_the_pages_own_curl_command_with_port_and_token_filled_in(server: MockServer) -> None:
    command = PAGE_COMMAND.replace("PORT", str(server.port)).replace("TOKEN", token_of(server.state))
    done = subprocess.run(
        ["sh", "-c", command],
        capture_output=True,
        timeout=60,
        check=True,
        env={"NO_PROXY": "*", "PATH": "/usr/bin:/bin"},
    )
    found = json.loads(done.stdout)
    assert (found["errcode"], found["fail_list"]) == (0, [])
    (task,) = server.state.tasks.values()
    assert task.body == json.loads(PAGE_BODY)


def test_a_body_announced_too_large_is_refused_before_it_comes(server: MockServer) -> None:
    head = b"POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n"
    answer = exchange(server.port, head % (POST.encode() + b"add_msg_template", 10**12), b"</html>\r\n")
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"Request Entity Too Large" in answer


def test_a_chunked_body_is_refused_at_the_limit_without_its_end() -> None:
    state = State(settings=Settings(max_body_bytes=100))
    head = (
        b"POST %sadd_msg_template HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" % POST.encode()
    )
    chunk = b"64\r\n" + b" " * 100 + b"\r\n"
    with MockServer(state) as mock:
        assert exchange(mock.port, head + chunk + b"1\r\n \r\n", b"</html>\r\n").startswith(b"HTTP/1.1 413 ")
        # 100 bytes are taken: the answer is about the missing token.
        assert b"41001" in exchange(mock.port, head + chunk + b"0\r\n\r\n", b"}")


@pytest.mark.parametrize(
    "raw", [b"\0\0\0\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n"]
)
def test_what_is_no_http_gets_400_and_the_server_goes_on(server: MockServer, raw: bytes) -> None:
    assert exchange(server.port, raw, b"never").startswith(b"HTTP/1.1 400 ")
    assert b'"errcode":0' in exchange(server.port, page_request(token_of(server.state)), b"}")


def test_head_has_the_headers_of_an_answer_and_no_body(server: MockServer) -> None:
    answer = exchange(
        server.port, b"HEAD /cgi-bin/gettoken HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", b"never"
    )
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"error-code: 40058\r\n" in answer.lower()
    assert answer.endswith(b"\r\n\r\n")


def test_several_requests_on_one_connection(server: MockServer) -> None:
    raw = b"GET /cgi-bin/gettoken HTTP/1.1\r\nHost: x\r\n\r\n"
    last = raw.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    assert exchange(server.port, raw * 2 + last, b"never").count(b"HTTP/1.1 200 ") == 3


def test_neither_token_nor_text_is_logged_or_printed(
    server: MockServer, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(0)
    token = token_of(server.state)
    assert b'"errcode":0' in exchange(server.port, page_request(token), b"}")
    bad = b"POST %sadd_msg_template?access_token=%s HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n{"
    assert b"40058" in exchange(server.port, bad % (POST.encode(), token.encode()), b"}")
    exchange(server.port, b"GET /?access_token=%s HTTP/x\r\n\r\n" % token.encode(), b"never")
    written = caplog.text + "".join(capfd.readouterr())
    assert token not in written
    assert "文本消息内容" not in written
    # The server's own warning about the broken request shows that its log is being watched.
    assert "Invalid HTTP request" in caplog.text


def test_the_port_is_free_again_after_the_end() -> None:
    with MockServer() as mock:
        port = mock.port
        assert mock.base_url == f"http://127.0.0.1:{port}"
        idle = socket.create_connection(("127.0.0.1", port), timeout=30)
        idle.sendall(b"POST / HTTP/1.1\r\nContent-Le")
    with idle:
        assert idle.recv(1) == b""
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=30)
    assert "wecom-mock" not in {thread.name for thread in threading.enumerate()}


def test_a_port_in_use_is_an_oserror_at_once(server: MockServer) -> None:
    with pytest.raises(OSError, match="in use"), MockServer(port=server.port):
        pass


def test_it_listens_on_loopback_only() -> None:
    with bind(0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"


def test_concurrent_calls_do_not_mix(server: MockServer) -> None:
    token = token_of(server.state)
    with httpx.Client(
        base_url=server.base_url, params={"access_token": token}, trust_env=False, timeout=60
    ) as client:
        msgid = client.post(
            POST + "add_msg_template", json={"sender": "zhangsan", "text": {"content": "x"}}
        ).json()["msgid"]

        def create(number: int) -> tuple[str, str]:
            text = f"number {number}"
            answer = client.post(
                POST + "add_msg_template", json={"sender": "zhangsan", "text": {"content": text}}
            )
            return answer.json()["msgid"], text

        def remind(_: int) -> int:
            return int(client.post(POST + "remind_groupmsg_send", json={"msgid": msgid}).json()["errcode"])

        with ThreadPoolExecutor(8) as pool:
            created = list(pool.map(create, range(40)))
            reminded = list(pool.map(remind, range(20)))
    assert len({one for one, _ in created}) == 40
    assert all(server.state.tasks[one].body["text"]["content"] == text for one, text in created)
    assert sorted(reminded) == [0] * 3 + [41094] * 17


def test_a_test_may_change_the_state_between_requests(server: MockServer) -> None:
    with httpx.Client(base_url=server.base_url, trust_env=False) as client:
        login = {"corpid": "wwdemo", "corpsecret": "demo"}
        query = {"access_token": client.get("/cgi-bin/gettoken", params=login).json()["access_token"]}
        msgid = client.post(
            POST + "add_msg_template", params=query, json={**TASK, "text": {"content": "x"}}
        ).json()["msgid"]
        server.state.confirm(msgid, "zhangsan", NOW)
        task = client.post(POST + "get_groupmsg_task", params=query, json={"msgid": msgid}).json()
        assert task["task_list"] == [{"userid": "zhangsan", "status": 2, "send_time": int(NOW)}]
        server.state.revoke_tokens()
        assert (
            client.post(POST + "get_groupmsg_task", params=query, json={"msgid": msgid}).json()["errcode"]
            == 40014
        )


@pytest.mark.parametrize("key", ["sender ", " sender", "  ", " a b "])
def test_a_key_with_a_space_at_its_end_is_a_header_value_all_the_same(key: str) -> None:
    with MockServer() as mock:
        token = httpx.get(
            f"{mock.base_url}/cgi-bin/gettoken", params={"corpid": "wwdemo", "corpsecret": "demo"}
        ).json()["access_token"]
        reply = httpx.post(
            f"{mock.base_url}/cgi-bin/externalcontact/add_msg_template",
            params={"access_token": token},
            json={"sender": "zhangsan", "text": {"content": "x"}, key: 1},
        )
    assert reply.json()["errcode"] == 40058
    assert unquote(reply.headers["X-Mock-Rule"]) == f"body.unknown-field; path={key}"
