"""The body of an answer as its sender meant it, without more of it than a limit."""

from __future__ import annotations

import zlib

LARGEST = 16 * 1024 * 1024
"""Bytes of a body that is kept to be judged."""

_WINDOWS = {"gzip": zlib.MAX_WBITS | 16, "x-gzip": zlib.MAX_WBITS | 16, "deflate": zlib.MAX_WBITS}


class NotDecoded(ValueError):
    """The body can't be judged; the text says why."""


def decoded(raw: bytes, encoding: str | None) -> bytes:
    """The body without its content encoding.

    Args:
        raw: as it went over the wire.
        encoding: the value of the header Content-Encoding.

    Raises:
        NotDecoded: an encoding other than gzip and deflate, a broken one, or more than `LARGEST` bytes.
    """
    name = (encoding or "identity").strip().lower()
    if name in ("", "identity"):
        if len(raw) > LARGEST:
            raise NotDecoded(f"more than {LARGEST} bytes")
        return raw
    if name not in _WINDOWS:
        raise NotDecoded(f"the encoding {name[:40]} is not read")
    unpack = zlib.decompressobj(_WINDOWS[name])
    try:
        content = unpack.decompress(raw, LARGEST + 1)
    except zlib.error:
        raise NotDecoded(f"broken {name}") from None
    if len(content) > LARGEST:
        raise NotDecoded(f"more than {LARGEST} bytes")
    if not unpack.eof:
        raise NotDecoded(f"{name} that is cut off")
    return content
