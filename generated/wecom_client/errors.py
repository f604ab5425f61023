# Written by `make regenerate`: change the contract or openapi/templates, not this file.
"""What the generated code raises.

::

    InvalidData             data is not of the shape that the contract gives it
     └─ InvalidResponse     an answer is no envelope at all: HTML, broken JSON, no code
    UnexpectedStatus        an HTTP status that the contract doesn't know
    EnvelopeError           the envelope says that the call failed
"""

from typing import Any


class InvalidData(ValueError):
    """Data is not of the shape that the contract gives it."""


class InvalidResponse(InvalidData):
    """An answer that can't be read as an envelope."""


class UnexpectedStatus(Exception):
    """An HTTP status that the contract doesn't know. The text leaves the content out: it may hold anything."""

    def __init__(self, status_code: int, content: bytes) -> None:
        self.status_code = status_code
        self.content = content
        super().__init__(f"unexpected HTTP status {status_code} with {len(content)} bytes of content")

    def __reduce__(self) -> tuple[type["UnexpectedStatus"], tuple[int, bytes]]:
        return type(self), (self.status_code, self.content)


class EnvelopeError(Exception):
    """The envelope says that the call failed.

    Attributes:
        code: the code that the server gave.
        message: the text that the server gave with it, for people.
        raw: the whole answer.
    """

    def __init__(self, code: int, message: str, raw: dict[str, Any]) -> None:
        self.code = code
        self.message = message
        self.raw = raw
        super().__init__(f"{code}: {message}")

    def __reduce__(self) -> tuple[type["EnvelopeError"], tuple[int, str, dict[str, Any]]]:
        return type(self), (self.code, self.message, self.raw)


__all__ = ["EnvelopeError", "InvalidData", "InvalidResponse", "UnexpectedStatus"]
