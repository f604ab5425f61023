"""``wecom customers`` and ``wecom groups``."""

from __future__ import annotations

from program import OF_LISI, Cli

from wecom_cli.contacts import STATUS
from wecom_mock.server import MockServer


def test_customers_an_id_a_line(cli: Cli, mock: MockServer) -> None:
    ids = mock.state.company.customers_of("lisi")
    assert OF_LISI in ids
    assert cli("customers", "lisi") == (0, "".join(f"{each}\n" for each in ids), "")
    result = cli("customers", "lisi", "--json")
    assert (result.code, result.lines) == (0, [{"external_userid": each} for each in ids])


def test_a_member_that_is_none(cli: Cli) -> None:
    result = cli("customers", "nobody")
    assert (result.code, result.out) == (1, "")
    assert "errcode " in result.err


def test_groups(cli: Cli) -> None:
    result = cli("groups")
    assert result.code == 0
    header, *rows = result.out.splitlines()
    assert header.split() == ["CHAT_ID", "STATUS"]
    assert len(rows) == 4
    assert rows[0].endswith("the owner is there")


def test_groups_of_owners(cli: Cli) -> None:
    result = cli("groups", "--owner", "lisi", "--owner", "wangwu", "--json")
    assert result.lines == [
        {"chat_id": chat, "status": 0, "status_name": "NORMAL"}
        for chat in ("wrDemoGroupOfLisiAAAAAAAAAAAA", "wrDemoGroupOfWangwuAAAAAAAAAA")
    ]
    assert cli("groups", "--owner", "lisi2") == (0, "", "no customer groups\n")


def test_every_status_has_words() -> None:
    from wecom_client.values import GroupChatStatus

    assert set(STATUS) == {status.name for status in GroupChatStatus}
