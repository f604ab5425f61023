"""Tokens, secrets, tickets and permanent codes, taken out of what is shown and written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, quote

MASK = "***"

# All of WeCom's have such a name: access_token, suite_access_token, corpsecret, suite_secret, suite_ticket,
# permanent_code and those of providers.
_SECRET = re.compile(r"[a-z_]*(?:token|secret|ticket|permanent_code)", re.IGNORECASE)
_IN_JSON = re.compile(
    r'("[a-z_]*(?:token|secret|ticket|permanent_code)"\s*:\s*)(?:"(?:[^"\\]|\\.)*"?|[^\s,}\]]+)',
    re.IGNORECASE,
)
_IN_QUERY = re.compile(
    r"((?:^|[&?\s])[a-z_]*(?:token|secret|ticket|permanent_code)(?:=|%3d))[^&\s\"]*", re.IGNORECASE
)


def is_secret(name: str) -> bool:
    """Whether a field or parameter of that name holds what must not be shown."""
    return _SECRET.fullmatch(name) is not None


def masked(value: Any) -> Any:
    """JSON data with the values of secret fields masked; what has none in it is returned as a copy."""
    if isinstance(value, Mapping):
        return {
            name: MASK if is_secret(name) and not isinstance(each, bool | None) else masked(each)
            for name, each in value.items()
        }
    if isinstance(value, list):
        return [masked(each) for each in value]
    return value


def masked_pairs(query: bytes) -> list[tuple[str, str]]:
    """The parameters of a query string, in order, secret ones masked."""
    try:
        pairs = parse_qsl(
            query.decode("utf-8", "replace"), keep_blank_values=True, errors="replace", max_num_fields=64
        )
    except ValueError:
        return [("(too many parameters)", "")]
    return [(name, MASK if value and is_secret(name) else value) for name, value in pairs]


def masked_query(query: bytes) -> str:
    """A query string with its secrets masked."""
    return "&".join(
        f"{quote(name, safe='')}={value if value == MASK else quote(value, safe='')}"
        for name, value in masked_pairs(query)
    )


def masked_text(text: str) -> str:
    """Text that is no JSON, with what stands behind the names of secrets masked."""
    return _IN_QUERY.sub(rf"\1{MASK}", _IN_JSON.sub(rf'\1"{MASK}"', text))
