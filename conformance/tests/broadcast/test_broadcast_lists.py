"""Audiences that WeCom lists: the customers of members and the groups of owners, for threads and for tasks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from wecom_mock.fixture import WeComMock
from wecom_openapi import AsyncWeCom, RefusedError, WeCom
from wecom_openapi.broadcast import (
    Broadcast,
    customers_of,
    customers_of_async,
    groups_of,
    groups_of_async,
)
from wecom_openapi.journal import Journal

MESSAGE: dict[str, Any] = {"text": {"content": "新品上市"}}
Listed = Callable[[str, list[str]], list[tuple[str, str]]]


@pytest.fixture(params=["threads", "tasks"])
def listed(request: pytest.FixtureRequest, mock: WeComMock) -> Listed:
    """The whole of such an audience, with `WeCom` and with `AsyncWeCom`."""

    def with_threads(what: str, members: list[str]) -> list[tuple[str, str]]:
        with WeCom(mock.corpid, mock.secret, base_url=mock.base_url) as wecom:
            return list((customers_of if what == "customers" else groups_of)(wecom, members))

    def with_tasks(what: str, members: list[str]) -> list[tuple[str, str]]:
        async def main() -> list[tuple[str, str]]:
            async with AsyncWeCom(mock.corpid, mock.secret, base_url=mock.base_url) as wecom:
                of = customers_of_async if what == "customers" else groups_of_async
                return [each async for each in of(wecom, members)]

        return asyncio.run(main())

    return with_threads if request.param == "threads" else with_tasks


def test_the_customers_of_each_member(mock: WeComMock, listed: Listed) -> None:
    mock.company.member("m0").customer("wmA").customer("wmB")
    mock.company.member("m1")
    mock.company.member("m2").customer("wmC")
    assert sorted(listed("customers", ["m0", "m1", "m2"])) == [("m0", "wmA"), ("m0", "wmB"), ("m2", "wmC")]
    assert len(mock.calls.of("externalcontact_list")) == 3


def test_a_member_who_is_none_ends_it(mock: WeComMock, listed: Listed) -> None:
    """It is no member without customers, and who is left out would not be missed."""
    mock.company.member("m0").customer("wmA")
    with pytest.raises(RefusedError):
        listed("customers", ["nobody", "m0"])


def test_the_groups_of_each_owner_page_by_page(mock: WeComMock, listed: Listed) -> None:
    first, second = mock.company.member("m0"), mock.company.member("m1")
    for number in range(1_001):
        first.group(f"wr{number}")
    second.group("wrZ")
    found = listed("groups", ["m1", "m0"])
    assert found[0] == ("m1", "wrZ")
    assert sorted(found[1:]) == sorted(("m0", f"wr{number}") for number in range(1_001))
    asked = [(call.body["owner_filter"], call.body["limit"]) for call in mock.calls.of("groupchat_list")]
    assert asked == [({"userid_list": ["m1"]}, 1_000), *[({"userid_list": ["m0"]}, 1_000)] * 2]


def test_a_broadcast_to_them(mock: WeComMock, journal: Journal, sender: WeCom) -> None:
    mock.company.member("m0").customer("wmA").group("wrA")
    mock.company.member("m1").customer("wmB")
    broadcast = Broadcast(journal, "spring")
    assert broadcast.plan(MESSAGE, customers_of(sender, ["m0", "m1"])).calls == 2
    assert broadcast.body(2) == {**MESSAGE, "sender": "m1", "external_userid": ["wmB"]}
    groups = Broadcast(journal, "groups")
    groups.plan({**MESSAGE, "chat_type": "group"}, groups_of(sender, ["m0", "m1"]))
    assert groups.body(1) == {**MESSAGE, "chat_type": "group", "sender": "m0", "chat_id_list": ["wrA"]}
