"""The exchanges as HAR 1.2, without secrets, for whatever reads that."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from wecom_contract import CONTRACT_VERSION

from .exchange import Exchange
from .ledger import KEPT_BYTES

if TYPE_CHECKING:
    from .report import Summary


def har_text(summary: Summary) -> str:
    """The document. It holds the first exchanges, and the smallest of every failure."""
    log: dict[str, Any] = {
        "version": "1.2",
        "creator": {"name": "wecom-conformance", "version": CONTRACT_VERSION},
        "entries": [_entry(summary.mask.exchange(exchange)) for exchange in summary.ledger.kept()],
    }
    if summary.ledger.dropped:
        log["comment"] = f"{summary.ledger.dropped} further exchanges were not kept"
    return json.dumps({"log": log}, ensure_ascii=False) + "\n"


def _entry(exchange: Exchange) -> Mapping[str, Any]:
    sent, milliseconds = exchange.sent, round(exchange.seconds * 1000, 3)
    request: dict[str, Any] = {
        "method": sent.method,
        "url": sent.url,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": []
        if sent.content_type is None
        else [{"name": "Content-Type", "value": sent.content_type}],
        "queryString": [
            {"name": name, "value": value}
            for name, value in parse_qsl(urlsplit(sent.url).query, keep_blank_values=True)
        ],
        "headersSize": -1,
        "bodySize": len(sent.body or b""),
    }
    if sent.body is not None:
        request["postData"] = {"mimeType": sent.content_type or "", **_content(sent.body)}
    entry: dict[str, Any] = {
        "startedDateTime": datetime.fromtimestamp(exchange.began, UTC).isoformat(),
        "time": milliseconds,
        "request": request,
        "response": {
            "status": exchange.status,
            "statusText": _phrase(exchange.status),
            "httpVersion": "HTTP/1.1",
            "cookies": [],
            "headers": [{"name": "Content-Type", "value": exchange.content_type}],
            "content": {
                "size": len(exchange.answer),
                "mimeType": exchange.content_type,
                **_content(exchange.answer),
            },
            "redirectURL": "",
            "headersSize": -1,
            "bodySize": len(exchange.answer),
        },
        "cache": {},
        "timings": {"send": 0, "wait": milliseconds, "receive": 0},
        "comment": exchange.source,
    }
    if exchange.findings:
        entry["_findings"] = [one.code for one in exchange.findings]
    return entry


def _content(raw: bytes) -> dict[str, Any]:
    """A body, cut where it is long; what is no text as base64."""
    cut = {"comment": "cut: it is longer"} if len(raw) > KEPT_BYTES else {}
    raw = raw[:KEPT_BYTES]
    try:
        return {"text": raw.decode("utf-8"), **cut}
    except UnicodeDecodeError:
        return {"text": base64.b64encode(raw).decode("ascii"), "encoding": "base64", **cut}


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
