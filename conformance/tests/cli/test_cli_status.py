"""``wecom status``: one look, and looking until it is done."""

from __future__ import annotations

import json
import re
import time

from program import MESSAGE, OF_LISI, A, Cli

from wecom_mock import Settings
from wecom_mock.server import MockServer
from wecom_openapi import GroupmsgSendStatus, GroupmsgTaskStatus, WeCom


def create(cli: Cli, mock: MockServer) -> str:
    with WeCom("wwdemo", cli.secret, base_url=mock.base_url) as wecom:
        return wecom.add_msg_template(MESSAGE).msgid


def confirm(mock: MockServer, msgid: str, *userids: str, at: float | None = None) -> None:
    for userid in userids:
        mock.state.confirm(msgid, userid, time.time() if at is None else at)


def test_a_table_of_the_members_with_local_times(cli: Cli, mock: MockServer) -> None:
    msgid = create(cli, mock)
    confirm(mock, msgid, "zhangsan", at=1_795_000_000)
    result = cli("status", msgid)
    assert result == (
        0,
        f"{msgid}: 1 of 2 members confirmed; recipients: 1 sent\n"
        "MEMBER    STATUS             TIME                       RECIPIENTS\n"
        "zhangsan  confirmed          2026-11-18 19:06:40 +0800  1 sent\n"
        "lisi      not confirmed yet\n",
        "",
    )


def test_every_recipient(cli: Cli, mock: MockServer) -> None:
    msgid = create(cli, mock)
    mock.state.unfriend("lisi", OF_LISI)
    confirm(mock, msgid, "zhangsan", "lisi", at=1_795_000_000)
    result = cli("status", msgid, "--recipients")
    assert result.out.splitlines()[-3:] == [
        "RECIPIENT                         MEMBER    STATUS                      TIME",
        f"{A}  zhangsan  sent                        2026-11-18 19:06:40 +0800",
        f"{OF_LISI}  lisi      failed: no longer a friend",
    ]


def test_in_chinese_the_columns_stay_in_line(cli: Cli, mock: MockServer) -> None:
    from rich.cells import cell_len

    msgid = create(cli, mock)
    confirm(mock, msgid, "zhangsan", at=1_795_000_000)
    result = cli("status", msgid, "--lang", "zh")
    assert "2 位成员中 1 位已确认；接收对象：1 已发送" in result.out
    header, row = result.out.splitlines()[1:3]
    for word, cell in (("状态", "已发送"), ("时间", "2026"), ("接收对象", "1 已发送")):
        assert cell_len(header[: header.index(word)]) == cell_len(row[: row.index(cell)])


def test_for_programs(cli: Cli, mock: MockServer) -> None:
    msgid = create(cli, mock)
    confirm(mock, msgid, "zhangsan", at=1_795_000_000)
    sent = {
        "status": 1,
        "status_name": "SENT",
        "send_time": 1795000000,
        "send_time_iso": "2026-11-18T11:06:40+00:00",
    }
    result = cli("status", msgid, "--json")
    assert (result.code, result.err) == (0, "")
    assert result.json == {
        "msgid": msgid,
        "complete": False,
        "members": [
            {**sent, "userid": "zhangsan", "status": 2},
            {"userid": "lisi", "status": 0, "status_name": "UNSENT"},
        ],
        "waiting": ["lisi"],
        "counts": {"SENT": 1},
        "recipients": [{**sent, "userid": "zhangsan", "external_userid": A}],
    }


def test_every_status_has_words() -> None:
    from wecom_cli import results

    assert set(results.MEMBER) == set(GroupmsgTaskStatus)
    assert set(results.RECIPIENT) == set(GroupmsgSendStatus)


def test_a_status_that_no_page_names(cli: Cli, mock: MockServer) -> None:
    msgid = create(cli, mock)
    task = mock.state.tasks[msgid]
    task.assignments["lisi"].status = 7  # type: ignore[assignment]
    assert "status 7" in cli("status", msgid).out
    assert "状态 7" in cli("status", msgid, "--lang", "zh").out
    assert cli("status", msgid, "--json").json["members"][1]["status_name"] == "UNKNOWN_7"


def test_watching_ends_when_everybody_has_confirmed(cli: Cli, mock: MockServer) -> None:
    msgid = create(cli, mock)
    process = cli.start("status", msgid, "--watch", "--interval", "0.05s")
    assert process.stdout is not None
    seen = [process.stdout.readline()]
    confirm(mock, msgid, "zhangsan")
    seen.append(process.stdout.readline())
    confirm(mock, msgid, "lisi")
    result = cli.end(process)
    assert seen == [
        "0 of 2 members confirmed\n",
        "1 of 2 members confirmed; recipients: 1 sent\n",
    ]
    last, *table = result.out.splitlines()
    assert last == "2 of 2 members confirmed; recipients: 2 sent"
    assert len(table) == 3
    assert (result.code, result.err) == (0, "")


def test_watching_for_programs_gives_a_line_a_change(cli: Cli, mock: MockServer) -> None:
    msgid = create(cli, mock)
    process = cli.start("status", msgid, "--watch", "--json", "--interval", "0.05s")
    assert process.stdout is not None
    first = json.loads(process.stdout.readline())
    assert (first["event"], first["waiting"], "recipients" in first) == (
        "progress",
        ["zhangsan", "lisi"],
        False,
    )
    confirm(mock, msgid, "zhangsan")
    assert json.loads(process.stdout.readline())["waiting"] == ["lisi"]
    confirm(mock, msgid, "lisi")
    result = cli.end(process)
    assert [line["event"] for line in result.lines] == ["progress", "done"]
    assert result.lines[-1]["complete"] is True
    assert len(result.lines[-1]["recipients"]) == 2
    assert (result.code, result.err) == (0, "")


def test_watching_at_a_terminal_is_live(cli: Cli, mock: MockServer) -> None:
    msgid = create(cli, mock)
    run = cli.at_terminal("status", msgid, "--watch", "--interval", "0.05s")
    run.wait_for("0/2")
    assert "not confirmed yet" in run.screen
    confirm(mock, msgid, "zhangsan")
    run.wait_for("1/2")
    confirm(mock, msgid, "lisi")
    result = run.end()
    assert result.code == 0
    # Both bars: the members, and the customers of those who have confirmed.
    assert re.search(r"members .*2/2", plain(result.err))
    assert re.search(r"recipients .*2/2", plain(result.err))
    assert "\x1b[?25h" in result.err  # the cursor is back


def plain(screen: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", screen)


def test_no_colour_where_none_is_wanted(cli: Cli, mock: MockServer) -> None:
    msgid = create(cli, mock)
    colourful = cli.at_terminal("status", msgid).end()
    assert "\x1b[1m" in colourful.err
    sober = cli.at_terminal("status", msgid, "--watch", "--deadline", "0.05s", env={"NO_COLOR": "1"}).end()
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]m", sober.err)
    dumb = cli.at_terminal("status", msgid, "--watch", "--deadline", "0.05s", env={"TERM": "dumb"}).end()
    assert "\x1b" not in dumb.err


def test_the_deadline(cli: Cli, mock: MockServer) -> None:
    msgid = create(cli, mock)
    confirm(mock, msgid, "zhangsan")
    result = cli("status", msgid, "--watch", "--deadline", "0.05s")
    assert result.code == 4
    assert "zhangsan  confirmed" in result.out
    assert result.err == (
        f"error: task {msgid} is not done after 0.05 s: 1 of 2 members have not confirmed\n"
    )
    for_programs = cli("status", msgid, "--watch", "--deadline", "0.05s", "--json")
    assert (for_programs.code, for_programs.lines[-1]["event"]) == (4, "not-ready")
    assert for_programs.error["kind"] == "ResultsNotReady"


def test_what_passes_is_waited_out(cli: Cli, mock: MockServer) -> None:
    msgid = create(cli, mock)
    confirm(mock, msgid, "zhangsan", "lisi")
    for code in (41063, 45009, -1):
        mock.state.fail_next("get_groupmsg_task", code)
    assert cli("status", msgid, "--watch", "--interval", "0.05s").code == 0


def test_one_over_quota_is_done_too(cli: Cli, mock: MockServer) -> None:
    mock.state.settings = Settings(quota_policy="per-day-1")
    for msgid in (create(cli, mock), create(cli, mock)):
        confirm(mock, msgid, "zhangsan", "lisi")
    result = cli("status", msgid, "--watch", "--json")
    assert (result.code, result.lines[-1]["counts"]) == (0, {"QUOTA_USED_UP": 2})


def test_ctrl_c_while_watching(cli: Cli, mock: MockServer) -> None:
    msgid = create(cli, mock)
    run = cli.at_terminal("status", msgid, "--watch")
    run.wait_for("0/2")
    run.type("\x03")
    result = run.end()
    assert result.code == 130
    assert "unknown" not in result.err
    assert "\x1b[?25h" in result.err
