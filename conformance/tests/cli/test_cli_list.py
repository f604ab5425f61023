"""``wecom list``: the tasks of a period."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Any

from program import EVERYONE, MESSAGE, Cli

from wecom_mock.server import MockServer
from wecom_openapi import WeCom

DAY = 86400.0


def create(cli: Cli, mock: MockServer, *, days_ago: float = 0, **fields: Any) -> str:
    with WeCom("wwdemo", cli.secret, base_url=mock.base_url) as wecom:
        msgid = wecom.add_msg_template(fields.pop("body", {**MESSAGE, **fields}), to_all=True).msgid
    mock.state.tasks[msgid].created = time.time() - days_ago * DAY
    return msgid


def ids(cli: Cli, *options: str) -> list[str]:
    result = cli("list", "--json", *options)
    assert (result.code, result.err) == (0, "")
    return [line["msgid"] for line in result.lines]


def test_a_table(cli: Cli, mock: MockServer) -> None:
    link = {"msgtype": "link", "link": {"title": "秋季新品", "url": "https://example.com"}}
    msgid = create(cli, mock, text={"content": "新品\n上市 " + "长" * 60}, attachments=[link])
    mock.state.tasks[msgid].created = 1_795_000_000
    personal = mock.state.send_personally("lisi", "个人消息", 1_795_000_060).msgid
    assert cli("list", "--since", "2026-11-18", "--until", "2026-11-19") == (
        0,
        "CREATED                    MSGID                             BY               MESSAGE\n"
        f"2026-11-18 19:06:40 +0800  {msgid}  API              新品 上市 {'长' * 33}… [link: 秋季新品]\n"
        f"2026-11-18 19:07:40 +0800  {personal}  lisi (personal)  个人消息\n",
        "",
    )
    assert cli("list", "--since", "2026-11-18", "--until", "2026-11-19", "--lang", "zh").out.split()[:2] == [
        "创建时间",
        "MSGID",
    ]


def test_for_programs_a_line_each(cli: Cli, mock: MockServer) -> None:
    msgid = create(cli, mock)
    mock.state.tasks[msgid].created = 1_795_000_000
    (line,) = cli("list", "--since", "2026-11-18", "--json").lines
    assert line == {
        "msgid": msgid,
        "create_time": 1795000000,
        "create_time_iso": "2026-11-18T11:06:40+00:00",
        "create_type": 0,
        "create_type_name": "COMPANY",
        "text": MESSAGE["text"],
    }


def test_the_period(cli: Cli, mock: MockServer) -> None:
    old, recent = create(cli, mock, days_ago=60), create(cli, mock, days_ago=6)
    assert ids(cli) == [recent]
    assert ids(cli, "--since", "5d") == []
    assert ids(cli, "--since", "9w") == [old, recent]  # in several parts
    assert ids(cli, "--since", "9w", "--until", "50d") == [old]
    day = datetime.now(UTC) - timedelta(days=60)
    assert ids(cli, "--since", (day - timedelta(hours=1)).isoformat(), "--until", "7d") == [old]


def test_filters(cli: Cli, mock: MockServer) -> None:
    by_api = create(cli, mock)
    by_lisi = mock.state.send_personally("lisi", "x", time.time()).msgid
    group = create(cli, mock, body={**EVERYONE, "chat_type": "group"})
    assert ids(cli) == [by_api, by_lisi]
    assert ids(cli, "--chat-type", "group") == [group]
    assert ids(cli, "--filter", "corp") == [by_api]
    assert ids(cli, "--filter", "personal") == [by_lisi]
    assert ids(cli, "--filter", "all", "--creator", "lisi") == [by_lisi]


def test_a_limit_of_rows_says_that_there_are_more(cli: Cli, mock: MockServer) -> None:
    created = [create(cli, mock) for _ in range(3)]
    assert ids(cli, "--limit-rows", "2") == created[:2]
    result = cli("list", "--limit-rows", "2")
    assert len(result.out.splitlines()) == 3
    assert result.err == "the first 2; there are more\n"
    assert cli("list", "--limit-rows", "3").err == ""
