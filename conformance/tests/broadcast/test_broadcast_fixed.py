"""What a plan leaves in the database: fixed, so that a later version of the program knows it again, and whole."""

from __future__ import annotations

import asyncio
import hashlib
import tracemalloc
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from wecom_openapi.broadcast import Broadcast, CsvFile, InvalidAudience, ParquetFile
from wecom_openapi.broadcast.faults import Fault, invalid
from wecom_openapi.broadcast.schema import BROADCASTS, CALLS, RECIPIENTS
from wecom_openapi.journal import Journal

MESSAGE: dict[str, Any] = {"text": {"content": "新品上市"}, "sender": "zhangsan"}


def everybody(count: int) -> list[tuple[str, str]]:
    """So many senders, each with a customer: as many calls."""
    return [(f"m{n}", f"wm{n}") for n in range(count)]


def rows(journal: Journal) -> list[int]:
    with journal.reading() as connection:
        return [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (BROADCASTS, CALLS, RECIPIENTS)
        ]


def test_message_and_audience_are_known_again_by_digests_that_do_not_change(journal: Journal) -> None:
    Broadcast(journal, "spring").plan(MESSAGE, ["wmA", ("lisi", "wmB"), ("lisi", "wmB")])
    with journal.reading() as connection:
        (row,) = connection.execute(select(BROADCASTS)).all()
    message = '{"sender":"zhangsan","text":{"content":"新品上市"}}'
    assert row.message == message
    assert row.message_digest == hashlib.sha256(message.encode()).hexdigest()
    assert row.audience_digest == hashlib.sha256(b"\0wmA\nlisi\0wmB\nlisi\0wmB\n").hexdigest()
    assert (row.name, row.chat_type, row.planned) == ("spring", "single", True)
    assert (row.given, row.duplicates, row.duplicates_of_another_sender) == (3, 1, 0)


@pytest.mark.parametrize("count", [9, 10, 11, 20, 21])
def test_every_call_of_many_has_its_size(journal: Journal, count: int) -> None:
    broadcast = Broadcast(journal, "spring")
    broadcast.plan(MESSAGE, everybody(count))
    assert [call.size for call in broadcast.calls()] == [1] * count
    assert broadcast.summary().recipients == count


@pytest.mark.parametrize("count", [1, 10, 11, 21])
def test_of_a_plan_that_failed_no_call_is_left(journal: Journal, count: int) -> None:
    Broadcast(journal, "other").plan(MESSAGE, everybody(3))

    def breaks() -> Any:
        yield from everybody(count)
        yield from [("m0", "wm0")] * (5_000 - count)
        raise OSError("the audience is gone")

    with pytest.raises(OSError, match="is gone"):
        Broadcast(journal, "spring").plan(MESSAGE, breaks())
    assert rows(journal) == [1, 3, 3]


@pytest.mark.parametrize("count", [1, 10, 11, 21])
def test_of_one_that_was_left_in_the_middle_neither(journal: Journal, count: int) -> None:
    Broadcast(journal, "other").plan(MESSAGE, everybody(3))
    planner = Broadcast(journal, "spring")._planner(MESSAGE, None)
    planner.begin()
    planner.add([(sender, one, 1) for sender, one in everybody(count)])
    planner.close()
    assert rows(journal) == [2, 3 + count, 3 + count]
    Broadcast(journal, "spring").plan(MESSAGE, ["wmA"])
    assert rows(journal) == [2, 4, 4]
    assert len(list(Broadcast(journal, "other").recipients())) == 3


def test_how_far_planning_is(journal: Journal) -> None:
    told: list[int] = []
    ids = [f"wm{number}" for number in range(5_001)]
    Broadcast(journal, "spring").plan(MESSAGE, ids, progress=told.append)
    assert told == [5_000, 5_001]


@pytest.mark.parametrize(
    ("each", "told"),
    [
        (5, "recipient 2: an id or a pair of sender and id is needed, not int"),
        (("a", "b", "c"), "recipient 2: an id or a pair of sender and id is needed, not tuple"),
        ((5, "wmB"), "recipient 2: an id or a pair of sender and id is needed, not tuple"),
        ((None, 5), "recipient 2: an id or a pair of sender and id is needed, not tuple"),
    ],
)
def test_where_the_fault_is_in_what_comes_asynchronously(journal: Journal, each: Any, told: str) -> None:
    async def audience() -> AsyncIterator[Any]:
        yield ["", "wmA"]
        yield each

    with pytest.raises(InvalidAudience) as caught:
        asyncio.run(Broadcast(journal, "spring").plan_async(MESSAGE, audience()))
    assert str(caught.value) == told
    assert rows(journal) == [0, 0, 0]


def test_a_sender_that_is_empty_is_none(journal: Journal) -> None:
    broadcast = Broadcast(journal, "spring")
    given: list[Any] = [("", "wmA"), ["lisi", "wmB"]]
    broadcast.plan(MESSAGE, given)
    assert [(row.sender, row.recipient) for row in broadcast.recipients()] == [
        ("zhangsan", "wmA"),
        ("lisi", "wmB"),
    ]


@pytest.mark.parametrize(
    ("count", "more", "tail"), [(10, False, 0), (10, True, 1), (11, False, 1), (1, True, 1)]
)
def test_ten_faults_are_shown(count: int, more: bool, tail: int) -> None:
    error = invalid([Fault(f"line {n}", "no id", "不是 id") for n in range(count)], more)
    shown = [f"line {n}: no id" for n in range(min(count, 10))]
    assert str(error).split("\n") == [*shown, *["there may be more behind it"] * tail]
    assert error.message_zh.split("\n") == [f"line {n}：不是 id" for n in range(min(count, 10))]
    assert [fault.place for fault in error.faults] == [f"line {n}" for n in range(min(count, 10))]


@pytest.mark.parametrize(("count", "more"), [(20, ""), (21, ", …")])
def test_twenty_columns_are_named(journal: Journal, tmp_path: Path, count: int, more: str) -> None:
    (tmp_path / "a.csv").write_text(",".join(f"c{n}" for n in range(count)) + "\n")
    with pytest.raises(InvalidAudience) as caught:
        Broadcast(journal, "spring").plan(MESSAGE, CsvFile(tmp_path / "a.csv"))
    named = ", ".join(f"'c{n}'" for n in range(20))
    there = f"the columns there: {named}{more}. Say which one has the ids"
    assert str(caught.value) == f"a.csv, line 1: there is no column 'external_userid'; {there}"


def test_a_line_without_an_end_is_not_read_to_it(journal: Journal, tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("wb") as stream:
        stream.truncate(30_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(InvalidAudience) as caught:
            Broadcast(journal, "spring").plan(MESSAGE, CsvFile(tmp_path / "a.csv"))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert str(caught.value) == "a.csv, line 1: longer than 65536 bytes: no list of ids"
    assert peak < 15_000_000


@pytest.mark.parametrize("content", [b"", b"wmA\n", b"PAR1" * 10])
def test_what_is_no_parquet_is_said_in_both_languages(
    journal: Journal, tmp_path: Path, content: bytes
) -> None:
    """The reason is the library's, on one line."""
    (tmp_path / "a.parquet").write_bytes(content)
    with pytest.raises(InvalidAudience) as caught:
        Broadcast(journal, "spring").plan(MESSAGE, ParquetFile(tmp_path / "a.parquet"))
    begins = "a.parquet: no Parquet that can be read: "
    assert str(caught.value).startswith(begins)
    reason = str(caught.value).removeprefix(begins)
    assert caught.value.message_zh == f"a.parquet：无法作为 Parquet 读取：{reason}"
    assert 0 < len(reason) <= 200
