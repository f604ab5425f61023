"""`WeCom.raw`: status, headers and bytes beside the model, extra query parameters, a timeout for one call."""

from __future__ import annotations

import asyncio
import json
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from fault_server import Connection, FaultServer, Seen

from wecom_contract import OPERATIONS
from wecom_openapi import (
    AsyncWeCom,
    AudienceNotConfirmed,
    GroupmsgSendStatus,
    GroupmsgTask,
    GroupmsgTaskStatus,
    NoAnswer,
    RefusedError,
    WeCom,
)

Serve = Callable[..., FaultServer]
BODY = '{"errcode":0, "errmsg":"ok","task_list":[{"userid":"张三","status":7}]}'.encode()


@pytest.fixture(params=["sync", "async"])
def raw(request: pytest.FixtureRequest, warm: Any) -> Callable[..., Any]:
    """Makes one call of ``raw``."""

    def sync(base_url: str, operation: str, *args: Any, **fields: Any) -> Any:
        with WeCom("corp", "secret", base_url=base_url, token_store=warm) as wecom:
            return getattr(wecom.raw, operation)(*args, **fields)

    def with_tasks(base_url: str, operation: str, *args: Any, **fields: Any) -> Any:
        async def main() -> Any:
            async with AsyncWeCom("corp", "secret", base_url=base_url, token_store=warm) as wecom:
                return await getattr(wecom.raw, operation)(*args, **fields)

        return asyncio.run(main())

    return sync if request.param == "sync" else with_tasks


def answer(connection: Connection, seen: Seen) -> None:
    connection.answer(BODY, headers="X-W-No: 17\r\n")


def test_the_answer_as_it_came(serve: Serve, raw: Any) -> None:
    server = serve(answer)
    found = raw(server.base_url, "get_groupmsg_task", msgid="m", timeout=5)
    assert (found.status_code, found.content, found.headers["x-w-no"]) == (200, BODY, "17")
    assert [row.userid for row in found.parsed.task_list] == ["张三"]


def test_extra_query_parameters_stand_beside_the_token(serve: Serve, raw: Any) -> None:
    server = serve(answer)
    raw(server.base_url, "get_groupmsg_task", msgid="m", extra_query={"debug": "1", "名": "值 &"})
    assert server.calls[0].query == {"debug": "1", "名": "值 &", "access_token": "tok-warm"}


@pytest.mark.parametrize("name", ["access_token"])
def test_a_parameter_of_the_operation_is_no_extra(serve: Serve, raw: Any, name: str) -> None:
    server = serve(answer)
    with pytest.raises(ValueError, match=f"extra_query: {name} is a parameter of get_groupmsg_task itself"):
        raw(server.base_url, "get_groupmsg_task", msgid="m", extra_query={name: "x"})
    with pytest.raises(ValueError, match="corpid is a parameter of gettoken itself"):
        raw(server.base_url, "gettoken", corpid="c", corpsecret="s", extra_query={"corpid": "x"})
    with pytest.raises(TypeError, match="names and values are strings"):
        raw(server.base_url, "get_groupmsg_task", msgid="m", extra_query={"debug": 1})
    assert server.seen == []


def test_what_is_wrong_is_raised_as_elsewhere(serve: Serve, raw: Any) -> None:
    server = serve(lambda connection, seen: connection.answer({"errcode": 41046, "errmsg": "x"}))
    with pytest.raises(RefusedError):
        raw(server.base_url, "get_groupmsg_task", msgid="m")
    with pytest.raises(AudienceNotConfirmed):
        raw(server.base_url, "add_msg_template", sender="a", text="x")
    silent = serve(lambda connection, seen: connection.hold())
    with pytest.raises(NoAnswer):
        raw(silent.base_url, "get_groupmsg_task", msgid="m", timeout=0.05)


def test_the_body_is_the_same_as_without_raw(serve: Serve, raw: Any) -> None:
    server = serve(lambda connection, seen: connection.answer({"errcode": 0, "msgid": "m"}))
    body = {"sender": "a", "external_userid": ["wmA"], "text": {"content": "新品"}}
    assert raw(server.base_url, "add_msg_template", body).parsed.msgid == "m"
    assert json.loads(server.calls[0].body) == body


@pytest.mark.parametrize("kind", [WeCom, AsyncWeCom])
def test_every_operation_has_a_raw_form(kind: Any) -> None:
    wecom = kind("corp", "secret")
    assert all(callable(getattr(wecom.raw, name)) for name in OPERATIONS)


def test_a_status_that_no_page_names_is_kept() -> None:
    row = GroupmsgTask.from_dict({"userid": "a", "status": 7})
    assert (row.status, row.status.name, row.status.is_known) == (7, "UNKNOWN_7", False)
    assert isinstance(row.status, GroupmsgTaskStatus)
    assert row.to_dict() == {"userid": "a", "status": 7}
    assert type(row.to_dict()["status"]) is int
    again = pickle.loads(pickle.dumps(row))
    assert again == row
    assert {again.status: 1}[GroupmsgTaskStatus(7)] == 1


def test_a_status_that_is_named_has_its_name() -> None:
    status = GroupmsgTask.from_dict({"userid": "a", "status": 2}).status
    assert status is GroupmsgTaskStatus.SENT
    assert status.is_known
    assert GroupmsgSendStatus.QUOTA_USED_UP == 3


@pytest.mark.parametrize("nonsense", ["2", True, 2.0, None, [2]])
def test_a_status_that_is_no_integer_is_an_error(nonsense: Any) -> None:
    with pytest.raises(ValueError, match=r"GroupmsgTask\.status: an integer was expected"):
        GroupmsgTask.from_dict({"userid": "a", "status": nonsense})
