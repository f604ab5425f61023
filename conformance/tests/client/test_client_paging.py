"""Going through all pages of a list: complete, once each, and with an end, whatever the server does."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from fault_server import Connection, FaultServer, Seen

from wecom_openapi import AsyncWeCom, GroupmsgRecord, InvalidRequest, MalformedAnswer, RefusedError, WeCom
from wecom_openapi.paging import EMPTY_PAGES

Serve = Callable[..., FaultServer]
Collect = Callable[..., list[Any]]
START = 1_754_000_000
DAY = 86400


@pytest.fixture(params=["sync", "async"])
def collect(request: pytest.FixtureRequest, warm: Any) -> Collect:
    """All rows of an ``iter_`` method."""

    def sync(base_url: str, method: str, **fields: Any) -> list[Any]:
        with WeCom("corp", "secret", base_url=base_url, token_store=warm) as wecom:
            return list(getattr(wecom, method)(**fields))

    def with_tasks(base_url: str, method: str, **fields: Any) -> list[Any]:
        async def main() -> list[Any]:
            async with AsyncWeCom("corp", "secret", base_url=base_url, token_store=warm) as wecom:
                return [row async for row in getattr(wecom, method)(**fields)]

        return asyncio.run(main())

    return sync if request.param == "sync" else with_tasks


def member(userid: str) -> dict[str, Any]:
    return {"userid": userid, "status": 0}


def pages(*answers: dict[str, Any]) -> Callable[[Connection, Seen], None]:
    """Answers one after the other; more requests than answers are refused."""
    left = list(answers)

    def handler(connection: Connection, seen: Seen) -> None:
        connection.answer(left.pop(0) if left else {"errcode": 40058, "errmsg": "asked too often"})

    return handler


def task_page(*userids: str, cursor: str | None = None) -> dict[str, Any]:
    more = {} if cursor is None else {"next_cursor": cursor}
    return {"errcode": 0, "errmsg": "ok", "task_list": [member(userid) for userid in userids], **more}


def asked(server: FaultServer) -> list[dict[str, Any]]:
    return [json.loads(seen.body) for seen in server.calls]


@pytest.mark.parametrize("end", [None, ""])
def test_every_row_of_every_page_once_in_order(serve: Serve, collect: Collect, end: str | None) -> None:
    server = serve(
        pages(task_page("a", "b", cursor="1"), task_page("c", cursor="2"), task_page("d", cursor=end))
    )
    rows = collect(server.base_url, "iter_groupmsg_task", msgid="m", limit=2)
    assert [row.userid for row in rows] == ["a", "b", "c", "d"]
    assert asked(server) == [
        {"msgid": "m", "limit": 2},
        {"msgid": "m", "limit": 2, "cursor": "1"},
        {"msgid": "m", "limit": 2, "cursor": "2"},
    ]


def test_a_page_without_rows_is_not_the_end(serve: Serve, collect: Collect) -> None:
    server = serve(pages(task_page(cursor="1"), task_page("a")))
    assert [row.userid for row in collect(server.base_url, "iter_groupmsg_task", msgid="m")] == ["a"]


@pytest.mark.parametrize("answers", [["1", "1"], ["1", "2", "1"]])
def test_a_cursor_that_comes_back_is_an_error(serve: Serve, collect: Collect, answers: list[str]) -> None:
    server = serve(pages(*(task_page("a", cursor=cursor) for cursor in answers)))
    with pytest.raises(MalformedAnswer) as caught:
        collect(server.base_url, "iter_groupmsg_task", msgid="m")
    assert str(caught.value) == (
        "the answer to get_groupmsg_task can't be read: "
        "its next_cursor came before, so the same page would come again"
    )
    assert caught.value.fault == "incomplete"
    assert len(server.calls) == len(answers)


def test_ever_new_cursors_without_rows_come_to_an_end(serve: Serve, collect: Collect) -> None:
    count = 0

    def handler(connection: Connection, seen: Seen) -> None:
        nonlocal count
        count += 1
        connection.answer(task_page(cursor=str(count)))

    with pytest.raises(MalformedAnswer) as caught:
        collect(serve(handler).base_url, "iter_groupmsg_task", msgid="m")
    assert caught.value.reason == (
        f"the {EMPTY_PAGES} pages before it had no rows either, and there is no end"
    )
    assert count == EMPTY_PAGES + 1


def test_a_refusal_on_the_way_is_raised(serve: Serve, collect: Collect) -> None:
    server = serve(pages(task_page("a", cursor="1"), {"errcode": 50100, "errmsg": "invalid cursor"}))
    with pytest.raises(RefusedError) as caught:
        collect(server.base_url, "iter_groupmsg_task", msgid="m")
    assert caught.value.errcode == 50100


@pytest.mark.parametrize("fields", [{"msgid": ""}, {"msgid": "m", "limit": 1001}, {"msgid": "m", "limit": 0}])
def test_a_bad_request_is_refused_before_the_first_row_is_wanted(
    serve: Serve, warm: Any, fields: Any
) -> None:
    server = serve(pages())
    wecom = WeCom("corp", "secret", base_url=server.base_url, token_store=warm)
    with wecom, pytest.raises(InvalidRequest):
        wecom.iter_groupmsg_task(**fields)
    assert server.seen == []


def test_nothing_is_asked_for_before_a_row_is_wanted(serve: Serve, warm: Any) -> None:
    server = serve(pages(task_page("a", cursor="1"), task_page("b")))
    with WeCom("corp", "secret", base_url=server.base_url, token_store=warm) as wecom:
        rows = wecom.iter_groupmsg_task(msgid="m")
        assert server.calls == []
        assert next(rows).userid == "a"
        assert len(server.calls) == 1


def records(start: int, end: int, created: list[int]) -> list[dict[str, Any]]:
    return [{"msgid": f"m{time}", "create_time": time} for time in created if start <= time <= end]


@pytest.mark.parametrize("days", [1, 28, 29, 56, 57, 100])
def test_a_long_period_is_asked_for_in_parts(serve: Serve, collect: Collect, days: int) -> None:
    end = START + days * DAY
    borders = [START + part * 28 * DAY for part in range(days // 28 + 1)]
    created = sorted({START, end, *borders, *(border + 1 for border in borders if border < end), START + 5})

    def handler(connection: Connection, seen: Seen) -> None:
        body = json.loads(seen.body)
        rows = records(body["start_time"], body["end_time"], created)
        offset = int(body.get("cursor", 0))
        cursor = str(offset + 1) if offset + 1 < len(rows) else ""
        connection.answer({"errcode": 0, "group_msg_list": rows[offset : offset + 1], "next_cursor": cursor})

    server = serve(handler)
    rows = collect(server.base_url, "iter_groupmsg_list_v2", start_time=START, end_time=end)
    assert [row.create_time for row in rows] == created
    spans = [(body["start_time"], body["end_time"]) for body in asked(server)]
    assert all(0 <= last - first <= 28 * DAY for first, last in spans)
    assert (min(spans)[0], max(spans)[1]) == (START, end)


def test_the_same_row_twice_in_one_answer_stays(serve: Serve, collect: Collect) -> None:
    # Only what stands on the border of two parts is known to be the same.
    rows = [{"errcode": 0, "group_msg_list": [{"msgid": "m"}, {"msgid": "m"}]}]
    server = serve(pages(*rows))
    found = collect(server.base_url, "iter_groupmsg_list_v2", start_time=START, end_time=START + 1)
    assert len(found) == 2


def test_a_period_the_wrong_way_round_is_refused(serve: Serve, collect: Collect) -> None:
    server = serve(pages())
    with pytest.raises(InvalidRequest, match="end_time is before start_time"):
        collect(server.base_url, "iter_groupmsg_list_v2", start_time=START, end_time=START - 1)
    assert server.seen == []


def test_a_single_call_over_a_month_is_refused_and_says_what_to_do(serve: Serve, invoke: Any) -> None:
    server = serve(pages())
    with pytest.raises(
        InvalidRequest, match=r"at most 2678400 \(31 days\) are allowed; ask for shorter periods"
    ):
        invoke(server.base_url, "get_groupmsg_list_v2", start_time=START, end_time=START + 32 * DAY)
    assert server.seen == []


def test_times_go_in_as_datetimes_with_a_zone(serve: Serve, collect: Collect) -> None:
    server = serve(pages({"errcode": 0, "group_msg_list": []}))
    china = timezone(timedelta(hours=8))
    collect(
        server.base_url,
        "iter_groupmsg_list_v2",
        start_time=datetime(2025, 8, 1, 6, 13, 20, 999_999, tzinfo=china),
        end_time=datetime(2025, 8, 1, 0, 0, tzinfo=UTC),
    )
    assert asked(server) == [{"start_time": START, "end_time": 1754006400}]


def test_a_datetime_without_a_zone_is_refused(serve: Serve, collect: Collect) -> None:
    server = serve(pages())
    with pytest.raises(ValueError, match="start_time: a datetime with a time zone is needed"):
        collect(server.base_url, "iter_groupmsg_list_v2", start_time=datetime(2025, 8, 1), end_time=START)
    assert server.seen == []


def test_times_come_out_as_datetimes_too() -> None:
    record = GroupmsgRecord.from_dict({"msgid": "m", "create_time": START})
    assert record.create_time == START
    assert record.create_time_utc == datetime(2025, 7, 31, 22, 13, 20, tzinfo=UTC)
    assert GroupmsgRecord.from_dict({"msgid": "m", "create_time": str(START)}).create_time_utc is not None
    assert GroupmsgRecord.from_dict({"msgid": "m"}).create_time_utc is None
    for nonsense in ("xxxx", 10**30):
        with pytest.raises(ValueError, match=r"GroupmsgRecord\.create_time: not a time in seconds"):
            GroupmsgRecord.from_dict({"msgid": "m", "create_time": nonsense}).create_time_utc  # noqa: B018


def test_attachments_of_a_kind_that_is_not_known_survive(serve: Serve, collect: Collect) -> None:
    row = {
        "msgid": "m",
        "attachments": [{"msgtype": "image", "image": {}}, {"msgtype": "new", "new": {"a": 1}}],
    }
    server = serve(pages({"errcode": 0, "group_msg_list": [row]}))
    [found] = collect(server.base_url, "iter_groupmsg_list_v2", start_time=START, end_time=START)
    assert [type(each).__name__ for each in found.attachments] == ["ListedImageAttachment", "UnknownVariant"]
    assert found.to_dict() == row
