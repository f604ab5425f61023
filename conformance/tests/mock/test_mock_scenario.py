"""Scenario files: what they do, and what is said about those that can not be used."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx

from wecom_mock import State, demo_company
from wecom_mock.caller import Caller
from wecom_mock.scenario import parse_scenario

NOW = 1795320000.0
SHARED = "wmDemoSharedChattedWithLisiAAAAA"
TASK = {"sender": "zhangsan", "text": {"content": "新品上市"}}
TWO = ["woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA", "wmCB22A6F6B4086E3513984E26BD8D4A"]
EVERYBODY = {"external_userid": TWO, "text": {"content": "新品上市"}}


def begin(text: str, clock: Any, seed: int = 0) -> tuple[State, Caller]:
    company = demo_company()
    state = parse_scenario(text, company).state(company, seed)
    return state, Caller(state, clock)


def statuses(caller: Caller, msgid: str) -> dict[str, tuple[int, int | None]]:
    rows = caller.call("get_groupmsg_task", {"msgid": msgid}).body["task_list"]
    return {row["userid"]: (row["status"], row.get("send_time")) for row in rows}


def test_members_confirm_after_a_while_of_the_clock(clock: Any) -> None:
    state, caller = begin("people:\n- {when: add_msg_template, do: confirm, after: 5}\n", clock)
    msgid = caller.call("add_msg_template", TASK).body["msgid"]
    clock.forward(4.9)
    assert statuses(caller, msgid) == {"zhangsan": (0, None)}
    clock.forward(100)
    # Confirmed when it was due, not when somebody looked.
    assert statuses(caller, msgid) == {"zhangsan": (2, int(NOW) + 5)}
    assert state.tasks[msgid].assignments["zhangsan"].send_time == int(NOW) + 5


def test_the_first_rule_for_a_member_decides(clock: Any) -> None:
    text = """
people:
- {when: add_msg_template, do: ignore, member: lisi}
- {when: add_msg_template, do: confirm, after: 1.5, member: zhangsan}
- {when: add_msg_template, do: confirm, after: 3}
- {when: remind_groupmsg_send, do: confirm, after: 10}
"""
    _, caller = begin(text, clock)
    msgid = caller.call("add_msg_template", EVERYBODY).body["msgid"]
    clock.forward(60)
    assert statuses(caller, msgid) == {"zhangsan": (2, int(NOW) + 1), "lisi": (0, None)}
    assert caller.call("remind_groupmsg_send", {"msgid": msgid}).errcode == 0
    clock.forward(10)
    assert statuses(caller, msgid)["lisi"] == (2, int(NOW) + 70)


def test_what_was_cancelled_or_done_by_hand_is_let_be(clock: Any) -> None:
    state, caller = begin("people:\n- {when: add_msg_template, do: confirm, after: 5}\n", clock)
    cancelled, by_hand = (caller.call("add_msg_template", TASK).body["msgid"] for _ in range(2))
    caller.call("cancel_groupmsg_send", {"msgid": cancelled})
    state.confirm(by_hand, "zhangsan", NOW + 1)
    clock.forward(5)
    assert caller.call("get_groupmsg_task", {"msgid": by_hand}).errcode == 0
    assert state.tasks[cancelled].assignments["zhangsan"].status == 0
    assert state.tasks[by_hand].assignments["zhangsan"].send_time == int(NOW) + 1


def test_a_refused_call_has_no_consequences(clock: Any) -> None:
    state, caller = begin("people:\n- {when: add_msg_template, do: revoke-tokens}\n", clock)
    token = caller.token()
    assert caller.call("add_msg_template", {}, token=token).errcode != 0
    assert caller.call("add_msg_template", TASK, token=token).errcode == 0
    assert state.tokens
    assert caller.call("add_msg_template", TASK, token=token).errcode == 40014


def test_a_moment_is_published(clock: Any) -> None:
    text = (
        "settings: {moment_dispatch_seconds: 30}\npeople: [{when: add_moment_task, do: publish, after: 5}]\n"
    )
    state, caller = begin(text, clock)
    caller.call("add_moment_task", {"text": {"content": "x"}})
    (moment,) = state.moments.by_id.values()
    clock.forward(29)
    caller.token()
    assert moment.published == {}
    clock.forward(1)
    caller.token()
    assert set(moment.published) == set(moment.members)


def test_a_customer_leaves(clock: Any) -> None:
    customer = "woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA"
    rule = f"{{when: add_msg_template, do: unfriend, member: zhangsan, customer: {customer}, after: 2}}"
    state, caller = begin(f"people: [{rule}]", clock)
    caller.call("add_msg_template", TASK)
    assert state.company.follows("zhangsan", customer)
    clock.forward(2)
    caller.token()
    assert not state.company.follows("zhangsan", customer)


def test_a_probability_follows_from_the_seed(clock: Any) -> None:
    def confirmed(seed: int) -> list[bool]:
        text = "settings: {quota_policy: unlimited}\n"
        text += "people: [{when: add_msg_template, do: confirm, probability: 0.5}]"
        state, caller = begin(text, clock, seed)
        token = caller.token()
        for _ in range(60):
            caller.call("add_msg_template", TASK, token=token)
        clock.forward(1)
        caller.token()
        return [task.assignments["zhangsan"].status == 2 for task in state.tasks.values()]

    first = confirmed(1)
    assert first == confirmed(1) != confirmed(2)
    assert 15 < sum(first) < 45


def test_reset_forgets_what_is_not_due_and_keeps_the_rules(clock: Any) -> None:
    state, caller = begin("people:\n- {when: add_msg_template, do: confirm, after: 5}\n", clock)
    first = caller.call("add_msg_template", TASK).body["msgid"]
    state.reset()
    clock.forward(3)
    again = caller.call("add_msg_template", TASK).body["msgid"]
    assert first == again
    clock.forward(2)
    assert statuses(caller, again) == {"zhangsan": (0, None)}
    clock.forward(3)
    assert statuses(caller, again) == {"zhangsan": (2, int(NOW) + 8)}


def test_settings_and_faults(clock: Any) -> None:
    text = """
settings:
  quota_policy: per-week-7
  check_media: yes
  dispatch_code: 41047
  dispatch_seconds: 1.5
  moments_per_minute: null
  calls_per_minute: 3
faults:
- {kind: html-502, operation: add_msg_template, times: 1, applied: true}
- {kind: errcode, probability: 0.5, errcode: -1, errmsg: busy}
- {kind: truncate, size: 3}
- {kind: content-type, content_type: text/html}
"""
    state, caller = begin(text, clock)
    settings = state.settings
    assert (settings.quota_policy, settings.check_media, settings.dispatch_code) == (
        "per-week-7",
        True,
        41047,
    )
    assert (settings.dispatch_seconds, settings.moments_per_minute, settings.calls_per_minute) == (
        1.5,
        None,
        3,
    )
    kinds = [(one.kind, one.times, one.errcode, one.size) for one in state.faults.list()]
    assert kinds == [
        *(("html-502", 1, None, None), ("errcode", None, -1, None)),
        *(("truncate", None, None, 3), ("content-type", None, None, None)),
    ]
    assert caller.call("gettoken", {"corpid": "wwdemo", "corpsecret": "demo"}).errcode in (0, -1)


def test_who_ignores_a_task_revokes_no_token(clock: Any) -> None:
    _, caller = begin("people:\n- {when: add_msg_template, do: ignore}\n", clock)
    token = caller.token()
    msgid = caller.call("add_msg_template", TASK, token=token).body["msgid"]
    clock.forward(60)
    found = caller.call("get_groupmsg_task", {"msgid": msgid}, token=token)
    assert [row["status"] for row in found.body["task_list"]] == [0]


def test_what_is_due_at_once_is_done_in_the_order_of_the_calls(clock: Any) -> None:
    """Of two tasks for the same customer the first one uses the day's quota up."""
    rules = (
        "people:\n- {when: add_msg_template, do: confirm, after: 5}\nsettings: {quota_policy: per-day-1}\n"
    )
    state, caller = begin(rules, clock)
    body = {"sender": "zhangsan", "external_userid": TWO[:1], "text": {"content": "x"}}
    msgids = [caller.call("add_msg_template", body).body["msgid"] for _ in range(3)]
    clock.forward(5)
    caller.token()
    found = [state.tasks[msgid].assignments["zhangsan"].deliveries[0].status for msgid in msgids]
    assert found == [1, 3, 3]


def serve(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "wecom_mock", "serve", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )


def test_serve_takes_a_scenario(tmp_path: Path) -> None:
    file = tmp_path / "s.yaml"
    file.write_text("faults: [{kind: html-502, times: 1}]\npeople: [{when: add_msg_template, do: confirm}]\n")
    with serve("--scenario", str(file)) as process:
        try:
            assert process.stdout is not None
            base_url = process.stdout.readline().split()[-1]
            with httpx.Client(base_url=base_url, trust_env=False, timeout=60) as client:
                login = {"corpid": "wwdemo", "corpsecret": "demo"}
                assert client.get("/cgi-bin/gettoken", params=login).status_code == 502
                token = client.get("/cgi-bin/gettoken", params=login).json()["access_token"]
                path, query = "/cgi-bin/externalcontact/", {"access_token": token}
                task = '{"sender":"zhangsan","text":{"content":"x"}}'
                msgid = client.post(path + "add_msg_template", params=query, content=task).json()["msgid"]
                found = client.post(path + "get_groupmsg_task", params=query, json={"msgid": msgid}).json()
                assert [row["status"] for row in found["task_list"]] == [2]
        finally:
            process.terminate()


def test_serve_says_what_is_wrong_with_it(tmp_path: Path) -> None:
    file = tmp_path / "s.yaml"
    file.write_text("people:\n- {when: add_msg_template, do: confirm, member: nobody}\n")
    with serve("--scenario", str(file)) as process:
        out, err = process.communicate(timeout=120)
    assert (process.returncode, out) == (1, "")
    assert err == f"wecom-mock: {file}:2: people[0].member: no member 'nobody' in this company\n"
