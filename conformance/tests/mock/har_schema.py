"""HAR 1.2 as a JSON schema, written after the specification of the format."""

from __future__ import annotations

from typing import Any

_TEXT: dict[str, Any] = {"type": "string"}
_NUMBER: dict[str, Any] = {"type": "number"}
_COUNT: dict[str, Any] = {"type": "integer", "minimum": -1}


def _object(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    """An object of the format: names of one's own begin with an underscore, all others are known."""
    return {
        "type": "object",
        "required": list(required),
        "properties": {**required, **(optional or {}), "comment": _TEXT},
        "patternProperties": {"^_": {}},
        "additionalProperties": False,
    }


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


_PAIR = _object({"name": _TEXT, "value": _TEXT})
_PARAM = _object({"name": _TEXT}, {"value": _TEXT, "fileName": _TEXT, "contentType": _TEXT})
_MESSAGE = {
    "httpVersion": _TEXT,
    "cookies": _list({"type": "object", "required": ["name", "value"]}),
    "headers": _list(_PAIR),
    "headersSize": _COUNT,
    "bodySize": _COUNT,
}
_REQUEST = _object(
    {
        **_MESSAGE,
        "method": _TEXT,
        "url": {"type": "string", "pattern": r"^https?://[!-~]+$"},
        "queryString": _list(_PAIR),
    },
    {"postData": _object({"mimeType": _TEXT, "params": _list(_PARAM)}, {"text": _TEXT})},
)
_RESPONSE = _object(
    {
        **_MESSAGE,
        "status": {"type": "integer", "minimum": 100, "maximum": 599},
        "statusText": _TEXT,
        "redirectURL": _TEXT,
        "content": _object(
            {"size": {"type": "integer", "minimum": 0}, "mimeType": _TEXT},
            {"compression": _COUNT, "text": _TEXT, "encoding": _TEXT},
        ),
    }
)
_ENTRY = _object(
    {
        "startedDateTime": {
            "type": "string",
            "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)$",
        },
        "time": _NUMBER,
        "request": _REQUEST,
        "response": _RESPONSE,
        "cache": {"type": "object"},
        "timings": _object({"send": _NUMBER, "wait": _NUMBER, "receive": _NUMBER}),
    },
    {"pageref": _TEXT, "serverIPAddress": _TEXT, "connection": _TEXT},
)
HAR = _object(
    {
        "log": _object(
            {
                "version": {"const": "1.2"},
                "creator": _object({"name": _TEXT, "version": _TEXT}),
                "entries": _list(_ENTRY),
            },
            {"pages": {"type": "array"}, "browser": {"type": "object"}},
        )
    }
)
