"""Reads a HAR: what a browser, a proxy or this program recorded, by whichever client."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from .recording import Recorder
from .report import Summary

LARGEST = 256 * 1024 * 1024
MOST = 100_000


class HarError(ValueError):
    """The file is no HAR that can be checked; the text is one line that says why."""


def check_har(file: Path) -> Summary:
    """Hold every exchange of a HAR 1.2 document against the contract.

    Raises:
        HarError: the file can't be read, is cut off, is no HAR, or has nothing of this API in it.
    """
    entries = _entries(file)
    recorder = Recorder(str(file))
    for number, entry in enumerate(entries, 1):
        try:
            _note(recorder, entry)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            told = f"lacks {error}" if isinstance(error, KeyError) else "is no entry of a HAR"
            raise HarError(f"{file}: entry {number} {told}") from None
    if not recorder.ledger.sent:
        raise HarError(f"{file}: none of its {len(entries)} entries calls an operation of the contract")
    return recorder.summary()


def _entries(file: Path) -> list[Any]:
    try:
        with file.open("rb") as opened:
            raw = opened.read(LARGEST + 1)
    except OSError as error:
        raise HarError(f"{file}: {error.strerror or error}") from None
    if len(raw) > LARGEST:
        raise HarError(f"{file}: larger than {LARGEST} bytes")
    try:
        document = json.loads(raw.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        end = error.pos >= len(error.doc.rstrip()) - 1 or "Unterminated" in error.msg
        told = "cut off" if end else "no JSON"
        raise HarError(f"{file}: {told}: {error.msg} at line {error.lineno}, column {error.colno}") from None
    except (ValueError, RecursionError):
        raise HarError(f"{file}: no JSON in UTF-8") from None
    entries = document.get("log", {}) if isinstance(document, dict) else None
    entries = entries.get("entries") if isinstance(entries, dict) else None
    if not isinstance(entries, list):
        raise HarError(f"{file}: no HAR: it has no log.entries")
    if len(entries) > MOST:
        raise HarError(f"{file}: more than {MOST} entries")
    return entries


def _note(recorder: Recorder, entry: Mapping[str, Any]) -> None:
    request, response = entry["request"], entry["response"]
    posted, content = request.get("postData") or {}, response.get("content") or {}
    sent = _header(request, "content-type") or posted.get("mimeType") or None
    why = ""
    if "text" not in posted and request.get("bodySize", 0) > 0:
        why = "the request: the HAR has no body of it"
    elif posted.get("comment", "").startswith("cut"):
        why = "the request: the HAR has only a part of it"
    elif content.get("comment", "").startswith("cut") or (
        "text" not in content and content.get("size", 0) > 0
    ):
        why = "the answer: the HAR has not all of it"
    recorder.note(
        str(request["method"]),
        str(request["url"]),
        _body(posted),
        sent,
        status=int(response["status"]),
        answer=_body(content),  # a HAR holds it decoded
        answer_type=str(content.get("mimeType", "")),
        began=_time(entry.get("startedDateTime")),
        seconds=float(entry.get("time") or 0) / 1000,
        why=why,
    )


def _body(content: Mapping[str, Any]) -> bytes:
    text = content.get("text", "")
    if content.get("encoding") != "base64":
        return str(text).encode("utf-8", "surrogatepass")
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from None


def _header(message: Mapping[str, Any], name: str) -> str | None:
    found = (one["value"] for one in message.get("headers") or () if one["name"].lower() == name)
    return next(found, None)


def _time(text: object) -> float:
    return datetime.fromisoformat(text).timestamp() if isinstance(text, str) else 0.0
