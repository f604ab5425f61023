"""The contract's own keywords, for jsonschema-rs."""

from __future__ import annotations

from typing import Any


class MaxBytes:
    """``x-max-bytes``: a string's length in UTF-8, since the vendor counts bytes and JSON Schema characters."""

    def __init__(self, parent_schema: dict[str, Any], value: int, schema_path: list[str | int]) -> None:
        self.limit = value

    def validate(self, instance: object) -> None:
        # A character is at most four bytes: most strings need no encoding to be judged.
        if (
            isinstance(instance, str)
            and 4 * len(instance) > self.limit
            and len(instance.encode()) > self.limit
        ):
            raise ValueError("too many bytes")


class Span:
    """``x-span``: of two times, the second may not be before the first, nor further after it than so long."""

    def __init__(
        self, parent_schema: dict[str, Any], value: dict[str, Any], schema_path: list[str | int]
    ) -> None:
        self.start, self.end, self.seconds = value["from"], value["to"], value["seconds"]

    def validate(self, instance: object) -> None:
        if not isinstance(instance, dict):
            return
        start, end = instance.get(self.start), instance.get(self.end)
        # What is no number is another rule's matter.
        if isinstance(start, bool) or isinstance(end, bool):
            return
        numbers = isinstance(start, int | float) and isinstance(end, int | float)
        if numbers and not 0 <= end - start <= self.seconds:  # type: ignore[operator]
            raise ValueError("not within the span")


class Warn:
    """``x-warning``: stands where a warning's condition holds, and so always fires."""

    def __init__(
        self, parent_schema: dict[str, Any], value: dict[str, Any], schema_path: list[str | int]
    ) -> None:
        pass

    def validate(self, instance: object) -> None:
        raise ValueError("warning")


KEYWORDS: dict[str, type] = {"x-max-bytes": MaxBytes, "x-span": Span, "x-warning": Warn}
