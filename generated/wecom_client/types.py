# Written by `make regenerate`: change the contract or openapi/templates, not this file.
"""What all models share: the value of a field left out, uploads, and an answer with its status and headers."""

from collections.abc import Mapping, MutableMapping
from datetime import datetime, timedelta, timezone
from enum import Enum
from typing import IO, Any, BinaryIO, Final, Generic, Literal, TypeVar

from attrs import define

from .errors import InvalidData


class Unset(Enum):
    """The type of ``UNSET``. A member of an enum stays the same object through copy, deepcopy and pickle."""

    UNSET = "UNSET"

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Final = Unset.UNSET

# The types that `httpx.Client(files=)` can accept, copied from that library.
FileContent = IO[bytes] | bytes | str
FileTypes = (
    # (filename, file (or bytes), content_type)
    tuple[str | None, FileContent, str | None]
    # (filename, file (or bytes), content_type, headers)
    | tuple[str | None, FileContent, str | None, Mapping[str, str]]
)
RequestFiles = list[tuple[str, FileTypes]]


@define
class File:
    """A file to upload."""

    payload: BinaryIO
    file_name: str | None = None
    mime_type: str | None = None

    def to_tuple(self) -> FileTypes:
        """The tuple that httpx accepts for multipart/form-data."""
        return self.file_name, self.payload, self.mime_type


T = TypeVar("T")


@define
class Response(Generic[T]):
    """An answer whose envelope said success."""

    status_code: int
    content: bytes
    headers: MutableMapping[str, str]
    parsed: T


@define
class Answer:
    """An answer as it came, decompressed and not yet read."""

    status_code: int
    headers: MutableMapping[str, str]
    content: bytes

    @property
    def text(self) -> str:
        """The content as UTF-8; what is none is replaced."""
        return self.content.decode("utf-8", "replace")


def as_object(value: object, what: str) -> dict[str, Any]:
    """A copy of ``value``, a JSON object. Raises InvalidData for anything else."""
    if not isinstance(value, Mapping):
        raise InvalidData(f"{what}: an object was expected, not {type(value).__name__}")
    return dict(value)


def beside(data: Mapping[str, Any], *known: str) -> dict[str, Any]:
    """What stands in an object beside the fields that its model knows."""
    return {name: value for name, value in data.items() if name not in known}


def as_list(value: Any, what: str) -> Any:
    """``value``, a JSON array or ``UNSET``. Raises InvalidData for anything else: a string would be taken apart."""
    if not isinstance(value, list) and value is not UNSET:
        raise InvalidData(f"{what}: an array was expected, not {type(value).__name__}")
    return value


_EPOCH: Final = datetime(1970, 1, 1, tzinfo=timezone.utc)


def as_utc(value: object, what: str) -> datetime:
    """A time in seconds since 1970, as the vendor gives it (a number, or its digits), as an aware ``datetime``.

    Raises:
        InvalidData: no such time.
    """
    try:
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise ValueError
        return _EPOCH + timedelta(seconds=int(value))
    except (ValueError, OverflowError):
        raise InvalidData(f"{what}: not a time in seconds since 1970") from None


def empty_if_missing(value: Any) -> Any:
    """``[]`` where an answer has null for a list or leaves it out."""
    return [] if value is None else value


__all__ = [
    "UNSET",
    "Answer",
    "File",
    "FileTypes",
    "RequestFiles",
    "Response",
    "Unset",
    "as_list",
    "as_object",
    "as_utc",
    "beside",
    "empty_if_missing",
]
