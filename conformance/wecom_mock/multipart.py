"""From the bytes of a form to its parts, strictly, and with no other exception than a refusal.

No library is used: those looked at read ``filename*`` and ``filename`` as one, and WeCom tells them apart.
"""

from __future__ import annotations

import re

from attrs import field, frozen

from .refusal import Refusal

MAX_PARTS = 16
MAX_HEAD = 8192
"""Bytes of the headers of one part."""

_TYPE = re.compile(
    r'multipart/form-data\s*;\s*boundary=(?:"([^"]{1,70})"|([^\s;",]{1,70}))\s*', re.IGNORECASE
)
_PARAMETER = re.compile(r';[ \t]*([A-Za-z]+\*?)=(?:"([^"]*)"|([^\s;"]+))[ \t]*')
_BROKEN = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


@frozen
class Part:
    """One part of a form.

    Attributes:
        name: of the field.
        filename: as it was sent; None where there is none.
        encoded_name: whether the name of the file came as ``filename*``.
        content_type: None where there is none.
        content: the raw bytes.
    """

    name: str
    filename: str | None
    encoded_name: bool
    content_type: str | None
    content: bytes = field(repr=False)


def read_form(raw: bytes, content_type: str) -> list[Part]:
    """The parts of a form, in its order; none where the body is no form at all.

    Args:
        raw: the bytes as they came.
        content_type: the header of the request.

    Raises:
        Refusal: something that two readers could understand differently: bytes before the first boundary or
            after the last, a part without an end, a broken or repeated header, too many parts.
    """
    found = _TYPE.fullmatch(content_type)
    if found is None:
        return []
    boundary = b"--" + (found[1] or found[2]).encode("latin-1", "replace")
    if not raw.startswith(boundary):
        raise Refusal("form.malformed")
    parts: list[Part] = []
    here = len(boundary)
    while raw[here : here + 2] == b"\r\n":
        end_of_head = raw.find(b"\r\n\r\n", here, here + MAX_HEAD)
        end = raw.find(b"\r\n" + boundary, end_of_head + 4)
        if end_of_head < 0 or end < 0 or len(parts) == MAX_PARTS:
            raise Refusal("form.malformed")
        parts.append(_part(raw[here + 2 : end_of_head], raw[end_of_head + 4 : end]))
        here = end + 2 + len(boundary)
    if raw[here:] not in (b"--", b"--\r\n") or len({part.name for part in parts}) != len(parts):
        raise Refusal("form.malformed")
    return parts


def _part(head: bytes, content: bytes) -> Part:
    headers = _headers(head)
    kind, mark, rest = headers.get("content-disposition", "").partition(";")
    parameters: dict[str, str] = {}
    here = 0
    text = mark + rest
    while here < len(text):
        found = _PARAMETER.match(text, here)
        if found is None or found[1].lower() in parameters:
            raise Refusal("form.malformed")
        parameters[found[1].lower()] = found[2] if found[2] is not None else found[3]
        here = found.end()
    if kind.strip().lower() != "form-data" or not parameters.get("name"):
        raise Refusal("form.malformed")
    return Part(
        name=parameters["name"],
        filename=parameters.get("filename"),
        encoded_name="filename*" in parameters,
        content_type=headers.get("content-type"),
        content=content,
    )


def _headers(head: bytes) -> dict[str, str]:
    try:
        lines = head.decode("utf-8").split("\r\n")
    except UnicodeDecodeError:
        raise Refusal("form.malformed") from None
    headers: dict[str, str] = {}
    for line in lines:
        name, mark, value = line.partition(":")
        name = name.lower()
        if not mark or not name or name != name.strip() or name in headers or _BROKEN.search(line):
            raise Refusal("form.malformed")
        headers[name] = value.strip(" \t")
    return headers
