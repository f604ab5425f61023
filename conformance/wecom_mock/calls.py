"""The log of calls: what was sent and what was answered, for tests, the console and HAR files."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, overload

from .masking import masked, masked_query, masked_text
from .media import read_upload
from .refusal import Refusal

if TYPE_CHECKING:
    from wecom_contract import Operation

    from .wire import Reply, Request

MOST_ENTRIES = 10_000
MOST_BYTES = 64 * 1024 * 1024
#: What an entry takes beside the bytes of its request and its answer, roughly.
_ENTRY_BYTES = 2048


class _Entry(NamedTuple):
    """What is kept of a call."""

    number: int
    at: float
    operation: str | None
    method: str
    path: str
    query: bytes
    body: bytes
    content_type: str
    status: int
    headers: tuple[tuple[str, str], ...]
    answer: bytes
    seconds: float
    form: Mapping[str, Any] | None
    size: int


# The same as a plain tuple of plain values: it is made in no time, and the garbage collector has nothing to visit.
_Kept: TypeAlias = tuple[
    int,
    float,
    str | None,
    str,
    str,
    bytes,
    bytes,
    str,
    int,
    tuple[tuple[str, str], ...],
    bytes,
    float,
    Mapping[str, Any] | None,
    int,
]


class Exchange:
    """One request and its answer. Tokens, secrets, tickets and permanent codes read ``***``.

    What needs reading is read when it is first asked for: most entries are never looked at, and a call must not
    wait for them.

    Attributes:
        number: 1, 2, 3 … since the start or the last reset.
        at: when it came, in Unix seconds of the mock's clock.
        operation: id of the operation; ``None`` for an unknown path.
        method: ``POST``.
        files: of an upload, by the name of the part: ``filename``, ``filelength``, ``content_type``.
        status: of HTTP.
        seconds: how long the mock took, in real time.
    """

    def __init__(self, entry: _Entry) -> None:
        self.number, self.at, self.operation = entry.number, entry.at, entry.operation
        self.method, self.status, self.seconds = entry.method, entry.status, entry.seconds
        self._entry = entry

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Exchange):
            return NotImplemented
        return self._entry == other._entry

    def __hash__(self) -> int:
        return hash(self.number)

    def __repr__(self) -> str:
        outcome = self.status if self.errcode is None else f"errcode {self.errcode}"
        return f"<{self.number}: {self.method} {self.path} → {outcome}>"

    @cached_property
    def path(self) -> str:
        """Percent-decoded, without the query."""
        return masked_text(self._entry.path)

    @cached_property
    def query(self) -> str:
        """The query string, without ``?``."""
        return masked_query(self._entry.query)

    @cached_property
    def content_type(self) -> str:
        """That of the request; empty where there was none."""
        return self._entry.content_type

    @cached_property
    def _read_body(self) -> Any:
        if self._entry.form is not None:
            return dict(self._entry.form)
        return _json(self._entry.body)

    @cached_property
    def body(self) -> Any:
        """The request body as JSON data, of an upload what stands in its form; ``None`` where it is neither."""
        return masked(self._read_body)

    @cached_property
    def text(self) -> str:
        """The request body as text; empty for an upload, whose bytes are not kept."""
        return _text(self._entry.body, self._read_body)

    @property
    def raw_query(self) -> bytes:
        """The query string as it came, token and all: never to be shown."""
        return self._entry.query

    @property
    def form(self) -> Mapping[str, Any] | None:
        """What stands in the form of an upload; ``None`` for every other call."""
        return self._entry.form

    @property
    def size(self) -> int:
        """Bytes of the request body that were kept."""
        return len(self._entry.body)

    @property
    def answer_size(self) -> int:
        """Bytes of the answer's body."""
        return len(self._entry.answer)

    @cached_property
    def files(self) -> Mapping[str, Mapping[str, Any]]:
        """Of an upload, by the name of the part: ``filename``, ``filelength``, ``content_type``."""
        form = self._entry.form or {}
        return {name: dict(part) for name, part in form.items() if isinstance(part, Mapping)}

    @cached_property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """The headers of the answer."""
        return self._entry.headers

    @cached_property
    def answer(self) -> Any:
        """The answer as JSON data; ``None`` for a page."""
        return masked(_json(self._entry.answer))

    @cached_property
    def answer_text(self) -> str:
        """The answer as text."""
        return _text(self._entry.answer, _json(self._entry.answer))

    @cached_property
    def errcode(self) -> int | None:
        """Of the answer; 0 is a success, ``None`` a page."""
        if not isinstance(self.answer, dict):
            return None
        code = self.answer.get("errcode", 0)
        return code if isinstance(code, int) else None

    @property
    def accepted(self) -> bool:
        """Whether the mock did what was asked for."""
        return self.status == 200 and self.errcode == 0

    def _header(self, name: str) -> str:
        return next((value for key, value in self._entry.headers if key == name), "")

    @cached_property
    def rule(self) -> str | None:
        """Id of the contract's rule that the request broke."""
        return self._header("X-Mock-Rule").partition(";")[0] or None

    @cached_property
    def path_broken(self) -> str | None:
        """Where in the body the rule was broken; empty for the body itself, ``None`` where none was broken."""
        found = self._header("X-Mock-Rule")
        return found.partition("; path=")[2] if found else None

    @cached_property
    def reason(self) -> str | None:
        """Why a request was refused that breaks no rule of the contract."""
        return self._header("X-Mock-Reason") or None

    @cached_property
    def warnings(self) -> tuple[str, ...]:
        """Ids of the contract's warnings about an accepted request."""
        found = self._header("X-Mock-Warning")
        return tuple(one.partition(";")[0] for one in found.split(", ")) if found else ()


def _exchange(kept: _Kept) -> Exchange:
    return Exchange(_Entry._make(kept))


def _json(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


def _text(raw: bytes, read: Any) -> str:
    text = raw.decode("utf-8", "replace")
    hidden = masked_text(text)
    if hidden == text or read is None:
        return hidden
    # The bytes as they came, unless there is something in them to hide.
    return json.dumps(masked(read), ensure_ascii=False, separators=(",", ":"))


class CallLog(Sequence[Exchange]):
    """The last calls, oldest first. Bounded in entries and in bytes: the oldest are forgotten.

    Args:
        limit: how many entries are kept at most.
        most_bytes: how many bytes of requests and answers, about.
    """

    def __init__(self, limit: int = MOST_ENTRIES, most_bytes: int = MOST_BYTES) -> None:
        if limit < 1 or most_bytes < 1:
            raise ValueError("a log of calls keeps at least one entry")
        self.limit = limit
        self.most_bytes = most_bytes
        self.forgotten = 0
        """How many entries were dropped to stay within the limits."""
        self._entries: deque[_Kept] = deque()
        self._bytes = 0
        self._number = 0
        self._form: Mapping[str, Any] | None = None
        self._lock = threading.Lock()

    def describe_form(self, form: Mapping[str, Any]) -> None:
        """Note what stands in the form of the upload that is being answered, in place of its bytes."""
        self._form = form

    def leave_out_files(self, operation: Operation, request: Request) -> None:
        """Make sure that the bytes of files are not kept, of a form that nobody has read for its answer too."""
        if self._form is None:
            try:
                self._form, _ = read_upload(operation, request.body, request.content_type)
            except Refusal:
                self._form = {}

    def add(self, operation: str | None, request: Request, reply: Reply, at: float, seconds: float) -> None:
        """Append a request and its answer."""
        form, body = self._form, request.body
        # Neither the bytes of files nor a body that nobody read are worth the memory.
        if form is not None or reply.status == 413:
            self._form, body = None, b""
        size = len(body) + len(reply.body) + _ENTRY_BYTES
        with self._lock:
            self._number += 1
            self._entries.append(
                (
                    self._number,
                    at,
                    operation,
                    request.method,
                    request.path,
                    request.query,
                    body,
                    request.content_type,
                    reply.status,
                    reply.headers,
                    reply.body,
                    seconds,
                    form,
                    size,
                )
            )
            self._bytes += size
            if self._bytes > self.most_bytes or len(self._entries) > self.limit:
                self._forget()

    def _forget(self) -> None:
        while len(self._entries) > 1 and (self._bytes > self.most_bytes or len(self._entries) > self.limit):
            self._bytes -= self._entries.popleft()[-1]
            self.forgotten += 1

    def clear(self) -> None:
        """Forget everything; numbers start over."""
        with self._lock:
            self._entries.clear()
            self._bytes = self._number = self.forgotten = 0

    def of(self, operation: str) -> list[Exchange]:
        """The calls of one operation."""
        return [exchange for exchange in self if exchange.operation == operation]

    @property
    def last(self) -> Exchange:
        """The last call.

        Raises:
            LookupError: there was none.
        """
        with self._lock:
            if not self._entries:
                raise LookupError("there was no call")
            return _exchange(self._entries[-1])

    def to_har(self) -> dict[str, Any]:
        """All entries as HAR 1.2."""
        from .har import to_har

        return to_har(self)

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Exchange]:
        with self._lock:
            kept = tuple(self._entries)
        return map(_exchange, kept)

    @overload
    def __getitem__(self, index: int) -> Exchange: ...

    @overload
    def __getitem__(self, index: slice) -> list[Exchange]: ...

    def __getitem__(self, index: int | slice) -> Exchange | list[Exchange]:
        with self._lock:
            if isinstance(index, slice):
                return [_exchange(entry) for entry in list(self._entries)[index]]
            return _exchange(self._entries[index])

    def __repr__(self) -> str:
        shown = ", ".join(repr(exchange) for exchange in self[-5:])
        return (
            f"<{len(self)} calls{': …, ' if len(self) > 5 else ': '}{shown}>" if len(self) else "<no calls>"
        )
