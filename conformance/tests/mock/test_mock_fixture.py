"""The mock of one test: what it is without being told anything, and where a failed assertion is shown."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from wecom_mock.caller import Caller
from wecom_mock.fixture import WeComMock


def test_without_arguments_it_has_an_app_nobody_in_it_and_a_clock_that_stands_still() -> None:
    before = time.time()
    with WeComMock() as mock:
        assert before <= mock.clock() == mock.clock() <= time.time()
        assert (mock.corpid, mock.secret, mock.company.now.members) == ("wwtest", "test-secret", ())
        assert (mock.tasks, len(mock.calls)) == ([], 0)
        query = {"corpid": mock.corpid, "corpsecret": mock.secret}
        with httpx.Client(base_url=mock.base_url, trust_env=False) as client:
            assert client.get("/cgi-bin/gettoken", params=query).json()["errcode"] == 0
        told = "<company wwtest: 0 members, 0 customers, 0 groups>"
        assert repr(mock) == f"<WeCom mock on {mock.base_url}, {told}, 1 calls>"


def test_an_unknown_task_is_told_the_last_three() -> None:
    mock = WeComMock()
    mock.company.member("a").customer("wm1")
    body = {"sender": "a", "text": {"content": "x"}}
    made = [Caller(mock.state, mock.clock).call("add_msg_template", body).body["msgid"] for _ in range(4)]
    with pytest.raises(LookupError, match=f"^no task nope; the last ones: {', '.join(made[1:])}$"):
        mock.confirm("nope")


@pytest.mark.parametrize(
    "act",
    [
        lambda mock: mock.assert_sent(text="y"),
        lambda mock: mock.assert_nothing_sent(),
        lambda mock: mock.assert_no_broken_rules(),
    ],
)
def test_a_failed_assertion_is_shown_in_the_test_that_made_it(act: Callable[[WeComMock], Any]) -> None:
    mock = WeComMock()
    mock.company.member("a").customer("wm1")
    caller = Caller(mock.state, mock.clock)
    caller.call("add_msg_template", {"sender": "a", "text": {"content": "x"}})
    caller.call("add_msg_template", {"sender": "a", "text": {"content": ""}})
    with pytest.raises(AssertionError) as caught:
        act(mock)
    assert {str(entry.path) for entry in caught.traceback.filter(caught)} == {__file__}
