"""Times as they are written and shown, and texts of others as one line: both sides of every boundary."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from wecom_cli import times
from wecom_cli.output import encoded
from wecom_cli.text import excerpt, paragraphs, printable

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def _shanghai(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


class TestLengths:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("90", 90),
            ("90s", 90),
            ("1.5m", 90),
            ("12h", 43200),
            ("7d", 604800),
            ("2w", 1209600),
            (" 1h ", 3600),
            ("0.001", 0.001),
            ("999999999w", 999_999_999 * 604_800),
        ],
    )
    def test_that_are_some(self, text: str, found: float) -> None:
        assert times.seconds(text) == found

    @pytest.mark.parametrize(
        "text", ["", "s", "0", "0.000", "-1", "1000000000", "1.0001", ".5", "1.", "1 h", "7x", "1H", "²"]
    )
    def test_that_are_none(self, text: str) -> None:
        message = f"^{text!r} is no length of time; write 90, 90s, 30m, 12h, 7d or 2w$".replace(".", r"\.")
        with pytest.raises(ValueError, match=message):
            times.seconds(text)


@pytest.mark.usefixtures("_shanghai")
class TestMoments:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("now", "2026-11-22T12:00:00+00:00"),
            (" now ", "2026-11-22T12:00:00+00:00"),
            ("7d", "2026-11-15T12:00:00+00:00"),
            ("90s", "2026-11-22T11:58:30+00:00"),
            ("2026-11-01", "2026-11-01T00:00:00+08:00"),
            ("2026-11-01T09:30", "2026-11-01T09:30:00+08:00"),
            ("2026-11-01T09:30+01:00", "2026-11-01T09:30:00+01:00"),
            ("2026-11-01T01:30:00Z", "2026-11-01T01:30:00+00:00"),
            ("20261101", "2026-11-01T00:00:00+08:00"),
        ],
    )
    def test_that_are_some(self, text: str, found: str) -> None:
        assert times.moment(text, NOW).isoformat() == found

    def test_the_clock_says_what_is_now(self) -> None:
        before = datetime.now(UTC)
        now, earlier = times.moment("now"), times.moment("1d")
        after = datetime.now(UTC)
        assert before <= now <= after
        assert before.timestamp() - 86400 <= earlier.timestamp() <= after.timestamp() - 86400

    @pytest.mark.parametrize("text", ["", "90", "0d", "yesterday", "2026-13-01", "99999999w"])
    def test_that_are_none(self, text: str) -> None:
        with pytest.raises(ValueError, match="is no time") as caught:
            times.moment(text, NOW)
        assert str(caught.value) == (
            f"{text!r} is no time; write 7d, 2026-11-01, or 2026-11-01T09:30 with or without a zone such as +08:00"
        )

    @pytest.mark.parametrize(
        ("value", "number", "shown", "iso"),
        [
            (0, 0, "1970-01-01 08:00:00 +0800", "1970-01-01T00:00:00+00:00"),
            (1795000000, 1795000000, "2026-11-18 19:06:40 +0800", "2026-11-18T11:06:40+00:00"),
            ("1795000000", 1795000000, "2026-11-18 19:06:40 +0800", "2026-11-18T11:06:40+00:00"),
            (10**17, 10**17, "1" + "0" * 17, None),
            ("9" * 18, int("9" * 18), "9" * 18, None),
            ("9" * 19, None, "", None),
            (None, None, "", None),
            ("soon", None, "", None),
            ("1 ", None, "", None),
            ("-1", None, "", None),
            (True, None, "", None),
            (1.5, None, "", None),
            ("", None, "", None),
        ],
    )
    def test_of_an_answer(self, value: object, number: int | None, shown: str, iso: str | None) -> None:
        assert (times.number(value), times.shown(value), times.iso(value)) == (number, shown, iso)


class TestTexts:
    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("新品 a", "新品 a"),
            ("a\nb\tc", "a\\nb\\tc"),
            ("\x1b[31m\x07\x7f\x9b\0", "\\x1b[31m\\x07\\x7f\\x9b\\x00"),
            ("\u202e\u2028\ud83d", "\\u202e\\u2028\\ud83d"),
            ("\u3000 \u00a0\x85", "\u3000 \u00a0\\x85"),
            ("👨\u200d👩", "👨\u200d👩"),
            ("\U000e0001", "\\U000e0001"),
        ],
    )
    def test_as_one_line(self, text: str, shown: str) -> None:
        assert printable(text) == shown

    def test_as_lines(self) -> None:
        assert paragraphs("a\r\n\tb\nc\rd\n") == ["a", "    b", "c\\rd", ""]

    @pytest.mark.parametrize(
        ("text", "shown"),
        [("", ""), ("abcde", "abcde"), ("abcdef", "abcd…"), (" a \n b ", "a b"), ("ab\x1bc", "ab\\x…")],
    )
    def test_the_beginning_of_one(self, text: str, shown: str) -> None:
        assert excerpt(text, 5) == shown

    def test_in_json(self) -> None:
        said = {"a": "新\x7f\x9b\u202e\U000e0001\ud83d👨\u200d👩\u3000", "b": NOW}
        assert encoded(said) == (
            '{"a": "新\\u007f\\u009b\\u202e\\udb40\\udc01\\ud83d👨\u200d👩\u3000", '
            '"b": "2026-11-22 12:00:00+00:00"}'
        )
        assert encoded({"a": [1]}, indent=2) == '{\n  "a": [\n    1\n  ]\n}'
