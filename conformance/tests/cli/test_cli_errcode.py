"""``wecom errcode``: offline, and quick."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from fault_server import environment
from inside import Inside

OFFLINE: dict[str, str | None] = dict.fromkeys(("WECOM_CORPID", "WECOM_CORPSECRET", "WECOM_BASE_URL"))


CODES = ("-1", "0", "987654", "45009", "42001", "41048")
EN = """\
-1: the server is busy / 系统繁忙
  category: busy
  effect:   unknown: a refused write may have gone through all the same
  retry:    a reading call after a pause; before a write look first whether it went through
  do:       a reading call can be repeated after a pause; after a write look first whether it went through

0: success / 请求成功
  category: ok
  effect:   the call went through
  retry:    not needed
  do:       look at what the answer gives: a msgid, a fail_list

987654: not in the vendor's table
  category: other
  effect:   unknown: a refused write may have gone through all the same
  retry:    look first whether a write went through

45009: the call was made too often / 接口调用超过限制
  category: frequency
  effect:   none: the refused call changed nothing
  retry:    yes, after a pause: nothing happened
  do:       wait for the window to pass: a minute, an hour, a day or a month; leave debug=1 away

42001: the access_token has expired / access_token已过期
  category: credential
  effect:   none: the refused call changed nothing
  retry:    with a new token; the client does that by itself, once
  do:       it is fetched anew once

41048: there is nobody left to send to / 无可发送的客户
  category: audience
  effect:   none: the refused call changed nothing
  retry:    no: the same call gives the same
  do:       look at quota and relations of the customers
"""
ZH = """\
-1: the server is busy / 系统繁忙
  类别：busy
  影响：未知：被拒绝的写入可能已经生效
  重试：读取类可以稍后重试；写入类先确认是否已经生效
  处理：查询类请求稍后重试；写入类请求先确认是否已生效

0: success / 请求成功
  类别：ok
  影响：调用已成功
  重试：不需要
  处理：检查返回内容，如 msgid 与 fail_list

987654: 不在官方错误码表中
  类别：other
  影响：未知：被拒绝的写入可能已经生效
  重试：先确认写入是否已经生效

45009: the call was made too often / 接口调用超过限制
  类别：frequency
  影响：无：被拒绝的调用没有产生任何影响
  重试：可以稍后重试：没有产生任何影响
  处理：等待限频窗口结束；勿使用 debug=1

42001: the access_token has expired / access_token已过期
  类别：credential
  影响：无：被拒绝的调用没有产生任何影响
  重试：换新凭证后可以；客户端会自动重试一次
  处理：凭证会自动刷新一次

41048: there is nobody left to send to / 无可发送的客户
  类别：audience
  影响：无：被拒绝的调用没有产生任何影响
  重试：否：相同的调用结果相同
  处理：检查客户的接收额度与好友关系
"""


def test_what_codes_mean(inside: Inside) -> None:
    assert inside("errcode", *CODES, env=OFFLINE) == (0, EN, "")
    assert inside("errcode", *CODES, "--lang", "zh", env=OFFLINE) == (0, ZH, "")
    # Of most codes the vendor's table has nothing but a Chinese meaning.
    first, *rest = inside("errcode", "710000", env=OFFLINE).out.splitlines()
    assert first == "710000: 非法的open_corpid"
    assert rest == EN.splitlines()[13:16]


def test_for_programs(inside: Inside) -> None:
    found = inside("errcode", "--json", "41048", "-1", "987654", "45009", env=OFFLINE).json
    assert list(found) == ["errcodes"]
    assert found["errcodes"][0] == {
        "code": 41048,
        "zh": "无可发送的客户",
        "en": "there is nobody left to send to",
        "category": "audience",
        "effect": "none",
        "retry": "never",
        "action": "look at quota and relations of the customers",
        "action_zh": "检查客户的接收额度与好友关系",
        "renews_token": None,
        "pause": 0,
        "known": True,
        "retry_reading": "never",
    }
    said = [
        [entry[name] for name in ("code", "known", "retry", "retry_reading")] for entry in found["errcodes"]
    ]
    assert said[1:] == [
        [-1, True, "never", "later"],
        [987654, False, "never", "never"],
        [45009, True, "later", "later"],
    ]


@pytest.mark.parametrize("arguments", [["--help"], ["errcode", "1"], ["send", "--help"], ["nonsense"]])
def test_neither_the_http_library_nor_the_drawing_is_loaded(arguments: list[str], tmp_path: Path) -> None:
    script = (
        "import sys; from wecom_cli.main import main\n"
        f"main({arguments!r})\n"
        "heavy = {'httpx', 'ssl', 'rich.console', 'rich.table', 'wecom_client.models'}\n"
        "print('loaded:', *sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=environment(guarded=False),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.stdout.endswith("loaded:\n"), done.stdout + done.stderr
