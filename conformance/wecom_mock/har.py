"""Calls as HAR 1.2, written, read and played back."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from wecom_contract import CONTRACT_VERSION

from .masking import MASK, masked_pairs, masked_text

if TYPE_CHECKING:
    from .calls import CallLog, Exchange
    from .playback import Replay

HOST = "http://127.0.0.1"
_HTTP = "HTTP/1.1"
_REASONS = {200: "OK", 404: "Not Found", 413: "Request Entity Too Large", 501: "Not Implemented"}


def to_har(calls: Iterable[Exchange], base_url: str = HOST) -> dict[str, Any]:
    """Calls as a HAR document. Tokens, secrets, tickets and permanent codes are masked; files aren't in it.

    Args:
        calls: the calls.
        base_url: where they came in.
    """
    listed = list(calls)
    log: dict[str, Any] = {
        "version": "1.2",
        "creator": {"name": "wecom-mock", "version": CONTRACT_VERSION},
        "pages": [],
        "entries": [_entry(exchange, base_url.rstrip("/")) for exchange in listed],
    }
    if listed and listed[0].number > 1:
        log["comment"] = (
            f"the first {listed[0].number - 1} calls were forgotten: the log of the mock is bounded"
        )
    return {"log": log}


def write_har(path: str | Path, calls: CallLog, base_url: str = HOST) -> None:
    """Write a HAR file; a reader never sees half of one.

    Raises:
        OSError: it can't be written.
    """
    path = Path(path)
    text = json.dumps(to_har(calls, base_url), ensure_ascii=False, indent=1)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(text)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def replay(path: str | Path) -> Replay:
    """Read a recorded session, to be played back: see :class:`~wecom_mock.playback.Replay`.

    Raises:
        HarError: the file can not be read or is no HAR, in one line.
    """
    from .playback import load_replay

    return load_replay(path)


def _entry(exchange: Exchange, base_url: str) -> dict[str, Any]:
    pairs = masked_pairs(exchange.raw_query)
    query = f"?{exchange.query}" if exchange.query else ""
    request: dict[str, Any] = {
        "method": exchange.method,
        "url": f"{base_url}{quote(exchange.path, safe='/' + MASK)}{query}",
        "httpVersion": _HTTP,
        "cookies": [],
        "headers": _headers([("Content-Type", exchange.content_type)] if exchange.content_type else []),
        "queryString": [{"name": name, "value": value} for name, value in pairs],
        "headersSize": -1,
        "bodySize": exchange.size,
    }
    if exchange.form is not None:
        request["bodySize"] = -1
        kind = exchange.content_type.partition(";")[0]
        request["postData"] = {"mimeType": kind, "params": [_part(*each) for each in exchange.form.items()]}
    elif exchange.text:
        request["postData"] = {"mimeType": exchange.content_type, "params": [], "text": exchange.text}
    headers = [(name, masked_text(value)) for name, value in exchange.headers]
    mime = next((value for name, value in headers if name == "Content-Type"), "")
    milliseconds = round(exchange.seconds * 1000, 3)
    entry: dict[str, Any] = {
        "startedDateTime": datetime.fromtimestamp(exchange.at, UTC).isoformat(timespec="milliseconds"),
        "time": milliseconds,
        "request": request,
        "response": {
            "status": exchange.status,
            "statusText": _REASONS.get(exchange.status, ""),
            "httpVersion": _HTTP,
            "cookies": [],
            "headers": _headers(headers),
            "content": {
                "size": len(exchange.answer_text.encode()),
                "mimeType": mime,
                "text": exchange.answer_text,
            },
            "redirectURL": "",
            "headersSize": -1,
            "bodySize": exchange.answer_size,
        },
        "cache": {},
        "timings": {"send": 0, "wait": milliseconds, "receive": 0},
    }
    if exchange.operation is not None:
        entry["_operation"] = exchange.operation
    return entry


def _headers(pairs: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in pairs]


def _part(name: str, value: Mapping[str, Any]) -> dict[str, Any]:
    part: dict[str, Any] = {"name": name}
    for given, called in (("filename", "fileName"), ("content_type", "contentType")):
        if given in value:
            part[called] = value[given]
    # Names with an underscore are one's own in HAR.
    part["_fileLength"] = value["filelength"]
    return part
