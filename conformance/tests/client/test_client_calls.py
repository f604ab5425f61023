"""From what a caller gives to the bytes on the wire, and from the answer to its model."""

from __future__ import annotations

import asyncio
import json
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import httpx
import pytest
from fault_server import CREATED, Connection, FaultServer, Seen, created, happens, issued

from wecom_openapi import (
    AddMsgTemplateRequest,
    AsyncWeCom,
    AudienceNotConfirmed,
    File,
    FileAttachment,
    IgnoredFieldWarning,
    Image,
    ImageAttachment,
    InvalidRequest,
    Link,
    MemoryTokenStore,
    Miniprogram,
    OutcomeUnknown,
    TagFilter,
    TagGroup,
    Text,
    Video,
    WeCom,
    WeComError,
    WeComWarning,
    validate,
)

Serve = Callable[..., FaultServer]
Invoke = Callable[..., Any]

CREATE: dict[str, Any] = {"sender": "zhangsan", "external_userid": ["wmA"], "text": {"content": "新品上市"}}

WHOLE: dict[str, Any] = {
    "chat_type": "single",
    "external_userid": ["wmA", "wmB"],
    "sender": "zhangsan",
    "allow_select": False,
    "text": {"content": "新品上市 🎉"},
    "attachments": [
        {"msgtype": "image", "image": {"media_id": "MEDIA_ID"}},
        {"msgtype": "link", "link": {"title": "消息标题", "url": "https://example.com/?a=1&b=2"}},
        {
            "msgtype": "miniprogram",
            "miniprogram": {"title": "标题", "pic_media_id": "M", "appid": "wx8", "page": "/path/index.html"},
        },
        {"msgtype": "video", "video": {"media_id": "V"}},
        {"msgtype": "file", "file": {"media_id": "F"}},
    ],
}


def as_fields() -> dict[str, Any]:
    return {
        "chat_type": "single",
        "external_userid": ("wmA", "wmB"),
        "sender": "zhangsan",
        "allow_select": False,
        "text": "新品上市 🎉",
        "attachments": [
            Image(media_id="MEDIA_ID"),
            Link(title="消息标题", url="https://example.com/?a=1&b=2"),
            Miniprogram(title="标题", pic_media_id="M", appid="wx8", page="/path/index.html"),
            Video(media_id="V"),
            FileAttachment(file=File(media_id="F")),
        ],
    }


def test_fields_mapping_and_model_are_the_same_bytes(serve: Serve, invoke: Invoke) -> None:
    server = serve(created)
    invoke(server.base_url, "add_msg_template", **as_fields())
    invoke(server.base_url, "add_msg_template", WHOLE)
    invoke(server.base_url, "add_msg_template", AddMsgTemplateRequest.from_dict(WHOLE))
    bodies = [json.loads(request.body) for request in server.calls]
    assert bodies == [WHOLE] * 3
    expected = json.dumps(WHOLE, ensure_ascii=False, separators=(",", ":")).encode()
    assert server.calls[0].body == server.calls[1].body == expected
    assert b"\\u" not in expected


def test_the_request_on_the_wire(serve: Serve, invoke: Invoke) -> None:
    server = serve(created)
    invoke(server.base_url, "add_msg_template", CREATE)
    (request,) = server.calls
    assert request.method == "POST"
    assert request.path == "/cgi-bin/externalcontact/add_msg_template"
    assert request.query == {"access_token": "tok-1"}
    head = request.head.lower()
    assert b"content-type: application/json" in head
    assert b"host: 127.0.0.1:%d\r\n" % server.port in head
    assert b"user-agent: wecom-openapi/" in head
    assert head.count(b"content-length:") == 1


def test_the_answer_as_a_model(serve: Serve, invoke: Invoke) -> None:
    answer = {**CREATED, "fail_list": ["wmqfasd1e1927831123109rBAAAA"]}
    server = serve(lambda connection, _: connection.answer(answer))
    task = invoke(server.base_url, "add_msg_template", CREATE)
    assert task.msgid == CREATED["msgid"]
    assert task.fail_list == ["wmqfasd1e1927831123109rBAAAA"]


@pytest.mark.parametrize(
    ("operation", "fields", "answer"),
    [
        ("get_groupmsg_task", {"msgid": "m", "limit": 1000}, {"task_list": [{"userid": "a", "status": 2}]}),
        (
            "get_groupmsg_send_result",
            {"msgid": "m", "userid": "a", "limit": 1, "cursor": "c"},
            {"send_list": [{"external_userid": "wm", "userid": "a", "status": 1, "send_time": 1}]},
        ),
        ("remind_groupmsg_send", {"msgid": "m"}, {}),
        ("cancel_groupmsg_send", {"msgid": "m"}, {}),
    ],
)
def test_the_other_operations(operation: str, fields: Any, answer: Any, serve: Serve, invoke: Invoke) -> None:
    server = serve(lambda connection, _: connection.answer({"errcode": 0, "errmsg": "ok", **answer}))
    result = invoke(server.base_url, operation, **fields)
    assert server.calls[0].path == f"/cgi-bin/externalcontact/{operation}"
    assert json.loads(server.calls[0].body) == fields
    assert answer.items() <= result.to_dict().items()


BROKEN: dict[str, Any] = {
    "externalUserid": ["wmA"],
    "sender": "",
    "text": {"content": "中" * 1334},
    "attachments": [
        {"msgtype": "image", "image": {}},
        {"msgtype": "link", "link": {"title": "x" * 129, "url": "example.com"}},
    ],
}


def test_an_invalid_request_says_everything_at_once_and_sends_nothing(serve: Serve, invoke: Invoke) -> None:
    server = serve(created)
    with pytest.raises(InvalidRequest) as caught:
        invoke(server.base_url, "add_msg_template", BROKEN)
    error = caught.value
    assert isinstance(error, ValueError)
    assert isinstance(error, WeComError)
    assert error.operation == "add_msg_template"
    found = {violation.rule: violation for violation in error.violations}
    assert set(found) >= {
        "body.unknown-field",
        "sender.empty",
        "text.content.max-bytes",
        "image.source.required",
        "link.title.max-bytes",
        "link.url.scheme",
    }
    text = str(error)
    for violation in error.violations:
        assert violation.rule in text
        assert violation.fix in text
        assert violation.path in text
    assert "attachments[1].link.title" in text
    assert "4002 bytes" in text
    assert "1334 characters" in text
    assert "did you mean external_userid?" in text
    assert server.seen == []


def test_the_same_violations_come_without_a_client() -> None:
    with pytest.raises(InvalidRequest) as caught, WeCom("ww", "secret") as wecom:
        wecom.add_msg_template(BROKEN)
    assert list(caught.value.violations) == [
        v for v in validate("add_msg_template", BROKEN) if v.severity == "error"
    ]


EVERYONE = [
    ({"sender": "zhangsan", "text": {"content": "x"}}, "audience.everyone-single", "zhangsan"),
    ({"sender": "zhangsan", "external_userid": [], "text": {"content": "x"}}, "audience.everyone-single", "zhangsan"),
    ({"sender": "zhangsan", "tag_filter": {}, "text": {"content": "x"}}, "audience.everyone-single", "zhangsan"),
    ({"chat_type": "group", "sender": "lisi", "text": {"content": "x"}}, "audience.everyone-group", "lisi"),
    (
        {"chat_type": "group", "sender": "lisi", "chat_id_list": [], "text": {"content": "x"}},
        "audience.everyone-group",
        "lisi",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("body", "rule", "who"), EVERYONE)
def test_a_message_to_everyone_has_to_be_meant(
    body: Any, rule: str, who: str, serve: Serve, invoke: Invoke
) -> None:
    server = serve(created)
    with pytest.raises(AudienceNotConfirmed) as caught:
        invoke(server.base_url, "add_msg_template", body)
    assert server.seen == []
    assert caught.value.confirm == "to_all"
    assert [violation.rule for violation in caught.value.violations] == [rule]
    assert "to_all=True" in str(caught.value)
    assert who in str(caught.value)
    assert [violation.severity for violation in validate("add_msg_template", body)] == ["warning"]
    assert invoke(server.base_url, "add_msg_template", body, to_all=True).msgid == CREATED["msgid"]
    assert json.loads(server.calls[0].body) == body


@pytest.mark.parametrize(
    "body",
    [
        {"sender": "z", "external_userid": ["wmA"], "text": {"content": "x"}},
        {"sender": "z", "tag_filter": {"group_list": [{"tag_list": ["t"]}]}, "text": {"content": "x"}},
        {"chat_type": "group", "sender": "z", "chat_id_list": ["wrA"], "text": {"content": "x"}},
    ],
)
@pytest.mark.parametrize("to_all", [False, True])
def test_a_chosen_audience_needs_no_word(body: Any, to_all: bool, serve: Serve, invoke: Invoke) -> None:
    server = serve(created)
    invoke(server.base_url, "add_msg_template", body, to_all=to_all)
    assert len(server.calls) == 1


def test_a_broken_request_to_everyone_is_an_invalid_request(invoke: Invoke) -> None:
    with pytest.raises(InvalidRequest) as caught:
        invoke("http://127.0.0.1:9", "add_msg_template", sender="zhangsan")
    assert not isinstance(caught.value, AudienceNotConfirmed)
    assert [violation.rule for violation in caught.value.violations] == ["message.content.required"]


def test_a_field_that_is_ignored_gives_a_warning(serve: Serve, invoke: Invoke) -> None:
    server = serve(created)
    body = {**CREATE, "chat_id_list": ["wrA"]}
    with pytest.warns(IgnoredFieldWarning, match=r"chat_id_list\.ignored-for-single") as record:
        invoke(server.base_url, "add_msg_template", body)
    assert len(record) == 1
    assert "add_msg_template: " in str(record[0].message)
    assert json.loads(server.calls[0].body) == body


def test_the_warning_points_at_the_caller(serve: Serve) -> None:
    server = serve(created)
    with (
        WeCom("ww", "secret", base_url=server.base_url) as wecom,
        warnings.catch_warnings(record=True) as record,
    ):
        warnings.simplefilter("always")
        wecom.add_msg_template({**CREATE, "chat_id_list": ["wrA"]})
    assert [warning.filename for warning in record] == [__file__]


@pytest.mark.parametrize(
    ("errmsg", "warned"),
    [("ok", False), ("", False), ("ok. Warning: wrong json format. ", True), ("OK", True), ("成功", True)],
)
def test_a_success_with_another_text_gives_a_warning(
    errmsg: str, warned: bool, serve: Serve, invoke: Invoke
) -> None:
    server = serve(lambda connection, _: connection.answer({**CREATED, "errmsg": errmsg}))
    with warnings.catch_warnings(record=True) as record:
        warnings.simplefilter("always")
        task = invoke(server.base_url, "add_msg_template", CREATE)
    assert task.msgid == CREATED["msgid"]
    ours = [warning for warning in record if issubclass(warning.category, WeComWarning)]
    assert [errmsg in str(warning.message) for warning in ours] == ([True] if warned else [])


NO_JSON = [
    ({"sender": {"a"}}, "sender"),
    ({"sender": b"zhangsan"}, "sender"),
    ({"text": {"content": "half \ud83d"}}, "text.content"),
    ({"external_userid": ["wmA", object()]}, "external_userid[1]"),
    ({"allow_select": float("nan")}, ""),
    ({"allow_select": float("inf")}, ""),
    ({"allow_select": 10**5000}, ""),
]


@pytest.mark.parametrize(("fields", "path"), NO_JSON, ids=range(len(NO_JSON)))
def test_what_is_no_json_is_refused_with_its_place(fields: Any, path: str, invoke: Invoke) -> None:
    with pytest.raises(InvalidRequest) as caught:
        invoke("http://127.0.0.1:9", "add_msg_template", {**CREATE, **fields})
    assert caught.value.violations
    if path:
        assert path in [violation.path for violation in caught.value.violations]


def test_a_body_within_itself_is_refused(invoke: Invoke) -> None:
    body: dict[str, Any] = dict(CREATE)
    body["tag_filter"] = body
    with pytest.raises(InvalidRequest):
        invoke("http://127.0.0.1:9", "add_msg_template", body)


def test_a_body_nested_without_end_is_refused(invoke: Invoke) -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(InvalidRequest):
        invoke("http://127.0.0.1:9", "add_msg_template", {**CREATE, "attachments": deep})
    while deep:  # taken apart one by one: Python's own way is recursive
        deep = deep.pop()


def test_unset_is_never_sent(invoke: Invoke) -> None:
    from wecom_openapi import UNSET

    with pytest.raises(InvalidRequest, match="sender"):
        invoke("http://127.0.0.1:9", "add_msg_template", {**CREATE, "sender": UNSET})


def test_keys_that_json_turns_into_strings_are_judged_as_such(invoke: Invoke) -> None:
    with pytest.raises(InvalidRequest) as caught:
        invoke("http://127.0.0.1:9", "add_msg_template", {**CREATE, 7: "seven"})
    assert [(v.rule, v.path) for v in caught.value.violations] == [("body.unknown-field", "7")]


def test_mappings_and_models_inside_a_mapping(serve: Serve, invoke: Invoke) -> None:
    server = serve(created)
    body = MappingProxyType(
        {
            "sender": "zhangsan",
            "tag_filter": TagFilter(group_list=[TagGroup(tag_list=["t"])]),
            "text": MappingProxyType({"content": "x"}),
            "attachments": (ImageAttachment(image=Image(media_id="m")),),
        }
    )
    invoke(server.base_url, "add_msg_template", body)
    assert json.loads(server.calls[0].body) == {
        "sender": "zhangsan",
        "tag_filter": {"group_list": [{"tag_list": ["t"]}]},
        "text": {"content": "x"},
        "attachments": [{"msgtype": "image", "image": {"media_id": "m"}}],
    }


class Restless(Mapping[str, Any]):
    """A mapping that gives another sender each time it is read: what a list does that another thread changes."""

    def __init__(self) -> None:
        self.reads = 0

    def __getitem__(self, key: str) -> Any:
        if key == "sender":
            self.reads += 1
            return "zhangsan" if self.reads == 1 else ""
        return CREATE[key]

    def __iter__(self) -> Iterator[str]:
        return iter(CREATE)

    def __len__(self) -> int:
        return len(CREATE)


def test_what_is_sent_is_what_was_judged(serve: Serve, invoke: Invoke) -> None:
    server = serve(created)
    body = Restless()
    invoke(server.base_url, "add_msg_template", body)
    assert json.loads(server.calls[0].body)["sender"] == "zhangsan"
    assert body.reads == 1
    with pytest.raises(InvalidRequest, match=r"sender\.empty"):
        invoke(server.base_url, "add_msg_template", body)


def test_a_model_may_be_changed_after_the_call(serve: Serve) -> None:
    request = AddMsgTemplateRequest(sender="zhangsan", external_userid=["wmA"], text=Text(content="one"))
    asked, release = threading.Event(), threading.Event()

    def slow_token(connection: Connection, _: Seen) -> None:
        asked.set()
        assert release.wait(30)
        connection.answer(issued("tok-1"))

    server = serve(created, tokens=slow_token)

    async def main() -> None:
        async with AsyncWeCom("ww", "secret", base_url=server.base_url) as wecom:
            call = asyncio.create_task(wecom.add_msg_template(request))
            await happens(asked)
            assert isinstance(request.external_userid, list)
            request.external_userid.append("wmB")
            request.text = Text(content="two")
            release.set()
            await call

    asyncio.run(main())
    assert json.loads(server.calls[0].body) == {
        "sender": "zhangsan",
        "external_userid": ["wmA"],
        "text": {"content": "one"},
    }


def test_a_cancelled_write_is_noted(serve: Serve) -> None:
    arrived = threading.Event()

    def hold(connection: Connection, _: Seen) -> None:
        arrived.set()
        connection.hold()

    server = serve(hold)

    async def main() -> list[str]:
        async with AsyncWeCom("ww", "secret", base_url=server.base_url) as wecom:
            call = asyncio.create_task(wecom.add_msg_template(CREATE))
            await happens(arrived)
            call.cancel()
            try:
                await call
            except asyncio.CancelledError as exc:
                return exc.__notes__
            return []

    (note,) = asyncio.run(main())
    assert "its outcome is unknown" in note


def test_threads_that_share_a_client_get_their_own_answers(serve: Serve) -> None:
    def echo(connection: Connection, request: Seen) -> None:
        connection.answer({**CREATED, "msgid": json.loads(request.body)["text"]["content"]})

    server = serve(echo)
    got: list[tuple[str, str]] = []
    with WeCom("ww", "secret", base_url=server.base_url) as wecom:

        def work(name: str) -> None:
            for index in range(5):
                text = f"{name}-{index}"
                got.append((text, wecom.add_msg_template({**CREATE, "text": {"content": text}}).msgid))

        workers = [threading.Thread(target=work, args=(str(number),)) for number in range(8)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(60)
    assert len(got) == 40
    assert [sent for sent, _ in got] == [received for _, received in got]


def test_somebody_elses_client(serve: Serve) -> None:
    server = serve(created)
    events: list[str] = []
    with httpx.Client(
        headers={"X-Gateway": "key"},
        follow_redirects=True,
        auth=("user", "password"),
        event_hooks={"response": [lambda response: events.append(response.url.path)]},
    ) as client:
        with WeCom("ww", "secret", base_url=server.base_url, client=client) as wecom:
            assert wecom.add_msg_template(CREATE).msgid == CREATED["msgid"]
        assert not client.is_closed
    assert b"x-gateway: key" in server.calls[0].head.lower()
    assert b"authorization" not in server.calls[0].head.lower()
    assert server.calls[0].token == "tok-1"
    assert events == ["/cgi-bin/gettoken", "/cgi-bin/externalcontact/add_msg_template"]


def test_somebody_elses_async_client(serve: Serve) -> None:
    server = serve(created)

    async def main() -> None:
        async with httpx.AsyncClient(headers={"X-Gateway": "key"}) as client:
            async with AsyncWeCom("ww", "secret", base_url=server.base_url, client=client) as wecom:
                assert (await wecom.add_msg_template(CREATE)).msgid == CREATED["msgid"]
            assert not client.is_closed

    asyncio.run(main())
    assert b"x-gateway: key" in server.calls[0].head.lower()


def test_a_hook_that_reads_the_answer(serve: Serve) -> None:
    server = serve(created)
    with (
        httpx.Client(event_hooks={"response": [lambda response: response.read()]}) as client,
        WeCom("ww", "secret", base_url=server.base_url, client=client) as wecom,
    ):
        assert wecom.add_msg_template(CREATE).msgid == CREATED["msgid"]


def test_hooks_of_somebody_elses_client_see_no_token(serve: Serve) -> None:
    server = serve(created)
    urls: list[str] = []

    async def note(request: httpx.Request) -> None:
        urls.append(str(request.url))

    async def main() -> None:
        async with (
            httpx.AsyncClient(event_hooks={"request": [note]}) as client,
            AsyncWeCom("ww", "secret", base_url=server.base_url, client=client) as wecom,
        ):
            await wecom.add_msg_template(CREATE)

    with (
        httpx.Client(event_hooks={"request": [lambda request: urls.append(str(request.url))]}) as client,
        WeCom("ww", "secret", base_url=server.base_url, client=client) as wecom,
    ):
        wecom.add_msg_template(CREATE)
    asyncio.run(main())
    create = f"{server.base_url}/cgi-bin/externalcontact/add_msg_template"
    assert [url for url in urls if url.startswith(create)] == [f"{create}?access_token=***"] * 2
    assert [call.token for call in server.calls] == ["tok-1", "tok-2"]


def test_somebody_elses_client_does_not_follow_redirects_here(serve: Serve) -> None:
    other = serve(created)
    location = f"Location: {other.base_url}/\r\n"
    server = serve(lambda connection, _: connection.answer(b"", "307 Temporary Redirect", location))
    with (
        httpx.Client(follow_redirects=True) as client,
        WeCom("ww", "secret", base_url=server.base_url, client=client) as wecom,
        pytest.raises(OutcomeUnknown, match="307"),
    ):
        wecom.add_msg_template(CREATE)
    assert other.seen == []


def answering(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, json=issued("tok") if request.url.path.endswith("gettoken") else CREATED)


def test_another_transport(invoke: Invoke) -> None:
    task = invoke(
        "https://wecom.invalid",
        "add_msg_template",
        CREATE,
        settings={"transport": httpx.MockTransport(answering)},
    )
    assert task.msgid == CREATED["msgid"]


def test_a_path_under_the_base_url(invoke: Invoke) -> None:
    seen: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.path)
        return answering(request)

    settings = {"transport": httpx.MockTransport(handler), "token_store": MemoryTokenStore()}
    for base_url in ("https://gateway.invalid/WX/", "https://gateway.invalid/WX"):  # which is the same one
        invoke(base_url, "add_msg_template", CREATE, settings=settings)
    create = "/WX/cgi-bin/externalcontact/add_msg_template"
    assert seen == ["/WX/cgi-bin/gettoken", create, create]


def test_a_closed_client_says_so(serve: Serve) -> None:
    server = serve(created)
    wecom = WeCom("ww", "secret", base_url=server.base_url)
    wecom.add_msg_template(CREATE)
    wecom.close()
    wecom.close()
    with pytest.raises(RuntimeError, match=r"^this client is closed$"):
        wecom.add_msg_template(CREATE)
    assert len(server.calls) == 1


def test_a_closed_async_client_says_so(serve: Serve) -> None:
    server = serve(created)

    async def main() -> None:
        wecom = AsyncWeCom("ww", "secret", base_url=server.base_url)
        await wecom.add_msg_template(CREATE)
        await wecom.aclose()
        await wecom.aclose()
        with pytest.raises(RuntimeError, match=r"^this client is closed$"):
            await wecom.add_msg_template(CREATE)

    asyncio.run(main())
    assert len(server.calls) == 1


NO_URL = "base_url: that is no URL; https://qyapi.weixin.qq.com is one"
NO_SERVER = "base_url: a URL with https:// (or http:// for a mock) and a host is needed"
MORE_THAN_A_SERVER = "base_url: scheme, host, port and path only; no user, no query, no fragment"

ARGUMENTS = [
    ({"corpid": ""}, ValueError, "corpid: it is empty"),
    ({"corpsecret": ""}, ValueError, "corpsecret: it is empty"),
    ({"corpsecret": None}, TypeError, "corpsecret: a string is needed, not NoneType"),
    ({"corpid": 7}, TypeError, "corpid: a string is needed, not int"),
    ({"base_url": "qyapi.weixin.qq.com"}, ValueError, NO_SERVER),
    ({"base_url": "ftp://qyapi.weixin.qq.com"}, ValueError, NO_SERVER),
    ({"base_url": "https://"}, ValueError, NO_SERVER),
    ({"base_url": "https://[::1"}, ValueError, NO_URL),
    ({"base_url": "https://user:pw@host"}, ValueError, MORE_THAN_A_SERVER),
    ({"base_url": "https://host?access_token=t"}, ValueError, MORE_THAN_A_SERVER),
    ({"base_url": "https://host#x"}, ValueError, MORE_THAN_A_SERVER),
    ({"base_url": "https://host\n"}, ValueError, NO_URL),
    ({"base_url": 7}, ValueError, NO_URL),
    ({"timeout": 0}, ValueError, "timeout: a finite number of seconds above 0 is needed, not 0"),
    ({"timeout": -1}, ValueError, "timeout: a finite number of seconds above 0 is needed, not -1"),
    ({"timeout": float("inf")}, ValueError, "timeout: a finite number of seconds above 0 is needed, not inf"),
    ({"timeout": float("nan")}, ValueError, "timeout: a finite number of seconds above 0 is needed, not nan"),
    ({"timeout": "10"}, TypeError, "timeout: a number of seconds is needed, not str"),
    ({"timeout": True}, TypeError, "timeout: a number of seconds is needed, not bool"),
    ({"deadline": 0}, ValueError, "deadline: a finite number of seconds above 0 is needed, not 0"),
    ({"deadline": None}, TypeError, "deadline: a number of seconds is needed, not NoneType"),
    (
        {"deadline": float("inf")},
        ValueError,
        "deadline: a finite number of seconds above 0 is needed, not inf",
    ),
    ({"max_response_bytes": 0}, ValueError, "max_response_bytes: a number of bytes above 0 is needed, not 0"),
    (
        {"max_response_bytes": 1.5},
        ValueError,
        "max_response_bytes: a number of bytes above 0 is needed, not 1.5",
    ),
    ({"retries": "2"}, TypeError, "retries: a number or a Retries is needed, not str"),
    ({"retries": True}, TypeError, "retries: a number or a Retries is needed, not bool"),
    ({"retries": -1}, ValueError, "retries: 0 for none, or a number above, not -1"),
    ({"transport": "x"}, TypeError, "transport: {name} needs an httpx.{base}Transport, not str"),
    ({"client": "x"}, TypeError, "client: {name} needs an httpx.{client}, not str"),
]


@pytest.mark.parametrize("kind", [WeCom, AsyncWeCom])
@pytest.mark.parametrize(("arguments", "error", "text"), ARGUMENTS, ids=range(len(ARGUMENTS)))
def test_arguments_that_make_no_sense(kind: Any, arguments: Any, error: type[Exception], text: str) -> None:
    with pytest.raises(error) as caught:
        kind(**{"corpid": "ww", "corpsecret": "hush", **arguments})
    words = {WeCom: ("WeCom", "Base", "Client"), AsyncWeCom: ("AsyncWeCom", "AsyncBase", "AsyncClient")}[kind]
    assert str(caught.value) == text.format(**dict(zip(("name", "base", "client"), words, strict=True)))


def test_the_least_that_a_client_takes() -> None:
    WeCom("ww", "secret", timeout=1e-9, deadline=1e-9, max_response_bytes=1, retries=0).close()


@pytest.mark.parametrize("timeout", [None, httpx.Timeout(None), httpx.Timeout(5, read=None)])
def test_a_phase_without_a_limit_ends_with_the_call(serve: Serve, timeout: Any) -> None:
    server = serve(created)
    with WeCom("ww", "secret", base_url=server.base_url, timeout=timeout) as wecom:
        assert wecom.add_msg_template(CREATE).msgid


def test_arguments_that_contradict_each_other() -> None:
    with httpx.Client() as client:
        both = "^transport and client: give one of them, the client has a transport already$"
        with pytest.raises(TypeError, match=both):
            WeCom("ww", "secret", client=client, transport=httpx.MockTransport(answering))
        with pytest.raises(TypeError, match=r"^client: AsyncWeCom needs an httpx\.AsyncClient, not Client$"):
            AsyncWeCom("ww", "secret", client=client)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "base_url", ["http://127.0.0.1:1", "http://[::1]:1", "http://localhost:1", "https://x.invalid"]
)
def test_a_safe_base_url_gives_no_warning(base_url: str) -> None:
    WeCom("ww", "secret", base_url=base_url).close()


def test_an_unencrypted_base_url_gives_a_warning() -> None:
    told = r"^base_url: http:// sends the secret and every token to gateway\.invalid unencrypted$"
    with pytest.warns(WeComWarning, match=told) as record:
        WeCom("ww", "secret", base_url="http://gateway.invalid").close()
    assert [warning.filename for warning in record] == [__file__]


def test_the_certificates_are_checked() -> None:
    import ssl

    from wecom_openapi.driver import certificates

    context = certificates()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


def test_the_server_is_the_contracts_by_default() -> None:
    from wecom_contract import SERVER

    hosts: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        hosts.append(f"{request.url.scheme}://{request.url.host}")
        return answering(request)

    with WeCom("ww", "secret", transport=httpx.MockTransport(handler)) as wecom:
        wecom.add_msg_template(CREATE)
    assert set(hosts) == {SERVER}
