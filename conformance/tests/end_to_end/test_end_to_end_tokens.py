"""The token's life over a real socket: fetched once, shared, renewed, and in no log."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from wecom_mock.server import MockServer
from wecom_openapi import (
    AsyncWeCom,
    CredentialError,
    PermissionDenied,
    RefusedError,
    WeCom,
    WeComError,
)

sys.path.insert(0, str(Path(__file__).parent))  # the ids beside this file

from demo_ids import CORPID, CUSTOMER, OF_LISI, SECRET

Invoke = Callable[..., Any]


def test_one_token_serves_many_calls(wecom: Invoke, mock: MockServer) -> None:
    for _ in range(5):
        wecom("add_msg_template", external_userid=[CUSTOMER], text="hi")
    assert len(mock.state.tokens) == 1


@pytest.mark.parametrize("how", ["withdrawn", "expired"])
def test_a_dead_token_is_renewed_once_and_the_call_goes_on(
    wecom: Invoke, mock: MockServer, clock: Any, how: str
) -> None:
    wecom("add_msg_template", external_userid=[CUSTOMER], text="one")
    [before] = mock.state.tokens
    if how == "withdrawn":
        mock.state.revoke_tokens()
    else:
        clock.now += 7200
    wecom("add_msg_template", external_userid=[CUSTOMER], text="two")

    assert [task.body["text"]["content"] for task in mock.state.tasks.values()] == ["one", "two"]
    assert set(mock.state.tokens) - {before}


def test_a_token_that_stays_dead_is_an_error_and_no_loop(wecom: Invoke, mock: MockServer) -> None:
    wecom(
        "get_groupmsg_task", {"msgid": wecom("add_msg_template", external_userid=[CUSTOMER], text="x").msgid}
    )
    mock.state.fail_next("add_msg_template", 42001, times=10)
    with pytest.raises(CredentialError):
        wecom("add_msg_template", external_userid=[CUSTOMER], text="hi")
    assert len(mock.state.tasks) == 1


def test_many_threads_share_one_token(mock: MockServer) -> None:
    with WeCom(CORPID, SECRET, base_url=mock.base_url) as client, ThreadPoolExecutor(8) as pool:
        made = pool.map(
            lambda n: client.add_msg_template(external_userid=[CUSTOMER], text=str(n)).msgid, range(24)
        )
        assert len(set(made)) == 24
    assert len(mock.state.tokens) == 1


def test_many_tasks_share_one_token(mock: MockServer) -> None:
    async def main() -> list[str]:
        async with AsyncWeCom(CORPID, SECRET, base_url=mock.base_url) as client:
            calls = (client.add_msg_template(external_userid=[CUSTOMER], text=str(n)) for n in range(24))
            return [task.msgid for task in await asyncio.gather(*calls)]

    assert len(set(asyncio.run(main()))) == 24
    assert len(mock.state.tokens) == 1


@pytest.mark.parametrize(
    ("corpid", "secret", "error", "code"),
    [
        (CORPID, "wrong-secret-of-ours", CredentialError, 40091),
        ("wwnobody", SECRET, CredentialError, 40013),
        (CORPID, "demo-hr", PermissionDenied, 48002),
    ],
)
def test_wrong_credentials(
    mock: MockServer,
    caplog: pytest.LogCaptureFixture,
    corpid: str,
    secret: str,
    error: type[WeComError],
    code: int,
) -> None:
    caplog.set_level(logging.DEBUG)
    with WeCom(corpid, secret, base_url=mock.base_url) as client, pytest.raises(error) as caught:
        client.add_msg_template(external_userid=[CUSTOMER], text="hi")

    assert isinstance(caught.value, RefusedError)
    assert caught.value.errcode == code
    if secret != SECRET:
        assert secret not in f"{caught.value}{caught.value!r}{caplog.text}{client!r}"


def test_an_app_sends_only_for_the_members_it_sees(mock: MockServer) -> None:
    with WeCom(CORPID, "demo-sales", base_url=mock.base_url) as client:
        with pytest.raises(PermissionDenied) as caught:
            client.add_msg_template(sender="zhangsan", external_userid=[CUSTOMER], text="hi")
        assert caught.value.errcode == 60011
        assert client.add_msg_template(sender="lisi", external_userid=[OF_LISI], text="hi").fail_list == []


def test_token_and_secret_are_in_no_log(
    wecom: Invoke, mock: MockServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    wecom("add_msg_template", external_userid=[CUSTOMER], text="hi")
    with pytest.raises(RefusedError) as caught:
        wecom("get_groupmsg_task", msgid="msgNone")

    [token] = mock.state.tokens
    shown = f"{caplog.text}{caught.value}{caught.value!r}"
    assert token not in shown
    assert f"corpsecret={SECRET}" not in shown
