"""Files on their way to WeCom: what is known of one before a byte leaves, and the form that carries it.

Nothing here knows of HTTP. A file is read in blocks, as often as its request is sent, and never as a whole.
"""

from __future__ import annotations

import io
import os
import stat
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path, PurePath
from typing import Any, BinaryIO, Final

from wecom_client.wire import Operation, Progress, Upload

BLOCK: Final = 64 * 1024
"""Bytes that are read and handed on at a time."""

_TYPES: Final[Mapping[str, str]] = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".amr": "audio/amr",
    ".mp4": "video/mp4",
}
_ANY: Final = "application/octet-stream"  # what the vendor's own example has


class FileChanged(OSError):
    """A file has another size than when its upload began."""


class Source:
    """A file that can be read from its beginning, again and again.

    Args:
        given: a path, bytes, or a file object in binary mode, which is read from where it stands.

    Raises:
        TypeError: it is none of these, or can't be rewound; says what to do.
        OSError: there is no such file, or it can't be opened.
    """

    def __init__(self, given: object) -> None:
        self.name: str | None = None
        self.blocking = True
        """Whether reading may wait for a disk."""
        self._own = False
        if isinstance(given, (bytes, bytearray, memoryview)):
            self._file: BinaryIO = io.BytesIO(given)
            self.blocking = False
        elif isinstance(given, (str, os.PathLike)):
            self._file, self._own = _opened(given), True
            self.name = PurePath(os.fspath(given)).name
        else:
            self._file = _rewindable(given)
            self.name = _name_of(given)
        self._start = self._file.tell()
        self._file.seek(0, os.SEEK_END)
        self.size = self._file.tell() - self._start
        self.rewind()

    def rewind(self) -> None:
        """Go back to where the file stood when it was given."""
        self._file.seek(self._start)

    def read(self, size: int) -> bytes:
        """At most so many bytes; none at the end."""
        block = self._file.read(size)
        if not isinstance(block, bytes):
            raise TypeError(f"media: reading the file gave {type(block).__name__}; open it in binary mode")
        return block

    def close(self) -> None:
        """Close a file that was opened here; a file object is left open, where it stood."""
        if self._own:
            self._file.close()
        elif not getattr(self._file, "closed", False):
            self.rewind()


class Form:
    """A file as multipart/form-data, of a length that is known before anything is sent.

    Args:
        part: the name of the part.
        source: the file.
        described: ``filename`` and ``content_type``, judged by the contract: neither can end its header.
        progress: told of every block that was handed on.
        description: the request as data, as it was judged.
    """

    def __init__(
        self,
        part: str,
        source: Source,
        described: Mapping[str, Any],
        progress: Progress | None,
        description: bytes,
    ) -> None:
        self.source = source
        self.progress = progress
        self.description = description
        self.whole = False
        """Whether the last byte was handed on. Until then nobody can have read the form."""
        # Random: a file that held a boundary known beforehand would be cut there, and could add parts of its own.
        self._boundary = os.urandom(16).hex()
        # The name as raw UTF-8: WeCom answers 41005 to the encoded form, filename*.
        self.head = (
            f"--{self._boundary}\r\n"
            f'Content-Disposition: form-data; name="{part}"; filename="{described["filename"]}"; '
            f"filelength={source.size}\r\n"
            f"Content-Type: {described['content_type']}\r\n\r\n"
        ).encode()
        self.tail = f"\r\n--{self._boundary}--\r\n".encode()

    @property
    def content_type(self) -> str:
        """The header of the request."""
        return f"multipart/form-data; boundary={self._boundary}"

    @property
    def length(self) -> int:
        """Bytes of the whole form."""
        return len(self.head) + self.source.size + len(self.tail)


class Pass:
    """One pass over a form, from its first byte to its last. A request that is sent again takes another one."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._steps = self._blocks()
        self._sent = 0
        form.whole = False

    def next(self) -> bytes:
        """The next block; none after the last. Reads the file, so it may wait for a disk.

        Raises:
            FileChanged: the file has other than its size when the call began.
            OSError: it can't be read.
        """
        return next(self._steps, b"")

    def tell(self, block: bytes) -> None:
        """Say that a block has been handed on."""
        size = self._form.source.size
        if self._form.progress is not None and block is not self._form.head and self._sent < size:
            self._sent += len(block)
            self._form.progress(self._sent, size)

    def _blocks(self) -> Iterator[bytes]:
        form, source = self._form, self._form.source
        source.rewind()
        yield form.head
        left = source.size
        while left:
            block = source.read(min(BLOCK, left))
            if not block:
                raise FileChanged(
                    f"the file ends {left} of its {source.size} bytes too early: it was changed"
                )
            left -= len(block)
            yield block
        if source.read(1):
            raise FileChanged(f"the file has more than its {source.size} bytes: it was changed")
        form.whole = True
        yield form.tail


@contextmanager
def opened(operation: Operation[Any], body: Mapping[str, Any]) -> Iterator[Source]:
    """The file of a call, open for as long as the call takes.

    Raises:
        TypeError, OSError: as for `Source`.
    """
    source = Source(upload_of(operation, body).source)
    try:
        yield source
    finally:
        source.close()


@asynccontextmanager
async def aopened(operation: Operation[Any], body: Mapping[str, Any]) -> AsyncIterator[Source]:
    """`opened` for tasks: a disk may take its time, and the other tasks needn't wait for it."""
    import anyio.to_thread  # httpx imports it with the first client only, and so do we

    source = await anyio.to_thread.run_sync(Source, upload_of(operation, body).source)
    try:
        yield source
    finally:
        source.close()


def upload_of(operation: Operation[Any], body: Mapping[str, Any]) -> Upload:
    """What the caller wants uploaded."""
    (part,) = operation.parts
    upload: Upload = body[part]
    return upload


def description(upload: Upload, source: Source) -> dict[str, Any]:
    """A file as the data by which the contract judges it. Without a name where none is known."""
    name = source.name if upload.filename is None else upload.filename
    found: dict[str, Any] = {} if name is None else {"filename": name}
    found["filelength"] = source.size
    ending = PurePath(name).suffix.lower() if isinstance(name, str) else ""
    found["content_type"] = _TYPES.get(ending, _ANY) if upload.content_type is None else upload.content_type
    return found


def _opened(path: str | os.PathLike[str]) -> BinaryIO:
    # Asked before it is opened: opening a pipe waits for whoever writes to it.
    if not stat.S_ISREG(Path(path).stat().st_mode):
        raise TypeError(f"media: {os.fspath(path)} is no regular file; give its content as bytes")
    return Path(path).open("rb")


def _rewindable(given: Any) -> BinaryIO:
    if not all(callable(getattr(given, name, None)) for name in ("read", "seek", "tell")):
        raise TypeError(f"media: a path, bytes or a binary file object is needed, not {type(given).__name__}")
    if isinstance(given, io.TextIOBase):
        raise TypeError("media: the file object gives text; open it in binary mode")
    if not getattr(given, "seekable", lambda: True)():
        raise TypeError("media: the file object can't be rewound; give its path, or its content as bytes")
    file: BinaryIO = given
    return file


def _name_of(file: object) -> str | None:
    """The name of a file object that has one; that of an unnamed temporary file is a number."""
    name = getattr(file, "name", None)
    return PurePath(name).name or None if isinstance(name, str) and not name.startswith("<") else None
