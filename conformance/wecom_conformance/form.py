"""Forms with a file: written for a server under test, and read again to judge what went over the wire.

The reader is the one for mail of the standard library, so it shares nothing with the client's writer or the
mock's reader.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from email import message_from_bytes, policy
from typing import Any

from wecom_contract import OPERATIONS

FORM = "multipart/form-data"
BOUNDARY = "wecom-conformance-0123456789"
LARGEST = 32 * 1024 * 1024
"""Bytes of the largest file that is sent: more than any that the contract accepts."""

_HEADER = re.compile(r'[^\x00-\x1f\x7f"\\]*')


class NoForm(ValueError):
    """The bytes are no form; the text says why."""


def sendable(operation: str, body: Any) -> bool:
    """Whether a form, and the query beside it, can say what the contract judges.

    A name with a quote or a line break would come out as another one, and a size is that of the content.
    """
    parts = OPERATIONS[operation].parts
    if not isinstance(body, dict):
        return False
    return all(_is_file(value) if name in parts else isinstance(value, str) for name, value in body.items())


def _is_file(value: Any) -> bool:
    if not isinstance(value, dict) or not value.keys() <= {"filename", "filelength", "content_type"}:
        return False
    size = value.get("filelength")
    texts = [value[key] for key in ("filename", "content_type") if key in value]
    return (
        type(size) is int
        and 0 < size <= LARGEST  # an empty file has a code of its own, before any rule
        and all(isinstance(text, str) and _HEADER.fullmatch(text) for text in texts)
        and value.get("content_type", "x").strip() == value.get("content_type", "x") != ""
    )


def write_form(operation: str, body: Mapping[str, Any]) -> tuple[bytes, str]:
    """The files of a body that is `sendable`, each with so many zero bytes, and the content type of the form."""
    raw = b""
    for name in OPERATIONS[operation].parts:
        if name in body:
            told = body[name]
            head = f'Content-Disposition: form-data; name="{name}"'
            head += f'; filename="{told["filename"]}"' if "filename" in told else ""
            head += f"\r\nContent-Type: {told['content_type']}" if "content_type" in told else ""
            raw += f"--{BOUNDARY}\r\n{head}\r\n\r\n".encode() + bytes(told["filelength"]) + b"\r\n"
    return raw + f"--{BOUNDARY}--\r\n".encode(), f"{FORM}; boundary={BOUNDARY}"


def read_form(raw: bytes, content_type: str) -> dict[str, Any]:
    """Name of each part → the data that describes its file, with the bytes themselves as ``content``.

    Raises:
        NoForm: not a form, or one that has a part twice, or that ends too early.
    """
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1", "replace")
    message = message_from_bytes(head + raw, policy=policy.HTTP)
    if message.get_content_type() != FORM or not message.is_multipart() or message.defects:
        raise NoForm(f"no form, or a broken one: {message.defects or message.get_content_type()}")
    found: dict[str, Any] = {}
    for part in message.iter_parts():
        # As it came: the parser decodes what RFC 2231 encodes, and takes apart what is no ASCII.
        disposition = _raw(part, "content-disposition")
        name = re.search(r';\s*name="([^"]*)"', disposition)
        filename = re.search(r';\s*filename="([^"]*)"', disposition)
        if name is None or name[1] in found:
            raise NoForm("a part without a name, or one that stands twice")
        content = part.get_payload(decode=True)
        told: dict[str, Any] = {"filelength": len(content), "content": content}
        if filename is not None:
            told["filename"] = filename[1]
        if _raw(part, "content-type"):
            told["content_type"] = _raw(part, "content-type")
        found[name[1]] = told
    return found


def _raw(part: Any, wanted: str) -> str:
    for name, value in part.raw_items():
        if name.lower() == wanted:
            return str(value).strip().encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return ""
