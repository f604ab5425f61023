"""An audience in a CSV file, read line by line."""

from __future__ import annotations

import codecs
import csv
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Final

from wecom_openapi.broadcast.audience import Row
from wecom_openapi.broadcast.columns import column_missing, column_twice
from wecom_openapi.broadcast.faults import Fault, InvalidAudience, invalid
from wecom_openapi.broadcast.kinds import Kind

_LONGEST: Final = 64 * 1024
"""Bytes of a line."""

_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


class CsvFile:
    """An audience in a CSV file with a header.

    Empty lines are passed over, and so is white space around an id.

    Args:
        path: the file.
        column: the column of the ids; None for ``external_userid``, or ``chat_id`` where the message goes to groups.
        sender_column: the column of the members who are to send; None for ``sender``, where there is one.
        encoding: of the file: one in which a line break is a byte of its own. A byte order mark of UTF-8 is no harm.
        delimiter: one character between the columns.

    Raises:
        ValueError: an encoding that isn't known or can't be read by lines, or a delimiter that is none.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        column: str | None = None,
        sender_column: str | None = None,
        encoding: str = "utf-8",
        delimiter: str = ",",
    ) -> None:
        self._path = Path(path)
        self._column, self._sender_column = column, sender_column
        try:
            self._encoding = codecs.lookup(encoding).name
            by_line = "\n".encode(self._encoding) == b"\n"
        except (LookupError, ValueError):
            raise ValueError(f"encoding: {encoding!r} is not known") from None
        if not by_line:
            raise ValueError(f"encoding: a file in {encoding} can't be read by lines: save it as UTF-8")
        if len(delimiter) != 1 or delimiter in '\r\n"':
            raise ValueError("delimiter: one character is needed")
        self._delimiter = delimiter

    def place(self, number: int) -> str:
        """See `Audience`."""
        return f"{self._path.name}, line {number}"

    def rows(self, kind: Kind) -> Iterator[Row]:
        """Every recipient in its order.

        Raises:
            InvalidAudience: the file can't be read as such; says which line.
        """
        try:
            with self._path.open("rb") as stream:
                yield from self._parsed(stream, kind)
        except OSError as exc:
            reason = exc.strerror or type(exc).__name__
            raise self._fault(None, f"can't be read: {reason}", f"无法读取：{reason}") from None

    def _parsed(self, stream: BinaryIO, kind: Kind) -> Iterator[Row]:
        reader = csv.reader(self._lines(stream), delimiter=self._delimiter, strict=True)
        try:
            header = next(reader, None)
            if header is None:
                raise self._fault(None, "the file is empty", "文件为空")
            at, sender_at = self._columns(header, kind)
            for cells in reader:
                if not cells or (len(cells) == 1 and not cells[0].strip()):
                    continue
                if len(cells) <= max(at, sender_at):
                    raise self._fault(
                        reader.line_num,
                        f"it has {len(cells)} of the {len(header)} columns",
                        f"只有 {len(cells)} 列，表头有 {len(header)} 列",
                    )
                sender = cells[sender_at].strip() if sender_at >= 0 else ""
                yield sender or None, cells[at].strip(), reader.line_num
        except csv.Error as exc:
            raise self._fault(reader.line_num, f"no CSV: {exc}", f"不是有效的 CSV：{exc}") from None

    def _columns(self, header: Sequence[str], kind: Kind) -> tuple[int, int]:
        names = [name.strip() for name in header]
        wanted = self._column or kind.column
        for name in (wanted, self._sender_column):
            if name is not None and name not in names:
                raise invalid([column_missing(self.place(1), name, names)])
        for name in (wanted, self._sender_column or "sender"):
            if names.count(name) > 1:
                raise invalid([column_twice(self.place(1), name)])
        sender = self._sender_column or "sender"
        return names.index(wanted), names.index(sender) if sender in names else -1

    def _lines(self, stream: BinaryIO) -> Iterator[str]:
        number = 0
        while raw := stream.readline(_LONGEST + 1):
            number += 1
            if number == 1:
                if raw.startswith(_MARKS):
                    raise self._fault(
                        1,
                        "it is in UTF-16 or UTF-32: save it as UTF-8",
                        "文件是 UTF-16 或 UTF-32 编码：请另存为 UTF-8",
                    )
                raw = raw.removeprefix(codecs.BOM_UTF8)
            if len(raw) > _LONGEST:
                raise self._fault(
                    number,
                    f"longer than {_LONGEST} bytes: no list of ids",
                    f"超过 {_LONGEST} 字节：不是 id 列表",
                )
            if b"\0" in raw:
                raise self._fault(number, "it has a zero byte: no text", "含有零字节：不是文本文件")
            try:
                yield raw.decode(self._encoding)
            except UnicodeDecodeError as exc:
                at = f"byte {exc.start + 1} (0x{raw[exc.start]:02x})"
                raise self._fault(
                    number,
                    f"{at} is not {self._encoding}; give the encoding of the file, such as gb18030",
                    f"第 {exc.start + 1} 个字节 (0x{raw[exc.start]:02x}) 不是 {self._encoding}；请指定编码，如 gb18030",
                ) from None

    def _fault(self, line: int | None, en: str, zh: str) -> InvalidAudience:
        place = self._path.name if line is None else self.place(line)
        return invalid([Fault(place, en, zh)])
