"""Reads the table of vectors: bodies with the verdict that the vendor's rules give them.

The table is data for every language; its format is told in ``conformance/vectors/README.md``.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, cast

import attrs

REQUIRED = frozenset(
    {"id", "operation", "verdict", "rules", "warnings", "errcode", "body", "source", "checked"}
)
OPTIONAL = frozenset({"note"})


class VectorError(ValueError):
    """A file of the table that can't be read, or a row that contradicts itself; the text says where."""


@attrs.frozen
class Vector:
    """One row of the table.

    Attributes:
        id: stable name of the row, unique in the table.
        operation: the operation whose request the body is.
        body: the body as plain JSON data, with the long parts written out.
        verdict: whether the contract accepts the body.
        rules: ids of all rules that the body breaks; empty when it is accepted.
        warnings: ids of all warnings that it earns, or None where a refused body leaves that open.
        errcode: what the server answers; None when accepted, or when rules of several codes are broken.
        source: where the expectation comes from.
        checked: the day on which the source was read.
        note: what a reader may want to know, or an empty text.
    """

    id: str
    operation: str
    body: Any = attrs.field(repr=False)
    verdict: Literal["accept", "reject"]
    rules: frozenset[str]
    warnings: frozenset[str] | None
    errcode: int | None
    source: str
    checked: datetime.date
    note: str = ""

    @property
    def accepted(self) -> bool:
        """Whether the contract accepts the body."""
        return self.verdict == "accept"


def vectors_folder() -> Path:
    """The folder of the table: beside this package in a checkout, inside it when installed."""
    inside = Path(__file__).with_name("vectors")
    return inside if inside.is_dir() else Path(__file__).parent.parent / "vectors"


def load_vectors(folder: Path | None = None) -> list[Vector]:
    """All rows of all ``*.json`` files of a folder, by file name, each in its order.

    Args:
        folder: where to look; by default the table of this project.

    Raises:
        VectorError: no file, unreadable JSON, a row that lacks or misuses a key, or an id that stands twice.
    """
    folder = folder or vectors_folder()
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise VectorError(f"{folder}: no *.json file")
    rows: dict[str, Vector] = {}
    for path in paths:
        for vector in _read(path):
            if vector.id in rows:
                raise VectorError(f"{path}: the id {vector.id!r} stands twice")
            rows[vector.id] = vector
    return list(rows.values())


def expand(value: Any) -> Any:
    """Write out the short notation for long strings and lists, at every depth.

    Args:
        value: JSON data that may hold ``{"$repeat": …}`` and ``{"$items": …}``.

    Raises:
        VectorError: the notation is used wrongly.
    """
    if isinstance(value, list):
        return [expand(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "$repeat" in value:
        return _repeat(value)
    if "$items" in value:
        return _items(value)
    return {key: expand(item) for key, item in value.items()}


def _repeat(value: Mapping[str, Any]) -> str:
    extra = set(value) - {"first", "$repeat", "times", "then"}
    parts = [value.get("first", ""), value["$repeat"], value.get("then", "")]
    times = value.get("times")
    if extra or not all(isinstance(part, str) for part in parts) or type(times) is not int or times < 1:
        raise VectorError(f"not a repeated string: {json.dumps(value, ensure_ascii=False)}")
    return f"{parts[0]}{parts[1] * times}{parts[2]}"


def _items(value: Mapping[str, Any]) -> list[Any]:
    count = value["$items"]
    if set(value) != {"$items", "of"} or type(count) is not int or count < 1:
        raise VectorError(f"not a list of items: {json.dumps(value, ensure_ascii=False)}")
    pattern = expand(value["of"])
    return [_numbered(pattern, str(number)) for number in range(1, count + 1)]


def _numbered(value: Any, number: str) -> Any:
    if isinstance(value, str):
        return value.replace("{n}", number)
    if isinstance(value, list):
        return [_numbered(item, number) for item in value]
    if isinstance(value, dict):
        return {key: _numbered(item, number) for key, item in value.items()}
    return value


def _read(path: Path) -> list[Vector]:
    try:
        rows = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_unique)
    except (OSError, ValueError) as error:
        raise VectorError(f"{path}: {error}") from error
    if not isinstance(rows, list):
        raise VectorError(f"{path}: not a list of rows")
    return [_row(row, f"{path}: row {number}") for number, row in enumerate(rows, 1)]


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise VectorError(f"a key stands twice among {', '.join(key for key, _ in pairs)}")
    return result


def _row(row: Any, where: str) -> Vector:
    if not isinstance(row, dict):
        raise VectorError(f"{where}: not an object")
    where = f"{where} ({row.get('id')})"
    if missing := REQUIRED - set(row):
        raise VectorError(f"{where}: lacks {', '.join(sorted(missing))}")
    if extra := set(row) - REQUIRED - OPTIONAL:
        raise VectorError(f"{where}: unknown key {', '.join(sorted(extra))}")
    for key in ("id", "operation", "source"):
        if not isinstance(row[key], str) or not row[key]:
            raise VectorError(f"{where}: {key} must be a text")
    rules = _ids(row["rules"], f"{where}: rules")
    warnings = None if row["warnings"] is None else _ids(row["warnings"], f"{where}: warnings")
    errcode = row["errcode"]
    if row["verdict"] not in ("accept", "reject") or (row["verdict"] == "accept") is bool(rules):
        raise VectorError(f"{where}: the verdict {row['verdict']!r} doesn't fit {len(rules)} broken rules")
    if row["verdict"] == "accept" and (errcode is not None or warnings is None):
        raise VectorError(f"{where}: an accepted row has no errcode, and states its warnings")
    if errcode is not None and type(errcode) is not int:
        raise VectorError(f"{where}: errcode must be an integer or null")
    try:
        checked = datetime.date.fromisoformat(row["checked"])
    except (TypeError, ValueError) as error:
        raise VectorError(f"{where}: checked must be a date") from error
    return Vector(
        id=row["id"],
        operation=row["operation"],
        body=expand(row["body"]),
        verdict=cast("Literal['accept', 'reject']", row["verdict"]),
        rules=rules,
        warnings=warnings,
        errcode=errcode,
        source=row["source"],
        checked=checked,
        note=row.get("note", ""),
    )


def _ids(value: Any, where: str) -> frozenset[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise VectorError(f"{where} must be a list of ids")
    if len(set(value)) != len(value):
        raise VectorError(f"{where} name one id twice")
    return frozenset(value)
