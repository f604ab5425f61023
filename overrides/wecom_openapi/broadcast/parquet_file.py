"""An audience in a Parquet file, read batch by batch."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from wecom_openapi.broadcast.audience import Row
from wecom_openapi.broadcast.columns import column_missing, column_twice
from wecom_openapi.broadcast.faults import Fault, InvalidAudience, invalid
from wecom_openapi.broadcast.kinds import Kind

_BATCH: Final = 5_000


class ParquetFile:
    """An audience in a Parquet file. It needs the ``parquet`` extra.

    Args:
        path: the file.
        column: the column of the ids; None for ``external_userid``, or ``chat_id`` where the message goes to groups.
        sender_column: the column of the members who are to send; None for ``sender``, where there is one.

    Raises:
        ModuleNotFoundError: pyarrow isn't installed.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        column: str | None = None,
        sender_column: str | None = None,
    ) -> None:
        try:
            import pyarrow.parquet as parquet
        except ModuleNotFoundError:
            raise ModuleNotFoundError(
                "reading Parquet needs pyarrow: pip install 'wecom-openapi[parquet]'", name="pyarrow"
            ) from None
        self._parquet: Any = parquet
        self._path = Path(path)
        self._column, self._sender_column = column, sender_column

    def place(self, number: int) -> str:
        """See `Audience`."""
        return f"{self._path.name}, row {number}"

    def rows(self, kind: Kind) -> Iterator[Row]:
        """Every recipient in its order.

        Raises:
            InvalidAudience: the file can't be read as such.
        """
        import pyarrow

        try:
            # A stream rather than the path: its bytes are read as they are wanted, and not mapped into memory.
            with self._path.open("rb") as stream, self._parquet.ParquetFile(stream) as file:
                yield from self._read(file, kind)
        except (pyarrow.ArrowException, UnicodeDecodeError) as exc:
            reason = str(exc).partition("\n")[0][:200]
            raise self._fault(
                f"no Parquet that can be read: {reason}", f"无法作为 Parquet 读取：{reason}"
            ) from None
        except OSError as exc:
            reason = exc.strerror or str(exc).partition("\n")[0][:200]
            raise self._fault(f"can't be read: {reason}", f"无法读取：{reason}") from None

    def _read(self, file: Any, kind: Kind) -> Iterator[Row]:
        names = list(file.schema_arrow.names)
        wanted, sender = self._column or kind.column, self._sender_column or "sender"
        for name in (wanted, self._sender_column):
            if name is not None and name not in names:
                raise invalid([column_missing(self._path.name, name, names)])
        columns = [wanted, *([sender] if sender in names and sender != wanted else [])]
        for name in columns:
            if names.count(name) > 1:
                raise invalid([column_twice(self._path.name, name)])
            self._check_type(file.schema_arrow.field(name))
        number = 0
        for batch in file.iter_batches(batch_size=_BATCH, columns=columns, use_threads=False):
            ids = batch.column(columns[0]).to_pylist()
            senders = batch.column(columns[1]).to_pylist() if len(columns) > 1 else [None] * len(ids)
            for one, by in zip(ids, senders, strict=True):
                number += 1
                yield (by or "").strip() or None, (one or "").strip(), number

    def _check_type(self, column: Any) -> None:
        import pyarrow.types as types

        kind = column.type.value_type if types.is_dictionary(column.type) else column.type
        if not (types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind)):
            raise self._fault(
                f"the column {column.name!r} has {column.type}, where ids are text",
                f"列 {column.name!r} 的类型是 {column.type}，id 应为文本",
            )

    def _fault(self, en: str, zh: str) -> InvalidAudience:
        return invalid([Fault(self._path.name, en, zh)])
