"""Audiences that can't be sent to, and files that can't be read: each a clear error before anything is planned."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from wecom_openapi.broadcast import (
    Broadcast,
    CsvFile,
    InvalidAudience,
    ParquetFile,
    UnknownBroadcast,
)
from wecom_openapi.journal import Journal

MESSAGE: dict[str, Any] = {"text": {"content": "新品上市"}}
TO_GROUPS: dict[str, Any] = {**MESSAGE, "chat_type": "group"}
GOOD = "external_userid,sender\nwmA,lisi\nwoB,\n"


def planned(journal: Journal, audience: Any, message: Any = MESSAGE) -> list[tuple[str | None, str]]:
    broadcast = Broadcast(journal, "x")
    broadcast.plan(message, audience)
    return [(row.sender, row.recipient) for row in broadcast.recipients()]


def refused(journal: Journal, audience: Any, message: Any = MESSAGE) -> InvalidAudience:
    broadcast = Broadcast(journal, "x")
    with pytest.raises(InvalidAudience) as caught:
        broadcast.plan(message, audience)
    with pytest.raises(UnknownBroadcast):
        broadcast.summary()
    assert "：" in caught.value.message_zh
    return caught.value


@pytest.fixture
def csv(tmp_path: Path) -> Any:
    def write(content: str | bytes, **options: Any) -> CsvFile:
        path = tmp_path / "audience.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return CsvFile(path, **options)

    return write


@pytest.fixture
def parquet(tmp_path: Path) -> Any:
    def write(columns: dict[str, Any], **options: Any) -> ParquetFile:
        path = tmp_path / "audience.parquet"
        pq.write_table(pa.table(columns), path)
        return ParquetFile(path, **options)

    return write


class TestIds:
    @pytest.mark.parametrize(
        ("message", "one", "says"),
        [
            (MESSAGE, "wrA", "wrA is the id of a customer group, and this message goes to customers"),
            (TO_GROUPS, "wmA", "wmA is the id of a customer, and this message goes to customer groups"),
            (TO_GROUPS, "woA", "woA is the id of a customer, and this message goes to customer groups"),
            (MESSAGE, "", "the id is missing"),
            (MESSAGE, "wm A", "it has white space or control characters"),
            (MESSAGE, "wmA\x00", "it has white space or control characters"),
            (MESSAGE, "wm\u3000A", "it has white space or control characters"),
            (MESSAGE, "w" * 257, "no id: it has 257 characters"),
        ],
    )
    def test_one_that_can_t_be_sent_to_is_named_with_its_place(
        self, journal: Journal, message: Any, one: str, says: str
    ) -> None:
        good = "wrZ" if message is TO_GROUPS else "wmZ"
        error = refused(journal, [("lisi", good), ("lisi", one), ("lisi", good)], message)
        assert f"recipient 2: {says}" in str(error)
        (fault,) = error.faults
        assert fault.place == "recipient 2"

    @pytest.mark.parametrize("one", ["wmA", "woA", "XYZ", "1234", "Wr", "w" * 256, "客户"])
    def test_what_may_be_a_customer_passes(self, journal: Journal, one: str) -> None:
        assert planned(journal, [one]) == [(None, one)]

    @pytest.mark.parametrize("one", ["wrA", "XYZ", "w" * 256])
    def test_what_may_be_a_group_passes(self, journal: Journal, one: str) -> None:
        assert planned(journal, [("lisi", one)], TO_GROUPS) == [("lisi", one)]

    def test_a_group_needs_its_owner(self, journal: Journal) -> None:
        assert "recipient 2: wrB has no sender" in str(
            refused(journal, [("lisi", "wrA"), (None, "wrB")], TO_GROUPS)
        )
        assert planned(journal, ["wrB"], {**TO_GROUPS, "sender": "lisi"}) == [("lisi", "wrB")]

    @pytest.mark.parametrize("each", [5, None, ("a", "b", "c"), ("a", 5), (5, "wmA"), b"wmA", {"id": 1}])
    def test_only_ids_and_pairs_are_taken(self, journal: Journal, each: Any) -> None:
        assert "recipient 2: an id or a pair of sender and id is needed" in str(
            refused(journal, ["wmA", each])
        )

    def test_many_faults_are_told_together_up_to_ten(self, journal: Journal) -> None:
        error = refused(journal, ["wmA", *[f"wr{number}" for number in range(30)]])
        assert [fault.place for fault in error.faults] == [f"recipient {number}" for number in range(2, 12)]
        assert str(error).splitlines()[-1] == "there may be more behind it"


class TestCsv:
    def test_a_file_with_a_header(self, journal: Journal, csv: Any) -> None:
        assert planned(journal, csv(GOOD)) == [("lisi", "wmA"), (None, "woB")]

    @pytest.mark.parametrize(
        "content",
        [
            "\ufeff" + GOOD,
            GOOD.replace("\n", "\r\n"),
            GOOD.replace("\n", "\n\n") + "\n\n",
            GOOD.replace("wmA", '"wmA"').replace("woB,", " woB , "),
            GOOD.rstrip("\n"),
            "external_userid , sender\nwmA,lisi\n   \nwoB,\n",
            GOOD.encode() + b" \r\n\r\n",
        ],
    )
    def test_marks_blank_lines_quotes_and_spaces_change_nothing(
        self, journal: Journal, csv: Any, content: Any
    ) -> None:
        assert planned(journal, csv(content)) == [("lisi", "wmA"), (None, "woB")]

    def test_columns_of_other_names(self, journal: Journal, csv: Any) -> None:
        file = csv("name;客户;成员\nAnn;wmA;lisi\n", column="客户", sender_column="成员", delimiter=";")
        assert planned(journal, file) == [("lisi", "wmA")]

    def test_groups_have_a_column_of_their_own(self, journal: Journal, csv: Any) -> None:
        assert planned(journal, csv("chat_id,sender\nwrA,lisi\n"), TO_GROUPS) == [("lisi", "wrA")]

    def test_an_encoding_of_its_own(self, journal: Journal, csv: Any) -> None:
        file = csv("客户,名\nwmA,张三\n".encode("gb18030"), column="客户", encoding="gb18030")
        assert planned(journal, file) == [(None, "wmA")]

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            ("", "audience.csv: the file is empty"),
            ("\ufeff", "there is no column 'external_userid'"),
            ("external_userid\n", "there is nobody in the audience"),
            ("external_userid\n\n\n", "there is nobody in the audience"),
            (
                "id,name\nwmA,Ann\n",
                "line 1: there is no column 'external_userid'; the columns there: 'id', 'name'",
            ),
            ("wmA\nwmB\n", "line 1: there is no column 'external_userid'; the columns there: 'wmA'"),
            (
                "external_userid,external_userid\nwmA,wmB\n",
                "line 1: the column 'external_userid' is there more",
            ),
            ("external_userid\nwmA\n\nwrB\n", "line 4: wrB is the id of a customer group"),
            ("external_userid,sender\nwmA,lisi\n,lisi\n", "line 3: the id is missing"),
            ("sender,external_userid\nlisi,wmA\nlisi\n", "line 3: it has 1 of the 2 columns"),
            ('external_userid\n"wmA\n', "no CSV: unexpected end of data"),
            ('external_userid\n"wmA"x\n', "line 2: no CSV: "),
            (GOOD.encode("utf-16"), "line 1: it is in UTF-16 or UTF-32: save it as UTF-8"),
            (b"external_userid\nwmA\nwm\xc0\xc9\n", "line 3: byte 3 (0xc0) is not utf-8; give the encoding"),
            (b"external_userid\nwm\x00A\n", "line 2: it has a zero byte: no text"),
            ("external_userid\nwmA\n" + "x" * 70_000 + "\n", "line 3: longer than 65536 bytes"),
            ("external_userid\rwmA\r" * 5_000, "line 1: longer than 65536 bytes"),
            ("external_userid\nwmA\n" + "w" * 257 + "\n", "line 3: no id: it has 257 characters"),
            ('external_userid\n"a\nb"\nwr\n', "line 3: it has white space"),
        ],
    )
    def test_what_is_wrong_is_told_with_its_line(
        self, journal: Journal, csv: Any, content: Any, says: str
    ) -> None:
        assert says in str(refused(journal, csv(content)))

    def test_a_file_that_isn_t_there(self, journal: Journal, tmp_path: Path) -> None:
        error = refused(journal, CsvFile(tmp_path / "none.csv"))
        assert str(error) == "none.csv: can't be read: No such file or directory"

    def test_a_sender_column_that_was_named_must_be_there(self, journal: Journal, csv: Any) -> None:
        error = refused(journal, csv(GOOD, sender_column="owner"))
        assert "no column 'owner'; the columns there: 'external_userid', 'sender'" in str(error)

    def test_a_header_of_others_is_cut_short(self, journal: Journal, csv: Any) -> None:
        error = refused(journal, csv(",".join(f"{n}{'c' * 100}" for n in range(30)) + "\n"))
        assert len(str(error)) < 2_000


class TestParquet:
    def test_a_file(self, journal: Journal, parquet: Any) -> None:
        file = parquet({"sender": ["lisi", None], "external_userid": ["wmA", " woB "], "n": [1, 2]})
        assert planned(journal, file) == [("lisi", "wmA"), (None, "woB")]

    def test_columns_of_other_names_and_kinds_of_text(self, journal: Journal, parquet: Any) -> None:
        ids = pa.array(["wmA", "wmB", "wmA"]).dictionary_encode()
        file = parquet(
            {"客户": ids, "m": pa.array(["a", "b", "a"], pa.large_string())}, column="客户", sender_column="m"
        )
        assert planned(journal, file) == [("a", "wmA"), ("b", "wmB")]

    @pytest.mark.parametrize(
        ("columns", "says"),
        [
            (
                {"id": ["wmA"]},
                "audience.parquet: there is no column 'external_userid'; the columns there: 'id'",
            ),
            ({"external_userid": [1]}, "the column 'external_userid' has int64, where ids are text"),
            ({"external_userid": [["wmA"]]}, "where ids are text"),
            ({"external_userid": ["wmA"], "sender": [1]}, "the column 'sender' has int64"),
            ({"external_userid": ["wmA", None]}, "audience.parquet, row 2: the id is missing"),
            ({"external_userid": ["wmA", "wrB"]}, "row 2: wrB is the id of a customer group"),
            ({"external_userid": pa.array([], pa.string())}, "there is nobody in the audience"),
        ],
    )
    def test_what_is_wrong_is_told_with_its_row(
        self, journal: Journal, parquet: Any, columns: Any, says: str
    ) -> None:
        assert says in str(refused(journal, parquet(columns)))

    @pytest.mark.parametrize("damage", [lambda raw: b"", lambda raw: b"wmA\n", lambda raw: raw[:-40]])
    def test_a_file_that_is_no_parquet(
        self, journal: Journal, parquet: Any, tmp_path: Path, damage: Any
    ) -> None:
        file = parquet({"external_userid": ["wmA"]})
        path = tmp_path / "audience.parquet"
        path.write_bytes(damage(path.read_bytes()))
        assert "audience.parquet: no Parquet that can be read" in str(refused(journal, file))

    def test_one_whose_pages_are_damaged(self, journal: Journal, parquet: Any, tmp_path: Path) -> None:
        file = parquet({"external_userid": [f"wm{number:030d}" for number in range(20_000)]})
        path = tmp_path / "audience.parquet"
        raw = bytearray(path.read_bytes())
        raw[1_000:9_000] = bytes(8_000)
        path.write_bytes(raw)
        assert "audience.parquet" in str(refused(journal, file))

    def test_one_that_isn_t_there(self, journal: Journal, tmp_path: Path) -> None:
        assert "can't be read: No such file" in str(refused(journal, ParquetFile(tmp_path / "none.parquet")))
