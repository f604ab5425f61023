# Written by `make regenerate`: change the contract or openapi/templates, not this file.
"""Between Python values and JSON on the wire: operations, bodies and the envelope of an answer."""

import json
import math
import os
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import Any, BinaryIO, Final, Generic, Literal, Protocol, Self, TypeAlias, TypeVar, cast

from attrs import field, frozen

from .errors import EnvelopeError, InvalidData, InvalidResponse
from .types import UNSET, Unset

CODE: Final = "errcode"
"""The field of an answer that says whether the call succeeded."""
MESSAGE: Final = "errmsg"
"""The field of an answer with the text for people."""
OK: Final = 0
"""The code of success."""


class Model(Protocol):
    """What every generated model can do."""

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...

    def to_dict(self) -> dict[str, Any]: ...


ResponseT = TypeVar("ResponseT", bound=Model)


@frozen
class Window:
    """A period that the vendor answers in parts only."""

    start: str
    end: str
    seconds: int
    """How long a part may be."""
    key: str
    """The field of a row that tells rows apart."""


@frozen
class Pagination:
    """How an operation answers page by page, by names of fields."""

    cursor: str
    """Of the request: where to go on."""
    limit: str
    """Of the request: how many rows a page has."""
    next: str
    """Of the answer: the cursor of the next page, empty or absent after the last."""
    rows: str
    """Of the answer: the list of rows."""
    window: Window | None = None


@frozen
class Operation(Generic[ResponseT]):
    """One operation of the contract."""

    id: str
    method: str
    path: str
    effect: Literal["read", "write"]
    """Whether a call may change anything at the vendor's."""
    auth: str | None
    """The query parameter that carries the token; None where no token is needed."""
    has_body: bool
    query: tuple[str, ...]
    """Names of the query parameters, the token's not among them."""
    parts: tuple[str, ...]
    """Names of the files that it takes as multipart/form-data."""
    confirms: tuple[str, ...]
    """Flags by which a caller confirms a call of wide reach."""
    page: str
    """The vendor's page about it."""
    summary: str
    _request: str = field(alias="request")
    _response: str = field(alias="response")
    pagination: Pagination | None = None
    bare_success: bool = False
    """Whether an answer without a code is a success."""
    takes_key: bool = False
    """Whether a call must not be made twice, so that a caller may name it."""

    @property
    def request_model(self) -> type[Model] | None:
        """The model of the body; None where the operation has none. Imported when first asked for."""
        return _model(self._request) if self._request else None

    @property
    def response_model(self) -> type[ResponseT]:
        """The model of a successful answer. Imported when first asked for."""
        return cast(type[ResponseT], _model(self._response))

    def parse(self, data: Mapping[str, Any]) -> ResponseT:
        """The model of an answer whose envelope said success. Raises InvalidData where a needed field is missing."""
        return self.response_model.from_dict(data)


FileSource: TypeAlias = str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryIO
"""A file to upload: its path, its content, or a file object in binary mode that can be rewound."""

Progress: TypeAlias = Callable[[int, int], None]
"""Called with the bytes of a file that have left, and with all of them. A request that is repeated starts over."""


@frozen
class Upload:
    """A file that a caller wants uploaded. It stands in the body of a call where the contract has the file."""

    source: FileSource = field(repr=False)
    filename: str | None = None
    """The name that is shown to others; None for that of the path or the file object."""
    content_type: str | None = None
    """None for what goes with the name."""
    progress: Progress | None = None


@frozen
class CallOptions:
    """What a caller may set for one call, beside its fields."""

    timeout: Any = UNSET
    """Seconds, an ``httpx.Timeout``, None for no limit; UNSET for that of the client."""
    extra_query: Mapping[str, str] | Unset = UNSET
    """Query parameters beside those of the operation."""
    key: str | Unset = UNSET
    """The caller's name for a call that must not be made twice."""


@cache
def _model(name: str) -> type[Model]:
    return cast(type[Model], getattr(import_module(".models", __package__), name))


def given(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that are set."""
    return {name: value for name, value in fields.items() if value is not UNSET}


def request_body(
    operation: Operation[Any], body: Model | Mapping[str, Any] | Unset, fields: Mapping[str, Any]
) -> Mapping[str, Any]:
    """The plain JSON body of a call, given as a model, as a mapping (passed on unchanged) or as keyword fields.

    Raises:
        TypeError: a body and fields at once, or a body that is neither the operation's model nor a mapping.
    """
    filled = given(fields)
    if isinstance(body, Unset):
        return filled
    if filled:
        raise TypeError(
            f"{operation.id}() takes a body or fields, not both; beside the body: {', '.join(filled)}"
        )
    if isinstance(body, Mapping):
        return body
    model = operation.request_model
    if model is None or not isinstance(body, model):
        wanted = f"a {model.__name__} or a mapping" if model else "a mapping"
        raise TypeError(f"{operation.id}() takes {wanted} as its body, not {type(body).__name__}")
    return cast(dict[str, Any], plain(body))


def beside(query: Mapping[str, Any], body: Mapping[str, Any]) -> Mapping[str, Any]:
    """A body and the query parameters beside it, as the one object by which a request is judged."""
    return {**given(query), **body}


def flags(**given: bool) -> frozenset[str]:
    """The names of the flags that are set."""
    return frozenset(name for name, is_set in given.items() if is_set)


def plain(value: Any) -> Any:
    """A model as plain JSON data; anything else unchanged.

    Raises:
        TypeError: the model holds a plain value where a model belongs.
    """
    if value is UNSET or not hasattr(type(value), "to_dict"):
        return value
    try:
        return value.to_dict()
    except AttributeError as error:
        raise TypeError(
            f"{type(value).__name__} holds a plain value where a model belongs: {error}"
        ) from None


def listed(value: Any) -> Any:
    """Any collection as a list. A string or a mapping is no collection here: it is left for validation to refuse."""
    if isinstance(value, list | str | bytes | Mapping) or not isinstance(value, Iterable):
        return value
    return list(value)


def plain_list(value: Any) -> Any:
    """A collection of models or mappings as a list of plain JSON data."""
    items = listed(value)
    return [plain(item) for item in items] if isinstance(items, list) else items


def unix_time(value: Any, name: str) -> Any:
    """A time in whole seconds since 1970; what is no ``datetime`` is left for validation to judge.

    Raises:
        ValueError: a ``datetime`` without a time zone: what it means depends on the machine.
    """
    if not isinstance(value, datetime):
        return value
    if value.utcoffset() is None:
        raise ValueError(f"{name}: a datetime with a time zone is needed, such as datetime.now(timezone.utc)")
    return math.floor(value.timestamp())


def one_string(value: Any, name: str) -> Any:
    """A string stands for the object whose only field it is."""
    return {name: value} if isinstance(value, str) else plain(value)


def variants(value: Any, tag: str, payloads: Mapping[str, tuple[str, str]]) -> Any:
    """A collection of members of a tagged union as a list of plain JSON data.

    Args:
        value: the members. The model of a payload stands for the member that carries it.
        tag: the field whose value tells the members apart.
        payloads: name of a payload's model → (value of the tag, field that holds the payload).
    """
    items = listed(value)
    if not isinstance(items, list):
        return items
    return [_variant(item, tag, payloads) for item in items]


def _variant(item: Any, tag: str, payloads: Mapping[str, tuple[str, str]]) -> Any:
    if isinstance(item, Mapping):
        return item
    kind = type(item)
    stands_for = payloads.get(kind.__name__)
    if stands_for is not None and kind is _model(kind.__name__):
        return {tag: stands_for[0], stands_for[1]: plain(item)}
    return plain(item)


def json_bytes(body: Mapping[str, Any]) -> bytes:
    """JSON as raw UTF-8, without ``\\u`` escapes and without spaces.

    Raises:
        ValueError: NaN, an infinity, or a string that UTF-8 can't encode.
        TypeError: a value that JSON doesn't know.
    """
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")


def read_envelope(content: bytes, *, bare: bool = False) -> dict[str, Any]:
    """An answer whose envelope says success, as plain JSON data.

    Args:
        content: the body of the answer.
        bare: whether one without a code is a success; it gets the code of success.

    Raises:
        EnvelopeError: the envelope says that the call failed.
        InvalidResponse: not UTF-8, not JSON, no object, a key twice, or a code that is no 32-bit integer.
    """
    try:
        data = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_unique, parse_constant=_refuse)
    except InvalidResponse:
        raise
    except (ValueError, RecursionError) as error:
        # The error's own text quotes the content, which may hold anything.
        raise InvalidResponse(
            f"the answer is no JSON ({len(content)} bytes, {type(error).__name__})"
        ) from None
    if not isinstance(data, dict):
        raise InvalidResponse(f"the answer is no JSON object but {type(data).__name__}")
    code = data.setdefault(CODE, OK) if bare else data.get(CODE)
    if type(code) is not int or not -(2**31) <= code < 2**31:
        raise InvalidResponse(f"the answer has no {CODE} that is a 32-bit integer")
    if code != OK:
        message = data.get(MESSAGE)
        raise EnvelopeError(code, message if isinstance(message, str) else "", data)
    return data


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) != len(pairs):
        raise InvalidResponse("the answer has a key twice")
    return data


def _refuse(constant: str) -> None:
    raise InvalidResponse(f"the answer holds {constant}, which is no JSON")


__all__ = [
    "CODE",
    "MESSAGE",
    "OK",
    "CallOptions",
    "FileSource",
    "InvalidData",
    "Model",
    "Operation",
    "Pagination",
    "Progress",
    "Upload",
    "Window",
    "beside",
    "flags",
    "given",
    "json_bytes",
    "listed",
    "one_string",
    "plain",
    "plain_list",
    "read_envelope",
    "request_body",
    "unix_time",
    "variants",
]
