"""The whole text of what is wrong with an audience, in both languages, by hand."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from wecom_openapi.broadcast import (
    Broadcast,
    BroadcastConflict,
    CsvFile,
    InvalidAudience,
    ParquetFile,
    UnknownBroadcast,
)
from wecom_openapi.journal import Journal

MESSAGE: dict[str, Any] = {"text": {"content": "新品上市"}}
TO_GROUPS: dict[str, Any] = {**MESSAGE, "chat_type": "group"}


def told(journal: Journal, audience: Any, message: Any = MESSAGE) -> tuple[str, str]:
    with pytest.raises(InvalidAudience) as caught:
        Broadcast(journal, "spring").plan(message, audience)
    return str(caught.value).removesuffix("\nthere may be more behind it"), caught.value.message_zh


@pytest.mark.parametrize(
    ("message", "given", "en", "zh"),
    [
        (MESSAGE, "", "the id is missing", "缺少 id"),
        (
            MESSAGE,
            "a b",
            "it has white space or control characters, and so is no id",
            "含有空白或控制字符，不是 id",
        ),
        (
            MESSAGE,
            "w" * 257,
            "no id: it has 257 characters, and 256 are more than any has",
            "不是 id：有 257 个字符，超过 256",
        ),
        (
            MESSAGE,
            "wrA",
            "wrA is the id of a customer group, and this message goes to customers",
            "wrA 是客户群的 id，而这条消息发给客户",
        ),
        (
            TO_GROUPS,
            ("lisi", "wmA"),
            "wmA is the id of a customer, and this message goes to customer groups",
            "wmA 是客户的 id，而这条消息发给客户群",
        ),
        (
            TO_GROUPS,
            "wrA",
            "wrA has no sender: a message to groups is sent by their owner. Give a sender for all, or for each",
            "wrA 没有指定发送成员：发给客户群的消息由群主发送。请统一指定 sender，或逐个指定",
        ),
        (MESSAGE, ("li\nsi", "wmA"), "its sender is no userid", "其 sender 不是有效的 userid"),
        (
            MESSAGE,
            5,
            "an id or a pair of sender and id is needed, not int",
            "需要 id，或成员与 id 组成的二元组，而不是 int",
        ),
    ],
)
def test_of_ids(journal: Journal, message: Any, given: Any, en: str, zh: str) -> None:
    assert told(journal, [given], message) == (f"recipient 1: {en}", f"recipient 1：{zh}")


@pytest.mark.parametrize(
    ("content", "place", "en", "zh"),
    [
        (b"", "a.csv", "the file is empty", "文件为空"),
        (
            b"id\nwmA\n",
            "a.csv, line 1",
            "there is no column 'external_userid'; the columns there: 'id'. Say which one has the ids",
            "没有名为 'external_userid' 的列；现有列：'id'。请指定 id 所在的列",
        ),
        (
            ",".join(["c" * 61] * 21).encode() + b"\n",
            "a.csv, line 1",
            "there is no column 'external_userid'; the columns there: "
            + ", ".join([f"'{'c' * 60}'"] * 20)
            + ", …. Say which one has the ids",
            "没有名为 'external_userid' 的列；现有列："
            + ", ".join([f"'{'c' * 60}'"] * 20)
            + ", …。请指定 id 所在的列",
        ),
        (
            b"external_userid,external_userid\n",
            "a.csv, line 1",
            "the column 'external_userid' is there more than once",
            "列 'external_userid' 出现多次",
        ),
        (
            b"external_userid\n\xc0\n",
            "a.csv, line 2",
            "byte 1 (0xc0) is not utf-8; give the encoding of the file, such as gb18030",
            "第 1 个字节 (0xc0) 不是 utf-8；请指定编码，如 gb18030",
        ),
        (
            b"\xff\xfei\0d\0",
            "a.csv, line 1",
            "it is in UTF-16 or UTF-32: save it as UTF-8",
            "文件是 UTF-16 或 UTF-32 编码：请另存为 UTF-8",
        ),
        (b"i\0d\n", "a.csv, line 1", "it has a zero byte: no text", "含有零字节：不是文本文件"),
        (
            b"x" * 65537,
            "a.csv, line 1",
            "longer than 65536 bytes: no list of ids",
            "超过 65536 字节：不是 id 列表",
        ),
        (
            b"sender,external_userid\nlisi\n",
            "a.csv, line 2",
            "it has 1 of the 2 columns",
            "只有 1 列，表头有 2 列",
        ),
        (
            b'external_userid\n"wmA\n',
            "a.csv, line 2",
            "no CSV: unexpected end of data",
            "不是有效的 CSV：unexpected end of data",
        ),
    ],
)
def test_of_csv(journal: Journal, tmp_path: Path, content: bytes, place: str, en: str, zh: str) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    assert told(journal, CsvFile(tmp_path / "a.csv")) == (f"{place}: {en}", f"{place}：{zh}")


def test_a_line_of_65536_bytes_is_read(journal: Journal, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"external_userid,n\nwmA," + b"x" * 65531 + b"\n")
    assert Broadcast(journal, "spring").plan(MESSAGE, CsvFile(tmp_path / "a.csv")).recipients == 1


@pytest.mark.parametrize(
    ("columns", "en", "zh"),
    [
        (
            {"id": ["wmA"]},
            "there is no column 'external_userid'; the columns there: 'id'. Say which one has the ids",
            "没有名为 'external_userid' 的列；现有列：'id'。请指定 id 所在的列",
        ),
        (
            {"external_userid": [1]},
            "the column 'external_userid' has int64, where ids are text",
            "列 'external_userid' 的类型是 int64，id 应为文本",
        ),
    ],
)
def test_of_parquet(journal: Journal, tmp_path: Path, columns: Any, en: str, zh: str) -> None:
    pq.write_table(pa.table(columns), tmp_path / "a.parquet")
    assert told(journal, ParquetFile(tmp_path / "a.parquet")) == (f"a.parquet: {en}", f"a.parquet：{zh}")


@pytest.mark.parametrize("kind", [CsvFile, ParquetFile])
def test_of_a_file_that_is_not_there(journal: Journal, tmp_path: Path, kind: Any) -> None:
    assert told(journal, kind(tmp_path / "a")) == (
        "a: can't be read: No such file or directory",
        "a：无法读取：No such file or directory",
    )


def test_of_parquet_without_its_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(ModuleNotFoundError) as caught:
        ParquetFile(tmp_path / "a.parquet")
    assert str(caught.value) == "reading Parquet needs pyarrow: pip install 'wecom-openapi[parquet]'"
    assert caught.value.name == "pyarrow"


def test_of_nobody(journal: Journal) -> None:
    assert told(journal, []) == (
        "spring: there is nobody in the audience",
        "spring：没有任何接收对象",
    )


def test_of_another_plan(journal: Journal) -> None:
    Broadcast(journal, "spring").plan(MESSAGE, ["wmA"])
    for message, audience, en, zh in (
        ({"text": {"content": "x"}}, ["wmA"], "another message", "消息"),
        (MESSAGE, ["wmB"], "another audience", "接收对象"),
    ):
        with pytest.raises(BroadcastConflict) as caught:
            Broadcast(journal, "spring").plan(message, audience)
        assert en in str(caught.value)
        assert caught.value.message_zh == (
            f"群发 'spring' 已按另外的{zh}计划，计划后不可更改：请换一个名称。没有发送"
        )


def test_of_no_plan(journal: Journal) -> None:
    with pytest.raises(UnknownBroadcast) as caught:
        Broadcast(journal, "spring").summary()
    assert caught.value.message_zh == "群发 'spring' 没有计划。没有发送"
