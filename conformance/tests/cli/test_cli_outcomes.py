"""What is told of a call that failed: in full, in both languages, and for programs."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Any

import pytest
from fault_server import CREATED, FaultServer, refused
from inside import Inside
from program import MESSAGE

from wecom_mock.server import MockServer

Serve = Callable[..., FaultServer]
PAGE = "https://developer.work.weixin.qq.com/document/path/93338"
NEXT = "with --journal PATH nothing is sent twice, and wecom recover looks for it"
NEXT_ZH = "使用 --journal PATH 则不会重发，并由 wecom recover 代为查明"
UNREADABLE = (
    "add_msg_template was sent, and its answer can't be read: fail_list must be a list or null, not a string. "
    "Do not send it again: read the list of tasks or look into the admin console, then decide"
)


def refusing(serve: Serve, code: int, errmsg: str = "system error") -> dict[str, str | None]:
    return {
        "WECOM_BASE_URL": serve(lambda connection, seen: connection.answer(refused(code, errmsg))).base_url
    }


REFUSALS = [
    (
        40058,
        1,
        "get_groupmsg_task was refused: errcode 40058 (a parameter is invalid: broken JSON, too long, too many, or "
        "empty where a value is needed): 'system error'. Nothing happened. What to do: mend the request; repeating it "
        f"doesn't help. See {PAGE}",
        "get_groupmsg_task 被拒绝：errcode 40058（不合法的参数）：'system error'。没有产生任何影响。"
        f"处理办法：修正请求，重试无效。参见 {PAGE}",
    ),
    (
        48002,
        5,
        "get_groupmsg_task was refused: errcode 48002 (this app may not call this API): 'system error'. Nothing "
        f"happened. What to do: list the app under 客户联系 - 可调用接口的应用. See {PAGE}",
        "get_groupmsg_task 被拒绝：errcode 48002（API接口无权限调用）：'system error'。没有产生任何影响。"
        f"处理办法：在「客户联系-可调用接口的应用」中配置该应用。参见 {PAGE}",
    ),
    (
        987654,
        1,
        "get_groupmsg_task was refused: errcode 987654 (not in the vendor's table): 'system error'. Nothing "
        f"happened. See {PAGE}",
        "get_groupmsg_task 被拒绝：errcode 987654（不在官方错误码表中）：'system error'。没有产生任何影响。"
        f"参见 {PAGE}",
    ),
]


@pytest.mark.parametrize(("code", "status", "en", "zh"), REFUSALS, ids=[str(each[0]) for each in REFUSALS])
def test_a_refusal(code: int, status: int, en: str, zh: str, inside: Inside, serve: Serve) -> None:
    env = refusing(serve, code)
    assert inside("status", "m", env=env) == (status, "", f"error: {en}\n")
    assert inside("status", "m", "--lang", "zh", env=env) == (status, "", f"error: {zh}\n")


def test_a_refusal_that_says_nothing(inside: Inside, serve: Serve) -> None:
    result = inside("status", "m", "--lang", "zh", env=refusing(serve, 41048, ""))
    assert result.err == (
        "error: get_groupmsg_task 被拒绝：errcode 41048（无可发送的客户）。没有产生任何影响。"
        f"处理办法：检查客户的接收额度与好友关系。参见 {PAGE}\n"
    )


def test_a_refusal_for_programs(inside: Inside, serve: Serve) -> None:
    env = refusing(serve, 45009, "too often, hint: [1600000000_1_abcdef], from ip: 127.0.0.1")
    error = inside("status", "m", "--json", "--retries", "0", "--lang", "zh", env=env).error
    assert error == {
        "kind": "FrequencyLimited",
        "exit_code": 6,
        "operation": "get_groupmsg_task",
        "retry": "later",
        "errcode": 45009,
        "errmsg": "too often, hint: [1600000000_1_abcdef], from ip: 127.0.0.1",
        "hint": "1600000000_1_abcdef",
        "effect": "none",
        "meaning": "the call was made too often",
        "meaning_zh": "接口调用超过限制",
        "action": "wait for the window to pass: a minute, an hour, a day or a month; leave debug=1 away",
        "action_zh": "等待限频窗口结束；勿使用 debug=1",
        "page": PAGE,
        "message": "get_groupmsg_task 被拒绝：errcode 45009（接口调用超过限制）："
        "'too often, hint: [1600000000_1_abcdef], from ip: 127.0.0.1'。没有产生任何影响。"
        f"处理办法：等待限频窗口结束；勿使用 debug=1。参见 {PAGE}",
    }


def test_a_refusal_that_may_have_had_an_effect(inside: Inside, mock: MockServer, save: Any) -> None:
    for language, told in (
        (
            "zh",
            "可能已经生效：先确认，不要直接重发。处理办法：查询类请求稍后重试；写入类请求先确认是否已生效。参见",
        ),
        ("en", "It may have had an effect all the same: do not send it again before you have looked."),
    ):
        mock.state.fail_next("add_msg_template", -1)
        result = inside("send", save("m.json", MESSAGE), "--yes", "--lang", language)
        first, fingerprint, find_out, next_time = result.err.splitlines()
        assert (result.code, result.out) == (3, "")
        assert told in first
        assert fingerprint.startswith("fingerprint of what was sent (sha256): ")
        assert find_out.startswith("to find out: wecom list --since ")
        assert next_time == f"next time: {NEXT_ZH if language == 'zh' else NEXT}"


def test_an_unknown_outcome_in_full(inside: Inside, serve: Serve, save: Any) -> None:
    server = serve(lambda connection, seen: connection.answer({**CREATED, "fail_list": "none"}))
    env = {"WECOM_BASE_URL": server.base_url}
    save(
        "m.json", {"chat_type": "group", "sender": "lisi", "chat_id_list": ["wrA"], "text": {"content": "x"}}
    )
    result = inside("send", "m.json", "--yes", env=env)
    fingerprint = hashlib.sha256(server.calls[0].body).hexdigest()
    (since,) = re.findall(r"--since (\S+)", result.err)
    find_out = f"wecom list --since {since} --chat-type group"
    message = (
        f"{UNREADABLE}\nfingerprint of what was sent (sha256): {fingerprint}\nmsgid in the answer: {CREATED['msgid']}\n"
        f"to find out: {find_out}\nnext time: {NEXT}"
    )
    assert result == (3, "", f"error: {message}\n")
    error = inside("send", "m.json", "--yes", "--json", env=env).error
    (again,) = re.findall(r"--since (\S+)", error["find_out"])
    assert error == {
        "kind": "OutcomeUnknown",
        "exit_code": 3,
        "operation": "add_msg_template",
        "retry": "never",
        "fingerprint": fingerprint,
        "msgid": CREATED["msgid"],
        "find_out": find_out.replace(since, again),
        "next_time": NEXT,
        "message": message.replace(since, again),
    }


@pytest.mark.parametrize("msgid", [None, 7])
def test_an_answer_without_an_id_that_can_be_read(
    msgid: Any, inside: Inside, serve: Serve, save: Any
) -> None:
    server = serve(lambda connection, seen: connection.answer({"errcode": 0, "errmsg": "ok", "msgid": msgid}))
    options = ("--yes", "--json", "--base-url", server.base_url)
    error = inside("send", save("m.json", MESSAGE), *options).error
    assert (error["kind"], "msgid" in error) == ("OutcomeUnknown", False)
    assert "msgid in the answer" not in error["message"]


def test_a_task_that_is_not_done_in_time(inside: Inside, mock: MockServer, save: Any) -> None:
    msgid = inside("send", save("m.json", MESSAGE), "--yes", "--json").json["msgid"]
    mock.state.confirm(msgid, "zhangsan", 1_795_000_000)
    watch = ("status", msgid, "--watch", "--deadline", "0.01s")
    result = inside(*watch, "--lang", "zh")
    assert (result.code, result.err) == (
        4,
        f"error: 任务 {msgid} 未在时限内完成：2 位成员中 1 位已确认；接收对象：1 已发送\n",
    )
    result = inside(*watch, "--json")
    assert (result.code, result.error) == (
        4,
        {
            "kind": "ResultsNotReady",
            "exit_code": 4,
            "operation": "get_groupmsg_task",
            "retry": "never",
            "message": f"task {msgid} is not done after 0.01 s: 1 of 2 members have not confirmed",
        },
    )


def test_what_the_journal_refuses_to_send(inside: Inside, save: Any) -> None:
    """Nothing is wrong with the request itself, so no rule of the contract is named."""
    journal = ("--yes", "--journal", "j.db", "--key", "spring")
    assert inside("send", save("m.json", MESSAGE), *journal).code == 0
    other = save("n.json", {**MESSAGE, "text": {"content": "另一条"}})
    error = inside("send", other, *journal, "--json").error
    message = error.pop("message")
    assert error == {
        "kind": "KeyReused",
        "exit_code": 2,
        "operation": "add_msg_template",
        "retry": "never",
        "violations": [],
    }
    assert inside("send", other, *journal) == (2, "", f"error: {message}\n")
    assert "spring" in message
    chinese = inside("send", other, *journal, "--lang", "zh")
    assert chinese.code == 2
    assert "spring" in chinese.err


def test_a_warning_of_the_client_and_of_others(
    inside: Inside, serve: Serve, save: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import warnings

    from wecom_cli import reading

    odd = serve(lambda connection, seen: connection.answer({**CREATED, "errmsg": "ok, but look"}))
    options = ("send", save("m.json", MESSAGE), "--yes", "--base-url", odd.base_url)
    result = inside(*options, "--json")
    assert result.code == 0
    (warning,) = result.errors
    assert set(warning) == {"warning"}
    assert set(warning["warning"]) == {"kind", "message"}
    assert warning["warning"]["kind"] == "WeComWarning"
    assert warning["warning"]["message"].startswith(
        "add_msg_template succeeded, and WeCom says: ok, but look"
    )
    assert inside(*options).err == f"warning: {warning['warning']['message']}\n"
    read = reading.body

    def body(name: str) -> Any:
        warnings.warn("of somebody else", UserWarning, stacklevel=1)
        return read(name)

    monkeypatch.setattr(reading, "body", body)
    with pytest.warns(UserWarning, match="of somebody else"):
        assert "of somebody else" not in inside(*options, "--json").err


def test_a_field_that_is_ignored(inside: Inside, save: Any) -> None:
    save("m.json", {**MESSAGE, "chat_id_list": ["wrA"]})
    text = (
        "chat_id_list is ignored in a message to customers; leave chat_id_list out "
        "[chat_id_list.ignored-for-single]"
    )
    result = inside("send", "m.json", "--yes")
    assert (result.code, result.err) == (0, f"warning: {text}\n")
    (told,) = inside("send", "m.json", "--yes", "--json").errors
    assert told == {
        "warning": {"kind": "IgnoredField", "rule": "chat_id_list.ignored-for-single", "message": text}
    }
    chinese = inside("send", "m.json", "--yes", "--lang", "zh").err
    assert chinese == (
        "warning: 发送给客户时忽略 chat_id_list；请去掉 chat_id_list [chat_id_list.ignored-for-single]\n"
    )
