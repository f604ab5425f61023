"""Small things that nothing else looks at: the admin's view of a task, what a HAR says of itself, sums on a phone."""

from __future__ import annotations

import re
from typing import Any

import pytest

import wecom_mock
from wecom_contract import CONTRACT_VERSION
from wecom_mock import State
from wecom_mock.admin_views import task as task_view
from wecom_mock.console.actions import ACTIONS
from wecom_mock.console.phones import phone
from wecom_mock.console.words import WORDS

CUSTOMERS = ["woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA", "wo540F98E0E27BAF203E2AEB5468C93A"]


def test_the_admins_view_of_a_task(mock: Any, state: State, clock: Any) -> None:
    body = {"sender": "zhangsan", "external_userid": CUSTOMERS, "text": {"content": "x"}}
    msgid = mock.call("add_msg_template", body).body["msgid"]
    clock.forward(60)
    assert mock.call("remind_groupmsg_send", {"msgid": msgid}).errcode == 0
    told = task_view(state.tasks[msgid], whole=True)
    assert {name: told[name] for name in told if name != "members"} == {
        "msgid": msgid,
        "chat_type": "single",
        "created": 1795320000,
        "cancelled": False,
        "create_type": 0,
        "creator": None,
        "fail_list": [],
        "reminders": [1795320060.0],
        "body": body,
    }
    assert len(told["members"]) == 1
    assert "body" not in task_view(state.tasks[msgid])


def test_a_phone_says_how_many_customers_see_a_moment(mock: Any, state: State, clock: Any) -> None:
    moment = {"text": {"content": "x"}, "visible_range": {"sender_list": {"user_list": ["zhangsan"]}}}
    jobid = mock.call("add_moment_task", moment).body["jobid"]
    clock.forward(60)
    query = f"access_token={mock.token()}&jobid={jobid}"
    result = mock.send("GET", "/cgi-bin/externalcontact/get_moment_task_result", query)
    moment_id = result.body["result"]["moment_id"]
    (before,) = [one for one in phone(state, "zhangsan", clock()).items if one.kind == "moment"]
    assert (before.phase, before.total, before.recipients) == ("waiting", 0, ())
    state.publish_moment(moment_id, "zhangsan", clock())
    (after,) = [one for one in phone(state, "zhangsan", clock()).items if one.kind == "moment"]
    assert after.phase == "published"
    assert after.total == len(after.recipients) >= 2


def test_a_har_names_the_program_and_the_contract(state: State) -> None:
    assert state.calls.to_har()["log"]["creator"] == {
        "name": "wecom-mock",
        "version": CONTRACT_VERSION,
    }


def test_a_name_that_the_package_does_not_have() -> None:
    with pytest.raises(AttributeError, match=r"^module 'wecom_mock' has no attribute 'Stat'$"):
        wecom_mock.Stat  # noqa: B018


def test_every_button_has_its_words_for_when_it_was_pressed() -> None:
    for name, action in ACTIONS.items():
        english, chinese = WORDS[action.said]
        assert re.fullmatch(r"[A-Z][a-z ][^_]*", english), name
        assert re.search(r"[\u4e00-\u9fff]", chinese), name
