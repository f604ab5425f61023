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


class Warn:
    """``x-warning``: stands where a warning's condition holds, and so always fires."""

    def __init__(
        self, parent_schema: dict[str, Any], value: dict[str, Any], schema_path: list[str | int]
    ) -> None:
        pass

    def validate(self, instance: object) -> None:
        raise ValueError("warning")


KEYWORDS: dict[str, type] = {"x-max-bytes": MaxBytes, "x-warning": Warn}
