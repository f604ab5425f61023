"""``wecom remind`` and ``wecom cancel``."""

from __future__ import annotations

from program import MESSAGE, Cli

from wecom_mock.server import MockServer
from wecom_openapi import WeCom


def create(cli: Cli, mock: MockServer) -> str:
    with WeCom("wwdemo", cli.secret, base_url=mock.base_url) as wecom:
        return wecom.add_msg_template(MESSAGE).msgid


def test_reminding(cli: Cli, mock: MockServer) -> None:
    msgid = create(cli, mock)
    assert cli("remind", msgid) == (0, f"{msgid}: members were reminded\n", "")
    assert len(mock.state.tasks[msgid].reminders) == 1
    result = cli("remind", msgid, "--json")
    assert (result.code, result.json, result.err) == (0, {"msgid": msgid, "reminded": True}, "")


def test_reminding_of_nothing(cli: Cli) -> None:
    result = cli("remind", "msgNoSuchTask")
    # One that is being dispatched gets the same answer.
    assert (result.code, result.out) == (6, "")
    assert "errcode 41047" in result.err
    error = cli("remind", "msgNoSuchTask", "--json").error
    assert (error["errcode"], error["exit_code"], error["effect"]) == (41047, 6, "none")


def test_an_empty_id_is_refused_here(cli: Cli) -> None:
    result = cli("remind", "")
    assert result.code == 2
    assert "[remind_groupmsg_send.msgid.empty]" in result.err


def test_cancelling_needs_yes_or_somebody_to_ask(cli: Cli, mock: MockServer) -> None:
    msgid = create(cli, mock)
    refused = cli("cancel", msgid)
    assert (refused.code, refused.out) == (2, "")
    assert "use --yes" in refused.err
    run = cli.at_terminal("cancel", msgid)
    run.wait_for("What is not sent yet will never be. [y/N] ")
    run.type("n\n")
    assert run.end().code == 2
    assert not mock.state.tasks[msgid].cancelled
    run = cli.at_terminal("cancel", msgid, "--lang", "zh")
    run.wait_for("[y/N] ")
    run.type("是\n")
    assert run.end().code == 0
    assert mock.state.tasks[msgid].cancelled
