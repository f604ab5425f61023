"""Which requests are the same: keys that a caller gives, and digests of what is to be sent."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from wecom_contract import OPERATIONS
from wecom_openapi.errors import InvalidRequest

LONGEST: Final = 200
"""Characters of a key."""


def check_key(key: object) -> str:
    """A key as a caller gives it.

    Raises:
        TypeError, ValueError: it is no text, empty, too long, or holds what can't be printed.
    """
    if not isinstance(key, str):
        raise TypeError(f"key: a text is needed, not {type(key).__name__}")
    if not 0 < len(key) <= LONGEST or not key.isprintable() or key != key.strip():
        raise ValueError(
            f"key: 1 to {LONGEST} printable characters are needed, without spaces around them; "
            f"this one has {len(key)} characters"
        )
    return key


def judge_key(key: object, journal: object) -> None:
    """Judge the key of a call before anything else is done about it.

    Args:
        key: as the caller gives it.
        journal: of the client; None where it has none.

    Raises:
        InvalidRequest: there is no journal that it could stand in.
        TypeError, ValueError: it is no key.
    """
    check_key(key)
    if journal is None:
        raise InvalidRequest(
            "key: this client has no journal, so it would not know the key again. Nothing was sent. "
            'Give it one: WeCom(corpid, corpsecret, journal="journal.db")'
        )


def digest(operation: str, body: Mapping[str, Any]) -> str:
    """SHA-256 of what a request means, in hex.

    Two bodies that differ in the order of fields or of recipients mean the same, and so do a field that has its
    default and one that is left out. The order of attachments does count.
    """
    known = OPERATIONS.get(operation)
    defaults = known.defaults if known is not None else {}
    meant = _canonical({**defaults, **body})
    text = json.dumps([operation, meant], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _canonical(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _canonical(child) for name, child in value.items()}
    if not isinstance(value, list):
        return value
    if all(isinstance(child, str) for child in value):
        return sorted(set(value))  # ids: they often come out of a set, in another order each time
    if all(type(child) is int for child in value):
        return sorted(set(value))
    return [_canonical(child) for child in value]
