"""Goes through the pages of a list: without input or output, so that sync and async share it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from wecom_client.wire import Operation, Pagination, Window
from wecom_openapi.answers import broken
from wecom_openapi.bounded import malformed
from wecom_openapi.validation import enforce, judge

EMPTY_PAGES: Final = 100
"""So many pages in a row may have no row. A server that goes on like that never ends."""


class Walk:
    """A walk through all pages of one list.

    Args:
        operation: a paged one.
        fields: its request as plain JSON data, without the cursor.

    Raises:
        InvalidRequest: the first request breaks the contract, so nothing is asked for.
    """

    def __init__(self, operation: Operation[Any], fields: Mapping[str, Any]) -> None:
        if operation.pagination is None:
            raise TypeError(f"{operation.id} has no pages")
        self._operation = operation
        self._paging: Pagination = operation.pagination
        self._parts = _parts(fields, self._paging.window)
        self._cursors: set[str] = set()
        self._empty = 0
        self._keys: set[Any] = set()
        self._before: set[Any] = set()
        self.body: dict[str, Any] | None = next(self._parts)
        """The next request; None where the walk has ended."""
        errors = [each for each in judge(operation.id, self.body)[1] if each.severity == "error"]
        enforce(operation.id, errors, frozenset())

    def take(self, answer: Any) -> list[Any]:
        """The rows of the answer to ``body``, and ``body`` becomes the next request.

        Raises:
            MalformedAnswer: its cursor was given before, or page after page has no rows.
        """
        assert self.body is not None
        rows: list[Any] = self._fresh(getattr(answer, self._paging.rows) or [])
        cursor = getattr(answer, self._paging.next) or ""
        if not cursor:
            self._cursors.clear()
            self._before, self._keys = self._keys, set()
            self.body = next(self._parts, None)
            return rows
        if cursor in self._cursors or cursor == self.body.get(self._paging.cursor):
            raise self._broken(f"its {self._paging.next} came before, so the same page would come again")
        self._cursors.add(cursor)
        self._empty = 0 if rows else self._empty + 1
        if self._empty > EMPTY_PAGES:
            raise self._broken(f"the {EMPTY_PAGES} pages before it had no rows either, and there is no end")
        self.body = {**self.body, self._paging.cursor: cursor}
        return rows

    def _fresh(self, rows: list[Any]) -> list[Any]:
        """Without the rows on the border of two parts that the part before gave already."""
        window = self._paging.window
        if window is None:
            return rows
        keys = [getattr(row, window.key) for row in rows]
        self._keys.update(keys)
        return [row for row, key in zip(rows, keys, strict=True) if key not in self._before]

    def _broken(self, reason: str) -> Exception:
        return broken(self._operation.id, malformed(reason, "incomplete"))


def _parts(fields: Mapping[str, Any], window: Window | None) -> Iterator[dict[str, Any]]:
    """The request of each part of a period, from the earliest on. Where the times make no sense it is one part,
    for validation to refuse. The end of a part is the start of the next: whether the server counts the ends in
    is not known, and so nothing is lost between them."""
    if window is None:
        yield dict(fields)
        return
    start, end = fields.get(window.start), fields.get(window.end)
    if type(start) is not int or type(end) is not int:
        yield dict(fields)
        return
    while end - start > window.seconds:
        yield {**fields, window.start: start, window.end: start + window.seconds}
        start += window.seconds
    yield {**fields, window.start: start, window.end: end}
